"""How wide the columns of a table are, and where in them the decimal commas stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samverkan_desktop.domain.text import Align, Spans, Table, spans_text
from samverkan_desktop.export.word.measure import text_width

_SIZE = 9.0  # of the text in tables, in points
_PADDING = 2 * 100  # at both sides of a cell, in twentieths of a point
_NEARLY_WIDE = 0.85  # a table that fills this much of the width is stretched to all of it
_MANY = 5  # columns; so many are given all the room there is

# The comma or point before the last group of digits, and what follows: "1 234,5", "12.5 %".
_FRACTION = re.compile(r"[.,]\d+\D*$")
_LONGEST_NUMBER = 24  # characters; what is longer in a column of numbers is text
_BREAKS = re.compile(r"[ \n]")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """How a column is set; lengths in twentieths of a point."""

    align: Align
    width: int
    fraction: int  # room for what stands after the decimal comma

    def after_number(self, spans: Spans) -> int:
        """Return how far from the right edge a number ends whose comma is to stand in line."""
        is_number = len(spans_text(spans)) <= _LONGEST_NUMBER
        return max(0, self.fraction - _fraction(spans)) if is_number else 0


def table_columns(table: Table, room: int, widest: int) -> list[TableColumn]:
    """Return the columns of a table that has `room`, and is up to `widest` if it needs that."""
    sizes = [_size(table, i) for i in range(len(table.header))]
    widths = _fitted([least for least, _, _ in sizes], [most for _, most, _ in sizes], room, widest)
    return [
        TableColumn(table.column(i).align, width, fraction)
        for i, (width, (_, _, fraction)) in enumerate(zip(widths, sizes, strict=True))
    ]


def _size(table: Table, index: int) -> tuple[int, int, int]:
    """Return the least width, the width without breaks, and the width of the longest fraction."""
    cells = [table.header[index], *(row[index] for row in table.rows)]
    bold = [True, *(any(span.bold for span in cell) for cell in cells[1:])]
    texts = [(spans_text(cell), is_bold) for cell, is_bold in zip(cells, bold, strict=True)]
    least = max(_width(word, bold=b) for text, b in texts for word in _BREAKS.split(text))
    most = max(_width(line, bold=b) for text, b in texts for line in text.split("\n"))
    fraction = aligned = 0
    if table.column(index).align is Align.DECIMAL:
        numbers = [row[index] for row in table.rows]
        fraction = max(map(_fraction, numbers), default=0)
        aligned = fraction + max((_width(spans_text(n)) - _fraction(n) for n in numbers), default=0)
    return max(least, aligned) + _PADDING, max(most, aligned) + _PADDING, fraction


def _fraction(spans: Spans) -> int:
    match = _FRACTION.search(spans_text(spans))
    return _width(match.group()) if match else 0


def _width(text: str, *, bold: bool = False) -> int:
    return text_width(text, _SIZE, bold=bold)


def _fitted(least: Sequence[int], most: Sequence[int], room: int, widest: int) -> list[int]:
    """Return column widths: as wide as their content if that fits, else narrowed in proportion."""
    wanted, needed = sum(most), sum(least)
    if wanted <= room:
        stretch = (room - wanted) // len(most) if wanted > room * _NEARLY_WIDE else 0
        return [width + stretch for width in most]
    if needed > room or len(most) >= _MANY:
        room = min(wanted, widest)
    if needed >= room:
        return [width * room // needed for width in least]
    share = (room - needed) / (wanted - needed)
    return [low + int((high - low) * share) for low, high in zip(least, most, strict=True)]
