"""Suggestions and comments in the library: kept once, judged, and gone with their draft."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from reviewed import DRAFT, back, fixture

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import LibraryDamagedError, UnknownDraftError
from samverkan_desktop.domain.journal import Act
from samverkan_desktop.domain.review import Judged, Remark, State
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.services.mending import mend
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.reviews import Added, Incoming

WORDS = back(fixture("ord")).suggestions
COMMENTS = back(fixture("kommentarer")).comments
INCOMING = Incoming(suggestions=WORDS, comments=COMMENTS, source="granskad.docx")


@pytest.fixture
def draft(library: Library) -> Draft:
    return library.add(DRAFT)


def acts(library: Library, draft: Draft) -> list[Act]:
    return [entry.act for entry in library.history.journal(draft.id)]


def test_what_comes_in_is_there_in_its_order(library: Library, draft: Draft) -> None:
    assert library.reviews.put(draft.id, INCOMING) == Added(len(WORDS), len(COMMENTS))
    assert library.reviews.open(draft.id) == WORDS
    assert library.reviews.comments(draft.id) == COMMENTS


def test_the_draft_is_kept_as_a_version_before(library: Library, draft: Draft) -> None:
    library.save(replace(draft, title="Ändrad"), draft)
    library.reviews.put(draft.id, INCOMING)
    last = library.history.versions(draft.id)[-1]
    assert (last.reason, last.note) == (Reason.BEFORE, "inläsning av granskad.docx")
    assert acts(library, draft)[-1] is Act.IMPORTED


def test_the_same_again_changes_nothing(library: Library, draft: Draft) -> None:
    library.reviews.put(draft.id, INCOMING)
    library.reviews.settle(draft, draft, [Judged(WORDS[0], State.REJECTED)])
    before = (library.reviews.all(draft.id), acts(library, draft))
    assert library.reviews.put(draft.id, INCOMING) == Added()
    assert (library.reviews.all(draft.id), acts(library, draft)) == before


def test_a_new_answer_to_a_comment_is_kept(library: Library, draft: Draft) -> None:
    library.reviews.put(draft.id, INCOMING)
    answer = Remark(author="Cia", at=None, text="Tredje svaret.")
    first = replace(COMMENTS[0], replies=(*COMMENTS[0].replies, answer))
    again = replace(INCOMING, comments=(first, *COMMENTS[1:]))
    assert library.reviews.put(draft.id, again) == Added(0, 1)
    assert library.reviews.comments(draft.id)[0] == first


def test_settling_writes_draft_and_states_at_once(library: Library, draft: Draft) -> None:
    library.reviews.put(draft.id, INCOMING)
    now = replace(draft, title="Granskad")
    judged = [Judged(WORDS[0], State.ACCEPTED), Judged(WORDS[1], State.REJECTED)]
    library.reviews.settle(now, draft, judged)
    assert library.load(draft.id) == now
    assert library.reviews.open(draft.id) == WORDS[2:]
    told = [e.detail for e in library.history.journal(draft.id) if e.act is Act.REVIEWED]
    assert [detail["state"] for detail in told] == ["accepted", "rejected"]
    assert told[0]["suggestions"] == WORDS[0].id


def test_new_pictures_come_with_the_suggestions(library: Library, draft: Draft) -> None:
    incoming = replace(INCOMING, files={"ny.png": b"bild"})
    library.reviews.put(draft.id, incoming)
    more = back(fixture("listor")).suggestions
    library.reviews.put(draft.id, replace(incoming, suggestions=more))
    assert library.file(draft.id, "ny.png") == b"bild"


def test_nothing_is_kept_for_a_draft_that_is_not_there(library: Library) -> None:
    with pytest.raises(UnknownDraftError):
        library.reviews.put("borta", INCOMING)


def test_erasing_a_draft_erases_what_was_said_of_it(library: Library, draft: Draft) -> None:
    library.reviews.put(draft.id, INCOMING)
    library.delete(draft.id)
    library.erase(draft.id)
    with closing(sqlite3.connect(library.path)) as raw:
        for table in ("suggestions", "comments"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert b"kansli" not in library.path.read_bytes()


def test_a_spoiled_suggestion_is_damage(library: Library, draft: Draft) -> None:
    library.reviews.put(draft.id, INCOMING)
    with closing(sqlite3.connect(library.path)) as raw, raw:
        raw.execute("UPDATE suggestions SET value = '{}'")
    with pytest.raises(LibraryDamagedError):
        library.reviews.open(draft.id)


def test_what_was_said_comes_back_from_a_damaged_library(library: Library, draft: Draft) -> None:
    library.reviews.put(draft.id, INCOMING)
    library.reviews.settle(draft, draft, [Judged(WORDS[0], State.REJECTED)])
    before = (library.reviews.all(draft.id), library.reviews.comments(draft.id))
    library.close()
    with closing(sqlite3.connect(library.path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'drafts'").fetchone()
    with library.path.open("rb+") as file:
        file.seek((root - 1) * 4096)
        file.write(bytes(4096))
    mend(library.path)
    with Library.open(library.path) as mended:
        assert (mended.reviews.all(draft.id), mended.reviews.comments(draft.id)) == before


@pytest.mark.parametrize("damage", ["state = 'kanske'", "value = '{}'"])
def test_what_can_not_be_read_of_it_costs_no_more(
    library: Library, draft: Draft, damage: str
) -> None:
    library.reviews.put(draft.id, INCOMING)
    library.close()
    with closing(sqlite3.connect(library.path)) as raw, raw:
        raw.execute(f"UPDATE suggestions SET {damage} WHERE id = ?", (WORDS[0].id,))
    mend(library.path)
    with Library.open(library.path) as mended:
        assert mended.reviews.open(draft.id) == WORDS[1:]
        assert mended.reviews.comments(draft.id) == COMMENTS


def test_what_was_said_goes_with_a_draft_to_another_library(
    library: Library, draft: Draft, tmp_path: Path
) -> None:
    library.reviews.put(draft.id, INCOMING)
    library.close()
    with Library.open(tmp_path / "annat.db") as other:
        other.reviews.put(other.add(replace(DRAFT, id="en-till")).id, INCOMING)
        other.carry_over(draft.id, library.path, "ur en säkerhetskopia")
        assert other.reviews.open(draft.id) == WORDS
        assert other.reviews.comments(draft.id) == COMMENTS
