"""A quiet line at the foot of the window: what happened, and a way to take it back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from ui.draft_view import application

SHOWN_MS = 12_000


class UndoBar(QFrame):
    """Says what happened; "Ångra" takes it back. It goes by itself after a while."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo: Callable[[], object] | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._text = QLabel(self, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._button = QPushButton("Ångra", self)
        self._button.setObjectName("undo")
        self._button.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """Return what is told now, or nothing."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show what happened, with "Ångra" when it can be taken back."""
        application().removeEventFilter(self)
        self._undo = undo
        self._text.setText(text)
        self._button.setVisible(undo is not None)
        self.show()
        self._timer.start()

    def offer(self, text: str, undo: Callable[[], object]) -> None:
        """Show what has just been taken out of what is shown: Ctrl+Z takes it back, too.

        The one who offers hides the line as soon as something else has been done.
        """
        self.tell(text, undo)
        application().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the key take back what was last done; a text field would undo something older."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if not event.matches(QKeySequence.StandardKey.Undo):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            self._take_back()
        return True

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Give the key back."""
        application().removeEventFilter(self)
        super().hideEvent(event)

    @Slot()
    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()
