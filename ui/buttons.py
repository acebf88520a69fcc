"""Small flat buttons, all made alike."""

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ui.icons import icon

# A property of buttons that change nothing but what is seen: they work in a form that is only read.
SHOWS = "only-shows"


class IconButton(QToolButton):
    """A flat button with a drawing; `name` is its tooltip and what a screen reader says."""

    def __init__(
        self, drawing: str, name: str, resources: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._drawing, self._resources = drawing, resources
        self.setAutoRaise(True)
        self.set_name(name)
        self._draw()

    def set_name(self, name: str) -> None:
        """Say what the button does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def open_menu(self) -> QMenu:
        """Make pressing the button open a menu, and return that menu."""
        menu = QMenu(self)
        self.clicked.connect(lambda: menu.popup(self.mapToGlobal(self.rect().bottomLeft())))
        return menu

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow light and dark."""
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self.setIcon(icon(self._drawing, self._resources, self.palette()))


def flat_button(text: str, parent: QWidget | None = None) -> QToolButton:
    """Return a flat button with a text, or one to put an arrow on."""
    button = QToolButton(parent)
    button.setText(text)
    button.setAutoRaise(True)
    return button
