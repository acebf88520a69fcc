"""What an embedded TrueType font says about the characters that a page shows: glyphs and widths.

The tables are those of ISO/IEC 14496-22 (OpenType): cmap, head, hhea, hmtx and maxp.
"""

import struct
from collections.abc import Callable

_SYMBOLS = 0xF000  # where a (3, 0) cmap may have the codes of a symbolic font


class BadFontError(Exception):
    """The data is no TrueType font that can be read."""


class TrueType:
    """A font program.

    Raises BadFontError.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._tables = _tables(data)
            self._units: int = struct.unpack_from(">H", self._tables[b"head"], 18)[0]
            self._glyphs: int = struct.unpack_from(">H", self._tables[b"maxp"], 4)[0]
            self._long: int = struct.unpack_from(">H", self._tables[b"hhea"], 34)[0]
            self._codes = _codes(self._tables[b"cmap"])
        except (struct.error, KeyError, IndexError) as error:
            raise BadFontError from error
        if not self._units or not self._long:
            raise BadFontError

    def glyph(self, code: int) -> int:
        """Return the glyph of a symbolic font's one-byte code; 0 is the missing character."""
        glyph = self._codes.get(code) or self._codes.get(_SYMBOLS + code, 0)
        return glyph if glyph < self._glyphs else 0

    def width(self, glyph: int) -> float:
        """Return a glyph's width in thousandths of the text size."""
        place = 4 * min(glyph, self._long - 1)
        try:
            advance: int = struct.unpack_from(">H", self._tables[b"hmtx"], place)[0]
        except (struct.error, KeyError) as error:
            raise BadFontError from error
        return advance * 1000 / self._units


def _tables(data: bytes) -> dict[bytes, bytes]:
    count: int = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(count))
    return {tag: data[start : start + length] for tag, _, start, length in records}


def _codes(cmap: bytes) -> dict[int, int]:
    """Return the glyphs by code, of all the cmap's tables for symbolic fonts."""
    count: int = struct.unpack_from(">H", cmap, 2)[0]
    found: dict[int, int] = {}
    for i in range(count):
        platform, encoding, start = struct.unpack_from(">HHL", cmap, 4 + 8 * i)
        if (platform, encoding) in ((1, 0), (3, 0)):
            kind: int = struct.unpack_from(">H", cmap, start)[0]
            found |= _FORMATS.get(kind, _unknown)(cmap[start:])
    return found


def _unknown(_table: bytes) -> dict[int, int]:
    raise BadFontError


def _bytes(table: bytes) -> dict[int, int]:
    return {code: table[6 + code] for code in range(256)}


def _segments(table: bytes) -> dict[int, int]:
    """Read format 4."""
    count: int = struct.unpack_from(">H", table, 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", table, 14 + 2 * count * row + (2 if row else 0))
        for row in range(4)
    )
    found: dict[int, int] = {}
    for i in range(count):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = code
            if offsets[i]:
                at = 16 + 6 * count + 2 * i + offsets[i] + 2 * (code - starts[i])
                glyph = struct.unpack_from(">H", table, at)[0]
            found[code] = (glyph + deltas[i]) & 0xFFFF if glyph or not offsets[i] else 0
    return found


def _trimmed(table: bytes) -> dict[int, int]:
    first, count = struct.unpack_from(">HH", table, 6)
    return dict(enumerate(struct.unpack_from(f">{count}H", table, 10), first))


_FORMATS: dict[int, Callable[[bytes], dict[int, int]]] = {0: _bytes, 4: _segments, 6: _trimmed}
