"""The editor's keys. Tab moves the focus, except where Word's users expect a list or a table."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from ui.editor import autoformat, marking, splitting, structure, tables
from ui.editor.commands import Commands
from ui.editor.formats import Property, char_format, marks_of, table_at
from ui.editor.images import has_image

_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Keys:
    """What the keys do in one editor; what isn't here a text edit does itself."""

    def __init__(self, editor: QTextEdit, commands: Commands) -> None:
        self._editor, self._commands = editor, commands
        self._actions: dict[QKeyCombination, Callable[[], bool | None]] = {
            QKeyCombination(_CTRL, Qt.Key.Key_B): commands.toggle_bold,
            QKeyCombination(_CTRL, Qt.Key.Key_I): commands.toggle_italic,
            QKeyCombination(_CTRL, Qt.Key.Key_K): commands.edit_link,
            QKeyCombination(_CTRL, Qt.Key.Key_U): lambda: True,  # there is no underlining
            QKeyCombination(_CTRL | _SHIFT, Qt.Key.Key_V): commands.paste_plain,
            QKeyCombination(_ALT | _SHIFT, Qt.Key.Key_Right): commands.indent,
            QKeyCombination(_ALT | _SHIFT, Qt.Key.Key_Left): commands.outdent,
            QKeyCombination(Qt.Key.Key_F8): commands.next_placeholder,
            QKeyCombination(Qt.Key.Key_Return): self._enter,
            QKeyCombination(Qt.KeyboardModifier.KeypadModifier, Qt.Key.Key_Enter): self._enter,
            QKeyCombination(Qt.Key.Key_Backspace): lambda: self._at_edge(splitting.backspace),
            QKeyCombination(Qt.Key.Key_Delete): lambda: self._at_edge(splitting.delete),
        }

    def is_own(self, event: QKeyEvent) -> bool:
        """Whether a key is the editor's, so that no shortcut of the window takes it."""
        return event.keyCombination() in self._actions

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does; False when that is left to the text edit."""
        action = self._actions.get(event.keyCombination())
        if action is not None:
            return action() is not False
        text = event.text()
        if text and text.isprintable() and not event.modifiers() & (_CTRL | _ALT):
            return self._type(text)
        return False

    def tab(self, *, forward: bool) -> bool:
        """Do what Tab does in a list or table; False when it is to move the focus."""
        cursor = self._editor.textCursor()
        table = table_at(cursor.block())
        if table is not None:
            moved = True
            if forward:
                tables.next_cell(cursor, table)
            else:
                moved = tables.previous_cell(cursor, table)
        elif cursor.atBlockStart() and structure.begins_item(cursor.block()):
            moved = self._change_level(cursor, forward=forward)
        else:
            return False
        self._editor.setTextCursor(cursor)
        return moved

    def before_input(self) -> None:
        """Make sure that what is typed now lands neither in a link that ends nor in an image."""
        cursor = self._editor.textCursor()
        if has_image(cursor.block()) and not cursor.hasSelection():
            splitting.paragraph_beside(cursor)
            self._editor.setTextCursor(cursor)
        now = self._editor.currentCharFormat()
        if now.hasProperty(Property.FILE):
            self._editor.setCurrentCharFormat(char_format(marks_of(now)))
        elif now.hasProperty(Property.LINK) and marking.leaves_link(cursor):
            marks = replace(marks_of(now), link=None)
            self._editor.setCurrentCharFormat(char_format(marks))

    def _type(self, text: str) -> bool:
        self.before_input()
        cursor = self._editor.textCursor()
        if text == " ":
            kind = autoformat.list_kind(cursor)
            if kind is not None:
                cursor.insertText(text)
                autoformat.begin_list(cursor, kind)
                self._editor.setTextCursor(cursor)
                return True
        elif self._begins_word(cursor):
            # A step of its own, so that undo takes back a word and not the whole paragraph.
            with structure.one_undo_step(cursor):
                cursor.insertText(text, self._editor.currentCharFormat())
            self._editor.setTextCursor(cursor)
            return True
        return False

    def _begins_word(self, cursor: QTextCursor) -> bool:
        if cursor.hasSelection() or self._editor.overwriteMode():
            return False
        return cursor.document().characterAt(cursor.position() - 1) == " "

    def _enter(self) -> None:
        cursor = self._editor.textCursor()
        splitting.enter(cursor)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()

    def _at_edge(self, action: Callable[[QTextCursor], bool]) -> bool:
        cursor = self._editor.textCursor()
        done = action(cursor)
        if done:
            self._editor.setTextCursor(cursor)
        return done

    def _change_level(self, cursor: QTextCursor, *, forward: bool) -> bool:
        """Move an item in or out; at the outermost level Shift+Tab is left to the focus."""
        if forward:
            return structure.indent(cursor)
        return structure.is_nested(cursor.block()) and structure.outdent(cursor)
