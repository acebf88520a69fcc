"""Keeps the list of versions in step with the shown draft, and does what is asked with one."""

from datetime import date

from PySide6.QtCore import QObject, Slot

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store.library import Library
from ui.history_panel import HistoryPanel
from ui.open_drafts import OpenDrafts
from ui.undo_bar import UndoBar


class HistoryCommands(QObject):
    """Names, restores and compares versions of the shown draft."""

    def __init__(
        self, library: Library, drafts: OpenDrafts, panel: HistoryPanel, undo_bar: UndoBar
    ) -> None:
        super().__init__(drafts)
        self._library, self._drafts, self._panel, self._undo_bar = library, drafts, panel, undo_bar
        drafts.view_changed.connect(self.refresh)
        drafts.kept.connect(self.refresh)
        panel.naming_wanted.connect(self.name)
        panel.restoring_wanted.connect(self.restore)

    @Slot()
    def refresh(self) -> None:
        """Show the versions of the shown draft."""
        session = self._drafts.session
        if session is None:
            self._panel.clear()
            return
        try:
            versions = self._library.history.versions(session.draft.id)
        except SamverkanError as error:
            self._undo_bar.tell(str(error))
            return
        self._panel.show_versions(versions, date.today())

    @Slot(str)
    def name(self, name: str) -> None:
        """Keep the draft as it stands as a version of this name."""
        session = self._drafts.session
        version = session.keep(Reason.NAMED, name) if session else None
        if version is not None:
            self._undo_bar.tell(f"Version {version.number} är sparad.")

    @Slot(int)
    def restore(self, number: int) -> None:
        """Make the draft what it was in a version; what it is now is kept first."""
        session = self._drafts.session
        if session is None or not number:
            return
        note = f"version {number}"
        try:
            then = self._library.history.draft(session.draft.id, number)
            if session.keep(Reason.BEFORE, f"återställning av {note}") is not None:
                now = session.draft
                self._replace(then, note)
                self._undo_bar.tell(
                    f"Ärendet är som i {note}.",
                    lambda: self._take_back(now, f"läget före {note}"),
                )
        except SamverkanError as error:
            self._undo_bar.tell(str(error))

    def _take_back(self, before: Draft, note: str) -> None:
        try:
            self._replace(before, note)
        except SamverkanError as error:
            self._undo_bar.tell(str(error))

    def _replace(self, draft: Draft, note: str) -> None:
        self._drafts.put_back(draft)
        if self._drafts.session is not None:
            self._drafts.session.keep(Reason.RESTORED, note)
