"""The pages of a database file, read without SQLite and without trusting a byte of them.

https://www.sqlite.org/fileformat2.html, sections 1.2 to 1.6. What can't be read is empty; nothing
here raises an error for what a file holds.
"""

import contextlib
import struct
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from samverkan_desktop.domain.errors import LibraryUnavailableError
from samverkan_desktop.files import reason
from samverkan_desktop.store.page_log import (
    PAGE_SIZES,
    Frame,
    journal_frames,
    log_frames,
    log_page_size,
)

MAGIC = b"SQLite format 3\0"
USUAL_SIZE = 4096
LEAF, BRANCH = 13, 5  # section 1.6: a table's pages with rows, and those that lead to them
HEADER = 100  # bytes before the first page's own content

# How far a file is looked through for what its page size is: three pieces of so many bytes.
_SAMPLE = 2**20

# Section 1.6: an overflow page holds the next one's number. A sound one belongs to one row; a chain
# in a damaged file may lead through others', as often as this.
_MOST_USES = 32

_RECENT = 256  # pages kept in memory


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is divided: bytes a page, and how many of them at its end aren't used."""

    size: int
    reserved: int = 0

    @property
    def usable(self) -> int:
        """Return how many bytes of a page hold content."""
        return self.size - self.reserved


@dataclass(frozen=True, slots=True)
class Image:
    """A page as it was at some time: `age` 0 is the file's own, higher are later in the log."""

    page: int
    age: int
    data: bytes


@dataclass(slots=True)
class Pages:
    """The pages of an open file, with what lies beside it laid over them."""

    file: BinaryIO
    beside: BinaryIO | None
    layout: Layout
    in_file: int  # pages, whole or not
    frames: list[Frame]
    _recent: dict[tuple[int, int], Image] = field(default_factory=dict)
    _over: dict[int, list[int]] = field(default_factory=dict)
    _uses: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        for i, frame in enumerate(self.frames):
            if frame.page > 0:
                self._over.setdefault(frame.page, []).append(i)

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of all pages that are there."""
        beyond = sorted(page for page in self._over if page > self.in_file)
        return [*range(1, self.in_file + 1), *beyond]

    @property
    def room(self) -> int:
        """Return how many bytes there are."""
        return (self.in_file + len(self.frames)) * self.layout.size

    def has(self, page: int) -> bool:
        """Whether there is a page with this number."""
        return 0 < page <= self.in_file or page in self._over

    def newest(self, page: int) -> Image:
        """Return a page as it was last written."""
        return self.image(page, self.newest_age(page))

    def is_sound(self, image: Image) -> bool:
        """Whether a page is as its log says that it was written; without one, nobody can tell."""
        return not image.age or self.frames[image.age - 1].is_sound

    def newest_age(self, page: int) -> int:
        """Return the age of a page as it was last written."""
        over = self._over.get(page)
        return over[-1] + 1 if over else 0

    def older(self, page: int) -> Iterator[Image]:
        """Yield what a page was before that, the latest first."""
        over = self._over.get(page)
        if over:
            for i in over[-2::-1]:
                yield self._framed(page, i)
            yield self._own(page)

    def image(self, page: int, age: int) -> Image:
        """Return a page as it was at one time."""
        image = self._recent.get((page, age))
        if image is None:
            if len(self._recent) >= _RECENT:
                self._recent.clear()
            image = self._framed(page, age - 1) if age else self._own(page)
            self._recent[page, age] = image
        return image

    def chain(self, first: int, length: int, of: Image) -> bytes:
        """Return `length` bytes out of a page's chain of overflow pages; fewer if it breaks off."""
        out = bytearray()
        page, room = first, self.layout.usable - 4
        seen: set[int] = set()
        while len(out) < length and self.has(page) and page not in seen:
            if self._uses[page] >= _MOST_USES:
                break
            self._uses[page] += 1
            seen.add(page)
            data = self._beside_of(page, of).data
            page = int.from_bytes(data[:4], "big")
            out += data[4 : 4 + min(room, length - len(out))]
        return bytes(out)

    def free(self) -> frozenset[int]:
        """Return the pages that the file's list of free ones names (section 1.5)."""
        header = self.newest(1).data[:HEADER]
        out: set[int] = set()
        trunk = int.from_bytes(header[32:36], "big") if header.startswith(MAGIC) else 0
        while self.has(trunk) and trunk not in out:
            out.add(trunk)
            data = self.newest(trunk).data
            trunk, count = struct.unpack(">2I", data[:8])
            leaves = data[8 : 8 + 4 * min(count, self.layout.usable // 4 - 2)]
            out.update(page for (page,) in struct.iter_unpack(">I", leaves) if self.has(page))
        return frozenset(out)

    def _beside_of(self, page: int, other: Image) -> Image:
        """Return a page as it was when the transaction that wrote `other` had ended."""
        over = self._over.get(page, [])
        if other.age == self.newest_age(other.page):
            return self.newest(page)
        end = next(
            (i for i in range(max(other.age - 1, 0), len(self.frames)) if self.frames[i].ends), 0
        )
        before = [i for i in over if i <= end] if other.age else []
        return self.image(page, before[-1] + 1 if before else 0)

    def _own(self, page: int) -> Image:
        return Image(page, 0, self._read(self.file, (page - 1) * self.layout.size))

    def _framed(self, page: int, i: int) -> Image:
        data = self._read(self.beside, self.frames[i].at) if self.beside else b""
        return Image(page, i + 1, data)

    def _read(self, file: BinaryIO, at: int) -> bytes:
        data = b""
        with contextlib.suppress(OSError):  # a place on the disk that can't be read any more
            file.seek(at)
            data = file.read(self.layout.size)
        return data.ljust(self.layout.size, b"\0")


@contextlib.contextmanager
def open_pages(path: Path, rows_on: Callable[[bytes, Layout], int]) -> Iterator[Pages]:
    """Lend a file's pages. `rows_on` counts the rows of ours on a page, to find how it is divided.

    Raises LibraryUnavailableError when the file can't be opened.
    """
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            log, journal = (
                stack.enter_context(beside.open("rb")) if _has_content(beside) else None
                for beside in (path.with_name(path.name + s) for s in ("-wal", "-journal"))
            )
        except OSError as error:
            raise LibraryUnavailableError(path, reason(error)) from error
        layout = _layout(file, log, rows_on)
        frames: list[Frame] = []
        with contextlib.suppress(OSError):  # a place on the disk that can't be read any more
            if log:
                frames = log_frames(log, layout.size)
            elif journal:
                frames = journal_frames(journal, layout.size)
        in_file = -(-file.seek(0, 2) // layout.size)
        yield Pages(file, log or journal, layout, in_file, frames)


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _layout(
    file: BinaryIO, log: BinaryIO | None, rows_on: Callable[[bytes, Layout], int]
) -> Layout:
    """Return how a file is divided: as its header or log tells, if rows can be found so."""
    told = list(_told_layouts(file, log))
    guessed = (Layout(size) for size in (USUAL_SIZE, *PAGE_SIZES))
    found: dict[Layout, int] = {}
    for layout in (*told, *guessed):
        if layout not in found:
            found[layout] = sum(rows_on(data, layout) for data in _samples(file, log, layout))
        if found[layout] and told[:1] == [layout] == [Layout(USUAL_SIZE)]:
            break
    return max(found, key=lambda layout: found[layout])


def _told_layouts(file: BinaryIO, log: BinaryIO | None) -> Iterator[Layout]:
    file.seek(0)
    header = file.read(HEADER).ljust(HEADER, b"\0")
    told = int.from_bytes(header[16:18], "big")
    size = 65536 if told == 1 else told  # section 1.3.2
    if size in PAGE_SIZES:
        yield Layout(size, header[20]) if header[20] < 32 else Layout(size)
        yield Layout(size)
    in_log = log_page_size(log) if log else None
    if in_log:
        yield Layout(in_log)


def _samples(file: BinaryIO, log: BinaryIO | None, layout: Layout) -> Iterator[bytes]:
    """Yield pages from the beginning, the middle and the end, and those in the log."""
    length = file.seek(0, 2)
    for start in {0, length // 2, max(0, length - _SAMPLE)}:
        at = start - start % layout.size
        file.seek(at)
        data = file.read(_SAMPLE)
        yield from (data[i : i + layout.size] for i in range(0, len(data), layout.size))
    if log:
        step = layout.size + 24
        log.seek(32)
        data = log.read(_SAMPLE)
        yield from (data[i + 24 : i + step] for i in range(0, len(data), step))
