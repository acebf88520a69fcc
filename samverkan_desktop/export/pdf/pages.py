"""Putting boxes on pages, so that what belongs together is not torn apart."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from samverkan_desktop.export.pdf.boxes import Box, RowBox


@dataclass(frozen=True, slots=True)
class Frame:
    """The room for text on a page; `wide_bottom` is where what is wide must end."""

    top: float
    bottom: float
    wide_bottom: float

    def bottom_for(self, box: Box) -> float:
        """Return how far down a box may reach."""
        return self.wide_bottom if box.wide else self.bottom


@dataclass(frozen=True, slots=True)
class Placed:
    """A box on a page; a header that stood on an earlier page already is `repeated`."""

    box: Box
    top: float
    repeated: bool = False


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    frame: Frame
    placed: list[Placed] = field(default_factory=list)

    @property
    def foot(self) -> float:
        """Return where the last box ends."""
        if not self.placed:
            return self.frame.top
        last = self.placed[-1]
        return last.top - last.box.height


def put_on_pages(boxes: Iterable[Box], first: Frame, later: Frame) -> list[Page]:
    """Return the pages that the boxes fill, at least one."""
    return _Pages(boxes, first, later).fill()


class _Pages:
    def __init__(self, boxes: Iterable[Box], first: Frame, later: Frame) -> None:
        self._waiting: deque[Box] = deque(boxes)
        self._later = later
        self._pages = [Page(first)]

    def fill(self) -> list[Page]:
        while self._waiting:
            self._place()
        return self._pages

    def _place(self) -> None:
        """Place the next box or the part of it that the page takes, else begin a new page."""
        page, box = self._pages[-1], self._waiting[0]
        fresh = not page.placed
        header = _repeated(box, page.frame) if fresh else None
        top = page.foot - (header.height if header else 0)
        top -= 0 if fresh else _gap(page.placed[-1].box, box)
        room = top - page.frame.bottom_for(box)
        if not fresh and not self._stays(0, room, self._together()):
            self._begin_page()
            return
        if header is not None:
            page.placed.append(Placed(header, page.foot, repeated=True))
        if box.height <= room and (
            self._next_stays(0, room, self._together()) or box.split(room) is None
        ):
            page.placed.append(Placed(self._waiting.popleft(), top))
            return
        upper, self._waiting[0] = box.split(room) or box.cut(room)
        page.placed.append(Placed(upper, top))
        self._begin_page()

    def _together(self) -> int:
        """Return how many boxes the next one can be kept with: all, or one if that's too much."""
        frame = self._later
        everything = len(self._waiting)
        return everything if self._stays(0, frame.top - frame.bottom, everything) else 1

    def _stays(self, index: int, room: float, following: int) -> bool:
        """Whether a waiting box, or a first part of it, can stand here with what it belongs to."""
        box = self._waiting[index]
        if box.height <= room and self._next_stays(index, room, following):
            return True
        return box.split(room) is not None

    def _next_stays(self, index: int, room: float, following: int) -> bool:
        box = self._waiting[index]
        if not box.keep_next or not following or index + 1 == len(self._waiting):
            return True
        rest = room - box.height - _gap(box, self._waiting[index + 1])
        return self._stays(index + 1, rest, following - 1)

    def _begin_page(self) -> None:
        self._pages.append(Page(self._later))


def _gap(upper: Box, lower: Box) -> float:
    return max(upper.after, lower.before)


def _repeated(box: Box, frame: Frame) -> RowBox | None:
    """Return the header to draw again above a box, unless it would take too much of each page."""
    header = box.header
    return header if header and header.height < (frame.top - frame.bottom) / 3 else None
