"""Tables: column widths from what is in them, numbers lined up on their decimal comma."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from samverkan_desktop.domain.text import Align, Spans, Table, spans_text
from samverkan_desktop.export.pdf.boxes import Box, Cell, RowBox, Rule, text_box
from samverkan_desktop.export.pdf.inline import Setter
from samverkan_desktop.export.pdf.lines import TextLine, empty_line, set_lines, text_width
from samverkan_desktop.export.pdf.structure import Element
from samverkan_desktop.export.pdf.styles import (
    CAPTION,
    CELL,
    CELL_HEAD,
    CELL_PADDING,
    GUTTER,
    HAIRLINE,
    RULE,
    WIDE_WIDTH,
    Style,
)
from samverkan_desktop.export.pdf.words import Run

_TOP, _UNDER_HEAD, _BETWEEN = Rule(0.8, RULE), Rule(0.6, RULE), Rule(0.35, HAIRLINE)
_BEFORE, _AFTER = 5.0, 12.0
# A table that would fill this much of the width is stretched to all of it.
_NEARLY_WIDE = 0.85
_MOST_GUTTER = 0.3  # of the width
# With so many columns a table may reach into the outer margin before its cells are broken.
_MANY = 5
# A table with no more rows than this is kept on one page.
_SHORT = 12

# The comma or point before the last digits of a line: "1 234,5", "12.5 %".
_DECIMAL = re.compile(r".*[.,](?=\d+\D*$)")


@dataclass(frozen=True, slots=True)
class _Column:
    align: Align
    left: float
    width: float
    fraction: float  # room for what stands after the decimal comma


@dataclass(frozen=True, slots=True)
class _Text:
    """The content of a cell."""

    runs: list[Run]
    plain: str


def table_boxes(
    setter: Setter, table: Table, parent: Element, left: float, width: float
) -> list[Box]:
    """Return a table's caption and rows.

    Its structure is Table: Caption, THead and TBody of TR, and in them TH with a scope and TD
    (ISO 32000-1, 14.8.4.3.4). Raises MissingGlyphError.
    """
    return _Typesetter(setter, table, parent).boxes(left, width)


class _Typesetter:
    def __init__(self, setter: Setter, table: Table, parent: Element) -> None:
        self._setter, self._table = setter, table
        self._element = parent.element("Table")
        self._caption = self._element.element("Caption") if table.caption else None
        head = self._element.element("THead") if table.rows else self._element
        body = self._element.element("TBody") if table.rows else None
        self._head = self._row(table.header, head, "TH")
        self._body = [self._row(row, body, "TD") for row in table.rows] if body else []

    def boxes(self, left: float, width: float) -> list[Box]:
        columns = self._columns(left, width)
        total = columns[-1].left + columns[-1].width
        left = min(left, left + width - total)  # what is too wide grows into the outer margin
        boxes: list[Box] = []
        if self._caption is not None:
            lines = self._setter.spans(self._table.caption, CAPTION, self._caption, width, left)
            boxes.append(text_box(lines, CAPTION))
        head = self._box(self._head, [_of_header(c) for c in columns], CELL_HEAD, left)
        head = replace(head, before=_BEFORE, above=_TOP, below=_UNDER_HEAD)
        repeated = replace(head, before=0.0)
        rows = [replace(self._box(row, columns, CELL, left), header=repeated) for row in self._body]
        boxes += _kept_together([head, *rows])
        return boxes

    def _row(self, cells: Sequence[Spans], parent: Element, role: str) -> list[_Text]:
        """Make a row's elements and runs."""
        row = parent.element("TR")
        style = CELL_HEAD if role == "TH" else CELL
        scope = "<</O/Table/Scope/Column>>" if role == "TH" else ""
        elements = [row.element(role, attributes=scope) for _ in cells]
        return [
            _Text(self._setter.runs(spans, style, element), spans_text(spans))
            for spans, element in zip(cells, elements, strict=True)
        ]

    def _columns(self, left: float, width: float) -> list[_Column]:
        aligns = [self._table.column(i).align for i in range(len(self._head))]
        rows = [self._head, *self._body]
        sizes = [
            _column_size([row[i] for row in rows], [row[i] for row in self._body], aligns[i])
            for i in range(len(aligns))
        ]
        gaps = len(sizes) - 1
        gutter = min(GUTTER, width * _MOST_GUTTER / max(1, gaps))
        widths = _fitted(
            [least for least, _, _ in sizes],
            [most for _, most, _ in sizes],
            width - gutter * gaps,
            (width if left else WIDE_WIDTH) - gutter * gaps,
        )
        lefts = accumulate((size + gutter for size in widths), initial=0.0)
        return [
            _Column(align, at, size, fraction)
            for align, at, size, (_, _, fraction) in zip(aligns, lefts, widths, sizes, strict=False)
        ]

    def _box(
        self, row: Sequence[_Text], columns: Sequence[_Column], style: Style, left: float
    ) -> RowBox:
        cells = [_cell(text, column, style) for text, column in zip(row, columns, strict=True)]
        width = columns[-1].left + columns[-1].width
        return RowBox(tuple(cells), left, width, padding=CELL_PADDING, below=_BETWEEN)


def _column_size(
    texts: Sequence[_Text], body: Sequence[_Text], align: Align
) -> tuple[float, float, float]:
    """Return the least width, the width without breaks, and the width of the longest fraction."""
    widths = [text_width(text.runs) for text in texts]
    least, most = max(w for w, _ in widths), max(w for _, w in widths)
    if align is not Align.DECIMAL:
        return least, most, 0.0
    fractions = [_fraction(text) for text in body]
    wholes = [text_width(text.runs)[1] - f for text, f in zip(body, fractions, strict=True)]
    fraction = max(fractions, default=0.0)
    aligned = max(wholes, default=0.0) + fraction
    return max(least, aligned), max(most, aligned), fraction


def _fraction(text: _Text) -> float:
    """Return the width of a number from its decimal comma on."""
    match = _DECIMAL.match(text.plain)
    if match is None or "\n" in text.plain:
        return 0.0
    run = text.runs[-1]
    return run.font.measure(text.plain[match.end() - 1 :])[0] * run.size


def _fitted(
    least: Sequence[float], most: Sequence[float], width: float, widest: float
) -> list[float]:
    """Return column widths: as wide as their content if that fits, else narrowed in proportion."""
    wanted = sum(most)
    if wanted <= width:
        stretch = (width - wanted) / len(most) if wanted > width * _NEARLY_WIDE else 0.0
        return [w + stretch for w in most]
    if sum(least) > width or len(most) >= _MANY:
        width = min(wanted, widest)
    if sum(least) >= width:
        return [w * width / sum(least) for w in least]
    share = (width - sum(least)) / (wanted - sum(least))
    return [a + (b - a) * share for a, b in zip(least, most, strict=True)]


def _of_header(column: _Column) -> _Column:
    """Return how the header of a column is set: above the end of its numbers."""
    return replace(column, align=Align.RIGHT) if column.align is Align.DECIMAL else column


def _cell(text: _Text, column: _Column, style: Style) -> Cell:
    lines = set_lines(text.runs, style, max(column.width, style.size))
    lines = lines or (empty_line(style),)
    aligned = (_aligned(line, text, column, len(lines)) for line in lines)
    return Cell(column.left, tuple(aligned))


def _aligned(line: TextLine, text: _Text, column: _Column, count: int) -> TextLine:
    spare = column.width - line.width
    match column.align:
        case Align.LEFT:
            return line
        case Align.CENTER:
            return replace(line, left=spare / 2)
        case Align.DECIMAL if count == 1 and column.fraction:
            return replace(line, left=max(0.0, spare - column.fraction + _fraction(text)))
        case _:
            return replace(line, left=spare)


def _kept_together(rows: list[RowBox]) -> list[RowBox]:
    """Keep a short table on one page, and no row of a long one alone."""
    last = len(rows) - 1
    kept = range(last) if last <= _SHORT else (0, last - 1)
    rows = [replace(row, keep_next=True) if i in kept else row for i, row in enumerate(rows)]
    rows[-1] = replace(rows[-1], after=_AFTER, below=_TOP)
    return rows
