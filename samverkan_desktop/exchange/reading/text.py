"""Plain text: lines that may be wrapped, columns of spaces or tabs, pages with form feeds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from samverkan_desktop.domain.text import spans
from samverkan_desktop.exchange.reading.joining import LIST_MARK, goes_on, joined
from samverkan_desktop.exchange.reading.model import (
    Cell,
    Look,
    Piece,
    Place,
    ReadDocument,
    ReadParagraph,
    ReadTable,
    Style,
)

_SEGMENT = re.compile(r"\S+(?: {1,2}\S+)*")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|_{3,}|\*{3,})\s*")
# Lines longer than this were never wrapped: a paragraph is one line.
_LONGEST_LINE = 130


@dataclass(frozen=True)
class _Line:
    text: str
    page: int
    tight: bool  # no blank line before it

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @cached_property
    def segments(self) -> list[tuple[int, str]]:
        """The pieces that wide gaps or tabs part, with the column each begins in."""
        if "\t" in self.text.strip():
            parts = self.text.strip("\n\r ").split("\t")
            return [(at, part.strip()) for at, part in enumerate(parts) if part.strip()]
        return [(match.start(), match[0]) for match in _SEGMENT.finditer(self.text)]

    @cached_property
    def has_columns(self) -> bool:
        return len(self.segments) > 1 and not LIST_MARK.match(self.text.strip())


def read_text(text: str, kind: str = "txt", notes: tuple[str, ...] = ()) -> ReadDocument:
    """Return what a plain text says."""
    lines = list(_lines(text))
    width = _width(lines)
    pieces: list[Piece] = []
    for block in _blocks(lines):
        if any(line.has_columns for line in block) and (table := _table(block)):
            pieces.append(table)
        else:
            pieces.extend(_paragraphs(block, width))
    pages = lines[-1].page if lines else 0
    return ReadDocument(kind=kind, pieces=tuple(pieces), pages=pages, notes=notes)


def _lines(text: str) -> Iterator[_Line]:
    text = re.sub(r"\r\n?|\x0b|\x85|\u2028", "\n", text)
    text = re.sub(r"[\xa0\u2000-\u200a\u202f]", " ", text)
    blank, page = True, 1
    for raw in re.split(r"\n|(?<=\f)", text.replace("\f", "\n\f")):
        if "\f" in raw:
            page, blank = page + 1, True
        line = raw.replace("\f", "").rstrip()
        if line.strip("\ufeff\u200b \t"):
            yield _Line(line, page, not blank)
            blank = False
        elif "\f" not in raw:
            blank = True


def _width(lines: Sequence[_Line]) -> float:
    """Return the room of a line when the text was wrapped, else nothing that a line can reach."""
    lengths = sorted(len(line.text) for line in lines if not line.has_columns)
    if not lengths or lengths[-1] > _LONGEST_LINE:
        tail = [n for n in lengths if n > _LONGEST_LINE]
        if not lengths or len(tail) > 0.02 * len(lengths):
            return float("inf")
        lengths = lengths[: -len(tail)]
    goes_on = any(
        line.tight and line.text.lstrip()[:1].islower() and len(above.text) > 50
        for above, line in pairwise(lines)
    )
    return float(lengths[-1]) if goes_on else float("inf")


def _blocks(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Part the lines where columns begin or end."""
    block: list[_Line] = []
    starts: set[int] = set()  # where its columns begin; none while it has no columns
    for line in lines:
        if block and not _goes_with(block[-1], starts, line):
            yield block
            block, starts = [], set()
        block.append(line)
        if line.has_columns:
            starts.update(at for at, _ in line.segments)
    if block:
        yield block


def _goes_with(last: _Line, starts: set[int], line: _Line) -> bool:
    if not starts:
        return not line.has_columns
    if not line.tight:
        return False
    if line.has_columns:
        return ("\t" in line.text) == ("\t" in last.text)
    return "\t" not in line.text and line.indent in starts and line.indent > 0


def _table(block: Sequence[_Line]) -> ReadTable | None:
    """Return lines with columns as a table, or None when they are only text with a wide gap."""
    tabs = any("\t" in line.text for line in block)
    starts = _columns(block, 0 if tabs else 2)
    if len(starts) < 2:
        return None
    rows = []
    for line in block:
        cells: list[Cell] = [()] * len(starts)
        for at, text in line.segments:
            column = max(i for i, start in enumerate(starts) if start <= at)
            earlier = cells[column]
            cells[column] = (*earlier, ReadParagraph(spans(text), Look(tight=bool(earlier))))
        rows.append(tuple(cells))
    return ReadTable(tuple(rows), place=Place(block[0].page))


def _columns(block: Sequence[_Line], near: int) -> list[int]:
    """Return where columns begin; starts that lie near each other are one column."""
    starts = sorted({at for line in block for at, _ in line.segments})
    return starts[:1] + [b for a, b in pairwise(starts) if b - a > near]


def _paragraphs(block: Sequence[_Line], width: float) -> Iterator[ReadParagraph]:
    current: ReadParagraph | None = None
    last = ""
    for line in block:
        if current is not None and line.tight and _UNDERLINE.fullmatch(line.text):
            level = 1 if "=" in line.text else 2
            yield replace(current, look=replace(current.look, style=Style.HEADING, level=level))
            current = None
            continue
        if current is not None and line.tight and _wraps(last, line, width):
            text = joined(current.text, line.text.strip())
            current = replace(current, spans=spans(text))
        else:
            if current is not None:
                yield current
            current = _paragraph(line)
        last = line.text
    if current is not None:
        yield current


def _wraps(last: str, line: _Line, width: float) -> bool:
    """Whether a line is a continuation of the one before: wrapped, or hanging under a list mark."""
    text = line.text.strip()
    word = len(text.split()[0]) + 1 if text.split() else 0
    begun = len(last) - len(last.lstrip())
    set_in = begun > 0.3 * width
    if not set_in and goes_on(last.rstrip(), text, len(last.rstrip()), word, width):
        return True
    hangs = LIST_MARK.match(last.lstrip()) or last[:1].isspace()
    indented = line.indent > begun or (line.indent == begun > 0 and text[:1].islower())
    return bool(hangs) and indented and not LIST_MARK.match(text)


def _paragraph(line: _Line) -> ReadParagraph:
    text = line.text.strip("\ufeff\u200b \t")
    look = Look(tight=line.tight, indent=line.indent)
    if quoted := re.match(r"> ?", text):
        look = replace(look, style=Style.QUOTE)
        text = text[quoted.end() :]
    return ReadParagraph(spans(text), look, place=Place(line.page))
