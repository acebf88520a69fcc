"""The files of drafts: contents kept once under their SHA-256, names per draft."""

import hashlib
import sqlite3
from pathlib import Path

from samverkan_desktop.domain.errors import LibraryDamagedError, UnreadableFileError
from samverkan_desktop.domain.file_names import numbered, safe_file_name, split_suffix


def put_file(connection: sqlite3.Connection, draft: int, name: str, data: bytes) -> str:
    """Keep a file with a draft and return the name it got.

    A name never changes content: another file of the same name is numbered, "karta-2.png". The same
    file given again is the one that is there. Upper and lower case are the same, as on Windows.
    """
    digest = hashlib.sha256(data).hexdigest()
    taken = {old.casefold(): (old, its) for old, its in _digests(connection, draft).items()}
    stem, suffix = split_suffix(name)
    candidates = numbered(f"{safe_file_name(stem) or 'fil'}{suffix}")
    while True:
        candidate = next(candidates)
        old, its = taken.get(candidate.casefold(), ("", ""))
        if its == digest:
            return old
        if not its:
            put_named_file(connection, draft, candidate, data)
            return candidate


def put_named_file(connection: sqlite3.Connection, draft: int, name: str, data: bytes) -> None:
    """Keep a file under exactly this name, which the draft must not have yet."""
    digest = hashlib.sha256(data).hexdigest()
    connection.execute("INSERT INTO blobs VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, data))
    connection.execute("INSERT INTO files VALUES (?, ?, ?)", (draft, name, digest))


def read_file(connection: sqlite3.Connection, path: Path, draft: int, name: str) -> bytes:
    """Return a file's content.

    Raises UnreadableFileError when the draft has no such file, LibraryDamagedError (for the library
    at `path`) when its content isn't what was put in.
    """
    row = connection.execute(
        "SELECT sha256, data FROM files JOIN blobs USING (sha256) WHERE draft = ? AND name = ?",
        (draft, name),
    ).fetchone()
    if row is None:
        raise UnreadableFileError(name, "den finns inte bland ärendets filer")
    digest, data = row
    if hashlib.sha256(data).hexdigest() != digest:
        raise LibraryDamagedError(path)
    return bytes(data)


def file_names(connection: sqlite3.Connection, draft: int) -> frozenset[str]:
    """Return the names of a draft's files."""
    return frozenset(_digests(connection, draft))


def _digests(connection: sqlite3.Connection, draft: int) -> dict[str, str]:
    rows = connection.execute("SELECT name, sha256 FROM files WHERE draft = ?", (draft,))
    return dict(rows.fetchall())
