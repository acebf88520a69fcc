"""Backups of the library: made when they are due, listed, and tried out weekly.

Each function opens the library for itself and may run in any thread.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from samverkan_desktop.domain import keeping
from samverkan_desktop.domain.backup import Backup, Drill, Occasion, Verdict
from samverkan_desktop.domain.errors import (
    BackupError,
    DrillFailedError,
    JobCancelledError,
    SamverkanError,
    WriteError,
)
from samverkan_desktop.domain.progress import Progress, silent
from samverkan_desktop.settings import Settings
from samverkan_desktop.store import backup as store
from samverkan_desktop.store import backup_records as records
from samverkan_desktop.store import proving
from samverkan_desktop.store.copying import snapshot_of

Clock = Callable[[], datetime]
T = TypeVar("T")
IsDue = Callable[[datetime | None, bool], bool]  # (newest good backup's time, has changed since)


def local_time() -> datetime:
    """Return the time now, as the clock on the wall shows it."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Place:
    """A library, the folder of its backups, and where that is unless another was picked."""

    library: Path
    folder: Path
    standard: Path


def has_changed(place: Place, backup: Backup | None) -> bool:
    """Whether the library isn't as it was when a backup was made.

    Raises StorageError.
    """
    if backup is None or backup.record is None:
        return True
    return snapshot_of(place.library).state != backup.record.snapshot.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """What was done because it was due. `problems` are sentences about what couldn't be."""

    newest: Backup | None
    drill: Drill | None
    problems: tuple[str, ...] = ()


def standard_folder(library: Path) -> Path:
    """Return where a library's backups are kept unless another folder was picked: beside it."""
    return library.parent / "Säkerhetskopior"


def place_of(library: Path, settings: Settings) -> Place:
    """Return where a library's backups are kept.

    In the folder of the settings "~" is the user's home, and "$USER" or "%USERNAME%" a variable of
    the system's, so that a policy can name one folder for everybody.
    """
    standard = standard_folder(library)
    picked = os.path.expandvars(settings.backup_folder.strip())
    return Place(library, Path(picked).expanduser() if picked else standard, standard)


def backups(place: Place) -> tuple[Backup, ...]:
    """Return all backups in the folder, also those of other libraries, the newest first.

    Raises BackupFolderError.
    """
    return records.read_backups(place.folder)


def is_of(backup: Backup, library: Path) -> bool:
    """Whether a backup was made of this library."""
    return records.same_library(backup.record, library)


def newest_good(place: Place) -> Backup | None:
    """Return the newest backup of the library that passed its last test.

    Raises BackupFolderError.
    """
    own = (b for b in backups(place) if is_of(b, place.library))
    return next((b for b in own if b.verdict is Verdict.GOOD), None)


def back_up(
    place: Place, occasion: Occasion, progress: Progress = silent, clock: Clock = local_time
) -> Backup:
    """Make a backup and prove it; then remove what the rule of `domain.keeping` lets go.

    Raises BackupError, JobCancelledError; every backup is then still there.
    """
    made = make(place, occasion, progress, clock)
    own = [b for b in backups(place) if is_of(b, place.library)]
    for backup in keeping.rotated_away(own, clock()) - {made}:
        records.remove_backup(backup.path)
    return made


def keep_up_at_start(
    place: Place, progress: Progress = silent, clock: Clock = local_time
) -> Upkeep:
    """Back up if the library has changed since the last time; try a restore if a week has gone.

    Raises JobCancelledError; other failures are told in what is returned.
    """
    return _Keeper(place, progress, clock).keep_up(
        lambda newest, changed: keeping.due_at_start(newest, changed=changed)
    )


def keep_up(place: Place, progress: Progress = silent, clock: Clock = local_time) -> Upkeep:
    """Back up once a day if something has changed; try a restore if a week has gone.

    Raises JobCancelledError; other failures are told in what is returned.
    """
    return _Keeper(place, progress, clock).keep_up(
        lambda newest, changed: keeping.due_while_working(newest, clock(), changed=changed)
    )


def last_drill(place: Place) -> Drill | None:
    """Return how the last restore drill went."""
    return records.read_drill(place.folder, place.library)


def drill(
    place: Place, backup: Backup, progress: Progress = silent, clock: Clock = local_time
) -> Drill:
    """Restore a backup into a scratch file, compare every draft in it, and write down the result.

    Raises StorageError when it couldn't be tried, JobCancelledError.
    """
    checked = store.check_again(backup, progress, clock)
    problem = checked.record.problem if checked.record else ""
    told = Drill(at=clock(), backup=backup.path.name, problem=problem)
    records.write_drill(place.folder, place.library, told)
    return told


def check(place: Place, progress: Progress, clock: Clock) -> Drill | None:
    """Try the newest good backup; None when there is none.

    Raises StorageError when it couldn't be tried, JobCancelledError.
    """
    newest = newest_good(place)
    return drill(place, newest, progress, clock) if newest else None


def make(place: Place, occasion: Occasion, progress: Progress, clock: Clock) -> Backup:
    """Make a backup and prove it; none is removed.

    Raises BackupError, JobCancelledError.
    """
    try:
        records.make_backup_folder(place.folder, place.standard)
    except WriteError as error:
        raise BackupError(place.folder, error.reason) from error
    return store.make_backup(place.library, place.folder, occasion, progress, clock)


class _Keeper:
    """Does what is due, each part even if another fails, and notes the failures."""

    def __init__(self, place: Place, progress: Progress, clock: Clock) -> None:
        self._place, self._progress, self._clock = place, progress, clock
        self._problems: list[str] = []

    def keep_up(self, is_due: IsDue) -> Upkeep:
        self._try(lambda: self._back_up_if(is_due))
        self._try(lambda: self._drill_if_due(is_due))
        return Upkeep(
            newest=self._try(lambda: newest_good(self._place)),
            drill=last_drill(self._place),
            problems=tuple(dict.fromkeys(self._problems)),
        )

    def _back_up_if(self, is_due: IsDue) -> None:
        newest = newest_good(self._place)
        if is_due(newest.at if newest else None, has_changed(self._place, newest)):
            share = proving.part(self._progress, 0, 50)
            back_up(self._place, Occasion.REGULAR, share, self._clock)

    def _drill_if_due(self, is_due: IsDue) -> None:
        if keeping.drill_is_due(last_drill(self._place), self._clock()):
            done = check(self._place, proving.part(self._progress, 50, 100), self._clock)
            if done and done.problem:
                self._problems.append(str(DrillFailedError(done.backup, done.problem)))
                self._back_up_if(is_due)  # the newest good one may be an older one now

    def _try(self, act: Callable[[], T]) -> T | None:
        try:
            return act()
        except JobCancelledError:
            raise
        except SamverkanError as error:
            self._problems.append(str(error))
            return None
