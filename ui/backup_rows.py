"""The rows of the backup dialog: what is told of a backup, and of a draft in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from samverkan_desktop.domain.backup import Backup, Drill, Occasion, Verdict
from samverkan_desktop.store.summary import DraftSummary
from ui.backup_keeper import time_name
from ui.history_panel import day_name

Index = QModelIndex | QPersistentModelIndex

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NUMBERS = (2, 3)  # the columns of a backup's row that hold numbers

# Pixels right of a cell's text, and above and under it together.
AIR = QSize(10, 8)
VALUE = Qt.ItemDataRole.UserRole

_VERDICTS = {
    Verdict.GOOD: "Kontrollerad",
    Verdict.UNVERIFIED: "Inte kontrollerad",
    Verdict.DAMAGED: "Skadad",
}
_KILO = 1000


@dataclass(frozen=True, slots=True)
class Shown:
    """A backup in the list; `is_own` when it is of the library that is open."""

    backup: Backup
    is_own: bool


class _Airy(QStyledItemDelegate):
    """Rows and columns with air between them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the room of a cell."""
        return super().sizeHint(option, index) + AIR


def table(name: str, title: str, columns: Iterable[str], parent: QWidget) -> QTreeWidget:
    """Return an empty list with columns, the first of which gets the room that is left."""
    made = QTreeWidget(parent)
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setHeaderLabels(list(columns))
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setAllColumnsShowFocus(True)
    made.setAlternatingRowColors(True)
    made.setItemDelegate(_Airy(made))
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return made


def backup_row(shown: Shown, today: date) -> QTreeWidgetItem:
    """Return the row of a backup."""
    backup = shown.backup
    local = backup.at.astimezone()
    when = f"{day_name(local.date(), today)} {local:%H.%M.%S}"  # two may be of one minute
    record = backup.record
    if record is not None and record.occasion is Occasion.BEFORE_RESTORE:
        when += ", före återställning"
    if record is None:
        when += f", {backup.path.stem}"
    elif not shown.is_own:
        when += ", av ett annat bibliotek"
    drafts = "–" if backup.drafts is None else str(backup.drafts)
    row = QTreeWidgetItem([when, _VERDICTS[backup.verdict], drafts, size_name(backup.size)])
    for column in NUMBERS:
        row.setTextAlignment(column, RIGHT)
    row.setData(0, VALUE, backup)
    row.setToolTip(0, f"{when}\n{backup.path}")
    row.setToolTip(1, _verdict_at_length(backup))
    said = f"{when}, {drafts} ärenden, {size_name(backup.size)}, {_verdict_at_length(backup)}"
    row.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
    return row


def draft_row(summary: DraftSummary, today: date) -> QTreeWidgetItem:
    """Return the row of a draft in a backup."""
    title = summary.title or "Ärende utan rubrik"
    if summary.deleted_at is not None:
        title += " (i papperskorgen)"
    local = summary.changed_at.astimezone()
    changed = f"{day_name(local.date(), today)} {local:%H.%M}"
    row = QTreeWidgetItem([title, summary.dnr, changed])
    row.setData(0, VALUE, summary)
    row.setToolTip(0, title)
    said = f"{title}, {summary.dnr}, ändrat {changed}"
    row.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
    return row


def drill_state(drill: Drill | None) -> tuple[str, str]:
    """Return how the last restore drill went: a mark, and words that say it without the mark."""
    if drill is None:
        return "○", "Säkerhetskopiorna har inte provats än. Det görs av sig självt varje vecka."
    when = time_name(drill.at)
    if drill.problem:
        return "▲", f"Provet att återställa misslyckades {when}: {drill.problem}."
    return "●", f"Provet att återställa lyckades {when}: varje ärende gick att läsa."


def size_name(size: int) -> str:
    """Return a size in bytes as people say it, with a decimal comma."""
    if size < _KILO**2:
        return f"{max(1, round(size / _KILO))} kB"
    value, unit = (size / _KILO**2, "MB") if size < _KILO**3 else (size / _KILO**3, "GB")
    return f"{value:.1f} {unit}".replace(".", ",")


def _verdict_at_length(backup: Backup) -> str:
    record = backup.record
    if record is None:
        return "Inte kontrollerad: den är inte gjord av programmet här"
    when = time_name(record.verified_at)
    if backup.verdict is Verdict.DAMAGED:
        return f"Skadad, enligt kontrollen {when}: {record.problem or 'storleken är en annan'}"
    return f"Kontrollerad {when}: den gick att återställa"
