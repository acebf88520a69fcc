"""The pieces of text of a block, each known by its spot.

"" is the text of a paragraph or heading. A table has "caption", "header.2" and "rows.0.2" (row and
column, counted from 0); an image has "caption".
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
    Table,
)

T = TypeVar("T")


def spots(block: Block) -> Iterator[tuple[str, Spans]]:
    """Yield the spots of a block with their text, in reading order; not those of blocks inside."""
    match block:
        case Paragraph() | Heading():
            yield "", block.spans
        case Image():
            yield "caption", block.caption
        case Table():
            yield "caption", block.caption
            yield from ((f"header.{i}", cell) for i, cell in enumerate(block.header))
            for row, cells in enumerate(block.rows):
                yield from ((f"rows.{row}.{i}", cell) for i, cell in enumerate(cells))
        case _:
            pass


def spans_at(block: Block, spot: str) -> Spans:
    """Return the text at a spot.

    Raises KeyError when the block has no such spot.
    """
    return dict(spots(block))[spot]


def with_spans_at(block: Block, spot: str, spans: Spans) -> Block:
    """Return the block with other text at a spot.

    Raises KeyError when the block has no such spot.
    """
    known = block if spot in dict(spots(block)) else None
    name, *place = spot.split(".")
    match known, name:
        case Paragraph() | Heading(), _:
            return replace(known, spans=spans)
        case Table(), "header":
            return replace(known, header=_put(known.header, int(place[0]), spans))
        case Table(), "rows":
            row, column = map(int, place)
            cells = _put(known.rows[row], column, spans)
            return replace(known, rows=_put(known.rows, row, cells))
        case Table() | Image(), _:
            return replace(known, caption=spans)
        case _:
            raise KeyError(spot)


def find_block(blocks: Blocks, block_id: str) -> Block | None:
    """Return the block with this id, wherever it stands."""
    for block in blocks:
        if block.id == block_id:
            return block
        for inner in _inside(block):
            found = find_block(inner, block_id)
            if found is not None:
                return found
    return None


def map_block(blocks: Blocks, block_id: str, change: Callable[[Block], Block]) -> Blocks:
    """Return the blocks with `change` applied to the one of this id, wherever it stands."""
    return tuple(_mapped(block, block_id, change) for block in blocks)


def _mapped(block: Block, block_id: str, change: Callable[[Block], Block]) -> Block:
    if block.id == block_id:
        return change(block)
    match block:
        case BulletList() | NumberedList():
            items = tuple(ListItem(map_block(i.blocks, block_id, change)) for i in block.items)
            return replace(block, items=items)
        case Quote():
            return replace(block, blocks=map_block(block.blocks, block_id, change))
        case _:
            return block


def _inside(block: Block) -> Iterator[Blocks]:
    match block:
        case BulletList() | NumberedList():
            yield from (item.blocks for item in block.items)
        case Quote():
            yield block.blocks
        case _:
            pass


def _put(values: tuple[T, ...], at: int, value: T) -> tuple[T, ...]:
    return (*values[:at], value, *values[at + 1 :])
