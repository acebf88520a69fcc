"""A short table of people or attachments that the officer adds to, orders and clears."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from ui.buttons import IconButton
from ui.draft_session import DraftSession
from ui.form.dates import DateEdit
from ui.form.lens import Lens, field

# Makes the widget of one cell: (accessible name, current value, what to call with a new value).
MakeField = Callable[[str, Any, Callable[[Any], None]], QWidget]


def text_field(name: str, current: str, put: Callable[[str], None]) -> QWidget:
    """Return a line of text."""
    line = QLineEdit(current)
    line.setAccessibleName(name)
    line.textEdited.connect(put)
    return line


def date_field(
    resources: Path, name: str, current: date | None, put: Callable[[date | None], None]
) -> QWidget:
    """Return a date or none."""
    dated = DateEdit(name, resources)
    dated.set_date(current)
    dated.date_changed.connect(put)
    return dated


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column of the rows: which attribute, what it is called, and what it is edited with."""

    attribute: str
    title: str
    field: MakeField = text_field


@dataclass(frozen=True, slots=True)
class RowsSpec:
    """What the rows are: an attribute of the draft, where it is printed, and what one is called."""

    attribute: str
    part: str  # the part of the document where they are printed
    title: str
    noun: str
    make: Callable[[], object]
    columns: tuple[ColumnSpec, ...]


class RowsEditor(QWidget):
    """Rows bound to a tuple of values in the draft, each with remove and up."""

    def __init__(self, session: DraftSession, spec: RowsSpec, resources: Path) -> None:
        super().__init__()
        self._session, self._spec, self._resources = session, spec, resources
        self._lens: Lens[tuple[Any, ...]] = field(spec.attribute)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(22, 0, 0, 8)
        self._add = QPushButton(f"Lägg till {spec.noun}", self)
        self._add.setObjectName(f"add-{spec.attribute}")
        self._add.clicked.connect(self._append)
        self._lay_out()

    @property
    def values(self) -> tuple[Any, ...]:
        """Return the rows' values."""
        return self._lens.get(self._session.draft)

    def _lay_out(self) -> None:
        while item := self._grid.takeAt(0):
            if (widget := item.widget()) is not None and widget is not self._add:
                widget.hide()
                widget.deleteLater()
        values = self.values
        if values:
            for at, column in enumerate(self._spec.columns):
                self._grid.addWidget(QLabel(column.title), 0, at)
        for row, value in enumerate(values):
            for at, column in enumerate(self._spec.columns):
                self._grid.addWidget(self._field(row, column, value), row + 1, at)
            up = self._tool("arrow-up", "Flytta upp", row, self._raise)
            up.setEnabled(row > 0)
            self._grid.addWidget(up, row + 1, len(self._spec.columns))
            away = self._tool("trash-2", "Ta bort", row, self._remove)
            self._grid.addWidget(away, row + 1, len(self._spec.columns) + 1)
        self._grid.addWidget(self._add, len(values) + 1, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        for at in range(len(self._spec.columns)):
            self._grid.setColumnStretch(at, int(self._spec.columns[at].field is text_field))

    def _field(self, row: int, column: ColumnSpec, value: object) -> QWidget:
        name = f"{column.title}, {self._spec.noun} {row + 1}"
        current = getattr(value, column.attribute)
        return column.field(name, current, lambda new: self._put(row, column.attribute, new))

    def _tool(self, drawing: str, text: str, row: int, act: Callable[[int], None]) -> QWidget:
        name = f"{text} {self._spec.noun} {row + 1}"
        button = IconButton(drawing, name, self._resources, self)
        button.clicked.connect(lambda: act(row))
        return button

    def _put(self, row: int, attribute: str, value: object) -> None:
        values = list(self.values)
        values[row] = replace(values[row], **{attribute: value})
        self._session.edit(lambda draft: self._lens.put(draft, tuple(values)))

    @Slot()
    def _append(self) -> None:
        values = (*self.values, self._spec.make())
        self._change(values)
        self._focus(len(values) - 1)

    def _remove(self, row: int) -> None:
        values = list(self.values)
        del values[row]
        what = f"{self._spec.noun.capitalize()} {row + 1} togs bort."
        self._session.remove(what, lambda draft: self._lens.put(draft, tuple(values)))
        self._lay_out()

    def _raise(self, row: int) -> None:
        values = list(self.values)
        values[row - 1], values[row] = values[row], values[row - 1]
        self._change(tuple(values))
        self._focus(row - 1)

    def _change(self, values: tuple[Any, ...]) -> None:
        self._session.edit(lambda draft: self._lens.put(draft, values))
        self._lay_out()

    def _focus(self, row: int) -> None:
        item = self._grid.itemAtPosition(row + 1, 0)
        if item is not None and (widget := item.widget()) is not None:
            QTimer.singleShot(0, widget, widget.setFocus)
