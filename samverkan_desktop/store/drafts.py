"""A draft as rows: its line in the list, its parts as JSON, and their search index.

What writes runs inside a transaction of the caller's.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import UnknownDraftError
from samverkan_desktop.store.index import HEAD, index_draft, part_text
from samverkan_desktop.store.summary import DraftSummary, summary_of, write_summary


def number_of(connection: sqlite3.Connection, draft_id: str) -> int:
    """Return a draft's number, by which the other tables know it.

    Raises UnknownDraftError.
    """
    row = connection.execute("SELECT number FROM drafts WHERE id = ?", (draft_id,)).fetchone()
    if row is None:
        raise UnknownDraftError(draft_id)
    return int(row[0])


def insert_draft(connection: sqlite3.Connection, draft: Draft, now: datetime) -> int:
    """Write a new draft and return its number."""
    return put_draft(connection, draft, summary_of(draft, now))


def put_draft(
    connection: sqlite3.Connection, draft: Draft, summary: DraftSummary, number: int | None = None
) -> int:
    """Write a draft as the list is to show it; return its number, a new one unless it is given."""
    values = {"number": number, **write_summary(summary)}
    marks = ", ".join("?" * len(values))
    insert = f"INSERT INTO drafts ({', '.join(values)}) VALUES ({marks})"
    number = int(connection.execute(insert, (*values.values(),)).lastrowid or 0)
    for position, (part, value) in enumerate(_parts(draft).items()):
        _put_part(connection, number, position, part, value)
    index_draft(connection, number)
    return number


def update_draft(
    connection: sqlite3.Connection, draft: Draft, previous: Draft, now: datetime
) -> None:
    """Write the parts of a draft that differ from `previous`; in the bin or not, it stays there.

    The search index follows when somebody searches: it takes longer than the rest, and the draft is
    saved every second while it is written.

    Raises UnknownDraftError.
    """
    number = number_of(connection, draft.id)
    values = write_summary(summary_of(draft, now))
    del values["deleted_at"]
    update_row(connection, number, values)
    parts, before = _parts(draft), _parts(previous)
    for part in before.keys() - parts.keys():
        connection.execute("DELETE FROM parts WHERE draft = ? AND part = ?", (number, part))
    old_positions = {part: position for position, part in enumerate(before)}
    for position, (part, value) in enumerate(parts.items()):
        if value != before.get(part):
            _put_part(connection, number, position, part, value)
        elif position != old_positions[part]:
            move = "UPDATE parts SET position = ? WHERE draft = ? AND part = ?"
            connection.execute(move, (position, number, part))
    connection.execute("INSERT INTO unindexed VALUES (?) ON CONFLICT DO NOTHING", (number,))


def update_row(connection: sqlite3.Connection, number: int, values: Mapping[str, object]) -> None:
    """Write columns of a draft's row in the list."""
    assignments = ", ".join(f"{column} = ?" for column in values)
    update = f"UPDATE drafts SET {assignments} WHERE number = ?"
    connection.execute(update, (*values.values(), number))


def read_draft(connection: sqlite3.Connection, draft_id: str) -> Draft:
    """Read a draft.

    Raises UnknownDraftError; InvalidFieldError or NewerFormatError when a part can't be read.
    """
    return draft_of_parts(read_parts(connection, draft_id))


def read_parts(connection: sqlite3.Connection, draft_id: str) -> dict[str, str]:
    """Return a draft's parts as JSON, the head first.

    One question, so that no other writer can come between them.

    Raises UnknownDraftError.
    """
    rows = connection.execute(
        "SELECT coalesce(part, ''), coalesce(value, '') "
        "FROM drafts LEFT JOIN parts ON draft = number WHERE id = ? ORDER BY position",
        (draft_id,),
    ).fetchall()
    if not rows:
        raise UnknownDraftError(draft_id)
    return dict(rows)


def draft_of_parts(parts: Mapping[str, str]) -> Draft:
    """Put a draft together from its parts as JSON, the head first.

    Raises InvalidFieldError or NewerFormatError when a part can't be read.
    """
    from samverkan_desktop.codec.draft_json import (  # takes longer than to list all drafts
        FORMAT,
        draft_from_plain,
        parse_json,
        read_section,
    )

    head, *sections = parts.values()
    plain = parse_json(head, "head")
    fields = plain if isinstance(plain, dict) else {}
    draft = draft_from_plain({"format": FORMAT, **fields}, "head")
    return replace(draft, sections=tuple(read_section(value, "section") for value in sections))


def _parts(draft: Draft) -> dict[str, Draft | Section]:
    """Return what is written by itself: the head, which is the draft without sections, and each."""
    head = {HEAD: replace(draft, sections=())}
    return head | {section.key: section for section in draft.sections}


def _put_part(
    connection: sqlite3.Connection, number: int, position: int, part: str, value: Draft | Section
) -> None:
    from samverkan_desktop.codec.draft_json import write_value

    connection.execute(
        "INSERT INTO parts (draft, part, position, value, text) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET position = excluded.position, value = excluded.value, "
        "text = excluded.text",
        (number, part, position, write_value(value), part_text(value)),
    )
