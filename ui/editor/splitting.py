"""What Enter, Backspace and Delete do where a text document alone would do the wrong thing."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from ui.editor import structure
from ui.editor.arranging import previous_path
from ui.editor.document import LINE_BREAK
from ui.editor.formats import Facts, Role, block_format, char_format, facts_of, marks_of, table_at
from ui.editor.images import OBJECT, has_image
from ui.editor.lines import Path, new_id
from ui.editor.structure import arrange_at, begins_item, one_undo_step, put, tidy


def enter(cursor: QTextCursor) -> None:
    """Begin a new line as Enter does, in one undo step; the cursor is moved along."""
    with one_undo_step(cursor):
        if cursor.hasSelection():
            cursor.removeSelectedText()
            tidy(cursor)
        block = cursor.block()
        facts = facts_of(block)
        if table_at(block) is not None:
            cursor.insertText(LINE_BREAK)
        elif facts.role.is_caption or has_image(block):
            paragraph_beside(cursor)
        elif block.length() == 1 and facts.path:
            _leave(cursor, facts)
        else:
            _split(cursor, facts)
        arrange_at(cursor)


def paragraph_beside(cursor: QTextCursor) -> None:
    """Move to a new paragraph after an image or a caption; before, from the front of an image.

    From a table's caption, move to its first cell.
    """
    block = cursor.block()
    facts = facts_of(block)
    if facts.role is Role.TABLE_CAPTION:
        cursor.setPosition(block.next().position())
        return
    plain = block_format(Facts(facts.path, new_id()))
    if has_image(block) and cursor.atBlockStart():
        cursor.insertBlock(block.blockFormat())
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        cursor.setBlockFormat(plain)
        return
    after = block.next()
    if after.isValid() and facts_of(after).role is Role.IMAGE_CAPTION:
        cursor.setPosition(after.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertBlock(plain, QTextCharFormat())


def backspace(cursor: QTextCursor) -> bool:
    """Do what Backspace does at the beginning of a line; False: what it always does."""
    block = cursor.block()
    if cursor.hasSelection() or table_at(block) is not None:
        return False
    if not cursor.atBlockStart():
        return _is_image(cursor.position() - 1, cursor) and _join(cursor.deletePreviousChar, cursor)
    if begins_item(block) or _begins_quote(block):
        return structure.outdent(cursor)
    before = block.previous()
    if facts_of(block).level and (not before.isValid() or block.length() == 1):
        structure.set_level(cursor, 0)
        return True
    if _would_mix(before, block):
        return cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
    return _join(cursor.deletePreviousChar, cursor)


def delete(cursor: QTextCursor) -> bool:
    """Do what Delete does at the end of a line; False: what it always does."""
    block = cursor.block()
    if cursor.hasSelection() or table_at(block) is not None:
        return False
    if not cursor.atBlockEnd():
        return _is_image(cursor.position(), cursor) and _join(cursor.deleteChar, cursor)
    if _would_mix(block, block.next()):
        return cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    return _join(cursor.deleteChar, cursor)


def _join(remove: Callable[[], None], cursor: QTextCursor) -> bool:
    """Remove what is between two lines, and put right what is around; one undo step."""
    with one_undo_step(cursor):
        remove()
        tidy(cursor)
    return True


def _is_image(position: int, cursor: QTextCursor) -> bool:
    return cursor.document().characterAt(position) == OBJECT


def _would_mix(one: QTextBlock, other: QTextBlock) -> bool:
    """Whether joining two blocks would put text beside an image or into a caption."""
    if not one.isValid() or not other.isValid():
        return False
    if table_at(one) is not None or table_at(other) is not None:
        return True  # they can't be joined; the cursor shall move instead
    return one.length() > 1 and other.length() > 1 and (_is_special(one) or _is_special(other))


def _is_special(block: QTextBlock) -> bool:
    return facts_of(block).role.is_caption or has_image(block)


def _begins_quote(block: QTextBlock) -> bool:
    path = facts_of(block).path
    return bool(path) and not path[-1].is_list and previous_path(block)[: len(path)] != path


def _leave(cursor: QTextCursor, facts: Facts) -> None:
    """Make an empty line the next item, if it stands inside one; else move it out."""
    if facts.path[-1].is_list and not begins_item(cursor.block()):
        put(cursor.block(), replace(facts, path=_next_item(facts.path)))
    else:
        structure.outdent(cursor)


def _split(cursor: QTextCursor, facts: Facts) -> None:
    """Split a line in two. What follows inside a list item stays with the second."""
    block = cursor.block()
    first, second = facts, replace(facts, id=new_id(), role=Role.TEXT)
    if block.length() > 1 and cursor.atBlockStart():
        first, second = replace(second, level=0), first
    elif cursor.atBlockEnd():
        second = replace(second, level=0)
    if facts.path and facts.path[-1].is_list and begins_item(block):
        first = replace(first, path=_next_item(facts.path))
    marks = replace(marks_of(cursor.charFormat()), link=None)
    kept = QTextCharFormat() if facts.level else char_format(marks)
    cursor.insertBlock(block_format(second), kept)
    if first != facts:
        put(cursor.block().previous(), first)


def _next_item(path: Path) -> Path:
    return (*path[:-1], replace(path[-1], item=new_id()))
