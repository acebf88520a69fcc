"""An open draft: its value now, what of it is not saved yet, and when it is saved."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import SamverkanError, UnknownDraftError
from samverkan_desktop.domain.outline import Entry, outline, outline_entry, put_section, reorder
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.version import Reason, Version
from samverkan_desktop.services import saving
from samverkan_desktop.store.library import Library
from ui.version_keeper import VersionKeeper

Change = Callable[[Draft], Draft]

# A steady typist is saved at least this often: the timer is started by the first unsaved edit and
# never restarted while it runs.
AUTOSAVE_MS = 600


class DraftSession(QObject):
    """The view model of one open draft.

    Small edits give a new value at once (`edit`). An editor with much text says only that it has
    changed (`edit_later`); what it holds is read when somebody needs the draft's value.
    """

    touched = Signal()  # something was edited; the value may not have been read yet
    collected = Signal()  # `draft` has a new value
    arranged = Signal()  # order, headings or visibility of sections changed
    removed = Signal(str, object)  # what was taken out, and the Draft before
    saved = Signal(datetime)
    kept = Signal(object)  # the Version that was kept
    overtaken = Signal(object)  # the Version with what another program wrote meanwhile
    save_failed = Signal(str)
    can_write = True

    def __init__(
        self, library: Library, template: Template, draft: Draft, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.template = template
        self._library = library
        self._draft = draft
        self._on_disk = draft
        self._pending: dict[str, Change] = {}
        self._timer = QTimer(self, singleShot=True, interval=AUTOSAVE_MS)
        self._timer.timeout.connect(self.save)
        self._begun = False  # whether the state before the first edit has been kept
        self._keeper = VersionKeeper(lambda: self.keep(Reason.WRITTEN), self)
        self.touched.connect(self._keeper.count_edit)

    @property
    def draft(self) -> Draft:
        """Return the draft as it stands on the screen."""
        if self._pending:
            pending, self._pending = self._pending, {}
            for change in pending.values():
                self._draft = change(self._draft)
            self.collected.emit()
        return self._draft

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the outline: the draft's sections and the template's that it lacks."""
        return outline(self.draft, self.template)

    def entry(self, key: str) -> Entry:
        """Return one line of the outline; raises KeyError when there is none."""
        return outline_entry(self.draft, self.template, key)

    def edit(self, change: Change) -> None:
        """Give the draft a new value."""
        before = self.draft
        after = change(before)
        if after != before:
            self._draft = after
            self._mark_unsaved()
            self.collected.emit()

    def edit_later(self, source: str, change: Change) -> None:
        """Note that `source` holds new text; `change` reads it when the draft's value is needed."""
        self._pending[source] = change
        self._mark_unsaved()

    def edit_section(self, key: str, change: Callable[[Section], Section]) -> None:
        """Change one section, which becomes the draft's own if it was only the template's."""
        section = self.entry(key).section
        self.edit(lambda draft: put_section(draft, self.template, change(section)))

    def remove(self, what: str, change: Change) -> None:
        """Take something written out of the draft; `removed` lets it be taken back."""
        before = self.draft
        self.edit(change)
        self.removed.emit(what, before)

    def arrange(self, change: Change) -> None:
        """Change order, headings or visibility of sections."""
        self.edit(change)
        self.arranged.emit()

    def move_section(self, key: str, steps: int) -> None:
        """Move a section up (negative) or down among the others."""
        keys = [entry.key for entry in self.entries]
        at = keys.index(key)
        to = max(0, min(len(keys) - 1, at + steps))
        if to != at:
            keys.insert(to, keys.pop(at))
            self.arrange(lambda draft: reorder(draft, self.template, keys))

    def remove_section(self, key: str) -> None:
        """Take out a section of the officer's own."""
        heading = self.entry(key).heading
        self.remove(
            f"Avsnittet ”{heading}” togs bort.",
            lambda draft: replace(draft, sections=tuple(s for s in draft.sections if s.key != key)),
        )
        self.arranged.emit()

    @property
    def is_current(self) -> bool:
        """Whether the library has what this session last read or wrote.

        Raises UnknownDraftError or StorageError.
        """
        return self._library.is_stored(self._on_disk)

    @property
    def has_unsaved(self) -> bool:
        """Whether anything is not on disk yet."""
        return bool(self._pending) or self._draft is not self._on_disk

    @Slot()
    def save(self) -> bool:
        """Write what has changed; return whether all of it is on disk now.

        When that fails the text stays here, `save_failed` tells why, and a new try is made soon.
        """
        draft = self.draft
        if draft is self._on_disk:
            return True
        try:
            self._keep_beginning()
            theirs = saving.save(self._library, draft, self._on_disk)
        except SamverkanError as error:
            self._timer.start()
            self.save_failed.emit(str(error))
            return False
        self._timer.stop()
        self._on_disk = draft
        self.saved.emit(datetime.now().astimezone())
        if theirs is not None:
            self.overtaken.emit(theirs)
        return True

    def keep(self, reason: Reason, note: str = "") -> Version | None:
        """Save, and keep what is saved as a version; return it, None when that can't be done now.

        `save_failed` tells why. What nobody asked to be kept is tried again after the next edits.
        """
        if not self.save():
            return None
        try:
            version = self._library.history.keep(self._draft.id, reason, note)
        except SamverkanError as error:
            self.save_failed.emit(str(error))
            return None
        self._keeper.begin_anew()
        self.kept.emit(version)
        return version

    def _keep_beginning(self) -> None:
        """Keep the draft as it was before the first edit of this sitting; it is still on disk."""
        if not self._begun:
            with contextlib.suppress(UnknownDraftError):  # it is added again when it is saved
                self._library.history.keep(self._draft.id, Reason.BEGUN)
            self._begun = True

    def add_file(self, name: str, data: bytes) -> str:
        """Keep a file with the draft; return the name it got.

        Raises StorageError.
        """
        return self._library.add_file(self._draft.id, name, data)

    def file(self, name: str) -> bytes:
        """Return one of the draft's files.

        Raises StorageError.
        """
        return self._library.file(self._draft.id, name)

    def _mark_unsaved(self) -> None:
        if not self._timer.isActive():
            self._timer.start()
        self.touched.emit()
