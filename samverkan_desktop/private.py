"""The program's own folders, which nobody but the user may look into.

These are the folders that the system gives the program for this user. A folder that the user chose,
to keep a library or backups in, is left as it is: who may read there was decided by somebody else.
What the program makes in it is the user's alone all the same.
"""

import contextlib
import getpass
import os
import stat
import subprocess
import sys
from pathlib import Path

from samverkan_desktop.files import make_folder

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SYSTEM = "*S-1-5-18"  # Windows itself: backups and virus scanners run as it
_PATIENCE = 10  # seconds


def make_private_folder(folder: Path) -> None:
    """Make a folder of the program's own, or take away what others may do in the one there is.

    What can't be changed stays as it is, as on a file system that has no permissions.

    Raises WriteError when there is no folder and none can be made.
    """
    is_new = not folder.is_dir()
    make_folder(folder)
    if sys.platform == "win32":
        if is_new:  # one that is there has inherited the profile's, which is the user's alone
            _run(acl_command(folder, os.environ.get("USERDOMAIN", ""), getpass.getuser()))
    elif not folder.is_symlink():
        for path in (folder, *folder.rglob("*")):
            _close_to_others(path)


def acl_command(folder: Path, domain: str, user: str) -> list[str]:
    """Return the Windows command that leaves a folder, and what will be in it, to its user.

    Nothing is inherited from above; (OI)(CI)F: full control, inherited by files and folders.
    https://learn.microsoft.com/windows-server/administration/windows-commands/icacls
    """
    name = f"{domain}\\{user}" if domain else user
    grants = [part for who in (name, _SYSTEM) for part in ("/grant:r", f"{who}:(OI)(CI)F")]
    return ["icacls", str(folder), "/inheritance:r", *grants, "/q"]


def _close_to_others(path: Path) -> None:
    with contextlib.suppress(OSError):
        found = path.lstat()
        if found.st_mode & _OTHERS and not stat.S_ISLNK(found.st_mode):
            path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)


def _run(command: list[str]) -> None:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run(command, check=False, capture_output=True, timeout=_PATIENCE)
