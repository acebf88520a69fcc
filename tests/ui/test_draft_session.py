"""An open draft: what is typed is in the library soon, whatever happens on the way."""

from dataclasses import replace

import pytest

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.domain.outline import put_section
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.store.library import Library
from ui.draft_session import DraftSession


@pytest.fixture
def session(qapp, library: Library, catalogue: Catalogue, draft: Draft) -> DraftSession:
    return DraftSession(library, catalogue.template(draft.template), draft)


def titled(title: str):
    return lambda draft: replace(draft, title=title)


def test_an_edit_is_in_the_library_soon_without_anyone_asking(qtbot, session, library):
    with qtbot.waitSignal(session.saved, timeout=3000):
        session.edit(titled("Remiss om parker"))
    assert library.load("arende-1").title == "Remiss om parker"
    assert not session.has_unsaved


def test_a_steady_typist_is_saved_too(qtbot, session, library):
    """Edits that keep coming don't push the saving ahead of them."""
    saved = []
    session.saved.connect(saved.append)
    typed = iter(range(100_000))

    def type_on_until_saved() -> bool:
        session.edit(titled(f"Rubrik {next(typed)}"))
        return bool(saved)

    qtbot.waitUntil(type_on_until_saved, timeout=3000)
    assert library.load("arende-1").title.startswith("Rubrik ")


def test_text_that_an_editor_holds_is_read_when_the_draft_is_asked_for(session, library):
    section = Section(key="bakgrund", content=(paragraph("Nämnden frågar."),))
    session.edit_later("bakgrund", lambda draft: put_section(draft, session.template, section))
    assert session.has_unsaved
    assert session.draft.section("bakgrund") == section
    assert session.save()
    assert library.load("arende-1").section("bakgrund").content[0].spans == section.content[0].spans


def test_a_failed_save_keeps_the_text_says_so_and_tries_again(qtbot, session, library, monkeypatch):
    write = Library.save

    def full(self, draft, previous):
        raise WriteError(self.path, "disken är full")

    monkeypatch.setattr(Library, "save", full)
    saved = []
    session.saved.connect(saved.append)
    with qtbot.waitSignal(session.save_failed, timeout=3000) as failure:
        session.edit(titled("Det här får inte försvinna"))
    assert "disken är full" in failure.args[0]
    assert session.has_unsaved
    assert saved == []
    assert library.load("arende-1").title == "Remiss om lekplatser"
    monkeypatch.setattr(Library, "save", write)
    with qtbot.waitSignal(session.saved, timeout=3000):
        pass
    assert library.load("arende-1").title == "Det här får inte försvinna"


def test_an_edit_that_changes_nothing_is_no_edit(session):
    session.edit(titled("Remiss om lekplatser"))
    assert not session.has_unsaved


def test_moving_a_section_writes_the_order_into_the_draft(session):
    keys = [entry.key for entry in session.entries]
    session.move_section(keys[2], -1)
    assert [entry.key for entry in session.entries] == [keys[0], keys[2], keys[1], *keys[3:]]
    assert [section.key for section in session.draft.sections][:2] == [keys[0], keys[2]]


def test_the_first_section_does_not_move_above_the_top(session):
    keys = [entry.key for entry in session.entries]
    session.move_section(keys[0], -1)
    assert [entry.key for entry in session.entries] == keys


def test_a_removed_section_does_not_come_back_from_an_editor_that_held_it(session):
    own = Section(key="egen_1", heading="Eget", content=(paragraph("Text"),))
    session.arrange(lambda draft: replace(draft, sections=(*draft.sections, own)))
    session.edit_later("section egen_1", lambda draft: put_section(draft, session.template, own))
    session.remove_section("egen_1")
    assert session.draft.section("egen_1") is None
