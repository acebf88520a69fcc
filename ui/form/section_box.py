"""One section in the form: its header, its body, and the help beside it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain import referral
from samverkan_desktop.domain.outline import Entry, State
from samverkan_desktop.domain.template import Need
from ui.draft_session import DraftSession
from ui.editor.section_editor import SectionEditor
from ui.form.decision_body import DecisionBody
from ui.form.section_header import INDENT, SectionHeader
from ui.form.text_body import TextBody
from ui.labels import quiet_label

HELP_WIDTH = 230
# Narrower than this there is no room for text and help beside each other.
ROOM_BESIDE = 640
# Qt's own "no limit", which has no name in Python.
ANY_WIDTH = 16_777_215
# Counting follows the typing at this distance, so that no key press waits for it.
COUNT_MS = 300


class SectionBox(QWidget):
    """A section. Its editors are made when it is first opened."""

    help_wanted = Signal(bool)
    filled = Signal()  # the editors have been made

    def __init__(self, session: DraftSession, key: str, resources: Path) -> None:
        super().__init__()
        self._session, self._key, self._resources = session, key, resources
        self.setObjectName(f"section:{key}")
        entry = session.entry(key)
        self.header = SectionHeader(entry, resources, self)
        self._body: TextBody | DecisionBody | None = None
        self._help = _help_label(self._help_text(entry), self)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setContentsMargins(INDENT, 0, 0, 0)
        self._middle.setSpacing(12)
        self._middle.addWidget(self._help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        column.addWidget(self.header)
        column.addLayout(self._middle)
        self._counting = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._counting.timeout.connect(self._count)
        self.header.fold_requested.connect(self.set_open)
        self.header.heading_edited.connect(self._rename)
        self.header.heading.returnPressed.connect(self.focus)
        self.header.done_toggled.connect(self._mark_done)
        self.header.help_toggled.connect(self.help_wanted)
        self.header.phrases_menu.aboutToShow.connect(self._fill_phrases)
        self.header.more_menu.aboutToShow.connect(self._fill_more)
        session.collected.connect(self.refresh)
        self.set_open(entry.state is not State.EMPTY or entry.need is not Need.OPTIONAL)

    @property
    def key(self) -> str:
        """Return the section's key."""
        return self._key

    @property
    def editors(self) -> tuple[SectionEditor, ...]:
        """Return the section's editors; none before it has been opened."""
        return self._body.editors if self._body else ()

    @Slot(bool)
    def set_open(self, on: bool) -> None:
        """Show or hide the body."""
        if on and self._body is None:
            self._make_body()
        if self._body is not None:
            self._body.setVisible(on)
        self.header.set_open(on)

    def focus(self) -> None:
        """Open the section and put the cursor in it."""
        self.set_open(True)
        if self._body is not None:
            self._body.focus()

    def show_help(self, on: bool) -> None:
        """Show the help text beside the editor."""
        self._help.setVisible(on and bool(self._help.text()))
        self.header.help.setChecked(on)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the help beside the editor where there is room, else above it."""
        super().resizeEvent(event)
        beside = self.width() >= ROOM_BESIDE
        directions = QBoxLayout.Direction
        self._middle.setDirection(directions.LeftToRight if beside else directions.BottomToTop)
        self._help.setMaximumWidth(HELP_WIDTH if beside else ANY_WIDTH)

    @Slot()
    def refresh(self) -> None:
        """Show what the draft now says of the section."""
        try:
            entry = self._session.entry(self._key)
        except KeyError:  # it was taken out, and this box goes with it
            return
        self.header.show_entry(entry)

    def _make_body(self) -> None:
        entry = self._session.entry(self._key)
        if entry.is_decision:
            self._body = DecisionBody(self._session, self._resources)
        else:
            self._body = TextBody(self._session, self._key, self._resources)
        self._middle.insertWidget(0, self._body, 1, Qt.AlignmentFlag.AlignTop)
        self._session.touched.connect(self._count_soon)
        self._count()
        self.filled.emit()

    @Slot()
    def _count_soon(self) -> None:
        if not self._counting.isActive():
            self._counting.start()

    @Slot()
    def _count(self) -> None:
        if self._body is not None:
            self.header.set_words(self._body.word_count())

    def _help_text(self, entry: Entry) -> str:
        texts = [entry.slot.help.strip() if entry.slot else ""]
        if entry.is_decision:
            texts.append(self._session.template.decision.help.strip())
        return "\n\n".join(" ".join(text.split()) for text in texts if text)

    @Slot(str)
    def _rename(self, text: str) -> None:
        slot = self._session.template.slot(self._key)
        heading = None if slot and text.strip() in ("", slot.heading) else text
        self._session.edit_section(self._key, lambda s: replace(s, heading=heading))

    @Slot(bool)
    def _mark_done(self, on: bool) -> None:
        self._session.edit_section(self._key, lambda s: replace(s, done=on))

    @Slot()
    def _fill_phrases(self) -> None:
        menu = self.header.phrases_menu
        entry = self._session.entry(self._key)
        menu.clear()
        rule = self._session.template.decision
        phrases = rule.phrases if entry.is_decision else entry.slot.phrases if entry.slot else ()
        for phrase in phrases:
            self._add(menu, phrase)
        facts = () if entry.is_decision else referral.sentences(self._session.draft)
        if facts:
            menu.addSection("Ur remissuppgifterna")
            for sentence in facts:
                self._add(menu, sentence)
        if menu.isEmpty():
            menu.addAction("Mallen har inga fraser för avsnittet").setEnabled(False)

    def _add(self, menu: QMenu, phrase: str) -> None:
        shown = phrase if len(phrase) < 90 else phrase[:88] + "…"
        action = QAction(shown.replace("&", "&&"), menu, toolTip=phrase)
        action.triggered.connect(lambda: self._insert(phrase))
        menu.addAction(action)

    def _insert(self, phrase: str) -> None:
        if self._body is not None:
            self._body.insert_phrase(phrase)

    @Slot()
    def _fill_more(self) -> None:
        menu = self.header.more_menu
        entry = self._session.entry(self._key)
        menu.clear()
        menu.addAction("Byt rubrik", self.header.rename)
        menu.addAction("Flytta upp", lambda: self._session.move_section(self._key, -1))
        menu.addAction("Flytta ner", lambda: self._session.move_section(self._key, 1))
        if entry.slot is not None and entry.slot.not_applicable:
            action = menu.addAction("Ej tillämpligt", self.toggle_applicable)
            action.setCheckable(True)
            action.setChecked(entry.section.not_applicable is not None)
        if entry.slot is None:
            menu.addAction("Ta bort avsnittet", lambda: self._session.remove_section(self._key))
        elif entry.section.hidden:
            menu.addAction("Visa i dokumentet", lambda: self._hide(on=False))
        else:
            menu.addAction("Dölj i dokumentet", lambda: self._hide(on=True))

    def _hide(self, *, on: bool) -> None:
        self._session.edit_section(self._key, lambda s: replace(s, hidden=on))
        self._session.arranged.emit()

    def toggle_applicable(self) -> None:
        """Ask for the reason why the section doesn't apply, or go back to its text."""
        before = self._session.draft
        old = self._session.entry(self._key).section.not_applicable
        reason = "" if old is None else None
        self._session.edit_section(self._key, lambda s: replace(s, not_applicable=reason))
        if old:
            self._session.removed.emit("Skälet till ”ej tillämpligt” togs bort.", before)
        self.set_open(True)
        if isinstance(self._body, TextBody):
            self._body.show_reason(reason)
            self._body.focus()


def _help_label(text: str, parent: QWidget) -> QLabel:
    label = quiet_label(text, parent)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.hide()
    return label
