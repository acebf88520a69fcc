"""How one suggested edit counts when another has been made."""

from collections.abc import Callable
from dataclasses import replace

from samverkan_desktop.domain.rearranging import OrphanError, rearrange, row_number
from samverkan_desktop.domain.review import BlockEdit, Edit, TextEdit
from samverkan_desktop.domain.spots import find_block, map_block, spans_at, with_spans_at
from samverkan_desktop.domain.text import (
    Blocks,
    BulletList,
    NumberedList,
    Table,
    cut,
    normal_spans,
    spans_text,
)


def followed(other: Edit, done: Edit) -> Edit:
    """Return an edit as it counts when `done` has been made."""
    if isinstance(done, TextEdit):
        if isinstance(other, TextEdit):
            return _text_after_text(other, done)
        return _blocks_changed(other, lambda blocks: _with_text(blocks, done))
    if isinstance(other, TextEdit):
        return _text_after_blocks(other, done)
    return _blocks_after_blocks(other, done)


def _text_after_text(other: TextEdit, done: TextEdit) -> TextEdit:
    same = (other.block, other.spot, other.before) == (done.block, done.spot, done.before)
    if not same:
        return other
    is_before = other.end <= done.start and not _stands_after(other, done)
    if not is_before and not _stands_after(other, done):
        return other  # about the same characters: an orphan now
    text = spans_text(done.inserted)
    by = 0 if is_before else len(text) - (done.end - done.start)
    return replace(
        other,
        start=other.start + by,
        end=other.end + by,
        before=f"{done.before[: done.start]}{text}{done.before[done.end :]}",
    )


def _stands_after(other: TextEdit, done: TextEdit) -> bool:
    if other.start != done.end:
        return other.start > done.end
    both_insert = other.start == other.end and done.start == done.end
    return other.order > done.order if both_insert else True


def _with_text(blocks: Blocks, edit: TextEdit) -> Blocks:
    block = find_block(blocks, edit.block)
    if block is None:
        return blocks
    try:
        spans = spans_at(block, edit.spot)
    except KeyError:
        return blocks
    text = spans_text(spans)
    if text != edit.before:
        return blocks
    after = normal_spans(
        (*cut(spans, 0, edit.start), *edit.inserted, *cut(spans, edit.end, len(text)))
    )
    return map_block(blocks, edit.block, lambda b: with_spans_at(b, edit.spot, after))


def _blocks_changed(other: BlockEdit, change: Callable[[Blocks], Blocks]) -> BlockEdit:
    """Return an edit with a change made to what it takes out, and to that where it puts it in."""
    return replace(other, removed=change(other.removed), inserted=change(other.inserted))


def _text_after_blocks(other: TextEdit, done: BlockEdit) -> TextEdit:
    """Let the text of a cell follow when rows have come or gone before it."""
    if not done.inside or other.block != done.inside or not other.spot.startswith("rows."):
        return other
    _, row, column = other.spot.split(".")
    at = row_number(done.after)
    removed = _count(done.removed)
    if int(row) < at:
        return other
    if int(row) < at + removed:
        return replace(other, spot="rows.-")  # the row is gone
    moved = int(row) + _count(done.inserted) - removed
    return replace(other, spot=f"rows.{moved}.{column}")


def _blocks_after_blocks(other: BlockEdit, done: BlockEdit) -> BlockEdit:
    if done.inside and find_block((*other.removed, *other.inserted), done.inside) is not None:
        other = _blocks_changed(other, lambda blocks: _rearranged(blocks, done))
    if other.inside != done.inside:
        return other
    if any(isinstance(block, Table) for block in (*done.removed, *done.inserted)) and done.inside:
        return _rows_after_rows(other, done)
    keys, new = _keys(done.removed, done.inside), _keys(done.inserted, done.inside)
    if other.after in keys:
        return replace(other, after=new[-1] if new else done.after)
    if other.after == done.after and not done.removed and new and other.order > done.order:
        return replace(other, after=new[-1])
    return other


def _rearranged(blocks: Blocks, done: BlockEdit) -> Blocks:
    try:
        return rearrange(blocks, done)
    except OrphanError:
        return blocks


def _rows_after_rows(other: BlockEdit, done: BlockEdit) -> BlockEdit:
    at, own = row_number(done.after), row_number(other.after)
    removed, inserted = _count(done.removed), _count(done.inserted)
    is_after = own > at or (own == at and not removed and other.order > done.order)
    if not is_after:
        return other
    moved = max(own - removed, at) + inserted
    return replace(other, after=f"rows.{moved - 1}" if moved else "")


def _count(blocks: Blocks) -> int:
    return sum(len(block.rows) for block in blocks if isinstance(block, Table))


def _keys(blocks: Blocks, inside: str) -> list[str]:
    """Return what `after` calls the blocks, or the items when it is about a list."""
    if inside and all(isinstance(b, BulletList | NumberedList) for b in blocks):
        lists = (b for b in blocks if isinstance(b, BulletList | NumberedList))
        return [i.blocks[0].id for each in lists for i in each.items if i.blocks]
    return [block.id for block in blocks]
