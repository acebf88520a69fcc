"""A library file copied whole with SQLite's backup API, while others work in it.

https://www.sqlite.org/backup.html
"""

import contextlib
import hashlib
import sqlite3
import time
from pathlib import Path

from samverkan_desktop.domain.backup import Snapshot
from samverkan_desktop.domain.errors import LibraryLockedError
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.store.connection import join, look, translated

WAIT = 3.0  # seconds, while another program writes

# Pages (of 4 kB) between two looks at whether the job is stopped.
_STEP = 2000

# The search index: made of the rest, and brought up to date by searching.
_INDEX = ("words", "unindexed")


def copy_library(source: Path, copy: Path, progress: Progress) -> Snapshot:
    """Copy a library into an empty file, as it is at one moment; return what it held then.

    In WAL mode others write meanwhile and aren't in the copy. With a rollback journal, as on
    network folders, their saves wait until the copy is made. The copy is one plain file.

    Raises StorageError about the file that couldn't be read or written, JobCancelledError.
    """
    with contextlib.closing(_joined(source)) as reading:
        return _copy_from(reading, source, copy, progress)


def copy_alone(source: Path, copy: Path, progress: Progress) -> Snapshot:
    """Copy a library that nobody else has open, also where a log in use can't be shared.

    Raises StorageError, LibraryLockedError when somebody has it open, JobCancelledError.
    """
    with contextlib.closing(_joined(source)) as reading:
        reading.execute("PRAGMA locking_mode = EXCLUSIVE")
        return _copy_from(reading, source, copy, progress)


def _copy_from(
    reading: sqlite3.Connection, source: Path, copy: Path, progress: Progress
) -> Snapshot:
    """Copy what a connection to a library sees from its first question on.

    Raises StorageError, JobCancelledError.
    """
    with translated(source):
        reading.execute("BEGIN")  # from the first question on it sees one moment
        snapshot = read_snapshot(reading)
    with contextlib.closing(_joined(copy)) as writing:
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):  # it is flushed when whole
            writing.execute(f"PRAGMA {pragma}")
        _copy(reading, writing, (source, copy), progress)
    with translated(copy):
        settle(copy)
    return snapshot


def write_over(source: Path, library: Path, progress: Progress) -> None:
    """Give a library the content of another file in one transaction; others may have it open.

    They see the old content until all of the new is on the disk, also after a power cut.

    Raises StorageError, JobCancelledError; the library is then as it was.
    """
    with contextlib.closing(look(source)) as reading, contextlib.closing(_joined(library)) as to:
        with translated(library):
            to.execute("PRAGMA synchronous = FULL")
            to.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        _copy(reading, to, (source, library), progress)
        with contextlib.suppress(sqlite3.OperationalError):  # somebody reads: it is done later
            to.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def settle(path: Path) -> None:
    """Take a file that nobody else has open out of WAL mode, so that it is whole by itself.

    Raises sqlite3.Error.
    """
    with contextlib.closing(join(path, WAIT)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # needs no shared memory
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()


def snapshot_of(path: Path) -> Snapshot:
    """Return what a library holds now.

    Raises StorageError.
    """
    with translated(path), contextlib.closing(join(path, WAIT)) as connection:
        connection.execute("BEGIN")
        return read_snapshot(connection)


def read_snapshot(connection: sqlite3.Connection) -> Snapshot:
    """Return what a library of any version holds, as a connection sees it.

    Raises sqlite3.Error.
    """
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name"
        ).fetchall()
    ]
    counts = tuple((name, _count(connection, name)) for name in tables)
    seen = hashlib.sha256()
    for row in connection.execute("SELECT id, changed_at, deleted_at FROM drafts ORDER BY number"):
        seen.update(repr(row).encode())
    seen.update(repr([c for c in counts if not c[0].startswith(_INDEX)]).encode())
    return Snapshot(counts=counts, state=seen.hexdigest())


def _joined(path: Path) -> sqlite3.Connection:
    with translated(path):
        return join(path, WAIT)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


def _copy(
    reading: sqlite3.Connection,
    writing: sqlite3.Connection,
    paths: tuple[Path, Path],
    progress: Progress,
) -> None:
    source, target = paths
    try:
        reading.backup(writing, pages=_STEP, progress=_Watch(target, progress), sleep=0.02)
    except sqlite3.Error as error:
        with translated(source if _is_about_reading(error) else target):
            raise


def _is_about_reading(error: sqlite3.Error) -> bool:
    reading = (
        sqlite3.SQLITE_IOERR_READ,
        sqlite3.SQLITE_IOERR_SHORT_READ,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )
    return getattr(error, "sqlite_errorcode", None) in reading


class _Watch:
    """Called after each step of a copy: tells how far it is, and gives up on a lasting lock."""

    def __init__(self, target: Path, progress: Progress) -> None:
        self._target, self._progress = target, progress
        self._deadline = time.monotonic() + WAIT

    def __call__(self, status: int, remaining: int, total: int) -> None:
        self._progress(total - remaining, total)
        if status in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):
            self._deadline = time.monotonic() + WAIT
        elif time.monotonic() > self._deadline:
            raise LibraryLockedError(self._target)
