"""The fonts of one file: each face is embedded with just the characters that the file shows.

A TrueType font is written as simple fonts of up to 250 characters each, one byte a character, with
the way back to Unicode (ISO 32000-1, 9.6.3 and 9.10.3).
"""

from samverkan_desktop.domain.typography import NBSP
from samverkan_desktop.export.pdf.fonts import Face
from samverkan_desktop.export.pdf.objects import PdfFile, Ref, number, numbers
from samverkan_desktop.export.pdf.rtl import letters_of

# Bytes that a literal string takes as they are; 0 is the missing character.
_CODES = [code for code in range(1, 256) if chr(code) not in "\r\n()\\"]

_SYMBOLIC, _NONSYMBOLIC = 1 << 2, 1 << 5  # font flags (ISO 32000-1, table 123)


class EmbeddedFonts:
    """What has been shown in each face so far, and the font objects made of it at the end."""

    def __init__(self) -> None:
        self._subsets: dict[Face, list[_Subset]] = {}
        self._count = 0

    def encode(self, face: Face, text: str) -> list[tuple[str, str]]:
        """Return a text as strings, each after the name of the font resource to show it with.

        A non-breaking space is shown as a space, so that a search for "KS 2023" finds it.
        """
        text = text.replace(NBSP, " ")
        subsets = self._subsets.get(face) or self._begin(face)
        if subsets[0].characters.issuperset(text):
            return [(subsets[0].name, text.translate(subsets[0].codes))]
        return self._encode_each(face, text)

    def write(self, file: PdfFile) -> str:
        """Write the fonts; return the Font dictionary of the resources."""
        entries = [
            f"/{subset.name} {_write_font(file, face, subset)}"
            for face, subsets in self._subsets.items()
            for subset in subsets
        ]
        return f"<<{''.join(entries)}>>"

    def _encode_each(self, face: Face, text: str) -> list[tuple[str, str]]:
        strings: list[tuple[str, str]] = []
        for char in text:
            subset = self._subset_with(face, char)
            code = subset.codes[ord(char)]
            if strings and strings[-1][0] == subset.name:
                strings[-1] = (subset.name, strings[-1][1] + code)
            else:
                strings.append((subset.name, code))
        return strings

    def _subset_with(self, face: Face, char: str) -> "_Subset":
        for subset in self._subsets[face]:
            if char in subset.characters:
                return subset
        last = self._subsets[face][-1]
        if len(last.characters) == len(_CODES):
            last = self._begin(face)[-1]
        last.add(char)
        return last

    def _begin(self, face: Face) -> "list[_Subset]":
        self._count += 1
        subsets = self._subsets.setdefault(face, [])
        subsets.append(_Subset(self._count))
        return subsets


class _Subset:
    """Up to 250 characters of a face."""

    def __init__(self, index: int) -> None:
        self.name = f"F{index}"
        self.tag = "".join(chr(ord("A") + index // 26**place % 26) for place in range(5, -1, -1))
        self.characters: set[str] = set()
        self.codes: dict[int, str] = {}  # as str.translate takes it

    def add(self, char: str) -> None:
        self.codes[ord(char)] = chr(_CODES[len(self.characters)])
        self.characters.add(char)

    def points(self) -> list[int]:
        """Return the code point of each byte, 0 where there is none."""
        points = [0] * (ord(max(self.codes.values(), default="\0")) + 1)
        for point, code in self.codes.items():
            points[ord(code)] = point
        return points


def _write_font(file: PdfFile, face: Face, subset: _Subset) -> Ref:
    font, points = face.font, subset.points()
    base = f"/{subset.tag}+{font.name.decode('ascii')}"
    data = face.subset(points)
    font_file = file.add_stream(f"/Length1 {len(data)}", data)
    flags = font.flags & ~_NONSYMBOLIC | _SYMBOLIC
    descriptor = file.add(
        f"<</Type/FontDescriptor/FontName{base}/Flags {flags}/FontBBox{numbers(*font.bbox)}"
        f"/ItalicAngle {number(font.italicAngle)}/Ascent {number(font.ascent)}"
        f"/Descent {number(font.descent)}/CapHeight {number(font.capHeight)}"
        f"/StemV {number(font.stemV)}/FontFile2 {font_file}>>"
    )
    widths = numbers(*(font.getCharWidth(point) for point in points))
    to_unicode = file.add_stream("", _to_unicode(subset).encode("ascii"))
    return file.add(
        f"<</Type/Font/Subtype/TrueType/BaseFont{base}/FirstChar 0/LastChar {len(points) - 1}"
        f"/Widths{widths}/FontDescriptor {descriptor}/ToUnicode {to_unicode}>>"
    )


def _to_unicode(subset: _Subset) -> str:
    """Return the CMap from bytes to UTF-16, in blocks of at most 100 (ISO 32000-1, 9.10.3)."""
    lines = [
        f"<{ord(code):02X}> <{letters_of(chr(point)).encode('utf-16-be').hex().upper()}>"
        for point, code in subset.codes.items()
    ]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    mapped = "\n".join(
        "\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{mapped}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
