"""Taking blocks out and putting blocks in: in a section, in quotes, lists and tables."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from samverkan_desktop.domain.review import BlockEdit
from samverkan_desktop.domain.spots import find_block, map_block
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    ListItem,
    NumberedList,
    Quote,
    Spans,
    Table,
)

T = TypeVar("T")
Row = tuple[Spans, ...]


class OrphanError(Exception):
    """The text that a suggestion is about is no longer there."""


def rearrange(content: Blocks, edit: BlockEdit) -> Blocks:
    """Return the content with the blocks of an edit taken out and put in.

    Raises OrphanError.
    """
    if not edit.inside:
        return tuple(_replaced(content, [b.id for b in content], edit, edit.removed, edit.inserted))
    if find_block(content, edit.inside) is None:
        raise OrphanError(edit.inside)
    return map_block(content, edit.inside, lambda block: _inside(block, edit))


def row_number(after: str) -> int:
    """Return the number of the row that comes after the one named, -1 when that is no row."""
    if not after:
        return 0
    kind, _, row = after.partition(".")
    return int(row) + 1 if kind == "rows" and row.isdecimal() else -1


def _inside(block: Block, edit: BlockEdit) -> Block:
    match block:
        case Quote():
            ids = [b.id for b in block.blocks]
            return replace(
                block, blocks=tuple(_replaced(block.blocks, ids, edit, edit.removed, edit.inserted))
            )
        case BulletList() | NumberedList():
            ids = [item.blocks[0].id if item.blocks else "" for item in block.items]
            items = _replaced(block.items, ids, edit, _items(edit.removed), _items(edit.inserted))
            return replace(block, items=tuple(items))
        case Table():
            return replace(block, rows=_rows_replaced(block, edit))
        case _:
            raise OrphanError(edit.inside)


def _replaced(
    now: Sequence[T], ids: Sequence[str], edit: BlockEdit, removed: Sequence[T], new: Sequence[T]
) -> list[T]:
    if removed:
        found = [at for at, one in enumerate(now) if one == removed[0]]
        at = found[0] if len(found) == 1 else -1
    else:
        at = 0 if not edit.after else ids.index(edit.after) + 1 if edit.after in ids else -1
    if at < 0 or tuple(now[at : at + len(removed)]) != tuple(removed):
        raise OrphanError(edit.after)
    return [*now[:at], *new, *now[at + len(removed) :]]


def _rows_replaced(table: Table, edit: BlockEdit) -> tuple[Row, ...]:
    at = row_number(edit.after)
    removed, new = _rows(edit.removed), _rows(edit.inserted)
    is_there = 0 <= at <= len(table.rows) and table.rows[at : at + len(removed)] == removed
    if not is_there or any(len(row) != len(table.header) for row in new):
        raise OrphanError(edit.inside)
    return (*table.rows[:at], *new, *table.rows[at + len(removed) :])


def _items(blocks: Blocks) -> tuple[ListItem, ...]:
    lists = (block for block in blocks if isinstance(block, BulletList | NumberedList))
    return tuple(item for block in lists for item in block.items)


def _rows(blocks: Blocks) -> tuple[Row, ...]:
    tables = (block for block in blocks if isinstance(block, Table))
    return tuple(row for table in tables for row in table.rows)
