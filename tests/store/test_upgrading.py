"""A library of an older version: copied, then brought up to date, or left byte for byte."""

import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from samverkan_desktop.domain.errors import (
    LibraryDamagedError,
    LibraryLockedError,
    SamverkanError,
    UpgradeNotBegunError,
)
from samverkan_desktop.store import connection, migrations, upgrading
from samverkan_desktop.store.connection import applied_steps
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.schema import MIGRATIONS
from tests.faults.small_disks import largest_file, small_disk

RELEASED = Path(__file__).resolve().parent.parent / "files" / "0.1.0" / "bibliotek.samverkandb"
COPY = "bibliotek före uppdatering från 0001_library.samverkandb"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library as version 0.1.0 left it, in a folder of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Path(shutil.copy(RELEASED, folder / "bibliotek.samverkandb"))


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as raw:
        return raw.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_stored_file_is_of_the_schema_that_was_released() -> None:
    assert applied_steps(RELEASED, 0) == {"0001_library"}
    assert rows(RELEASED, "drafts")


def test_an_older_library_is_copied_and_brought_up_to_date(old: Path) -> None:
    tables = ("drafts", "parts", "blobs", "files", "words")
    before = {table: rows(old, table) for table in tables}
    with Library.open(old) as library:
        ids = [s.id for s in library.summaries() + library.bin()]
        drafts = {i: library.load(i) for i in ids}
        files = {i: {n: library.file(i, n) for n in library.file_names(i)} for i in ids}
        assert library.history.problems() == ()
    assert applied_steps(old, 0) == set(MIGRATIONS)
    assert {table: rows(old, table) for table in tables} == before

    copy = old.with_name(COPY)
    assert names(old.parent) == sorted([old.name, COPY])
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert applied_steps(copy, 0) == {"0001_library"}
    assert {table: rows(copy, table) for table in tables} == before
    with Library.open(copy) as library:  # the copy can be worked in as well
        assert {i: library.load(i) for i in ids} == drafts
        assert {i: {n: library.file(i, n) for n in library.file_names(i)} for i in ids} == files


def test_a_library_of_today_is_not_copied(old: Path) -> None:
    Library.open(old).close()
    copied = old.with_name(COPY).stat()
    Library.open(old).close()
    assert names(old.parent) == sorted([old.name, COPY])
    assert old.with_name(COPY).stat().st_mtime_ns == copied.st_mtime_ns


@pytest.fixture
def fail_at(old: Path, monkeypatch: pytest.MonkeyPatch):
    """Has the upgrade of `old` fail at a statement; tells how many statements there were."""
    usual = migrations.apply
    seen: list[int] = []

    def arrange(position: int) -> list[int]:
        seen[:] = [0]

        def apply(raw: sqlite3.Connection) -> None:
            def authorise(action: int, one: str | None, *_: object) -> int:
                if action == sqlite3.SQLITE_TRANSACTION and one == "ROLLBACK":
                    return sqlite3.SQLITE_OK
                seen[0] += 1
                return sqlite3.SQLITE_DENY if seen[0] == position else sqlite3.SQLITE_OK

            file = raw.execute("PRAGMA database_list").fetchone()[2]
            raw.set_authorizer(authorise if Path(file) == old else None)
            try:
                usual(raw)
            finally:
                raw.set_authorizer(None)

        monkeypatch.setattr(migrations, "apply", apply)
        return seen

    return arrange


def test_an_upgrade_that_fails_anywhere_leaves_the_file_as_it_was(
    old: Path, fail_at, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrading, "keep_copy", lambda *_: None)  # tested by itself
    before = old.read_bytes()
    failures = position = 0
    while True:
        position += 1
        seen = fail_at(position)
        try:
            Library.open(old).close()
        except (SamverkanError, sqlite3.Error):
            failures += 1
            assert old.read_bytes() == before
            assert names(old.parent) == [old.name]
        if seen[0] < position:  # all of it was done
            break
        old.write_bytes(before)
    assert failures > 50
    assert applied_steps(old, 0) == set(MIGRATIONS)


def test_trying_again_makes_no_second_copy_unless_something_has_changed(old: Path, fail_at) -> None:
    copies: set[int] = set()
    for _ in range(2):
        fail_at(30)
        with pytest.raises(SamverkanError):
            Library.open(old)
        assert names(old.parent) == sorted([old.name, COPY])
        copies.add(old.with_name(COPY).stat().st_mtime_ns)
    assert len(copies) == 1
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("UPDATE drafts SET changed_at = '2026-01-01T00:00:00.000000+00:00'")
        raw.commit()
    fail_at(30)
    with pytest.raises(SamverkanError):
        Library.open(old)
    second = COPY.replace("library.", "library-2.")
    assert names(old.parent) == sorted([old.name, COPY, second])


@pytest.fixture
def nearly_full(old: Path) -> Iterator[Path]:
    """The library on a disk with no room for a copy of it."""
    with small_disk("500k") as folder:
        yield Path(shutil.copy(old, folder / old.name))


def test_without_room_for_a_copy_the_upgrade_is_not_begun(nearly_full: Path) -> None:
    before = nearly_full.read_bytes()
    with pytest.raises(UpgradeNotBegunError) as caught:
        Library.open(nearly_full)
    told = str(caught.value)
    assert "disken är full" in told
    assert "inte uppdaterats" in told
    assert "kvar som det var" in told
    assert nearly_full.read_bytes() == before
    assert names(nearly_full.parent) == [nearly_full.name]


def test_a_limit_on_file_size_stops_the_upgrade_before_it_begins(old: Path) -> None:
    before = old.read_bytes()
    with largest_file(50_000), pytest.raises(UpgradeNotBegunError, match="disken är full"):
        Library.open(old)
    assert old.read_bytes() == before
    assert names(old.parent) == [old.name]


def test_without_room_to_try_the_copy_the_upgrade_is_not_begun(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "borta"))
    with pytest.raises(UpgradeNotBegunError, match="kunde inte provas"):
        Library.open(old)
    assert old.read_bytes() == before
    assert names(old.parent) == [old.name]


def refuse(*_: object) -> None:
    raise PermissionError(13, "no")


def test_a_copy_that_can_not_be_named_stops_the_upgrade(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(upgrading, "publish", refuse)
    with pytest.raises(UpgradeNotBegunError, match="behörighet"):
        Library.open(old)
    assert old.read_bytes() == before
    assert names(old.parent) == [old.name]


def test_an_older_library_that_is_not_whole_is_told_as_damaged(old: Path) -> None:
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("UPDATE parts SET value = '{' WHERE part = ''")
        raw.commit()
    before = old.read_bytes()
    with pytest.raises(LibraryDamagedError):
        Library.open(old)
    assert old.read_bytes() == before
    assert names(old.parent) == [old.name]


def test_an_older_library_that_was_moved_to_where_no_log_can_be_is_upgraded(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(old)) as raw:  # as it lay on the computer's own disk
        raw.execute("PRAGMA journal_mode = WAL").fetchone()
    before = old.read_bytes()
    usual = connection._uri
    monkeypatch.setattr(connection, "_uri", lambda p, m: usual(p, m) + "&vfs=unix-dotfile")
    monkeypatch.setattr(upgrading, "publish", refuse)
    with pytest.raises(UpgradeNotBegunError):
        Library.open(old)
    assert old.read_bytes() == before
    monkeypatch.undo()
    monkeypatch.setattr(connection, "_uri", lambda p, m: usual(p, m) + "&vfs=unix-dotfile")
    with Library.open(old) as library:
        assert library.summaries()
    assert COPY in names(old.parent)


def test_an_older_library_that_somebody_works_in_is_not_brought_up_to_date(old: Path) -> None:
    before = old.read_bytes()
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLockedError):
            Library.open(old, wait=0.05)
    assert old.read_bytes() == before
