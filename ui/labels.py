"""Labels of the few kinds that the window uses."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget


def quiet_label(text: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label that says something less important than its neighbours."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def embolden(widget: QWidget, scale: float = 1.0) -> None:
    """Set a widget's text in bold, and larger by `scale`."""
    font = widget.font()
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * scale)
    widget.setFont(font)
