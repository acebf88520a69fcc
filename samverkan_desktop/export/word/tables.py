"""Tables: a header row that is marked and repeated, rows that stay whole."""

from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from samverkan_desktop.domain.text import Align, Spans, Table, spans_text
from samverkan_desktop.export.word.base import Style
from samverkan_desktop.export.word.columns import TableColumn, table_columns
from samverkan_desktop.export.word.runs import runs
from samverkan_desktop.export.word.target import OUTER, TEXT_WIDTH, Place, Target
from samverkan_desktop.export.word.xml import Element, w

_SHORT = 12  # rows; a table no longer than this is kept on one page
_LONG_CELL = 1500  # characters; a row with more may be broken over two pages
_JUSTIFIED = {Align.CENTER: "center", Align.RIGHT: "right", Align.DECIMAL: "right"}


def write_table(target: Target, table: Table, place: Place) -> Iterator[Element]:
    """Yield a table's caption and the table; what is too wide grows into the outer margin."""
    if table.caption:
        moved = [w("ind", left=place.left)] if place.left else []
        yield target.paragraph(Style.CAPTION, runs(target, table.caption), *moved)
    room = TEXT_WIDTH - place.left
    columns = table_columns(table, room, room if place.left else room + OUTER)
    total = sum(column.width for column in columns)
    rows = [_row(target, cells, columns) for cells in table.rows]
    if len(rows) <= _SHORT:
        _keep_together(rows)
    yield w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=target.base.style_ids[Style.TABLE]),
            w("tblW", w=total, type="dxa"),
            w("tblInd", w=min(place.left, TEXT_WIDTH - total), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0,
              noHBand=1, noVBand=1),
        ),
        w("tblGrid", *(w("gridCol", w=column.width) for column in columns)),
        _header(target, table.header, columns),
        *rows,
    )  # fmt: skip


def _header(target: Target, cells: Sequence[Spans], columns: Sequence[TableColumn]) -> Element:
    row = w("tr", w("trPr", w("cantSplit"), w("tblHeader")))
    for spans, column in zip(cells, columns, strict=True):
        content = runs(target, spans)
        row.append(_cell(column, target.paragraph(Style.TABLE_HEADING, content, *_side(column))))
    return row


def _row(target: Target, cells: Sequence[Spans], columns: Sequence[TableColumn]) -> Element:
    is_whole = all(len(spans_text(spans)) < _LONG_CELL for spans in cells)
    row = w("tr", *([w("trPr", w("cantSplit"))] if is_whole else []))
    for spans, column in zip(cells, columns, strict=True):
        # Not a decimal tab: that asks for the comma of the reader's Windows, and a space ends it.
        after = column.after_number(spans)
        moved = [w("ind", right=after)] if after else []
        content = runs(target, spans)
        row.append(
            _cell(column, target.paragraph(Style.TABLE_TEXT, content, *moved, *_side(column)))
        )
    return row


def _cell(column: TableColumn, text: Element) -> Element:
    return w("tc", w("tcPr", w("tcW", w=column.width, type="dxa")), text)


def _side(column: TableColumn) -> list[Element]:
    side = _JUSTIFIED.get(column.align)
    return [w("jc", val=side)] if side else []


def _keep_together(rows: Sequence[Element]) -> None:
    for row in rows[:-1]:
        for properties in row.iter(qn("w:pPr")):
            properties.insert(1, w("keepNext"))
