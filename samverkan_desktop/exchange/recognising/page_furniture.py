"""Page marks, running headers and footers that stand in the text; what they cut is joined again."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from samverkan_desktop.domain.text import Span, normal_spans
from samverkan_desktop.exchange.reading.joining import LIST_MARK, joined
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable, Style
from samverkan_desktop.exchange.recognising.cleaning import joined_cut
from samverkan_desktop.exchange.recognising.patterns import (
    DNR,
    PAGE_MARK,
    PAGE_MARK_INSIDE,
    is_date,
)
from samverkan_desktop.exchange.recognising.report import Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded

_LONGEST = 160  # characters in a running line
_NEAR = 4  # lines on either side of a page mark that may be running text
_CONNECTING = re.compile(
    r"(?:,|\b(?:och|eller|samt|att|av|för|i|med|om|på|som|till|från|vid|mellan|under|över|en|ett|den"
    r"|det|de|har|är|ska|kan|inte|enligt|genom|utan|mot|hos|inom|efter|innan|när|där))$"
)


def without_furniture(
    pieces: Sequence[Piece], vocabulary: Vocabulary, log: Log
) -> tuple[list[Piece], list[str]]:
    """Return the body, and the texts of running lines with what they may tell (dnr, date).

    Only lines at a page mark or at a page's edge are taken, and only when they are a mark
    themselves, stand at several edges, or hold nothing but a document's name, a dnr or a date.
    """
    texts = [_line(piece) for piece in pieces]
    marks = _page_marks(pieces, texts)
    edges = marks | _page_edges(pieces)
    repeated = _repeated(texts, edges)
    out: list[Piece] = []
    running: list[str] = []
    removed = False
    begun = _begins_at(texts, vocabulary)
    near = _around(edges, _NEAR)
    beside = _around(marks | repeated_at(texts, repeated), 2)
    for index, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        bare = bool(text) and (_key(text) in repeated or _is_bare(text, vocabulary))
        is_running = index in marks or (
            bare and index > begun and index in near and index in beside
        )
        if is_running:
            log.take(text, Why.FURNITURE, _page(piece))
            running.append(text)
            removed = True
            continue
        turned = bool(out) and 0 < _page(out[-1]) < _page(piece)
        if (removed or turned) and out and (whole := _rejoined(out[-1], piece, log)):
            out[-1] = whole
        else:
            out.append(piece)
        removed = False
    return out, running


def repeated_at(texts: Sequence[str], repeated: set[str]) -> set[int]:
    """Return where the lines stand that are the same on several pages."""
    return {index for index, text in enumerate(texts) if text and _key(text) in repeated}


def _line(piece: Piece) -> str:
    """Return a piece's text when it could be a running line."""
    match piece:
        case ReadParagraph() if piece.mark is None and piece.look.style is not Style.HEADING:
            return piece.text if len(piece.text) <= _LONGEST else ""
        case ReadTable() if len(piece.rows) <= 3:
            text = "  ".join(piece.words().split("\n")).strip()
            return text if len(text) <= _LONGEST else ""
        case _:
            return ""


def _page(piece: Piece) -> int:
    return piece.place.page if piece.place else 0


def _page_marks(pieces: Sequence[Piece], texts: Sequence[str]) -> set[int]:
    """Return where page marks stand: "Sida 3 (7)", "- 3 -"; bare numbers when they count up."""
    found = {i for i, text in enumerate(texts) if text and PAGE_MARK.fullmatch(text.strip())}
    inside = [
        i
        for i, text in enumerate(texts)
        if text and i not in found and PAGE_MARK_INSIDE.search(text) and _rest_is_short(text)
    ]
    found.update(i for i in inside if i > 0 or len(inside) > 1)
    beside = [
        i
        for i, piece in enumerate(pieces)
        if isinstance(piece, ReadTable) and len(piece.rows) == 1 and _has_mark(texts[i])
    ]
    found.update(i for i in beside if i > 0 and len(beside) > 1)
    bare = [
        (i, int(text))
        for i, text in enumerate(texts)
        if text.isdecimal() and len(text) <= 3 and isinstance(pieces[i], ReadParagraph)
    ]
    numbers = [number for _, number in bare]
    if len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        found.update(i for i, _ in bare)
    return found


def _has_mark(text: str) -> bool:
    """Whether one of the pieces that stand side by side is a page mark: "Kontoret    2/4"."""
    parts = re.split(r"\s{2,}", text)
    return any(PAGE_MARK.fullmatch(part) for part in parts) and _rest_is_short(text)


def _rest_is_short(text: str) -> bool:
    rest = PAGE_MARK_INSIDE.sub("", text)
    return len(rest.split()) <= 12 and not re.search(r"[.!?]\s*$|[.!?] [A-ZÅÄÖ]", rest.strip())


def _page_edges(pieces: Sequence[Piece]) -> set[int]:
    pages = [_page(piece) for piece in pieces]
    return {
        at
        for i, (before, after) in enumerate(pairwise(pages))
        if before != after
        for at in (i, i + 1)
    }


def _begins_at(texts: Sequence[str], vocabulary: Vocabulary) -> int:
    """Return where the first heading stands: the head before it is no running text."""
    known = vocabulary.decision | set(vocabulary.headings)
    return next((i for i, text in enumerate(texts) if folded(text) in known), 0)


def _around(places: set[int], distance: int) -> set[int]:
    """Return the places, and those at most so far from one."""
    return {place + step for place in places for step in range(-distance, distance + 1)}


def _key(text: str) -> str:
    return re.sub(r"\d+", "0", folded(text))


def _repeated(texts: Sequence[str], edges: set[int]) -> set[str]:
    """Return the lines that stand at several page edges, whatever their numbers."""
    near = _around(edges, _NEAR)
    counts = Counter(
        _key(text)
        for i, text in enumerate(texts)
        if text and i in near and not LIST_MARK.match(text)
    )
    return {key for key, times in counts.items() if times > 1 and key.strip("0 ")}


def _is_bare(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line holds only what running lines hold."""
    rest = DNR.sub("", re.sub(r"\b[Dd]nr\b:?|\b[Dd]iarienummer\b:?", "", text))
    rest = " ".join(part for part in rest.split() if not is_date(part))
    return not rest.strip(" :,-–|") or folded(rest) in vocabulary.document_names


def _rejoined(before: Piece, after: Piece, log: Log) -> Piece | None:
    """Return two pieces as the one that a page break joined_cut, or None when they are two."""
    match before, after:
        case ReadParagraph(), ReadParagraph():
            return _rejoined_text(before, after)
        case ReadTable(), ReadTable():
            return _rejoined_table(before, after, log)
        case _:
            return None


def _rejoined_text(before: ReadParagraph, after: ReadParagraph) -> ReadParagraph | None:
    text, following = before.text, after.text
    headed = Style.HEADING in (before.look.style, after.look.style)
    if headed or after.mark or LIST_MARK.match(following) or text[-1:] in ".!?:":
        return None
    small = following[:1].islower() and (len(text) > 25 or before.mark is not None)
    if not small and not (_CONNECTING.search(text) and len(text) > 40):
        return None
    if after.look.bold != before.look.bold:
        return None
    whole = joined(text, following)
    kept = len(whole) - len(following)
    first = normal_spans((*_shortened(before.spans, kept, whole), *after.spans))
    return replace(before, spans=first)


def _shortened(parts: tuple[Span, ...], length: int, whole: str) -> tuple[Span, ...]:
    """Return the spans of the first part of a joined text: a hyphen less, or a space more."""
    text = "".join(span.text for span in parts)
    if len(text) < length:
        return (*parts, replace(parts[-1], text=whole[len(text) : length]))
    return joined_cut(parts, 0, length)


def _rejoined_table(before: ReadTable, after: ReadTable, log: Log) -> ReadTable | None:
    widths = {len(row) for row in (*before.rows, *after.rows)}
    if len(widths) != 1 or not before.rows or not after.rows:
        return None
    rows = after.rows
    if _words_of(before.rows[0]) == _words_of(rows[0]):
        log.take("  ".join(_words_of(rows[0])), Why.REPEATED, _page(after))
        rows = rows[1:]
    elif after.header_rows:
        return None
    return replace(before, rows=(*before.rows, *rows))


def _words_of(row: tuple[tuple[ReadParagraph, ...], ...]) -> list[str]:
    return [" ".join(paragraph.text for paragraph in cell) for cell in row]
