"""What kind of place a file lies in: this computer's own disk, the network, a synchronised folder.

On a network SQLite can't use a write-ahead log (https://www.sqlite.org/wal.html, "Overview", 2).
A program that synchronises a folder copies the library while it is being written, and may put an
older one back.

`judged` is a pure function of facts, so that every system's places can be tried on any.
"""

import contextlib
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from fnmatch import fnmatch
from pathlib import Path, PurePath, PurePosixPath


class Kind(Enum):
    """How a place is kept."""

    LOCAL = auto()
    NETWORK = auto()
    SYNCED = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """A place, and what people call the thing that keeps it: "OneDrive", "en nätverksmapp"."""

    kind: Kind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system and where it is in the tree."""

    point: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a system tells of a file. `path` is absolute, and with every link and drive resolved."""

    path: PurePath
    mounts: tuple[Mount, ...] = ()
    remote_drive: bool = False  # Windows: the letter stands for a share
    cloud_file: bool = False  # Windows: the file may be in the cloud alone
    variables: Mapping[str, str] = field(default_factory=dict)
    # The names beside the file and in each folder above it, as far as they tell of a program
    marks: Mapping[PurePath, frozenset[str]] = field(default_factory=dict)


_LOCAL = Place(Kind.LOCAL)
_NETWORK = Place(Kind.NETWORK, "en nätverksmapp")
_NETWORK_TYPES = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "acfs", "davfs", "davfs2"),
        *("9p", "v9fs", "virtiofs", "vboxsf", "vmhgfs", "prl_fs"),  # another system's disk
        *("afs", "coda", "ncp", "ncpfs", "ceph", "glusterfs", "lustre", "gpfs", "beegfs"),
    }
)
# File systems in user space over a network; others of them are local (NTFS, encryption)
_NETWORK_FUSE = re.compile(
    r"fuse\.(sshfs|davfs2?|rclone|gvfsd-fuse|s3fs|gcsfuse|goofys|curlftpfs|smbnetfs|cifs|nfs|ceph"
    r"|glusterfs|vmhgfs-fuse|kio-fuse|google-drive-ocamlfuse|onedriver|juicefs)"
)
# Variables that OneDrive sets to its folders
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# What a program leaves in a folder that it synchronises
_MARKS = (
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "Nextcloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".csync_journal.db", "ownCloud"),
    (".dropbox.cache", "Dropbox"),
    (".tmp.drivedownload", "Google Drive"),
    (".tmp.driveupload", "Google Drive"),
    (".stfolder", "Syncthing"),
    (".SynologyWorkingDirectory", "Synology Drive"),
)
# What such folders are called
_NAMES = (
    (re.compile(r"OneDrive( - .+)?"), "OneDrive"),
    (re.compile(r"Dropbox( \(.+\))?"), "Dropbox"),
    (re.compile(r"Google ?Drive|GoogleDrive-.+"), "Google Drive"),
    (re.compile(r"iCloud ?Drive|Mobile Documents"), "iCloud"),
    (re.compile(r"Nextcloud\d*"), "Nextcloud"),
    (re.compile(r"ownCloud\d*"), "ownCloud"),
    (re.compile(r"Box( Sync)?"), "Box"),
)
_CLOUD_FILE = 0x0040_0000 | 0x0008_0000  # recall on data access, pinned


def place_of(path: Path) -> Place:
    """Return what kind of place a file is, or would be, in."""
    return judged(facts_of(path))


def is_network(path: Path) -> bool:
    """Whether a file is, or would be, reached over the network."""
    return _is_network(facts_of(path, with_marks=False))


def judged(facts: Facts) -> Place:
    """Return what kind of place the facts tell of."""
    if facts.cloud_file:
        return Place(Kind.SYNCED, _synchroniser(facts) or "en molntjänst")
    program = _synchroniser(facts)
    if program:
        return Place(Kind.SYNCED, program)
    return _NETWORK if _is_network(facts) else _LOCAL


def _is_network(facts: Facts) -> bool:
    if facts.remote_drive or str(facts.path).startswith(("\\\\", "//")):
        return True
    kind = _type_of_file_system(facts)
    return kind in _NETWORK_TYPES or bool(_NETWORK_FUSE.fullmatch(kind))


def _type_of_file_system(facts: Facts) -> str:
    """Return the type of the innermost mount that the path is in; of two there, the later one."""
    above = [m for m in facts.mounts if facts.path.is_relative_to(m.point)]
    return max(enumerate(above), key=_depth, default=(0, Mount("", "")))[1].type


def _depth(mount: tuple[int, Mount]) -> tuple[int, int]:
    number, found = mount
    return len(PurePosixPath(found.point).parts), number


def _synchroniser(facts: Facts) -> str:
    """Return which program synchronises the folder, as far as anything tells."""
    for variable in _ONEDRIVE:
        named = facts.variables.get(variable, "")
        if named and facts.path.is_relative_to(named):
            return "OneDrive"
    found = (_by_mark(facts.marks.get(f, frozenset())) or _by_name(f) for f in facts.path.parents)
    return next(filter(None, found), "")


def _by_mark(names: frozenset[str]) -> str:
    found = (program for pattern, program in _MARKS if any(fnmatch(n, pattern) for n in names))
    return next(found, "")


def _by_name(folder: PurePath) -> str:
    return next((program for wanted, program in _NAMES if wanted.fullmatch(folder.name)), "")


def facts_of(path: Path, *, with_marks: bool = True) -> Facts:
    """Ask this system about a file. Nothing is raised; what can't be told is left out."""
    real = Path(os.path.realpath(path))  # on Windows a mapped drive becomes its share
    return Facts(
        path=real,
        mounts=_mounts(),
        remote_drive=_is_remote_drive(real),
        cloud_file=_is_cloud_file(real),
        variables={name: os.environ.get(name, "") for name in _ONEDRIVE},
        marks=_marks(real) if with_marks else {},
    )


def read_mounts(text: str) -> tuple[Mount, ...]:
    """Read /proc/self/mountinfo (proc(5)): the mount point is field 5, the type follows " - "."""
    found = []
    for line in text.splitlines():
        left, dash, right = line.partition(" - ")
        if dash and len(left.split()) > 4:
            found.append(Mount(_unescaped(left.split()[4]), right.split(" ")[0]))
    return tuple(found)


def _unescaped(text: str) -> str:
    """Undo the octal escapes of blanks and backslashes."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def _mounts() -> tuple[Mount, ...]:
    try:
        return read_mounts(Path("/proc/self/mountinfo").read_text("utf-8", "replace"))
    except OSError:
        return ()


def _marks(path: Path) -> dict[PurePath, frozenset[str]]:
    """Look in every folder above for the names in _MARKS, without reading the folders."""
    found: dict[PurePath, frozenset[str]] = {}
    exact = [pattern for pattern, _ in _MARKS if "*" not in pattern]
    patterns = [pattern for pattern, _ in _MARKS if "*" in pattern]
    for folder in path.parents:
        names = {name for name in exact if (folder / name).exists()}
        with contextlib.suppress(OSError):
            names |= {found.name for pattern in patterns for found in folder.glob(pattern)}
        if names:
            found[folder] = frozenset(names)
    return found


def _is_cloud_file(path: Path) -> bool:
    try:
        attributes = getattr(path.stat(), "st_file_attributes", 0)
    except OSError:
        return False
    return bool(attributes & _CLOUD_FILE)


def _is_remote_drive(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        remote = 4  # GetDriveTypeW's DRIVE_REMOTE
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == remote)
    return False
