"""Whatever a draft holds and however it is edited, the library gives back the same."""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from samverkan_desktop.codec.draft_json import read_draft, write_draft
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.store.library import Library
from tests.strategies import drafts


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drafts())
def test_json_to_library_to_json_is_identity(library: Library, made: Draft) -> None:
    given_json = write_draft(made)
    added = library.add(read_draft(given_json, "test"))
    assert added == made
    assert library.load(made.id) == made
    assert write_draft(library.load(made.id)) == given_json
    with closing(sqlite3.connect(library.path)) as raw:  # the next example may have the same id
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("DELETE FROM drafts")
        raw.commit()


class Editing(RuleBasedStateMachine):
    """However a draft is edited, saved and reopened, the library has what was last saved."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.library = Library.open(Path(self.folder.name) / "b.db")

    @initialize(made=drafts())
    def begin(self, made: Draft) -> None:
        self.draft = self.library.add(made)

    @rule(other=drafts())
    def rewrite(self, other: Draft) -> None:
        self._save(replace(other, id=self.draft.id))

    @rule(order=st.randoms(use_true_random=False))
    def reorder(self, order) -> None:
        sections = list(self.draft.sections)
        order.shuffle(sections)
        self._save(replace(self.draft, sections=tuple(sections)))

    @rule(at=st.integers(0, 5))
    def remove(self, at: int) -> None:
        left = self.draft.sections[:at] + self.draft.sections[at + 1 :]
        self._save(replace(self.draft, sections=left))

    @rule(at=st.integers(0, 5), text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
    def insert(self, at: int, text: str) -> None:
        if self.draft.section("infogat") is None:
            content = (replace(paragraph(text), id="infogat-1"),)
            new = Section(key="infogat", content=content)
            sections = (*self.draft.sections[:at], new, *self.draft.sections[at:])
            self._save(replace(self.draft, sections=sections))

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = Library.open(self.library.path)

    @invariant()
    def holds_what_was_saved(self) -> None:
        if hasattr(self, "draft"):
            assert self.library.load(self.draft.id) == self.draft

    def _save(self, new: Draft) -> None:
        self.library.save(new, self.draft)
        self.draft = new

    def teardown(self) -> None:
        self.library.close()
        self.folder.cleanup()


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=25, stateful_step_count=10, deadline=None)
