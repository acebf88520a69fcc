"""Which items of two sequences belong together, in order.

What stands once on either side is the surest sign, so that those items are aligned first (patience
diff), and the stretches between them in the same way; where nothing stands once, the longest common
runs are (difflib).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

Pair = tuple[int, int]
Item = TypeVar("Item", bound=Hashable)
Texts = Sequence[str]

# How many pairs of equal items difflib is given in a stretch: its work grows with them squared.
_MOST_PAIRS = 4000


def align(old: Texts, new: Texts) -> list[Pair]:
    """Return pairs of indexes of equal items, increasing on both sides.

    The pairs of (new, old) are those of (old, new) turned around.
    """
    old, new = list(old), list(new)
    if new < old:
        return [(i, j) for j, i in _align(new, old)]
    return _align(old, new)


def longest_increasing(values: Sequence[int]) -> list[int]:
    """Return the indexes of a longest strictly increasing subsequence of distinct values."""
    ends: list[int] = []  # the smallest last value of a subsequence of each length, and its index
    at: list[int] = []
    before = [-1] * len(values)
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        if length:
            before[index] = at[length - 1]
        ends[length : length + 1] = [value]
        at[length : length + 1] = [index]
    found = []
    index = at[-1] if at else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]


def _align(old: list[str], new: list[str]) -> list[Pair]:
    pairs: list[Pair] = []
    stretches = [(0, len(old), 0, len(new))]
    while stretches:
        i, i_end, j, j_end = stretches.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            pairs.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        anchors = _anchors(old[i:i_end], new[j:j_end])
        if not anchors:
            continue
        edges = [(i + one, j + other) for one, other in anchors]
        starts, ends = [(i, j), *edges], [*edges, (i_end, j_end)]
        stretches += [(a, c, b, d) for (a, b), (c, d) in zip(starts, ends, strict=True)]
    return sorted(pairs)


def _anchors(old: list[str], new: list[str]) -> list[Pair]:
    """Return pairs of items that are most surely the same, as many as are in order."""
    both = _paired(_once(old), _once(new))
    if not both and _pair_count(old, new) > _MOST_PAIRS:
        both = _paired(_as_often(old, new), _as_often(new, old))
    if not both:
        return _longest_runs(old, new)
    return [both[index] for index in longest_increasing([i for i, _ in both])]


def _paired(old: Mapping[Item, int], new: Mapping[Item, int]) -> list[Pair]:
    """Return the places of the items that are on both sides, in the new order."""
    return [(old[item], j) for item, j in new.items() if item in old]


def _once(items: list[str]) -> dict[str, int]:
    """Return the places of the items that stand once."""
    counts = Counter(items)
    return {item: index for index, item in enumerate(items) if counts[item] == 1}


def _as_often(items: list[str], others: list[str]) -> dict[tuple[str, int], int]:
    """Return the places of those that stand as often among the others, numbered each for itself."""
    counts, other_counts = Counter(items), Counter(others)
    seen: Counter[str] = Counter()
    found = {}
    for index, item in enumerate(items):
        if counts[item] == other_counts[item]:
            found[item, seen[item]] = index
            seen[item] += 1
    return found


def _pair_count(old: Texts, new: Texts) -> int:
    in_old, in_new = Counter(old), Counter(new)
    return sum(in_old[item] * in_new[item] for item in in_old.keys() & in_new.keys())


def _longest_runs(old: list[str], new: list[str]) -> list[Pair]:
    """Return the pairs that difflib finds; the most frequent items are left out when too many."""
    in_old, in_new = Counter(old), Counter(new)
    pairs = {item: in_old[item] * in_new[item] for item in in_old.keys() & in_new.keys()}
    kept, total = set(), 0
    for item in sorted(pairs, key=lambda item: (pairs[item], item)):
        total += pairs[item]
        if total > _MOST_PAIRS:
            break
        kept.add(item)
    if not kept:
        return []
    matcher = SequenceMatcher(lambda item: item not in kept, old, new, autojunk=False)
    return [
        (block.a + step, block.b + step)
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    ]


def interleave(
    old: Sequence[int], new: Sequence[int], pairs: Mapping[int, int]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield old and new in one order: pairs together, before each what stands alone, old first.

    `pairs` are in the same order on both sides.
    """
    rest = iter(new)
    for i in old:
        if i not in pairs:
            yield i, None
            continue
        for j in iter(rest.__next__, pairs[i]):
            yield None, j
        yield i, pairs[i]
    yield from ((None, j) for j in rest)
