"""Rich text to boxes and structure: paragraphs, headings, lists, tables, images, quotes."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from samverkan_desktop.domain.export_errors import MissingAltTextError, UnreadableImageError
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
    Table,
    spans_text,
)
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.export.pdf import lists
from samverkan_desktop.export.pdf.boxes import Box, Figure, Stack, text_box
from samverkan_desktop.export.pdf.canvas import Anchor
from samverkan_desktop.export.pdf.images import BadImageError, read_picture
from samverkan_desktop.export.pdf.inline import Setter
from samverkan_desktop.export.pdf.lines import TextLine, empty_line
from samverkan_desktop.export.pdf.structure import Element
from samverkan_desktop.export.pdf.styles import (
    BODY,
    FIGURE_CAPTION,
    HEADINGS,
    INDENT,
    ITEM,
    LARGEST_IMAGE,
    QUOTE,
    QUOTE_INDENT,
    TEXT_WIDTH,
    Style,
)
from samverkan_desktop.export.pdf.tables import table_boxes

_LABEL_GAP = 6.0
# However deep a list is, its text keeps this much room.
_LEAST_WIDTH = 120.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand: in which element, between which edges, in lists how deep.

    `labels` are list marks waiting for the first line of text.
    """

    parent: Element
    style: Style = BODY
    left: float = 0.0
    right: float = 0.0
    bullets: int = 0
    numbers: int = 0
    labels: tuple[TextLine, ...] = ()

    @property
    def width(self) -> float:
        """Return the room between the edges."""
        return TEXT_WIDTH - self.left - self.right

    def indented(self, left: float, right: float = 0.0) -> "Place":
        """Return a place further in, unless hardly any room would be left."""
        place = replace(self, left=self.left + left, right=self.right + right)
        return place if place.width >= _LEAST_WIDTH else self


class Levels:
    """The levels of headings as they must be tagged: none is skipped (ISO 14289-1, 7.4.2).

    `above` are those that the next heading may stand under.
    """

    def __init__(self) -> None:
        self.above: tuple[int, ...] = ()

    def enter(self, level: int) -> int:
        """Return the level of the next heading, counted by the headings that it stands under."""
        above = tuple(itertools.takewhile(lambda other: other < level, self.above))
        self.above = (*above, level)
        return len(self.above)


class BlockSetter:
    """Makes boxes of blocks. `section` is the heading over them, for errors to name."""

    def __init__(self, setter: Setter, files: Callable[[str], bytes]) -> None:
        self._setter, self._files = setter, files
        self.levels = Levels()
        self.section = ""

    def blocks(self, blocks: Blocks, place: Place) -> list[Box]:
        """Return the boxes of blocks that follow one another.

        Raises ExportError or MissingGlyphError.
        """
        boxes: list[Box] = []
        for i, block in enumerate(blocks):
            made = self.block(block, place if i == 0 else replace(place, labels=()))
            if made and i + 1 < len(blocks) and leads_in(block, blocks[i + 1]):
                made[-1] = replace(made[-1], keep_next=True)
            boxes += made
        return boxes

    def block(self, block: Block, place: Place) -> list[Box]:
        """Return the boxes of one block."""
        match block:
            case Paragraph():
                return [self.paragraph(block.spans, place)]
            case Heading():
                return [self.heading(block.level + 1, block.spans, place)]
            case BulletList():
                items = tuple(item.blocks for item in block.items)
                inside = replace(place, bullets=place.bullets + 1)
                return self.items(items, lists.bullets(place.bullets), inside)
            case NumberedList():
                items = tuple(item.blocks for item in block.items)
                inside = replace(place, numbers=place.numbers + 1)
                return self.items(items, lists.numbers(place.numbers), inside)
            case Quote():
                return self._quote(block, place)
            case Table():
                return self._labels_first(place) + table_boxes(
                    self._setter, block, place.parent, place.left, place.width
                )
            case Image():
                return self._labels_first(place) + self._image(block, place)

    def paragraph(self, spans: Spans, place: Place) -> Stack:
        """Return a paragraph (P)."""
        return self._text(spans, place.style, place.parent.element("P"), place)

    def heading(self, level: int, spans: Spans, place: Place) -> Stack:
        """Return a heading with a bookmark. Level 1 is the title, 2 a section's heading."""
        tagged = self.levels.enter(level)
        element = place.parent.element(f"H{tagged}")
        box = self._text(spans, HEADINGS[level - 1], element, place)
        return replace(box, anchor=Anchor(tagged, _one_line(spans)))

    def items(self, items: Sequence[Blocks], marks: lists.Marks | None, place: Place) -> list[Box]:
        """Return a list (L of LI, with Lbl and LBody); without `marks` its items have none."""
        kind = marks.attributes if marks else "<</O/List/ListNumbering/None>>"
        parent = place.parent.element("L", attributes=kind)
        labels = [marks.mark(i) for i in range(1, len(items) + 1)] if marks else []
        indent = max((self._indent(label) for label in labels), default=0.0)
        style = ITEM if place.style is BODY else place.style
        inside = replace(place.indented(indent), style=style)
        boxes: list[Box] = []
        for i, item in enumerate(items):
            element = parent.element("LI")
            above = place.labels if i == 0 else ()
            if labels:
                right = inside.left - _LABEL_GAP
                mark = self._setter.label(labels[i], style, element.element("Lbl"), right)
                above = (*above, mark)
            body = element.element("LBody")
            made = self.blocks(item, replace(inside, parent=body, labels=above))
            if boxes and i + 1 == len(items) and _is_one_line(made):
                boxes[-1] = replace(boxes[-1], keep_next=True)
            boxes += made
        if boxes:
            boxes[-1] = replace(boxes[-1], after=max(boxes[-1].after, place.style.after))
        return boxes

    def _indent(self, label: str) -> float:
        return max(INDENT, self._setter.label_width(label, BODY) + _LABEL_GAP)

    def _text(self, spans: Spans, style: Style, element: Element, place: Place) -> Stack:
        lines = self._setter.spans(spans, style, element, place.width, place.left)
        return text_box(lines or (empty_line(style),), style, place.labels)

    def _labels_first(self, place: Place) -> list[Box]:
        """Return a line for list marks before what has no line of text to put them on."""
        if not place.labels:
            return []
        return [replace(text_box((empty_line(ITEM),), ITEM, place.labels), keep_next=True)]

    def _quote(self, quote: Quote, place: Place) -> list[Box]:
        inside = replace(
            place.indented(QUOTE_INDENT, QUOTE_INDENT),
            parent=place.parent.element("BlockQuote"),
            style=QUOTE,
        )
        return self.blocks(quote.blocks, inside)

    def _image(self, image: Image, place: Place) -> list[Box]:
        """Return an image (Figure with Alt and BBox) and its caption, which stays readable."""
        alt = " ".join(clean(image.alt).split())
        if not alt:
            raise MissingAltTextError(image.file, self.section)
        try:
            picture = read_picture(self._files(image.file), place.width, LARGEST_IMAGE)
        except (BadImageError, OSError, LookupError) as error:
            raise UnreadableImageError(image.file, self.section) from error
        figure = place.parent.element("Figure", alt=alt)
        line = Figure(figure.content(), picture, place.left)
        boxes: list[Box] = [
            Stack((line,), 4.0, 6.0 if image.caption else 12.0, bool(image.caption), whole=True)
        ]
        if image.caption:
            caption = place.parent.element("Caption")
            boxes.append(
                self._text(image.caption, FIGURE_CAPTION, caption, replace(place, labels=()))
            )
        return boxes


def leads_in(block: object, following: object) -> bool:
    """Whether a paragraph announces what follows and may not end a page before it."""
    if not isinstance(block, Paragraph):
        return False
    return isinstance(following, BulletList | NumberedList) or spans_text(
        block.spans
    ).rstrip().endswith(":")


def _is_one_line(boxes: Sequence[Box]) -> bool:
    """Whether boxes are a single line, which doesn't begin a page alone at the end of a list."""
    return len(boxes) == 1 and isinstance(boxes[0], Stack) and len(boxes[0].lines) == 1


def _one_line(spans: Spans) -> str:
    return " ".join(spans_text(spans).split())
