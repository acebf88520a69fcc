"""The looks of lists: which block has a mark, in which list, how far in, follow from the paths."""

from dataclasses import replace

from PySide6.QtGui import QTextBlock, QTextCursor, QTextList

from ui.editor.formats import (
    INDENT,
    Facts,
    Mark,
    Property,
    Role,
    block_format,
    facts_of,
    list_format,
    table_at,
    table_format,
)
from ui.editor.images import has_image
from ui.editor.lines import Path, Step, new_id
from ui.editor.nesting import begins_item


def arrange(first: QTextBlock, last: QTextBlock) -> None:
    """Make the blocks from `first` to `last`, and the lists they are part of, look as they are.

    Blocks that look right already are not touched, so that calling this twice is no edit.
    """
    block, previous = _start_of_run(first)
    past = last.blockNumber()
    lists = _Lists(previous)
    while block.isValid():
        facts = facts_of(block)
        if block.blockNumber() > past and not facts.path:
            break
        if facts.role.in_table:
            lists.enter(facts.path)
            _indent_table(block, len(facts.path))
        else:
            _arrange_block(block, facts, lists)
        block = block.next()


def previous_path(block: QTextBlock) -> Path:
    """Return the path of the line before a block."""
    before = block.previous()
    return facts_of(before).path if before.isValid() else ()


def _start_of_run(block: QTextBlock) -> tuple[QTextBlock, Path]:
    """Return the first block of the lists and quotes that a block is in, and the path before it."""
    while True:
        path = previous_path(block)
        if not path:
            return block, path
        block = block.previous()


def _arrange_block(block: QTextBlock, facts: Facts, lists: "_Lists") -> None:
    depth = lists.enter(facts.path)
    mark = Mark(lists.index_for(block, depth), depth) if depth else None
    wanted = block_format(_in_place(block, facts), mark)
    if block.blockFormat() != wanted:
        QTextCursor(block).setBlockFormat(wanted)


def _indent_table(block: QTextBlock, depth: int) -> None:
    table = table_at(block)
    if table is not None and table.format().leftMargin() != depth * INDENT:
        table.setFormat(table_format(table.format().stringProperty(Property.ID), depth))


def _in_place(block: QTextBlock, facts: Facts) -> Facts:
    """Return the facts of a block; one that is no longer what it was is an ordinary paragraph."""
    match facts.role:
        case Role.TABLE_CAPTION:
            stays = block.next().isValid() and facts_of(block.next()).role.in_table
        case Role.IMAGE_CAPTION:
            stays = has_image(block.previous())
        case _:
            stays = True
    return facts if stays else replace(facts, role=Role.TEXT, id=facts.id or new_id())


class _Lists:
    """Qt's list objects for the lists around the line that was entered last."""

    def __init__(self, before: Path) -> None:
        self._path = before
        self._indexes: list[int | None] = [None] * len(before)

    def enter(self, path: Path) -> int:
        """Go on to the next line; return the depth of the list in which it begins an item, or 0."""
        depth = begins_item(path, self._path)
        kept = _common(self._path, path)
        self._indexes = self._indexes[:kept] + [None] * (len(path) - kept)
        self._path = path
        return depth

    def index_for(self, block: QTextBlock, depth: int) -> int:
        """Return the index of Qt's list for a block that begins an item."""
        index = self._indexes[depth - 1]
        if index is None:
            index = _own_list(block, self._path[depth - 1], depth)
            self._indexes[depth - 1] = index
        return index


def _common(one: Path, other: Path) -> int:
    """Return how many of the lists and quotes around two neighbouring lines are the same."""
    kept = 0
    for a, b in zip(one, other, strict=False):
        if (a.kind, a.id) != (b.kind, b.id):
            break
        kept += 1
        if a.item != b.item:
            break
    return kept


def _own_list(block: QTextBlock, step: Step, depth: int) -> int:
    """Return the list object that begins with a block: the one it has, or a new one."""
    wanted = list_format(step.kind, depth)
    found: QTextList | None = block.textList()
    if found is None or found.item(0) != block:
        return QTextCursor(block).createList(wanted).objectIndex()
    if found.format() != wanted:
        found.setFormat(wanted)
    return found.objectIndex()
