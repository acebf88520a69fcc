"""Changing tables: rows, columns, alignment, caption. One undo step each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextTable

from samverkan_desktop.domain.text import Align
from ui.editor.formats import (
    Facts,
    Role,
    block_format,
    cell_format,
    facts_of,
)
from ui.editor.lines import Path, new_id
from ui.editor.structure import arrange_at, one_undo_step


def insert_row(cursor: QTextCursor, table: QTextTable, *, below: bool) -> None:
    """Insert an empty row beside that of the cursor, and go there."""
    at = table.cellAt(cursor).row() + below
    column = table.cellAt(cursor).column()
    with one_undo_step(cursor):
        add_rows(table, at, 1)
    _go_to(cursor, table, at, column)


def insert_column(cursor: QTextCursor, table: QTextTable, *, after: bool) -> None:
    """Insert an empty column beside that of the cursor, and go there."""
    at = table.cellAt(cursor).column() + after
    row = table.cellAt(cursor).row()
    with one_undo_step(cursor):
        add_columns(table, at, 1)
    _go_to(cursor, table, row, at)


def remove_rows(cursor: QTextCursor, table: QTextTable) -> None:
    """Remove the row of the cursor, or all selected rows; with the last row goes the table."""
    first, count, _, _ = selected_cells(cursor, table)
    if count == table.rows():
        remove_table(cursor, table)
        return
    with one_undo_step(cursor):
        dress = _dress_of(table)
        column = table.cellAt(cursor).column()
        table.removeRows(first, count)
        dress.put_on(table)
        _go_to(cursor, table, min(first, table.rows() - 1), column)


def remove_columns(cursor: QTextCursor, table: QTextTable) -> None:
    """Remove the column of the cursor, or all selected; with the last column goes the table."""
    _, _, first, count = selected_cells(cursor, table)
    if count == table.columns():
        remove_table(cursor, table)
        return
    with one_undo_step(cursor):
        dress = _dress_of(table)
        row = table.cellAt(cursor).row()
        table.removeColumns(first, count)
        _Dress(dress.path, [*dress.aligns[:first], *dress.aligns[first + count :]]).put_on(table)
        _go_to(cursor, table, row, min(first, table.columns() - 1))


def remove_table(cursor: QTextCursor, table: QTextTable) -> None:
    """Remove a table with its caption. Qt joins what stood before and after; that is undone."""
    document = cursor.document()
    before = document.findBlock(table.firstPosition()).previous()
    after = document.findBlock(table.lastPosition()).next()
    facts, wanted = facts_of(before), after.blockFormat()
    start, end = before.position(), before.position() + before.length() - 1
    needs_block = after.length() > 1 or facts_of(after).role is not Role.FILLER
    with one_undo_step(cursor):
        table.removeRows(0, table.rows())
        if facts.role in (Role.TABLE_CAPTION, Role.FILLER):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            cursor.setBlockFormat(wanted)
        elif needs_block:
            cursor.setPosition(end)
            cursor.insertBlock(wanted)
        arrange_at(cursor)


def align_columns(cursor: QTextCursor, table: QTextTable, align: Align) -> None:
    """Set how the column of the cursor, or all selected columns, are aligned."""
    _, _, first, count = selected_cells(cursor, table)
    with one_undo_step(cursor):
        dress = _dress_of(table)
        aligns = [*dress.aligns[:first], *[align] * count, *dress.aligns[first + count :]]
        _Dress(dress.path, aligns).put_on(table)


def column_align(cursor: QTextCursor, table: QTextTable) -> Align:
    """Return how the column of the cursor is aligned."""
    return _facts_at(table, 0, table.cellAt(cursor).column()).align


def add_caption(cursor: QTextCursor, table: QTextTable) -> None:
    """Go to the caption of a table, which gets an empty one if it has none."""
    before = cursor.document().findBlock(table.firstPosition()).previous()
    facts = facts_of(before)
    caption = Facts(_facts_at(table, 0, 0).path, new_id(), Role.TABLE_CAPTION)
    cursor.setPosition(before.position() + before.length() - 1)
    with one_undo_step(cursor):
        if facts.role is Role.FILLER and before.length() == 1:
            cursor.setBlockFormat(block_format(caption))
        elif facts.role is not Role.TABLE_CAPTION:
            cursor.insertBlock(block_format(caption), QTextCharFormat())
        arrange_at(cursor)


def next_cell(cursor: QTextCursor, table: QTextTable) -> None:
    """Go to the next cell and select what it holds; from the last one, to a new row."""
    cell = table.cellAt(cursor)
    row, column = cell.row(), cell.column() + 1
    if column == table.columns():
        row, column = row + 1, 0
    if row == table.rows():
        insert_row(cursor, table, below=True)
    _select_cell(cursor, table, row, column)


def previous_cell(cursor: QTextCursor, table: QTextTable) -> bool:
    """Go to the cell before and select what it holds; return whether there was one."""
    cell = table.cellAt(cursor)
    row, column = cell.row(), cell.column() - 1
    if column < 0:
        row, column = row - 1, table.columns() - 1
    if row < 0:
        return False
    _select_cell(cursor, table, row, column)
    return True


def selected_cells(cursor: QTextCursor, table: QTextTable) -> tuple[int, int, int, int]:
    """Return first row, number of rows, first column, number of columns: chosen by the cursor."""
    document = cursor.document()
    first = table.cellAt(cursor.selectionStart())
    last = table.cellAt(min(cursor.selectionEnd(), document.characterCount() - 1))
    if not first.isValid() or not last.isValid():
        return 0, table.rows(), 0, table.columns()
    rows = sorted((first.row(), last.row()))
    columns = sorted((first.column(), last.column()))
    return rows[0], rows[1] - rows[0] + 1, columns[0], columns[1] - columns[0] + 1


def add_rows(table: QTextTable, at: int, count: int) -> None:
    """Insert empty rows before row `at`; inside an edit block of the caller."""
    dress = _dress_of(table)
    table.insertRows(at, count)
    dress.put_on(table)


def add_columns(table: QTextTable, at: int, count: int) -> None:
    """Insert empty columns before column `at`; inside an edit block of the caller."""
    dress = _dress_of(table)
    table.insertColumns(at, count)
    aligns = [*dress.aligns[:at], *[Align.LEFT] * count, *dress.aligns[at:]]
    _Dress(dress.path, aligns).put_on(table)


@dataclass(frozen=True, slots=True)
class _Dress:
    """What Qt doesn't give new cells: the table's place, and how the columns are aligned."""

    path: Path
    aligns: Sequence[Align]

    def put_on(self, table: QTextTable) -> None:
        """Make the first row look like a header, and each cell like its column."""
        for row in range(table.rows()):
            role = Role.CELL if row else Role.HEADER_CELL
            looks = cell_format(role)
            for column, align in enumerate(self.aligns):
                cell = table.cellAt(row, column)
                inside = cell.firstCursorPosition()
                wanted = block_format(Facts(self.path, role=role, align=align))
                if inside.blockFormat() != wanted:
                    inside.setBlockFormat(wanted)
                if cell.format().background() != looks.background():
                    cell.setFormat(looks)


def _dress_of(table: QTextTable) -> _Dress:
    facts = [_facts_at(table, 0, column) for column in range(table.columns())]
    return _Dress(facts[0].path, [fact.align for fact in facts])


def _facts_at(table: QTextTable, row: int, column: int) -> Facts:
    return facts_of(table.cellAt(row, column).firstCursorPosition().block())


def _go_to(cursor: QTextCursor, table: QTextTable, row: int, column: int) -> None:
    cursor.setPosition(table.cellAt(row, column).firstPosition())


def _select_cell(cursor: QTextCursor, table: QTextTable, row: int, column: int) -> None:
    cell = table.cellAt(row, column)
    cursor.setPosition(cell.firstPosition())
    cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
