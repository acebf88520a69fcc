"""A date that may be empty: typed the way people write dates, or picked from a calendar."""

import re
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, QPoint, Signal, Slot
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from ui.buttons import IconButton

_ISO = re.compile(r"(\d{4})-?(\d{1,2})-?(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[ /.-](\d{4})")


def parse_date(text: str) -> date | None:
    """Read 2026-11-26, 20261126, 26/11 2026 or 26.11.2026; None for anything else."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


class DateEdit(QWidget):
    """A line for a date with a calendar beside it. Text that is no date stays, with a remark."""

    date_changed = Signal(object)  # datetime.date or None

    def __init__(self, name: str, resources: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._date: date | None = None
        self.line = QLineEdit(self, placeholderText="ÅÅÅÅ-MM-DD")
        self.line.setAccessibleName(name)
        self.line.setMaximumWidth(self.line.fontMetrics().averageCharWidth() * 18)
        self._button = IconButton("calendar", f"{name}: välj i kalender", resources, self)
        self._button.clicked.connect(self._show_calendar)
        self._remark = QLabel("Skriv datumet som 2026-11-26.", self)
        self._remark.hide()
        row = QHBoxLayout()
        row.addWidget(self.line)
        row.addWidget(self._button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._remark)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._read)
        self.line.editingFinished.connect(self._tidy)

    def set_date(self, value: date | None) -> None:
        """Show a date, or nothing, without telling anyone."""
        self._date = value
        self.line.setText(value.isoformat() if value else "")
        self._remark.hide()

    @Slot(str)
    def _read(self, text: str) -> None:
        value = parse_date(text)
        if value != self._date:
            self._date = value
            self.date_changed.emit(value)
        if value is not None or not text.strip():
            self._remark.hide()

    @Slot()
    def _tidy(self) -> None:
        if self._date is not None:
            self.line.setText(self._date.isoformat())
        self._remark.setVisible(self._date is None and bool(self.line.text().strip()))

    @Slot()
    def _show_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        if self._date is not None:
            calendar.setSelectedDate(QDate(self._date.year, self._date.month, self._date.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(self._pick)
        calendar.clicked.connect(self._pick)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))
        calendar.setFocus()

    @Slot(QDate)
    def _pick(self, day: QDate) -> None:
        value = date(day.year(), day.month(), day.day())
        self.set_date(value)
        self.date_changed.emit(value)
