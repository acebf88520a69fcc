"""Erasing for good: after it no byte of a draft is left in the library's files.

The connection has `secure_delete` on, so that SQLite writes zeros over what is deleted.
"""

import sqlite3


def erase_draft(connection: sqlite3.Connection, number: int) -> None:
    """Delete a draft and all that only it has; runs inside a transaction of the caller's."""
    connection.execute("DELETE FROM drafts WHERE number = ?", (number,))
    connection.execute("DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM files)")
    # The search index only marks a row as deleted; its words go when the index is written anew.
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def empty_log(connection: sqlite3.Connection) -> None:
    """Move what is in the write-ahead log into the file, and cut the log off.

    Where somebody else is reading it stays until the last one closes the library.
    """
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
