"""Lines put together into blocks: lists of items, quotes of paragraphs."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
)
from samverkan_desktop.exchange.word.content import Kind, Role
from samverkan_desktop.exchange.word.sent import Frame, Frames


@dataclass(frozen=True, slots=True)
class Unit:
    """A line's block and what it stands in; no block for the mark of an item without a text."""

    frames: Frames
    block: Block | None


@dataclass(frozen=True, slots=True)
class Node:
    """A block among others: a leaf, a box (`frame`) of further ones, or an item of a list."""

    key: str
    block: Block | None = None
    frame: Frame | None = None
    nodes: "tuple[Node, ...]" = ()

    def leaves(self) -> Iterator[str]:
        """Yield the ids of all leaves."""
        if self.block is not None:
            yield self.block.id
        for node in self.nodes:
            yield from node.leaves()

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return self.frame is not None and self.frame.numbered is not None


@dataclass(slots=True)
class Names:
    """New ids, which are the same when the same file is read again."""

    seed: str
    _given: set[str] = field(default_factory=set)

    def new(self, *parts: object) -> str:
        """Return an id for what the parts say; another each time."""
        number = 0
        while True:
            told = repr((self.seed, number, *parts))
            name = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
            if name not in self._given:
                self._given.add(name)
                return name
            number += 1


def tree(units: Sequence[Unit], names: Names) -> tuple[Node, ...]:
    """Return the blocks of lines; a box that was broken in two has a new id the second time."""
    return _nodes(units, 0, names, set())


def _nodes(units: Sequence[Unit], depth: int, names: Names, taken: set[str]) -> tuple[Node, ...]:
    out: list[Node] = []
    for box, group in groupby(units, key=lambda unit: _box(unit, depth)):
        inside = list(group)
        if box is None:
            out += [Node(u.block.id, u.block) for u in inside if u.block is not None]
            continue
        name, numbered = box
        if name in taken:
            name = names.new("box", name)
        taken.add(name)
        frame = Frame(name, numbered)
        if numbered is None:
            out.append(Node(name, None, frame, _nodes(inside, depth + 1, names, taken)))
        else:
            items = groupby(inside, key=lambda unit: unit.frames[depth].item)
            made = [
                Node(key, None, None, _nodes(list(each), depth + 1, names, taken))
                for key, each in items
            ]
            out.append(Node(name, None, frame, tuple(made)))
    return tuple(out)


def _box(unit: Unit, depth: int) -> tuple[str, bool | None] | None:
    if len(unit.frames) == depth:
        return None
    return unit.frames[depth].id, unit.frames[depth].numbered


def blocks_of(nodes: Sequence[Node]) -> Blocks:
    """Return nodes as blocks."""
    return tuple(_block(node) for node in nodes)


def items_of(nodes: Sequence[Node]) -> tuple[ListItem, ...]:
    """Return the items of a list."""
    return tuple(ListItem(blocks_of(node.nodes)) for node in nodes)


def _block(node: Node) -> Block:
    if node.block is not None:
        return node.block
    if node.frame is None or node.frame.numbered is None:
        return Quote(blocks_of(node.nodes), node.key)
    items = items_of(node.nodes)
    return NumberedList(items, node.key) if node.frame.numbered else BulletList(items, node.key)


def leaf(kind: Kind, spans: Spans, name: str) -> Block:
    """Return a line of a kind as a block."""
    if kind.role is Role.HEADING:
        return Heading(min(max(kind.level, 2), 3), spans, name)
    if kind.role in (Role.SECTION, Role.TITLE):
        return Heading(2, spans, name)
    return Paragraph(spans, name)


def frames_for(kind: Kind, name: str, before: Frames, after: Frames, names: Names) -> Frames:
    """Return what a line stands in that wasn't there, by its kind and by the lines around it."""
    if kind.role is Role.QUOTE:
        near = next((f for f in (before, after) if f and f[-1].numbered is None), None)
        return near if near is not None else (Frame(names.new("quote", name)),)
    if kind.role is Role.CONTINUED:
        return _cut(before, kind.level + 1)
    if kind.role is Role.ITEM or (kind.role is Role.ATT_LINE and (before or after)):
        return _item_frames(kind, name, before, after, names)
    return ()


def _item_frames(kind: Kind, name: str, before: Frames, after: Frames, names: Names) -> Frames:
    numbered = kind.numbered or kind.role is Role.ATT_LINE
    for near in (_cut(before, kind.level + 1), _cut(after, kind.level + 1)):
        if _depth(near) == kind.level + 1 and near[-1].numbered is numbered:
            return (*near[:-1], replace(near[-1], item=name))
    return (*_cut(before, kind.level), Frame(names.new("list", name), numbered, name))


def _depth(frames: Frames) -> int:
    return sum(frame.numbered is not None for frame in frames)


def _cut(frames: Frames, lists: int) -> Frames:
    """Return the frames as far as so many lists go, and no quote inside the last of them."""
    out: list[Frame] = []
    for frame in frames:
        if frame.numbered is None and _depth(tuple(out)) == lists:
            break
        if frame.numbered is not None and _depth(tuple(out)) == lists:
            break
        out.append(frame)
    return tuple(out)
