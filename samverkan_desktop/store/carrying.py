"""A draft carried over from one library file to another, row by row."""

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from samverkan_desktop.domain.errors import DraftExistsError
from samverkan_desktop.domain.journal import START, Act
from samverkan_desktop.store.connection import look, translated
from samverkan_desktop.store.drafts import number_of
from samverkan_desktop.store.index import index_draft
from samverkan_desktop.store.journal import add_entry, read_end
from samverkan_desktop.store.open_file import OpenFile

# The tables with a draft's rows, and in which order they refer to one another.
_BELONGING = {
    "parts": "position",
    "files": "name",
    "pieces": "base IS NOT NULL",
    "versions": "number",
    "suggestions": "rowid",
    "comments": "rowid",
}


def carry_over(file: OpenFile, draft_id: str, other: Path, note: str) -> None:
    """Add a draft of another, up-to-date library file that nobody else has open.

    Raises DraftExistsError, UnknownDraftError, StorageError; nothing has been added then.
    """
    with contextlib.closing(look(other)) as source, file.writing() as target:
        if target.execute("SELECT 1 FROM drafts WHERE id = ?", (draft_id,)).fetchone():
            raise DraftExistsError(draft_id)
        with translated(other):
            old = number_of(source, draft_id)
            rows = {table: _rows(source, table, old) for table in _BELONGING}
            blobs = source.execute(
                "SELECT sha256, data FROM blobs WHERE sha256 IN "
                "(SELECT sha256 FROM files WHERE draft = ?)",
                (old,),
            ).fetchall()
            (head,) = _named(source.execute("SELECT * FROM drafts WHERE number = ?", (old,)))
            journal = source.execute("SELECT * FROM journal WHERE draft_id = ?", (draft_id,))
            entries, end = journal.fetchall(), read_end(source, draft_id)
        number = _insert(target, "drafts", {**head, "number": None, "deleted_at": None})
        for blob in blobs:
            target.execute("INSERT INTO blobs VALUES (?, ?) ON CONFLICT DO NOTHING", blob)
        for table, belonging in rows.items():
            for row in belonging:
                _insert(target, table, {**row, "draft": number})
        if read_end(target, draft_id) == START and entries:
            _insert_all(target, "journal", entries)
            _insert_all(target, "journal_ends", [(draft_id, end.number, end.sha256)])
        index_draft(target, number)
        add_entry(target, draft_id, Act.RESTORED, {"note": note}, file.author, file.clock())


def _rows(connection: sqlite3.Connection, table: str, draft: int) -> list[dict[str, Any]]:
    asked = f"SELECT * FROM {table} WHERE draft = ? ORDER BY {_BELONGING[table]}"
    return _named(connection.execute(asked, (draft,)))


def _named(found: sqlite3.Cursor) -> list[dict[str, Any]]:
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    marks = ", ".join("?" * len(row))
    insert = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
    return connection.execute(insert, (*row.values(),)).lastrowid or 0


def _insert_all(
    connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]
) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*row,))
