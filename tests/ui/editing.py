"""Editing as a user does it, and looking at what came of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from samverkan_desktop.codec.markdown import read_blocks
from tests.outline import outline

NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Files:
    """Keeps files in memory."""

    def __init__(self):
        self.kept = {}

    def add(self, name, data):
        self.kept[name] = data
        return name

    def data(self, name):
        return self.kept[name]


def fill(editor, markdown):
    editor.set_content(read_blocks(markdown))


def press(editor, *keys):
    for pressed in keys:
        key, modifiers = pressed if isinstance(pressed, tuple) else (pressed, NONE)
        QTest.keyClick(editor, key, modifiers)


def text_of(editor):
    return outline(editor.content())


def go_to(editor, text, *, after=False):
    """Put the cursor before (or after) the first place where a text stands."""
    found = editor.document().find(text)
    assert not found.isNull(), text
    cursor = editor.textCursor()
    cursor.setPosition(found.selectionEnd() if after else found.selectionStart())
    editor.setTextCursor(cursor)


def select(editor, first, last):
    go_to(editor, first)
    cursor = editor.textCursor()
    end = editor.document().find(last).selectionEnd()
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
