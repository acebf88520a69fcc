"""Accepting and rejecting suggestions: the section's new text, and which suggestions are left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from samverkan_desktop.domain.following import followed
from samverkan_desktop.domain.placing import place
from samverkan_desktop.domain.rearranging import OrphanError, rearrange
from samverkan_desktop.domain.review import Anchor, BlockEdit, Edit, Suggestion, TextEdit
from samverkan_desktop.domain.seating import is_gone, is_seated, moved, seated
from samverkan_desktop.domain.spots import find_block, map_block, spans_at, spots, with_spans_at
from samverkan_desktop.domain.text import Block, Blocks, cut, normal_spans, spans_text, walk

__all__ = ["OrphanError", "Reviewed", "accept", "accept_all", "anchored", "is_orphan", "reject"]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A section's content, and the suggestions for it that are still to be judged."""

    content: Blocks
    left: tuple[Suggestion, ...]


def accept(content: Blocks, suggestion: Suggestion, others: Sequence[Suggestion]) -> Reviewed:
    """Make the edits of a suggestion, and let the other ones of the section follow.

    One that is only about text that goes with a block is left no more.

    Raises OrphanError when the text has been changed since; nothing has been done then.
    """
    left = [_seated(other, content) for other in others if other.id != suggestion.id]
    edits = list(_seated(suggestion, content).edits)
    while edits:
        edit, before = edits.pop(0), content
        content = _made(content, edit)
        edits = [moved(one, followed(one, edit), before, content) for one in edits]
        after = partial(_after, suggestion.id, edit, before, content)
        left = [after(other) for other in left]
    left = [replace(o, within="") if o.within == suggestion.id else o for o in left]
    gone = {block.id for edit in suggestion.edits for block in _taken(edit)}
    gone -= {"", *(block.id for block in walk(content))}
    return Reviewed(content, tuple(one for one in left if not _is_about(one, gone)))


def reject(suggestion: Suggestion, others: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return the suggestions that are left: not those about what this one would have inserted."""
    gone = {suggestion.id}
    left = list(others)
    while more := {one.id for one in left if one.id not in gone and one.within in gone}:
        gone |= more
    return tuple(one for one in left if one.id not in gone)


def accept_all(content: Blocks, suggestions: Sequence[Suggestion]) -> Blocks:
    """Return the content with every suggestion accepted.

    Raises OrphanError.
    """
    reviewed = Reviewed(content, tuple(suggestions))
    while reviewed.left:
        free = (one for one in reviewed.left if not one.within)
        first = next(free, replace(reviewed.left[0], within=""))
        reviewed = accept(reviewed.content, first, reviewed.left)
    return reviewed.content


def is_orphan(content: Blocks, suggestion: Suggestion) -> bool:
    """Whether the suggestion can't be accepted: the text that it is about is not there."""
    try:
        accept(content, suggestion, ())
    except OrphanError:
        return True
    return False


def anchored(content: Blocks, anchor: Anchor) -> Anchor | None:
    """Return where a comment's quote stands now: where it stood, or where alone it stands.

    None when it has been changed, or stands in several places of its block.
    """
    if not anchor.block:
        return anchor
    block = find_block(content, anchor.block)
    if block is None:
        return None
    texts = {spot: spans_text(spans) for spot, spans in spots(block)}
    text = texts.get(anchor.spot, "")
    if text[anchor.start : anchor.start + len(anchor.quote)] == anchor.quote:
        return anchor
    found = [
        (spot, at)
        for spot, other in texts.items()
        for at in range(len(other))
        if anchor.quote and other.startswith(anchor.quote, at)
    ]
    if len(found) != 1:
        return None
    return replace(anchor, spot=found[0][0], start=found[0][1])


def _seated(suggestion: Suggestion, content: Blocks) -> Suggestion:
    return replace(suggestion, edits=tuple(seated(edit, content) for edit in suggestion.edits))


def _made(content: Blocks, edit: Edit) -> Blocks:
    if not is_seated(edit, content):
        raise OrphanError(edit.rows)
    if isinstance(edit, BlockEdit):
        return rearrange(content, edit)
    block = find_block(content, edit.block)
    if block is None:
        raise OrphanError(edit.block)
    try:
        before = spans_at(block, edit.spot)
    except KeyError as error:
        raise OrphanError(edit.block) from error
    text = spans_text(before)
    start = place(edit, text)
    if start is None or not text.startswith(edit.removed, start):
        raise OrphanError(edit.block)
    kept = cut(before, start + len(edit.removed), len(text))
    after = normal_spans((*cut(before, 0, start), *edit.inserted, *kept))
    return map_block(content, edit.block, lambda b: with_spans_at(b, edit.spot, after))


def _after(
    accepted: str, edit: Edit, before: Blocks, content: Blocks, other: Suggestion
) -> Suggestion:
    """Return another suggestion as it counts after an edit of the accepted one has been made."""
    is_lifted = other.within == accepted
    if other.within and not is_lifted and not all(isinstance(e, BlockEdit) for e in other.edits):
        return other
    follow = _lifted if is_lifted else followed
    edits = (moved(one, follow(one, edit), before, content) for one in other.edits)
    return replace(other, edits=tuple(edits))


def _lifted(nested: Edit, edit: Edit) -> Edit:
    """Return an edit of an inserted text as one of the text that it was inserted into."""
    if not isinstance(nested, TextEdit) or not isinstance(edit, TextEdit):
        return nested
    text = spans_text(edit.inserted)
    if (nested.block, nested.spot, nested.before) != (edit.block, edit.spot, text):
        return followed(nested, edit)
    return replace(
        nested,
        start=nested.start + edit.start,
        end=nested.end + edit.start,
        before=f"{edit.before[: edit.start]}{text}{edit.before[edit.end :]}",
    )


def _taken(edit: Edit) -> Iterable[Block]:
    return walk(edit.removed) if isinstance(edit, BlockEdit) else ()


def _is_about(suggestion: Suggestion, gone: set[str]) -> bool:
    """Whether all that a suggestion is about is in blocks that are gone."""
    return bool(suggestion.edits) and all(_is_in(edit, gone) for edit in suggestion.edits)


def _is_in(edit: Edit, gone: set[str]) -> bool:
    if isinstance(edit, TextEdit):
        return edit.block in gone or is_gone(edit)
    return edit.inside in gone
