"""The copy that is kept of a library before it is brought up to date."""

import tempfile
from pathlib import Path

from samverkan_desktop.domain.errors import (
    LibraryDamagedError,
    LibraryUnavailableError,
    ScratchError,
    UnsoundBackupError,
    UpgradeNotBegunError,
    WriteError,
)
from samverkan_desktop.domain.file_names import numbered
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.files import publish, reason
from samverkan_desktop.store.backup_records import SUFFIX, WORKING, sweep
from samverkan_desktop.store.copying import copy_alone
from samverkan_desktop.store.proving import check_database, new_file, proved
from samverkan_desktop.store.schema import MIGRATIONS


def keep_copy(library: Path, applied: frozenset[str]) -> None:
    """Put a proved copy beside a library of an older version; its name tells the last step it has.

    One that is there already, from a try that failed, is not made again. Copies are never removed.

    Raises UpgradeNotBegunError, LibraryDamagedError when the copy shows that the library is, or
    LibraryLockedError.
    """
    sweep(library.parent)
    last = next(step for step in reversed(MIGRATIONS) if step in applied)
    try:
        with tempfile.TemporaryDirectory(
            prefix=WORKING, dir=library.parent, ignore_cleanup_errors=True
        ) as working:
            copy = new_file(Path(working) / f"kopia{SUFFIX}")
            snapshot = copy_alone(library, copy, silent)
            names = numbered(f"{library.stem} före uppdatering från {last}")
            paths = (library.with_name(f"{name}{SUFFIX}") for name in names)
            path = next(p for p in paths if not p.exists() or not check_database(p, snapshot))
            if path.exists():
                return
            with proved(copy, snapshot, silent):
                publish(copy, path)
    except UnsoundBackupError as error:
        raise LibraryDamagedError(library) from error
    except (WriteError, ScratchError, LibraryUnavailableError) as error:
        raise UpgradeNotBegunError(library, error.reason) from error
    except OSError as error:
        raise UpgradeNotBegunError(library, reason(error)) from error
