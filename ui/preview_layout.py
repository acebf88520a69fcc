"""Where the pages of the preview lie: one under the other, each in the middle. No Qt in here."""

from collections.abc import Sequence
from dataclasses import dataclass

# Device-independent pixels between pages, and around them.
GAP = 12

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that stays the same when zoom or text change.

    `height` is the distance from the page's top edge as a share of the page: 0 at the top, 1 at the
    bottom, a little outside of that between pages.
    """

    page: int
    height: float


@dataclass(frozen=True, slots=True)
class PageBox:
    """A page's place in pixels; `left` when the view is no wider than the widest page."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Return the first pixel row under the page."""
        return self.top + self.height


class PageLayout:
    """The pages of one document at one scale (pixels per point)."""

    def __init__(self, sizes: Sequence[Size], scale: float) -> None:
        pixels = [(max(1, round(w * scale)), max(1, round(h * scale))) for w, h in sizes]
        self.scale = scale
        self.width = max((w for w, _ in pixels), default=0) + 2 * GAP
        boxes = []
        top = GAP
        for width, height in pixels:
            boxes.append(PageBox((self.width - width) // 2, top, width, height))
            top += height + GAP
        self.boxes = tuple(boxes)
        self.height = top

    def spot(self, y: int) -> Spot:
        """Return the spot at a height of the whole; the document must have a page."""
        page = self._page_at(y)
        box = self.boxes[page]
        return Spot(page, (y - box.top) / box.height)

    def y(self, spot: Spot) -> int:
        """Return the height at which a spot lies; the last page's when its page is gone."""
        box = self.boxes[min(spot.page, len(self.boxes) - 1)]
        return round(box.top + spot.height * box.height)

    def seen(self, top: int, bottom: int) -> range:
        """Return the pages that are seen, in part at least, between two heights."""
        if not self.boxes:
            return range(0)
        first, last = self._page_at(top), self._page_at(bottom - 1)
        if self.boxes[last].top >= bottom:
            last -= 1
        return range(first, max(first, last) + 1)

    def _page_at(self, y: int) -> int:
        """Return the page at a height; the gap above a page belongs to it."""
        return next(
            (page for page, box in enumerate(self.boxes) if y < box.bottom), len(self.boxes) - 1
        )


def fitting_scale(sizes: Sequence[Size], width: int) -> float:
    """Return the scale at which the widest page fills a view of this width."""
    widest = max((w for w, _ in sizes), default=1.0)
    return max(width - 2 * GAP, 1) / widest
