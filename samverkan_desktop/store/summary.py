"""What the list of drafts shows of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samverkan_desktop.domain.draft import Draft

SUMMARY_COLUMNS = (
    "id",
    "template",
    "title",
    "dnr",
    "committee",
    "meeting_date",
    "begun",
    "done",
    "changed_at",
    "deleted_at",
)


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A draft in a list. Times are aware and in UTC.

    `begun` is the number of sections with text that aren't marked as done, `done` of those that are
    (or that are answered "ej tillämpligt"). `deleted_at` is set for a draft in the bin.
    """

    id: str
    template: str
    title: str
    dnr: str
    committee: str
    meeting_date: date | None
    begun: int
    done: int
    changed_at: datetime
    deleted_at: datetime | None = None


def read_summary(row: Sequence[Any]) -> DraftSummary:
    """Return a row of SUMMARY_COLUMNS as a value."""
    values = dict(zip(SUMMARY_COLUMNS, row, strict=True))
    meeting_date, deleted_at = values["meeting_date"], values["deleted_at"]
    values["meeting_date"] = date.fromisoformat(meeting_date) if meeting_date else None
    values["deleted_at"] = datetime.fromisoformat(deleted_at) if deleted_at else None
    values["changed_at"] = datetime.fromisoformat(values["changed_at"])
    return DraftSummary(**values)


def head_columns(draft: Draft) -> dict[str, str | None]:
    """Return the columns that come from the draft's head."""
    return {
        "template": draft.template,
        "title": draft.title,
        "dnr": draft.dnr,
        "committee": draft.committee,
        "meeting_date": draft.meeting_date.isoformat() if draft.meeting_date else None,
    }


def section_columns(draft: Draft) -> dict[str, int]:
    """Return the columns that come from the draft's sections."""
    done = sum(s.done or s.not_applicable is not None for s in draft.sections)
    written = sum(s.done or not s.is_empty for s in draft.sections)
    return {"begun": written - done, "done": done}
