"""What is put on pages: boxes of lines that know how to be split and to be drawn.

Boxes are values without a place, so the same box can be put on another page and drawn again.
Distances inside a box count from the inner left edge of the text and from the top of the box.
Each has the space that it wants `before` and `after` it; a page doesn't end after one that must be
kept with the next (`keep_next`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from samverkan_desktop.export.pdf.canvas import Anchor, Rectangle, Sheet
from samverkan_desktop.export.pdf.images import Picture
from samverkan_desktop.export.pdf.lines import TextLine
from samverkan_desktop.export.pdf.structure import Content, Element
from samverkan_desktop.export.pdf.styles import (
    BLACK,
    FIELD_GAP,
    FIELD_HEIGHT,
    Colour,
    Style,
)

# So many lines of a paragraph stay together at the end of a page and at the beginning of the next.
_TOGETHER = 2
# A table row with fewer lines isn't split.
_SPLIT_ROW = 8


class Line(Protocol):
    """A line of text, or something else that is never split."""

    @property
    def height(self) -> float:
        """Return the height."""

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw it with its upper left corner here."""


@dataclass(frozen=True, slots=True)
class Field:
    """Room to sign in, with a line under it."""

    element: Element
    name: str
    label: str
    width: float
    anchor: tuple[TextLine, ...] = ()

    height = FIELD_HEIGHT + FIELD_GAP

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Put the signature field, on its line, where the anchor stands too."""
        place = Rectangle(left, top - FIELD_HEIGHT, self.width, FIELD_HEIGHT)
        for line in self.anchor:
            line.draw(sheet, left, place.bottom + line.height)
        sheet.fill(Rectangle(left, place.bottom - 0.5, self.width, 0.5), BLACK)
        sheet.field(self.element, self.name, self.label, place)


@dataclass(frozen=True, slots=True)
class Figure:
    """An image on a line of its own."""

    content: Content
    picture: Picture
    left: float = 0.0

    @property
    def height(self) -> float:
        """Return the height it is shown in."""
        return self.picture.height

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Show the image."""
        picture = self.picture
        place = Rectangle(left + self.left, top - picture.height, picture.width, picture.height)
        sheet.image(self.content, picture, place)


@dataclass(frozen=True, slots=True)
class Stack:
    """Lines under one another: a paragraph, a heading, an image.

    `labels` stand on the first line, in the margin that its indent leaves.
    """

    lines: tuple[Line, ...]
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    whole: bool = False
    labels: tuple[TextLine, ...] = ()
    anchor: Anchor | None = None
    height: float = field(init=False)

    wide = False
    header = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "height", sum(line.height for line in self.lines))

    def split(self, room: float) -> "tuple[Stack, Stack] | None":
        """Split between lines, leaving no single line of a paragraph behind."""
        if self.whole:
            return None
        count = min(_fitting(self.lines, room), len(self.lines) - _TOGETHER)
        return self._parts(count) if count >= _TOGETHER else None

    def cut(self, room: float) -> "tuple[Stack, Stack]":
        """Split between any lines."""
        return self._parts(max(1, _fitting(self.lines, room)))

    def _parts(self, count: int) -> "tuple[Stack, Stack]":
        return (
            replace(self, lines=self.lines[:count], after=0.0, keep_next=False),
            replace(self, lines=self.lines[count:], before=0.0, labels=(), anchor=None),
        )

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the lines, and the labels on the first."""
        if self.anchor is not None:
            sheet.anchor(self.anchor, top)
        for label in self.labels:
            label.draw(sheet, left, top)
        for line in self.lines:
            line.draw(sheet, left, top)
            top -= line.height


def text_box(lines: Sequence[TextLine], style: Style, labels: tuple[TextLine, ...] = ()) -> Stack:
    """Return set text with the space around it that its style asks for."""
    return Stack(
        tuple(lines),
        style.before,
        style.after,
        keep_next=style.heads,
        whole=style.heads,
        labels=tuple(replace(label, ascent=style.ascent) for label in labels),
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines in a column that begins `left` of the row's own left edge."""

    left: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""

    thickness: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class RowBox:
    """Cells beside one another: a table row, the head of the document, two signatures."""

    cells: tuple[Cell, ...]
    left: float
    width: float
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    padding: float = 0.0
    above: Rule | None = None
    below: Rule | None = None
    header: "RowBox | None" = None
    height: float = field(init=False)

    def __post_init__(self) -> None:
        tallest = max(sum(line.height for line in cell.lines) for cell in self.cells)
        object.__setattr__(self, "height", tallest + 2 * self.padding)

    @property
    def wide(self) -> bool:
        """Return whether it reaches into the outer margin."""
        return self.left < 0

    def split(self, room: float) -> "tuple[RowBox, RowBox] | None":
        """Split a tall row between lines, in each of its cells."""
        if max(len(cell.lines) for cell in self.cells) < _SPLIT_ROW:
            return None
        counts = [_fitting(cell.lines, room - 2 * self.padding) for cell in self.cells]
        return self._parts(counts) if any(counts) else None

    def cut(self, room: float) -> "tuple[RowBox, RowBox]":
        """Split a row of any height."""
        inner = room - 2 * self.padding
        return self._parts([max(1, _fitting(cell.lines, inner)) for cell in self.cells])

    def _parts(self, counts: Sequence[int]) -> "tuple[RowBox, RowBox]":
        upper = [Cell(c.left, c.lines[:n]) for c, n in zip(self.cells, counts, strict=True)]
        lower = [Cell(c.left, c.lines[n:]) for c, n in zip(self.cells, counts, strict=True)]
        return (
            replace(self, cells=tuple(upper), after=0.0, keep_next=False, below=None),
            replace(self, cells=tuple(lower), before=0.0, above=None),
        )

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the cells and the rules."""
        left += self.left
        bottom = top - self.height
        for cell in self.cells:
            y = top - self.padding
            for line in cell.lines:
                line.draw(sheet, left + cell.left, y)
                y -= line.height
        for rule, y in ((self.above, top), (self.below, bottom)):
            if rule is not None:
                place = Rectangle(left, y - rule.thickness / 2, self.width, rule.thickness)
                sheet.fill(place, rule.colour)


Box = Stack | RowBox


def _fitting(lines: Sequence[Line], room: float) -> int:
    """Return how many lines fit."""
    for count, line in enumerate(lines):
        room -= line.height
        if room < -0.01:
            return count
    return len(lines)
