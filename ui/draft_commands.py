"""What is done with whole drafts: begin, open, duplicate, throw away, take back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Slot

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.services import writing
from samverkan_desktop.settings import Settings
from ui.draft_view import DraftView
from ui.erasing import erasing_question
from ui.library_panel import LibraryPanel
from ui.open_drafts import OpenDrafts
from ui.undo_bar import UndoBar
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.new_dialog import NewDraftChoice

T = TypeVar("T")

# How long after the cursor has moved its place is written down.
PLACE_MS = 500


class DraftCommands(QObject):
    """Acts on the library and keeps the list and the open drafts in step with it."""

    def __init__(
        self,
        workplace: Workplace,
        state: QSettings,
        panel: LibraryPanel,
        drafts: OpenDrafts,
        undo_bar: UndoBar,
    ) -> None:
        super().__init__(drafts)
        self._workplace, self._library = workplace, workplace.library
        self._state, self._panel, self._drafts, self._undo_bar = state, panel, drafts, undo_bar
        panel.opened.connect(self.open)
        panel.new_wanted.connect(self.new)
        panel.duplicate_wanted.connect(self.duplicate)
        panel.delete_wanted.connect(self.delete)
        panel.restore_wanted.connect(self.restore)
        panel.erase_wanted.connect(self.erase)
        self._offered = ""
        drafts.edited.connect(self._withdraw_offer)
        drafts.removed.connect(self._offer_to_put_back)
        # Where one is must be known after a crash too
        self._place_timer = QTimer(self, singleShot=True, interval=PLACE_MS)
        self._place_timer.timeout.connect(self._remember_place)
        drafts.place_changed.connect(self._note_place)
        drafts.saved.connect(self._note_place)
        drafts.section_entered.connect(self._note_place)
        panel.failed.connect(undo_bar.tell)

    @Slot(str)
    def open(self, draft_id: str) -> None:
        """Show a draft, at the place where it was left."""
        self._remember_place()
        view = self._tell_failure(lambda: self._drafts.open(draft_id))
        if view is None:
            return
        self._panel.mark(draft_id)
        self._state.setValue("last", draft_id)
        if not view.form.current:
            _go_to_place(view, self._state.value(f"place/{draft_id}", ""))

    def open_named(self, prefix: str) -> None:
        """Show the draft whose id begins so, as the command line takes it."""
        draft_id = self._tell_failure(lambda: self._library.resolve(prefix))
        if draft_id is not None:
            self.open(draft_id)

    def open_last(self) -> None:
        """Show the draft that was open when the program was last closed, if it is still there."""
        self.open_if_there(str(self._state.value("last", "")))

    def open_if_there(self, draft_id: str) -> None:
        """Show a draft if the library has it, outside the bin."""
        if self._library.lists(draft_id):
            self.open(draft_id)

    def take(self, path: Path) -> bool:
        """Open a file if it is a draft in JSON; return whether it is."""
        from samverkan_desktop.services.importing import is_draft_file

        is_taken = is_draft_file(path)
        if is_taken:
            self.open_file(path)
        return is_taken

    def open_file(self, path: Path) -> None:
        """Add a draft.json to the library and show it; one that is there already is shown."""
        added = self._tell_failure(
            lambda: writing.add_or_find(self._library, path, self._workplace.catalogue)
        )
        if added is not None:
            self._panel.refresh()
            self.open(added.draft_id)
            if added.was_there:
                self._undo_bar.tell(
                    "Ärendet fanns redan i biblioteket och har öppnats därifrån. "
                    "Filen har inte lästs in."
                )

    @Slot()
    def show_news(self) -> None:
        """Show what another program has written, unless it is being written here."""

        def show() -> None:
            if self._library.has_news():
                self._panel.refresh()
                self._drafts.show_changes()

        self._tell_failure(show)

    @Slot()
    def new(self) -> None:
        """Ask which document type, and begin a draft of it."""
        from ui.new_dialog import NewDraftDialog

        settings = self._tell_failure(self._workplace.settings)
        if settings is None:
            return
        dialog = NewDraftDialog(self._workplace.catalogue, settings, self._drafts.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._begin(dialog.choice, settings))
        dialog.open()

    @Slot(str)
    def duplicate(self, draft_id: str) -> None:
        """Make a copy of a draft and open it; it can be taken back."""
        if not self._drafts.save_all():
            return
        copy = self._tell_failure(lambda: writing.duplicate(self._library, draft_id))
        if copy is not None:
            self._show(copy)
            self._undo_bar.tell(
                f"Du arbetar nu i kopian ”{copy.title}”.", lambda: self._discard(copy.id)
            )

    @Slot(str)
    def delete(self, draft_id: str) -> None:
        """Move a draft to the bin; it can be taken back."""
        title = self._throw_away(draft_id)
        if title is not None:
            self._undo_bar.tell(
                f"”{title}” ligger i papperskorgen.", lambda: self._take_back(draft_id)
            )

    @Slot(str)
    def restore(self, draft_id: str) -> None:
        """Take a draft out of the bin."""
        if self._did(lambda: self._library.restore(draft_id)):
            self._panel.refresh()
            self._undo_bar.tell("Ärendet är tillbaka bland dina ärenden.")

    @Slot(str)
    def erase(self, draft_id: str) -> None:
        """Erase a draft in the bin for good, once the user has said so again."""
        draft = self._tell_failure(lambda: self._library.load(draft_id))
        if draft is None:
            return
        box = erasing_question(draft.title or "Ärende utan rubrik", self._panel.window())
        box.accepted.connect(lambda: self._erase(draft_id))
        box.open()

    def _erase(self, draft_id: str) -> None:
        if self._did(lambda: self._library.erase(draft_id)):
            self._panel.refresh()
            self._undo_bar.tell("Ärendet är raderat för gott.")

    def show_new(self, draft: Draft) -> None:
        """Show a draft that has just come into the library."""
        self._show(draft)

    def close_all(self) -> bool:
        """Save all drafts, remember the place in the shown one; return whether all is saved."""
        self._remember_place()
        return self._drafts.save_all()

    @Slot(str, object)
    def _offer_to_put_back(self, what: str, before: Draft) -> None:
        self._offered = what
        self._undo_bar.offer(what, lambda: self._did(lambda: self._drafts.put_back(before)))

    @Slot()
    def _withdraw_offer(self) -> None:
        """Offer to put back only until something else is written: that must not be lost."""
        if self._offered and self._undo_bar.text == self._offered:
            self._undo_bar.hide()
        self._offered = ""

    def _discard(self, draft_id: str) -> None:
        self._throw_away(draft_id)

    def _throw_away(self, draft_id: str) -> str | None:
        if not self._drafts.close_draft(draft_id):
            return None
        draft = self._tell_failure(lambda: self._library.load(draft_id))
        if draft is None or not self._did(lambda: self._library.delete(draft_id)):
            return None
        self._panel.refresh()
        return draft.title or "Ärende utan rubrik"

    def _take_back(self, draft_id: str) -> None:
        if self._did(lambda: self._library.restore(draft_id)):
            self._panel.refresh()
            self.open(draft_id)

    def _begin(self, choice: "NewDraftChoice | None", settings: Settings) -> None:
        if choice is None:
            return
        draft = self._tell_failure(lambda: self._add(choice, settings))
        if draft is not None:
            self._show(draft)
            if self._drafts.view is not None:
                self._drafts.view.focus_start()

    def _add(self, choice: "NewDraftChoice", settings: Settings) -> Draft:
        draft = writing.new_draft(choice.template, choice.profile, settings)
        draft = replace(draft, title=choice.title)
        return self._library.add(draft)

    def _show(self, draft: Draft) -> None:
        self._panel.refresh()
        self.open(draft.id)

    @Slot()
    def _note_place(self) -> None:
        if not self._place_timer.isActive():
            self._place_timer.start()

    @Slot()
    def _remember_place(self) -> None:
        view = self._drafts.view
        if view is not None and view.form.current:
            position, editor = view.form.cursor_place()
            place = f"{view.form.current} {position} {editor}"
            self._state.setValue(f"place/{view.session.draft.id}", place)

    def _did(self, act: Callable[[], None]) -> bool:
        """Return whether `act` succeeded; tell why when it did not."""

        def done() -> bool:
            act()
            return True

        return self._tell_failure(done) is not None

    def _tell_failure(self, act: Callable[[], T]) -> T | None:
        """Return what `act` returns, or tell why it failed and return None."""
        try:
            return act()
        except SamverkanError as error:
            self._undo_bar.tell(str(error))
            return None


def _go_to_place(view: DraftView, place: object) -> None:
    key, *at = str(place).split(" ")
    if key:
        view.form.go_to(key, *(int(number) if number.isdigit() else 0 for number in at[:2]))
