"""What the window tells lastingly about the library: strips above everything else."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.messages import MessageStrip


class ActionStrip(MessageStrip):
    """A sentence with what can be done about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QPushButton] = []

    def offer(self, *offers: tuple[str, Callable[[], object]]) -> None:
        """Show a button for each offer, in place of those shown before."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(text, act) for text, act in offers]

    def _button(self, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(lambda _checked=False: act())
        row = self.layout()
        assert isinstance(row, QBoxLayout)
        row.setStretch(0, 1)  # the sentence takes what the buttons leave
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        button.show()
        return button


class Strips(QWidget):
    """A place for strips, each under a name of its own. It takes no room when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strips: dict[str, ActionStrip] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.hide()

    def tell(self, name: str, text: str, *offers: tuple[str, Callable[[], object]]) -> None:
        """Show a strip, or what it says now; it stays until `withdraw`."""
        strip = self._strips.get(name)
        if strip is None:
            strip = self._strips[name] = ActionStrip(self)
            strip.setObjectName(f"strip:{name}")
            self._column.addWidget(strip)
        strip.offer(*offers)
        self.show()
        strip.tell(text)

    def text(self, name: str) -> str:
        """Return what a strip says, or nothing."""
        strip = self._strips.get(name)
        return strip.text if strip is not None else ""

    @Slot(str)
    def withdraw(self, name: str) -> None:
        """Take a strip away."""
        strip = self._strips.pop(name, None)
        if strip is not None:
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(bool(self._strips))
