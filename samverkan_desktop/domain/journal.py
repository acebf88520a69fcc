"""The audit journal of a draft: entries that each carry the SHA-256 of the one before.

Changing, removing or moving an entry breaks the chain at that place; an end kept apart shows when
the last entries are missing. The journal tells what was done, never what was written.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What was done with a draft."""

    CREATED = "created"
    EDITED = "edited"
    EXPORTED = "exported"
    IMPORTED = "imported"
    REVIEWED = "reviewed"  # suggestions accepted or rejected
    APPROVED = "approved"
    RESTORED = "restored"  # an earlier version, or a part of one
    DELETED = "deleted"  # moved to the bin
    UNDELETED = "undeleted"
    ERASED = "erased"  # emptied from the bin


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One act. `detail` names versions, sections by key, files by hash; `at` is an aware time."""

    number: int
    at: datetime
    who: str
    act: Act
    detail: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class JournalEnd:
    """The number and SHA-256 of a journal's last entry."""

    number: int
    sha256: str


START = JournalEnd(0, "")


def chained(end: JournalEnd, entry: JournalEntry) -> str:
    """Return the SHA-256 (hex) of an entry that follows `end`."""
    told = (entry.number, entry.at.isoformat(), entry.who, entry.act.value, dict(entry.detail))
    text = json.dumps((end.sha256, *told), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def broken(entries: Sequence[JournalEntry], end: JournalEnd) -> Iterator[int]:
    """Yield the numbers of entries that are missing or not as they were written.

    `entries` are in order of their numbers. One after a gap can't be judged; the gap is told.
    """
    before = START
    for entry in entries:
        yield from range(before.number + 1, entry.number)
        if entry.number == before.number + 1 and chained(before, entry) != entry.sha256:
            yield entry.number
        before = JournalEnd(entry.number, entry.sha256)
    yield from range(before.number + 1, end.number + 1)
    if before.number >= end.number and before != end:
        yield before.number
