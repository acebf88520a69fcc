"""What comes back from a backup: one draft or the whole library, and nothing is lost by it."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.backup import Backup, Occasion, Verdict
from samverkan_desktop.domain.draft import Attachment, Draft, Section
from samverkan_desktop.domain.errors import (
    BackupError,
    DraftExistsError,
    LibraryDamagedError,
    LibraryLockedError,
    LibraryNewerError,
    UnknownDraftError,
    UnsoundBackupError,
)
from samverkan_desktop.domain.journal import Act
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.text import Image, Quote, paragraph
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.files import Folders
from samverkan_desktop.services import restoring_backups
from samverkan_desktop.services.backing_up import Place, back_up, backups, place_of
from samverkan_desktop.services.restoring_backups import (
    contents,
    draft_in,
    restore_draft,
    restore_library,
    text_of,
)
from samverkan_desktop.settings import Settings
from samverkan_desktop.store.backup_records import read_backup
from samverkan_desktop.store.copying import settle
from samverkan_desktop.store.library import Library

NOW = datetime(2026, 5, 13, 9, 14, tzinfo=UTC)
RELEASED = Path(__file__).resolve().parent.parent / "files" / "0.1.0" / "bibliotek.samverkandb"


def text(words: str) -> tuple[Section, ...]:
    image = Image(file="karta.png", alt="Karta", caption=(), id="b2")
    blocks = (replace(paragraph(words), id="b1"), Quote(blocks=(image,), id="b3"))
    return (Section(key="k", content=blocks),)


FIRST = Draft(
    id="a",
    template="t",
    title="Remiss",
    sections=text("Det första."),
    attachments=(Attachment(title="Kartan", file="karta.png"), Attachment(title="Utan")),
)


@pytest.fixture
def place(folders: Folders) -> Place:
    with Library.open(folders.library, author="Åsa") as library:
        added = library.add(FIRST, {"karta.png": b"karta"})
        library.save(replace(added, title="Remiss 2"), added)
        library.history.keep("a", Reason.NAMED, "skickat till Bo")
        library.add(Draft(id="b", template="t", title="Annat"))
    return place_of(folders.library, Settings())


@pytest.fixture
def made(place: Place) -> Backup:
    return back_up(place, Occasion.ASKED, silent, lambda: NOW)


def test_the_contents_of_a_backup_are_shown_and_it_is_not_touched(place, made) -> None:
    before = made.path.read_bytes()
    with Library.open(place.library) as library:
        library.delete("b")
    binned = back_up(place, Occasion.ASKED, silent, lambda: NOW)
    assert {s.title for s in contents(made.path)} == {"Annat", "Remiss 2"}
    assert [s.title for s in contents(binned.path)] == ["Remiss 2", "Annat"]
    assert draft_in(made.path, "a").title == "Remiss 2"
    assert made.path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", bytes(9000)])
def test_a_backup_that_nothing_is_left_of_is_told_as_one(tmp_path: Path, content: bytes) -> None:
    """As an interrupted download of a synchronised folder leaves it."""
    path = tmp_path / "kopia.samverkandb"
    path.write_bytes(content)
    with pytest.raises(UnsoundBackupError, match="filen är skadad eller inget bibliotek"):
        contents(path)
    assert path.read_bytes() == content


def test_the_backup_of_an_older_version_can_be_looked_into(tmp_path: Path) -> None:
    copy = Path(shutil.copy(RELEASED, tmp_path / "gammal.samverkandb"))
    assert contents(copy)
    assert copy.read_bytes() == RELEASED.read_bytes()
    assert list(tmp_path.iterdir()) == [copy]


def test_a_draft_that_is_gone_comes_back_with_versions_files_and_journal(place, made) -> None:
    with Library.open(place.library) as library:
        then = library.history.versions("a")
        library.delete("a")
        library.erase("a")
    back = restore_draft(made.path, place.library, "a")
    with Library.open(place.library) as library:
        assert library.load("a") == back
        assert (back.title, back.sections) == ("Remiss 2", FIRST.sections)
        assert library.file("a", "karta.png") == b"karta"
        assert library.history.versions("a") == then
        assert library.history.draft("a", 1).title == "Remiss"
        acts = [entry.act for entry in library.history.journal("a")]
        assert acts[-3:] == [Act.DELETED, Act.ERASED, Act.RESTORED]
        assert library.history.problems() == ()
        assert [hit.summary.id for hit in library.search("första")] == ["a"]
        library.history.keep("a", Reason.NAMED, "vidare")
        assert library.history.versions("a")[-1].number == then[-1].number + 1


def test_a_draft_that_is_new_to_the_library_brings_its_journal(place, made, tmp_path) -> None:
    other = tmp_path / "ny.samverkandb"
    Library.open(other).close()
    with Library.open(place.library) as library:
        then = library.history.journal("a")
    restore_draft(made.path, other, "a")
    with Library.open(other) as library:
        now = library.history.journal("a")
        assert now[:-1] == then
        assert now[-1].act is Act.RESTORED
        assert made.path.stem in now[-1].detail["note"]
        assert library.history.problems() == ()


def test_a_draft_that_was_in_the_bin_comes_back_outside_it(place, tmp_path) -> None:
    with Library.open(place.library) as library:
        library.delete("a")
    binned = back_up(place, Occasion.ASKED, silent, lambda: NOW)
    other = tmp_path / "ny.samverkandb"
    restore_draft(binned.path, other, "a")
    with Library.open(other) as library:
        assert [s.id for s in library.summaries()] == ["a"]


def test_a_draft_that_is_there_is_not_carried_over_as_well(place, made) -> None:
    with Library.open(place.library) as library, pytest.raises(DraftExistsError):
        library.carry_over("a", made.path, "x")


def test_a_draft_that_is_there_keeps_its_present_state_as_a_version(place, made) -> None:
    with Library.open(place.library) as library:
        now = library.load("a")
        library.save(replace(now, title="Bortkluddrat", sections=(), attachments=()), now)
        library.delete("a")
    back = restore_draft(made.path, place.library, "a")
    with Library.open(place.library) as library:
        assert library.load("a") == back
        assert back.title == "Remiss 2"
        assert "a" in {s.id for s in library.summaries()}  # and not in the bin
        before, after = library.history.versions("a")[-2:]
        assert before.reason is Reason.BEFORE
        assert library.history.draft("a", before.number).title == "Bortkluddrat"
        assert after.reason is Reason.RESTORED
        assert made.path.stem in after.note


def test_a_file_that_has_other_content_now_keeps_it(place, made, tmp_path) -> None:
    other = tmp_path / "ny.samverkandb"
    with Library.open(other) as library:
        library.add(Draft(id="a", template="t", title="Ny"), {"karta.png": b"en annan"})
    back = restore_draft(made.path, other, "a")
    assert back.file_names() == {"karta-2.png"}
    assert [a.file for a in back.attachments] == ["karta-2.png", None]
    with Library.open(other) as library:
        assert library.file("a", "karta.png") == b"en annan"
        assert library.file("a", "karta-2.png") == b"karta"


def test_a_draft_that_the_backup_lacks_is_told(place, made) -> None:
    with pytest.raises(UnknownDraftError):
        restore_draft(made.path, place.library, "x")
    with Library.open(place.library) as library:
        library.add(Draft(id="x", template="t", title="Ny"))
    with pytest.raises(UnknownDraftError):
        restore_draft(made.path, place.library, "x")
    with Library.open(place.library) as library:
        assert [v.reason for v in library.history.versions("x")] == [Reason.BEGUN]


def test_the_whole_library_comes_back_and_the_present_one_is_kept(place, made) -> None:
    with Library.open(place.library) as library:
        library.delete("b")
        library.erase("b")
        library.add(Draft(id="c", template="t", title="Nytt"))
        done = restore_library(made, place)
        assert {s.id for s in library.summaries()} == {"a", "b"}  # in the window that is open
    assert done.drafts == 2
    assert done.set_aside is None
    assert done.before.record.occasion is Occasion.BEFORE_RESTORE
    assert {s.id for s in contents(done.before.path)} == {"a", "c"}
    assert made in backups(place)


def test_a_library_without_a_log_gets_none(place, made) -> None:
    """As on a network folder, where one would ruin it."""
    settle(place.library)
    restore_library(made, place)
    with closing(sqlite3.connect(place.library)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_what_somebody_writes_meanwhile_is_in_the_copy_that_is_kept(
    place, made, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, times = restoring_backups.make, []

    def disturbed(*arguments):
        copy = usual(*arguments)
        if not times:
            with Library.open(place.library) as library:
                library.add(Draft(id="sent", template="t", title="I sista stund"))
        times.append(copy)
        return copy

    monkeypatch.setattr(restoring_backups, "make", disturbed)
    done = restore_library(made, place)
    assert len(times) == 2
    assert "sent" in {s.id for s in contents(done.before.path)}
    assert len(backups(place)) == 2


def test_nothing_is_restored_while_somebody_writes_all_the_time(
    place, made, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = restoring_backups.make

    def disturbed(*arguments):
        copy = usual(*arguments)
        with Library.open(place.library) as library:
            library.add(Draft(id=f"n{copy.drafts}", template="t", title="Ännu ett"))
        return copy

    monkeypatch.setattr(restoring_backups, "make", disturbed)
    with pytest.raises(LibraryLockedError):
        restore_library(made, place)
    with Library.open(place.library) as library:
        assert len(library.summaries()) == 5
    assert backups(place) == (made,)


def test_nothing_is_restored_that_can_not_be_relied_upon(place, made) -> None:
    with closing(sqlite3.connect(made.path)) as raw:
        raw.execute("UPDATE parts SET value = replace(value, 'Remiss', 'Xemiss')")
        raw.commit()
    before = place.library.read_bytes()
    with pytest.raises(UnsoundBackupError):
        restore_library(made, place)
    assert place.library.read_bytes() == before
    assert len(backups(place)) == 1


def test_nothing_is_restored_while_the_present_state_can_not_be_kept(place, made, tmp_path) -> None:
    nowhere = replace(place, folder=tmp_path / "borta" / "kopior")
    before = place.library.read_bytes()
    with pytest.raises(BackupError):
        restore_library(made, nowhere)
    assert place.library.read_bytes() == before


@pytest.mark.parametrize("found", ["missing", "damaged", "empty"])
def test_a_library_that_can_not_be_used_is_set_aside(place, made, found: str) -> None:
    if found == "missing":
        place.library.unlink()
    else:
        place.library.write_bytes(b"skrot" if found == "damaged" else b"")
    done = restore_library(made, place)
    assert done.before is None
    assert (done.set_aside is None) is (found == "missing")
    if done.set_aside:
        assert done.set_aside.read_bytes() == (b"skrot" if found == "damaged" else b"")
    with Library.open(place.library) as library:
        assert {s.id for s in library.summaries()} == {"a", "b"}
        assert library.history.problems() == ()


def test_a_newer_library_is_not_replaced(place, made) -> None:
    with closing(sqlite3.connect(place.library)) as raw:
        raw.execute("UPDATE _sqlite_migrations SET name = '9999' WHERE name = '0002_history'")
        raw.commit()
    before = place.library.read_bytes()
    with pytest.raises(LibraryNewerError):
        restore_library(made, place)
    assert place.library.read_bytes() == before


def test_a_backup_of_a_newer_version_is_told(place, made) -> None:
    with closing(sqlite3.connect(made.path)) as raw:
        raw.execute("UPDATE _sqlite_migrations SET name = '9999' WHERE name = '0002_history'")
        raw.commit()
    with pytest.raises(UnsoundBackupError, match="nyare version"):
        contents(made.path)


def test_an_older_versions_backup_is_brought_up_to_date_on_its_way(place, tmp_path) -> None:
    copy = Path(shutil.copy(RELEASED, tmp_path / "gammal.samverkandb"))
    old = read_backup(copy)
    assert old.verdict is Verdict.UNVERIFIED
    done = restore_library(old, place)
    with Library.open(place.library) as library:
        assert len(library.summaries()) == done.drafts > 0
        library.history.keep(library.summaries()[0].id, Reason.NAMED, "x")
    assert copy.read_bytes() == RELEASED.read_bytes()


def test_a_library_that_is_damaged_is_not_told_as_the_backup(place, made) -> None:
    with closing(sqlite3.connect(place.library)) as raw:
        raw.execute("UPDATE parts SET value = '{'")
        raw.commit()
    with pytest.raises(LibraryDamagedError):
        restore_draft(made.path, place.library, "a")


def test_what_a_draft_says_is_shown_whatever_its_document_type(folders: Folders) -> None:
    catalogue = load_catalogue(folders)
    known = replace(FIRST, template="stockholm-remissvar")
    assert "Det första." in text_of(replace(known, sections=text("Det första.")), catalogue)
    assert text_of(FIRST, catalogue) == "Remiss\n\nDet första."


@pytest.mark.parametrize("damage", ["UPDATE parts SET value = '{'", "UPDATE blobs SET data = x'1'"])
def test_a_draft_that_can_not_be_read_in_the_backup_changes_nothing(place, made, damage) -> None:
    with closing(sqlite3.connect(made.path)) as raw:
        raw.execute(damage.replace("x'1'", "x'01'"))
        raw.commit()
    with Library.open(place.library) as library:
        then = library.history.versions("a")
        with pytest.raises(UnsoundBackupError):
            restore_draft(made.path, place.library, "a")
        assert library.history.versions("a") == then
