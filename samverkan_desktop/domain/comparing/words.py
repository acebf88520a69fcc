"""Which words were taken out, put in or set otherwise between two pieces of text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from samverkan_desktop.domain.comparing.alignment import Pair, align
from samverkan_desktop.domain.text import Spans, cut, normal_spans, spans_text


class Kind(StrEnum):
    """What became of some words. RESTYLED: the same words in bold, linked, and so on."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    RESTYLED = "restyled"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words as they were and as they are; nothing where they weren't or aren't."""

    kind: Kind
    old: Spans
    new: Spans

    @property
    def text(self) -> str:
        """Return the words."""
        return spans_text(self.new or self.old)


Words = tuple[Piece, ...]

# A number such as 1 057,8, a word with signs inside it such as e-post or 2023/740, or another sign.
# A tab and a line break are signs of their own. Each is followed by its space.
_LETTER = r"[\w\u0300-\u036f\u00ad]"
_TOKEN = re.compile(
    rf"(\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?!\w)(?:,\d+)?"
    rf"|{_LETTER}+(?:\.?[-–:.,/’']{_LETTER}+)*|[\t\n]|\S|)([^\S\t\n]*)"
)
_WORD = re.compile(r"\w")
_EDGE = re.compile(r"[\t\n]")


def compare_words(old: Spans, new: Spans) -> Words:
    """Return what became of the words, in reading order; what was taken out before what was put in.

    The pieces' `old` spans are together the old text, their `new` spans the new one.
    """
    if old == new:
        return same(old)
    one, other = spans_text(old), spans_text(new)
    if one == other:
        return tuple(_restyled(old, new))
    stretches = _without_islands(_stretches(_tokens(one), _tokens(other)), one)
    return tuple(_pieces(stretches, old, new))


def same(spans: Spans) -> Words:
    """Return words that are as they were."""
    return (Piece(Kind.SAME, spans, spans),) if spans else ()


def added(spans: Spans) -> Words:
    """Return words that are new."""
    return (Piece(Kind.ADDED, (), spans),) if spans else ()


def removed(spans: Spans) -> Words:
    """Return words that are gone."""
    return (Piece(Kind.REMOVED, spans, ()),) if spans else ()


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text in lower case, without signs between them."""
    return [word.lower() for word, _ in _TOKEN.findall(text) if _WORD.match(word)]


_Token = tuple[str, str]  # a word and the space after it


class _Stretch(NamedTuple):
    """A range of characters on either side, and whether it is the same on both."""

    start: int
    end: int
    new_start: int
    new_end: int
    same: bool = False

    @property
    def length(self) -> int:
        return max(self.end - self.start, self.new_end - self.new_start)

    def is_there(self) -> bool:
        return bool(self.length)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = _TOKEN.findall(text)
    return found[:-1]  # the last one is empty, at the end of the text


def _stretches(old: list[_Token], new: list[_Token]) -> Iterator[_Stretch]:
    """Yield the ranges of both texts in turn; words are aligned, spaces follow them."""
    old_at, new_at = _offsets(old), _offsets(new)
    pairs = align([word for word, _ in old], [word for word, _ in new])
    i = j = end = new_end = 0
    for one, other, count in _runs(pairs, old, new):
        space = _shared_space(old[i:one], new[j:other])
        start, new_start = old_at[one] - space, new_at[other] - space
        yield _Stretch(end, start, new_end, new_start)
        i, j = one + count, other + count
        (_, before), (_, after) = old[i - 1], new[j - 1]
        end, new_end = old_at[i], new_at[j]
        if before != after:
            end, new_end = end - len(before), new_end - len(after)
        yield _Stretch(start, end, new_start, new_end, same=True)
    yield _Stretch(end, old_at[-1], new_end, new_at[-1])


def _runs(
    pairs: list[Pair], old: list[_Token], new: list[_Token]
) -> Iterator[tuple[int, int, int]]:
    """Yield stretches of equal words with the same spaces between: where they start, how many."""
    i = j = count = 0
    for one, other in pairs:
        follows = one == i + count and other == j + count
        if count and follows and old[one - 1][1] == new[other - 1][1]:
            count += 1
            continue
        if count:
            yield i, j, count
        i, j, count = one, other, 1
    yield from [(i, j, count)] if count else []


def _shared_space(old: list[_Token], new: list[_Token]) -> int:
    """Return the length of the space after other words, where it is the same."""
    return len(old[-1][1]) if old and new and old[-1][1] == new[-1][1] else 0


def _offsets(tokens: list[_Token]) -> list[int]:
    """Return where each token starts, and where the last one ends."""
    return list(accumulate((len(word) + len(space) for word, space in tokens), initial=0))


def _without_islands(stretches: Iterable[_Stretch], old: str) -> list[_Stretch]:
    """Join changes that only a few unchanged words keep apart: nobody reads such a patchwork.

    An island is no longer than the change on either side of it (as in diff-match-patch), and holds
    no border between table cells and no line break.
    """
    found: list[_Stretch] = []
    for stretch in filter(_Stretch.is_there, stretches):
        found.append(stretch)
        while len(found) >= 3 and _is_island(found[-3], found[-2], found[-1], old):
            found[-3:] = [_across(found[-3], found[-1])]
    return found


def _across(first: _Stretch, last: _Stretch) -> _Stretch:
    """Return one change in place of two and what is between them."""
    return _Stretch(first.start, last.end, first.new_start, last.new_end)


def _is_island(before: _Stretch, island: _Stretch, after: _Stretch, old: str) -> bool:
    return (
        island.same
        and island.length <= min(before.length, after.length)
        and not _EDGE.search(old, island.start, island.end)
    )


def _pieces(stretches: Iterable[_Stretch], old: Spans, new: Spans) -> Iterator[Piece]:
    for stretch in stretches:
        before = cut(old, stretch.start, stretch.end)
        after = cut(new, stretch.new_start, stretch.new_end)
        if stretch.same:
            yield from _restyled(before, after)
        else:
            yield from removed(before)
            yield from added(after)


def _restyled(old: Spans, new: Spans) -> Iterator[Piece]:
    """Yield the pieces of words that are the same on both sides, apart from their marks."""
    if old == new:
        yield from same(old)
        return
    edges = sorted({0, *_ends(old), *_ends(new)})
    parts = ((cut(old, *edge), cut(new, *edge)) for edge in pairwise(edges))
    for _, run in groupby(parts, key=lambda part: part[0] == part[1]):
        yield _piece(list(run))


def _ends(spans: Spans) -> Iterator[int]:
    at = 0
    for span in spans:
        at += len(span.text)
        yield at


def _piece(run: list[tuple[Spans, Spans]]) -> Piece:
    old = normal_spans(span for before, _ in run for span in before)
    new = normal_spans(span for _, after in run for span in after)
    return Piece(Kind.SAME if old == new else Kind.RESTYLED, old, new)
