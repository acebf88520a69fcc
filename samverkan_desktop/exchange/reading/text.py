"""Plain text: lines that may be wrapped, columns of spaces or tabs, pages with form feeds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from samverkan_desktop.domain.text import spans
from samverkan_desktop.exchange.reading.joining import LIST_MARK, goes_on, joined
from samverkan_desktop.exchange.reading.model import (
    Look,
    Piece,
    Place,
    ReadDocument,
    ReadParagraph,
    Style,
)
from samverkan_desktop.exchange.reading.text_lines import (
    UNDERLINE,
    TextLine,
    is_even,
    room_of,
    text_lines,
)
from samverkan_desktop.exchange.reading.text_tables import blocks_of_lines, table_of_lines

_ATT = re.compile(r"att\b", re.IGNORECASE)
_ENDS_ATT = re.compile(r"(?:[,;.]|\b(?:och|samt))$")


@dataclass(frozen=True, slots=True)
class _Page:
    """The room of a line, and whether every line was filled before the next was begun."""

    width: float
    is_even: bool


def read_text(text: str, kind: str = "txt", notes: tuple[str, ...] = ()) -> ReadDocument:
    """Return what a plain text says."""
    lines = text_lines(text)
    width = room_of(lines)
    page = _Page(width, is_even(lines, width))
    pieces: list[Piece] = []
    for block in blocks_of_lines(lines):
        if any(line.has_columns for line in block) and (table := table_of_lines(block)):
            pieces.append(table)
        else:
            pieces.extend(_paragraphs(block, page))
    pages = lines[-1].page if lines else 0
    return ReadDocument(kind=kind, pieces=tuple(pieces), pages=pages, notes=notes)


def _paragraphs(block: Sequence[TextLine], page: _Page) -> Iterator[ReadParagraph]:
    current: ReadParagraph | None = None
    last = ""
    entries = _entries(block)
    for index, line in enumerate(block):
        if current is not None and line.tight and UNDERLINE.fullmatch(line.text):
            level = 1 if "=" in line.text else 2
            yield replace(current, look=replace(current.look, style=Style.HEADING, level=level))
            current = None
            continue
        if (
            current is not None
            and line.tight
            and index not in entries
            and _wraps(current.text, last, line, page)
        ):
            text = joined(current.text, line.text.strip())
            current = replace(current, spans=spans(text))
        else:
            if current is not None:
                yield current
            current = _paragraph(line)
        last = line.text
    if current is not None:
        yield current


def _entries(block: Sequence[TextLine]) -> set[int]:
    """Return where lines stand that are each an entry: capitals first, and no sentence among them.

    Addressees, documents, names; a wrapped paragraph ends with a full stop.
    """
    out: set[int] = set()
    run: list[int] = []
    for index in range(len(block) + 1):
        if index == len(block) or not block[index].tight:
            lines = [block[at].text.strip() for at in run]
            if all(line[:1].isupper() and line[-1] not in ".,;:!?-" for line in lines):
                out.update(run[1:])
            run = []
        run.append(index)
    return out


def _wraps(whole: str, last: str, line: TextLine, page: _Page) -> bool:
    """Whether a line is a continuation of the one before: wrapped, or hanging under a list mark."""
    text, before = line.text.strip(), last.rstrip()
    if _ATT.match(whole) and _ATT.match(text) and _ENDS_ATT.search(before):
        return False  # the next att-line
    word = len(text.split()[0]) + 1 if text.split() else 0
    begun = len(last) - len(last.lstrip())
    set_in = begun > 0.3 * page.width
    has_room = len(before) + word <= (page.width if page.is_even else 0.75 * page.width)
    begins_anew = page.is_even and has_room and text[:1].isupper()
    if not set_in and not begins_anew and goes_on(before, text, len(before), word, page.width):
        return True
    hangs = LIST_MARK.match(last.lstrip()) or last[:1].isspace()
    if has_room and line.indent == begun > 0 and re.search(r",(?: (?:och|samt|eller))?$", before):
        return False  # an enumeration without marks
    indented = line.indent > begun or (line.indent == begun > 0 and text[:1].islower())
    return bool(hangs) and indented and not LIST_MARK.match(text)


def _paragraph(line: TextLine) -> ReadParagraph:
    text = line.text.strip("\ufeff\u200b \t")
    look = Look(tight=line.tight, indent=line.indent)
    if quoted := re.match(r"> ?", text):
        look = replace(look, style=Style.QUOTE)
        text = text[quoted.end() :]
    return ReadParagraph(spans(text), look, place=Place(line.page))
