"""The question about a damaged library, the mending, and the account of it, in one dialog."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain.account import Account
from samverkan_desktop.domain.errors import JobCancelledError, SamverkanError
from samverkan_desktop.domain.progress import Progress
from ui.tasks import Task, TaskRunner
from ui.theme import MARGIN

_WHAT_HAPPENS = (
    "Samverkan kan laga det. Allt som går att läsa förs över till ett nytt bibliotek, och det som "
    "saknas hämtas ur tidigare versioner och den senaste säkerhetskopian. Den skadade filen sparas "
    "bredvid, som den är."
)
_WIDTH = 520

Role = QDialogButtonBox.ButtonRole


class MendingDialog(QDialog):
    """Asks, mends and tells; accepted when the library has been mended and may be opened."""

    def __init__(
        self, path: Path, mend: Callable[[Progress], Account], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Biblioteket är skadat")
        self.setMinimumWidth(_WIDTH)
        self._mend = mend
        self._runner = TaskRunner(self)
        self._task: Task | None = None
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setText(f"Biblioteket är skadat:\n{path}\n\n{_WHAT_HAPPENS}")
        self._bar = QProgressBar(self, maximum=100)
        self._bar.setAccessibleName("Hur långt lagningen har kommit")
        self._told = QPlainTextEdit(self, readOnly=True, tabChangesFocus=True)
        self._told.setAccessibleName("Vad som har hänt med dina ärenden")
        self._told.setMinimumHeight(220)
        self._begin = QPushButton("&Laga", self)
        self._leave = QPushButton("&Avsluta", self)
        self._stop = QPushButton("A&vbryt lagningen", self)
        self._open = QPushButton("&Öppna biblioteket", self)
        self._buttons = QDialogButtonBox(self)
        for button, role in (
            (self._begin, Role.ActionRole),
            (self._open, Role.AcceptRole),
            (self._stop, Role.ActionRole),
            (self._leave, Role.RejectRole),
        ):
            self._buttons.addButton(button, role)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._begin.clicked.connect(self.begin)
        self._stop.clicked.connect(self._cancel)
        column = QVBoxLayout(self)
        column.setSpacing(MARGIN)
        for widget in (self._text, self._bar, self._told, self._buttons):
            column.addWidget(widget)
        self._show_middle(None)
        self._show(self._begin, self._leave)

    @Slot()
    def begin(self) -> None:
        """Start mending; the dialog shows how far it has come."""
        self._text.setText("Biblioteket lagas. Det kan ta några minuter.")
        self._bar.setValue(0)
        self._show_middle(self._bar)
        self._show(self._stop)
        self._task = self._runner.run(self._mend, self._tell, self._tell_failure, self._progress)

    def done(self, result: int) -> None:
        """Close once the thread has ended; until then the file may be being renamed."""
        self._runner.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Let a mending that has begun be stopped by its button alone."""
        if self._task is None:
            super().closeEvent(event)
        else:
            event.ignore()

    def reject(self) -> None:
        """Leave, unless the library is being mended."""
        if self._task is None:
            super().reject()

    @Slot()
    def _cancel(self) -> None:
        if self._task is not None:
            self._stop.setEnabled(False)
            self._task.cancel()

    def _progress(self, done: int, total: int) -> None:
        self._bar.setValue(done * 100 // max(total, 1))

    def _tell(self, account: Account) -> None:
        self._task = None
        self.setWindowTitle("Biblioteket är lagat")
        first, *rest = account.sentences()
        self._text.setText(first)
        self._told.setPlainText("\n\n".join(rest))
        self._show_middle(self._told)
        self._show(self._open, self._leave)

    def _tell_failure(self, error: Exception) -> None:
        self._task = None
        self._show_middle(None)
        if isinstance(error, JobCancelledError):
            self._text.setText(
                f"Lagningen avbröts. Den skadade filen är som den var.\n\n{_WHAT_HAPPENS}"
            )
        elif isinstance(error, SamverkanError):
            self._text.setText(str(error))
        else:
            self._text.setText("Ett oväntat fel inträffade. Den skadade filen är som den var.")
        self._show(self._begin, self._leave)

    def _show_middle(self, shown: QWidget | None) -> None:
        for widget in (self._bar, self._told):
            widget.setVisible(widget is shown)
        self.adjustSize()

    def _show(self, *buttons: QPushButton) -> None:
        """Offer these buttons; the first is what Enter presses."""
        for button in (self._begin, self._open, self._stop, self._leave):
            button.setVisible(button in buttons)
            button.setEnabled(True)
        buttons[0].setDefault(True)
        buttons[0].setFocus()
