"""Backups that make themselves: soon after the start, and each hour if one is due."""

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from samverkan_desktop.domain.backup import Backup, Drill, Occasion
from samverkan_desktop.domain.errors import JobCancelledError, SamverkanError
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.services import backing_up
from samverkan_desktop.services.backing_up import Place, Upkeep
from ui.history_panel import day_name
from ui.messages import sentence
from ui.tasks import TaskRunner
from ui.workplace import Workplace

# Some time after the start, when nobody waits for anything, and then again and again.
FIRST_MS, AGAIN_MS = 10_000, 3600_000

# Seconds that a job leaves to the window's own thread after each step, such as a draft read.
_TURN = 0.003


class BackupKeeper(QObject):
    """Has the library backed up and tried out, beside the window."""

    stated = Signal(str)  # how it stands, in a few words
    failed = Signal(str)  # a sentence; each one is told once, until all is well again
    checked = Signal()  # what was due is done: the list of backups may be another

    def __init__(self, workplace: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self.runner = TaskRunner(workplace.runner)  # its own: a long copy keeps nobody waiting
        self.drill: Drill | None = None
        self._told: set[str] = set()
        self._act: Callable[..., Upkeep] = backing_up.keep_up_at_start
        self._timer = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._timer.timeout.connect(self.check)
        if workplace.library.can_write:
            self._timer.start()

    def stop(self) -> None:
        """Begin nothing more: the window is closing."""
        self._timer.stop()

    def place(self) -> Place:
        """Return where backups are kept now.

        Raises InvalidFieldError or UnreadableFileError when the settings can't be read.
        """
        return backing_up.place_of(self._workplace.library.path, self._workplace.settings())

    @Slot()
    def check(self) -> None:
        """Do what is due."""
        self._timer.start(AGAIN_MS)
        try:
            place = self.place()
        except SamverkanError as error:
            self._tell((str(error),))
            return
        act, self._act = self._act, backing_up.keep_up
        self.runner.run(lambda progress: act(place, gently(progress)), self._show, self._fail)

    def make(
        self,
        place: Place,
        on_done: Callable[[Backup], None],
        on_error: Callable[[Exception], None],
        on_progress: Callable[[int, int], None],
    ) -> None:
        """Make a backup because somebody asks for one."""

        def done(made: Backup) -> None:
            self.stated.emit(made_when(made.at))
            on_done(made)

        def job(progress: Progress) -> Backup:
            return backing_up.back_up(place, Occasion.ASKED, gently(progress))

        self.runner.run(job, done, on_error, on_progress)

    def _show(self, done: Upkeep) -> None:
        self.drill = done.drill
        self._tell(done.problems)
        if done.newest is not None and not done.problems:
            self.stated.emit(made_when(done.newest.at))
        self.checked.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, JobCancelledError):
            self._tell((sentence(error),))

    def _tell(self, problems: tuple[str, ...]) -> None:
        if problems:
            self.stated.emit("Säkerhetskopieringen behöver ses över")
        for problem in problems:
            if problem not in self._told:
                self.failed.emit(problem)
        self._told = set(problems)


def gently(progress: Progress) -> Progress:
    """Return a progress that also gives the window's thread its turn.

    Python lets one thread run at a time: without it each thing the window does would wait.
    """

    def tell(done: int, total: int, /) -> None:
        progress(done, total)
        time.sleep(_TURN)

    return tell


def made_when(moment: datetime) -> str:
    """Return when the last backup was made, in a few words."""
    return f"Säkerhetskopierat {time_name(moment)}"


def time_name(moment: datetime) -> str:
    """Return a moment inside a sentence: "i dag 09.14"."""
    local = moment.astimezone()
    return f"{day_name(local.date(), datetime.now().date()).lower()} {local:%H.%M}"
