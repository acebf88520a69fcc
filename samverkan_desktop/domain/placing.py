"""Where a suggested edit of a text or of rows stands now, when those have been changed since.

Only where it can't be mistaken: what is around the place must stand as it stood. A text that merely
looks alike elsewhere is never taken for it.
"""

from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from samverkan_desktop.domain.review import RowTexts, TextEdit

T = TypeVar("T", bound=Hashable)

_AROUND = 12  # characters on each side that must be unchanged, or all there are
_LONGEST = 4000  # characters; longer texts are compared from both ends only


def place(edit: TextEdit, text: str) -> int | None:
    """Return where the edit's first character stands in a text, None when nobody can tell."""
    if text == edit.before:
        return edit.start
    return _placed(edit.before, text, edit.start, edit.end, _AROUND)


def place_row(before: RowTexts, now: RowTexts, row: int, count: int) -> int | None:
    """Return where `count` rows of a table stand now, None when nobody can tell.

    The rows beside them must be beside them still and be like no others; or all others unchanged.
    """
    others_stand = (now[:row], now[row + count :]) == (before[:row], before[row + count :])
    if others_stand and len(now) == len(before):
        return row
    at = _placed(before, now, row, row + count, 1)
    is_sure = at is not None and _is_plain(before, row, count) and _is_plain(now, at, count)
    return at if is_sure else None


def _is_plain(rows: RowTexts, row: int, count: int) -> bool:
    """Whether no other rows look like these and those beside them."""
    return all(rows.count(one) == 1 for one in rows[max(row - 1, 0) : row + count + 1])


def _placed(before: Sequence[T], now: Sequence[T], start: int, end: int, around: int) -> int | None:
    found = {
        start + by
        for at, size, by in _unchanged(before, now)
        if at <= max(start - around, 0) and at + size >= min(end + around, len(before))
    }
    return found.pop() if len(found) == 1 else None


def _unchanged(before: Sequence[T], now: Sequence[T]) -> list[tuple[int, int, int]]:
    """Return runs that both have: (start before, length, how far it has moved)."""
    start = _common(before, now)
    end = _common(before[::-1], now[::-1])
    ends = [(0, start, 0), (len(before) - end, end, len(now) - len(before))]
    if max(len(before), len(now)) > _LONGEST:
        return ends
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    return ends + [(a, size, b - a) for a, b, size in matcher.get_matching_blocks()]


def _common(one: Sequence[T], other: Sequence[T]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
