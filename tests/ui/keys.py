"""Typing on a keyboard with å, ä and ö: QTest's own keyClicks aborts at the first of them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Press and release a key for each character; a newline is the Enter key."""
    widget.setFocus()
    target = widget.focusProxy() or widget
    for char in text:
        key = Qt.Key.Key_Return if char == "\n" else Qt.Key(0)
        shown = "\r" if char == "\n" else char
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, shown)
            QApplication.sendEvent(target, event)
