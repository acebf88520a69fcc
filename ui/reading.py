"""A form that is only read: everything can be seen, selected and copied, nothing changed."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.buttons import SHOWS
from ui.draft_session import Change, DraftSession

REASON = "Biblioteket är öppet för läsning"

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)
_MOVES_ON = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_INPUT = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.Shortcut,
}


class ReadingSession(DraftSession):
    """The session of a draft that is only read: it keeps the value that it was given."""

    can_write = False

    def edit(self, change: Change) -> None:
        """Change nothing."""

    def edit_later(self, source: str, change: Change) -> None:
        """Change nothing."""


class ReadingCover(QObject):
    """Makes widgets say what they hold and take no more, without greying them out."""

    def cover(self, root: QWidget) -> None:
        """Cover a widget and all in it; those that are covered already stay so."""
        for widget in root.findChildren(QWidget):
            self._cover(widget)

    def _cover(self, widget: QWidget) -> None:
        match widget:
            case QLineEdit():
                widget.setReadOnly(True)
            case QTextEdit() | QPlainTextEdit():
                widget.setTextInteractionFlags(_SELECTABLE)
            case QCheckBox() | QComboBox():
                widget.setAccessibleDescription(REASON)
                widget.installEventFilter(self)
            case QAbstractButton() if not widget.property(SHOWS):
                widget.setEnabled(False)
                widget.setToolTip(REASON)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep what would change a value from a widget; moving on by Tab is left to it."""
        if isinstance(event, QKeyEvent):
            return event.key() not in _MOVES_ON
        return event.type() in _INPUT
