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
from samverkan_desktop.export.marks import number_mark


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
            if element.numbered:
                yield _list(element.items, _numbers(element.items, 0), 1)
            else:
                yield _list(element.items, [""] * len(element.items), 0)
        case Signatures():
            yield from (_lines(filter(None, (s.name, s.role))) for s in element.signatures)
        case OrganisationBlock():
            yield from (_lines(group) for group in element.groups)
        case ApprovalTable():
            yield _lines("\t".join(row) for row in (element.header, *element.rows))
        case _:
            yield _block(element, 0)


def _column(column: LabelledLines) -> str:
    return _lines(filter(None, (column.label, *column.lines)))


def _blocks(blocks: Blocks, depth: int) -> str:
    return _paragraphs(_block(block, depth) for block in blocks)


def _block(block: Block, depth: int) -> str:
    """Write a block that stands in `depth` numbered lists."""
    match block:
        case Paragraph() | Heading():
            return spans_text(block.spans)
        case BulletList():
            items = [item.blocks for item in block.items]
            return _list(items, ["- "] * len(items), depth)
        case NumberedList():
            items = [item.blocks for item in block.items]
            return _list(items, _numbers(items, depth), depth + 1)
        case Quote():
            lines = _blocks(block.blocks, depth).split("\n")
            return _lines(f"> {line}".rstrip() for line in lines)
        case Table():
            return _lines((*_caption(block.caption), *map(_row, (block.header, *block.rows))))
        case Image():
            return _lines((f"[Bild: {_one_line(clean(block.alt))}]", *_caption(block.caption)))


def _caption(caption: Spans) -> Iterator[str]:
    if caption:
        yield spans_text(caption)


def _row(cells: Iterable[Spans]) -> str:
    return "\t".join(_one_line(spans_text(cell)) for cell in cells)


def _numbers(items: Sequence[Blocks], depth: int) -> list[str]:
    return [f"{number_mark(depth, index)} " for index in range(1, len(items) + 1)]


def _list(items: Sequence[Blocks], marks: Sequence[str], depth: int) -> str:
    """Write items under one another; apart when one of them holds more than a line and a list.

    `depth` counts the numbered lists that their content stands in.
    """
    loose = any(not isinstance(block, BulletList | NumberedList) for i in items for block in i[1:])
    written = (_item(item, mark, depth) for item, mark in zip(items, marks, strict=True))
    return _paragraphs(written) if loose else _lines(written)


def _item(blocks: Blocks, mark: str, depth: int) -> str:
    text = _block(blocks[0], depth) if blocks else ""
    for block in blocks[1:]:
        gap = "\n" if isinstance(block, BulletList | NumberedList) else "\n\n"
        text += gap + _block(block, depth)
    return mark + textwrap.indent(text, " " * len(mark)).lstrip(" ")


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _paragraphs(pieces: Iterable[str]) -> str:
    return "\n\n".join(pieces)
