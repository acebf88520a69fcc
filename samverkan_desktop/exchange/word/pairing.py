"""Which lines of two texts are the same though their words differ: compared one with one.

Comparing all words of a stretch with all of another costs their product, and finds likenesses where
there are none. Lines that begin or end alike, or stand in the same place and share most of their
words, are compared by themselves.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

Stretch = tuple[int, int]
_Sign = Callable[[str], str]  # what a line is known by

_WORD = re.compile(r"\w+")
_LIKE = 0.5  # of the words of the longer line
_WORDS = 3  # at the beginning or end of a line that make it known


def pairs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[Stretch, Stretch]]:
    """Yield stretches of both texts that belong together, in order; together they are all lines."""
    yield from _paired(ours, theirs, 0, 0, (_beginning, _end))


def _paired(
    ours: Sequence[str],
    theirs: Sequence[str],
    i: int,
    j: int,
    signs: Sequence[_Sign],
) -> Iterator[tuple[Stretch, Stretch]]:
    if len(ours) == len(theirs) and all(map(_is_like, ours, theirs)):
        for n in range(len(ours)):
            yield (i + n, i + n + 1), (j + n, j + n + 1)
        return
    if not signs or not ours or not theirs or len(ours) == len(theirs) == 1:
        yield (i, i + len(ours)), (j, j + len(theirs))
        return
    sign, *more = signs
    matcher = SequenceMatcher(None, [*map(sign, ours)], [*map(sign, theirs)], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for n in range(i2 - i1):
                yield (i + i1 + n, i + i1 + n + 1), (j + j1 + n, j + j1 + n + 1)
        else:
            yield from _paired(ours[i1:i2], theirs[j1:j2], i + i1, j + j1, more)


def _beginning(line: str) -> str:
    return " ".join(_WORD.findall(line)[:_WORDS])


def _end(line: str) -> str:
    return " ".join(_WORD.findall(line)[-_WORDS:])


def _is_like(one: str, other: str) -> bool:
    """Whether two lines share most of their words, and neither is without any."""
    mine, its = Counter(_WORD.findall(one)), Counter(_WORD.findall(other))
    shared = sum((mine & its).values())
    return shared > _LIKE * max(sum(mine.values()), sum(its.values()))
