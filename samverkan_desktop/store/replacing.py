"""A library file set aside, and another put in its place."""

import contextlib
import os
import shutil
from datetime import datetime
from pathlib import Path

from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.domain.file_names import numbered
from samverkan_desktop.files import make_folder, publish, reason
from samverkan_desktop.store.backup_records import SUFFIX
from samverkan_desktop.store.schema import BESIDE


def set_aside(library: Path, at: datetime) -> Path:
    """Copy a library that can't be used, with what SQLite has beside it, and return the copy.

    Raises WriteError.
    """
    names = numbered(f"{library.stem} undanlagt {at.astimezone():%Y-%m-%d %H%M%S}")
    paths = (library.with_name(f"{name}{SUFFIX}") for name in names)
    path = next(path for path in paths if not path.exists())
    try:
        for suffix in ("", *BESIDE):
            old = library.with_name(library.name + suffix)
            if old.exists():
                _copy_privately(old, path.with_name(path.name + suffix))
    except OSError as error:
        raise WriteError(path, reason(error)) from error
    return path


def place_file(made: Path, library: Path) -> None:
    """Give a finished library file, maybe from another disk, the place of one that is set aside.

    Raises WriteError; the old one is then in its place, or there is still none.
    """
    make_folder(library.parent)
    near = library.with_name(f".samverkan-{os.getpid()}-{library.name}")
    try:
        _copy_privately(made, near)
        for suffix in BESIDE:  # it would be taken for the new file's
            library.with_name(library.name + suffix).unlink(missing_ok=True)
        publish(near, library)
    except OSError as error:
        raise WriteError(library, reason(error)) from error
    finally:
        with contextlib.suppress(OSError):
            near.unlink(missing_ok=True)


def _copy_privately(source: Path, target: Path) -> None:
    with target.open("xb") as out, source.open("rb") as content:
        target.chmod(0o600)
        shutil.copyfileobj(content, out)
        out.flush()
        os.fsync(out.fileno())
