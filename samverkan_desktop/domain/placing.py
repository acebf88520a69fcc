"""Where a suggested edit of a text stands now, when the text has been changed since.

Only where it can't be mistaken: what is around the place must stand as it stood. A text that merely
looks alike elsewhere is never taken for it.
"""

from difflib import SequenceMatcher

from samverkan_desktop.domain.review import TextEdit

_AROUND = 12  # characters on each side that must be unchanged, or all there are
_LONGEST = 4000  # characters; longer texts are compared from both ends only


def place(edit: TextEdit, text: str) -> int | None:
    """Return where the edit's first character stands in a text, None when nobody can tell."""
    before = edit.before
    if text == before:
        return edit.start
    found = {
        edit.start + by
        for at, size, by in _unchanged(before, text)
        if at <= max(edit.start - _AROUND, 0) and at + size >= min(edit.end + _AROUND, len(before))
    }
    return found.pop() if len(found) == 1 else None


def _unchanged(before: str, text: str) -> list[tuple[int, int, int]]:
    """Return runs that both texts have: (start before, length, how far it has moved)."""
    start = _common(before, text)
    end = _common(before[::-1], text[::-1])
    ends = [(0, start, 0), (len(before) - end, end, len(text) - len(before))]
    if max(len(before), len(text)) > _LONGEST:
        return ends
    matcher = SequenceMatcher(None, before, text, autojunk=False)
    return ends + [(a, size, b - a) for a, b, size in matcher.get_matching_blocks()]


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
