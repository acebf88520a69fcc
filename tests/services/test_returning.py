"""Our Word file back into the library, and each suggestion accepted or rejected."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from reviewed import ANNA, BO, DRAFT, FIXTURES, TEMPLATES, sent
from word_documents import FOLDERS, document, to_word

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.errors import NotReturnedError, UnreadableFileError
from samverkan_desktop.domain.review import State
from samverkan_desktop.domain.review_content import content_of, with_content
from samverkan_desktop.domain.spots import find_block
from samverkan_desktop.domain.text import Spans, Table, plain_text, spans
from samverkan_desktop.services.returning import (
    KeptBack,
    accepted,
    is_ours,
    keep_back,
    read_back,
    rejected,
)
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.reviews import Added

CATALOGUE = load_catalogue(FOLDERS)
TEMPLATE = TEMPLATES[DRAFT.template]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "b.db") as opened:
        yield opened


def bring(library: Library, name: str) -> KeptBack:
    return keep_back(library, read_back(FIXTURES / f"{name}.docx", CATALOGUE))


def test_it_is_matched_with_the_version_that_was_sent(library: Library) -> None:
    library.add(DRAFT)
    library.save(replace(DRAFT, title="Ändrad sedan dess"), DRAFT)
    kept = bring(library, "ord")
    assert (kept.sent, kept.is_new_draft, kept.added.suggestions) == (1, False, 5)
    assert library.load(DRAFT.id).title == "Ändrad sedan dess"


def test_twice_is_as_once(library: Library) -> None:
    library.add(DRAFT)
    bring(library, "kommentarer")
    versions = library.history.versions(DRAFT.id)
    assert bring(library, "kommentarer").added == Added()
    assert library.history.versions(DRAFT.id) == versions


def test_a_draft_that_the_library_lacks_comes_with_the_file(library: Library) -> None:
    kept = bring(library, "ord")
    assert kept.is_new_draft
    assert library.load(DRAFT.id) == DRAFT
    assert library.file(DRAFT.id, "karta.png").startswith(b"\x89PNG")


def test_what_stands_outside_is_kept_as_remarks(library: Library) -> None:
    bring(library, "utanfor")
    texts = [comment.remark.text for comment in library.reviews.comments(DRAFT.id)]
    assert len(texts) == 3
    assert "Ändrat utanför avsnitten, titeln: " in texts[0]


def test_another_file_is_not_ours(tmp_path: Path) -> None:
    path = tmp_path / "annan.docx"
    path.write_bytes(to_word(document()))
    assert not is_ours(path)
    assert is_ours(FIXTURES / "ord.docx")
    with pytest.raises(NotReturnedError, match=r"annan\.docx"):
        read_back(path, CATALOGUE)
    path.write_bytes(b"PK\x03\x04 trasig")
    assert not is_ours(path)
    with pytest.raises(UnreadableFileError):
        read_back(path, CATALOGUE)


def test_a_draft_written_without_ids_gets_the_same_ones_each_time(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "utan.docx"
    path.write_bytes(sent(replace(DRAFT, id="")))
    first, second = (keep_back(library, read_back(path, CATALOGUE)) for _ in range(2))
    assert first.read.sent.id == second.read.sent.id != ""
    assert (first.is_new_draft, second.is_new_draft) == (True, False)


def test_accepting_all_from_one_person_leaves_the_others(library: Library) -> None:
    bring(library, "ord")
    waiting = library.reviews.open(DRAFT.id)
    chosen = [one.id for one in waiting if one.author == ANNA]
    done = accepted(DRAFT, TEMPLATE, chosen, waiting)
    text = plain_text(content_of(done.draft, TEMPLATE, "sammanfattning"))
    assert "Bryggan från 1974 och 1988" in text
    assert "1 200 tkr" in text
    library.reviews.settle(done.draft, DRAFT, done.judged)
    left = library.reviews.open(DRAFT.id)
    assert {one.author for one in left} == {BO}
    again = accepted(done.draft, TEMPLATE, [one.id for one in left], left)
    assert again.orphans == ()
    assert "1974 oc88" in plain_text(content_of(again.draft, TEMPLATE, "sammanfattning"))


def test_one_within_another_can_only_be_accepted_with_it(library: Library) -> None:
    bring(library, "ord")
    waiting = library.reviews.open(DRAFT.id)
    inner = next(one for one in waiting if one.within)
    alone = accepted(DRAFT, TEMPLATE, [inner.id], waiting)
    assert (alone.draft, alone.judged, alone.orphans) == (DRAFT, (), (inner,))
    both = accepted(DRAFT, TEMPLATE, [inner.id, inner.within], waiting)
    assert both.orphans == ()
    assert {j.state for j in both.judged if j.suggestion.id in (inner.id, inner.within)} == {
        State.ACCEPTED
    }


def test_what_has_been_written_since_is_never_overwritten(library: Library) -> None:
    bring(library, "ord")
    waiting = library.reviews.open(DRAFT.id)
    section = DRAFT.sections[0]
    changed = replace(section, content=section.content[1:])
    draft = replace(DRAFT, sections=(changed, *DRAFT.sections[1:]))
    done = accepted(draft, TEMPLATE, [one.id for one in waiting], waiting)
    assert {one.author for one in done.orphans} == {ANNA, BO}
    assert len(done.orphans) == 2  # what was about the first paragraph


def test_rejecting_takes_what_stands_within(library: Library) -> None:
    bring(library, "ord")
    waiting = library.reviews.open(DRAFT.id)
    inner = next(one for one in waiting if one.within)
    done = rejected(DRAFT, [inner.within], waiting)
    assert {j.suggestion.id for j in done.judged} == {inner.id, inner.within}
    assert {j.state for j in done.judged} == {State.REJECTED}


def test_rows_put_in_above_meanwhile_mislead_no_suggestion(library: Library) -> None:
    """The rows of a table have no ids: they are known by what they said when it was sent."""
    library.add(DRAFT)
    bring(library, "tabeller")
    waiting = library.reviews.open(DRAFT.id)
    (table,) = (block for s in DRAFT.sections for block in s.content if isinstance(block, Table))
    new = (spans("Frakt"), *(spans("0") for _ in table.header[1:]))

    def judged(*more: tuple[Spans, ...]) -> tuple[tuple[Spans, ...], ...]:
        section = next(s for s in DRAFT.sections if table in s.content)
        longer = replace(table, rows=(*more, *table.rows))
        content = tuple(longer if block is table else block for block in section.content)
        draft = with_content(DRAFT, TEMPLATE, section.key, content)
        judgement = accepted(draft, TEMPLATE, [one.id for one in waiting], waiting)
        assert judgement.orphans == ()
        found = find_block(judgement.draft.section(section.key).content, table.id)
        return found.rows

    assert judged(new) == (new, *judged())
    assert judged() != table.rows
