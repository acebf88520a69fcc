"""Text to lines: breaking at spaces, with each character in a face that has it.

Lines are ragged and never hyphenated: a hyphen that was not written would be read out and copied.
A line keeps the space it was broken at, so that words are apart for those who read the text from
the file (ISO 32000-1, 14.8.2.5).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from samverkan_desktop.export.pdf.canvas import Link, Mark, Piece, Sheet
from samverkan_desktop.export.pdf.fonts import Face, Font
from samverkan_desktop.export.pdf.styles import Colour, Style

# Spaces that a line may be broken at; U+00A0, U+2007 and U+202F are not among them.
_SPACES = " \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
# A word, the spaces after it, and a forced line break.
_TOKENS = re.compile(rf"([^{_SPACES}\n]*)([{_SPACES}]*)(\n?)")
# A line may also be broken after a hyphen, dash or slash between letters: "e-/postadress" not.
_INSIDE = re.compile(r"(?<=[^\W\d_]{2}[-–/])(?=[^\W\d_]{2})")
# Where a word too long for a line is best broken: an address after its marks.
_BREAKABLE = frozenset("/-–_.,:;@?&=+%#")


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Text of one look that shows one content."""

    text: str
    font: Font
    size: float
    colour: Colour
    mark: Mark
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A set line: `left` is its indent, `ascent` how far its baseline is below its top."""

    pieces: tuple[Piece, ...]
    height: float
    ascent: float
    left: float = 0.0

    @property
    def width(self) -> float:
        """Return the width without the space at its end."""
        return sum(piece.width for piece in self.pieces)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the line."""
        sheet.text(left + self.left, top - self.ascent, self.pieces)


# A stretch of a run in one face, and its width.
_Part = tuple[Run, Face, str, float]


@dataclass(slots=True)
class _Word:
    """Text that is not broken, and the space after it."""

    parts: list[_Part]
    width: float
    space: list[_Part]
    space_width: float
    ends_line: bool = False


def set_lines(
    runs: Iterable[Run], style: Style, width: float, left: float = 0.0
) -> tuple[TextLine, ...]:
    """Break runs into lines no wider than `width`, each indented by `left`.

    Raises MissingGlyphError.
    """
    words = list(_short_words(runs, width))
    lines = _filled(words, width)
    if style.heads and len(lines) > 1:
        lines = _balanced(words, width, len(lines))
    return tuple(TextLine(_pieces(line), style.leading, style.ascent, left) for line in lines)


def _filled(words: Iterable[_Word], width: float) -> list[list[_Word]]:
    """Put as many words on each line as it takes."""
    lines: list[list[_Word]] = [[]]
    room = width
    for word in words:
        if word.width > room and lines[-1]:
            lines.append([])
            room = width
        lines[-1].append(word)
        room -= word.width + word.space_width
        if word.ends_line:
            lines.append([])
            room = width
    return lines if lines[-1] else lines[:-1]


def _balanced(words: Sequence[_Word], width: float, count: int) -> list[list[_Word]]:
    """Use the narrowest lines that are no more, so that none holds a single word."""
    too_narrow, wide_enough = max(word.width for word in words), width
    while wide_enough - too_narrow > 2:
        middle = (too_narrow + wide_enough) / 2
        if len(_filled(words, middle)) > count:
            too_narrow = middle
        else:
            wide_enough = middle
    return _filled(words, wide_enough)


def text_width(runs: Iterable[Run]) -> tuple[float, float]:
    """Return the width of the runs' longest word, and of their longest line when not broken."""
    widest, line, longest, space = 0.0, 0.0, 0.0, 0.0
    for word in _words(runs):
        widest = max(widest, word.width)
        line += space + word.width
        longest, space = max(longest, line), word.space_width
        if word.ends_line:
            line, space = 0.0, 0.0
    return widest, longest


def _words(runs: Iterable[Run]) -> Iterator[_Word]:
    """Yield the words; one may begin in a run and end in another."""
    word = _Word([], 0.0, [], 0.0)
    for run in runs:
        for body, space, newline in _TOKENS.findall(run.text):
            *heads, tail = _INSIDE.split(body) if _INSIDE.search(body) else (body,)
            for head in heads:
                word.width += _measure(run, head, word.parts)
                yield word
                word = _Word([], 0.0, [], 0.0)
            if tail:
                word.width += _measure(run, tail, word.parts)
            if space or newline:
                # A forced break is a space to those who read the text from the file.
                word.space_width = _measure(run, space or " ", word.space)
                word.ends_line = bool(newline)
                yield word
                word = _Word([], 0.0, [], 0.0)
    if word.parts:
        yield word


def _short_words(runs: Iterable[Run], width: float) -> Iterator[_Word]:
    """Yield the words, and those that are wider than a line in parts that fit."""
    for word in _words(runs):
        if word.width > width:
            yield from _broken(word, width)
        else:
            yield word


def _measure(run: Run, text: str, parts: list[_Part]) -> float:
    width, stretches = run.font.measure(text)
    size = run.size
    for face, stretch, stretch_width in stretches:
        parts.append((run, face, stretch, stretch_width * size))
    return width * size


def _broken(word: _Word, width: float) -> Iterator[_Word]:
    """Break a word that is wider than a line."""
    parts: list[_Part] = []
    used = 0.0
    characters = [(run, face, char) for run, face, text, _ in word.parts for char in text]
    for run, face, char in characters:
        part = (run, face, char, face.widths[char] * run.size)
        if used + part[3] > width and parts:
            kept = _best_break([text for _, _, text, _ in parts])
            yield _Word(parts[:kept], sum(p[3] for p in parts[:kept]), [], 0.0)
            parts = parts[kept:]
            used = sum(p[3] for p in parts)
        parts.append(part)
        used += part[3]
    yield _Word(parts, used, word.space, word.space_width, word.ends_line)


def _best_break(characters: Sequence[str]) -> int:
    """Return how many characters to keep on the line: up to a mark in its last part, or all."""
    for kept in range(len(characters), len(characters) * 2 // 3, -1):
        if characters[kept - 1] in _BREAKABLE:
            return kept
    return len(characters)


def _pieces(words: Sequence[_Word]) -> tuple[Piece, ...]:
    """Join what is of one run and face; the space at the end of a line takes no room."""
    parts = [part for word in words[:-1] for part in (*word.parts, *word.space)]
    parts += words[-1].parts
    parts += [(run, face, text, 0.0) for run, face, text, _ in words[-1].space]
    pieces = []
    for (run, face), group in groupby(parts, key=lambda part: part[:2]):
        texts, widths = zip(*((text, width) for _, _, text, width in group), strict=True)
        pieces.append(
            Piece("".join(texts), sum(widths), face, run.size, run.colour, run.mark, run.link)
        )
    return tuple(pieces)
