"""The question before what can't be undone, or changes everything."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def question(
    title: str, text: str, consequences: str, buttons: tuple[str, str], parent: QWidget
) -> QMessageBox:
    """Return a question, to be opened; `buttons` do it and leave it.

    It is accepted when the user wants it done. Enter and Escape leave it.
    """
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(consequences)
    do, leave = buttons
    box.addButton(do, QMessageBox.ButtonRole.AcceptRole)
    left = box.addButton(leave, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(left)
    box.setEscapeButton(left)
    return box
