"""Moving a library to another place: a checked copy there, and the old file under another name."""

import contextlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.files import Folders, make_folder, publish, reason
from samverkan_desktop.places import Kind, place_of
from samverkan_desktop.settings import load_settings, locked_keys, save_settings
from samverkan_desktop.store.copying import copy_library
from samverkan_desktop.store.proving import new_file, proved
from samverkan_desktop.store.schema import BESIDE


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the library is now, where it was, and what the old file is called there.

    `left` is None when the old file couldn't be given another name.
    """

    now: Path
    before: Path
    left: Path | None


def better_place(library: Path, folders: Folders) -> Path | None:
    """Return a file on this computer's own disk for a library that lies elsewhere.

    None when there is none, or when the IT department has decided where the library is.

    Raises InvalidFieldError or UnreadableFileError when the policy can't be read.
    """
    if "library" in locked_keys(folders) or place_of(folders.library).kind is not Kind.LOCAL:
        return None
    return next(name for name in _names(folders.library) if not name.exists() and name != library)


def move_library(library: Path, target: Path, folders: Folders, today: date | None = None) -> Moved:
    """Move a closed library to a new file, and remember it in the user's settings.

    The old file is never deleted. Until the settings are written it is the library, and afterwards
    the new one is, so that whatever happens on the way there is one whole library in use.

    Raises StorageError, InvalidFieldError or UnreadableFileError; everything is as it was then.
    """
    _copy(library, target)
    try:
        chosen = "" if target == folders.library else str(target)
        save_settings(folders, replace(load_settings(folders), library=chosen))
    except BaseException:
        target.unlink()
        raise
    return Moved(target, library, _set_aside(library, today or date.today()))


def _copy(library: Path, target: Path) -> None:
    """Copy a library to a new file, and prove the copy by restoring it and reading every draft."""
    make_folder(target.parent)
    if target.exists():
        raise WriteError(target, "det finns redan en fil med det namnet")
    copy = new_file(target.with_name(f".samverkan-{secrets.token_hex(8)}.tmp"))
    try:
        snapshot = copy_library(library, copy, _nobody_waits)
        with proved(copy, snapshot, _nobody_waits):
            publish(copy, target)
    except OSError as error:
        raise WriteError(target, reason(error)) from error
    finally:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)


def _nobody_waits(_done: int, _total: int, /) -> None:
    """Tell nobody how far it is: there is no window just then."""


def _set_aside(library: Path, today: date) -> Path | None:
    """Give the old file a name that says what it is, with what SQLite keeps beside it."""
    wanted = library.with_stem(f"{library.stem} (flyttat {today.isoformat()})")
    name = next(name for name in _names(wanted) if not name.exists())
    try:
        library.rename(name)
    except OSError:  # somebody reads it, on Windows
        return None
    for suffix in BESIDE:
        with contextlib.suppress(OSError):
            library.with_name(library.name + suffix).rename(name.with_name(name.name + suffix))
    return name


def _names(wanted: Path) -> Iterator[Path]:
    """Yield a name, and then others like it: "bibliotek-2.samverkandb"."""
    yield wanted
    number = 2
    while True:
        yield wanted.with_stem(f"{wanted.stem}-{number}")
        number += 1
