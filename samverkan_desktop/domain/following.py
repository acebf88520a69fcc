"""How one suggested edit counts when another has been made."""

from collections.abc import Callable
from dataclasses import replace

from samverkan_desktop.domain.rearranging import OrphanError, rearrange, row_number
from samverkan_desktop.domain.review import BlockEdit, Edit, TextEdit
from samverkan_desktop.domain.seating import GONE
from samverkan_desktop.domain.spots import find_block, map_block, spans_at, with_spans_at
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    NumberedList,
    Table,
    cut,
    normal_spans,
    spans_text,
)

_FURTHER = 1_000_000  # more than there are insertions at one place


def followed(other: Edit, done: Edit) -> Edit:
    """Return an edit as it counts when `done` has been made."""
    if isinstance(done, TextEdit):
        if isinstance(other, TextEdit):
            return _text_after_text(other, done)
        other = _blocks_changed(other, lambda blocks: _with_text(blocks, done))
        return _rows_after_text(other, done)
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


def _rows_after_text(other: BlockEdit, done: TextEdit) -> BlockEdit:
    """Let a row that is to be taken out be as it has become."""
    if other.inside != done.block or not done.spot.startswith("rows."):
        return other
    _, row, column = done.spot.split(".")
    spot = f"rows.{int(row) - row_number(other.after)}.{column}"
    return replace(other, removed=_with_text(other.removed, replace(done, block="", spot=spot)))


def _text_after_blocks(other: TextEdit, done: BlockEdit) -> TextEdit:
    """Let the text of a cell follow when rows have come or gone before it."""
    if other.block != done.inside or not other.spot.startswith("rows.") or other.spot == GONE:
        return other
    _, row, column = other.spot.split(".")
    now = _row_after_rows(int(row), done)
    return replace(other, spot=GONE if now is None else f"rows.{now}.{column}")


def _row_after_rows(row: int, done: BlockEdit) -> int | None:
    """Return the number that a row has now; None when it is gone."""
    at, removed = row_number(done.after), _count(done.removed)
    if row < at:
        return row
    return None if row < at + removed else row + _count(done.inserted) - removed


def _blocks_after_blocks(other: BlockEdit, done: BlockEdit) -> BlockEdit:
    if done.inside and find_block((*other.removed, *other.inserted), done.inside) is not None:
        other = _blocks_changed(other, lambda blocks: _rearranged(blocks, done))
    if other.inside != done.inside:
        return other
    if _has_rows(done):
        return _rows_after_rows(other, done)
    keys, new = _keys(done.removed), _keys(done.inserted)
    if other.after in keys:
        return replace(other, after=new[-1]) if new else _after_gone(other, done, done.after)
    is_behind = bool(other.removed) or other.order > done.order
    if other.after == done.after and not done.removed and new and is_behind:
        return replace(other, after=new[-1])
    return other


def _after_gone(other: BlockEdit, done: BlockEdit, after: str) -> BlockEdit:
    """Let what stood after something that is gone stand after all that was put in before that."""
    return replace(other, after=after, order=other.order + done.order + _FURTHER)


def _rearranged(blocks: Blocks, done: BlockEdit) -> Blocks:
    try:
        return rearrange(blocks, done)
    except OrphanError:
        return blocks


def _rows_after_rows(other: BlockEdit, done: BlockEdit) -> BlockEdit:
    at, own = row_number(done.after), row_number(other.after)
    removed, inserted = _count(done.removed), _count(done.inserted)
    if other.removed and at <= own < at + removed:
        return replace(other, after=GONE)
    if own < at or (own == at and (removed or other.order <= done.order)):
        return other
    moved = max(own - removed, at) + inserted
    after = f"rows.{moved - 1}" if moved else ""
    if removed and own == at + removed:
        return _after_gone(other, done, after)
    return replace(other, after=after)


def _has_rows(edit: BlockEdit) -> bool:
    return any(isinstance(b, Table) and not b.id for b in (*edit.removed, *edit.inserted))


def _count(blocks: Blocks) -> int:
    return sum(len(block.rows) for block in blocks if isinstance(block, Table))


def _keys(blocks: Blocks) -> list[str]:
    """Return what `after` calls the blocks; a list without an id stands for its items."""
    return [key for block in blocks for key in ([block.id] if block.id else _item_keys(block))]


def _item_keys(block: Block) -> list[str]:
    items = block.items if isinstance(block, BulletList | NumberedList) else ()
    return [item.blocks[0].id for item in items if item.blocks]
