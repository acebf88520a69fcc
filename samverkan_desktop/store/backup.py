"""Backups made, and tried again."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from samverkan_desktop import __version__
from samverkan_desktop.domain.backup import Backup, Occasion, Record
from samverkan_desktop.domain.errors import (
    BackupError,
    InputError,
    LibraryUnavailableError,
    ScratchError,
    StorageError,
    UnsoundBackupError,
    WriteError,
)
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.files import publish, reason
from samverkan_desktop.store import backup_records as records
from samverkan_desktop.store.copying import copy_library
from samverkan_desktop.store.proving import file_hash, new_file, part, proved, proved_again

Clock = Callable[[], datetime]


def make_backup(
    library: Path, folder: Path, occasion: Occasion, progress: Progress, clock: Clock
) -> Backup:
    """Copy a library into a folder, prove the copy, and give it its name (0600) and record.

    Raises BackupError, JobCancelledError; the folder then has what it had.
    """
    records.sweep(folder)
    with (
        _told_as_failure(folder),
        tempfile.TemporaryDirectory(
            prefix=records.WORKING, dir=folder, ignore_cleanup_errors=True
        ) as working,
    ):
        made_at = clock()
        copy = new_file(Path(working) / f"kopia{records.SUFFIX}")
        snapshot = copy_library(library, copy, part(progress, 0, 30))
        with proved(copy, snapshot, part(progress, 30, 95)) as proof:
            drafts_sha256 = proof.drafts_sha256
        record = Record(
            library=records.name_of(library),
            made_at=made_at,
            made_by=__version__,
            occasion=occasion,
            size=copy.stat().st_size,
            sha256=file_hash(copy),
            drafts_sha256=drafts_sha256,
            snapshot=snapshot,
            verified_at=clock(),
        )
        path = records.free_path(folder, library, made_at)
        try:
            records.write_record(path, record)
            publish(copy, path)
        except BaseException:
            records.remove_backup(path)
            raise
    progress(1, 1)
    return Backup(path, made_at, record.size, record)


def check_again(backup: Backup, progress: Progress, clock: Clock) -> Backup:
    """Prove a backup once more and write down what came out of it, if it has a record.

    Raises StorageError when it couldn't be tried, JobCancelledError.
    """
    try:
        with proved_again(backup, progress):
            problem = ""
    except UnsoundBackupError as error:
        problem = error.reason
    if backup.record is None:
        return backup
    record = replace(backup.record, verified_at=clock(), problem=problem)
    records.write_record(backup.path, record)
    return replace(backup, record=record)


@contextlib.contextmanager
def _told_as_failure(folder: Path) -> Iterator[None]:
    """Tell whatever goes wrong as a backup that wasn't made."""
    try:
        yield
    except (WriteError, ScratchError, LibraryUnavailableError) as error:
        raise BackupError(folder, error.reason) from error
    except UnsoundBackupError as error:
        raise BackupError(folder, f"kopian höll inte provet, {error.reason}") from error
    except (StorageError, InputError) as error:
        raise BackupError(folder, _clause(error)) from error
    except OSError as error:
        raise BackupError(folder, reason(error)) from error


def _clause(error: Exception) -> str:
    sentence = str(error).rstrip(".")
    return sentence[:1].lower() + sentence[1:]
