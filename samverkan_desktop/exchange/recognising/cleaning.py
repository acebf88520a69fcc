"""Text as it is compared and kept: one kind of space, nothing invisible, no Markdown escapes."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from samverkan_desktop.domain.text import Spans, cut, normal_spans, spans_text
from samverkan_desktop.exchange.reading.model import (
    Cell,
    Piece,
    ReadDocument,
    ReadImage,
    ReadParagraph,
    ReadTable,
)

_SPACES = re.compile(r"[\t\x0b\f\xa0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
# A backslash before what Markdown would read as a mark: the text was made from Markdown.
_FEW_ESCAPES = 4  # that a Word file or a PDF may have by chance
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def cleaned(document: ReadDocument) -> tuple[Piece, ...]:
    """Return the pieces with text as it is kept; a paragraph without any is left out."""
    found = len(_ESCAPED.findall(document.text()[:200_000])) if document.kind != "md" else 0
    escapes = found > (0 if document.kind == "txt" else _FEW_ESCAPES)

    def clean(text: str) -> str:
        return _clean(_ESCAPED.sub(r"\1", text) if escapes else text)

    return tuple(_pieces(document.pieces, clean))


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", text)


def _pieces(pieces: tuple[Piece, ...], clean: Callable[[str], str]) -> Iterator[Piece]:
    for piece in pieces:
        match piece:
            case ReadParagraph():
                made = _paragraph(piece, clean)
                if made.text:
                    yield made
            case ReadTable():
                rows = tuple(tuple(_cell(cell, clean) for cell in row) for row in piece.rows)
                yield replace(piece, rows=rows, caption=trimmed(_spans(piece.caption, clean)))
            case ReadImage():
                caption = trimmed(_spans(piece.caption, clean))
                yield replace(piece, alt=clean(piece.alt).strip(), caption=caption)


def _cell(cell: Cell, clean: Callable[[str], str]) -> Cell:
    made = (_paragraph(paragraph, clean) for paragraph in cell)
    return tuple(paragraph for paragraph in made if paragraph.text)


def _paragraph(paragraph: ReadParagraph, clean: Callable[[str], str]) -> ReadParagraph:
    return replace(paragraph, spans=trimmed(_spans(paragraph.spans, clean)))


def _spans(parts: Spans, clean: Callable[[str], str]) -> Spans:
    return normal_spans(replace(span, text=clean(span.text)) for span in parts)


def trimmed(parts: Spans) -> Spans:
    """Return spans without blanks at either end."""
    text = spans_text(parts)
    start = len(text) - len(text.lstrip())
    return joined_cut(parts, start, len(text.rstrip()))


def joined_cut(parts: Spans, start: int, end: int | None = None) -> Spans:
    """Return the spans of the characters from `start` to `end`, neighbours alike as one."""
    return normal_spans(cut(parts, start, end))


def as_lines(paragraph: ReadParagraph) -> Iterator[ReadParagraph]:
    """Yield a paragraph's lines as paragraphs that follow each other tightly."""
    at = 0
    for number, line in enumerate(paragraph.text.split("\n")):
        part = trimmed(joined_cut(paragraph.spans, at, at + len(line)))
        at += len(line) + 1
        if part:
            look = replace(paragraph.look, tight=True) if number else paragraph.look
            yield replace(paragraph, spans=part, look=look)
