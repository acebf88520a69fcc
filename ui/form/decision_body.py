"""The body of the proposed decision: groups of items, each item an editor."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain.draft import DecisionGroup, Draft
from samverkan_desktop.domain.text import Blocks, is_empty
from ui.buttons import IconButton
from ui.draft_session import DraftSession
from ui.editor.section_editor import SectionEditor
from ui.form.file_keeper import DraftFiles


class DecisionBody(QWidget):
    """All groups of the proposed decision. There is always at least one group and one item."""

    def __init__(self, session: DraftSession, resources: Path) -> None:
        super().__init__()
        self._session, self._resources = session, resources
        self._groups: list[GroupEditor] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        several = bool(session.template.decision.lead_ins)
        self._add = QPushButton("Lägg till beslutande organ", self)
        self._add.setVisible(several or len(session.draft.decision) > 1)
        self._add.clicked.connect(self._append)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addStretch(1)
        self._column.addLayout(row)
        for group in session.draft.decision or (self._new_group(),):
            self._insert(group)

    @property
    def editors(self) -> tuple[SectionEditor, ...]:
        """Return the editors of all items, in order."""
        return tuple(editor for group in self._groups for editor in group.editors)

    def focus(self) -> None:
        """Put the cursor where one writes."""
        self.editors[0].setFocus()

    def insert_phrase(self, text: str) -> None:
        """Write a standard phrase as the first empty item, or as a new last one."""
        group = next((g for g in self._groups if g.has_focus()), self._groups[-1])
        group.empty_item().insert_phrase(text)

    def word_count(self) -> int:
        """Return the number of words in all items."""
        return sum(editor.word_count() for editor in self.editors)

    def _new_group(self) -> DecisionGroup:
        return DecisionGroup(lead_in=self._session.template.decision.default_lead_in or None)

    def _insert(self, group: DecisionGroup) -> None:
        editor = GroupEditor(self._session, group, self._resources)
        editor.edited.connect(self._edited)
        editor.emptied.connect(lambda: self._remove(editor))
        self._groups.append(editor)
        self._column.insertWidget(len(self._groups) - 1, editor)

    @Slot()
    def _append(self) -> None:
        self._insert(self._new_group())
        self._edited()
        self._groups[-1].focus()

    def _remove(self, group: "GroupEditor") -> None:
        if len(self._groups) > 1:
            self._groups.remove(group)
            group.hide()
            group.deleteLater()
            self._edited()

    @Slot()
    def _edited(self) -> None:
        self._session.edit_later("decision", self._with_decision)

    def _with_decision(self, draft: Draft) -> Draft:
        groups = tuple(group.value() for group in self._groups)
        written = tuple(group for group in groups if group.items or group.lead_in)
        return draft if written == draft.decision else replace(draft, decision=written)


class GroupEditor(QWidget):
    """The items that one body is to decide, under a lead-in where the template has such."""

    edited = Signal()
    emptied = Signal()

    def __init__(self, session: DraftSession, group: DecisionGroup, resources: Path) -> None:
        super().__init__()
        self._session, self._resources = session, resources
        self._items: list[SectionEditor] = []
        self._lead_in = QComboBox(self, editable=True)
        self._lead_in.addItems(["", *session.template.decision.lead_ins])
        self._lead_in.setCurrentText(group.lead_in or "")
        self._lead_in.setAccessibleName("Inledning till beslutet")
        line = self._lead_in.lineEdit()
        if line is not None:
            line.setPlaceholderText("Inledning, till exempel vilket organ som beslutar")
        self._lead_in.setVisible(bool(session.template.decision.lead_ins or group.lead_in))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        add = QPushButton("Lägg till beslutspunkt", self)
        add.setObjectName("add-item")
        add.clicked.connect(self._append)
        row = QHBoxLayout()
        row.addWidget(add)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._lead_in)
        column.addLayout(self._grid)
        column.addLayout(row)
        for item in group.items or ((),):
            self._items.append(self._editor(item))
        self._lay_out()
        self._lead_in.editTextChanged.connect(self.edited)

    @property
    def editors(self) -> tuple[SectionEditor, ...]:
        """Return the editors of the items, in order."""
        return tuple(self._items)

    def focus(self) -> None:
        """Put the cursor in the first item."""
        self._items[0].setFocus()

    def has_focus(self) -> bool:
        """Whether the cursor is in this group."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def empty_item(self) -> SectionEditor:
        """Return the first item with nothing in it, a new one if need be."""
        editor = next((e for e in self._items if not e.word_count()), None)
        if editor is None:
            self._append()
            editor = self._items[-1]
        editor.setFocus()
        return editor

    def value(self) -> DecisionGroup:
        """Return the group as it stands on the screen; items with nothing in them are left out."""
        contents = (editor.content() for editor in self._items)
        items = tuple(content for content in contents if not is_empty(content))
        return DecisionGroup(lead_in=self._lead_in.currentText().strip() or None, items=items)

    def _editor(self, content: Blocks) -> SectionEditor:
        editor = SectionEditor(DraftFiles(self._session), self._resources, self)
        editor.set_content(content)
        editor.edited.connect(self.edited)
        return editor

    def _lay_out(self) -> None:
        while item := self._grid.takeAt(0):
            widget = item.widget()
            if widget is not None and widget not in self._items:
                widget.hide()
                widget.deleteLater()
        for row, editor in enumerate(self._items):
            editor.setAccessibleName(f"Beslutspunkt {row + 1}")
            editor.setObjectName(f"decision-item:{row}")
            editor.show()
            if len(self._items) > 1:
                self._grid.addWidget(QLabel(f"{row + 1}."), row, 0)
                self._grid.addWidget(self._tool("arrow-up", "Flytta upp", row), row, 2)
                self._grid.addWidget(self._tool("trash-2", "Ta bort", row), row, 3)
            self._grid.addWidget(editor, row, 1)

    def _tool(self, drawing: str, text: str, row: int) -> QWidget:
        name = f"{text} beslutspunkt {row + 1}"
        button = IconButton(drawing, name, self._resources, self)
        if text == "Flytta upp":
            button.setEnabled(row > 0)
            button.clicked.connect(lambda: self._raise(row))
        else:
            button.clicked.connect(lambda: self._remove(row))
        return button

    @Slot()
    def _append(self) -> None:
        self._items.append(self._editor(()))
        self._lay_out()
        self._items[-1].setFocus()

    def _raise(self, row: int) -> None:
        self._items[row - 1], self._items[row] = self._items[row], self._items[row - 1]
        self._lay_out()
        self.edited.emit()

    def _remove(self, row: int) -> None:
        before = self._session.draft
        editor = self._items.pop(row)
        editor.hide()
        editor.deleteLater()
        if not self._items:
            self._items.append(self._editor(()))
            self.emptied.emit()
        self._lay_out()
        self.edited.emit()
        self._session.removed.emit(f"Beslutspunkt {row + 1} togs bort.", before)
