"""Opens the window that compares versions of the shown draft, and keeps it in step."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.version import Version
from ui.history import HistoryCommands
from ui.history_panel import HistoryPanel
from ui.open_drafts import OpenDrafts
from ui.workplace import Workplace

if TYPE_CHECKING:  # loaded when two versions are compared for the first time, not at the start
    from ui.compare.window import CompareWindow


class Comparing(QObject):
    """There is one such window at a time; it closes when another draft is shown."""

    def __init__(
        self,
        workplace: Workplace,
        drafts: OpenDrafts,
        panel: HistoryPanel,
        history: HistoryCommands,
    ) -> None:
        super().__init__(drafts)
        self._workplace, self._drafts, self._history = workplace, drafts, history
        self._window: CompareWindow | None = None
        self._draft_id = ""
        panel.comparing_wanted.connect(self.compare)
        drafts.kept.connect(self._refresh)
        # A draft that is put back is closed and opened again at once, and isn't left.
        drafts.view_changed.connect(lambda: QTimer.singleShot(0, self, self._close_if_left))

    @Slot(int)
    def compare(self, number: int) -> None:
        """Show what differs between a version of the shown draft and what it is now."""
        session = self._drafts.session
        versions = self._history.versions(session.draft.id) if session and number else None
        if session is None or versions is None:
            return
        self.close()
        self._draft_id = session.draft.id
        self._window = self._made(versions)
        self._window.choose(number, None)
        self._window.show()

    @Slot()
    def close(self) -> None:
        """Close the window, if it is open."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def _made(self, versions: Sequence[Version]) -> "CompareWindow":
        from ui.compare.window import CompareWindow

        load = partial(self._load, self._draft_id)
        template_of = self._workplace.catalogue.template
        window = CompareWindow(versions, load, template_of, self._drafts.window())
        window.restore_wanted.connect(self._history.restore)
        window.restore_section_wanted.connect(self._history.restore_section)
        return window

    def _load(self, draft_id: str, number: int | None) -> Draft:
        """Return a version of a draft, or (None) what stands on the screen."""
        session = self._drafts.session
        if number is not None:
            return self._workplace.library.history.draft(draft_id, number)
        if session is not None and session.draft.id == draft_id:
            return session.draft
        return self._workplace.library.load(draft_id)

    @Slot()
    def _refresh(self) -> None:
        if self._window is not None and self._window.isVisible():
            versions = self._history.versions(self._draft_id)
            if versions is not None:
                self._window.show_versions(versions)

    @Slot()
    def _close_if_left(self) -> None:
        session = self._drafts.session
        if session is None or session.draft.id != self._draft_id:
            self.close()
