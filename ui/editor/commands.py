"""What an officer can do to the text: one method for each button, key and menu line."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextCursor, QTextTable
from PySide6.QtWidgets import QTextEdit

from samverkan_desktop.domain.text import Align, Span, Spans, Table, spans
from ui.editor import marking, nesting, structure, tables
from ui.editor.dialogs import LinkDialog, TableDialog
from ui.editor.document import insert_spans
from ui.editor.formats import facts_of, marks_of, table_at
from ui.editor.lines import Kind
from ui.editor.pasting import insert_blocks, plain_blocks
from ui.editor.structure import one_undo_step

PLACEHOLDER = "…"


@dataclass(frozen=True, slots=True)
class State:
    """What is on at the cursor, for the toolbar."""

    bold: bool
    italic: bool
    link: bool
    level: int
    kind: Kind | None  # of the list around
    quote: bool
    in_table: bool  # where lists, headings and quotes can't be


class Commands:
    """The commands of one editor. They act on its cursor and its selection."""

    def __init__(self, editor: QTextEdit) -> None:
        self._editor = editor

    @property
    def state(self) -> State:
        """Return what is on at the cursor."""
        cursor = self._editor.textCursor()
        facts = facts_of(cursor.block())
        marks = marks_of(self._editor.currentCharFormat())
        depth = nesting.list_depth(facts.path)
        return State(
            bold=marks.bold,
            italic=marks.italic,
            link=marking.link_at(cursor) is not None,
            level=facts.level,
            kind=facts.path[depth - 1].kind if depth else None,
            quote=any(not step.is_list for step in facts.path),
            in_table=self.table is not None,
        )

    @property
    def table(self) -> QTextTable | None:
        """Return the table that the cursor is in."""
        return table_at(self._editor.textCursor().block())

    def toggle_bold(self) -> None:
        """Switch bold, for the selection or for what is typed next."""
        now = self._editor.currentCharFormat()
        self._editor.mergeCurrentCharFormat(marking.toggled_bold(now))

    def toggle_italic(self) -> None:
        """Switch italic, for the selection or for what is typed next."""
        now = self._editor.currentCharFormat()
        self._editor.mergeCurrentCharFormat(marking.toggled_italic(now))

    def set_level(self, level: int) -> None:
        """Make the lines sub-headings (2, 3) or paragraphs (0)."""
        structure.set_level(self._editor.textCursor(), level)

    def toggle_bullets(self) -> None:
        """Make the lines a bullet list, or take them out of it."""
        structure.toggle_list(self._editor.textCursor(), Kind.BULLETS)

    def toggle_numbers(self) -> None:
        """Make the lines a numbered list, or take them out of it."""
        structure.toggle_list(self._editor.textCursor(), Kind.NUMBERS)

    def toggle_quote(self) -> None:
        """Make the lines a quotation, or ordinary text again."""
        structure.toggle_quote(self._editor.textCursor())

    def indent(self) -> None:
        """Move list items one level in."""
        structure.indent(self._editor.textCursor())

    def outdent(self) -> None:
        """Move list items one level out."""
        structure.outdent(self._editor.textCursor())

    def edit_link(self) -> None:
        """Ask where the selection, or the link at the cursor, is to go."""
        cursor = self._editor.textCursor()
        link = marking.link_at(cursor)
        if link is not None and not cursor.hasSelection():
            marking.select_link(cursor)
            self._editor.setTextCursor(cursor)
        selected = cursor.selectedText() if cursor.hasSelection() else None
        dialog = LinkDialog(link, selected, self._editor)
        dialog.accepted.connect(lambda: self._put_link(dialog.address, dialog.text))
        dialog.open()

    def open_link(self) -> None:
        """Open the link at the cursor in the user's browser or mail program."""
        link = marking.link_at(self._editor.textCursor())
        if link is not None and marking.full_address(link) == link:
            QDesktopServices.openUrl(QUrl(link))

    def ask_for_table(self) -> None:
        """Ask for the size of a new table, and insert it."""
        dialog = TableDialog(self._editor)
        dialog.accepted.connect(
            lambda: self.insert_table(dialog.rows, dialog.columns, dialog.caption)
        )
        dialog.open()

    def insert_table(self, rows: int, columns: int, caption: str) -> None:
        """Insert an empty table, and go to its first cell."""
        row: tuple[Spans, ...] = ((),) * columns
        cursor = self._editor.textCursor()
        cursor.clearSelection()
        self._leave_table(cursor)
        start = cursor.block().position()
        insert_blocks(cursor, (Table(row, (row,) * (rows - 1), spans(caption)),))
        inside = _first_table_after(start, cursor)
        if inside is not None:
            cursor.setPosition(inside.cellAt(0, 0).firstPosition())
        self._editor.setTextCursor(cursor)

    def change_table(self, change: Callable[[QTextCursor, QTextTable], None]) -> None:
        """Do something to the table that the cursor is in, one of the functions of `tables`."""
        cursor, table = self._editor.textCursor(), self.table
        if table is not None:
            change(cursor, table)
            self._editor.setTextCursor(cursor)

    @property
    def column_align(self) -> Align | None:
        """Return how the column of the cursor is aligned; None outside tables."""
        table = self.table
        return tables.column_align(self._editor.textCursor(), table) if table is not None else None

    def align_columns(self, align: Align) -> None:
        """Set how the selected columns are aligned."""
        self.change_table(lambda cursor, table: tables.align_columns(cursor, table, align))

    def paste_plain(self) -> None:
        """Paste text without any formatting."""
        data = QGuiApplication.clipboard().mimeData()
        if data.hasText():
            cursor = self._editor.textCursor()
            insert_blocks(cursor, plain_blocks(data.text()))
            self._editor.setTextCursor(cursor)

    def insert_phrase(self, text: str) -> None:
        """Write a phrase at the cursor, and select its first "…" so that typing replaces it."""
        cursor = self._editor.textCursor()
        with one_undo_step(cursor):
            cursor.removeSelectedText()
            start = cursor.position()
            if not cursor.atBlockStart() and not self._char_before(cursor).isspace():
                cursor.insertText(" ")
            insert_blocks(cursor, plain_blocks(text))
        self._editor.setTextCursor(cursor)
        self._select_placeholder(start, cursor.position())

    def next_placeholder(self) -> None:
        """Select the next "…", from the beginning again after the last."""
        cursor = self._editor.textCursor()
        end = self._editor.document().characterCount()
        if not self._select_placeholder(cursor.selectionEnd(), end):
            self._select_placeholder(0, end)

    def _select_placeholder(self, start: int, end: int) -> bool:
        found = self._editor.document().find(PLACEHOLDER, start)
        if found.isNull() or found.selectionEnd() > end:
            return False
        self._editor.setTextCursor(found)
        return True

    def _put_link(self, address: str | None, text: str) -> None:
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            marking.set_link(cursor, address)
        elif address is not None:
            insert_spans(cursor, (Span(text, link=address),))

    def _char_before(self, cursor: QTextCursor) -> str:
        return self._editor.document().characterAt(cursor.position() - 1)

    def _leave_table(self, cursor: QTextCursor) -> None:
        """Go past the table or caption that the cursor is in, where a table can be inserted."""
        if facts_of(cursor.block()).role.is_caption:
            cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        table = table_at(cursor.block())
        if table is not None:
            cursor.setPosition(table.lastPosition() + 1)


def _first_table_after(position: int, cursor: QTextCursor) -> QTextTable | None:
    block = cursor.document().findBlock(position)
    while block.isValid():
        table = table_at(block)
        if table is not None:
            return table
        block = block.next()
    return None
