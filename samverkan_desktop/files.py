"""Files and folders: what ships with the program, where data lies, writing without loss."""

import contextlib
import errno
import os
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from samverkan_desktop.domain.errors import ResourceError, UnreadableFileError, WriteError

_APP = "Samverkan"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things lie on this machine for this user."""

    resources: Path
    user_data: Path  # the library, the user's own templates
    user_config: Path  # settings.toml
    site_config: Path  # what the IT department puts in place: policy.toml, templates, profiles

    @property
    def library(self) -> Path:
        """Return the default library file."""
        return self.user_data / "bibliotek.samverkandb"


def standard_folders() -> Folders:
    """Return the folders of the running program; nothing is created."""
    return Folders(
        resources=_resources(),
        user_data=Path(platformdirs.user_data_dir(_APP, appauthor=False)),
        user_config=Path(platformdirs.user_config_dir(_APP, appauthor=False)),
        site_config=Path(platformdirs.site_config_dir(_APP, appauthor=False)),
    )


def _resources() -> Path:
    """Find the resources beside the package (checkout, wheel) or inside the frozen bundle."""
    base = getattr(sys, "_MEIPASS", None)
    return (Path(base) if base else Path(__file__).resolve().parent.parent) / "resources"


def resource(folders: Folders, name: str) -> Path:
    """Return the path of a shipped file such as `fonts/Tinos-Regular.ttf`.

    Raises ResourceError when it is missing.
    """
    path = folders.resources / name
    if not path.is_file():
        raise ResourceError(name)
    return path


def read_bytes(path: Path) -> bytes:
    """Return a file's content.

    Raises UnreadableFileError.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path, reason(error)) from error


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well it takes the place of `path`.

    The content is on disk (fsync) before the rename, so that a reader sees the old file or the
    whole new one. On any exception the temporary file is removed and `path` is as it was. A link
    stays a link, permissions stay as they are, and a write-protected file is not replaced. The
    temporary file is the user's alone.

    Raises WriteError when the folder can't be written to or the disk is full.
    """
    try:
        target = path.resolve() if path.is_symlink() else path
        mode = _mode_to_keep(target)
        temporary, mode = _new_file(target.parent, mode)
    except OSError as error:
        raise WriteError(path, reason(error)) from error
    try:
        yield temporary
        publish(temporary, target, mode)
    except OSError as error:
        raise WriteError(path, reason(error)) from error
    finally:
        with contextlib.suppress(OSError):  # as when a virus scanner holds it: not our failure
            temporary.unlink(missing_ok=True)


def publish(temporary: Path, path: Path, mode: int | None = None) -> None:
    """Put a finished file on the disk (fsync), then give it the place of `path`, and permissions.

    Raises OSError; `path` is then as it was.
    """
    _sync(temporary)
    if mode is not None and temporary.stat().st_mode & 0o777 != mode:
        temporary.chmod(mode)
    temporary.replace(path)
    _sync_folder(path.parent)


def write_bytes(path: Path, data: bytes) -> None:
    """Write a whole file, or leave what is there.

    Raises WriteError.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def force_to_disk(path: Path) -> None:
    """Put what a file holds, and how long it is, on the disk (fsync), if there is such a file.

    Raises WriteError.
    """
    try:
        _sync(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise WriteError(path, reason(error)) from error


def make_folder(path: Path) -> None:
    """Create a folder and the missing ones above it, closed to other users (0700).

    Its name is on disk (fsync) when the function returns: a power cut can't take what is put in it.

    Raises WriteError.
    """
    try:
        for folder in reversed((path, *path.parents)):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
                _sync_folder(folder.parent)
    except OSError as error:
        raise WriteError(path, reason(error)) from error


def _mode_to_keep(path: Path) -> int | None:
    """Return the permissions of the file to be replaced, None when there is none.

    Raises PermissionError when it is write-protected.
    """
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        return None
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return mode


def _new_file(folder: Path, mode: int | None) -> tuple[Path, int]:
    """Make an empty file that only the user may read; return the permissions it is to have later.

    They are `mode`, or for None what the system gives to a new file.
    """
    path = folder / f".samverkan-{secrets.token_hex(8)}.tmp"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)
    given = os.fstat(handle).st_mode & 0o777
    os.close(handle)
    with contextlib.suppress(OSError):  # a file system without permissions
        path.chmod(0o600)
    return path, given if mode is None else mode


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Put the rename itself on disk, where the system can; the file is in its place by now."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_REASONS = {
    "ENOENT": "filen eller mappen finns inte",
    "EACCES": "du har inte behörighet",
    "EPERM": "du har inte behörighet",
    "EROFS": "mappen är skrivskyddad",
    "ENOSPC": "disken är full",
    "EDQUOT": "ditt diskutrymme är slut",
    "EFBIG": "filen blir för stor",
    "EEXIST": "det finns redan en fil med det namnet",
    "EISDIR": "det är en mapp, ingen fil",
    "ENOTDIR": "sökvägen går genom en fil",
    "ENAMETOOLONG": "namnet är för långt",
    "EIO": "disken svarar med fel",
    "EBUSY": "filen används av ett annat program",
}


# What Windows answers when another program, such as Word, has the file open.
_WINDOWS_REASONS = {
    5: "du har inte behörighet, eller så är filen öppen i ett annat program",
    32: "filen är öppen i ett annat program",
    33: "filen är öppen i ett annat program",
}


def reason(error: OSError) -> str:
    """Return an operating system's error as a Swedish clause."""
    on_windows = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0)
    name = errno.errorcode.get(error.errno or 0, "")
    return on_windows or _REASONS.get(name, f"systemet svarade {name or type(error).__name__}")
