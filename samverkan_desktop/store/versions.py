"""Versions as rows: what they are, and a tree of pieces that holds the draft's parts.

What writes runs inside a transaction of the caller's.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import UnknownVersionError
from samverkan_desktop.domain.version import Reason, Version
from samverkan_desktop.store.drafts import draft_of_parts, read_draft, read_parts
from samverkan_desktop.store.pieces import drop_pieces, put_piece, read_piece
from samverkan_desktop.store.summary import write_time

_COLUMNS = "number, at, author, reason, note, sha256"


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as it was kept, and which parts differ from the one before."""

    version: Version
    changed: tuple[str, ...]


def keep_version(
    connection: sqlite3.Connection,
    draft: tuple[int, str],
    why: tuple[Reason, str],
    who: str,
    now: datetime,
) -> Kept:
    """Keep a draft (number and id) as it is stored; `why` is a reason and a note.

    One that is as the last version was, and that nobody asked for, isn't kept again.
    """
    number, draft_id = draft
    last, old_tree = _last(connection, number)
    before = read_tree(connection, number, old_tree) if old_tree else {}
    parts = read_parts(connection, draft_id)
    tree = {
        part: put_piece(connection, number, value.encode(), before.get(part))
        for part, value in parts.items()
    }
    changed = tuple(p for p in {**tree, **before} if tree.get(p) != before.get(p))
    if not changed:
        changed = tuple(p for p, old in zip(tree, before, strict=True) if p != old)
    reason, note = why
    if last is not None and not changed and reason.is_passing:
        return Kept(last, ())
    name = put_piece(connection, number, _write_tree(tree), old_tree or None)
    sha256 = last.sha256 if last and not changed else content_hash(read_draft(connection, draft_id))
    version = Version(
        number=last.number + 1 if last else 1,
        at=now,
        author=who,
        reason=reason,
        note=note,
        sha256=sha256,
    )
    row = (number, version.number, write_time(now), who, reason.value, note, sha256, name)
    connection.execute("INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return Kept(version, changed)


def read_versions(connection: sqlite3.Connection, draft: int) -> tuple[Version, ...]:
    """Return a draft's versions, the oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM versions WHERE draft = ? ORDER BY number", (draft,)
    )
    return tuple(_version(row) for row in rows.fetchall())


def read_version(connection: sqlite3.Connection, draft: int, number: int) -> Draft:
    """Return a draft as it was.

    Raises UnknownVersionError, or ValueError when it isn't what was kept.
    """
    row = connection.execute(
        "SELECT tree, sha256 FROM versions WHERE draft = ? AND number = ?", (draft, number)
    ).fetchone()
    if row is None:
        raise UnknownVersionError(number)
    tree, sha256 = row
    names = read_tree(connection, draft, tree)
    parts = {part: read_piece(connection, draft, name).decode() for part, name in names.items()}
    value = draft_of_parts(parts)
    if content_hash(value) != sha256:
        raise ValueError(sha256)
    return value


def drop_versions(connection: sqlite3.Connection, draft: int, numbers: frozenset[int]) -> None:
    """Let go of versions, and of what only they hold."""
    gone = [(draft, number) for number in sorted(numbers)]
    connection.executemany("DELETE FROM versions WHERE draft = ? AND number = ?", gone)
    trees = connection.execute("SELECT DISTINCT tree FROM versions WHERE draft = ?", (draft,))
    needed: set[str] = set()
    for (tree,) in trees.fetchall():
        needed |= {tree, *read_tree(connection, draft, tree).values()}
    drop_pieces(connection, draft, needed)


def read_tree(connection: sqlite3.Connection, draft: int, name: str) -> dict[str, str]:
    """Return the names of the pieces that hold the parts of a version, by part.

    Raises LookupError or ValueError, as `read_piece` does.
    """
    lines = read_piece(connection, draft, name).decode().splitlines()
    pairs = (line.partition(" ") for line in lines)
    return {part: piece for piece, _, part in pairs}


def content_hash(draft: Draft) -> str:
    """Return the SHA-256 (hex) of a draft in the public format, canonical bytes."""
    from samverkan_desktop.codec.draft_json import write_draft

    return hashlib.sha256(write_draft(draft)).hexdigest()


def _last(connection: sqlite3.Connection, draft: int) -> tuple[Version | None, str]:
    """Return a draft's last version and its tree."""
    row = connection.execute(
        f"SELECT {_COLUMNS}, tree FROM versions WHERE draft = ? ORDER BY number DESC LIMIT 1",
        (draft,),
    ).fetchone()
    return (_version(row[:-1]), row[-1]) if row else (None, "")


def _version(row: tuple[int, str, str, str, str, str]) -> Version:
    number, at, author, reason, note, sha256 = row
    return Version(
        number=number,
        at=datetime.fromisoformat(at),
        author=author,
        reason=Reason(reason),
        note=note,
        sha256=sha256,
    )


def _write_tree(tree: Mapping[str, str]) -> bytes:
    """Return a line for each part: the piece that holds it, and its key, which has no spaces."""
    return "".join(f"{name} {part}\n" for part, name in tree.items()).encode()
