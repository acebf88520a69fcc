"""A text document back into rich text, reading again only what has changed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextBlock, QTextDocument, QTextTable

from samverkan_desktop.domain.text import (
    Align,
    Blocks,
    Heading,
    Image,
    Paragraph,
    Span,
    Spans,
    Table,
    normal_spans,
    word_count,
)
from ui.editor.document import LINE_BREAK
from ui.editor.formats import Facts, Property, Role, facts_of, marks_of, table_at
from ui.editor.images import OBJECT, fragments, image_of
from ui.editor.lines import Line, Path, build, columns_of, new_id


class _Cell(NamedTuple):
    """A block in a table's cell; `first` when the cell begins with it."""

    table: "_TableFacts"
    first: bool
    spans: Spans
    align: Align


class _TableFacts(NamedTuple):
    number: int  # of Qt's table object
    id: str
    path: Path


class _Caption(NamedTuple):
    """A caption; without its table or image it is a paragraph."""

    role: Role
    line: Line


_Piece = Line | _Cell | _Caption


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text block holds: usually one piece, more if an image stands among text."""

    pieces: tuple[_Piece, ...] = ()
    words: int = 0


class DocumentReader(QObject):
    """Reads one document.

    What each text block holds is read when Qt says that it has changed, and kept. So a document
    that is unchanged costs nothing to read again, and a key press one block.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        document.documentLayout()  # Qt tells what changed only when there is one
        self._blocks = [self._read_block(number) for number in range(document.blockCount())]
        self._content: Blocks | None = None
        self._changed = False
        self._ids: dict[tuple[str, int], str] = {}
        document.contentsChange.connect(self._read_changed)

    def content(self) -> Blocks:
        """Return what the document holds."""
        if self._content is None:
            self._content = build(self._lines(), self._unique_ids())
        return self._content

    def word_count(self) -> int:
        """Return the number of words, counted as `domain.text.word_count` does."""
        return sum(block.words for block in self._blocks)

    def take_change(self) -> bool:
        """Return whether the content has become another since this was last asked."""
        changed, self._changed = self._changed, False
        return changed

    @Slot(int, int, int)
    def _read_changed(self, position: int, _removed: int, added: int) -> None:
        """Read what Qt says has changed, and on until it is as it was.

        In undoing, Qt's range can be a block too short (seen with 6.11).
        """
        old, count = self._blocks, self._document.blockCount()
        grown = count - len(old)
        first = min(max(0, self._number_at(position) - 1), len(old))
        past = min(count, self._number_at(position + added) + 2)
        while first > 0 and self._read_block(first - 1) != old[first - 1]:
            first -= 1
        while past < count and (
            past - grown < first or self._read_block(past) != old[past - grown]
        ):
            past += 1
        fresh = [self._read_block(number) for number in range(first, past)]
        if _replace_changed(old, first, past - grown, fresh):
            self._content = None
            self._changed = True

    def _number_at(self, position: int) -> int:
        block = self._document.findBlock(position)
        return block.blockNumber() if block.isValid() else self._document.blockCount() - 1

    def _read_block(self, number: int) -> _Read:
        return _read_block(self._document.findBlockByNumber(number))

    def _lines(self) -> list[Line]:
        """Return the lines, with captions put to what they belong to."""
        out: list[Line] = []
        before: Line | _Caption | None = None
        for piece in self._whole_pieces():
            match piece, before:
                case _Caption(role=Role.IMAGE_CAPTION), Line(block=Image()):
                    out[-1] = _captioned(before, piece)
                case Line(block=Table()), _Caption(role=Role.TABLE_CAPTION):
                    out[-1] = _captioned(piece, before)
                case _Caption(), _:
                    out.append(piece.line)
                case _:
                    out.append(piece)
            before = piece
        return out

    def _whole_pieces(self) -> Iterator[Line | _Caption]:
        """Yield the pieces in order, the cells of a table as one."""
        pieces = [piece for block in self._blocks for piece in block.pieces]
        for number, group in groupby(pieces, key=_table_of):
            if number is None:
                yield from cast("Iterator[Line | _Caption]", group)
            else:
                yield self._table(list(cast("Iterator[_Cell]", group)))

    def _table(self, cells: Sequence[_Cell]) -> Line:
        facts = cells[0].table
        table = cast("QTextTable", self._document.object(facts.number))
        width = table.columns()
        texts = _cell_texts(cells)
        rows = tuple(tuple(texts[at : at + width]) for at in range(0, len(texts), width))
        aligns = [cell.align for cell in cells if cell.first][:width]
        made = Table(rows[0], rows[1:], columns=columns_of(aligns), id=facts.id)
        return Line(facts.path, made)

    def _unique_ids(self) -> Callable[[str], str]:
        """Return a function that gives each block an id of its own, the same in every reading.

        Splitting a block copies its id: the one that comes later gets a new one, and keeps it.
        """
        taken: set[str] = set()

        def unique(wanted: str) -> str:
            found, times = wanted, 0
            while not found or found in taken:
                times += 1
                found = self._ids.setdefault((wanted, times), new_id())
            taken.add(found)
            return found

        return unique


def read(document: QTextDocument) -> Blocks:
    """Return what a document holds."""
    return DocumentReader(document).content()


def _replace_changed(blocks: list[_Read], first: int, past: int, fresh: list[_Read]) -> bool:
    """Put what was read in the place of some blocks, but for equal ones at both ends."""
    while fresh and first < past and fresh[0] == blocks[first]:
        del fresh[0]
        first += 1
    while fresh and first < past and fresh[-1] == blocks[past - 1]:
        del fresh[-1]
        past -= 1
    blocks[first:past] = fresh
    return bool(fresh) or first < past


def _table_of(piece: _Piece) -> int | None:
    return piece.table.number if isinstance(piece, _Cell) else None


def _captioned(line: Line, caption: _Caption) -> Line:
    spans = cast("Paragraph", caption.line.block).spans
    return Line(line.path, replace(cast("Table | Image", line.block), caption=spans))


def _cell_texts(cells: Sequence[_Cell]) -> list[Spans]:
    """Return the text of each cell; its blocks, if there are more, become lines."""
    out: list[Spans] = []
    for cell in cells:
        if cell.first:
            out.append(cell.spans)
        else:
            out[-1] = normal_spans((*out[-1], Span("\n"), *cell.spans))
    return out


def _read_block(block: QTextBlock) -> _Read:
    facts = facts_of(block)
    table = table_at(block)
    if table is not None:
        return _read_cell(block, table, facts)
    pieces = tuple(_pieces(block, facts))
    return _Read(pieces, sum(_words(piece) for piece in pieces))


def _words(piece: Line | _Caption) -> int:
    line = piece.line if isinstance(piece, _Caption) else piece
    return word_count((line.block,))


def _read_cell(block: QTextBlock, table: QTextTable, facts: Facts) -> _Read:
    made = table.format()
    about = _TableFacts(table.objectIndex(), made.stringProperty(Property.ID), facts.path)
    first = table.cellAt(block.position()).firstPosition() == block.position()
    spans = _text_of(block)
    return _Read((_Cell(about, first, spans, facts.align),), word_count((Paragraph(spans),)))


def _pieces(block: QTextBlock, facts: Facts) -> Iterator[Line | _Caption]:
    if OBJECT in block.text():
        found = list(_parts(block))
        if any(isinstance(part, Image) for part in found):
            yield from _among_images(found, facts)
            return
    spans = _text_of(block)
    if facts.role.is_caption:
        yield _Caption(facts.role, Line(facts.path, Paragraph(spans, facts.id)))
    elif spans or facts.role is not Role.FILLER:
        yield _text_line(spans, facts)


def _text_line(spans: Spans, facts: Facts) -> Line:
    if facts.level:
        return Line(facts.path, Heading(facts.level, spans, facts.id))
    return Line(facts.path, Paragraph(spans, facts.id))


def _among_images(parts: Sequence[Span | Image], facts: Facts) -> Iterator[Line]:
    """Yield the images of a block, and the text around them as blocks of its own."""
    for is_image, group in groupby(parts, key=lambda part: isinstance(part, Image)):
        if is_image:
            for image in group:
                yield Line(facts.path, cast("Image", image))
        elif spans := normal_spans(cast("Iterator[Span]", group)):
            yield _text_line(spans, facts)


def _parts(block: QTextBlock) -> Iterator[Span | Image]:
    """Yield the text and the images of a block in order."""
    for run in fragments(block):
        made, text = run.charFormat(), run.text()
        image = image_of(made)
        pieces = text.split(OBJECT) if image else [text]
        for at, piece in enumerate(pieces):
            if image and at:
                yield image
            yield replace(marks_of(made), text=piece.replace(LINE_BREAK, "\n"))


def _text_of(block: QTextBlock) -> Spans:
    """Return the text of a block; where an image can't be, what it shows is said in words."""
    parts = _parts(block)
    return normal_spans(Span(p.alt) if isinstance(p, Image) else p for p in parts)
