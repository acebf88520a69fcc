"""Erasing for good: after it no byte of a draft is left in the library's files.

The connection has `secure_delete` on, so that SQLite writes zeros over what is deleted.
"""

import sqlite3
from pathlib import Path

from samverkan_desktop.files import force_to_disk


def erase_draft(connection: sqlite3.Connection, number: int) -> None:
    """Delete a draft and all that only it has; runs inside a transaction of the caller's."""
    connection.execute("DELETE FROM drafts WHERE number = ?", (number,))
    connection.execute("DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM files)")
    # The search index only marks a row as deleted; its words go when the index is written anew.
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def empty_log(connection: sqlite3.Connection, path: Path) -> None:
    """Move what is in the write-ahead log of the library at `path` into it, and cut the log off.

    Where somebody else is reading the log it stays until the last one closes the library. SQLite
    leaves it to the system when the shorter log is on disk: a power cut could bring it all back.
    """
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    force_to_disk(path.with_name(f"{path.name}-wal"))
