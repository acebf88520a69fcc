"""What the list of drafts shows of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
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
    draft_id, template, title, dnr, committee, meeting_date, begun, done, changed, deleted = row
    return DraftSummary(
        draft_id,
        template,
        title,
        dnr,
        committee,
        date.fromisoformat(meeting_date) if meeting_date else None,
        begun,
        done,
        datetime.fromisoformat(changed),
        datetime.fromisoformat(deleted) if deleted else None,
    )


def summary_of(draft: Draft, changed_at: datetime) -> DraftSummary:
    """Return the summary of a draft outside the bin that was changed at `changed_at`."""
    done = sum(s.is_done for s in draft.sections)
    touched = sum(s.done or not s.is_empty for s in draft.sections)
    return DraftSummary(
        draft.id,
        draft.template,
        draft.title,
        draft.dnr,
        draft.committee,
        draft.meeting_date,
        touched - done,
        done,
        changed_at,
    )


def write_summary(summary: DraftSummary) -> dict[str, object]:
    """Return a summary as the columns that `read_summary` reads; times as `write_time` has them."""
    return {
        **{column: _whole(getattr(summary, column)) for column in SUMMARY_COLUMNS},
        "meeting_date": summary.meeting_date.isoformat() if summary.meeting_date else None,
        "changed_at": write_time(summary.changed_at),
        "deleted_at": write_time(summary.deleted_at) if summary.deleted_at else None,
    }


def write_time(moment: datetime) -> str:
    """Return an aware time so that text sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _whole(value: object) -> object:
    """Put "?" for half a character, which can be pasted but not stored as UTF-8."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
