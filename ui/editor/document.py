"""Rich text into a text document."""

from collections.abc import Iterable

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument

from samverkan_desktop.domain.text import Blocks, Heading, Image, Paragraph, Spans, Table
from ui.editor.arranging import arrange
from ui.editor.formats import (
    Facts,
    Role,
    block_format,
    cell_format,
    char_format,
    exact,
    table_format,
)
from ui.editor.images import image_format
from ui.editor.lines import Line, Path, clean_text, flatten, new_id, normalised

LINE_BREAK = "\N{LINE SEPARATOR}"


def fill(document: QTextDocument, blocks: Blocks) -> None:
    """Make a document hold these blocks and nothing else; its undo steps are forgotten."""
    undo = document.isUndoRedoEnabled()
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(block_format(Facts(id=new_id(), role=Role.FILLER)))
    LineWriter(cursor).write(flatten(normalised(blocks)))
    arrange(document.firstBlock(), document.lastBlock())
    cursor.endEditBlock()
    document.setUndoRedoEnabled(undo)


def insert_spans(cursor: QTextCursor, parts: Spans) -> None:
    """Insert text with its marks."""
    for span in parts:
        text = clean_text(span.text).replace("\n", LINE_BREAK)
        cursor.insertText(exact(text), char_format(span))


class LineWriter:
    """Writes lines at a cursor, each in a block of its own.

    The cursor must stand in an empty block, which the first line takes (`cursor` is moved along).
    """

    def __init__(self, cursor: QTextCursor) -> None:
        self._cursor = cursor
        self._free = True  # the block at the cursor is empty and there to be taken

    def write(self, lines: Iterable[Line]) -> None:
        """Write lines; a block that is left over after a table is kept as a filler."""
        for path, block in lines:
            match block:
                case Paragraph():
                    self._text(Facts(path, block.id), block.spans)
                case Heading():
                    self._text(Facts(path, block.id, level=block.level), block.spans)
                case Image():
                    self._image(path, block)
                case Table():
                    self._table(path, block)

    def _start(self, facts: Facts) -> None:
        made = block_format(facts)
        if self._free:
            self._cursor.setBlockFormat(made)
            self._cursor.setBlockCharFormat(QTextCharFormat())
        else:
            self._cursor.insertBlock(made, QTextCharFormat())
        self._free = False

    def _text(self, facts: Facts, parts: Spans) -> None:
        self._start(facts)
        insert_spans(self._cursor, parts)

    def _image(self, path: Path, image: Image) -> None:
        self._start(Facts(path, new_id()))
        self._cursor.insertImage(image_format(image))
        if image.caption:
            self._text(Facts(path, new_id(), Role.IMAGE_CAPTION), image.caption)

    def _table(self, path: Path, table: Table) -> None:
        if table.caption:
            self._text(Facts(path, new_id(), Role.TABLE_CAPTION), table.caption)
        elif self._free:
            self._start(Facts(path, new_id(), Role.FILLER))
        insert_table(self._cursor, path, table)
        self._start_after_table()

    def _start_after_table(self) -> None:
        """Take the block that Qt has put after a table, for the next line if there is one."""
        self._cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        self._free = True
        self._cursor.setBlockFormat(block_format(Facts(id=new_id(), role=Role.FILLER)))
        self._cursor.setBlockCharFormat(QTextCharFormat())


def insert_table(cursor: QTextCursor, path: Path, table: Table) -> None:
    """Insert a table, without its caption, after the cursor's block; leave the cursor in it."""
    rows = (table.header, *table.rows)
    made = cursor.insertTable(len(rows), len(table.header), table_format(table.id, len(path)))
    for r, row in enumerate(rows):
        role = Role.CELL if r else Role.HEADER_CELL
        for c, parts in enumerate(row):
            cell = made.cellAt(r, c)
            cell.setFormat(cell_format(role))
            inside = cell.firstCursorPosition()
            facts = Facts(path, role=role, align=table.column(c).align)
            inside.setBlockFormat(block_format(facts))
            insert_spans(inside, parts)
    cursor.setPosition(made.lastPosition())
