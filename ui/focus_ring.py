"""A clear mark on the widget that has the keyboard, for the style that hardly shows it."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

_TEXT_INPUTS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_WIDTH = 2.0


class FocusRing(QObject):
    """Draws a ring just inside the focused widget's edge, where nothing around it can cover it.

    Text inputs always have it; others when the focus came by key, as in a web browser.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame = _Frame()
        self._widget: QWidget | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._widget is not None and isValid(self._widget):
            self._widget.removeEventFilter(self)
        self._widget = now if now is not None and _wants_ring(now) else None
        if not isValid(self._frame):  # it went with the widget that it was on
            self._frame = _Frame()
        self._frame.setParent(self._widget)
        if self._widget is not None:
            self._widget.installEventFilter(self)
            self._frame.setGeometry(self._widget.rect())
            self._frame.raise_()
            self._frame.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the widget's size."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self._frame.setGeometry(watched.rect())
        return False


class _Frame(QFocusFrame):
    """The ring: Qt's own kind of widget for this, which screen readers and clicks pass by."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().accent(), _WIDTH))
        inset = _WIDTH / 2
        ring = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(ring, 2, 2)


def _wants_ring(widget: QWidget) -> bool:
    if widget.isWindow() or widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
        return False
    by_key = widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    return by_key or isinstance(widget, _TEXT_INPUTS)
