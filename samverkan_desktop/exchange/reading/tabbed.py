"""Lines that tabs set in columns, as a typist does it in Word: a table without lines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from samverkan_desktop.domain.text import cut, normal_spans
from samverkan_desktop.exchange.reading.joining import LIST_MARK
from samverkan_desktop.exchange.reading.model import (
    Cell,
    Piece,
    ReadParagraph,
    ReadTable,
    Style,
)


def with_columns(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield neighbouring lines of as many columns as one table; a single line stays a line."""
    run: list[ReadParagraph] = []
    for piece in (*pieces, None):
        columns = _columns(piece)
        if run and columns != _columns(run[-1]):
            yield from _table(run) if len(run) > 1 else run
            run = []
        if isinstance(piece, ReadParagraph) and columns:
            run.append(piece)
        elif piece is not None:
            yield piece


def _columns(piece: Piece | None) -> int:
    """Return how many columns a line has; 0 when it has none, or is an item with its mark."""
    if not isinstance(piece, ReadParagraph) or piece.mark or piece.look.style is Style.HEADING:
        return 0
    text = piece.text.strip()
    parts = [part.strip() for part in text.split("\t") if part.strip()]
    marked = LIST_MARK.match(text) or parts[:1] == ["att"] or len(parts[0] if parts else "") < 3
    return 0 if marked or len(parts) < 2 else len(parts)


def _table(lines: Sequence[ReadParagraph]) -> Iterator[ReadTable]:
    yield ReadTable(tuple(tuple(_cells(line)) for line in lines), is_layout=True)


def _cells(line: ReadParagraph) -> Iterator[Cell]:
    at = 0
    for part in line.text.split("\t"):
        if part.strip():
            spans = normal_spans(cut(line.spans, at, at + len(part)))
            yield (replace(line, spans=spans, look=replace(line.look, tight=False)),)
        at += len(part) + 1
