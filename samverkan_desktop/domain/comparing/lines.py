"""A draft's text in lines: paragraphs, list items, table rows, whatever is compared as one.

A line says what it is apart from its words, so that a change of either can be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from samverkan_desktop.domain.draft import DecisionGroup
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    NumberedList,
    Quote,
    Span,
    Spans,
    Table,
    normal_spans,
    spans,
    spans_text,
)

# Stands between the cells of a row. Its language is no language, so that no text can be one.
BORDER = Span("\t", language="x-border")


class LineKind(StrEnum):
    """What a line is."""

    FIELD = "field"
    ENTRY = "entry"  # of a list in the head: a signatory, an attachment
    LEAD_IN = "lead_in"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    HEADER = "header"
    ROW = "row"
    IMAGE = "image"


class Frame(StrEnum):
    """What a line stands in."""

    DECISION = "decision"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Form:
    """What a line is apart from its words.

    `frames` are from the outermost in. `opens`: the line begins an item, so that it has its number
    or mark. `setting` is a heading's level, an image's file, or how a table's columns are set.
    """

    kind: LineKind
    frames: tuple[Frame, ...] = ()
    opens: bool = False
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `block` is the id of its block; `mark` what stands before it: a number, a label."""

    spans: Spans
    form: Form
    block: str = ""
    mark: str = ""

    @property
    def text(self) -> str:
        """Return the words; cells are divided by tabs."""
        return spans_text(self.spans)


def text_lines(blocks: Blocks) -> Iterator[Line]:
    """Yield the lines of a section's content."""
    for block in blocks:
        yield from _block_lines(block, _Place())


def decision_lines(groups: tuple[DecisionGroup, ...]) -> Iterator[Line]:
    """Yield the lines of the proposed decision: each lead-in, then its numbered items."""
    for group in groups:
        if group.lead_in is not None:
            yield Line(spans(group.lead_in), Form(LineKind.LEAD_IN))
        for number, item in enumerate(group.items, start=1):
            yield from _item_lines(item, _Place().inside(Frame.DECISION, f"{number}."))


def entry(*cells: str, setting: str = "") -> Line:
    """Return a line for one of those who sign, of the attachments and so on."""
    row = tuple(spans(cell) for cell in cells)
    return Line(_joined(row), Form(LineKind.ENTRY, setting=setting))


def field(label: str, value: str) -> Line:
    """Return a line for a field."""
    return Line(spans(value), Form(LineKind.FIELD), mark=label)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands; it begins an item when `mark` is not empty."""

    frames: tuple[Frame, ...] = ()
    mark: str = ""

    def inside(self, frame: Frame, mark: str) -> "_Place":
        return _Place((*self.frames, frame), mark)

    def without_mark(self) -> "_Place":
        return _Place(self.frames)

    def form(self, kind: LineKind, setting: str = "") -> Form:
        return Form(kind, self.frames, bool(self.mark), setting)


def _block_lines(block: Block, place: _Place) -> Iterator[Line]:
    match block:
        case BulletList() | NumberedList() | Quote():
            yield from _inner_lines(block, place)
        case Table():
            yield from _table_lines(block, place)
        case Image():
            form = place.form(LineKind.IMAGE, block.file)
            yield Line(spans(block.alt), form, block.id, place.mark)
            yield from _caption(block, place.without_mark())
        case Heading():
            form = place.form(LineKind.HEADING, str(block.level))
            yield Line(block.spans, form, block.id, place.mark)
        case _:
            yield Line(block.spans, place.form(LineKind.PARAGRAPH), block.id, place.mark)


def _inner_lines(block: BulletList | NumberedList | Quote, place: _Place) -> Iterator[Line]:
    match block:
        case BulletList():
            for item in block.items:
                yield from _item_lines(item.blocks, place.inside(Frame.BULLETS, "•"))
        case NumberedList():
            for number, item in enumerate(block.items, start=1):
                yield from _item_lines(item.blocks, place.inside(Frame.NUMBERS, f"{number}."))
        case _:
            for inner in block.blocks:
                yield from _block_lines(inner, place.inside(Frame.QUOTE, ""))


def _item_lines(blocks: Blocks, place: _Place) -> Iterator[Line]:
    """Yield the lines of an item; the first one has its mark."""
    for block in blocks:
        for line in _block_lines(block, place):
            yield line
            place = place.without_mark()


def _table_lines(table: Table, place: _Place) -> Iterator[Line]:
    yield from _caption(table, place)
    columns = " ".join(table.column(index).align for index in range(len(table.header)))
    header = place.form(LineKind.HEADER, columns)
    yield Line(_joined(table.header), header, table.id, place.mark)
    for row in table.rows:
        yield Line(_joined(row), place.without_mark().form(LineKind.ROW), table.id)


def _caption(block: Table | Image, place: _Place) -> Iterator[Line]:
    if block.caption:
        yield Line(block.caption, place.form(LineKind.CAPTION), block.id)


def _joined(cells: tuple[Spans, ...]) -> Spans:
    parts = [span for cell in cells for span in (*cell, BORDER)]
    return normal_spans(parts[:-1])
