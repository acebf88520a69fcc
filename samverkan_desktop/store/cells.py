"""The rows on a page of a table, read without SQLite and without trusting a byte of them.

https://www.sqlite.org/fileformat2.html, section 1.6 (pages and cells), 2.1 (records). A table is
told by its columns: no two tables of a library have the same kinds of values.
"""

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from samverkan_desktop.store.pages import BRANCH, HEADER, LEAF, MAGIC, Image, Layout, Pages

Value = int | str | bytes | None

# Kinds of values: n null, i integer, t text, T text or null, b bytes, h text of 64 characters
# (a SHA-256), H that or null.
TABLES: Mapping[str, str] = {
    "schema": "tttiT",
    "steps": "nttt",
    "drafts": "nttttt" + "TiitT",
    "parts": "ititt",
    "blobs": "hb",
    "files": "ith",
    "pieces": "ihHb",
    "versions": "iitttthh",
    "journal": "tittt" + "th",
    "ends": "tih",
    "suggestions": "ittt",
    "comments": "itt",
    "words": "ntttt",
}
_BY_KINDS: dict[int, list[str]] = {}
for _name, _kinds in TABLES.items():
    _BY_KINDS.setdefault(len(_kinds), []).append(_name)

_HALF = re.compile("[\ud800-\udfff]")  # of a character: what Python makes of a byte not UTF-8

_HASH = 13 + 2 * 64  # section 2.1: the serial type of a text of 64 bytes
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a row lies: on which page, of what age (0 the file, higher later), from which byte.

    `rank` is how it was found (remains.py), the lower the better.
    """

    table: str
    rowid: int
    page: int
    age: int
    at: int
    length: int
    rank: int


def cells_on(image: Image, layout: Layout, rank: int) -> tuple[list[Cell], bool]:
    """Return the rows of known tables on a page, and whether all of it could be read."""
    data, start = image.data, _start(image)
    if data[start] != LEAF:
        return [], False
    (count,) = struct.unpack_from(">H", data, start + 3)
    pointers = data[start + 8 : start + 8 + 2 * count]
    out: list[Cell] = []
    lowest = start + 8 + 2 * count
    for (at,) in struct.iter_unpack(">H", pointers[: len(pointers) // 2 * 2]):
        cell = _cell(image, at, layout, rank) if lowest <= at < layout.usable else None
        if cell is not None:
            out.append(cell)
    return out, len(out) == count


def children_on(image: Image, layout: Layout) -> tuple[list[int], bool]:
    """Return the pages that a page of a table leads to, and whether all of it could be read."""
    data, start = image.data, _start(image)
    if data[start] != BRANCH:
        return [], False
    (count,) = struct.unpack_from(">H", data, start + 3)
    pointers = data[start + 12 : start + 12 + 2 * count]
    out: list[int] = []
    for (at,) in struct.iter_unpack(">H", pointers[: len(pointers) // 2 * 2]):
        if start + 12 + 2 * count <= at <= layout.usable - 5:
            out.append(int.from_bytes(data[at : at + 4], "big"))
    is_whole = len(out) == count
    out.append(int.from_bytes(data[start + 8 : start + 12], "big"))
    return out, is_whole


def is_empty(image: Image) -> bool:
    """Whether this is a page of a table that has no rows."""
    start = _start(image)
    return image.data[start] == LEAF and image.data[start + 3 : start + 5] == b"\0\0"


def rows_on(data: bytes, layout: Layout) -> int:
    """Return how many rows of known tables a page holds."""
    return len(cells_on(Image(0, 0, data), layout, 0)[0]) if len(data) == layout.size else 0


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row; when bytes at its end are missing, so are they in the values."""

    values: Sequence[Value]
    is_whole: bool


def read_row(pages: Pages, cell: Cell, columns: int | None = None) -> Row | None:
    """Return a row, or its first columns; None if it isn't there any more.

    Bytes that aren't UTF-8 are in a text as the halves of characters that Python makes of them.
    """
    image = pages.image(cell.page, cell.age)
    kept = _kept_on_page(cell.length, pages.layout.usable)
    payload = image.data[cell.at : cell.at + kept]
    header = _header(payload)
    if header is None or cell.length > pages.room:
        return None
    types, at = header
    types = types[:columns]
    needed = at + sum(map(_size, types))
    if needed > kept:
        (overflow,) = struct.unpack_from(">I", image.data, cell.at + kept)
        payload += pages.chain(overflow, needed - kept, image)
    return Row(list(_values(payload, types, at)), len(payload) >= needed)


def is_text(value: Value) -> bool:
    """Whether every byte of a text was UTF-8."""
    return isinstance(value, str) and _HALF.search(value) is None


def _start(image: Image) -> int:
    """Return where a page's own content begins: the file's header comes before it on the first.

    A page may have been moved by whatever damaged the file.
    """
    has_header = image.data.startswith(MAGIC)
    moved = image.page == 1 and image.data[0] in {LEAF, BRANCH}
    return HEADER if has_header or (image.page == 1 and not moved) else 0


def _cell(image: Image, at: int, layout: Layout, rank: int) -> Cell | None:
    data = image.data
    length, at = _varint(data, at)
    rowid, at = _varint(data, at)
    kept = _kept_on_page(length, layout.usable)
    end = at + kept + (4 if kept < length else 0)
    if kept <= 0 or end > layout.usable:
        return None
    header = _header(data[at : at + kept])
    if header is None:
        return None
    types, start = header
    table = _table(types)
    if table is None or start + sum(map(_size, types)) != length:
        return None
    rowid -= (rowid & 2**63) << 1
    return Cell(table, rowid, image.page, image.age, at, length, rank)


def _kept_on_page(length: int, usable: int) -> int:
    """Return how much of a row of a table lies on its own page (section 1.6)."""
    if length <= usable - 35:
        return length
    least = (usable - 12) * 32 // 255 - 23
    kept = least + (length - least) % (usable - 4)
    return kept if kept <= usable - 35 else least


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends (section 1.6)."""
    value = 0
    for i, byte in enumerate(data[at : at + 9]):
        if i == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + i + 1
    return 0, at


def _header(payload: bytes) -> tuple[list[int], int] | None:
    """Return a record's serial types and where its values begin, None if they aren't there."""
    size, at = _varint(payload, 0)
    types: list[int] = []
    while at < size <= len(payload) and len(types) < 16:
        kind, after = _varint(payload, at)
        if after == at:
            return None
        types.append(kind)
        at = after
    return (types, at) if types and at == size else None


def _table(types: Sequence[int]) -> str | None:
    for table in _BY_KINDS.get(len(types), ()):
        if all(map(_is_kind, types, TABLES[table])):
            return table
    return None


def _is_kind(serial: int, kind: str) -> bool:
    if kind in "nTH" and serial == 0:
        return True
    if kind in "hH":
        return serial == _HASH
    if kind in "tT":
        return serial >= 13 and serial % 2 == 1
    if kind == "b":
        return serial >= 12 and serial % 2 == 0
    return kind == "i" and (1 <= serial <= 6 or serial in {8, 9})


def _size(serial: int) -> int:
    return _SIZES[serial] if serial < 10 else max(0, (serial - 12) // 2)


def _values(payload: bytes, types: Sequence[int], at: int) -> Iterator[Value]:
    for serial in types:
        size = _size(serial)
        data = payload[at : at + size]
        at += size
        if serial == 0:
            yield None
        elif serial in {8, 9}:
            yield serial - 8
        elif serial < 12:
            yield int.from_bytes(data, "big", signed=True)
        elif serial % 2:
            yield data.decode("utf-8", "surrogateescape")
        else:
            yield data
