"""A PDF without tags: lines, paragraphs, columns and tables from where the characters stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium

from samverkan_desktop.domain.text import Span, Spans, normal_spans, spans_text
from samverkan_desktop.exchange.reading.joining import LIST_MARK
from samverkan_desktop.exchange.reading.model import (
    Look,
    Piece,
    Place,
    ReadDocument,
    ReadParagraph,
    Side,
)
from samverkan_desktop.exchange.reading.pdf_body import Body, without_sender
from samverkan_desktop.exchange.reading.pdf_characters import Run, flowing
from samverkan_desktop.exchange.reading.pdf_images import with_images
from samverkan_desktop.exchange.reading.pdf_lines import FACT, Line, Segment, lines_of_page
from samverkan_desktop.exchange.reading.pdf_rules import page_rules
from samverkan_desktop.exchange.reading.pdf_running import Text, as_running, running_texts
from samverkan_desktop.exchange.reading.pdf_tables import tables_apart

_BREAK = re.compile(r"(?<=\w-)| ")  # where a line may be broken
_ATT = re.compile(r"att\b", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;]\W*$")
_BULLETS = "•·●○▪■◦o\uf0b7\uf0a7\uf02d\u2013\u2014-–"


def read_geometry(document: pdfium.PdfDocument, pages: Sequence[Sequence[Run]]) -> ReadDocument:
    """Return what the pages show."""
    sizes = [document.get_page_size(number) for number in range(len(pages))]
    lines = [
        line
        for number, runs in enumerate(pages)
        for line in lines_of_page(runs, number, page_rules(document, number))
    ]
    lines, running = _without_running(lines, [height for _, height in sizes])
    body = Body(lines)
    lines, beside = without_sender(lines, body)
    pieces: list[Piece] = []
    for part in tables_apart(lines, body.leading):
        if isinstance(part, list):
            pieces += _paragraphs(part, body)
        else:
            pieces.append(part)
    pieces, notes = with_images(pieces, document, body.left)
    notes += [
        f"Stycket vid sidbytet efter sida {piece.place.page} kan vara två stycken."
        for piece in pieces
        if isinstance(piece, ReadParagraph) and piece.place and not piece.is_sure
    ]
    running += [
        Text(line.page, segment.text, segment.top, sizes[line.page][1])
        for line in beside
        for segment in line.segments
    ]
    return ReadDocument(
        kind="pdf", pieces=tuple(pieces), running=as_running(running), notes=tuple(notes)
    )


def _is_mark(text: str) -> bool:
    match = LIST_MARK.match(f"{text} x")
    return match is not None and match.end() == len(text) + 1


def _with_marks_joined(line: Line) -> Line:
    """Put a list mark and the text after it together, whatever the gap."""
    first, *rest = line.segments
    if rest and (first.text in _BULLETS or _is_mark(first.text) or _ATT.fullmatch(first.text)):
        return replace(line, segments=(Segment((*first.runs, *rest[0].runs)), *rest[1:]))
    return line


def _without_running(
    lines: Sequence[Line], heights: Sequence[float]
) -> tuple[list[Line], list[Text]]:
    """Part the body from running headers and footers."""
    texts, owners = [], []
    for at, line in enumerate(lines):
        for segment in line.segments:
            texts.append(Text(line.page, segment.text, segment.top, heights[line.page]))
            owners.append((at, segment))
    found = running_texts(texts, len(heights))
    gone = {id(owners[index][1]) for index in found}
    body = []
    for line in lines:
        kept = tuple(segment for segment in line.segments if id(segment) not in gone)
        if kept:
            body.append(_with_marks_joined(replace(line, segments=kept)))
    return body, [texts[index] for index in sorted(found)]


def _paragraphs(lines: Sequence[Line], body: Body) -> Iterator[ReadParagraph]:
    current: list[Line] = []
    last: Line | None = None
    tight = False
    for line in lines:
        if current and not _goes_on(current, line, body):
            yield _paragraph(current, body, tight=tight)
            tight = _is_tight(current[-1], line, body)
            current = []
        elif not current:
            tight = last is not None and _is_tight(last, line, body)
        current.append(line)
        last = line
    if current:
        yield _paragraph(current, body, tight=tight)


def _is_tight(above: Line, below: Line, body: Body) -> bool:
    size = max(below.segments[0].size, above.segments[0].size)
    gap = below.bottom - above.bottom
    return above.page == below.page and gap < 1.25 * body.leading * max(1.0, size / body.size)


def _goes_on(current: Sequence[Line], line: Line, body: Body) -> bool:
    """Whether a line belongs to the paragraph of the lines before."""
    above, first = current[-1].segments[-1], line.segments[0]
    turned = _turns_page(current[-1], line, body)
    if len(line.segments) > 1 or not (turned or _is_tight(current[-1], line, body)):
        return False
    if abs(above.size - first.size) > 0.6 or above.bold != first.bold:
        return False
    if _is_other_slant(current, first) or _begins_att(current, first):
        return False
    if FACT.fullmatch(first.text) or FACT.fullmatch(above.text):
        return False
    return _stands_under(current, first) and _had_no_room(current, first, body, turned=turned)


def _is_other_slant(current: Sequence[Line], first: Segment) -> bool:
    """Whether a line is in italics after one that isn't, or upright after one line in italics."""
    slants = {line.segments[-1].italic for line in current}
    return slants == {not first.italic} and (len(current) == 1 or first.italic)


def _begins_att(current: Sequence[Line], first: Segment) -> bool:
    """Whether a line is the next att-line of a decision."""
    begun = _ATT.match(current[0].segments[0].text) and _ATT.match(first.text)
    ended = re.search(r"[,;.]$|\b(?:och|samt)$", current[-1].segments[-1].text)
    return bool(begun and ended)


def _turns_page(above: Line, line: Line, body: Body) -> bool:
    """Whether a paragraph may go on at the top of the next page."""
    first = line.segments[0]
    if line.page != above.page + 1 or abs(first.left - above.left) >= 3:
        return False
    long = first.right - first.left > 0.7 * body.width
    return long or not _ENDED.search(above.segments[-1].text)


def _stands_under(current: Sequence[Line], first: Segment) -> bool:
    """Whether a line begins where the next line of a paragraph, or of a list item, begins."""
    mark = LIST_MARK.match(first.text)
    if mark and not (mark["number"] and first.left > current[0].left + 3):
        return False
    if LIST_MARK.match(current[0].segments[0].text):
        return first.left >= current[0].left + 2
    if len(current) < 2 and not _ATT.match(current[0].segments[0].text):
        return first.left <= current[-1].left + 6  # only a first line is set in
    return len(current) < 2 or abs(first.left - current[-1].left) <= 6


def _had_no_room(current: Sequence[Line], first: Segment, body: Body, *, turned: bool) -> bool:
    """Whether the line above was broken because the next word had no room."""
    above = current[-1].segments[-1]
    if min(first.left, current[0].left) > body.left + 0.4 * body.width:
        return first.text[:1].islower()  # a letterhead at the right: a fact on each line
    length = above.right - above.left
    inside = first.text[:1].islower() or first.text[:1].isdigit()
    if not _ENDED.search(above.text) and inside and not LIST_MARK.match(first.text):
        return length > 0.5 * body.width
    room = max(body.right, *(segment.right for ln in current for segment in ln.segments))
    if body.has_space_between and not turned and length > 0.6 * (room - body.left):
        return True
    share = len(_BREAK.split(first.text)[0]) / max(len(first.text), 1)
    return above.right + share * (first.right - first.left) + 0.2 * first.size > room - 1


def _paragraph(lines: Sequence[Line], body: Body, *, tight: bool) -> ReadParagraph:
    first = lines[0].segments[0]
    runs = [run for line in lines for segment in line.segments for run in segment.runs]
    pairs = [(Span(r.text, bold=r.font.bold, italic=r.font.italic), r) for r in runs]
    parts = flowing(pairs)
    if spans_text(parts)[:1] in "\uf0b7\uf0a7\uf02d" or spans_text(parts)[:2] in {"o ", "\uf0fc "}:
        parts = normal_spans((Span("• "), *_after_mark(parts)))
    size = round(first.size / body.size, 2)
    bold = all(segment.bold for line in lines for segment in line.segments)
    look = Look(
        bold=bold,
        size=size,
        tight=tight,
        side=_side(lines, body),
        # A first line that alone is set in is a paragraph's beginning, not a paragraph set in.
        indent=max(0.0, round(min(line.left for line in lines) - body.left)),
    )
    italic = all(run.font.italic for run in runs if run.text.strip())
    look = replace(look, italic=italic)
    heading_look = bold or size > 1.05
    if heading_look:
        parts = normal_spans(replace(span, bold=False) for span in parts)
    # At a page's end a full stop tells nothing, and the space between paragraphs is gone.
    is_sure = not any(
        above.page != below.page and _ENDED.search(above.segments[-1].text)
        for above, below in pairwise(lines)
    )
    place = Place(lines[0].page + 1, first.left, first.top, first.right, lines[-1].bottom)
    return ReadParagraph(parts, look, place=place, is_sure=is_sure)


def _after_mark(parts: Spans) -> Spans:
    text = spans_text(parts)
    skip = len(text) - len(text[1:].lstrip())
    out = []
    for span in parts:
        cut = min(skip, len(span.text))
        skip -= cut
        out.append(replace(span, text=span.text[cut:]))
    return tuple(out)


def _side(lines: Sequence[Line], body: Body) -> Side:
    left = min(line.left for line in lines) - body.left
    right = body.right - max(line.segments[-1].right for line in lines)
    if left > 30 and abs(left - right) < 12:
        return Side.CENTER
    return Side.RIGHT if left > 100 and right < 6 else Side.LEFT
