"""What was set before, so that a document which is written again and again is set only where new.

Boxes and structure elements are never changed once they are made: another document can have them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from samverkan_desktop.domain.document import Element as Printed
from samverkan_desktop.domain.document import ItemList
from samverkan_desktop.domain.text import (
    BulletList,
    Heading,
    Image,
    NumberedList,
    Paragraph,
    Quote,
    Table,
    walk,
)
from samverkan_desktop.export.pdf.boxes import Box
from samverkan_desktop.export.pdf.structure import Content, Element

_KEPT = (Paragraph, Heading, BulletList, NumberedList, Quote, Table, ItemList)

# The levels of the headings that something stands under (`blocks.Levels`).
HeadingLevels = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """Something set: what it puts into the structure tree, its boxes, the levels after it."""

    kids: tuple[Element | Content, ...]
    boxes: tuple[Box, ...]
    levels: HeadingLevels


class Layouts:
    """Remembers what the last document was made of. It belongs to one thread."""

    def __init__(self) -> None:
        self._last: dict[tuple[Printed, HeadingLevels], Laid] = {}
        self._now: dict[tuple[Printed, HeadingLevels], Laid] = {}

    def begin(self) -> None:
        """Begin a document; the one before it may not have been finished."""
        self._last.update(self._now)
        self._now = {}

    def end(self) -> None:
        """Forget what the finished document did not have."""
        self._last, self._now = self._now, {}

    def laid(self, printed: Printed, levels: HeadingLevels, lay: Callable[[], Laid]) -> Laid:
        """Return how something is set under headings of these levels; `lay` sets it when new.

        What was set once stands once in a document: the same words in another place are set anew.
        """
        if not isinstance(printed, _KEPT) or _has_image(printed):
            return lay()
        key = (printed, levels)
        found = self._last.pop(key, None) or lay()
        self._now[key] = found
        return found


def _has_image(printed: Printed) -> bool:
    """Whether a file is shown: another draft may have another one of that name."""
    match printed:
        case ItemList():
            blocks = tuple(block for item in printed.items for block in item)
        case Paragraph() | BulletList() | NumberedList() | Quote():
            blocks = (printed,)
        case _:
            return False
    return any(isinstance(block, Image) for block in walk(blocks))
