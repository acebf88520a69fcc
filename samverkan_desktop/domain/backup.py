"""Backups: copies of the whole library, and what is known of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Occasion(StrEnum):
    """Why a backup was made."""

    REGULAR = "regular"
    ASKED = "asked"
    BEFORE_RESTORE = "before-restore"  # the state that a restored backup took the place of


class Verdict(StrEnum):
    """Whether a backup can be relied upon."""

    GOOD = "good"
    UNVERIFIED = "unverified"  # without a record: put there by somebody, or by another program
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a library held at the moment it was copied.

    `counts` are the rows of each table, by its name. `state` tells whether anything that users see
    has changed since: it is the same as long as it hasn't.
    """

    counts: tuple[tuple[str, int], ...]
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What was written down when a backup was made and verified. Times are aware.

    `library` is the file that was copied, `made_by` the version of the program. `sha256` is that of
    the file, `drafts_sha256` that of every draft as it was read from it. `problem` is a Swedish
    clause, empty as long as the last verification found nothing.
    """

    library: str
    made_at: datetime
    made_by: str
    occasion: Occasion
    size: int
    sha256: str
    drafts_sha256: str
    snapshot: Snapshot
    verified_at: datetime
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in its folder. Without a record, `size` (bytes) and `at` are the file's own."""

    path: Path
    at: datetime
    size: int
    record: Record | None = None

    @property
    def verdict(self) -> Verdict:
        """Return what is known of the backup without opening it."""
        if self.record is None:
            return Verdict.UNVERIFIED
        sound = not self.record.problem and self.size == self.record.size
        return Verdict.GOOD if sound else Verdict.DAMAGED

    @property
    def drafts(self) -> int | None:
        """Return how many drafts it has, in the bin or not; None where that isn't known."""
        return dict(self.record.snapshot.counts).get("drafts") if self.record else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """How the last restore drill went: of which backup, when, and what was wrong, if anything."""

    at: datetime
    backup: str
    problem: str = ""
