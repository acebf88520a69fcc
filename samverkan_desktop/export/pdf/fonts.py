"""The fonts that ship with the program, and which of them has a character.

ReportLab reads TrueType outlines only. No text shaping and no ligatures: the text that is copied
out of the file must be the text that was written (ISO 19005-2, 6.2.11.7).
"""

import itertools
import struct
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFError
from reportlab.pdfbase.ttfonts import TTFontFace

from samverkan_desktop.domain.errors import ResourceError
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.export.pdf.rtl import has_rtl
from samverkan_desktop.export.pdf.rtl import units as rtl_units
from samverkan_desktop.files import Folders, resource


class MissingGlyphError(Exception):
    """No shipped font has this character."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


class Face:
    """One font file: read when it is first needed, never changed after that."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._subsetting = Lock()

    @cached_property
    def font(self) -> Any:  # noqa: ANN401  ReportLab has no types
        """The parsed font.

        Raises ResourceError when the file is damaged.
        """
        with self._reading():
            return TTFontFace(str(self.path))

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that can be shown.

        Private-use ones have no meaning to a reader and would break PDF/A-2a (6.2.11.7.3).
        """
        shown = (chr(code) for code, glyph in self.font.charToGlyph.items() if glyph)
        return frozenset(char for char in shown if unicodedata.category(char) not in _UNSHOWN)

    @cached_property
    def widths(self) -> dict[str, float]:
        """The advance width of each character for a size of 1 pt."""
        return {chr(code): width / 1000 for code, width in self.font.charWidths.items()}

    def width(self, text: str) -> float:
        """Return the width of a text at 1 pt."""
        widths = self.widths
        return sum([widths[char] for char in text])

    def subset(self, codes: list[int]) -> bytes:
        """Return a font file with only these characters, numbered from 0 in this order.

        The parser keeps its place in the file while it does so, hence one at a time.

        Raises ResourceError when the file is damaged.
        """
        with self._subsetting, self._reading():
            data: bytes = self.font.makeSubset(codes)
        return data

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGED as error:
            raise ResourceError(f"fonts/{self.path.name}") from error


# What ReportLab raises for a font file that is cut off or damaged.
_DAMAGED = (PDFError, struct.error, OSError, ValueError, LookupError, ArithmeticError, TypeError)
_UNSHOWN = frozenset({"Co", "Cn", "Cs", "Cc"})
_REMEMBERED = 50_000


class Stretch(NamedTuple):
    """Text in one face and its width at 1 pt; `rtl` when it stands left of what is before it."""

    face: Face
    text: str
    width: float
    rtl: bool = False


class Font:
    """A face, and others to be asked for the characters that it lacks."""

    def __init__(self, *faces: Face) -> None:
        self._faces = faces
        self._measured: dict[str, tuple[float, tuple[Stretch, ...]]] = {}

    def measure(self, word: str) -> tuple[float, tuple[Stretch, ...]]:
        """Return the width at 1 pt, and the word in stretches of one face.

        Words come again and again, so they are remembered, up to some number of them.

        Raises MissingGlyphError.
        """
        found = self._measured.get(word)
        if found is None:
            stretches = tuple(self._stretches(word))
            found = (sum(stretch.width for stretch in stretches), stretches)
            if len(self._measured) > _REMEMBERED:
                self._measured.clear()
            self._measured[word] = found
        return found

    def _stretches(self, word: str) -> Iterator[Stretch]:
        for unit, rtl in rtl_units(word) if has_rtl(word) else ((word, False),):
            for face, text in self._runs(unit):
                yield Stretch(face, text, face.width(text), rtl)

    def _runs(self, text: str) -> Iterator[tuple[Face, str]]:
        """Yield the text in stretches of one face; marks stay with the letter they stand on."""
        if self._faces[0].characters.issuperset(text):
            yield self._faces[0], text
            return
        pieces = [(self._face(piece), piece) for piece in self._pieces(text)]
        for face, group in itertools.groupby(pieces, key=lambda pair: pair[0]):
            yield face, "".join(piece for _, piece in group)

    def _pieces(self, text: str) -> Iterator[str]:
        """Yield characters with their combining marks, apart where no one face has them all."""
        for cluster in _clusters(text):
            if any(face.characters.issuperset(cluster) for face in self._faces):
                yield cluster
            else:
                yield from cluster

    def _face(self, piece: str) -> Face:
        for face in self._faces:
            if face.characters.issuperset(piece):
                return face
        raise MissingGlyphError(piece)


def _clusters(text: str) -> Iterator[str]:
    start = 0
    for at, char in enumerate(text):
        if at and not unicodedata.combining(char):
            yield text[start:at]
            start = at
    yield text[start:]


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface in four styles."""

    regular: Font
    bold: Font
    italic: Font
    bold_italic: Font

    def font(self, *, bold: bool, italic: bool) -> Font:
        """Return the font of a style."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular


@dataclass(frozen=True, slots=True)
class Fonts:
    """The typefaces of a document: text with serifs, and headings, tables and the rest without."""

    serif: Family
    sans: Family
    characters: frozenset[str]  # that some face has, in the upright style


def load_fonts(folders: Folders) -> Fonts:
    """Return the shipped fonts.

    Raises ResourceError when one is missing.
    """
    paths = {name: resource(folders, f"fonts/{name}.ttf") for name in _NAMES}
    return _fonts(tuple(paths.items()))


@lru_cache(maxsize=4)
def _fonts(paths: tuple[tuple[str, Path], ...]) -> Fonts:
    """Keep what has been read of the same files: a font takes 7 ms to parse."""
    faces = {name: Face(path) for name, path in paths}
    upright = (faces[name] for name in ("Tinos-Regular", "Arimo-Regular", "DejaVuSans"))
    return Fonts(
        serif=_family("Tinos", "Arimo", faces),
        sans=_family("Arimo", "Tinos", faces),
        characters=frozenset().union(*(face.characters for face in upright)),
    )


def _family(name: str, other: str, faces: dict[str, Face]) -> Family:
    def font(style: str, fallback: str) -> Font:
        return Font(faces[f"{name}-{style}"], faces[f"{other}-{style}"], faces[fallback])

    return Family(
        regular=font("Regular", "DejaVuSans"),
        bold=font("Bold", "DejaVuSans-Bold"),
        italic=font("Italic", "DejaVuSans"),
        bold_italic=font("BoldItalic", "DejaVuSans-Bold"),
    )


_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
_NAMES = (
    *(f"{family}-{style}" for family in ("Tinos", "Arimo") for style in _STYLES),
    "DejaVuSans",
    "DejaVuSans-Bold",
)


def lacking(folders: Folders, text: str) -> frozenset[str]:
    """Return the characters of a text, as it is printed, that none of the shipped fonts has.

    Raises ResourceError when a font is missing.
    """
    return frozenset(clean(text)) - load_fonts(folders).characters - {"\n"}
