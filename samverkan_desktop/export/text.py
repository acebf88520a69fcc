"""The composed document as plain text, for mail, search and comparison.

A blank line stands between paragraphs, a list is one line an item, a table one line a row with tabs
between the cells. The page header is no part of it.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from samverkan_desktop.domain.document import (
    ApprovalTable,
    Document,
    Element,
    Head,
    ItemList,
    LabelledLines,
    Notice,
    OrganisationBlock,
    SectionHeading,
    Signatures,
    Subtitle,
    Title,
)
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
    spans_text,
)
from samverkan_desktop.domain.typography import clean


def write_text(document: Document) -> str:
    """Return the document as plain text, with a newline at its end."""
    pieces = [
        piece for part in document.parts for element in part.elements for piece in _element(element)
    ]
    return _paragraphs(pieces) + "\n" if pieces else ""


def _element(element: Element) -> Iterator[str]:
    """Yield the pieces of an element that a blank line separates."""
    match element:
        case Head():
            yield from (_column(c) for c in (element.left, element.right) if c.lines)
        case Title() | Subtitle() | Notice() | SectionHeading():
            yield element.text
        case ItemList():
            marks = _numbers(element.items) if element.numbered else [""] * len(element.items)
            yield _list(element.items, marks)
        case Signatures():
            yield from (_lines(filter(None, (s.name, s.role))) for s in element.signatures)
        case OrganisationBlock():
            yield from (_lines(group) for group in element.groups)
        case ApprovalTable():
            yield _lines("\t".join(row) for row in (element.header, *element.rows))
        case _:
            yield _block(element)


def _column(column: LabelledLines) -> str:
    return _lines(filter(None, (column.label, *column.lines)))


def _blocks(blocks: Blocks) -> str:
    return _paragraphs(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return spans_text(block.spans)
        case BulletList():
            return _list([item.blocks for item in block.items], ["- "] * len(block.items))
        case NumberedList():
            return _list([item.blocks for item in block.items], _numbers(block.items))
        case Quote():
            return _lines(f"> {line}".rstrip() for line in _blocks(block.blocks).split("\n"))
        case Table():
            return _lines((*_caption(block.caption), *map(_row, (block.header, *block.rows))))
        case Image():
            return _lines((f"[Bild: {_one_line(clean(block.alt))}]", *_caption(block.caption)))


def _caption(caption: Spans) -> Iterator[str]:
    if caption:
        yield spans_text(caption)


def _row(cells: Iterable[Spans]) -> str:
    return "\t".join(_one_line(spans_text(cell)) for cell in cells)


def _numbers(items: Sequence[object]) -> list[str]:
    return [f"{number}. " for number in range(1, len(items) + 1)]


def _list(items: Sequence[Blocks], marks: Sequence[str]) -> str:
    """Write items under one another; apart when one of them holds more than a line and a list."""
    loose = any(not isinstance(block, BulletList | NumberedList) for i in items for block in i[1:])
    written = (_item(item, mark) for item, mark in zip(items, marks, strict=True))
    return _paragraphs(written) if loose else _lines(written)


def _item(blocks: Blocks, mark: str) -> str:
    text = _block(blocks[0]) if blocks else ""
    for block in blocks[1:]:
        gap = "\n" if isinstance(block, BulletList | NumberedList) else "\n\n"
        text += gap + _block(block)
    return mark + textwrap.indent(text, " " * len(mark)).lstrip(" ")


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _paragraphs(pieces: Iterable[str]) -> str:
    return "\n\n".join(pieces)
