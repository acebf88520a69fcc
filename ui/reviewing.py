"""Keeps the list of suggestions in step with the shown draft, and does what is decided."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.review import Judged
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store.library import Library
from ui.draft_session import DraftSession
from ui.draft_view import DraftView
from ui.open_drafts import OpenDrafts
from ui.review_panel import ReviewPanel
from ui.undo_bar import UndoBar


class Reviewing(QObject):
    """Accepts and rejects suggestions for the shown draft."""

    def __init__(
        self, library: Library, drafts: OpenDrafts, panel: ReviewPanel, undo_bar: UndoBar
    ) -> None:
        super().__init__(drafts)
        self._library, self._drafts, self._panel, self._undo_bar = library, drafts, panel, undo_bar
        drafts.view_changed.connect(self.refresh)
        panel.accepting_wanted.connect(self.accept)
        panel.rejecting_wanted.connect(self.reject)
        panel.going_wanted.connect(self._go_to)

    @Slot()
    def refresh(self) -> None:
        """Show what waits for an answer in the shown draft."""
        session = self._drafts.session
        if session is None:
            self._panel.clear()
            return
        try:
            draft_id = session.draft.id
            suggestions = self._library.reviews.open(draft_id)
            comments = self._library.reviews.comments(draft_id)
        except SamverkanError as error:
            self._undo_bar.tell(str(error))
            return
        headings = {entry.key: entry.heading for entry in session.entries}
        self._panel.show_review(suggestions, comments, headings)

    @Slot(list)
    def accept(self, ids: Sequence[str]) -> None:
        """Accept suggestions; the draft is kept as a version first."""
        from samverkan_desktop.services.returning import accepted

        session = self._drafts.session
        if session is None or not ids or session.keep(Reason.BEFORE, "granskning") is None:
            return
        try:
            waiting = self._library.reviews.open(session.draft.id)
            done = accepted(session.draft, session.template, ids, waiting)
            count = len(ids) - len(done.orphans)
            told = _told(count, "accepterat", "accepterade") if count else ""
            if done.orphans:
                told += " " + _orphans(len(done.orphans))
            self._write(session, done.draft, done.judged, told.strip())
        except SamverkanError as error:
            self._undo_bar.tell(str(error))

    @Slot(list)
    def reject(self, ids: Sequence[str]) -> None:
        """Reject suggestions; the draft stays as it is."""
        from samverkan_desktop.services.returning import rejected

        session = self._drafts.session
        if session is None or not ids:
            return
        try:
            waiting = self._library.reviews.open(session.draft.id)
            done = rejected(session.draft, ids, waiting)
            told = _told(len(done.judged), "avvisat", "avvisade")
            self._write(session, session.draft, done.judged, told)
        except SamverkanError as error:
            self._undo_bar.tell(str(error))

    def _write(
        self, session: DraftSession, draft: Draft, judged: Sequence[Judged], told: str
    ) -> None:
        """Give the draft its new value, and note what was decided; both can be taken back."""
        before = session.draft
        known = {one.suggestion.id: one for one in self._library.reviews.all(before.id)}
        was = [known[one.suggestion.id] for one in judged]
        self._settle(draft, before, judged)
        undo = (lambda: self._take_back(before, was)) if judged else None
        self._undo_bar.tell(told, undo)

    def _take_back(self, before: Draft, judged: Sequence[Judged]) -> None:
        try:
            view = self._drafts.open(before.id)
            self._settle(before, view.session.draft, judged)
        except SamverkanError as error:
            self._undo_bar.tell(str(error))

    def _settle(self, draft: Draft, before: Draft, judged: Sequence[Judged]) -> None:
        if draft != before:
            self._drafts.put_back(draft)
        self._library.reviews.settle(draft, draft, judged)
        self.refresh()

    @Slot(str, str)
    def _go_to(self, key: str, block: str) -> None:
        view: DraftView | None = self._drafts.view
        if view is not None:
            view.form.go_to_block(key, block)


def _told(count: int, one: str, several: str) -> str:
    return f"Förslaget är {one}." if count == 1 else f"{count} förslag är {several}."


def _orphans(count: int) -> str:
    what = "Ett förslag" if count == 1 else f"{count} förslag"
    return f"{what} kan inte föras in: texten har ändrats sedan dess. Avvisa eller skriv själv in."
