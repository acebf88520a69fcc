"""A draft as rows: its head, its sections, and the index of both. Runs inside a transaction."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from samverkan_desktop.codec.draft_json import (
    FORMAT,
    draft_from_plain,
    parse_json,
    read_section,
    write_value,
)
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import UnknownDraftError
from samverkan_desktop.store import search
from samverkan_desktop.store.summary import head_columns, section_columns


def number_of(connection: sqlite3.Connection, draft_id: str) -> int:
    """Return a draft's number, by which the other tables know it.

    Raises UnknownDraftError.
    """
    row = connection.execute("SELECT number FROM drafts WHERE id = ?", (draft_id,)).fetchone()
    if row is None:
        raise UnknownDraftError(draft_id)
    return int(row[0])


def insert_draft(connection: sqlite3.Connection, draft: Draft, now: str) -> int:
    """Write a new draft and return its number."""
    values = {"id": draft.id, **head_columns(draft), **section_columns(draft)}
    values |= {"changed_at": now, "head": _head_json(draft)}
    marks = ", ".join("?" * len(values))
    insert = f"INSERT INTO drafts ({', '.join(values)}) VALUES ({marks})"
    number = connection.execute(insert, (*values.values(),)).lastrowid or 0
    search.put_part(connection, number, search.HEAD, search.head_text(draft))
    for position, section in enumerate(draft.sections):
        _put_section(connection, number, position, section)
    return number


def update_draft(connection: sqlite3.Connection, draft: Draft, previous: Draft, now: str) -> None:
    """Write the parts of a draft that differ from `previous`.

    Raises UnknownDraftError.
    """
    number = number_of(connection, draft.id)
    update_row(connection, number, {**section_columns(draft), "changed_at": now})
    if replace(draft, sections=()) != replace(previous, sections=()):
        update_row(connection, number, {**head_columns(draft), "head": _head_json(draft)})
        search.put_part(connection, number, search.HEAD, search.head_text(draft))
    _update_sections(connection, number, draft, previous)


def update_row(connection: sqlite3.Connection, number: int, values: Mapping[str, object]) -> None:
    """Write columns of a draft's own row."""
    assignments = ", ".join(f"{column} = ?" for column in values)
    update = f"UPDATE drafts SET {assignments} WHERE number = ?"
    connection.execute(update, (*values.values(), number))


def read_draft(connection: sqlite3.Connection, draft_id: str) -> Draft:
    """Read a draft; one question, so that no other writer can come between its parts.

    Raises UnknownDraftError; InputError when what is stored can't be read.
    """
    rows = connection.execute(
        "SELECT head, value FROM drafts LEFT JOIN sections ON draft = number "
        "WHERE id = ? ORDER BY position",
        (draft_id,),
    ).fetchall()
    if not rows:
        raise UnknownDraftError(draft_id)
    plain = parse_json(rows[0][0], "head")
    fields = plain if isinstance(plain, dict) else {}
    draft = draft_from_plain({"format": FORMAT, **fields}, "head")
    sections = (read_section(value, "section") for _, value in rows if value is not None)
    return replace(draft, sections=tuple(sections))


def _update_sections(
    connection: sqlite3.Connection, number: int, draft: Draft, previous: Draft
) -> None:
    before = {s.key: (position, s) for position, s in enumerate(previous.sections)}
    for key in before.keys() - {section.key for section in draft.sections}:
        connection.execute("DELETE FROM sections WHERE draft = ? AND key = ?", (number, key))
        search.remove_part(connection, number, key)
    for position, section in enumerate(draft.sections):
        old_position, old = before.get(section.key, (position, None))
        if section != old:
            _put_section(connection, number, position, section)
        elif position != old_position:
            move = "UPDATE sections SET position = ? WHERE draft = ? AND key = ?"
            connection.execute(move, (position, number, section.key))


def _put_section(
    connection: sqlite3.Connection, number: int, position: int, section: Section
) -> None:
    connection.execute(
        "INSERT INTO sections (draft, key, position, value) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET position = excluded.position, value = excluded.value",
        (number, section.key, position, write_value(section)),
    )
    search.put_part(connection, number, section.key, search.section_text(section))


def _head_json(draft: Draft) -> str:
    return write_value(replace(draft, sections=()))
