"""Backups in their folder: their names, and a record (JSON) beside each; what the drills said."""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from samverkan_desktop.domain.backup import Backup, Drill, Occasion, Record, Snapshot
from samverkan_desktop.domain.errors import BackupFolderError, UnsoundBackupError, WriteError
from samverkan_desktop.domain.file_names import numbered
from samverkan_desktop.files import make_folder, reason, write_bytes

SUFFIX = ".samverkandb"
_FORMAT = "samverkan-backup/1"
_DRILLS = "provade.json"
# Folders in which a backup is being made; one this old (seconds) was left by a crash.
WORKING = ".samverkan-"
_ABANDONED = 86_400


def read_backups(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, the newest first; none where there is no folder.

    Raises BackupFolderError.
    """
    try:
        paths = [path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file()]
        found = [_backup(path) for path in paths]
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise BackupFolderError(folder, reason(error)) from error
    return tuple(sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True))


def read_backup(path: Path) -> Backup:
    """Return one backup, wherever it lies.

    Raises UnsoundBackupError.
    """
    try:
        return _backup(path)
    except OSError as error:
        raise UnsoundBackupError(path, reason(error)) from error


def write_record(path: Path, record: Record) -> None:
    """Write down what is known of a backup, for its user only.

    Raises WriteError.
    """
    plain = {
        "format": _FORMAT,
        "library": record.library,
        "made_at": record.made_at.isoformat(),
        "made_by": record.made_by,
        "occasion": record.occasion.value,
        "size": record.size,
        "sha256": record.sha256,
        "drafts_sha256": record.drafts_sha256,
        "counts": dict(record.snapshot.counts),
        "state": record.snapshot.state,
        "verified_at": record.verified_at.isoformat(),
        "problem": record.problem,
    }
    _write_private(_record_of(path), plain)


def remove_backup(path: Path) -> None:
    """Remove a backup and its record; what can't be removed now is left for the next time."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        _record_of(path).unlink(missing_ok=True)


def free_path(folder: Path, library: Path, at: datetime) -> Path:
    """Return a path for a new backup: the library's name, and when."""
    names = numbered(f"{library.stem} {at.astimezone():%Y-%m-%d %H%M%S}")
    paths = (folder / f"{name}{SUFFIX}" for name in names)
    return next(p for p in paths if not p.exists() and not _record_of(p).exists())


def same_library(record: Record | None, library: Path) -> bool:
    """Whether a record is about this library file."""
    return record is not None and record.library == name_of(library)


def name_of(library: Path) -> str:
    """Return what a library file is called in the records, whatever way leads to it."""
    return os.path.normcase(os.path.realpath(library))


def read_drill(folder: Path, library: Path) -> Drill | None:
    """Return how the last drill of a library went, None when there was none, or no telling."""
    told: Any = _read(folder / _DRILLS).get(name_of(library))
    try:
        return Drill(
            at=_moment(told["at"]), backup=str(told["backup"]), problem=str(told["problem"])
        )
    except (LookupError, TypeError, ValueError):
        return None


def write_drill(folder: Path, library: Path, drill: Drill) -> None:
    """Write down how a drill went.

    Raises WriteError.
    """
    told = {"at": drill.at.isoformat(), "backup": drill.backup, "problem": drill.problem}
    _write_private(folder / _DRILLS, {**_read(folder / _DRILLS), name_of(library): told})


def make_backup_folder(folder: Path, standard: Path) -> None:
    """Make the folder of the backups if it isn't there, closed to other users.

    One that was picked must at least lie in a folder that exists: a disk that isn't plugged in must
    not become a folder on another one.

    Raises WriteError.
    """
    if folder == standard or folder.parent.is_dir():
        make_folder(folder)
    else:
        raise WriteError(folder, "mappen finns inte, eller så är disken inte ansluten")


def sweep(folder: Path, prefix: str = WORKING) -> None:
    """Remove what a crash left long ago: half-made copies, and records without their backup."""
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            with contextlib.suppress(OSError):
                if _is_abandoned(path, prefix):
                    _remove(path)


def _is_abandoned(path: Path, prefix: str) -> bool:
    if path.is_symlink() or time.time() - path.stat().st_mtime < _ABANDONED:
        return False
    if path.is_dir():
        return path.name.startswith(prefix)
    is_record = path.name.endswith(f"{SUFFIX}.json") and _read(path).get("format") == _FORMAT
    return is_record and not path.with_suffix("").exists()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _backup(path: Path) -> Backup:
    status = path.stat()
    record = _record(_read(_record_of(path)))
    changed = datetime.fromtimestamp(status.st_mtime).astimezone()
    return Backup(path, record.made_at if record else changed, status.st_size, record)


def _record_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _record(plain: Mapping[str, Any]) -> Record | None:
    """Return a record, None when it is none of ours: then nothing is known of the backup."""
    try:
        if plain["format"] != _FORMAT:
            return None
        counts = tuple((str(table), int(count)) for table, count in plain["counts"].items())
        return Record(
            library=str(plain["library"]),
            made_at=_moment(plain["made_at"]),
            made_by=str(plain["made_by"]),
            occasion=Occasion(plain["occasion"]),
            size=int(plain["size"]),
            sha256=str(plain["sha256"]),
            drafts_sha256=str(plain["drafts_sha256"]),
            snapshot=Snapshot(counts=counts, state=str(plain["state"])),
            verified_at=_moment(plain["verified_at"]),
            problem=str(plain["problem"]),
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _read(path: Path) -> dict[str, Any]:
    """Return a JSON object, empty when there is none to be read."""
    try:
        plain = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return plain if isinstance(plain, dict) else {}


def _write_private(path: Path, plain: Mapping[str, object]) -> None:
    write_bytes(path, json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8"))
    with contextlib.suppress(OSError):
        path.chmod(0o600)
