"""What is done with backups in the window: shown, made, and taken things back from."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.backup import Backup
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import JobCancelledError, SamverkanError
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.services import backing_up, restoring_backups
from samverkan_desktop.services.backing_up import Place
from samverkan_desktop.services.restoring_backups import RestoredLibrary
from samverkan_desktop.store.summary import DraftSummary
from ui.backup_keeper import BackupKeeper, gently, time_name
from ui.draft_commands import DraftCommands
from ui.library_panel import LibraryPanel
from ui.messages import sentence
from ui.open_drafts import OpenDrafts
from ui.questions import question
from ui.tasks import Task, TaskRunner
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.backup_dialog import BackupDialog

T = TypeVar("T")

_UNSAVED = "Det du skrev senast kan inte sparas just nu. Därför har inget återställts."


class BackupCommands(QObject):
    """Opens the dialog and acts for it, keeping the open drafts in step with the library."""

    def __init__(
        self,
        workplace: Workplace,
        drafts: OpenDrafts,
        commands: DraftCommands,
        panel: LibraryPanel,
    ) -> None:
        super().__init__(drafts)
        self._workplace, self._drafts = workplace, drafts
        self._commands, self._panel = commands, panel
        self.keeper = BackupKeeper(workplace, self)
        self.keeper.stated.connect(panel.show_status)

    def show(self) -> None:
        """Open the dialog over the window."""
        from ui.backup_dialog import BackupDialog

        try:
            place = self.keeper.place()
        except SamverkanError as error:
            self.keeper.failed.emit(str(error))
            return
        look = _Look(self.keeper.runner, self._workplace.catalogue)
        dialog = BackupDialog(place.folder, look, self._drafts.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(look.close)
        dialog.backup_wanted.connect(partial(self._make, dialog, place))
        dialog.draft_wanted.connect(partial(self._restore_draft, dialog))
        dialog.library_wanted.connect(partial(self._ask, dialog, place))
        listing = partial(self._list, dialog, place)
        self.keeper.checked.connect(listing)
        dialog.finished.connect(lambda: self.keeper.checked.disconnect(listing))
        listing()
        dialog.open()

    def _list(self, dialog: "BackupDialog", place: Place) -> None:
        from ui.backup_rows import Shown

        try:
            found = backing_up.backups(place)
        except SamverkanError as error:
            dialog.fail(str(error))
            return
        dialog.show_backups([Shown(b, backing_up.is_of(b, place.library)) for b in found])
        dialog.show_drill(backing_up.last_drill(place))

    def _make(self, dialog: "BackupDialog", place: Place) -> None:
        def done(made: Backup) -> None:
            if dialog.is_open:
                self._list(dialog, place)
                dialog.end(f"Säkerhetskopierat {time_name(made.at)}")

        def fail(error: Exception) -> None:
            if dialog.is_open:
                dialog.fail(sentence(error))
            elif not isinstance(error, JobCancelledError):
                self.keeper.failed.emit(sentence(error))

        def show(done: int, total: int) -> None:
            if dialog.is_open:
                dialog.show_progress(done, total)

        dialog.begin("Säkerhetskopierar …")
        self.keeper.make(place, done, fail, show)

    def _restore_draft(self, dialog: "BackupDialog", backup: Backup, summary: DraftSummary) -> None:
        shown = self._shown()
        if not self._drafts.close_draft(summary.id):
            dialog.fail(_UNSAVED)
            return
        library = self._workplace.library
        path, author = library.path, library.author

        def job(_progress: Progress) -> Draft:
            return restoring_backups.restore_draft(backup.path, path, summary.id, author)

        def done(draft: Draft) -> None:
            self._panel.refresh()
            self._commands.open(draft.id)
            dialog.end(f"”{draft.title or 'Ärende utan rubrik'}” är återställt.")

        def fail(error: Exception) -> None:
            self._commands.open_if_there(shown)
            dialog.fail(sentence(error))

        dialog.begin("Återställer ärendet …")
        dialog.hold()
        self.keeper.runner.run(job, done, fail)

    def _ask(self, dialog: "BackupDialog", place: Place, backup: Backup) -> None:
        box = _question(backup, dialog)
        box.accepted.connect(partial(self._restore_library, dialog, place, backup))
        box.open()

    def _restore_library(self, dialog: "BackupDialog", place: Place, backup: Backup) -> None:
        shown = self._shown()
        if not self._drafts.save_all():
            dialog.fail(_UNSAVED)
            return
        self._drafts.drop_all()  # nothing of theirs may be written while the library is replaced

        def job(progress: Progress) -> RestoredLibrary:
            return restoring_backups.restore_library(backup, place, gently(progress))

        def go_on() -> None:
            self._panel.refresh()
            self._commands.open_if_there(shown)

        def done(restored: RestoredLibrary) -> None:
            go_on()
            self._list(dialog, place)
            count = f"{restored.drafts} ärende{'' if restored.drafts == 1 else 'n'}"
            dialog.end(f"Biblioteket är återställt: {count}.")

        def fail(error: Exception) -> None:
            go_on()
            dialog.fail(sentence(error))

        dialog.begin("Återställer biblioteket …")
        dialog.hold()
        self.keeper.runner.run(job, done, fail, dialog.show_progress)

    def _shown(self) -> str:
        """Return the id of the draft that is shown, or nothing."""
        session = self._drafts.session
        return session.draft.id if session is not None else ""


class _Look:
    """Looks into backups beside the window; a new question takes the place of the last one."""

    def __init__(self, runner: TaskRunner, catalogue: Catalogue) -> None:
        self._runner = TaskRunner(runner)  # it waits for no copy
        self._catalogue = catalogue
        self._task: Task | None = None

    def close(self) -> None:
        """Stop; nothing is answered any more."""
        self._runner.close()
        self._runner.deleteLater()

    def contents(
        self,
        backup: Path,
        on_done: Callable[[Sequence[DraftSummary]], None],
        on_error: Callable[[str], None],
    ) -> None:
        """Find out which drafts are in a backup."""
        self._ask(partial(restoring_backups.contents, backup), on_done, on_error)

    def text(
        self,
        backup: Path,
        draft_id: str,
        on_done: Callable[[str], None],
        on_error: Callable[[str], None],
    ) -> None:
        """Find out what a draft in a backup says."""
        catalogue = self._catalogue

        def job(progress: Progress) -> str:
            draft = restoring_backups.draft_in(backup, draft_id, progress)
            return restoring_backups.text_of(draft, catalogue)

        self._ask(job, on_done, on_error)

    def _ask(
        self,
        job: Callable[[Progress], T],
        on_done: Callable[[T], None],
        on_error: Callable[[str], None],
    ) -> None:
        if self._task is not None:
            self._task.cancel()

        def fail(error: Exception) -> None:
            if not isinstance(error, JobCancelledError):
                on_error(sentence(error))

        self._task = self._runner.run(job, on_done, fail)


def _question(backup: Backup, parent: QWidget) -> QMessageBox:
    """Return the question that is asked before the whole library is replaced."""
    box = question(
        "Återställ hela biblioteket",
        f"Ska hela biblioteket bli som det var {time_name(backup.at)}?",
        "Alla ärenden blir som i säkerhetskopian, och ärenden som är nyare försvinner ur listan. "
        "Så som biblioteket är nu säkerhetskopieras först, så att du kan gå tillbaka.",
        ("Återställ", "Avbryt"),
        parent,
    )
    box.setIcon(QMessageBox.Icon.Question)
    return box
