"""What the program sees to by itself once it has started: old versions and the bin."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.services.housekeeping import tidy
from samverkan_desktop.store.library import DraftSummary, Library
from ui.messages import sentence
from ui.workplace import Workplace

# Some time after the start, when nobody waits for anything, and then again and again.
FIRST_MS, AGAIN_MS = 20_000, 6 * 3600_000


class Housekeeping(QObject):
    """Tidies the library beside the window."""

    erased = Signal(object)  # the summaries of drafts that are gone for good
    failed = Signal(str)

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._timer = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._timer.timeout.connect(self.tidy)
        if workplace.library.can_write:
            self._timer.start()

    def stop(self) -> None:
        """Begin nothing more: the window is closing."""
        self._timer.stop()

    @Slot()
    def tidy(self) -> None:
        """Thin versions and empty the bin by their rules."""
        self._timer.start(AGAIN_MS)
        try:
            bin_days = self._workplace.settings().bin_days
        except SamverkanError as error:
            self.failed.emit(str(error))
            return
        library = self._workplace.library
        job = partial(_tidy, library.path, library.author, bin_days)
        self._workplace.runner.run(job, self._tell, lambda error: self.failed.emit(sentence(error)))

    def _tell(self, erased: tuple[DraftSummary, ...]) -> None:
        if erased:
            self.erased.emit(erased)


def bin_rule(days: int) -> str:
    """Return when what is in the bin is erased, as a sentence; nothing when it never is."""
    if days <= 0:
        return ""
    return f"Det som ligger här raderas för gott efter {days} {'dag' if days == 1 else 'dagar'}."


def _tidy(path: Path, author: str, bin_days: int, progress: Progress) -> tuple[DraftSummary, ...]:
    with Library.open(path, author=author) as library:
        return tidy(library, bin_days, datetime.now(UTC), progress)
