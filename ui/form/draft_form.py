"""The form of a draft: one scrolling page in the document's order, built from the template."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from samverkan_desktop.domain import composition
from samverkan_desktop.domain.draft import Approval, Attachment, Section, Signatory
from ui.draft_session import DraftSession
from ui.editor.formats import facts_of
from ui.editor.section_editor import SectionEditor
from ui.form.attachment_file import AttachmentFile
from ui.form.folding import Folding
from ui.form.head_panel import HeadPanel
from ui.form.rows import ColumnSpec, RowsEditor, RowsSpec, date_field
from ui.form.section_box import SectionBox

# Narrower than this a field's label and the field itself don't fit beside each other.
MIN_WIDTH = 360


class DraftForm(QScrollArea):
    """All fields of one draft."""

    current_changed = Signal(str)  # the key of the section that the cursor is in
    built = Signal()  # parts of the form have been made

    def __init__(
        self, session: DraftSession, resources: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._resources = session, resources
        self._boxes: dict[str, SectionBox] = {}
        self._fields: dict[str, Folding] = {}
        self._one_at_a_time = False
        self._current = ""
        self._last_editor: SectionEditor | None = None
        self._help_shown = False
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(MIN_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._content = QWidget()
        self._page = QVBoxLayout(self._content)
        self._page.setContentsMargins(12, 8, 12, 8)
        self.head = HeadPanel(session, resources)
        self._page.addWidget(self.head)
        self._sections = QVBoxLayout()
        self._page.addLayout(self._sections)
        self._add = QPushButton("Lägg till eget avsnitt")
        self._add.clicked.connect(self.add_section)
        row = QHBoxLayout()
        row.setContentsMargins(22, 0, 0, 0)
        row.addWidget(self._add)
        row.addStretch(1)
        self._page.addLayout(row)
        self._tail = self._make_tail()
        self._fields[composition.ORGANISATION] = self.head.organisation
        self._page.addWidget(self._tail)
        self._page.addStretch(1)
        self.setWidget(self._content)
        session.arranged.connect(self.arrange)
        self.arrange()

    @property
    def boxes(self) -> tuple[SectionBox, ...]:
        """Return the sections' boxes in the document's order."""
        return tuple(self._boxes[entry.key] for entry in self._session.entries)

    def box(self, key: str) -> SectionBox:
        """Return the box of one section; raises KeyError when there is none."""
        return self._boxes[key]

    @property
    def editors(self) -> Iterator[SectionEditor]:
        """Yield the editors of all sections in the document's order."""
        for box in self.boxes:
            yield from box.editors

    def show_editor(self, editor: SectionEditor) -> None:
        """Bring an editor's cursor into view, opening its section."""
        box = next(box for box in self.boxes if editor in box.editors)
        box.set_open(True)
        self._set_current(box.key)
        spot = editor.mapTo(self._content, editor.cursorRect().center())
        self.ensureVisible(spot.x(), spot.y(), 20, 120)

    @property
    def current(self) -> str:
        """Return the key of the section last worked in, or an empty string."""
        return self._current

    @Slot()
    def arrange(self) -> None:
        """Put the boxes in the draft's order; boxes that stay keep their editors and their undo."""
        entries = self._session.entries
        keys = [entry.key for entry in entries]
        for key in set(self._boxes) - set(keys):
            gone = self._boxes.pop(key)
            gone.hide()
            gone.deleteLater()
        for at, key in enumerate(keys):
            box = self._boxes.get(key)
            if box is None:
                box = self._boxes[key] = SectionBox(self._session, key, self._resources)
                box.help_wanted.connect(partial(self._help_with, key))
                box.filled.connect(self._set_tab_order)
            box.refresh()
            if self._sections.indexOf(box) != at:
                self._sections.removeWidget(box)
                self._sections.insertWidget(at, box)
        self._set_tab_order()
        self._show_current()

    def go_to(self, key: str, position: int | None = None, editor: int = 0) -> None:
        """Put the cursor in a section, at a character if one is given, and bring it into view.

        `editor` is which of the section's editors that is in: the decision has one for each item.
        """
        box = self._boxes.get(key)
        if box is None:
            self._go_to_fields(key)
            return
        self._set_current(key)
        box.focus()
        if position is not None and box.editors:
            meant = box.editors[min(editor, len(box.editors) - 1)]
            meant.setFocus()
            _put_cursor(meant, position)
        QTimer.singleShot(0, self, partial(self._bring_into_view, box))

    def _go_to_fields(self, part: str) -> None:
        """Go to the fields that a part of the document without a section comes from."""
        self.set_one_at_a_time(False)
        folding = self._fields.get(part, self.head.matter)
        folding.set_open(True)
        QTimer.singleShot(0, self, partial(self._bring_into_view, folding))
        if folding is self.head.matter:
            self.head.title.setFocus()

    def cursor_place(self) -> tuple[int, int]:
        """Return where the cursor is in the current section, and in which of its editors.

        In characters; the editor is the one last worked in.
        """
        box = self._boxes.get(self._current)
        editors = box.editors if box is not None else ()
        at = next((i for i, editor in enumerate(editors) if editor is self._last_editor), 0)
        return (editors[at].textCursor().position(), at) if editors else (0, 0)

    def move_current(self, steps: int) -> None:
        """Move the current section up (negative) or down."""
        if self._current:
            self._session.move_section(self._current, steps)

    def go_to_block(self, key: str, block_id: str) -> None:
        """Put the cursor at a block of a section, or in the section if the block isn't found."""
        self.go_to(key)
        box = self._boxes.get(key)
        for editor in box.editors if box is not None else ():
            place = _place_of(editor, block_id)
            if place is not None:
                editor.setFocus()
                _put_cursor(editor, place)
                QTimer.singleShot(0, self, partial(self.show_editor, editor))
                return

    def go_by(self, steps: int) -> None:
        """Go to the next (1) or previous (-1) section."""
        keys = [box.key for box in self.boxes]
        at = keys.index(self._current) + steps if self._current in keys else 0
        self.go_to(keys[max(0, min(len(keys) - 1, at))])

    def editor_with(self, widget: QWidget | None) -> SectionEditor | None:
        """Return the editor that a widget is or is in; its section becomes the current one."""
        for key, box in self._boxes.items():
            if widget is not None and (box is widget or box.isAncestorOf(widget)):
                self._set_current(key)
                inside = (e for e in box.editors if e is widget or e.isAncestorOf(widget))
                editor = next(inside, None)
                self._last_editor = editor or self._last_editor
                return editor
        return None

    @Slot(bool)
    def show_help(self, on: bool) -> None:
        """Show or hide the help of the section that is worked in."""
        self._help_shown = on
        for key, box in self._boxes.items():
            box.show_help(on and key == self._current)

    def _help_with(self, key: str, on: bool) -> None:
        self._set_current(key)
        self.show_help(on)

    @Slot()
    def toggle_help(self) -> None:
        """Show the help if it is hidden, else hide it."""
        if not self._current and self._boxes:
            self._set_current(self.boxes[0].key)
        self.show_help(not self._help_shown)

    def set_one_at_a_time(self, on: bool) -> None:
        """Show only the current section, or the whole form as one page."""
        self._one_at_a_time = on
        if on and not self._current and self._boxes:
            self._set_current(self.boxes[0].key)
        self._show_current()

    @Slot()
    def add_section(self) -> None:
        """Add a section of the officer's own after the current one, ready to be named."""
        key = f"egen_{secrets.token_hex(4)}"
        at = [entry.key for entry in self._session.entries]
        after = at.index(self._current) + 1 if self._current in at else len(at)
        self._session.arrange(
            lambda draft: replace(
                draft, sections=(*draft.sections, Section(key=key, heading="Ny rubrik"))
            )
        )
        keys = [entry.key for entry in self._session.entries]
        self._session.move_section(key, after - keys.index(key))
        self.go_to(key)
        self._boxes[key].header.rename()

    def _make_tail(self) -> QWidget:
        tail = QWidget()
        column = QVBoxLayout(tail)
        column.setContentsMargins(0, 0, 0, 0)
        for spec in self._row_specs():
            folding = Folding(spec.title, RowsEditor(self._session, spec, self._resources))
            filled = bool(getattr(self._session.draft, spec.attribute))
            folding.set_open(filled or spec.make is not Approval)
            column.addWidget(folding)
            self._fields[spec.part] = folding
        return tail

    def _row_specs(self) -> tuple[RowsSpec, ...]:
        labels = self._session.template.labels
        name, role = ColumnSpec("name", "Namn"), ColumnSpec("role", "Titel")
        title = ColumnSpec("title", "Bilagans namn")
        file = ColumnSpec("file", "Fil", partial(AttachmentFile, self._session))
        dated = ColumnSpec("date", "Datum", partial(date_field, self._resources))
        return (
            RowsSpec(
                "signatories",
                composition.SIGNATURES,
                "Underskrifter",
                "underskrift",
                Signatory,
                (name, role),
            ),
            RowsSpec(
                "attachments",
                composition.ATTACHMENTS,
                labels.attachments,
                "bilaga",
                Attachment,
                (title, file),
            ),
            RowsSpec(
                "approvals",
                composition.APPROVALS,
                labels.approved_by,
                "attest",
                Approval,
                (name, role, dated),
            ),
        )

    def _set_current(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self._show_current()
            self.show_help(self._help_shown)
            self.current_changed.emit(key)

    def _show_current(self) -> None:
        one = self._one_at_a_time
        for key, box in self._boxes.items():
            box.setVisible(not one or key == self._current)
        for widget in (self.head, self._tail, self._add):
            widget.setVisible(not one)

    @Slot()
    def _set_tab_order(self) -> None:
        """Let Tab go through the form as it is read, whenever its parts were made."""
        parts = (self.head, *self.boxes, self._add, self._tail)
        stops = [
            widget
            for part in parts
            for widget in (part, *part.findChildren(QWidget))
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is self.window()
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.built.emit()

    def _bring_into_view(self, box: QWidget) -> None:
        top = box.mapTo(self._content, box.rect().topLeft()).y()
        self.verticalScrollBar().setValue(max(0, top - 8))


def _place_of(editor: SectionEditor, block_id: str) -> int | None:
    """Return the position of the text block with this id, if the editor has it."""
    block = editor.document().begin()
    while block.isValid():
        if facts_of(block).id == block_id:
            return block.position()
        block = block.next()
    return None


def _put_cursor(editor: SectionEditor, position: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(min(position, editor.document().characterCount() - 1))
    editor.setTextCursor(cursor)
