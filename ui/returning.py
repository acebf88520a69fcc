"""Our Word file back: chosen in a menu or dropped on the window, and read into its draft."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.progress import Progress
from ui.messages import sentence
from ui.open_drafts import OpenDrafts
from ui.undo_bar import UndoBar
from ui.workplace import Workplace

if TYPE_CHECKING:
    from samverkan_desktop.services.returning import KeptBack, ReadBack

_FILTER = "Word-dokument (*.docx);;Alla filer (*)"


class Returning(QObject):
    """Reads a file beside the window, keeps what came back, and shows its draft."""

    def __init__(
        self,
        workplace: Workplace,
        drafts: OpenDrafts,
        undo_bar: UndoBar,
        show: Callable[[str], object],
        window: QWidget,
    ) -> None:
        super().__init__(drafts)
        self._workplace, self._drafts, self._undo_bar = workplace, drafts, undo_bar
        self._show, self._window = show, window

    @Slot()
    def choose(self) -> None:
        """Ask which file has come back."""
        dialog = QFileDialog(self._window, "Läs in granskat Word-dokument", "", _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read(self, path: Path) -> None:
        """Read a file that has come back."""
        self._undo_bar.tell(f"Läser in ”{path.name}”…")
        job = partial(_read, path, self._workplace)
        self._workplace.runner.run(job, self._keep, self._fail)

    def take(self, path: Path) -> bool:
        """Read a file if it is a Word file of ours; return whether it is."""
        from samverkan_desktop.services.returning import is_ours

        is_taken = path.suffix.lower() == ".docx" and is_ours(path)
        if is_taken:
            self.read(path)
        return is_taken

    def _keep(self, read: "ReadBack") -> None:
        from samverkan_desktop.services.returning import keep_back

        if not self._drafts.save_all():
            return
        try:
            kept = keep_back(self._workplace.library, read)
        except SamverkanError as error:
            self._undo_bar.tell(str(error))
            return
        self._show(kept.read.sent.id)
        self._undo_bar.tell(summary(kept))

    def _fail(self, error: Exception) -> None:
        self._undo_bar.tell(sentence(error))


def summary(kept: "KeptBack") -> str:
    """Return what came back in one or two sentences."""
    returned, added = kept.read.returned, kept.added
    new = "Ärendet har lagts till som det skickades. " if kept.is_new_draft else ""
    outside = len(returned.outside)
    elsewhere = f" {outside} av dem står utanför avsnitten." if outside else ""
    if added.suggestions or added.comments:
        return f"{new}{_counted(added.suggestions, added.comments)} är inlästa.{elsewhere}"
    if returned.is_untouched:
        return f"{new}Inget är ändrat i filen."
    return f"{new}Allt i filen är redan inläst."


def _counted(suggestions: int, comments: int) -> str:
    said = "1 kommentar" if comments == 1 else f"{comments} kommentarer"
    # what stands outside the sections is kept as comments too
    parts = ([f"{suggestions} förslag"] if suggestions else []) + ([said] if comments else [])
    return " och ".join(parts)


def _read(path: Path, workplace: Workplace, _progress: Progress) -> "ReadBack":
    from samverkan_desktop.services.returning import read_back

    return read_back(path, workplace.catalogue)
