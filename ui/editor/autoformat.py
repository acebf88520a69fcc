"""What is typed as a list becomes one: "- ", "* " or "1. " at the beginning of a paragraph."""

from PySide6.QtGui import QTextCursor

from ui.editor import nesting, structure
from ui.editor.formats import Role, facts_of
from ui.editor.lines import Kind
from ui.editor.structure import one_undo_step

_SIGNS = {"-": Kind.BULLETS, "*": Kind.BULLETS, "•": Kind.BULLETS} | dict.fromkeys(
    ("1.", "1)"), Kind.NUMBERS
)


def list_kind(cursor: QTextCursor) -> Kind | None:
    """Return what list a space typed at the cursor begins."""
    at = cursor.positionInBlock()
    if at > 2 or cursor.hasSelection():
        return None
    block = cursor.block()
    kind = _SIGNS.get(block.text()[:at])
    facts = facts_of(block)
    plain = facts.role in (Role.TEXT, Role.FILLER) and not facts.level
    return kind if plain and not nesting.list_depth(facts.path) else None


def begin_list(cursor: QTextCursor, kind: Kind) -> None:
    """Turn the sign before the cursor into a list; one undo step, apart from the typing."""
    with one_undo_step(cursor):
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        structure.toggle_list(cursor, kind)
