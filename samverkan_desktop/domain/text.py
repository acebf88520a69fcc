"""Rich text as a value: blocks with stable ids, made of spans with the few marks allowed.

Nothing else can be said: no colours, fonts or sizes. What is pasted or imported is reduced to this.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text with the same marks. A newline in `text` is a forced line break."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    language: str | None = None  # BCP 47, when it differs from the document's

    def same_marks(self, other: "Span") -> bool:
        """Whether both spans could be one."""
        return replace(self, text="") == replace(other, text="")


Spans = tuple[Span, ...]


class Align(StrEnum):
    """How a table column is set; `DECIMAL` lines numbers up on their decimal comma."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: Spans = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A sub-heading inside a section: level 2 or 3 (the section's own heading is level 1)."""

    level: int
    spans: Spans = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """A list item: one or more blocks, nested lists among them."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class BulletList:
    """An unordered list."""

    items: tuple[ListItem, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """An ordered list, numbered from 1."""

    items: tuple[ListItem, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """How one table column is set."""

    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row. Each row has as many cells as the header."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...] = ()
    caption: Spans = ()
    columns: tuple[Column, ...] = ()
    id: str = ""

    def column(self, index: int) -> Column:
        """Return the settings of a column, left-aligned when none are given."""
        return self.columns[index] if index < len(self.columns) else Column()


@dataclass(frozen=True, slots=True)
class Image:
    """An image: `file` names one of the draft's files, `alt` says what it shows."""

    file: str
    alt: str
    caption: Spans = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    blocks: "tuple[Block, ...]"
    id: str = ""


Block = Paragraph | Heading | BulletList | NumberedList | Table | Image | Quote
Blocks = tuple[Block, ...]


def paragraph(text: str) -> Paragraph:
    """Return a plain paragraph."""
    return Paragraph(spans(text))


def spans(text: str) -> Spans:
    """Return plain text as spans."""
    return (Span(text),) if text else ()


def spans_text(parts: Spans) -> str:
    """Return the characters of the spans."""
    return "".join(span.text for span in parts)


def cut(parts: Spans, start: int, end: int | None = None) -> Spans:
    """Return the spans of characters `start` to `end`, or to the last; empty ones are left out."""
    out: list[Span] = []
    at = 0
    for span in parts:
        stop = len(span.text) if end is None else max(end - at, 0)
        text = span.text[max(start - at, 0) : stop]
        if text:
            out.append(span if text == span.text else replace(span, text=text))
        at += len(span.text)
    return tuple(out)


def normal_spans(parts: Iterable[Span]) -> Spans:
    """Drop empty spans and join neighbours with the same marks."""
    out: list[Span] = []
    for span in parts:
        if not span.text:
            continue
        if out and out[-1].same_marks(span):
            out[-1] = replace(out[-1], text=out[-1].text + span.text)
        else:
            out.append(span)
    return tuple(out)


def children(block: Block) -> Blocks:
    """Return the blocks directly inside a block."""
    match block:
        case BulletList() | NumberedList():
            return tuple(inner for item in block.items for inner in item.blocks)
        case Quote():
            return block.blocks
        case _:
            return ()


def walk(blocks: Blocks) -> Iterator[Block]:
    """Yield every block, nested ones after the block they stand in."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def block_spans(block: Block) -> Iterator[Spans]:
    """Yield each piece of text that stands directly in a block, in reading order."""
    match block:
        case Paragraph() | Heading():
            yield block.spans
        case Table():
            yield block.caption
            yield from block.header
            for row in block.rows:
                yield from row
        case Image():
            yield block.caption
        case _:
            pass


def map_spans(blocks: Blocks, change: Callable[[Spans], Spans]) -> Blocks:
    """Return the blocks with `change` applied to each piece of text."""
    return tuple(_map_block(block, change) for block in blocks)


def _map_block(block: Block, change: Callable[[Spans], Spans]) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, spans=change(block.spans))
        case BulletList() | NumberedList():
            items = tuple(ListItem(map_spans(item.blocks, change)) for item in block.items)
            return replace(block, items=items)
        case Table():
            return replace(
                block,
                caption=change(block.caption),
                header=tuple(change(cell) for cell in block.header),
                rows=tuple(tuple(change(cell) for cell in row) for row in block.rows),
            )
        case Image():
            return replace(block, caption=change(block.caption))
        case _:
            return replace(block, blocks=map_spans(block.blocks, change))


def plain_text(blocks: Blocks) -> str:
    """Return the text of the blocks, a line for each piece: for search, counting and checks."""
    pieces = (spans_text(part) for block in walk(blocks) for part in block_spans(block))
    return "\n".join(piece for piece in pieces if piece)


_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a language tag (BCP 47), such as "sv-SE"."""
    return _LANGUAGE.fullmatch(tag) is not None


_WORD = re.compile(r"\w+(?:\.?[-–:.,/’']\w+)*")


def word_count(blocks: Blocks) -> int:
    """Count words as a reader would: "3,5" and "e-post" as one, "KS 2023/740" as two.

    A soft hyphen, or a letter pasted in two parts (a and a ring), doesn't make two words of one.
    """
    text = unicodedata.normalize("NFC", plain_text(blocks)).replace("\N{SOFT HYPHEN}", "")
    return sum(1 for _ in _WORD.finditer(text))


def is_empty(blocks: Blocks) -> bool:
    """Whether the blocks hold nothing that would be printed; found out at the first that does."""
    return not any(
        isinstance(block, Image) or any(spans_text(part).strip() for part in block_spans(block))
        for block in walk(blocks)
    )


def with_ids(blocks: Blocks, new_id: Callable[[], str], taken: set[str]) -> Blocks:
    """Give every block that has no id, or one already in `taken`, a new one.

    `taken` grows with each id met, so that one set keeps a whole draft unique. Blocks that are
    right already are returned as they are.
    """
    return tuple(_with_id(block, new_id, taken) for block in blocks)


def _with_id(block: Block, new_id: Callable[[], str], taken: set[str]) -> Block:
    while not block.id or block.id in taken:
        block = replace(block, id=new_id())
    taken.add(block.id)
    match block:
        case BulletList() | NumberedList():
            items = tuple(ListItem(with_ids(item.blocks, new_id, taken)) for item in block.items)
            return block if items == block.items else replace(block, items=items)
        case Quote():
            inner = with_ids(block.blocks, new_id, taken)
            return block if inner == block.blocks else replace(block, blocks=inner)
        case _:
            return block
