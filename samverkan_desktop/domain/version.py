"""Versions: what a draft was at some time, numbered, never changed, known by its content.

A version is known by the SHA-256 of the draft in the public format (`draft.json`), so that whoever
has the file can tell that it is that version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Reason(StrEnum):
    """Why a version was kept."""

    BEGUN = "begun"  # as it was before the first edit of a sitting
    WRITTEN = "written"  # while somebody writes
    BEFORE = "before"  # before something that changes much at once
    NAMED = "named"  # because somebody asked
    IMPORTED = "imported"
    RESTORED = "restored"
    SENT = "sent"
    APPROVED = "approved"
    EXPORTED = "exported"

    @property
    def is_passing(self) -> bool:
        """Whether nobody asked for the version: it is let go of in time."""
        return self in (Reason.BEGUN, Reason.WRITTEN, Reason.BEFORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a draft, without its content.

    `number` counts from 1 within the draft. `sha256` (hex) is that of the draft's canonical bytes.
    `at` is an aware time; `note` is a name that the user gave, or what the version was kept before.
    """

    number: int
    at: datetime
    author: str
    reason: Reason
    note: str
    sha256: str

    @property
    def why(self) -> str:
        """Return why it was kept, as a Swedish phrase."""
        if self.reason is Reason.NAMED and not self.note:
            return "sparad på begäran"
        return f"{_WHY[self.reason]} {self.note}".strip()


_WHY = {
    Reason.BEGUN: "före första ändringen",
    Reason.WRITTEN: "medan ärendet skrevs",
    Reason.BEFORE: "före",
    Reason.NAMED: "namngiven:",
    Reason.IMPORTED: "inläst",
    Reason.RESTORED: "återställd från",
    Reason.SENT: "skickad",
    Reason.APPROVED: "godkänd",
    Reason.EXPORTED: "exporterad",
}


# How long every version of a kind of time is kept: for the age in the first place, the last version
# of each stretch in the second; before that, the last of each week.
KEEPING = (
    (timedelta(days=1), timedelta(0)),
    (timedelta(days=7), timedelta(hours=1)),
    (timedelta(days=90), timedelta(days=1)),
)
OLDEST_STRETCH = timedelta(days=7)


def thinned(versions: Sequence[Version], now: datetime) -> frozenset[int]:
    """Return the numbers of the versions to let go of.

    Of those kept without anybody asking, every one of the last day is kept, the last of each hour
    of the last week, of each day of the last ninety, and of each week before that. The first
    version, the last one, named ones and milestones are never let go of.
    """
    lasting = {v.number for v in versions if not v.reason.is_passing}
    lasting |= {v.number for v in (*versions[:1], *versions[-1:])}
    last_of = {_stretch(version, now): version.number for version in versions}
    return frozenset({v.number for v in versions} - lasting - set(last_of.values()))


def _stretch(version: Version, now: datetime) -> tuple[timedelta, int]:
    """Return which stretch of time a version falls in; they begin at fixed times, not at `now`."""
    age = now - version.at
    length = next((length for limit, length in KEEPING if age <= limit), OLDEST_STRETCH)
    if not length:
        return length, version.number
    return length, int(version.at.timestamp() // length.total_seconds())
