"""The fonts that a page shows text in, and what text that is."""

import functools
import re
from dataclasses import dataclass, field

import pikepdf

from samverkan_desktop.conformance.truetype import BadFontError, TrueType
from samverkan_desktop.conformance.values import Value, entry, identity, items, name, whole

# Encodings that say by themselves which characters the codes of a font stand for.
_KNOWN = frozenset({"WinAnsiEncoding", "MacRomanEncoding", "MacExpertEncoding"})
_SYMBOLIC = 1 << 2  # font flag (ISO 32000-1, table 123)
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX = rb"\s*<([0-9A-Fa-f\s]*)>"
_PAIR = re.compile(_HEX * 2)
_RANGE = re.compile(_HEX * 2 + rb"(" + _HEX + rb"|\s*\[([^\]]*)\])")
_MISSING = "\N{REPLACEMENT CHARACTER}"


@dataclass(eq=False, slots=True)
class Typeface:
    """A font dictionary, and the codes that have been shown in it so far."""

    font: Value
    page: int | None = None
    used: set[int] = field(default_factory=set)
    characters: dict[int, str] | None = None  # None when no ToUnicode says them

    @property
    def name(self) -> str:
        """Return the font's name."""
        return name(entry(self.font, "BaseFont")) or "utan namn"

    @property
    def kind(self) -> str:
        """Return the kind of font, such as TrueType."""
        return name(entry(self.font, "Subtype"))

    @property
    def descriptor(self) -> Value:
        """Return the descriptor; that of a composite font is its descendant's."""
        if self.kind == "Type0":
            return next((entry(kid, "FontDescriptor") for kid in self.descendants), None)
        return entry(self.font, "FontDescriptor")

    @property
    def descendants(self) -> list[Value]:
        """Return the fonts that a composite font is made of."""
        return items(entry(self.font, "DescendantFonts"))

    @property
    def program(self) -> Value:
        """Return the embedded font program, or None."""
        found = (entry(self.descriptor, key) for key in ("FontFile", "FontFile2", "FontFile3"))
        return next((program for program in found if program is not None), None)

    @property
    def is_simple_symbolic(self) -> bool:
        """Whether codes lead to glyphs by the font program alone, as in all that we write."""
        flags = whole(entry(self.descriptor, "Flags")) or 0
        plain = self.kind == "TrueType" and entry(self.font, "Encoding") is None
        return plain and bool(flags & _SYMBOLIC)

    @property
    def is_readable(self) -> bool:
        """Whether the text can be told without a ToUnicode (ISO 19005-2, 6.2.11.7.2)."""
        encoding = entry(self.font, "Encoding")
        plain = name(encoding) in _KNOWN or (
            name(entry(encoding, "BaseEncoding")) in _KNOWN
            and entry(encoding, "Differences") is None
        )
        return self.kind != "Type0" and plain

    def width(self, code: int) -> float | None:
        """Return the width that the font dictionary gives a code."""
        index = code - (whole(entry(self.font, "FirstChar")) or 0)
        widths = items(entry(self.font, "Widths"))
        return float(widths[index]) if 0 <= index < len(widths) else None

    def truetype(self) -> TrueType:
        """Return the embedded font program.

        Raises BadFontError.
        """
        try:
            return _truetype(bytes(self.program.read_bytes()))
        except (pikepdf.PdfError, AttributeError) as error:
            raise BadFontError from error

    def show(self, string: bytes, page: int) -> str:
        """Note that a string is shown, and return its text."""
        if self.page is None:
            self.page = page
        codes: list[int] | bytes = string
        if self.kind == "Type0":
            codes = [high << 8 | low for high, low in zip(string[::2], string[1::2], strict=False)]
        self.used.update(codes)
        characters = self.characters
        if characters is None:
            return string.decode("cp1252", "replace") if self.is_readable else _MISSING * len(codes)
        return "".join([characters.get(code, _MISSING) for code in codes])


class Typefaces:
    """The fonts of a file."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int], Typeface] = {}
        self.unnumbered: list[Typeface] = []  # fonts that are no objects of their own

    @property
    def all(self) -> list[Typeface]:
        """Return those that a page or a form names."""
        return [*self._found.values(), *self.unnumbered]

    def of(self, font: Value) -> Typeface:
        """Return the font of a font dictionary."""
        key = identity(font)
        if key not in self._found:
            made = Typeface(font, characters=_characters(entry(font, "ToUnicode")))
            if key == (0, 0):
                self.unnumbered.append(made)
                return made
            self._found[key] = made
        return self._found[key]


@functools.lru_cache(maxsize=16)
def _truetype(data: bytes) -> TrueType:
    return TrueType(data)


def _characters(cmap: Value) -> dict[int, str] | None:
    """Return what a ToUnicode CMap says (ISO 32000-1, 9.10.3), or None when there is none."""
    if not isinstance(cmap, pikepdf.Stream):
        return None
    try:
        data = cmap.read_bytes()
    except pikepdf.PdfError:
        return None
    found: dict[int, str] = {}
    for section in _CHARS.findall(data):
        found |= {_code(code): _text(value) for code, value in _PAIR.findall(section)}
    for section in _RANGES.findall(data):
        for first, last, _, start, listed in _RANGE.findall(section):
            found |= _ranged(_code(first), _code(last), start, listed)
    return found


def _ranged(first: int, last: int, start: bytes, listed: bytes) -> dict[int, str]:
    codes = range(first, min(last, first + 0xFFFF) + 1)
    if listed:
        return dict(zip(codes, map(_text, re.findall(_HEX, listed)), strict=False))
    begin = _text(start)
    if not begin:
        return {}
    return {code: begin[:-1] + _next(begin[-1], code - first) for code in codes}


def _next(character: str, steps: int) -> str:
    point = ord(character) + steps
    return chr(point) if point <= 0x10FFFF else _MISSING


def _code(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _text(digits: bytes) -> str:
    joined = b"".join(digits.split())
    return bytes.fromhex((joined + b"0" * (len(joined) % 2)).decode()).decode(
        "utf-16-be", "replace"
    )
