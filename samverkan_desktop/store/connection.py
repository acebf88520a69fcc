"""A library file opened: looked at first, then connected to, and SQLite's errors in our words."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from samverkan_desktop.domain.errors import (
    LibraryDamagedError,
    LibraryLockedError,
    LibraryNewerError,
    LibraryOlderError,
    LibraryUnavailableError,
    SamverkanError,
    UnreadableFileError,
    WriteError,
)
from samverkan_desktop.files import make_folder, reason
from samverkan_desktop.places import is_network
from samverkan_desktop.store.schema import APPLICATION_ID, BESIDE, MIGRATION_SET, MIGRATIONS

# What was deleted is written over with zeros, so that it is gone, and so that no old row can be
# taken for a living one when a damaged file is salvaged.
_PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "cell_size_check = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",  # no text in files elsewhere
)


def connect(path: Path, wait: float) -> sqlite3.Connection:
    """Return a connection to an up-to-date library; a missing file is made (0600, folder 0700).

    `wait` is how many seconds to wait for another program's lock. A file that can't be used is left
    byte for byte as it was. An older one is copied before it is brought up to date.

    Raises LibraryDamagedError, LibraryNewerError, LibraryLockedError, LibraryUnavailableError,
    UnreadableFileError when it is another program's database, UpgradeNotBegunError, WriteError.
    """
    made = _make_file(path)
    try:
        with translated(path):
            applied = applied_steps(path, wait)
            if not applied.issubset(MIGRATIONS):
                raise LibraryNewerError(path)
            if applied and not applied.issuperset(MIGRATIONS):
                from samverkan_desktop.store.upgrading import keep_copy

                keep_copy(path, applied)
                upgrade(path, wait)
            return _prepared(path, wait, is_empty=not applied)
    except SamverkanError:
        if made:
            for suffix in ("", *BESIDE):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        raise


def look(path: Path, wait: float = 0) -> sqlite3.Connection:
    """Return a connection that reads a file and leaves no trace; nobody may write meanwhile."""
    return _open(path, _looking_mode(path), wait)


def join(path: Path, wait: float) -> sqlite3.Connection:
    """Return a connection to a file that others may be working in, taken as it is."""
    return _open(path, "rw", wait)


def upgrade(path: Path, wait: float) -> None:
    """Apply the steps that an existing library lacks: all, or it is byte for byte as it was.

    Raises sqlite3.Error.
    """
    with contextlib.closing(join(path, wait)) as connection:
        # Nobody else has a file of an older schema open; and a log needs no shared memory then
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        _apply_steps(connection)


def connect_to_read(path: Path, wait: float) -> sqlite3.Connection:
    """Return a connection to an up-to-date library that nothing can be written with.

    Raises what `connect` raises, but WriteError, and LibraryOlderError.
    """
    with translated(path):
        applied = applied_steps(path, wait)
        if not applied.issubset(MIGRATIONS):
            raise LibraryNewerError(path)
        if not applied.issuperset(MIGRATIONS):
            raise LibraryOlderError(path)
        # Where nobody can write, nobody needs files beside to agree with others
        shared = os.access(path.parent, os.W_OK)
        return _open(path, "ro", wait) if shared else look(path, wait)


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file into ours; errors in our own use of it pass through."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise
    except sqlite3.Error as error:
        raise _translation(path, error) from error
    except UnicodeDecodeError as error:  # in SQLite's own message about a damaged file
        raise LibraryDamagedError(path) from error


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do everything in the block, or nothing. The lock is taken, and waited for, at once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _make_file(path: Path) -> bool:
    """Make an empty file, which is an empty database, if there is none; return whether it did."""
    make_folder(path.parent)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return False
    except OSError as error:
        raise WriteError(path, reason(error)) from error
    return True


def applied_steps(path: Path, wait: float) -> frozenset[str]:
    """Look which steps have been applied, none for an empty file, without changing a byte.

    Raises sqlite3.Error, or UnreadableFileError when it is another program's database.
    """
    with contextlib.closing(look(path, wait)) as connection:
        if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return frozenset()
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise UnreadableFileError(path, "det är ett annat programs databas")
        rows = connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (MIGRATION_SET,)
        )
        return frozenset(name for (name,) in rows)


def _looking_mode(path: Path) -> str:
    """Return how to open a file so that looking leaves no trace: no checkpoint, no files beside.

    After a crash there are files beside it that have to be heeded. What is in a log ("-wal") can be
    read; an interrupted change ("-journal") is rolled back by any program that opens the file.
    """
    if _has_content(path, "-journal"):
        return "rw"
    return "ro" if _has_content(path, "-wal") else "ro&immutable=1"


def _has_content(path: Path, suffix: str) -> bool:
    try:
        return path.with_name(path.name + suffix).stat().st_size > 0
    except OSError:
        return False


def _prepared(path: Path, wait: float, *, is_empty: bool) -> sqlite3.Connection:
    connection = join(path, wait)
    try:
        _choose_journal(connection, path)
        if is_empty:
            _apply_steps(connection)
        _set_pragmas(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _apply_steps(connection: sqlite3.Connection) -> None:
    from samverkan_desktop.store import migrations  # takes 0.1 s

    _set_pragmas(connection)
    migrations.apply(connection)


def _set_pragmas(connection: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _choose_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Use a write-ahead log, or where that can't work (network folders) a rollback journal.

    SQLite answers with the mode it really uses: https://www.sqlite.org/wal.html, "Overview", 2.
    """
    if not is_network(path):
        with contextlib.suppress(sqlite3.OperationalError):
            if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal":
                return
    # A file that is in WAL mode already can be read without shared memory by its only user
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA locking_mode = NORMAL")
    connection.execute("SELECT count(*) FROM sqlite_schema")  # lets go of the exclusive lock


def _open(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    return sqlite3.connect(_uri(path, mode), uri=True, isolation_level=None, timeout=wait)


def _uri(path: Path, mode: str) -> str:
    """Return SQLite's form of file URI; a Windows share has four slashes after "file:"."""
    absolute = path.absolute().as_posix()
    return f"file://{'' if absolute.startswith('/') else '/'}{quote(absolute)}?mode={mode}"


_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_UNREACHABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_UNWRITTEN = {
    sqlite3.SQLITE_FULL: "disken är full",
    sqlite3.SQLITE_READONLY: "filen eller mappen är skrivskyddad",
    sqlite3.SQLITE_TOOBIG: "texten är för stor",
    sqlite3.SQLITE_NOMEM: "datorns minne räcker inte",
}
_READING = {
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_FSTAT,
    sqlite3.SQLITE_IOERR_ACCESS,
    sqlite3.SQLITE_IOERR_LOCK,
}


def _translation(path: Path, error: sqlite3.Error) -> SamverkanError:
    """Return our error for SQLite's: https://www.sqlite.org/rescode.html."""
    extended: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    code = extended & 0xFF
    if code in _LOCKED:
        return LibraryLockedError(path)
    if code in _UNWRITTEN:
        return WriteError(path, _UNWRITTEN[code])
    if code in _UNREACHABLE:
        return LibraryUnavailableError(path, _why_unreachable(path))
    if code == sqlite3.SQLITE_IOERR:
        if extended in _READING:
            return LibraryUnavailableError(path, _why_unreachable(path))
        return WriteError(path, "disken är full eller svarar med fel")
    # No sound library lacks a table or holds text that isn't UTF-8
    return LibraryDamagedError(path)


def _why_unreachable(path: Path) -> str:
    try:
        path.open("rb+").close()
    except OSError as error:
        return reason(error)
    return "disken svarar med fel, eller så är mappen skrivskyddad"
