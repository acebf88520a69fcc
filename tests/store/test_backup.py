"""Backups with real files: whole, proved, private, and never at the cost of an older one."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samverkan_desktop.domain.backup import Backup, Occasion, Verdict
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import (
    BackupError,
    BackupFolderError,
    JobCancelledError,
    LibraryLockedError,
    LibraryUnavailableError,
    StorageError,
    UnsoundBackupError,
    WriteError,
)
from samverkan_desktop.domain.progress import Progress, silent
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.store import backup as backing
from samverkan_desktop.store import backup_records as records
from samverkan_desktop.store import copying, proving
from samverkan_desktop.store.backup import check_again, make_backup
from samverkan_desktop.store.copying import copy_library, snapshot_of, write_over
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.proving import check_database, is_sound
from samverkan_desktop.store.replacing import place_file, set_aside

NOW = datetime(2026, 5, 3, 9, 14, tzinfo=UTC)


def draft(draft_id: str, words: int = 200) -> Draft:
    sections = tuple(
        Section(key=f"k{i}", content=(replace(paragraph("Lång text. " * words), id=f"b{i}"),))
        for i in range(4)
    )
    return Draft(id=draft_id, template="t", title=f"Titel {draft_id}", sections=sections)


@pytest.fixture
def filled(path: Path) -> Path:
    with Library.open(path) as library:
        for number in range(6):
            library.add(draft(f"d{number}"), {"karta.png": bytes(range(256)) * 40})
        library.delete("d5")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "kopior"
    made.mkdir()
    return made


def make(library: Path, folder: Path, progress: Progress = silent) -> Backup:
    return make_backup(library, folder, Occasion.ASKED, progress, lambda: NOW)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def everything(library: Library) -> dict[str, object]:
    ids = [s.id for s in library.summaries() + library.bin()]
    return {
        i: (
            library.load(i),
            {name: library.file(i, name) for name in library.file_names(i)},
            library.history.versions(i),
            library.history.journal(i),
        )
        for i in ids
    }


def everything_in(path: Path) -> dict[str, object]:
    with Library.open(path) as library:
        return everything(library)


def test_a_backup_has_everything_and_says_what_it_is(filled: Path, folder: Path) -> None:
    made = make(filled, folder)
    assert names(folder) == [made.path.name, f"{made.path.name}.json"]
    assert made.path.name.startswith("bibliotek 2026-05-03 ")
    assert (made.verdict, made.drafts) == (Verdict.GOOD, 6)
    (listed,) = records.read_backups(folder)
    assert listed == made
    told = json.loads(made.path.with_name(f"{made.path.name}.json").read_text("utf-8"))
    assert told["counts"]["drafts"] == 6
    assert told["counts"]["files"] == 6
    assert told["made_by"]
    assert told["verified_at"] == NOW.isoformat()
    assert told["sha256"] == proving.file_hash(made.path)
    before = everything_in(filled)
    with proving.restored(made.path, silent) as scratch:
        assert mode(scratch) == 0o600
        assert mode(scratch.parent) == 0o700
        assert everything_in(scratch) == before
    assert not scratch.parent.exists()


def test_a_backup_is_for_its_user_only(filled: Path, folder: Path) -> None:
    before = os.umask(0)
    try:
        made = make(filled, folder)
    finally:
        os.umask(before)
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    # no log belongs to it: https://www.sqlite.org/fileformat.html, 1.3.3
    assert made.path.read_bytes()[18:20] == b"\x01\x01"


def test_what_is_written_meanwhile_is_not_in_the_backup_and_waits_for_nothing(
    filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_STEP", 1)
    with Library.open(filled, wait=0) as library:
        written: list[int] = []

        def write(done: int, total: int, /) -> None:
            if done < 30 and done not in written:  # while pages are copied
                written.append(done)
                library.add(draft(f"ny{done}"))

        made = make(filled, folder, write)
        assert len(written) > 5
        assert len(library.summaries()) == 5 + len(written)
    assert made.drafts == 6
    assert check_again(made, silent, lambda: NOW).verdict is Verdict.GOOD


WRITER = """
import sys
from pathlib import Path
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.store.library import Library
with Library.open(Path(sys.argv[1]), wait=30) as library:
    print("redo", flush=True)
    number = 0
    while not Path(sys.argv[2]).exists():
        number += 1
        library.add(Draft(id=f"w{number}", template="t", title="Medan det kopieras " * 50))
print(number)
"""


def test_another_process_may_write_while_backups_are_made(
    filled: Path, folder: Path, tmp_path: Path
) -> None:
    stop = tmp_path / "sluta"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(filled), str(stop)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout.readline() == "redo\n"
        made = [make(filled, folder) for _ in range(4)]
        stop.touch()
        written = int(writer.stdout.readline())
    assert written > 4
    drafts = [b.drafts for b in made]
    assert drafts == sorted(drafts)
    for backup in made:
        assert check_again(backup, silent, lambda: NOW).verdict is Verdict.GOOD


def test_with_a_rollback_journal_a_backup_is_whole_too(
    filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copying.settle(filled)
    made = make(filled, folder)
    with closing(sqlite3.connect(filled)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    write_over(made.path, filled, silent)
    with closing(sqlite3.connect(filled)) as raw:  # no log where there was none
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def flip(path: Path, at: int) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 0x55]))


def zero_page(path: Path) -> None:
    """Spoil a page that SQLite looks at: the first of the drafts' parts."""
    with closing(sqlite3.connect(path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'parts'").fetchone()
    with path.open("rb+") as file:
        file.seek((root - 1) * 4096)
        file.write(bytes(4096))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def change_text(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE parts SET value = replace(value, 'Lång', 'Kort')")
        raw.commit()


def forget_record(path: Path) -> None:
    path.with_name(f"{path.name}.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize("spoil", [zero_page, cut, change_text, lambda p: flip(p, 5000)])
def test_a_damaged_backup_is_recognised(filled: Path, folder: Path, spoil) -> None:
    made = make(filled, folder)
    spoil(made.path)
    before = made.path.read_bytes()
    checked = check_again(made, silent, lambda: NOW)
    assert checked.verdict is Verdict.DAMAGED
    (listed,) = records.read_backups(folder)
    assert listed.verdict is Verdict.DAMAGED
    assert made.path.read_bytes() == before
    with (
        pytest.raises(UnsoundBackupError, match=r"går inte att återställa"),
        proving.proved_again(listed, silent),
    ):
        pass


def test_a_backup_whose_drafts_read_otherwise_than_then_is_recognised(filled, folder) -> None:
    made = make(filled, folder)
    records.write_record(made.path, replace(made.record, drafts_sha256="0" * 64))
    checked = check_again(records.read_backup(made.path), silent, lambda: NOW)
    assert checked.verdict is Verdict.DAMAGED
    assert "texten" in checked.record.problem


@pytest.mark.parametrize("spoil", [zero_page, cut])
def test_a_damaged_backup_without_a_record_is_recognised_too(filled, folder, spoil) -> None:
    made = make(filled, folder)
    spoil(made.path)
    forget_record(made.path)
    (listed,) = records.read_backups(folder)
    assert listed.verdict is Verdict.UNVERIFIED
    with pytest.raises(UnsoundBackupError), proving.proved_again(listed, silent):
        pass
    assert check_again(replace(listed), silent, lambda: NOW) == listed


def test_a_copy_whose_rows_are_not_the_librarys_is_no_backup(
    filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = make(filled, folder)

    def lossy(source: Path, copy: Path, progress: Progress):
        snapshot = copy_library(source, copy, progress)
        with closing(sqlite3.connect(copy)) as raw:
            raw.execute("DELETE FROM files WHERE draft = 1")
            raw.commit()
        return snapshot

    monkeypatch.setattr(backing, "copy_library", lossy)
    with pytest.raises(BackupError, match="rader"):
        make(filled, folder)
    assert names(folder) == [older.path.name, f"{older.path.name}.json"]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE parts SET value = '{' WHERE part = 'k1' AND draft = 3", "ärendet d2 kan inte läs"),
        ("UPDATE blobs SET data = x'00'", "ärendet d0 kan inte läs"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM drafts WHERE id = 'd1'", "hör inte ihop"),
    ],
)
def test_a_library_that_is_not_whole_gives_no_backup(filled, folder, harm, said) -> None:
    older = make(filled, folder)
    with closing(sqlite3.connect(filled)) as raw:
        raw.executescript(harm)
        raw.commit()
    with pytest.raises(BackupError, match=said):
        make(filled, folder)
    assert names(folder) == [older.path.name, f"{older.path.name}.json"]


def test_what_is_no_library_is_not_backed_up(tmp_path: Path, folder: Path) -> None:
    text = tmp_path / "brev.samverkandb"
    text.write_text("Det här är ingen databas. " * 400, encoding="utf-8")
    with pytest.raises(BackupError, match="skadat"):
        make(text, folder)
    with closing(sqlite3.connect(tmp_path / "annat.samverkandb")) as raw:
        raw.execute("CREATE TABLE drafts (number, id, changed_at, deleted_at)")
        raw.commit()
    with pytest.raises(BackupError, match="kopian höll inte provet, det är inget bibliotek"):
        make(tmp_path / "annat.samverkandb", folder)
    with pytest.raises(BackupError, match="finns inte"):
        make(tmp_path / "borta.samverkandb", folder)
    assert names(folder) == []


@pytest.mark.parametrize("at", [10, 40, 90])
def test_a_folder_that_vanishes_is_told(filled: Path, folder: Path, at: int) -> None:
    def vanish(done: int, _total: int, /) -> None:
        if done >= at:
            shutil.rmtree(folder, ignore_errors=True)

    with pytest.raises(BackupError, match=r"finns inte|disken svarar"):
        make(filled, folder, vanish)
    assert records.read_backups(folder) == ()


@pytest.mark.parametrize("at", [1, 40, 94])
def test_a_stopped_backup_leaves_nothing(filled: Path, folder: Path, at: int) -> None:
    def stop(done: int, _total: int, /) -> None:
        if done >= at:
            raise JobCancelledError

    with pytest.raises(JobCancelledError):
        make(filled, folder, stop)
    assert names(folder) == []


def test_a_name_that_can_not_be_given_leaves_no_record(
    filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(backing, "publish", refuse)
    with pytest.raises(BackupError, match="behörighet"):
        make(filled, folder)
    assert names(folder) == []


def test_two_backups_in_one_second_have_names_of_their_own(filled: Path, folder: Path) -> None:
    first, second = make(filled, folder), make(filled, folder)
    assert first.path != second.path
    assert len(records.read_backups(folder)) == 2


def test_what_a_crash_left_is_cleared_after_a_day_and_nothing_else(
    filled: Path, folder: Path
) -> None:
    old = time.time() - 2 * 86_400
    half = folder / ".samverkan-x"
    half.mkdir()
    (half / "kopia.samverkandb").write_bytes(b"x")
    made = make(filled, folder)
    orphan = folder / "bibliotek 2020-01-01 000000.samverkandb.json"
    shutil.copy(made.path.with_name(f"{made.path.name}.json"), orphan)
    foreign = [folder / "brev.docx", folder / "annat.samverkandb.json", folder / "mapp"]
    foreign[0].write_bytes(b"PK")
    foreign[1].write_text('{"format": "annat"}', encoding="utf-8")
    foreign[2].mkdir()
    (folder / "länk").symlink_to(half)
    records.sweep(folder)
    assert half.exists()
    for path in folder.iterdir():
        os.utime(path, (old, old), follow_symlinks=False)
    records.sweep(folder)
    assert not half.exists()
    assert not orphan.exists()
    record = made.path.with_name(f"{made.path.name}.json")
    assert all(path.exists() for path in (*foreign, made.path, record))
    records.sweep(folder / "borta")


def test_a_folder_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    assert records.read_backups(tmp_path / "borta") == ()
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(BackupFolderError, match="går genom en fil"):
        records.read_backups(tmp_path / "fil")
    with pytest.raises(UnsoundBackupError, match="finns inte"):
        records.read_backup(tmp_path / "borta")


@pytest.mark.parametrize(
    "change",
    [
        {"format": "samverkan-backup/9"},
        {"made_at": "i går"},
        {"made_at": "2026-05-03T09:14:00"},
        {"counts": 7},
        {"counts": {"drafts": "många"}},
        {"occasion": "annars"},
        {"size": None},
    ],
)
def test_a_record_that_says_something_else_is_no_record(filled, folder, change) -> None:
    made = make(filled, folder)
    record = made.path.with_name(f"{made.path.name}.json")
    record.write_text(json.dumps(json.loads(record.read_text("utf-8")) | change), "utf-8")
    (listed,) = records.read_backups(folder)
    assert listed.verdict is Verdict.UNVERIFIED
    record.write_text("[" * 9000, encoding="utf-8")
    assert records.read_backup(made.path).record is None
    record.write_text("[]", encoding="utf-8")
    assert records.read_backup(made.path).record is None


def test_a_lasting_lock_is_told_and_nothing_is_written(
    filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "WAIT", 0.1)
    made = make(filled, folder)
    before = everything_in(filled)
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLockedError):
            write_over(made.path, filled, silent)
    assert everything_in(filled) == before


def test_an_open_library_sees_the_restored_content(filled: Path, folder: Path) -> None:
    made = make(filled, folder)
    with Library.open(filled) as library:
        then = everything(library)
        library.save(replace(library.load("d1"), title="Nyare"), library.load("d1"))
        library.add(draft("nytt"))
        library.search("nyare")
        write_over(made.path, filled, silent)
        assert filled.with_name(f"{filled.name}-wal").stat().st_size == 0  # it is in the file
        assert everything(library) == then
        assert not library.search("nyare")
        library.save(replace(library.load("d1"), title="Vidare"), library.load("d1"))
        assert library.search("vidare")
    assert is_sound(filled)


def test_others_read_the_old_content_until_all_of_the_new_is_there(
    filled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_STEP", 5)
    made = make(filled, folder)
    with Library.open(filled) as library:
        library.erase("d5")
        seen: set[int] = set()

        def read(done: int, total: int, /) -> None:
            if done < total:
                seen.add(len(library.summaries() + library.bin()))

        write_over(made.path, filled, read)
        assert seen == {5}
        assert len(library.summaries() + library.bin()) == 6


RESTORE = """
import os, signal, sys
from pathlib import Path
from samverkan_desktop.store import copying
copying._STEP = 1
count = 0
def die(done, total, /):
    global count
    count += 1
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
copying.write_over(Path(sys.argv[1]), Path(sys.argv[2]), die)
"""


@pytest.mark.parametrize("settle", [False, True], ids=["wal", "rollback journal"])
def test_a_restore_that_is_killed_leaves_the_old_or_the_new(
    filled: Path, folder: Path, settle: bool
) -> None:
    made = make(filled, folder)
    new = everything_in(made.path)
    with Library.open(filled) as library:
        library.erase("d5")
        for number in range(6, 12):
            library.add(draft(f"d{number}"))
    old = everything_in(filled)
    pages = made.size // 4096
    for at in (1, 2, pages // 2, pages - 1, pages, pages + 1):
        target = folder / f"bibliotek-{at}.db"
        shutil.copy(filled, target)
        if settle:
            copying.settle(target)
        arguments = [sys.executable, "-c", RESTORE, str(made.path), str(target), str(at)]
        killed = subprocess.run(arguments, check=False, timeout=60)
        content = everything_in(target)
        assert content in (old, new)
        assert content == (new if killed.returncode == 0 or at == pages else old)


def test_setting_aside_and_placing(filled: Path, folder: Path, tmp_path: Path) -> None:
    made = make(filled, folder)
    new = everything_in(filled)
    filled.write_bytes(b"skrot")
    log = filled.with_name(filled.name + "-wal")
    log.write_bytes(b"skrot i loggen")
    aside = set_aside(filled, NOW)
    assert aside.read_bytes() == b"skrot"
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"skrot i loggen"
    assert mode(aside) == 0o600
    place_file(made.path, filled)
    assert not log.exists()  # one that could be read would be taken for the new file's
    assert mode(filled) == 0o600
    assert everything_in(filled) == new
    assert set_aside(filled, NOW) != aside
    assert not list(filled.parent.glob(".samverkan*"))
    with pytest.raises(StorageError):
        place_file(tmp_path / "borta", filled)
    with pytest.raises(StorageError):
        place_file(made.path, folder)
    assert everything_in(filled) == new


def test_what_is_in_the_way_is_told(filled: Path, folder: Path, monkeypatch) -> None:
    made = make(filled, folder)
    with pytest.raises(WriteError, match="finns redan"):
        proving.new_file(made.path)
    made.path.unlink()
    with pytest.raises(LibraryUnavailableError, match="finns inte"):
        check_again(made, silent, lambda: NOW)

    def refuse(*_: object) -> None:
        raise OSError(28, "no")

    monkeypatch.setattr(shutil, "copyfileobj", refuse)
    with pytest.raises(WriteError, match="disken är full"):
        set_aside(filled, NOW)


def test_a_picked_folder_that_is_there_is_used(tmp_path: Path) -> None:
    picked = tmp_path / "disk" / "kopior"
    with pytest.raises(WriteError, match="inte ansluten"):
        records.make_backup_folder(picked, tmp_path / "annan")
    picked.parent.mkdir()
    for _ in range(2):
        records.make_backup_folder(picked, tmp_path / "annan")
        assert mode(picked) == 0o700
    standard = tmp_path / "ny" / "ny" / "Säkerhetskopior"
    records.make_backup_folder(standard, standard)
    assert mode(standard) == 0o700


def test_a_library_is_sound_or_not(filled: Path) -> None:
    assert is_sound(filled)
    zero_page(filled)
    assert not is_sound(filled)
    filled.write_bytes(b"")
    assert not is_sound(filled)
    filled.write_bytes(b"x" * 9000)
    assert not is_sound(filled)


def test_only_what_users_see_counts_as_a_change(filled: Path) -> None:
    with Library.open(filled) as library:
        library.save(replace(library.load("d2"), title="Nyss"), library.load("d2"))
        first = snapshot_of(filled).state
        library.search("lång")
        assert snapshot_of(filled).state == first
        states = {first}
        for change in (
            lambda: library.save(replace(library.load("d1"), title="N"), library.load("d1")),
            lambda: library.add_file("d1", "ny.png", b"1"),
            lambda: library.delete("d1"),
            lambda: library.restore("d5"),
            lambda: library.add(Draft(id="z", template="t", title="T")),
        ):
            change()
            states.add(snapshot_of(filled).state)
        assert len(states) == 6


def test_a_save_is_not_held_up_by_a_backup(filled: Path, folder: Path) -> None:
    """Saves and a backup in two threads: nobody is told that the library is locked."""
    done = threading.Event()
    failures: list[Exception] = []

    def back_up() -> None:
        try:
            for _ in range(3):
                make(filled, folder)
        except Exception as error:
            failures.append(error)
        done.set()

    thread = threading.Thread(target=back_up)
    with Library.open(filled, wait=0) as library:
        saved = library.load("d1")
        thread.start()
        count = 0
        while not done.is_set():
            count += 1
            new = replace(saved, title=f"Titel {count}")
            library.save(new, saved)
            saved = new
        thread.join()
        assert library.load("d1") == saved
    assert failures == []
    assert count > 10


def test_the_checks_name_what_is_wrong(filled: Path, folder: Path) -> None:
    made = make(filled, folder)
    assert check_database(made.path, None) == ""
    assert "rader" in check_database(made.path, replace(made.record.snapshot, counts=()))
    make_text: Callable[[Path], object] = lambda p: p.write_bytes(b"x" * 5000)  # noqa: E731
    make_text(made.path)
    assert check_database(made.path, None) == "databasen är skadad"
