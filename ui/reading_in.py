"""Old documents in: chosen in the menu or dropped on the window, shown, and kept if wanted."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import JobCancelledError, SamverkanError
from samverkan_desktop.domain.progress import Progress
from ui.dropped_documents import dropped_documents
from ui.messages import sentence
from ui.open_drafts import OpenDrafts
from ui.undo_bar import UndoBar
from ui.workplace import Workplace

if TYPE_CHECKING:
    from samverkan_desktop.services.importing import ReadResult
    from ui.reading_dialog import ReadingDialog

_FILTER = "Dokument (*.docx *.pdf *.txt *.md *.doc);;Ärenden (*.json);;Alla filer (*)"


class ReadingIn(QObject):
    """Reads files beside the window, one at a time, and shows what came of each."""

    def __init__(
        self,
        workplace: Workplace,
        drafts: OpenDrafts,
        undo_bar: UndoBar,
        show: Callable[[Draft], object],
        take: Callable[[Path], bool],
        window: QWidget,
    ) -> None:
        super().__init__(drafts)
        self._workplace, self._drafts, self._undo_bar = workplace, drafts, undo_bar
        self._show, self._take, self._window = show, take, window
        self._waiting: list[Path] = []
        self._busy = False
        self._dialog: ReadingDialog | None = None  # the one that is open
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @Slot()
    def choose(self) -> None:
        """Ask which documents to read in."""
        dialog = QFileDialog(self._window, "Läs in dokument", "", _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.read([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read(self, paths: Sequence[Path]) -> None:
        """Read documents, and ask about each before it is kept; `take` may take some first."""
        self._waiting += [path for path in paths if not self._take(path)]
        self._next()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take documents that are dropped on the window."""
        if isinstance(event, QDropEvent) and (paths := dropped_documents(event.mimeData())):
            event.acceptProposedAction()
            if event.type() is QEvent.Type.Drop:
                self.read(paths)
            return True
        return False

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        path = self._waiting.pop(0)
        self._undo_bar.tell(f"Läser in ”{path.name}”…")
        job = partial(_read, path, self._workplace)
        self._workplace.runner.run(job, partial(self._ask, path), self._fail)

    def _ask(self, path: Path, read: "ReadResult") -> None:
        from ui.reading_dialog import ReadingDialog

        self._undo_bar.hide()
        dialog = ReadingDialog(path.name, read, self._workplace.catalogue, self._window)
        self._dialog = dialog
        dialog.accepted.connect(lambda: self._keep(dialog.read))
        dialog.template_chosen.connect(partial(self._change, dialog))
        dialog.finished.connect(self._go_on)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _change(self, dialog: "ReadingDialog", template: str) -> None:
        """Show what was read in another template."""

        def show(read: "ReadResult") -> None:
            if dialog is self._dialog:  # the user may have closed it meanwhile
                dialog.show_read(read)

        def tell(error: Exception) -> None:
            if dialog is self._dialog:
                dialog.show_failure(sentence(error))

        job = partial(_in_template, dialog.read, template, self._workplace)
        self._workplace.runner.run(job, show, tell)

    def _keep(self, read: "ReadResult") -> None:
        from samverkan_desktop.services.importing import keep_read

        if not self._drafts.save_all():
            return
        try:
            draft = keep_read(self._workplace.library, read)
        except SamverkanError as error:
            self._undo_bar.tell(str(error))
            return
        self._show(draft)

    def _fail(self, error: Exception) -> None:
        self._undo_bar.hide()
        if not isinstance(error, JobCancelledError):
            self._undo_bar.tell(sentence(error))
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        self._busy, self._dialog = False, None
        self._next()


def _read(path: Path, workplace: Workplace, progress: Progress) -> "ReadResult":
    from samverkan_desktop.services.importing import read_document

    return read_document(path, workplace.catalogue, workplace.folders, progress)


def _in_template(
    read: "ReadResult", template: str, workplace: Workplace, _progress: Progress
) -> "ReadResult":
    from samverkan_desktop.services.importing import with_template

    return with_template(read, template, workplace.catalogue, workplace.folders)
