"""Accepting and rejecting suggestions: the section's new text, and which suggestions are left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from samverkan_desktop.domain.review import Anchor, BlockEdit, Edit, Suggestion, TextEdit
from samverkan_desktop.domain.spots import find_block, map_block, spans_at, spots, with_spans_at
from samverkan_desktop.domain.text import Blocks, Span, Spans, normal_spans, spans_text, walk


class OrphanError(Exception):
    """The text that a suggestion is about is no longer there."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A section's content, and the suggestions for it that are still to be judged."""

    content: Blocks
    left: tuple[Suggestion, ...]


def accept(content: Blocks, suggestion: Suggestion, others: Sequence[Suggestion]) -> Reviewed:
    """Make the edits of a suggestion, and let the other ones of the section follow.

    Raises OrphanError when the text has been changed since; nothing has been done then.
    """
    left = tuple(other for other in others if other.id != suggestion.id)
    for edit in suggestion.edits:
        if isinstance(edit, TextEdit):
            content = _with_text(content, edit)
            left = tuple(_followed(other, suggestion, edit) for other in left)
        else:
            content = _with_blocks(content, edit)
    return Reviewed(content, left)


def reject(suggestion: Suggestion, others: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return the suggestions that are left: not those about what this one would have inserted."""
    return tuple(o for o in others if suggestion.id not in (o.id, o.within))


def accept_all(content: Blocks, suggestions: Sequence[Suggestion]) -> Blocks:
    """Return the content with every suggestion accepted.

    Raises OrphanError.
    """
    reviewed = Reviewed(content, tuple(suggestions))
    while reviewed.left:
        first = next(one for one in reviewed.left if not one.within)
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


def _with_text(content: Blocks, edit: TextEdit) -> Blocks:
    block = find_block(content, edit.block)
    if block is None:
        raise OrphanError(edit.block)
    try:
        before = spans_at(block, edit.spot)
    except KeyError as error:
        raise OrphanError(edit.block) from error
    text = spans_text(before)
    if edit.end > len(text) or text[edit.start : edit.end] != edit.removed:
        raise OrphanError(edit.block)
    after = normal_spans(
        (*cut(before, 0, edit.start), *edit.inserted, *cut(before, edit.end, len(text)))
    )
    return map_block(content, edit.block, lambda b: with_spans_at(b, edit.spot, after))


def _with_blocks(content: Blocks, edit: BlockEdit) -> Blocks:
    ids = [block.id for block in content]
    if edit.after and edit.after not in ids:
        raise OrphanError(edit.after)
    at = ids.index(edit.after) + 1 if edit.after else 0
    end = at + len(edit.removed)
    if content[at:end] != edit.removed:
        raise OrphanError(edit.after)
    return (*content[:at], *edit.inserted, *content[end:])


def _followed(other: Suggestion, accepted: Suggestion, edit: TextEdit) -> Suggestion:
    """Return another suggestion as it counts after an edit has been made."""
    if other.within == accepted.id:
        edits = tuple(_moved(one, edit, edit.start) for one in other.edits)
        return replace(other, within="", edits=edits)
    if other.within:
        return other
    grown = len(spans_text(edit.inserted)) - len(edit.removed)
    return replace(other, edits=tuple(_after(one, edit, grown) for one in other.edits))


def _after(other: Edit, edit: TextEdit, grown: int) -> Edit:
    if isinstance(other, TextEdit) and other.start >= edit.end:
        return _moved(other, edit, grown)
    return other


def _moved(other: Edit, edit: TextEdit, by: int) -> Edit:
    is_same = isinstance(other, TextEdit) and (other.block, other.spot) == (edit.block, edit.spot)
    if not is_same or not isinstance(other, TextEdit):
        return other
    return replace(other, start=other.start + by, end=other.end + by)


def cut(spans: Spans, start: int, end: int) -> Spans:
    """Return the spans of characters `start` to `end`."""
    out: list[Span] = []
    at = 0
    for span in spans:
        text = span.text[max(start - at, 0) : max(end - at, 0)]
        if text:
            out.append(replace(span, text=text))
        at += len(span.text)
    return tuple(out)


def block_ids(content: Blocks) -> frozenset[str]:
    """Return the ids of all blocks, nested ones too."""
    return frozenset(block.id for block in walk(content))
