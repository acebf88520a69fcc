"""The backups of the library: which there are, what is in them, and taking things back."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain.backup import Backup, Drill
from samverkan_desktop.store.summary import DraftSummary
from ui.backup_rows import NUMBERS, RIGHT, VALUE, Shown, backup_row, draft_row, drill_state, table
from ui.labels import ElidedLabel, quiet_label
from ui.messages import MessageStrip
from ui.theme import GAP, MARGIN, is_dark

SIZE = QSize(1040, 620)
# Green, red and grey of the mark, on a light and on a dark window, at least 3:1 (WCAG 2.1, 1.4.11).
_MARKS = {"●": ("#1b7f3b", "#6fcf8d"), "▲": ("#b3001b", "#ff9d94"), "○": ("#666666", "#a6a6a6")}


Tell = Callable[[str], None]


class Looks(Protocol):
    """How the dialog finds out what is in a backup.

    The answer, or why there is none, comes later; only the last question is answered.
    """

    def contents(
        self, backup: Path, on_done: Callable[[Sequence[DraftSummary]], None], on_error: Tell
    ) -> None:
        """Find out which drafts there are."""

    def text(self, backup: Path, draft_id: str, on_done: Tell, on_error: Tell) -> None:
        """Find out what a draft says."""


class BackupDialog(QDialog):
    """Shows backups and asks for what the user wants with them; it does nothing itself."""

    backup_wanted = Signal()
    draft_wanted = Signal(object, object)  # the Backup, the DraftSummary
    library_wanted = Signal(object)  # the Backup

    def __init__(self, folder: Path, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Säkerhetskopior")
        self._looks = looks
        self.is_open = True
        self._busy = self._held = False
        self._shown: Sequence[Shown] = ()
        self._intro = quiet_label(parent=self)
        self._intro.setWordWrap(True)
        self._folder = ElidedLabel(self)
        self._folder.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._folder.setText(f"Mapp: {folder}")
        self._mark, self._drill = QLabel(self), QLabel(self)
        self._strip = MessageStrip(self)
        self.backups = table(
            "backups", "Säkerhetskopior", ("När", "Kontroll", "Ärenden", "Storlek"), self
        )
        for column in NUMBERS:
            self.backups.headerItem().setTextAlignment(column, RIGHT)
        self.drafts = table(
            "backup-drafts", "Ärenden i säkerhetskopian", ("Ärende", "Dnr", "Ändrat"), self
        )
        self._text = QPlainTextEdit(self)
        self._status = quiet_label(parent=self)
        self._make = QPushButton("Säkerhetskopiera &nu", self)
        self._one = QPushButton("Återställ &ärendet", self)
        self._all = QPushButton("Återställ &hela biblioteket…", self)
        self._close = QPushButton("&Stäng", self)
        self._name_things()
        self._lay_out()
        self._connect()
        self.show_drill(None)
        self._introduce()
        self._enable()

    def show_backups(self, backups: Sequence[Shown]) -> None:
        """List backups, the newest first; the one that was chosen stays chosen if it is there."""
        if backups == self._shown:
            return
        chosen, today, self._shown = self._chosen, date.today(), backups
        same = (at for at, s in enumerate(backups) if chosen and s.backup.path == chosen.path)
        with QSignalBlocker(self.backups):
            self.backups.clear()
            for shown in backups:
                self.backups.addTopLevelItem(backup_row(shown, today))
            if backups:
                self.backups.setCurrentIndex(self.backups.model().index(next(same, 0), 0))
        if self._chosen != chosen:
            self._look_into()
        self._introduce()
        self._enable()

    def show_drill(self, drill: Drill | None) -> None:
        """Show how the last restore drill went."""
        mark, words = drill_state(drill)
        self._mark.setText(mark)
        light, dark = _MARKS[mark]
        colours = self._mark.palette()
        colour = QColor(dark if is_dark(self.palette()) else light)
        colours.setColor(QPalette.ColorRole.WindowText, colour)
        self._mark.setPalette(colours)
        self._drill.setText(words)

    def begin(self, what: str) -> None:
        """Show that something is being done; nothing else can be begun meanwhile."""
        self._busy = True
        self._strip.tell("")
        self._status.setText(what)
        self._enable()

    def hold(self) -> None:
        """Stay open until what was begun has ended: what is typed now would be lost."""
        self._held = True
        self._enable()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        words = self._status.text().partition(" …")[0]
        self._status.setText(f"{words} … {done * 100 // max(total, 1)} %")

    def end(self, said: str) -> None:
        """Show that it is done, and what came of it."""
        self._busy = self._held = False
        self._status.setText(said)
        self._enable()

    def fail(self, said: str) -> None:
        """Show that it couldn't be done."""
        self.end("")
        self._strip.tell(said)

    def reject(self) -> None:
        """Close, but never while something is being restored."""
        if not self._held:
            super().reject()

    def done(self, result: int) -> None:
        """Close; what comes later is told elsewhere."""
        self.is_open = False
        super().done(result)

    @property
    def _chosen(self) -> Backup | None:
        rows = self.backups.selectedItems()
        found: Backup | None = rows[0].data(0, VALUE) if rows else None
        return found

    @property
    def _chosen_draft(self) -> DraftSummary | None:
        rows = self.drafts.selectedItems()
        found: DraftSummary | None = rows[0].data(0, VALUE) if rows else None
        return found

    def _introduce(self) -> None:
        self._intro.setText(
            "Biblioteket säkerhetskopieras av sig självt de dagar då något har ändrats. "
            "Varje kopia provas genom att återställas på prov."
            if self._shown
            else "Det finns ingen säkerhetskopia än. Den första görs strax av sig själv."
        )

    def _name_things(self) -> None:
        self._text.setObjectName("backup-text")
        self._text.setAccessibleName("Ärendets text i säkerhetskopian")
        self._text.setReadOnly(True)
        self._text.setPlaceholderText("Välj ett ärende för att läsa det som det var.")
        self._text.setTabChangesFocus(True)
        self._drill.setObjectName("drill")
        self._drill.setWordWrap(True)
        self._status.setObjectName("backup-status")
        names = ("make-backup", "restore-draft", "restore-library", "close-backups")
        for button, name in zip(
            (self._make, self._one, self._all, self._close), names, strict=True
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)
        self._one.setToolTip(
            "Ärendet blir som i säkerhetskopian. Så som det är nu sparas som en version."
        )
        self._all.setToolTip("Så som biblioteket är nu säkerhetskopieras först.")

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.addWidget(self._mark)
        state.addWidget(self._drill, 1)
        inside = QSplitter(Qt.Orientation.Vertical, self)
        inside.addWidget(self.drafts)
        inside.addWidget(self._text)
        inside.setSizes([200, 260])
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(self.backups)
        both.addWidget(inside)
        both.setSizes([510, 510])
        both.setChildrenCollapsible(False)
        inside.setChildrenCollapsible(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self._make)
        buttons.addWidget(self._status, 1)
        for button in (self._one, self._all, self._close):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (self._intro, self._folder):
            column.addWidget(widget)
        column.addLayout(state)
        column.addWidget(self._strip)
        column.addWidget(both, 1)
        column.addLayout(buttons)
        self.resize(SIZE.boundedTo(self.screen().availableSize()))

    def _connect(self) -> None:
        self.backups.itemSelectionChanged.connect(self._look_into)
        self.drafts.itemSelectionChanged.connect(self._read)
        self._make.clicked.connect(self.backup_wanted)
        self._one.clicked.connect(lambda: self.draft_wanted.emit(self._chosen, self._chosen_draft))
        self._all.clicked.connect(lambda: self.library_wanted.emit(self._chosen))
        self._close.clicked.connect(self.reject)

    @Slot()
    def _look_into(self) -> None:
        self._strip.tell("")
        self.drafts.clear()
        self._text.clear()
        self._enable()
        chosen = self._chosen
        if chosen is None:
            return

        def show(drafts: Sequence[DraftSummary]) -> None:
            if self._chosen == chosen:
                _fill(self.drafts, drafts)

        self._looks.contents(chosen.path, show, self._strip.tell)

    @Slot()
    def _read(self) -> None:
        self._text.clear()
        self._enable()
        chosen, draft = self._chosen, self._chosen_draft
        if chosen is None or draft is None:
            return

        def show(text: str) -> None:
            if (self._chosen, self._chosen_draft) == (chosen, draft):
                self._text.setPlainText(text)

        self._looks.text(chosen.path, draft.id, show, self._strip.tell)

    def _enable(self) -> None:
        free = not self._busy
        self._make.setEnabled(free)
        self._close.setEnabled(not self._held)
        self._one.setEnabled(free and self._chosen_draft is not None)
        self._all.setEnabled(free and self._chosen is not None)


def _fill(drafts: QTreeWidget, summaries: Sequence[DraftSummary]) -> None:
    drafts.clear()
    today = date.today()
    for summary in summaries:
        drafts.addTopLevelItem(draft_row(summary, today))
