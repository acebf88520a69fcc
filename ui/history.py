"""Keeps the list of versions in step with the shown draft, and does what is asked with one."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Slot

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.version import Reason, Version
from samverkan_desktop.services.restoring import section_restored
from samverkan_desktop.store.library import Library
from ui.history_panel import HistoryPanel
from ui.open_drafts import OpenDrafts
from ui.undo_bar import UndoBar


class HistoryCommands(QObject):
    """Names and restores versions of the shown draft."""

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
        versions = self.versions(session.draft.id)
        if versions is not None:
            self._panel.show_versions(versions, date.today())

    def versions(self, draft_id: str) -> Sequence[Version] | None:
        """Return a draft's versions, the oldest first; when they can't be read, tell why."""
        try:
            return self._library.history.versions(draft_id)
        except SamverkanError as error:
            self._undo_bar.tell(str(error))
            return None

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
        note = f"version {number}"
        self._go_back(number, lambda _now, then: then, note, f"Ärendet är som i {note}.")

    @Slot(int, str)
    def restore_section(self, number: int, key: str) -> None:
        """Make one section what it was in a version; what the draft is now is kept first."""
        session = self._drafts.session
        if session is None:
            return
        heading = next((e.heading for e in session.entries if e.key == key), "") or key
        decision = session.template.decision_slot.key
        self._go_back(
            number,
            lambda now, then: section_restored(now, then, key, decision),
            f"”{heading}” ur version {number}",
            f"Avsnittet ”{heading}” är som i version {number}.",
        )

    def _go_back(
        self, number: int, change: Callable[[Draft, Draft], Draft], note: str, told: str
    ) -> None:
        """Put what `change` makes of the draft and a version of it in the draft's place."""
        session = self._drafts.session
        if session is None or not number:
            return
        try:
            then = self._library.history.draft(session.draft.id, number)
            if session.keep(Reason.BEFORE, f"återställning av {note}") is not None:
                now = session.draft
                self._replace(change(now, then), note)
                self._undo_bar.tell(told, lambda: self._take_back(now, f"läget före {note}"))
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
