"""Contents of versions, each kept once under its SHA-256, near ones as what differs.

A piece that resembles another is kept as the bytes between the beginning and the end that they have
in common, deflated with the other's bytes at that place as dictionary (RFC 1950, FDICT). The other,
its base, is kept whole, so that at most two rows are read for a piece.
"""

import hashlib
import sqlite3
import struct
import zlib
from collections.abc import Collection

_ENDS = struct.Struct(">QQ")  # bytes in common with the base at the beginning, and at the end

# A difference has to be this much smaller than the whole, or the piece becomes a base itself.
_WORTH = 0.5


def put_piece(connection: sqlite3.Connection, draft: int, content: bytes, near: str | None) -> str:
    """Keep a piece with a draft and return its SHA-256 (hex).

    `near` is the SHA-256 of one that it probably resembles.
    """
    name = hashlib.sha256(content).hexdigest()
    if _row(connection, draft, name) is None:
        base, data = _packed(connection, draft, content, near)
        insert = "INSERT INTO pieces (draft, sha256, base, data) VALUES (?, ?, ?, ?)"
        connection.execute(insert, (draft, name, base, data))
    return name


def read_piece(connection: sqlite3.Connection, draft: int, name: str) -> bytes:
    """Return a piece's content.

    Raises LookupError when there is none, ValueError when it isn't what was put in.
    """
    row = _row(connection, draft, name)
    if row is None:
        raise LookupError(name)
    base, data = row
    content = _unpacked(data, read_piece(connection, draft, base) if base else None)
    if hashlib.sha256(content).hexdigest() != name:
        raise ValueError(name)
    return content


def drop_pieces(connection: sqlite3.Connection, draft: int, needed: Collection[str]) -> None:
    """Let go of a draft's pieces, but for those that are needed and what they differ from."""
    rows = connection.execute("SELECT sha256, base FROM pieces WHERE draft = ?", (draft,))
    bases = {str(name): base for name, base in rows}
    kept = set(needed) | {base for name, base in bases.items() if base and name in needed}
    gone = [(draft, name) for name in sorted(bases.keys() - kept, key=lambda n: not bases[n])]
    connection.executemany("DELETE FROM pieces WHERE draft = ? AND sha256 = ?", gone)


def _row(connection: sqlite3.Connection, draft: int, name: str) -> tuple[str | None, bytes] | None:
    found: tuple[str | None, bytes] | None = connection.execute(
        "SELECT base, data FROM pieces WHERE draft = ? AND sha256 = ?", (draft, name)
    ).fetchone()
    return found


def _packed(
    connection: sqlite3.Connection, draft: int, content: bytes, near: str | None
) -> tuple[str | None, bytes]:
    """Return the base to keep a piece against, None for none, and what is kept."""
    whole = zlib.compress(content)
    near_row = _row(connection, draft, near) if near else None
    if near_row is None:
        return None, whole
    base = near_row[0] or near
    difference = _difference(read_piece(connection, draft, base or ""), content)
    if len(difference) > _WORTH * len(whole):
        return None, whole
    return base, difference


def _difference(base: bytes, content: bytes) -> bytes:
    start = _common_start(base, content)
    shortest = min(len(base), len(content)) - start
    end = min(shortest, _common_start(base[start:][::-1], content[start:][::-1]))
    packer = zlib.compressobj(zdict=base[start : len(base) - end])
    middle = packer.compress(content[start : len(content) - end]) + packer.flush()
    return _ENDS.pack(start, end) + middle


def _unpacked(data: bytes, base: bytes | None) -> bytes:
    try:
        if base is None:
            return zlib.decompress(data)
        start, end = _ENDS.unpack_from(data)
        unpacker = zlib.decompressobj(zdict=base[start : len(base) - end])
        middle = unpacker.decompress(data[_ENDS.size :]) + unpacker.flush()
    except (zlib.error, struct.error) as error:
        raise ValueError("the piece can't be unpacked") from error
    return base[:start] + middle + base[len(base) - end :]


def _common_start(one: bytes, other: bytes) -> int:
    """Return how many bytes both begin with, by halving: slices are compared much faster."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
