"""The file as it was sent: each line of it, and which characters of the draft it shows.

What is printed is typeset (`domain.typography`); what is stored isn't. A line knows where in the
stored text each of its printed characters begins, so that a change of the one can be told as a
change of the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from samverkan_desktop.domain import document as doc
from samverkan_desktop.domain.document import Part
from samverkan_desktop.domain.links import uri
from samverkan_desktop.domain.spots import find_block, spans_at
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
    Table,
    spans,
    spans_text,
    walk,
)
from samverkan_desktop.domain.typography import traced
from samverkan_desktop.exchange.word.content import PICTURE, Kind, Marks, Role

_DEEPEST = 8  # the last level of a Word list, counted from 0 (17.9.3)
_CONTINUED = 4  # the last level that has a style for further paragraphs


@dataclass(frozen=True, slots=True)
class Frame:
    """What a block stands in: a quote, or an item (by its key) of a list."""

    id: str
    numbered: bool | None = None  # None for a quote
    item: str = ""


Frames = tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line as it was sent.

    `at` has a number for each character of `text` and one for the end: where in `stored`, the text
    at `spot` of the block, it begins. A line without a block shows nothing that is stored there.
    `leaf` is the block, for the line that stands for it among others.
    """

    kind: Kind
    spans: Spans
    block: str = ""
    spot: str = ""
    stored: Spans = ()
    at: tuple[int, ...] = ()
    frames: Frames = ()
    leaf: Block | None = None

    @property
    def text(self) -> str:
        """Return its characters."""
        return PICTURE if isinstance(self.leaf, Image) else spans_text(self.spans)

    def marks(self) -> Iterator[Marks]:
        """Yield the marks of each character."""
        if isinstance(self.leaf, Image):
            yield Marks()
            return
        for span in self.spans:
            yield from [Marks(span.bold, span.italic, uri(span.link or ""))] * len(span.text)


@dataclass(frozen=True, slots=True)
class SentGrid:
    """A table as it was sent: a line for each cell, the header's first."""

    rows: tuple[tuple[SentLine, ...], ...]
    leaf: Table
    frames: Frames = ()


SentItem = SentLine | SentGrid


@dataclass(frozen=True, slots=True)
class SentPart:
    """A part of the document. `stored` is what the draft has of it, None for what isn't edited."""

    key: str
    items: tuple[SentItem, ...]
    stored: Blocks | None = None


def sent_part(part: Part, stored: Blocks | None) -> SentPart:
    """Return a part as it was sent; `stored` are its blocks, as `domain.review_content` has them.

    A block that isn't printed has no line.
    """
    return SentPart(part.key, tuple(_items(part, stored or ())), stored)


def _items(part: Part, stored: Blocks) -> Iterator[SentItem]:
    place = _Place(stored, dict(_item_frames(stored)))
    for element in part.elements:
        match element:
            case doc.Title() | doc.Subtitle() | doc.Notice() | doc.SectionHeading():
                yield SentLine(Kind(_ROLES[type(element)]), spans(element.text))
            case doc.ItemList():
                yield from _listed(element, part, place)
            case doc.Head() | doc.Signatures() | doc.OrganisationBlock() | doc.ApprovalTable():
                yield from _formal(element)
            case Paragraph(id=""):
                yield _lead_in(element, stored)
            case _:
                yield from place.block(element, place.frames_of(element), 0)


_ROLES = {
    doc.Title: Role.TITLE,
    doc.Subtitle: Role.SUBTITLE,
    doc.Notice: Role.NOTICE,
    doc.SectionHeading: Role.SECTION,
}


def _item_frames(stored: Blocks) -> Iterator[tuple[str, Frame]]:
    """Yield for each block of a list item what it stands in; an item's key is its first block."""
    for block in walk(stored):
        if isinstance(block, BulletList | NumberedList):
            for item in block.items:
                for inner in item.blocks:
                    numbered = isinstance(block, NumberedList)
                    yield inner.id, Frame(block.id, numbered, item.blocks[0].id)


def _lead_in(element: Paragraph, stored: Blocks) -> SentLine:
    """Return the line of a decision's lead-in, which has the text of a paragraph of ours."""
    text = spans_text(element.spans)
    for block in stored:
        if isinstance(block, Paragraph):
            printed, at = traced(spans_text(block.spans).replace("\n", " "))
            if printed == text:
                return SentLine(Kind(), element.spans, block.id, "", block.spans, at, (), block)
    return SentLine(Kind(), element.spans)


def _listed(items: doc.ItemList, part: Part, place: "_Place") -> Iterator[SentItem]:
    """Yield the lines of decision items, or of attachments, which aren't edited here."""
    kind = Kind(Role.ITEM, 0, numbered=True) if items.numbered else Kind(Role.ATT_LINE)
    if " " in part.key:
        kind = Kind(Role.ATTACHMENT)
    for blocks in items.items:
        yield from place.item(blocks, kind, place.frames_of(blocks[0]), int(items.numbered))


def _formal(
    element: doc.Head | doc.Signatures | doc.OrganisationBlock | doc.ApprovalTable,
) -> Iterator[SentItem]:
    """Yield the lines of what is made of fields, of which nothing is edited here."""
    match element:
        case doc.Head(left, right):
            lines = (left.label, *left.lines, right.label, *right.lines)
            yield from _fixed(Role.HEAD, lines)
        case doc.Signatures(signatures):
            yield from _fixed(Role.SIGNATURE, (t for s in signatures for t in (s.name, s.role)))
        case doc.OrganisationBlock(groups):
            yield from _fixed(Role.SENDER, map("\n".join, groups))
        case doc.ApprovalTable(header, rows):
            cells = [tuple(spans(cell) for cell in row) for row in (header, *rows)]
            lines_of = tuple(tuple(SentLine(Kind(), cell) for cell in row) for row in cells)
            yield SentGrid(lines_of, Table(cells[0], tuple(cells[1:])))


def _fixed(role: Role, texts: Iterable[str]) -> Iterator[SentItem]:
    return (SentLine(Kind(role), spans(text)) for text in texts if text)


@dataclass(frozen=True, slots=True)
class _Place:
    """Makes the lines of printed blocks, whose stored form is in `stored`."""

    stored: Blocks
    items: Mapping[str, Frame]

    def frames_of(self, block: object) -> Frames:
        """Return what a block of a decision item stands in."""
        frame = self.items.get(getattr(block, "id", ""))
        return (frame,) if frame is not None else ()

    def blocks(self, blocks: Sequence[Block], frames: Frames, lists: int) -> Iterator[SentItem]:
        for block in blocks:
            yield from self.block(block, frames, lists)

    def block(self, block: Block, frames: Frames, lists: int) -> Iterator[SentItem]:
        match block:
            case Paragraph():
                yield self.line(block, _kind_of(frames, lists), frames)
            case Heading():
                yield self.line(block, Kind(Role.HEADING, block.level), frames)
            case BulletList() | NumberedList():
                yield from self.items_of(block, frames, lists)
            case Quote():
                yield from self.blocks(block.blocks, (*frames, Frame(block.id)), lists)
            case Table():
                yield from self.table(block, frames)
            case Image():
                yield from self.figure(block, frames)

    def items_of(
        self, block: BulletList | NumberedList, frames: Frames, lists: int
    ) -> Iterator[SentItem]:
        kind = Kind(Role.ITEM, min(lists, _DEEPEST), isinstance(block, NumberedList))
        for item in block.items:
            inner = (*frames, *self.frames_of(item.blocks[0]))
            yield from self.item(item.blocks, kind, inner, lists + 1)

    def figure(self, image: Image, frames: Frames) -> Iterator[SentItem]:
        leaf = find_block(self.stored, image.id) or image
        yield SentLine(Kind(Role.FIGURE), (), image.id, "", (), (0, 0), frames, leaf)
        if image.caption:
            yield self.spot(image, "caption", image.caption, Kind(Role.FIGURE_CAPTION))

    def item(
        self, blocks: Sequence[Block], kind: Kind, frames: Frames, lists: int
    ) -> Iterator[SentItem]:
        """Yield an item's lines; one that begins with no paragraph has a line for its mark."""
        rest = blocks
        if isinstance(blocks[0], Paragraph):
            yield self.line(blocks[0], kind, frames)
            rest = blocks[1:]
        else:
            yield SentLine(kind, (), frames=frames)
        yield from self.blocks(rest, frames, lists)

    def line(self, block: Paragraph | Heading, kind: Kind, frames: Frames) -> SentLine:
        return self.spot(block, "", block.spans, kind, frames)

    def table(self, table: Table, frames: Frames) -> Iterator[SentItem]:
        if table.caption:
            yield self.spot(table, "caption", table.caption, Kind(Role.CAPTION))
        leaf = find_block(self.stored, table.id)
        header = tuple(
            self.spot(table, f"header.{i}", cell, Kind()) for i, cell in enumerate(table.header)
        )
        rows = tuple(
            tuple(self.spot(table, f"rows.{y}.{x}", cell, Kind()) for x, cell in enumerate(row))
            for y, row in enumerate(table.rows)
        )
        yield SentGrid((header, *rows), leaf if isinstance(leaf, Table) else table, frames)

    def spot(
        self, block: Block, spot: str, printed: Spans, kind: Kind, frames: Frames = ()
    ) -> SentLine:
        leaf = find_block(self.stored, block.id) if block.id else None
        if leaf is None:
            return SentLine(kind, printed, frames=frames)
        stored = spans_at(leaf, spot)
        at = _positions(spans_text(stored), spans_text(printed))
        own = leaf if spot == "" else None
        return SentLine(kind, printed, block.id, spot, stored, at, frames, own)


def _kind_of(frames: Frames, lists: int) -> Kind:
    """Return what a paragraph is, by what it stands in."""
    if any(frame.numbered is None for frame in frames):
        return Kind(Role.QUOTE)
    return Kind(Role.CONTINUED, min(lists - 1, _CONTINUED)) if lists else Kind()


def _positions(stored: str, printed: str) -> tuple[int, ...]:
    """Return where in a stored text each character of the printed one begins, and where it ends.

    What the document adds ("att" before an item, a full stop after) begins and ends at one place.
    """
    text, at = traced(stored)
    if text == printed:
        return at
    start = printed.find(text) if text else -1
    if start >= 0:
        after = len(printed) - start - len(text)
        return (*[at[0]] * start, *at, *[at[-1]] * after)
    return _aligned(stored, printed)


def _aligned(stored: str, printed: str) -> tuple[int, ...]:
    matcher = SequenceMatcher(None, printed, stored, autojunk=False)
    out: list[int] = []
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        out += [min(j1 + n, j2) for n in range(i2 - i1)]
    return (*out, len(stored))
