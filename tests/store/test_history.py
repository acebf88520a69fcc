"""Versions and the journal: what was written stays to be read, and nothing changes unseen."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan_desktop.codec.draft_json import write_draft
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import (
    LibraryDamagedError,
    NotInBinError,
    UnknownDraftError,
    UnknownVersionError,
)
from samverkan_desktop.domain.journal import Act
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store.library import Library
from tests.strategies import drafts

SECRET = "hemligstämplat"


def section(key: str, text: str) -> Section:
    return Section(key=key, content=(replace(paragraph(text), id=f"b-{key}"),))


def draft(**fields: object) -> Draft:
    texts = (section("bakgrund", "Det började i våras."), section("arendet", "Ärendet rör parken."))
    return replace(Draft(id="a", template="t", title="Parken", sections=texts), **fields)


def write(library: Library, text: str) -> Draft:
    """Write in the section "arendet", as an autosave does."""
    old = library.load("a")
    new = replace(old, sections=(old.sections[0], section("arendet", text)))
    library.save(new, old)
    return new


def test_an_added_draft_is_its_first_version(library: Library) -> None:
    added = library.add(draft())
    (version,) = library.history.versions("a")
    assert (version.number, version.reason) == (1, Reason.BEGUN)
    assert library.history.draft("a", 1) == added


def test_a_version_is_known_by_the_hash_of_its_file(library: Library) -> None:
    library.add(draft())
    new = write(library, "Ärendet rör torget.")
    version = library.history.keep("a", Reason.NAMED, "Efter mötet")
    assert version.sha256 == hashlib.sha256(write_draft(new)).hexdigest()
    assert (version.number, version.note) == (2, "Efter mötet")


def test_versions_stay_as_they_were(library: Library) -> None:
    library.add(draft())
    written = {1: library.load("a")}
    for number in range(2, 30):
        written[number] = write(library, f"Ärendet rör {number} träd och en bänk. " * number)
        library.history.keep("a", Reason.WRITTEN)
    assert [v.number for v in library.history.versions("a")] == list(written)
    assert {n: library.history.draft("a", n) for n in written} == written


def test_a_draft_that_has_not_changed_is_not_kept_again_unless_asked(library: Library) -> None:
    library.add(draft())
    assert library.history.keep("a", Reason.BEFORE, "import").number == 1
    assert library.history.keep("a", Reason.NAMED, "Klar").number == 2
    assert library.history.keep("a", Reason.EXPORTED).number == 3
    assert len(library.history.journal("a")) == 1


def test_moved_and_removed_sections_are_in_the_next_version(library: Library) -> None:
    old = library.add(draft())
    moved = replace(old, sections=old.sections[::-1])
    library.save(moved, old)
    library.history.keep("a", Reason.WRITTEN)
    shorter = replace(moved, sections=moved.sections[:1])
    library.save(shorter, moved)
    library.history.keep("a", Reason.WRITTEN)
    assert [library.history.draft("a", n) for n in (1, 2, 3)] == [old, moved, shorter]
    parts = [entry.detail["parts"] for entry in library.history.journal("a")[1:]]
    assert parts == ["arendet bakgrund", "bakgrund"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(drafts(), min_size=1, max_size=6))
def test_any_drafts_come_back_from_history(library: Library, states: list[Draft]) -> None:
    name = states[0].id
    library.add(states[0])
    kept = {1: library.load(name)}
    for state in states[1:]:
        old = library.load(name)
        library.save(replace(state, id=name), old)
        version = library.history.keep(name, Reason.WRITTEN)
        kept[version.number] = library.load(name)
    assert {n: library.history.draft(name, n) for n in kept} == kept
    library.delete(name)
    library.erase(name)


def test_a_version_or_draft_that_there_is_not_is_told(library: Library) -> None:
    library.add(draft())
    with pytest.raises(UnknownVersionError, match="ingen version 7"):
        library.history.draft("a", 7)
    with pytest.raises(UnknownDraftError):
        library.history.keep("b", Reason.NAMED)
    with pytest.raises(UnknownDraftError):
        library.history.record("b", Act.EXPORTED, {})


def stored_bytes(library: Library) -> int:
    (size,) = library._file.connection.execute("SELECT sum(length(data)) FROM pieces").fetchone()
    return int(size)


def test_storage_grows_with_what_changed(library: Library) -> None:
    """A word in a long section costs a few hundred bytes, however long the section is."""
    words = [hashlib.sha256(bytes([n % 251, n // 251])).hexdigest()[:9] for n in range(20_000)]
    library.add(draft())
    write(library, " ".join(words))
    library.history.keep("a", Reason.WRITTEN)
    before = stored_bytes(library)
    for number in range(20):
        words[10_000 + number] = "ändrat"
        write(library, " ".join(words))
        library.history.keep("a", Reason.WRITTEN)
    assert before > 90_000
    assert stored_bytes(library) - before < 20 * 700


def test_thinning_lets_go_of_old_passing_versions_and_their_text(path: Path) -> None:
    now = datetime(2026, 1, 1, 8, tzinfo=UTC)
    with Library.open(path, clock=lambda: now) as library:
        library.add(draft())
        for minute in range(12):
            now += timedelta(minutes=5)
            write(library, f"{SECRET if minute == 5 else 'öppet'} {minute}" * 50)
            library.history.keep("a", Reason.NAMED if minute == 3 else Reason.WRITTEN)
        kept = {
            v.number: library.history.draft("a", v.number) for v in library.history.versions("a")
        }
        assert library.history.thin("a") == 0  # all of them are from today
        now += timedelta(days=3)
        assert library.history.thin("a") == 9  # two begun hours
        left = [v.number for v in library.history.versions("a")]
        assert left == [1, 5, 12, 13]
        assert all(library.history.draft("a", number) == kept[number] for number in left)
        assert library.history.problems() == ()
        (pieces,) = library._file.connection.execute("SELECT count(*) FROM pieces").fetchone()
        assert pieces <= 4 * 4


def test_the_journal_tells_what_was_done_and_by_whom(path: Path, clock: Callable) -> None:
    with Library.open(path, clock=clock, author="Kim Exempel") as library:
        library.add(draft())
        write(library, "Ärendet rör torget.")
        library.history.keep("a", Reason.WRITTEN)
        library.history.record("a", Act.EXPORTED, {"pdf": "0" * 64})
        library.delete("a")
        library.delete("a")  # it is there already
        library.restore("a")
        entries = library.history.journal("a")
    assert [entry.act for entry in entries] == [
        Act.CREATED,
        Act.EDITED,
        Act.EXPORTED,
        Act.DELETED,
        Act.UNDELETED,
    ]
    assert {entry.who for entry in entries} == {"Kim Exempel"}
    assert entries[1].detail["parts"] == "arendet"
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]


def test_without_a_name_the_login_name_is_told(library: Library) -> None:
    library.add(draft())
    assert library.history.versions("a")[0].author


@pytest.mark.parametrize("statement", ["DELETE FROM journal", "UPDATE journal SET who = 'X'"])
def test_the_journal_can_not_be_changed_by_mistake(library: Library, statement: str) -> None:
    library.add(draft())
    with pytest.raises(sqlite3.IntegrityError, match="journal never"):
        library._file.connection.execute(statement)


FORGERIES = {
    "changed": "UPDATE journal SET who = 'Någon annan' WHERE number = 2",
    "removed": "DELETE FROM journal WHERE number = 2",
    "cut": "DELETE FROM journal WHERE number = 3",
    "swapped": "UPDATE journal SET number = 5 - number WHERE number IN (2, 3)",
    "detail": "UPDATE journal SET detail = '{}' WHERE number = 2",
    "end": "DELETE FROM journal_ends",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_journal_shows(path: Path, forgery: str) -> None:
    with Library.open(path) as library:
        library.add(draft())
        library.history.record("a", Act.EXPORTED, {"pdf": "1" * 64})
        library.history.record("a", Act.EXPORTED, {"pdf": "2" * 64})
        assert library.history.problems() == ()
    with closing(sqlite3.connect(path)) as raw:
        for trigger in ("journal_never_changes", "journal_never_shrinks"):
            raw.execute(f"DROP TRIGGER {trigger}")
        if forgery == "swapped":
            raw.execute("UPDATE journal SET number = number + 10 WHERE number IN (2, 3)")
            raw.execute("UPDATE journal SET number = 15 - number WHERE number > 10")
        else:
            raw.execute(FORGERIES[forgery])
        raw.commit()
    with Library.open(path) as library:
        problems = library.history.problems()
    assert problems
    assert all("Journalen" in problem for problem in problems)


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE versions SET sha256 = tree WHERE number = 2",
        "UPDATE pieces SET data = zeroblob(40) WHERE base IS NOT NULL",
        "DELETE FROM pieces WHERE base IS NOT NULL",
        "UPDATE pieces SET data = x'789c030000000001', base = NULL",
    ],
)
def test_a_changed_version_shows(path: Path, forgery: str) -> None:
    with Library.open(path) as library:
        library.add(draft(sections=(section("bakgrund", "x"), section("arendet", "ord " * 900))))
        write(library, "ord " * 900 + "mer")
        library.history.keep("a", Reason.NAMED)
        assert library.history.problems() == ()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER versions_never_change")
        raw.execute(forgery)
        raw.commit()
    with Library.open(path) as library:
        assert any("version 2" in problem for problem in library.history.problems())
        with pytest.raises(LibraryDamagedError):
            library.history.draft("a", 2)
        assert library.load("a").title == "Parken"


def all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_an_erased_draft_leaves_no_byte_of_its_text(library: Library) -> None:
    texts = (section("bakgrund", f"{SECRET} " * 3000), section("arendet", SECRET))
    library.add(draft(sections=texts, title=SECRET), {"karta.txt": SECRET.encode() * 500})
    library.add(replace(draft(), id="b", title="Den andra"))
    library.search(SECRET)
    write(library, f"{SECRET} igen")
    library.history.keep("a", Reason.WRITTEN)
    library.search(SECRET)
    assert SECRET.encode() in all_bytes(library.path.parent)

    library.delete("a")
    library.erase("a")
    left = all_bytes(library.path.parent)
    assert SECRET.encode() not in left
    assert SECRET.replace("ä", "a").encode() not in left
    assert [summary.id for summary in library.summaries() + library.bin()] == ["b"]
    assert library.search(SECRET) == []
    assert library.search("andra")[0].summary.id == "b"
    assert library.history.journal("a")[-1].act is Act.ERASED


def test_a_file_that_another_draft_has_too_is_not_erased(library: Library) -> None:
    for name in "ab":
        library.add(replace(draft(), id=name), {"karta.png": b"samma bild"})
    library.delete("a")
    library.erase("a")
    assert library.file("b", "karta.png") == b"samma bild"


def test_only_a_draft_in_the_bin_is_erased(library: Library) -> None:
    library.add(draft())
    with pytest.raises(NotInBinError, match="papperskorgen"):
        library.erase("a")
    assert library.load("a").title == "Parken"
