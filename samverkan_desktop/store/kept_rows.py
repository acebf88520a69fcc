"""Rows of a damaged library that are put into a new one as they are, once they prove to be sound.

Files and pieces of versions by their SHA-256, versions by what they are made of, journal entries by
what they say. What writes runs inside a transaction of the caller's, foreign keys deferred.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from samverkan_desktop.codec.review_json import read_comment, read_suggestion
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.journal import Act, broken
from samverkan_desktop.domain.review import State
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store.cells import Cell, Value, is_text
from samverkan_desktop.store.journal import journal_ids, read_end, read_journal
from samverkan_desktop.store.pieces import drop_pieces, read_piece
from samverkan_desktop.store.remains import Key, Remains
from samverkan_desktop.store.versions import read_tree, read_version

_SHA256 = re.compile("[0-9a-f]{64}")

# Whose rows: what they are read from, and the draft's number there.
Source = tuple[Remains, int]


def put_files(
    connection: sqlite3.Connection, number: int, sources: Sequence[Source]
) -> frozenset[str]:
    """Write the files of a draft that are sound somewhere; return the names of the others."""
    missing: set[str] = set()
    for name in dict.fromkeys(name for source in sources for name in _file_names(source)):
        digests = [digest for source in sources for digest in _digests(source, name)]
        digest = next((d for d in digests if _put_blob(connection, d, sources)), None)
        if digest is None:
            missing.add(name)
        else:
            connection.execute(
                "INSERT INTO files VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (number, name, digest)
            )
    return frozenset(missing)


def put_history(connection: sqlite3.Connection, number: int, sources: Sequence[Source]) -> int:
    """Write the versions of a draft that can be read; return how many were found that can't.

    What has been written of its history before goes.
    """
    for table in ("versions", "pieces"):
        connection.execute(f"DELETE FROM {table} WHERE draft = ?", (number,))
    # The first one again: its pieces may differ from some that it lacks
    for remains, its_number in (*sources, *sources[: len(sources) - 1]):
        for cells in remains.of("pieces", its_number).values():
            for row in remains.read(cells):
                _put_piece(connection, number, row)
        if len(sources) > 1:
            _drop_unsound_pieces(connection, number)
    needed: set[str] = set()
    lost = 0
    for key in dict.fromkeys(key for r, n in sources for key in r.of("versions", n)):
        rows = (row for source in sources for row in _versions(source, key))
        pieces = next(filter(None, (_put_version(connection, number, row) for row in rows)), None)
        needed |= pieces or set()
        lost += pieces is None
    drop_pieces(connection, number, needed)
    return lost


def put_reviews(connection: sqlite3.Connection, number: int, sources: Sequence[Source]) -> None:
    """Write the suggestions and comments for a draft that can be read, in the order they came."""
    for table, read in (("suggestions", read_suggestion), ("comments", read_comment)):
        for remains, its_number in sources:
            found = remains.of(table, its_number).values()
            for cells in sorted(found, key=lambda cells: cells[0].rowid):
                row = next((r for r in remains.read(cells) if _is_review(r, read)), None)
                if row is not None:
                    marks = ", ".join("?" * len(row))
                    insert = f"INSERT INTO {table} VALUES ({marks}) ON CONFLICT DO NOTHING"
                    connection.execute(insert, (number, *row[1:]))


def _is_review(row: Sequence[Value], read: Callable[[str, str], object]) -> bool:
    with suppress(ValueError, SamverkanError, RecursionError):
        if len(row) == 4:
            State(str(row[2]))
        read(str(row[-1]), "")
        return all(isinstance(value, int) or is_text(value) for value in row)
    return False


def put_journals(connection: sqlite3.Connection, sources: Sequence[Remains]) -> int:
    """Write the journals of all drafts, also of erased ones; return how many aren't whole."""
    for remains in sources:
        for cells in _each(remains, "journal"):
            row = next((r for r in remains.read(cells) if _is_entry(r)), None)
            if row is not None:
                connection.execute(
                    "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row
                )
        for cells in _each(remains, "ends"):
            row = next((r for r in remains.read(cells) if _is_hash(r[2])), None)
            if row is not None:
                connection.execute(
                    "INSERT INTO journal_ends VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row
                )
    _end_journals(connection)
    return sum(
        any(broken(read_journal(connection, draft_id), read_end(connection, draft_id)))
        for draft_id in journal_ids(connection)
    )


def _end_journals(connection: sqlite3.Connection) -> None:
    """Let each journal end at its last entry where it has none, or one that comes before that."""
    last = """
        SELECT draft_id, number, sha256 FROM journal AS entry
        WHERE number = (SELECT max(number) FROM journal WHERE draft_id = entry.draft_id)
        AND number > coalesce(
            (SELECT number FROM journal_ends WHERE draft_id = entry.draft_id), 0)
    """
    rows = connection.execute(last).fetchall()
    connection.executemany("INSERT OR REPLACE INTO journal_ends VALUES (?, ?, ?)", rows)


def _file_names(source: Source) -> Iterator[str]:
    remains, number = source
    return (name for name in remains.of("files", number) if isinstance(name, str) and name)


def _digests(source: Source, name: str) -> Iterator[str]:
    remains, number = source
    for row in remains.read(remains.of("files", number).get(name, [])):
        if _is_hash(row[2]):
            yield str(row[2])


def _put_blob(connection: sqlite3.Connection, digest: str, sources: Sequence[Source]) -> bool:
    if connection.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (digest,)).fetchone():
        return True
    for remains, _ in sources:
        for row in remains.read(remains.of("blobs", digest).get(None, [])):
            data = row[1]
            if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == digest:
                connection.execute("INSERT INTO blobs VALUES (?, ?)", (digest, data))
                return True
    return False


def _put_piece(connection: sqlite3.Connection, number: int, row: Sequence[Value]) -> None:
    _, name, base, data = row
    if base is None or is_text(base):
        connection.execute(
            "INSERT INTO pieces VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (number, name, base, data),
        )


def _drop_unsound_pieces(connection: sqlite3.Connection, number: int) -> None:
    """Make room for the same pieces from elsewhere."""
    names = connection.execute("SELECT sha256 FROM pieces WHERE draft = ?", (number,)).fetchall()
    for (name,) in names:
        try:
            read_piece(connection, number, name)
        except (LookupError, ValueError, RecursionError, MemoryError):
            delete = "DELETE FROM pieces WHERE draft = ? AND sha256 = ?"
            connection.execute(delete, (number, name))


def _put_version(
    connection: sqlite3.Connection, number: int, row: Sequence[Value]
) -> frozenset[str]:
    """Write a version if it can be read; return the pieces it is made of, or none."""
    insert = "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    connection.execute(insert, (number, *row[1:]))
    version, tree = row[1], str(row[7])
    try:
        read_version(connection, number, int(version or 0))
        return frozenset({tree, *read_tree(connection, number, tree).values()})
    except (LookupError, ValueError, SamverkanError, RecursionError, MemoryError):
        delete = "DELETE FROM versions WHERE draft = ? AND number = ?"
        connection.execute(delete, (number, version))
        return frozenset()


def _versions(source: Source, key: Key) -> Iterator[Sequence[Value]]:
    remains, number = source
    for row in remains.read(remains.of("versions", number).get(key, [])):
        with suppress(ValueError, TypeError):
            datetime.fromisoformat(str(row[2]))
            Reason(str(row[4]))
            if all(isinstance(value, int) or is_text(value) for value in row):
                yield row


def _each(remains: Remains, table: str) -> Iterable[list[Cell]]:
    return (cells for keyed in remains.rows[table].values() for cells in keyed.values())


def _is_entry(row: Sequence[Value]) -> bool:
    with suppress(ValueError, TypeError, RecursionError):
        datetime.fromisoformat(str(row[2]))
        Act(str(row[4]))
        texts = all(isinstance(value, int) or is_text(value) for value in row)
        return texts and isinstance(json.loads(str(row[5])), dict) and _is_hash(row[6])
    return False


def _is_hash(value: Value) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None
