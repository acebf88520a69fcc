"""Copies of a library proved: by SQLite's checks, and by restoring them and reading every draft."""

import contextlib
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from samverkan_desktop.computer import login_name
from samverkan_desktop.domain.backup import Backup, Snapshot
from samverkan_desktop.domain.errors import (
    InputError,
    LibraryDamagedError,
    LibraryNewerError,
    LibraryUnavailableError,
    ScratchError,
    StorageError,
    UnreadableFileError,
    UnsoundBackupError,
    WriteError,
)
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.files import reason
from samverkan_desktop.store import backup_records as records
from samverkan_desktop.store.connection import applied_steps, join, look, translated, upgrade
from samverkan_desktop.store.copying import WAIT, read_snapshot, settle, write_over
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.open_file import OpenFile
from samverkan_desktop.store.schema import MIGRATIONS
from samverkan_desktop.store.versions import content_hash

_SCRATCH = "samverkan-prov-"
_DAMAGED = "databasen är skadad"


@dataclass(frozen=True, slots=True)
class Proved:
    """A backup that has been restored into a file of its own, and every draft in it read."""

    scratch: Path
    drafts_sha256: str


@contextlib.contextmanager
def proved_again(backup: Backup, progress: Progress) -> Iterator[Proved]:
    """Lend a restored copy of a backup, proved against its record where it has one.

    Raises UnsoundBackupError; another StorageError when it couldn't be tried; JobCancelledError.
    """
    record = backup.record
    with _told_unsound(backup.path):
        if record and file_hash(backup.path) != record.sha256:
            raise UnsoundBackupError(backup.path, "filen är inte som när den skrevs")
    with proved(backup.path, record.snapshot if record else None, progress) as proof:
        if record and proof.drafts_sha256 != record.drafts_sha256:
            raise UnsoundBackupError(backup.path, "texten är inte den som kopierades")
        yield proof


@contextlib.contextmanager
def proved(copy: Path, snapshot: Snapshot | None, progress: Progress) -> Iterator[Proved]:
    """Lend a copy restored into a scratch file, after SQLite's checks and reading every draft.

    With a snapshot, every table must have as many rows as it had then.

    Raises UnsoundBackupError; another StorageError when it couldn't be tried; JobCancelledError.
    """
    problem = check_database(copy, snapshot)
    if problem:
        raise UnsoundBackupError(copy, problem)
    with restored(copy, part(progress, 0, 30)) as scratch:
        with _told_unsound(copy):
            digest = _read_every_draft(scratch, copy, part(progress, 30, 100))
        yield Proved(scratch, digest)


@contextlib.contextmanager
def restored(copy: Path, progress: Progress) -> Iterator[Path]:
    """Lend a file, closed to other users, into which a copy is restored and brought up to date.

    Raises UnsoundBackupError; another StorageError when it couldn't be tried; JobCancelledError.
    """
    records.sweep(Path(tempfile.gettempdir()), _SCRATCH)
    with contextlib.ExitStack() as stack:
        with _told_unsound(copy), _told_of_scratch():
            applied = _check_is_library(copy)
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix=_SCRATCH, ignore_cleanup_errors=True)
            )
            scratch = new_file(Path(folder) / f"bibliotek{records.SUFFIX}")
            write_over(copy, scratch, progress)
            with translated(scratch):
                if not applied.issuperset(MIGRATIONS):
                    upgrade(scratch, WAIT)
                settle(scratch)
        yield scratch


@contextlib.contextmanager
def looked_into(backup: Path, progress: Progress) -> Iterator[Library]:
    """Lend what is in a backup as a library to read; one of an older version as a restored copy.

    Raises UnsoundBackupError, also for what is read in the block; another StorageError when it
    couldn't be tried; JobCancelledError.
    """
    with contextlib.ExitStack() as stack:
        with _told_unsound(backup):
            applied = _check_is_library(backup)
        if applied.issuperset(MIGRATIONS):
            reading = stack.enter_context(contextlib.closing(look(backup)))
            library = Library(
                OpenFile(backup, lambda: reading, lambda: datetime.now(UTC), login_name())
            )
        else:
            scratch = stack.enter_context(restored(backup, progress))
            library = stack.enter_context(Library.open(scratch))
        try:
            yield library
        except LibraryDamagedError as error:
            if error.path != library.path:
                raise
            raise UnsoundBackupError(backup, _DAMAGED) from error


def check_database(path: Path, snapshot: Snapshot | None) -> str:
    """Return what SQLite's checks find wrong with a copy, as a Swedish clause; "" for nothing.

    With a snapshot, every table must have as many rows as it had then.

    Raises LibraryUnavailableError.
    """
    try:
        with translated(path), contextlib.closing(look(path)) as connection:
            problem = _fault(connection)
            if not problem and snapshot and read_snapshot(connection) != snapshot:
                problem = "den har inte samma rader som biblioteket hade"
            return problem
    except LibraryDamagedError:
        return _DAMAGED


def is_sound(library: Path) -> bool:
    """Whether a library, which others may have open, passes SQLite's checks.

    Raises LibraryNewerError, UnreadableFileError when it is something else, or another StorageError
    when that can't be found out.
    """
    try:
        _check_is_library(library)
        with translated(library), contextlib.closing(join(library, WAIT)) as connection:
            return not _fault(connection)
    except LibraryDamagedError:
        return False


def _fault(connection: sqlite3.Connection) -> str:
    (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        return _DAMAGED
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        return "delar av ärenden hör inte ihop"
    return ""


def new_file(path: Path) -> Path:
    """Make an empty file that only its user may read.

    Raises WriteError.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise WriteError(path, reason(error)) from error
    return path


def part(progress: Progress, start: int, end: int) -> Progress:
    """Return a progress that is what lies between two percentages of the whole."""

    def tell(done: int, total: int, /) -> None:
        progress(start + (end - start) * done // max(total, 1), 100)

    return tell


def file_hash(path: Path) -> str:
    """Return the SHA-256 (hex) of a file.

    Raises LibraryUnavailableError.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise LibraryUnavailableError(path, reason(error)) from error


def _check_is_library(path: Path) -> frozenset[str]:
    """Return the steps that a library has."""
    with translated(path):
        applied = applied_steps(path, WAIT)
    if not applied:
        raise LibraryDamagedError(path)
    if not applied.issubset(MIGRATIONS):
        raise LibraryNewerError(path)
    return applied


def _read_every_draft(scratch: Path, copy: Path, progress: Progress) -> str:
    """Read every draft and file in a restored library; return a hash of all drafts."""
    seen = hashlib.sha256()
    with Library.open(scratch) as library:
        ids = sorted(summary.id for summary in library.summaries() + library.bin())
        for number, draft_id in enumerate(ids):
            try:
                digest = content_hash(library.load(draft_id))
                for name in library.file_names(draft_id):
                    library.file(draft_id, name)
            except (StorageError, InputError) as error:
                told = f"ärendet {draft_id} kan inte läsas"
                raise UnsoundBackupError(copy, told) from error
            seen.update(f"{draft_id} {digest}\n".encode())
            progress(number + 1, len(ids))
    return seen.hexdigest()


@contextlib.contextmanager
def _told_unsound(copy: Path) -> Iterator[None]:
    """Tell damage as the backup's; that a disk is full or can't be read says nothing of it."""
    try:
        yield
    except LibraryDamagedError as error:
        raise UnsoundBackupError(copy, "filen är skadad eller inget bibliotek") from error
    except LibraryNewerError as error:
        told = "den är gjord av en nyare version av Samverkan"
        raise UnsoundBackupError(copy, told) from error
    except UnreadableFileError as error:
        raise UnsoundBackupError(copy, "det är inget bibliotek") from error


@contextlib.contextmanager
def _told_of_scratch() -> Iterator[None]:
    try:
        yield
    except WriteError as error:
        raise ScratchError(tempfile.gettempdir(), error.reason) from error
    except OSError as error:
        raise ScratchError(tempfile.gettempdir(), reason(error)) from error
