"""Text to words: what a line may be broken between, measured, each character in a face that has it.

Words are never hyphenated: a hyphen that was not written would be read out and copied.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from samverkan_desktop.export.pdf.canvas import Link, Mark
from samverkan_desktop.export.pdf.fonts import Face, Font
from samverkan_desktop.export.pdf.styles import Colour

# Spaces that a line may be broken at; U+00A0, U+2007 and U+202F are not among them.
_SPACES = " \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
# A word, the spaces after it, and a forced line break.
_TOKENS = re.compile(rf"([^{_SPACES}\n]*)([{_SPACES}]*)(\n?)")
# A line may also be broken after a hyphen, dash or slash with two letters on both sides.
_INSIDE = re.compile(r"(?<=[^\W\d_]{2}[-–/])(?=[^\W\d_]{2})")
# Where a word too long for a line is best broken: an address after its marks.
_BREAKABLE = frozenset("/-–_.,:;@?&=+%#")
# So much wider than its line a text may be: widths added up in another order differ a little.
TOLERANCE = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Text of one look that shows one content."""

    text: str
    font: Font
    size: float
    colour: Colour
    mark: Mark
    link: Link | None = None


class Part(NamedTuple):
    """A stretch of a run in one face, and its width."""

    run: Run
    face: Face
    text: str
    width: float
    rtl: bool = False


@dataclass(slots=True)
class Word:
    """Text that is not broken, and the space after it."""

    parts: list[Part] = field(default_factory=list)
    width: float = 0.0
    space: list[Part] = field(default_factory=list)
    space_width: float = 0.0
    ends_line: bool = False


def words(runs: Sequence[Run]) -> Iterator[Word]:
    """Yield the words of runs; one may begin in a run and end in another.

    Raises MissingGlyphError.
    """
    reader = _Reader(runs)
    for body, space, newline in _TOKENS.findall("".join([run.text for run in runs])):
        *heads, tail = _INSIDE.split(body) if _INSIDE.search(body) else (body,)
        for head in heads:
            parts, width = reader.take(len(head))
            yield Word(parts, width)
        parts, width = reader.take(len(tail))
        spaces, space_width = reader.take(len(space))
        if newline:
            # A forced break is a space to those who read the text from the file.
            last, _ = reader.take(1)
            spaces = spaces or last
        if parts or spaces:
            yield Word(parts, width, spaces, space_width, ends_line=bool(newline))


def short_words(runs: Sequence[Run], width: float) -> Iterator[Word]:
    """Yield the words, and those that are wider than `width` in pieces that are not.

    Raises MissingGlyphError.
    """
    for word in words(runs):
        if word.width > width + TOLERANCE:
            yield from _broken(word, width)
        else:
            yield word


class _Reader:
    """Hands out the text of runs, measured, in the amounts that are asked for."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs, self._index, self._at = runs, 0, 0

    def take(self, length: int) -> tuple[list[Part], float]:
        """Return the next characters as parts, and their width."""
        parts: list[Part] = []
        width = 0.0
        while length:
            run = self._runs[self._index]
            text = run.text[self._at : self._at + length]
            if text:
                width += _measure(run, text, parts)
                self._at += len(text)
                length -= len(text)
            else:
                self._index, self._at = self._index + 1, 0
        return parts, width


def _measure(run: Run, text: str, parts: list[Part]) -> float:
    width, stretches = run.font.measure(" " if text == "\n" else text)
    for face, stretch, stretch_width, rtl in stretches:
        parts.append(Part(run, face, stretch, stretch_width * run.size, rtl))
    return width * run.size


def _broken(word: Word, width: float) -> Iterator[Word]:
    """Break a word that is wider than a line."""
    parts: list[Part] = []
    used = 0.0
    for character in chain.from_iterable(map(_characters, word.parts)):
        if used + character.width > width and parts:
            kept = _best_break([part.text for part in parts])
            yield Word(parts[:kept], sum(part.width for part in parts[:kept]))
            parts = parts[kept:]
            used = sum(part.width for part in parts)
        parts.append(character)
        used += character.width
    yield Word(parts, used, word.space, word.space_width, word.ends_line)


def _characters(part: Part) -> Iterator[Part]:
    for char in part.text:
        yield part._replace(text=char, width=part.face.widths[char] * part.run.size)


def _best_break(characters: Sequence[str]) -> int:
    """Return how many characters to keep on the line: up to a mark in its last part, or all."""
    for kept in range(len(characters), len(characters) * 2 // 3, -1):
        if characters[kept - 1] in _BREAKABLE:
            return kept
    return len(characters)
