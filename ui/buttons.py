"""Small flat buttons, all made alike."""

from PySide6.QtWidgets import QMenu, QToolButton, QWidget


def tool_button(text: str, name: str = "", parent: QWidget | None = None) -> QToolButton:
    """Return a flat button; `name` is what a screen reader says, when it is more than the text."""
    button = QToolButton(parent)
    button.setText(text)
    button.setAutoRaise(True)
    button.setAccessibleName(name or text)
    return button


def toggle_button(text: str, name: str = "", parent: QWidget | None = None) -> QToolButton:
    """Return a flat button that stays down until it is pressed again."""
    button = tool_button(text, name, parent)
    button.setCheckable(True)
    return button


def menu_button(text: str, parent: QWidget | None = None) -> tuple[QToolButton, QMenu]:
    """Return a flat button and the menu that it opens."""
    button = tool_button(text, parent=parent)
    menu = QMenu(button)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    return button, menu
