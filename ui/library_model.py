"""The drafts of the library as rows for a list: grouped by meeting, the next meeting first."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from samverkan_desktop.domain.outline import State
from samverkan_desktop.store.search import SearchHit
from samverkan_desktop.store.summary import DraftSummary
from ui.outline_panel import MARKS
from ui.two_lines import DETAIL_ROLE, ID_ROLE, Index

_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """A draft, or (without one) the heading above a group of drafts.

    Its words are made when they are shown: of thousands of rows only some are.
    """

    today: date
    summary: DraftSummary | None = None
    heading: str = ""
    snippet: str = ""  # of a draft that was found: the text around the words

    @property
    def draft_id(self) -> str:
        """Return the draft's id; a heading has none."""
        return self.summary.id if self.summary else ""

    @property
    def meeting(self) -> date | None:
        """Return the day that the draft is grouped under."""
        return self.summary.meeting_date if self.summary else None

    @property
    def text(self) -> str:
        """Return the first line: the title with the outline's mark for how far it has come."""
        if self.summary is None:
            return self.heading
        return f"{MARKS[state(self.summary)]} {self.summary.title or 'Ärende utan rubrik'}"

    @property
    def detail(self) -> str:
        """Return the second line."""
        if self.summary is None or self.snippet:
            return self.snippet
        changed = f"Ändrad {when(self.summary.changed_at, self.today)}"
        return " · ".join(part for part in (self.summary.dnr, changed) if part)


def grouped(summaries: list[DraftSummary], today: date) -> list[Row]:
    """Return rows: coming meetings by date, then drafts without a date, then past meetings."""
    coming = sorted(
        {s.meeting_date for s in summaries if s.meeting_date and s.meeting_date >= today}
    )
    past = sorted({s.meeting_date for s in summaries if s.meeting_date and s.meeting_date < today})
    rows: list[Row] = []
    by_date: dict[date | None, list[DraftSummary]] = {}
    for summary in summaries:
        by_date.setdefault(summary.meeting_date, []).append(summary)
    for day in (*coming, None, *reversed(past)):
        members = by_date.get(day, [])
        if members:
            heading = f"Sammanträde {day.isoformat()}" if day else "Utan datum"
            rows.append(Row(today, heading=heading))
            rows += [Row(today, member) for member in members]
    return rows


def hit_row(hit: SearchHit, today: date) -> Row:
    """Return the row of a draft that was found."""
    return Row(today, hit.summary, snippet=" ".join(hit.snippet.split()))


def state(summary: DraftSummary) -> State:
    """Return how far a draft has come, judged by its sections."""
    if summary.begun:
        return State.BEGUN
    return State.DONE if summary.done else State.EMPTY


def when(moment: datetime, today: date) -> str:
    """Return a moment as people say it: the time today, else the date."""
    local = moment.astimezone()
    return f"{local:%H.%M}" if local.date() == today else local.date().isoformat()


class LibraryModel(QAbstractListModel):
    """Rows of drafts and headings."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Show these rows."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def replace_row(self, row: Row) -> bool:
        """Show a draft's new row in its old place; return False if it belongs elsewhere."""
        at = self.row_of(row.draft_id)
        if at < 0 or self._rows[at].meeting != row.meeting:
            return False
        self._rows[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, 0))
        return True

    def row_of(self, draft_id: str) -> int:
        """Return where a draft stands, or -1."""
        found = (at for at, row in enumerate(self._rows) if row.draft_id == draft_id)
        return next(found, -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row; a heading can't be chosen."""
        if not index.isValid() or not self._rows[index.row()].draft_id:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        """Return a row's text, detail line or draft id."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.text}. {row.detail}" if row.detail else row.text
            case _ if role == ID_ROLE:
                return row.draft_id
            case _ if role == DETAIL_ROLE:
                return row.detail
            case _:
                return None
