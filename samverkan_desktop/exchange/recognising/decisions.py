"""The proposed decision: who decides, and each item; sentences, att-lines or infinitives."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from samverkan_desktop.domain.draft import DecisionGroup
from samverkan_desktop.domain.text import Blocks, Paragraph, Spans, plain_text
from samverkan_desktop.exchange.reading.joining import joined
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable, Style
from samverkan_desktop.exchange.recognising.cleaning import as_lines, joined_cut, trimmed
from samverkan_desktop.exchange.recognising.content import Files, blocks_of
from samverkan_desktop.exchange.recognising.fields import columns_of, is_body
from samverkan_desktop.exchange.recognising.list_marks import Mark, typed_mark
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary

_ATT = re.compile(r"(?:[-–•*] *)?att\b", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"(?:.*\b(?:föreslås|föreslår|beslutar|besluta|beslut|förslag|bemyndigar|hemställer)\b.*"
    r"|(?:I|För) [\w ,-]*(?:nämnd|nämnden|styrelse|styrelsen|fullmäktige|egen del|utskottet)\b.*"
    r"|Alternativ \w+\b.*|Under förutsättning\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_OPEN = re.compile(r"(?::|…|\batt|\bbesluta|\bbeslutar|\bföljande|\bbeslut)\s*$", re.IGNORECASE)
_LINE_END = re.compile(r"(?P<words>,? ?\b(?:samt|och)|)[,;]?\s*$")


@dataclass(slots=True)
class _Group:
    lead_in: list[str] = field(default_factory=list)
    items: list[list[Piece]] = field(default_factory=list)
    number: int = 0


def read_decision(
    pieces: Sequence[Piece], files: Files, log: Log, vocabulary: Vocabulary
) -> tuple[DecisionGroup, ...]:
    """Return the groups of the decision, one for each deciding body or each restarted numbering."""
    reader = _Reader(vocabulary, log)
    for piece in pieces:
        for line in _lines(piece):
            reader.add(line)
    return tuple(
        _made(group, files, log) for group in reader.groups if group.items or group.lead_in
    )


def _lines(piece: Piece) -> Iterator[Piece]:
    match piece:
        case ReadParagraph():
            yield from as_lines(piece)
        case ReadTable() if piece.is_layout or len(piece.rows) == 1:
            yield from columns_of(piece)
        case _:
            yield piece


class _Reader:
    def __init__(self, vocabulary: Vocabulary, log: Log) -> None:
        self._vocabulary, self._log = vocabulary, log
        self.groups: list[_Group] = [_Group()]
        self._listed = False  # whether the items of the last group had marks

    @property
    def _group(self) -> _Group:
        return self.groups[-1]

    def add(self, piece: Piece) -> None:
        if not isinstance(piece, ReadParagraph):
            self._attach(piece)
            return
        mark = typed_mark(piece.text) if piece.mark is None else None
        if self._is_detail(piece, mark) or piece.continues:
            self._attach(piece)
        elif mark or piece.mark:
            self._item(piece, mark)
        else:
            self._unmarked(piece)

    def _unmarked(self, piece: ReadParagraph) -> None:
        if _ATT.match(piece.text):
            self._begin(piece, 0)
        elif self._is_lead_in(piece):
            self._lead_in(piece)
        elif self._group.items and self._goes_on(piece):
            self._extend(piece)
        elif self._listed and not piece.look.tight:
            self.groups.append(_Group())
            self._listed = False
            self._begin(piece, 0)
        else:
            self._begin(piece, 0)

    def _is_detail(self, piece: ReadParagraph, mark: Mark | None) -> bool:
        """Whether a list item stands under a decision item: deeper, or of another sort."""
        if not self._group.items:
            return False
        if piece.mark:
            return piece.mark.depth > 0
        if mark is None:
            return False
        first = self._group.items[-1][0]
        head = first.text if isinstance(first, ReadParagraph) else ""
        numbers = self._group.number > 0
        return (
            numbers
            and mark.kind != "1"
            and (
                mark.kind != "-"
                or head.endswith((":", ","))
                or (not piece.text[mark.length :][:1].isupper())
            )
            and not _ATT.match(piece.text)
        )

    def _item(self, piece: ReadParagraph, mark: Mark | None) -> None:
        number = mark.number if mark else _number(piece)
        if mark:
            if mark.is_counted:
                self._log.marks.append(mark.shown)
            piece = replace(piece, spans=trimmed(joined_cut(piece.spans, mark.length)))
        elif piece.mark and piece.mark.numbered:
            self._log.marks.append(piece.mark.text)
        restarts = number == 1 and self._group.number >= 1
        if restarts:
            self.groups.append(_Group())
        self._begin(replace(piece, mark=None), number)
        self._listed = True

    def _begin(self, piece: ReadParagraph, number: int) -> None:
        self._group.items.append([piece])
        self._group.number = number or self._group.number

    def _attach(self, piece: Piece) -> None:
        if not self._group.items:
            self._group.items.append([])
        self._group.items[-1].append(piece)

    def _lead_in(self, piece: ReadParagraph) -> None:
        if self._group.items:
            self.groups.append(_Group())
        self._group.lead_in.append(piece.text)
        self._listed = False

    def _is_lead_in(self, piece: ReadParagraph) -> bool:
        text = piece.text.strip()
        if len(text) > 240 or text.endswith((".", "!", "?")):
            return text.endswith("följande.") and len(text) < 200
        if piece.look.style is Style.HEADING or is_body(text.rstrip(":"), self._vocabulary):
            return True
        return _LEAD_IN.fullmatch(text) is not None and (
            _OPEN.search(text) is not None or len(text) < 90
        )

    def _goes_on(self, piece: ReadParagraph) -> bool:
        """Whether a line without a mark is the rest of the item before."""
        last = self._group.items[-1][-1]
        if not isinstance(last, ReadParagraph) or not piece.text[:1].islower():
            return False
        return last.text[-1:] not in ".!?"

    def _extend(self, piece: ReadParagraph) -> None:
        last = self._group.items[-1][-1]
        assert isinstance(last, ReadParagraph)
        whole = joined(last.text, piece.text)
        gap = len(whole) - len(last.text) - len(piece.text)
        space = (replace(last.spans[-1], text=" "),) if gap > 0 else ()
        before = joined_cut(last.spans, 0, len(last.text) + min(gap, 0))
        self._group.items[-1][-1] = replace(last, spans=(*before, *space, *piece.spans))


def _number(piece: ReadParagraph) -> int:
    digits = re.search(r"\d+", piece.mark.text) if piece.mark and piece.mark.numbered else None
    return int(digits[0]) if digits else 0


def _made(group: _Group, files: Files, log: Log) -> DecisionGroup:
    lead_in = " ".join(group.lead_in) or None
    items = tuple(_item_blocks(item, files, log) for item in group.items)
    if any(_ATT.match(_text(item)) for item in items):
        last = len(items) - 1
        items = tuple(_without_ending(item, log, is_last=i == last) for i, item in enumerate(items))
    for item in items:
        log.place("Beslutspunkt", _text(item), Certainty.SURE if group.number else Certainty.LIKELY)
    if lead_in:
        log.place("Inledning till beslut", lead_in, Certainty.LIKELY)
    return DecisionGroup(lead_in=lead_in, items=tuple(item for item in items if item))


def _item_blocks(item: Sequence[Piece], files: Files, log: Log) -> Blocks:
    first, *others = item
    if isinstance(first, ReadParagraph):
        body = replace(first, mark=None, look=replace(first.look, style=Style.BODY, indent=0))
        head = blocks_of([body], files, log)
        if typed_mark(first.text) is None:
            return (*head, *blocks_of([_shallower(piece) for piece in others], files, log))
    return blocks_of(item, files, log)


def _shallower(piece: Piece) -> Piece:
    if isinstance(piece, ReadParagraph) and piece.mark:
        if piece.continues and piece.mark.depth == 0:
            return replace(piece, mark=None, continues=False)
        return replace(piece, mark=replace(piece.mark, depth=max(0, piece.mark.depth - 1)))
    return piece


def _without_ending(item: Blocks, log: Log, *, is_last: bool) -> Blocks:
    """Take the comma, "samt" or full stop of an att-line, which the template puts there again."""
    first = item[0] if item else None
    if not isinstance(first, Paragraph) or len(item) > 1:
        return item
    text = "".join(span.text for span in first.spans)
    if is_last:
        parts: Spans = (
            joined_cut(first.spans, 0, len(text) - 1) if text.endswith(".") else first.spans
        )
        return (Paragraph(parts),)
    ending = _LINE_END.search(text)
    assert ending is not None
    if words := ending["words"].strip(" ,"):
        log.take(words, Why.PUNCTUATION)
    kept = text[: ending.start()].rstrip()
    kept = kept.removesuffix(".") if not words else kept
    return (Paragraph(joined_cut(first.spans, 0, len(kept))),)


def _text(item: Blocks) -> str:
    return plain_text(item)
