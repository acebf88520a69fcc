"""What is told in the window without stopping anyone: a strip with a sentence."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from samverkan_desktop.domain.errors import SamverkanError
from ui.theme import GAP, TIGHT, is_dark

# Ground and text, at least 4.5:1 (WCAG 2.1, 1.4.3)
_LIGHT, _DARK = ("#fff4ce", "#1c1c1c"), ("#433a1c", "#f3ecd8")


def sentence(error: Exception) -> str:
    """Return what a user is told about a failure; the log has the details of a bug."""
    if isinstance(error, SamverkanError):
        return str(error)
    return "Något gick fel i programmet. Det du har skrivit påverkas inte."


class MessageStrip(QFrame):
    """A calm strip over or under something that went wrong. Hidden when there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._label.setObjectName("message")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        row.addWidget(self._label)
        self.setAutoFillBackground(True)
        self._colour()
        self.hide()

    @property
    def text(self) -> str:
        """Return what is told now, or nothing."""
        return "" if self.isHidden() else self._label.text()

    def tell(self, text: str) -> None:
        """Show a sentence, and have a screen reader say it; nothing hides the strip."""
        if not text:
            self.hide()
        elif text != self.text:
            self._label.setText(text)
            self.setAccessibleName(text)
            self.show()
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow light and dark."""
        if event.type() is QEvent.Type.PaletteChange:
            self._colour()
        super().changeEvent(event)

    def _colour(self) -> None:
        parent = self.parentWidget()
        around = parent.palette() if parent else QPalette()
        ground, text = map(QColor, _DARK if is_dark(around) else _LIGHT)
        own = self.palette()
        if own.color(QPalette.ColorRole.Window) != ground:
            own.setColor(QPalette.ColorRole.Window, ground)
            own.setColor(QPalette.ColorRole.WindowText, text)
            self.setPalette(own)
