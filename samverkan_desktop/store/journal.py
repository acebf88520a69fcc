"""The journal as rows, and its end, kept apart.

What writes runs inside a transaction of the caller's.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime

from samverkan_desktop.domain.journal import START, Act, JournalEnd, JournalEntry, chained
from samverkan_desktop.store.summary import write_time


def add_entry(
    connection: sqlite3.Connection,
    draft_id: str,
    act: Act,
    detail: Mapping[str, str],
    who: str,
    now: datetime,
) -> None:
    """Add an entry at the end of a draft's journal."""
    end = read_end(connection, draft_id)
    entry = JournalEntry(
        number=end.number + 1, at=now.astimezone(UTC), who=who, act=act, detail=detail
    )
    sha256 = chained(end, entry)
    told = json.dumps(dict(detail), ensure_ascii=False, sort_keys=True)
    row = (draft_id, entry.number, write_time(now), who, act.value, told, sha256)
    connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute(
        "INSERT OR REPLACE INTO journal_ends VALUES (?, ?, ?)", (draft_id, entry.number, sha256)
    )


def read_journal(connection: sqlite3.Connection, draft_id: str) -> tuple[JournalEntry, ...]:
    """Return a draft's journal, the oldest entry first; also that of a draft that is gone."""
    rows = connection.execute(
        "SELECT number, at, who, act, detail, sha256 FROM journal WHERE draft_id = ? "
        "ORDER BY number",
        (draft_id,),
    )
    return tuple(
        JournalEntry(
            number=number,
            at=datetime.fromisoformat(at),
            who=who,
            act=Act(act),
            detail=json.loads(detail),
            sha256=sha256,
        )
        for number, at, who, act, detail, sha256 in rows.fetchall()
    )


def read_end(connection: sqlite3.Connection, draft_id: str) -> JournalEnd:
    """Return where a draft's journal ends."""
    row = connection.execute(
        "SELECT number, sha256 FROM journal_ends WHERE draft_id = ?", (draft_id,)
    ).fetchone()
    return JournalEnd(*row) if row else START


def journal_ids(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of all drafts that have a journal, also of those that are gone."""
    rows = connection.execute(
        "SELECT draft_id FROM journal_ends UNION SELECT draft_id FROM journal"
    )
    return frozenset(draft_id for (draft_id,) in rows.fetchall())
