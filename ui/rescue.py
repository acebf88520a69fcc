"""What is written can always be kept somewhere: a draft as a file of its own."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.services.exporting import suggested_name
from samverkan_desktop.services.writing import write_json


def save_as_file(draft: Draft, parent: QWidget) -> str:
    """Ask where, write the draft there as draft.json, and return what became of it, in Swedish."""
    suggestion = str(Path.home() / f"{suggested_name(draft)}.json")
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Spara ärendet i en fil", suggestion, "Ärenden (*.json)"
    )
    if not chosen:
        return ""
    try:
        write_json(draft, Path(chosen))
    except SamverkanError as error:
        return str(error)
    return f"Ärendet finns också i {chosen}. Öppna filen med Samverkan för att få tillbaka det."
