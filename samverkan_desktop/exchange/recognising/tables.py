"""A table that was read, as the block of a section."""

import re
from collections.abc import Sequence
from dataclasses import replace

from samverkan_desktop.domain.text import (
    Align,
    Column,
    Spans,
    Table,
    normal_spans,
    spans,
    spans_text,
)
from samverkan_desktop.exchange.reading.model import Cell, ReadTable

_NUMERIC = re.compile(
    r"[-–−+]?\d[\d \xa0]*(?:,\d+)?(?: ?(?:%|kr|tkr|mnkr|meter|kvm|procent|st))?|[-–]"
)


def table_of(table: ReadTable) -> Table | None:
    """Return a table with its first row as header; a row without text is left out."""
    rows = [tuple(cell_spans(cell) for cell in row) for row in table.rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        return None
    width = max(map(len, rows))
    filled = [row + ((),) * (width - len(row)) for row in rows]
    header = filled[0]
    if all(span.bold for cell in header for span in cell if span.text.strip()):
        header = tuple(normal_spans(replace(s, bold=False) for s in cell) for cell in header)
    caption = plain(table.caption)
    columns = tuple(_column([row[at] for row in filled[1:]]) for at in range(width))
    usual = all(column == Column() for column in columns)
    return Table(header, tuple(filled[1:]), caption, () if usual else columns)


def _column(cells: Sequence[Spans]) -> Column:
    """Return how a column is set: numbers to the right, or on their decimal comma."""
    texts = [text for cell in cells if (text := spans_text(cell).strip())]
    if not texts or not all(_NUMERIC.fullmatch(text) for text in texts):
        return Column()
    return Column(Align.DECIMAL if any("," in text for text in texts) else Align.RIGHT)


def cell_spans(cell: Cell) -> Spans:
    """Return a cell's paragraphs as one piece of text."""
    out: list[Spans] = []
    for paragraph in cell:
        if out:
            out.append(spans("\n"))
        out.append(paragraph.spans)
    return normal_spans(span for part in out for span in part)


def plain(parts: Spans) -> Spans:
    """Return a heading's text without marks that only repeat that it is one."""
    italic = all(s.italic for s in parts if s.text.strip())
    bold = all(s.bold for s in parts if s.text.strip())
    return normal_spans(
        replace(s, bold=s.bold and not bold, italic=s.italic and not italic) for s in parts
    )
