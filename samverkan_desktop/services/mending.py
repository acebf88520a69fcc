"""A damaged library mended: set aside, what can be read put into a new one, the rest from a backup.

Nobody else may have the library open meanwhile, this program neither.
"""

import contextlib
import os
import secrets
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.account import Account
from samverkan_desktop.domain.backup import Verdict
from samverkan_desktop.domain.errors import (
    LibraryDamagedError,
    LibraryLockedError,
    LibraryNewerError,
    LibraryUnavailableError,
    MendingError,
    SamverkanError,
    StorageError,
    UnreadableFileError,
    WriteError,
)
from samverkan_desktop.domain.progress import Progress, silent
from samverkan_desktop.files import Folders, reason
from samverkan_desktop.services import backing_up
from samverkan_desktop.settings import load_settings
from samverkan_desktop.store.cells import rows_on
from samverkan_desktop.store.pages import open_pages
from samverkan_desktop.store.rebuilding import Templates, rebuild
from samverkan_desktop.store.remains import Remains, gather
from samverkan_desktop.store.schema import BESIDE, MIGRATIONS
from samverkan_desktop.store.setting_aside import finish_interrupted, is_in_use, set_aside
from samverkan_desktop.store.soundness import Counts, check, check_before_opening, check_quickly

__all__ = [
    "Counts",
    "check_before_opening",
    "check_quickly",
    "examine",
    "good_backups",
    "is_a_library",
    "look_before_opening",
    "mend",
    "section_keys",
]

WAIT = 3.0  # seconds, while another program writes to the library


def examine(path: Path, progress: Progress = silent) -> Counts:
    """Check a library through and through; return how much it holds.

    Raises LibraryDamagedError when it isn't sound, LibraryUnavailableError when there is none,
    UnreadableFileError when it is another program's database, or another StorageError.
    """
    if not path.exists():
        raise LibraryUnavailableError(path, "filen finns inte")
    check_before_opening(path)
    try:
        return check(path, WAIT, progress)
    except UnreadableFileError as error:
        if not is_a_library(path):
            raise
        raise LibraryDamagedError(path) from error  # the mark in its header is damaged


def look_before_opening(path: Path, folders: Folders) -> None:
    """Look for damage that opening a library would pass over, or make worse.

    Raises LibraryDamagedError: for an empty file too, where there are backups of what was in it.
    """
    check_before_opening(path)
    if path.exists() and not path.stat().st_size and good_backups(path, folders):
        raise LibraryDamagedError(path)


def section_keys(catalogue: Catalogue) -> Templates:
    """Return the keys of the sections that each installed template has."""
    templates = catalogue.templates.items()
    return {name: frozenset(slot.key for slot in made.slots) for name, made in templates}


def good_backups(library: Path, folders: Folders) -> tuple[Path, ...]:
    """Return the verified backups of a library, the newest first; none where that isn't known."""
    try:
        found = backing_up.backups(backing_up.place_of(library, load_settings(folders)))
    except SamverkanError:
        return ()
    own = (backup for backup in found if backing_up.is_of(backup, library))
    return tuple(backup.path for backup in own if backup.verdict is Verdict.GOOD)


def is_a_library(path: Path) -> bool:
    """Whether a file has rows that only a library has.

    Raises LibraryUnavailableError when it can't be opened.
    """
    with open_pages(path, rows_on) as pages:
        remains = gather(pages)
        return bool(remains.steps() & set(MIGRATIONS)) or _holds_drafts(remains)


def mend(
    path: Path,
    backups: Sequence[Path] = (),
    templates: Templates | None = None,
    progress: Progress = silent,
    clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
) -> Account:
    """Put a sound library in the place of a damaged one, which stays beside it under a new name.

    `backups` are verified backups of it, the newest first; `templates` the installed ones with the
    keys of their sections, for a draft that has lost which one it has.

    Raises MendingError, LibraryNewerError, LibraryLockedError, LibraryUnavailableError or
    JobCancelledError; the damaged file is then where and what it was.
    """
    path = path.resolve()
    if is_in_use(path):
        raise LibraryLockedError(path)
    mended = path.with_name(f".samverkan-{secrets.token_hex(8)}.tmp")
    try:
        finish_interrupted(path)
        return _mended(path, mended, backups, templates or {}, progress, clock)
    except (LibraryNewerError, LibraryUnavailableError, MendingError):
        raise
    except WriteError as error:
        raise MendingError(path, error.reason) from error
    except OSError as error:
        raise MendingError(path, reason(error)) from error
    except StorageError as error:
        raise MendingError(path, "det nya biblioteket blev inte rätt") from error
    finally:
        for suffix in ("", *BESIDE):
            with contextlib.suppress(OSError):
                mended.with_name(mended.name + suffix).unlink(missing_ok=True)


def _mended(
    path: Path,
    mended: Path,
    backups: Sequence[Path],
    templates: Templates,
    progress: Progress,
    clock: Callable[[], datetime],
) -> Account:
    with contextlib.ExitStack() as stack:
        remains = gather(stack.enter_context(open_pages(path, rows_on)), lambda: progress(0, 100))
        if remains.steps() > set(MIGRATIONS):  # all of ours: a damaged name would lack one
            raise LibraryNewerError(path)
        backup = _Backup(backups, stack)
        if not _holds_drafts(remains) and not backups and not remains.steps():
            raise MendingError(path, "det finns inget i den som går att läsa")
        drafts, broken_journals = rebuild(
            mended, remains, backup.remains, templates, _part_of(progress, 5, 70)
        )
    check(mended, WAIT, _part_of(progress, 70, 95))
    mended.chmod(path.stat().st_mode & 0o777)
    with mended.open("rb+") as file:
        os.fsync(file.fileno())
    progress(95, 100)
    aside = set_aside(path, mended, clock())
    return Account(
        library=path,
        set_aside=aside,
        drafts=drafts,
        backup_of=backup.day,
        broken_journals=broken_journals,
    )


class _Backup:
    """The newest backup that can be read, looked through once it is needed."""

    def __init__(self, paths: Sequence[Path], stack: contextlib.ExitStack) -> None:
        self._paths, self._stack = list(paths), stack
        self._remains: Remains | None = None
        self.day: date | None = None

    def remains(self) -> Remains | None:
        while self._remains is None and self._paths:
            path = self._paths.pop(0)
            with contextlib.suppress(SamverkanError, OSError):
                found = gather(self._stack.enter_context(open_pages(path, rows_on)))
                if _holds_drafts(found):
                    self._remains = found
                    self.day = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
        return self._remains


def _holds_drafts(remains: Remains) -> bool:
    return bool(remains.rows["drafts"] or remains.rows["parts"])


def _part_of(progress: Progress, start: int, end: int) -> Progress:
    """Return what reports a step of the work as its part of the whole, in percent."""
    return lambda done, total: progress(start + (end - start) * done // max(total, 1), 100)
