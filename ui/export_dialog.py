"""The export dialog: asks what to write and where, writes it, and offers what was written."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QStackedWidget, QVBoxLayout, QWidget

from samverkan_desktop.domain.checks import Finding
from samverkan_desktop.domain.errors import JobCancelledError
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.services.exporting import Outputs
from ui import open_files
from ui.dialog_buttons import button_box
from ui.export_pages import ChoicePage, DonePage, RunPage
from ui.messages import MessageStrip, sentence
from ui.tasks import Task, TaskRunner
from ui.theme import MARGIN

# Writes files from values, in a thread, and returns which.
Write = Callable[[Outputs, Progress], tuple[Path, ...]]

WIDTH = 560


class ExportDialog(QDialog):
    """Stays until files are written, or the user gives up; a failure leads back to the choice."""

    exported = Signal(Path)  # the folder where files now are

    def __init__(
        self,
        write: Write,
        name: str,
        folder: Path,
        findings: Sequence[Finding],
        runner: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._write, self._runner = write, runner
        self._task: Task | None = None
        self._leaving = False
        self._verb = "E&xportera ändå" if findings else "E&xportera"
        self.setWindowTitle("Exportera")
        self.setMinimumWidth(WIDTH)
        self._strip = MessageStrip(self)
        self._choice = ChoicePage(name, folder, findings, self)
        self._running = RunPage(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._choice)
        self._pages.addWidget(self._running)
        self._buttons, self._accept = button_box(self, self._verb)
        self._cancel = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        column = QVBoxLayout(self)
        column.setSpacing(MARGIN)
        column.addWidget(self._strip)
        column.addWidget(self._pages, 1)
        column.addWidget(self._buttons)
        self._choice.changed.connect(self._check)
        self._check()
        self._choice.name.setFocus()

    def accept(self) -> None:
        """Write what is chosen; close when it has been written."""
        if self._pages.currentWidget() is not self._choice:
            super().accept()
        elif not self._choice.choice.problem:
            self._start()

    def reject(self) -> None:
        """Close, but let a writing that is going on stop first."""
        if self._task is None:
            super().reject()
            return
        self._leaving = True
        self._task.cancel()
        self._running.show_stopping()
        self._cancel.setEnabled(False)

    def _check(self) -> None:
        self._accept.setEnabled(not self._choice.choice.problem)

    def _start(self) -> None:
        choice = self._choice.choice
        outputs = Outputs(
            pdf=choice.pdf_file, docx=choice.word_file, carry_draft=choice.carries_draft
        )
        self._strip.tell("")
        self._running.begin(choice.files)
        self._pages.setCurrentWidget(self._running)
        self._accept.hide()
        self._cancel.setFocus()
        self._leaving = False
        self._task = self._runner.run(
            partial(self._write, outputs),
            self._finish,
            self._fail,
            self._running.show_progress,
        )

    def _finish(self, files: Sequence[Path]) -> None:
        """Offer the files: they are there, also if it was too late to stop."""
        self._task = None
        self.exported.emit(files[0].parent)
        done = DonePage(files, self)
        done.open_wanted.connect(self._open)
        done.folder_wanted.connect(self._show_in_folder)
        self._pages.addWidget(done)
        self._pages.setCurrentWidget(done)
        self._cancel.hide()
        self._accept.setText("&Stäng")
        self._accept.show()
        self._accept.setFocus()

    def _fail(self, error: Exception) -> None:
        self._task = None
        if self._leaving and isinstance(error, JobCancelledError):
            super().reject()
            return
        self._pages.setCurrentWidget(self._choice)
        self._accept.show()
        self._cancel.setEnabled(True)
        self._choice.name.setFocus()
        self._strip.tell(sentence(error))

    def _open(self, path: Path) -> None:
        if not open_files.open_file(path):
            self._strip.tell(f"Det finns inget program som öppnar {path.name}.")

    def _show_in_folder(self, path: Path) -> None:
        if not open_files.show_in_folder(path):
            self._strip.tell(f"Filhanteraren kunde inte öppnas. Filen ligger i {path.parent}.")
