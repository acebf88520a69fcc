"""Headings on the line of their text, or beside it: parted from it before headings are sought."""

import re
from collections.abc import Sequence
from dataclasses import replace

from samverkan_desktop.exchange.reading.joining import LIST_MARK
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable, Style
from samverkan_desktop.exchange.recognising.cleaning import joined_cut, trimmed
from samverkan_desktop.exchange.recognising.outline import kind_of
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded

_INLINE = re.compile(r"(?P<label>[^:.\n]{6,60}):[ \t]+(?P<rest>\S.*)", re.DOTALL)


def with_headings_apart(pieces: Sequence[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """Part a heading from the text that stands on the same line: "Sammanfattning: Nämnden …"."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, ReadTable) and (parts := _headed_cells(piece, vocabulary)):
            out += parts
            continue
        if isinstance(piece, ReadParagraph) and not piece.mark and not LIST_MARK.match(piece.text):
            match = _INLINE.match(piece.text)
            if match and kind_of(folded(match["label"]), vocabulary):
                end = match.end("label")
                out.append(replace(piece, spans=joined_cut(piece.spans, 0, end)))
                look = replace(piece.look, style=Style.UNKNOWN, level=None, tight=True)
                rest = trimmed(joined_cut(piece.spans, match.start("rest")))
                out.append(replace(piece, spans=rest, look=look))
                continue
        out.append(piece)
    return out


def _headed_cells(table: ReadTable, vocabulary: Vocabulary) -> list[Piece]:
    """Return a table as headings and what stands beside them, if it has headings at the left."""
    firsts = [row[0] if row else () for row in table.rows]
    named = [" ".join(p.text for p in cell) for cell in firsts]
    if not named[:1] or not named[0] or any(len(row) != 2 for row in table.rows):
        return []
    if not all(kind_of(folded(name), vocabulary) for name in named if name):
        return []
    return [paragraph for row in table.rows for cell in row for paragraph in cell]
