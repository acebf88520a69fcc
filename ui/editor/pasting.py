"""Putting blocks from elsewhere where the cursor is. One undo step each."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextTable

from samverkan_desktop.domain.text import (
    Blocks,
    Heading,
    Image,
    Paragraph,
    Span,
    Spans,
    Table,
    block_spans,
    normal_spans,
    spans,
    walk,
    with_ids,
)
from ui.editor import splitting, tables
from ui.editor.arranging import arrange
from ui.editor.document import LineWriter, insert_spans
from ui.editor.formats import Facts, block_format, facts_of
from ui.editor.images import has_image
from ui.editor.lines import Line, Path, flatten, new_id, normalised
from ui.editor.structure import one_undo_step, tidy


def plain_blocks(text: str) -> Blocks:
    """Return plain text as paragraphs, one for each line that is not blank."""
    return tuple(Paragraph(spans(line)) for line in text.splitlines() if line.strip())


def insert_blocks(cursor: QTextCursor, blocks: Blocks) -> None:
    """Replace the selection with blocks, in the way that suits the place.

    One paragraph goes into the text as it stands. In a list, paragraphs become items; in a table,
    rows become rows and everything else text.
    """
    blocks = _with_new_ids(blocks)
    lines = list(flatten(blocks))
    with one_undo_step(cursor):
        if cursor.hasSelection():
            cursor.removeSelectedText()
            tidy(cursor)
        table: QTextTable | None = cursor.currentTable()
        if table is not None:
            _into_table(cursor, table, blocks)
        elif facts_of(cursor.block()).role.is_caption:
            insert_spans(cursor, in_one_line(blocks))
        elif len(lines) == 1 and isinstance(lines[0].block, Paragraph):
            if has_image(cursor.block()):
                splitting.paragraph_beside(cursor)
            insert_spans(cursor, lines[0].block.spans)
        elif lines:
            _insert_lines(cursor, lines)
        tidy(cursor)


def in_one_line(blocks: Blocks) -> Spans:
    """Return all text of the blocks as one; blocks and cells are separated by line breaks."""
    out: list[Span] = []
    for block in walk(blocks):
        pieces = [piece for piece in block_spans(block) if piece]
        if isinstance(block, Image):
            pieces.insert(0, spans(block.alt))
        for piece in pieces:
            out += [Span("\n")] if out else []
            out += piece
    return normal_spans(out)


def _with_new_ids(blocks: Blocks) -> Blocks:
    clean = normalised(blocks)
    return with_ids(clean, new_id, {block.id for block in walk(clean)})


def _insert_lines(cursor: QTextCursor, lines: list[Line]) -> None:
    if has_image(cursor.block()):
        splitting.paragraph_beside(cursor)
    start = cursor.block().position()
    facts = facts_of(cursor.block())
    lines = _relocated(lines, facts.path)
    first = lines[0].block
    if not cursor.atBlockStart() and isinstance(first, Paragraph):
        insert_spans(cursor, first.spans)
        del lines[0]
    has_tail = not cursor.atBlockEnd()
    if has_tail:
        cursor.insertBlock(block_format(replace(facts, id=new_id())), QTextCharFormat())
        cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
    if lines:
        _write(cursor, lines, has_tail=has_tail)
    elif has_tail:
        cursor.deleteChar()
    arrange(cursor.document().findBlock(start), cursor.block())


def _write(cursor: QTextCursor, lines: Sequence[Line], *, has_tail: bool) -> None:
    if cursor.block().length() > 1:
        cursor.insertBlock(block_format(Facts()), QTextCharFormat())
    LineWriter(cursor).write(lines)
    last = lines[-1].block
    after_table = isinstance(last, Table) and _can_join(cursor.block().next())
    if after_table or (has_tail and isinstance(last, Paragraph)):
        cursor.deleteChar()


def _can_join(block: QTextBlock) -> bool:
    return block.isValid() and not facts_of(block).role.in_table


def _relocated(lines: Sequence[Line], base: Path) -> list[Line]:
    """Return the lines as they stand inside `base`; a list that they are joins the one there."""
    if not base or not base[-1].is_list:
        return [Line(base + line.path, line.block) for line in lines]
    outer, around = base[:-1], base[-1]
    out: list[Line] = []
    for line in lines:
        rest, block = line
        if rest and rest[0].is_list:
            around, rest = replace(around, item=rest[0].item), rest[1:]
        elif not rest and isinstance(block, Paragraph | Heading):
            around, block = replace(around, item=new_id()), Paragraph(block.spans, block.id)
        out.append(Line((*outer, around, *rest), block))
    return out


def _into_table(cursor: QTextCursor, table: QTextTable, blocks: Blocks) -> None:
    match blocks:
        case (Table() as pasted,):
            _add_rows(cursor, table, (pasted.header, *pasted.rows))
        case _:
            insert_spans(cursor, in_one_line(blocks))


def _add_rows(cursor: QTextCursor, table: QTextTable, rows: Sequence[tuple[Spans, ...]]) -> None:
    """Put rows below that of the cursor, or from it on if it is empty; nothing is overwritten."""
    missing = len(rows[0]) - table.columns()
    if missing > 0:
        tables.add_columns(table, table.columns(), missing)
    at = table.cellAt(cursor).row()
    filled = 0 if _is_empty_row(table, at) else 1
    new = len(rows) - 1 + filled
    if new:
        tables.add_rows(table, at + 1, new)
    for r, row in enumerate(rows, start=at + filled):
        for c, parts in enumerate(row):
            cursor.setPosition(table.cellAt(r, c).firstPosition())
            insert_spans(cursor, parts)


def _is_empty_row(table: QTextTable, row: int) -> bool:
    cells = (table.cellAt(row, column) for column in range(table.columns()))
    return all(cell.firstPosition() == cell.lastPosition() for cell in cells)
