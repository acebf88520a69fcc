"""Keeps the window's keys for the window: on X11 a text field would take Ctrl+E for itself."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget


class ShortcutGuard(QObject):
    """Watches the widget that has the focus, and only that one.

    Before it tries a shortcut Qt asks the focused widget whether it wants the key
    (ShortcutOverride).
    Text fields say yes to the keys of their platform; we say no for the window's own commands.
    """

    def __init__(self, app: QApplication, keys: Iterable[QKeySequence], parent: QObject) -> None:
        super().__init__(parent)
        self._keys = {key.toString() for key in keys if not key.isEmpty()}
        app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Refuse the question for our own keys; everything else goes its way."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        ours = QKeySequence(event.keyCombination()).toString() in self._keys
        if ours:
            event.ignore()
        return ours
