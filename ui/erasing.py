"""The question before a draft is erased: what follows can't be undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def erasing_question(title: str, parent: QWidget) -> QMessageBox:
    """Return the question, to be opened; it is accepted when the draft is to be erased."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Radera för gott")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Ska ”{title}” raderas för gott?")
    box.setInformativeText(
        "Texten, bilagorna och alla versioner försvinner ur biblioteket. Det går inte att ångra. "
        "I säkerhetskopior finns ärendet kvar tills de byts ut."
    )
    box.addButton("Radera för gott", QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton("Behåll", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    return box
