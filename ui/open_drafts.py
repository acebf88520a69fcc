"""The drafts that are open: their views are kept, so that undo and place survive switching."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from samverkan_desktop.domain.draft import Draft
from ui.draft_session import DraftSession
from ui.draft_view import DraftView
from ui.reading import ReadingSession
from ui.workplace import Workplace

# Views kept besides the one shown; the one left longest ago is closed first.
KEPT = 4


class OpenDrafts(QStackedWidget):
    """A stack of draft views with an invitation at its bottom."""

    view_changed = Signal(object)  # DraftView or None
    saved = Signal(object, datetime)  # Draft, when
    edited = Signal()
    kept = Signal(object)  # a Version of a draft
    removed = Signal(str, object)  # what was taken out of a draft, and the Draft before
    overtaken = Signal(object, object)  # Draft, the Version with what another program wrote
    place_changed = Signal()  # the cursor has moved
    section_entered = Signal(str)  # the key of the section that the cursor has come to

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._views: dict[str, DraftView] = {}
        self._invitation = QLabel(
            "Välj ett ärende till vänster, eller + Nytt för att börja skriva.",
            self,
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        self.addWidget(self._invitation)

    @property
    def view(self) -> DraftView | None:
        """Return the view shown, if any."""
        shown = self.currentWidget()
        return shown if isinstance(shown, DraftView) else None

    @property
    def session(self) -> DraftSession | None:
        """Return the session of the view shown, if any."""
        return self.view.session if self.view else None

    def open(self, draft_id: str) -> DraftView:
        """Show a draft, opening it when it isn't open.

        Raises UnknownDraftError, UnknownTemplateError or StorageError; what is shown stays then.
        """
        if self.session is not None:
            self.session.save()
        view = self._views.pop(draft_id, None) or self._load(draft_id)
        self._views[draft_id] = view  # the last one is the newest
        self.setCurrentWidget(view)
        self._close_oldest()
        self.view_changed.emit(view)
        return view

    def put_back(self, draft: Draft) -> None:
        """Give a draft the value that it had, and show it anew at the place where one was.

        Raises StorageError; the draft is then as it was.
        """
        view = self.open(draft.id)
        place = view.form.current
        view.session.edit(lambda _: draft)
        if self.close_draft(draft.id):
            self.open(draft.id).form.go_to(place)

    def close_draft(self, draft_id: str) -> bool:
        """Close a draft's view, if it is open; return False if it can't be saved, and stays."""
        view = self._views.get(draft_id)
        if view is None:
            return True
        if not view.session.save():
            return False
        del self._views[draft_id]
        was_shown = view is self.currentWidget()
        self._drop(view)
        if was_shown:
            self.setCurrentWidget(self._invitation)
            self.view_changed.emit(None)
        return True

    def drop_all(self) -> None:
        """Close every view without saving: the library has another content now."""
        for view in self._views.values():
            self._drop(view)
        self._views.clear()
        self.setCurrentWidget(self._invitation)
        self.view_changed.emit(None)

    def show_changes(self) -> None:
        """Show anew what another program has changed; drafts that are being written stay.

        Raises StorageError.
        """
        for draft_id, view in list(self._views.items()):
            if not view.session.has_unsaved and not view.session.is_current:
                place, at = view.form.current, view.form.cursor_place()
                shown = view is self.currentWidget()
                self.close_draft(draft_id)
                if shown:
                    self.open(draft_id).form.go_to(place, *at)

    @Slot()
    def save_all(self) -> bool:
        """Save every open draft; return whether all are on disk."""
        results = [view.session.save() for view in self._views.values()]
        return all(results)

    def _load(self, draft_id: str) -> DraftView:
        draft = self._workplace.library.load(draft_id)
        template = self._workplace.catalogue.template(draft.template)
        library = self._workplace.library
        make = DraftSession if library.can_write else ReadingSession
        session = make(library, template, draft)
        view = DraftView(session, self._workplace.folders.resources)
        session.setParent(view)
        session.saved.connect(lambda when: self.saved.emit(session.draft, when))
        session.kept.connect(self.kept)
        session.touched.connect(self.edited)
        session.removed.connect(self.removed)
        session.overtaken.connect(lambda version: self.overtaken.emit(session.draft, version))
        view.current_changed.connect(self.section_entered)
        view.place_changed.connect(self.place_changed)
        self.addWidget(view)
        return view

    def _close_oldest(self) -> None:
        for draft_id in list(self._views)[: -KEPT - 1]:
            view = self._views[draft_id]
            if view.session.save():  # what can't be saved stays open
                del self._views[draft_id]
                self._drop(view)

    def _drop(self, view: DraftView) -> None:
        self.removeWidget(view)
        view.hide()
        view.deleteLater()
