"""What a program did to the files of one folder, and what it said, in order: told by strace."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

_CALLS = (
    "pwrite64,pwritev,pwritev2,write,writev,fsync,fdatasync,ftruncate,fallocate,open,openat,"
    "close,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat"
)
# Where in the arguments of a call a name is, or an open folder and a name in it.
_NAMED = {"open": (0,), "mkdir": (0,), "unlink": (0,), "rmdir": (0,), "rename": (0, 1)}
_NAMED_AT = {
    "openat": (0,), "mkdirat": (0,), "unlinkat": (0,), "renameat": (0, 2), "renameat2": (0, 2),
}  # fmt: skip
_LINE = re.compile(rb"\d+\s+(?P<call>\w+)\((?P<arguments>.*)\)\s+= (?P<result>-?\d+)")
_ARGUMENT = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"|([^,\s]+)')


@dataclass(frozen=True)
class Write:
    """Bytes put into a file; a file is known by the number of its opening."""

    file: int
    at: int
    data: bytes


@dataclass(frozen=True)
class Resize:
    file: int
    size: int


@dataclass(frozen=True)
class Sync:
    file: int


@dataclass(frozen=True)
class Enter:
    """Names that mean something else from now on, all at once: a file, a folder (0) or nothing."""

    names: tuple[tuple[Path, int | None], ...]

    @property
    def folder(self) -> Path:
        """Return the folder that the names are in."""
        return self.names[0][0].parent


@dataclass(frozen=True)
class SyncFolder:
    folder: Path


@dataclass(frozen=True)
class Said:
    """What was written to standard output."""

    text: str


Event = Write | Resize | Sync | Enter | SyncFolder | Said


def what_is_missing() -> str:
    """Return what is needed and isn't there, or "" when programs can be watched."""
    if shutil.which("strace") is None:
        return "strace (a Debian package)"
    done = subprocess.run(["strace", "-qq", "true"], check=False, capture_output=True)
    return "" if done.returncode == 0 else "the right to watch other processes (ptrace)"


def recorded(folder: Path, module: str, *arguments: str) -> list[Event]:
    """Run a module of ours and return what it did in `folder`, which may not exist yet."""
    reader = _Reader(folder)
    with tempfile.TemporaryDirectory(prefix="samverkan-trace-") as name:
        trace = Path(name) / "trace"
        options = ["-f", "-qq", "-xx", "-s", "1000000", "-e", f"trace={_CALLS}", "-o", str(trace)]
        done = subprocess.run(
            ["strace", *options, sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode()
        return list(reader.events(trace.read_bytes().splitlines()))


class _Reader:
    """Reads a trace; knows which file each descriptor means, and each name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, int] = {}  # descriptor → file
        self._positions: dict[int, int] = {}  # descriptor → where "write" goes on
        self._folders: dict[int, Path] = {}  # descriptor → folder
        self._names: dict[Path, int] = initial_names(folder)
        self._made: set[Path] = set()  # folders
        self._count = len(self._names)

    def events(self, lines: Sequence[bytes]) -> Iterator[Event]:
        for line in lines:
            found = _LINE.fullmatch(line.strip())
            if found is None:  # it failed, was a signal, or is something that isn't understood
                assert re.search(rb" = (-1 E|\?)|---|\+\+\+", line), line[:200]
                continue
            result = int(found["result"])
            if result >= 0:
                call = found["call"].decode()
                yield from self._event(call, _arguments(found["arguments"]), result)

    def _event(self, call: str, arguments: list[bytes], result: int) -> Iterator[Event]:
        if call in _NAMED_AT:
            paths = [self._path(*arguments[at : at + 2]) for at in _NAMED_AT[call]]
        elif call in _NAMED:
            paths = [self._path(b"AT_FDCWD", arguments[at]) for at in _NAMED[call]]
        else:
            if arguments and arguments[0].isdigit():
                yield from self._on_descriptor(call, int(arguments[0]), arguments, result)
            return
        match call:
            case "open" | "openat":
                yield from self._opened(paths[0], arguments, result)
            case "mkdir" | "mkdirat":
                self._made.add(paths[0])
                yield from self._entered((paths[0], 0))
            case _:
                yield from self._renamed(*paths)

    def _opened(self, path: Path, arguments: list[bytes], descriptor: int) -> Iterator[Event]:
        flags = b" ".join(arguments)
        self._files.pop(descriptor, None)
        self._folders.pop(descriptor, None)
        if b"O_DIRECTORY" in flags or path in self._made or path.is_dir():
            self._folders[descriptor] = path
        elif self._is_ours(path):
            if path not in self._names:
                self._count += 1
                self._names[path] = self._count
                yield Enter(((path, self._count),))
            self._files[descriptor], self._positions[descriptor] = self._names[path], 0
            if b"O_TRUNC" in flags:
                yield Resize(self._names[path], 0)

    def _renamed(self, path: Path, new: Path | None = None) -> Iterator[Event]:
        """Follow a name that goes, or becomes another one."""
        file = self._names.pop(path, None)
        if new is None:
            yield from self._entered((path, None))
        elif file is not None:
            self._names[new] = file
            yield from self._entered((path, None), (new, file))
        else:
            assert not self._is_ours(new), f"{path} comes from elsewhere, or is a folder"

    def _entered(self, *names: tuple[Path, int | None]) -> Iterator[Event]:
        if self._is_ours(names[0][0]):
            yield Enter(names)

    def _path(self, folder: bytes, name: bytes) -> Path:
        """Return the absolute path of a name in an open folder, or in the current one."""
        start = ROOT if folder == b"AT_FDCWD" else self._folders.get(int(folder), Path("/unknown"))
        return start / os.fsdecode(name)

    def _on_descriptor(
        self, call: str, descriptor: int, arguments: list[bytes], result: int
    ) -> Iterator[Event]:
        if call == "close":
            self._files.pop(descriptor, None)
            self._folders.pop(descriptor, None)
        elif descriptor in self._folders and call in {"fsync", "fdatasync"}:
            yield SyncFolder(self._folders[descriptor])
        elif call == "write" and descriptor == 1:
            yield Said(arguments[1].decode())
        elif descriptor in self._files:
            yield self._changed(call, descriptor, arguments, result)

    def _changed(self, call: str, descriptor: int, arguments: list[bytes], result: int) -> Event:
        file = self._files[descriptor]
        match call:
            case "pwrite64":
                return Write(file, int(arguments[3]), arguments[1][:result])
            case "write":
                at = self._positions[descriptor]
                self._positions[descriptor] += result
                return Write(file, at, arguments[1][:result])
            case "ftruncate":
                return Resize(file, int(arguments[1]))
            case "fsync" | "fdatasync":
                return Sync(file)
            case _:
                raise AssertionError(f"{call} isn't understood")

    def _is_ours(self, path: Path) -> bool:
        return path == self._folder or self._folder in path.parents


def initial_names(folder: Path) -> dict[Path, int]:
    """Return the files that are in a folder before a program begins, numbered."""
    found = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []
    return {path: number for number, path in enumerate(found, start=1)}


def _arguments(text: bytes) -> list[bytes]:
    return [
        plain or bytes.fromhex(quoted.replace(b"\\x", b"").decode())
        for quoted, plain in _ARGUMENT.findall(text)
    ]
