"""A clear mark on the widget that has the keyboard, for the style that hardly shows it."""

from PySide6.QtCore import QObject, QRectF, Qt
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
    """Draws a ring around the focused widget.

    Text inputs always have it; others when the focus came by key, as in a web browser.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame = _Frame()
        app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._frame):  # it was a child of a window that is gone
            self._frame = _Frame()
        marked = now if now is not None and _wants_ring(now) else None
        self._frame.setWidget(marked)  # type: ignore[arg-type]  # the stub lacks Qt's None


class _Frame(QFocusFrame):
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().accent(), _WIDTH))
        inset = _WIDTH / 2
        ring = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(ring, 3, 3)


def _wants_ring(widget: QWidget) -> bool:
    if widget.isWindow() or widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
        return False
    by_key = widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    return by_key or isinstance(widget, _TEXT_INPUTS)
