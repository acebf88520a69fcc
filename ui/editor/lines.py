"""Rich text as a flat run of lines, which is how a text document holds it, and back.

A line is a block that holds no other blocks, with the path of lists and quotes it stands in. Two
neighbours stand in the same list item when their paths name the same one; so a line can be split,
joined, moved or deleted without any bookkeeping, and the tree follows.
"""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from samverkan_desktop.domain.text import (
    Align,
    Block,
    Blocks,
    BulletList,
    Column,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
    Table,
    map_spans,
    normal_spans,
    with_ids,
)


class Kind(StrEnum):
    """What blocks can stand in."""

    BULLETS = "b"
    NUMBERS = "n"
    QUOTE = "q"


@dataclass(frozen=True, slots=True)
class Step:
    """One container on the way to a line: `id` is the block's, `item` names the list item."""

    kind: Kind
    id: str
    item: str = ""

    @property
    def is_list(self) -> bool:
        """Whether this is a list and not a quote."""
        return self.kind is not Kind.QUOTE


Path = tuple[Step, ...]
Leaf = Paragraph | Heading | Table | Image


class Line(NamedTuple):
    """A leaf and what it stands in, outermost first."""

    path: Path
    block: Leaf


def new_id() -> str:
    """Return an id for a block or a list item."""
    return uuid.uuid4().hex


def flatten(blocks: Blocks, path: Path = ()) -> Iterator[Line]:
    """Yield the lines of the blocks. List items get names of their own."""
    for block in blocks:
        match block:
            case Quote():
                yield from flatten(block.blocks, (*path, Step(Kind.QUOTE, block.id)))
            case BulletList() | NumberedList():
                kind = Kind.BULLETS if isinstance(block, BulletList) else Kind.NUMBERS
                for item in block.items:
                    yield from flatten(item.blocks, (*path, Step(kind, block.id, new_id())))
            case _:
                yield Line(path, block)


def build(lines: Iterable[Line], unique: Callable[[str], str]) -> Blocks:
    """Return the tree that the lines make.

    `unique` is asked for each block's id in reading order, and returns it or another when it is
    empty or was used before: a list whose middle was taken out has become two.
    """
    return tuple(_build(list(lines), 0, unique))


def _build(lines: Sequence[Line], depth: int, unique: Callable[[str], str]) -> Iterator[Block]:
    for step, group in groupby(lines, key=lambda line: _container(line, depth)):
        if step is None:
            for line in group:
                yield _with_id(line.block, unique)
        else:
            kind, wanted = step
            found = unique(wanted)
            if kind is Kind.QUOTE:
                yield Quote(tuple(_build(list(group), depth + 1, unique)), id=found)
            else:
                items = groupby(group, key=lambda line: line.path[depth].item)
                made = tuple(
                    ListItem(tuple(_build(list(inner), depth + 1, unique))) for _, inner in items
                )
                yield (BulletList if kind is Kind.BULLETS else NumberedList)(made, id=found)


def _container(line: Line, depth: int) -> tuple[Kind, str] | None:
    if len(line.path) <= depth:
        return None
    return line.path[depth].kind, line.path[depth].id


def _with_id(block: Leaf, unique: Callable[[str], str]) -> Leaf:
    found = unique(block.id)
    return block if found == block.id else replace(block, id=found)


_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
_FRAME_MARKS = re.compile("[\ufdd0\ufdd1]")


def normalised(blocks: Blocks, new_id: Callable[[], str] = new_id) -> Blocks:
    """Return the blocks in the one form that a text document gives back unchanged.

    No visible character is changed. What is:
    - line and paragraph separators inside a text are all written as a newline, and two code points
      that Unicode reserves for a program's own use (U+FDD0, U+FDD1), in which Qt marks its frames,
      are left out;
    - neighbouring spans with the same marks are one;
    - a list without items and a quote without blocks are left out, and an item without blocks gets
      an empty paragraph, since a cursor must have somewhere to stand;
    - a table's columns are given for all or, when all are left-aligned, for none; its rows are made
      as wide as the widest;
    - every block has an id of its own.
    """
    kept = tuple(_filled(map_spans(blocks, _clean_spans)))
    return with_ids(kept, new_id, set())


def clean_text(text: str) -> str:
    """Return a text as a document holds it: one kind of line break, no frame marks."""
    return _FRAME_MARKS.sub("", _BREAKS.sub("\n", text))


def _clean_spans(parts: Spans) -> Spans:
    return normal_spans(replace(span, text=clean_text(span.text)) for span in parts)


def _filled(blocks: Blocks) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Quote():
                inner = tuple(_filled(block.blocks))
                if inner:
                    yield replace(block, blocks=inner)
            case BulletList() | NumberedList():
                items = (tuple(_filled(item.blocks)) for item in block.items)
                made = tuple(ListItem(inner or (Paragraph(),)) for inner in items)
                if made:
                    yield replace(block, items=made)
            case Table():
                yield _even(block)
            case _:
                yield block


def _even(table: Table) -> Table:
    width = max([1, len(table.header), *map(len, table.rows)])
    empty: tuple[Spans, ...] = ((),) * width
    return replace(
        table,
        header=(*table.header, *empty)[:width],
        rows=tuple((*row, *empty)[:width] for row in table.rows),
        columns=columns_of(table.column(i).align for i in range(width)),
    )


def columns_of(aligns: Iterable[Align]) -> tuple[Column, ...]:
    """Return a table's columns: none when all are left-aligned."""
    columns = tuple(Column(align) for align in aligns)
    return columns if any(column != Column() for column in columns) else ()
