"""The looks of lists: which block has a mark, in which list, how far in, follow from the paths."""

from dataclasses import replace

from PySide6.QtGui import QTextBlock, QTextCursor, QTextList

from ui.editor.formats import (
    Facts,
    Mark,
    Role,
    block_format,
    facts_of,
    list_format,
    path_of,
    table_at,
)
from ui.editor.images import has_image
from ui.editor.lines import Path, Step, new_id


def arrange(first: QTextBlock, last: QTextBlock) -> None:
    """Make the blocks from `first` to `last`, and the lists they are part of, look as they are.

    Blocks that look right already are not touched, so that calling this twice is no edit.
    """
    first, previous = _start_of_run(first)
    lists = _Lists()
    past = last.blockNumber()
    block = first
    while block.isValid():
        facts = facts_of(block)
        if block.blockNumber() > past and not facts.path and not facts.role.in_table:
            break
        if facts.role.in_table:
            previous = table_path(block)
        else:
            _arrange_block(block, facts, previous, lists)
            previous = facts.path
        block = block.next()


def table_path(block: QTextBlock) -> Path:
    """Return the path of the table that a cell's block is in."""
    table = table_at(block)
    return path_of(table.format()) if table is not None else ()


def begins_item(path: Path, previous: Path) -> int:
    """Return the depth (from 1) of the innermost list in which a line begins an item, or 0."""
    for depth in range(len(path), 0, -1):
        if path[:depth] == previous[:depth]:
            return 0
        if path[depth - 1].is_list:
            return depth
    return 0


def previous_path(block: QTextBlock) -> Path:
    """Return the path of the line before a block."""
    before = block.previous()
    if not before.isValid():
        return ()
    facts = facts_of(before)
    return table_path(before) if facts.role.in_table else facts.path


def _start_of_run(block: QTextBlock) -> tuple[QTextBlock, Path]:
    """Return the first block of the lists and quotes that a block is in, and the path before it."""
    while True:
        path = previous_path(block)
        if not path:
            return block, path
        block = block.previous()


def _arrange_block(block: QTextBlock, facts: Facts, previous: Path, lists: "_Lists") -> None:
    depth = begins_item(facts.path, previous)
    mark = lists.mark(block, facts.path[depth - 1], depth) if depth else None
    wanted = block_format(_in_place(block, facts), mark)
    if block.blockFormat() != wanted:
        QTextCursor(block).setBlockFormat(wanted)


def _in_place(block: QTextBlock, facts: Facts) -> Facts:
    """Return the facts of a block; one that is no longer what it was is an ordinary paragraph."""
    match facts.role:
        case Role.TABLE_CAPTION:
            stays = block.next().isValid() and facts_of(block.next()).role.in_table
        case Role.IMAGE_CAPTION:
            stays = has_image(block.previous())
        case Role.FILLER:
            stays = block.length() == 1
        case _:
            stays = True
    return facts if stays else replace(facts, role=Role.TEXT, id=facts.id or new_id())


class _Lists:
    """Qt's list objects for the lists in one run of blocks."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}

    def mark(self, block: QTextBlock, step: Step, depth: int) -> Mark:
        """Return the mark for a block that begins an item of `step`."""
        if step.id not in self._index:
            self._index[step.id] = self._own_list(block, step, depth)
        return Mark(self._index[step.id], depth)

    def _own_list(self, block: QTextBlock, step: Step, depth: int) -> int:
        wanted = list_format(step.kind, depth)
        found: QTextList | None = block.textList()
        if found is not None and found.item(0) == block:
            if found.format() != wanted:
                found.setFormat(wanted)
            return found.objectIndex()
        return QTextCursor(block).createList(wanted).objectIndex()
