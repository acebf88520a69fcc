"""The question before a draft is erased: what follows can't be undone."""

from PySide6.QtWidgets import QMessageBox, QWidget

from ui.questions import question


def erasing_question(title: str, parent: QWidget) -> QMessageBox:
    """Return the question, to be opened; it is accepted when the draft is to be erased."""
    box = question(
        "Radera för gott",
        f"Ska ”{title}” raderas för gott?",
        "Texten, bilagorna och alla versioner försvinner ur biblioteket. Det går inte att ångra. "
        "I säkerhetskopior finns ärendet kvar tills de byts ut.",
        ("Radera för gott", "Behåll"),
        parent,
    )
    box.setIcon(QMessageBox.Icon.Warning)
    return box
