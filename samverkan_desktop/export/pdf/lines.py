"""Words to lines, ragged and as full as they can be.

A line keeps the space it was broken at, so that words are apart for those who read the text from
the file (ISO 32000-1, 14.8.2.5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from samverkan_desktop.export.pdf.canvas import Piece, Sheet
from samverkan_desktop.export.pdf.styles import Style
from samverkan_desktop.export.pdf.words import TOLERANCE, Part, Run, Word, short_words, words


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


def empty_line(style: Style) -> TextLine:
    """Return a line with nothing on it."""
    return TextLine((), style.leading, style.ascent)


def set_lines(
    runs: Iterable[Run], style: Style, width: float, left: float = 0.0
) -> tuple[TextLine, ...]:
    """Break runs into lines no wider than `width`, each indented by `left`.

    Raises MissingGlyphError.
    """
    measured = list(short_words(list(runs), width))
    lines = _filled(measured, width)
    if style.heads and len(lines) > 1:
        lines = _balanced(measured, width, len(lines))
    return tuple(TextLine(_pieces(line), style.leading, style.ascent, left) for line in lines)


def text_width(runs: Sequence[Run]) -> tuple[float, float]:
    """Return the width of the runs' longest word, and of their longest line when not broken.

    Raises MissingGlyphError.
    """
    widest, line, longest, space = 0.0, 0.0, 0.0, 0.0
    for word in words(runs):
        widest = max(widest, word.width)
        line += space + word.width
        longest, space = max(longest, line), word.space_width
        if word.ends_line:
            line, space = 0.0, 0.0
    return widest, longest


def _filled(measured: Iterable[Word], width: float) -> list[list[Word]]:
    """Put as many words on each line as it takes."""
    lines: list[list[Word]] = [[]]
    room = width
    for word in measured:
        if word.width > room + TOLERANCE and lines[-1]:
            lines.append([])
            room = width
        lines[-1].append(word)
        room -= word.width + word.space_width
        if word.ends_line:
            lines.append([])
            room = width
    return lines if lines[-1] else lines[:-1]


def _balanced(measured: Sequence[Word], width: float, count: int) -> list[list[Word]]:
    """Use the narrowest lines that are no more, so that none holds a single word."""
    too_narrow, wide_enough = max(word.width for word in measured), width
    while wide_enough - too_narrow > 2:
        middle = (too_narrow + wide_enough) / 2
        if len(_filled(measured, middle)) > count:
            too_narrow = middle
        else:
            wide_enough = middle
    return _filled(measured, wide_enough)


def _pieces(line: Sequence[Word]) -> tuple[Piece, ...]:
    """Join what is of one run and face; the space at the end of a line takes no room."""
    parts = [part for word in line[:-1] for part in (*word.parts, *word.space)]
    parts += line[-1].parts
    parts += [part._replace(width=0.0) for part in line[-1].space]
    shifts = _shifts(parts) if any(part.rtl for part in parts) else [0.0] * len(parts)
    pieces = []
    for (run, face, shift), group in groupby(
        zip(parts, shifts, strict=True), key=lambda pair: (*pair[0][:2], pair[1])
    ):
        joined = [part for part, _ in group]
        text, width = "".join([part.text for part in joined]), sum([part.width for part in joined])
        pieces.append(Piece(text, width, face, run.size, run.colour, run.mark, run.link, shift))
    return tuple(pieces)


def _shifts(parts: Sequence[Part]) -> list[float]:
    """Return how far each part stands from its place in the order that it is read in.

    What is written from right to left is mirrored, with the spaces between such words.
    """
    shifts = [0.0] * len(parts)
    start = 0
    while start < len(parts):
        end = _end_of_rtl(parts, start)
        before, after = 0.0, sum(part.width for part in parts[start:end])
        for i in range(start, end):
            after -= parts[i].width
            shifts[i] = after - before
            before += parts[i].width
        start = max(end, start + 1)
    return shifts


def _end_of_rtl(parts: Sequence[Part], start: int) -> int:
    """Return the index after what is written from right to left from `start` on."""
    end = start
    for i in range(start, len(parts)):
        if parts[i].rtl:
            end = i + 1
        elif i == start or not parts[i].text.isspace():
            break
    return end
