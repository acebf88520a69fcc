"""What a disk may hold after the power was cut, worked out from what a program did until then.

What is taken for granted of the disk, as SQLite does (https://www.sqlite.org/atomiccommit.html,
https://www.sqlite.org/psow.html): what was forced to it (fsync, fdatasync) stays, length included;
a write changes no byte outside itself, and a sector of it is written or isn't. Everything else may
be lost, or come in another order: writes, the length of a file, its name, the folder that it is in.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.recording import (
    Enter,
    Event,
    Resize,
    Said,
    Sync,
    SyncFolder,
    Write,
    initial_names,
)

Change = Write | Resize
Image = dict[Path, bytes]  # what each file holds; folders are implied by it


@dataclass
class _File:
    durable: bytes = b""
    waiting: list[Change] = field(default_factory=list)


_Left = Callable[[_File], Sequence[Change]]  # tells what of a file's waiting changes is there


class Disk:
    """Follows what a program does: what of it is safe, and what waits to be."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        names = initial_names(folder)
        self._files = {number: _File(path.read_bytes()) for path, number in names.items()}
        self._names: dict[Path, int | None] = dict(names)
        if folder.exists():
            self._names |= {path: 0 for path in (folder, *folder.rglob("*")) if path.is_dir()}
        self._entered: list[Enter] = []

    def follow(self, event: Event) -> None:
        match event:
            case Write() | Resize():
                self._files[event.file].waiting.append(event)
            case Sync():
                file = self._files[event.file]
                file.durable, file.waiting = _after(file.durable, file.waiting), []
            case Enter():
                self._entered.append(event)
                for _, number in event.names:
                    self._files.setdefault(number or 0, _File())
            case SyncFolder():
                self._make_durable([e for e in self._entered if e.folder == event.folder])
            case Said():
                pass

    def _make_durable(self, entered: Iterable[Enter]) -> None:
        for event in entered:
            self._names |= dict(event.names)
            self._entered.remove(event)

    def whole(self) -> Image:
        """Return what is there when everything has reached the disk: only the program died."""
        return self._image(self._entered, lambda file: file.waiting)

    def least(self) -> Image:
        """Return what is there when nothing has reached the disk but what was forced to it."""
        return self._image([], lambda _: [])

    def some(self, chance: random.Random) -> Image:
        """Return what is there when some of the rest has, in any order, sector by sector."""
        entered = [event for event in self._entered if chance.random() < 0.5]
        loss = _Loss(
            chance,
            sector=chance.choice((512, 4096)),
            share=chance.choice((0.1, 0.5, 0.9)),
            ordered=chance.random() < 0.3,
            filler=chance.choice((b"", b"\0", b"\xa5")),
        )
        return self._image(entered, loss.left_of)

    def _image(self, entered: Iterable[Enter], left: _Left) -> Image:
        names = dict(self._names)
        for event in entered:
            names |= dict(event.names)
        there = {path for path, number in names.items() if number is not None}
        return {
            path: _after(self._files[number].durable, left(self._files[number]))
            for path, number in names.items()
            if number and self._is_reachable(path, there)
        }

    def _is_reachable(self, path: Path, there: set[Path]) -> bool:
        above = [p for p in path.parents if p == self._folder or self._folder in p.parents]
        return there.issuperset(above)


@dataclass
class _Loss:
    """Loses some sectors of what waits. Where a file has grown, a lost one may hold anything."""

    chance: random.Random
    sector: int
    share: float  # of the sectors that are kept
    ordered: bool
    filler: bytes

    def left_of(self, file: _File) -> list[Change]:
        left: list[Change] = []
        for change in file.waiting:
            for part in _sectors(change, self.sector):
                if self.chance.random() < self.share:
                    left.append(part)
                elif isinstance(part, Write) and part.at >= len(file.durable) and self.filler:
                    left.append(Write(part.file, part.at, self.filler * len(part.data)))
        if not self.ordered:
            self.chance.shuffle(left)
        return left


def _sectors(change: Change, size: int) -> Iterator[Change]:
    if isinstance(change, Resize):
        yield change
        return
    at, end = change.at, change.at + len(change.data)
    while at < end:
        until = min(end, (at // size + 1) * size)
        yield Write(change.file, at, change.data[at - change.at : until - change.at])
        at = until


def _after(content: bytes, changes: Iterable[Change]) -> bytes:
    out = bytearray(content)
    for change in changes:
        if isinstance(change, Resize):
            del out[change.size :]
            out.extend(bytes(max(0, change.size - len(out))))
        else:
            out.extend(bytes(max(0, change.at - len(out))))
            out[change.at : change.at + len(change.data)] = change.data
    return bytes(out)
