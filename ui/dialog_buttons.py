"""The row of buttons at the foot of a dialog."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton

_Button = QDialogButtonBox.StandardButton


def button_box(dialog: QDialog, accept: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Return buttons that accept and reject a dialog, and the one that accepts."""
    box = QDialogButtonBox(_Button.Cancel, dialog)
    button = box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
    button.setDefault(True)
    for each in (button, box.button(_Button.Cancel)):
        each.setIcon(QIcon())  # Fusion's own pictures are from another time
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box, button
