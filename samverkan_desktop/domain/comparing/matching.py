"""Which line of one version is which line of another, and which of them have been moved.

A line is found again, in this order: by its block's id, where its text is the same or much alike;
by the same text between lines already found; by the same text elsewhere; by much the same text
anywhere; by place and some likeness between lines already found; by its id alone. So text that was
pasted or imported, which has new ids, is found too, and so is a paragraph whose id went to the
other half when it was split.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from samverkan_desktop.domain.comparing.alignment import Pair, align, longest_increasing
from samverkan_desktop.domain.comparing.lines import Line, LineKind
from samverkan_desktop.domain.comparing.similarity import Bag, best_in_order, likeness
from samverkan_desktop.domain.comparing.words import words_of

# How alike two lines have to be, from 0 (no word in common) to 1 (the same words), to be the same
# line: with the same id, in the same part, and in another part; and between neighbours found again.
_SAME_ID, _SAME_PART, _OTHER_PART, _BETWEEN = 0.4, 0.5, 0.65, 0.3
# Short lines are too like others to be looked for elsewhere; so are words that many lines have.
_FEW_WORDS, _MANY_LINES = 4, 40
# How many of the lines that share most words are looked at closely.
_CANDIDATES = 3
# How many pairs of lines between two neighbours are looked at closely.
_MOST_PAIRS = 2500
# Likeness of two rows of a table that have no word in common: their place is all there is.
_ROWS = 0.01

Lines = Sequence[tuple[str, Line]]  # each with the key of the part it stands in


@dataclass(frozen=True, slots=True)
class Matching:
    """Indexes of lines that are the same, old to new, and the new ones among them that moved."""

    pairs: dict[int, int]
    moved: frozenset[int]


def match(old: Lines, new: Lines) -> Matching:
    """Return which lines are the same; `match(new, old)` is the same turned around.

    Fewest lines are said to have moved: those out of order in their part, or in another part.
    """
    if _order(new) < _order(old):
        found = _matched(new, old)
        pairs = {i: j for j, i in found.items()}
        return Matching(pairs, frozenset(pairs[i] for i in _moved(new, old, found).values()))
    pairs = _matched(old, new)
    return Matching(pairs, frozenset(_moved(old, new, pairs).values()))


def _order(lines: Lines) -> list[tuple[str, str, str]]:
    return [(key, line.text, line.block) for key, line in lines]


def _matched(old: Lines, new: Lines) -> dict[int, int]:
    matcher = _Matcher(_Side(old), _Side(new))
    matcher.by_id(_SAME_ID)
    matcher.by_text_in_order()
    matcher.by_text_elsewhere()
    matcher.by_likeness_anywhere()
    matcher.by_likeness_in_order()
    matcher.by_id(0)
    return matcher.pairs


def _moved(old: Lines, new: Lines, pairs: dict[int, int]) -> dict[int, int]:
    """Return the pairs of lines that have moved."""
    staying = {j for part in _in_order(old, new, pairs).values() for _, j in part}
    return {i: j for i, j in pairs.items() if j not in staying}


def _in_order(old: Lines, new: Lines, pairs: dict[int, int]) -> dict[str, list[Pair]]:
    """Return by part the most pairs that are in the same order on both sides."""
    parts: dict[str, list[Pair]] = defaultdict(list)
    for i, j in sorted(pairs.items()):
        if old[i][0] == new[j][0]:
            parts[old[i][0]].append((i, j))
    return {
        key: [part[index] for index in longest_increasing([j for _, j in part])]
        for key, part in parts.items()
    }


class _Side:
    """The lines of one version, and what they are found by."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.texts = [line.text for _, line in lines]
        self._bags: dict[int, Bag] = {}

    @cached_property
    def parts(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, (key, _) in enumerate(self.lines):
            found[key].append(index)
        return found

    @cached_property
    def places(self) -> dict[tuple[str, LineKind], int]:
        """Where each block is, by its id; the rows of a table have none of their own."""
        return {
            (line.block, line.form.kind): index
            for index, (_, line) in enumerate(self.lines)
            if line.block and line.form.kind is not LineKind.ROW
        }

    def bag(self, index: int) -> Bag:
        found = self._bags.get(index)
        if found is None:
            found = self._bags[index] = Bag(words_of(self.texts[index]))
        return found

    def kind(self, index: int) -> LineKind:
        return self.lines[index][1].form.kind


class _Matcher:
    """Finds pairs, step by step; a line that has been found is not looked at again."""

    def __init__(self, old: _Side, new: _Side) -> None:
        self._old, self._new = old, new
        self.pairs: dict[int, int] = {}
        self._taken: set[int] = set()

    def by_id(self, least: float) -> None:
        for place, i in self._old.places.items():
            j = self._new.places.get(place)
            if j is None or i in self.pairs or j in self._taken:
                continue
            if self._old.texts[i] == self._new.texts[j] or self._likeness(i, j) >= least:
                self._take(i, j)

    def by_text_in_order(self) -> None:
        for olds, news in self._gaps():
            texts = [self._old.texts[i] for i in olds], [self._new.texts[j] for j in news]
            for one, other in align(*texts):
                self._take(olds[one], news[other])

    def by_text_elsewhere(self) -> None:
        free: dict[str, list[int]] = defaultdict(list)
        for j in reversed(self._free_new()):
            free[self._new.texts[j]].append(j)
        for i in self._free_old():
            same = free.get(self._old.texts[i])
            if same and self._may_have_moved(i, same[-1]):
                self._take(i, same.pop())

    def by_likeness_anywhere(self) -> None:
        lines = _by_word((j, self._new.bag(j)) for j in self._free_new())
        found = []
        for i in self._free_old():
            bag = self._old.bag(i)
            if bag.size < _FEW_WORDS:
                continue
            shared = Counter(j for word in bag.counts for j in lines.get(word, ()))
            for j in sorted(shared, key=lambda j: (-shared[j], j))[:_CANDIDATES]:
                alike = self._likeness(i, j)
                together = self._same_part(i, j)
                if alike >= (_SAME_PART if together else _OTHER_PART):
                    found.append((not together, -alike, abs(i - j), i, j))
        for *_, i, j in sorted(found):
            if i not in self.pairs and j not in self._taken:
                self._take(i, j)

    def by_likeness_in_order(self) -> None:
        for olds, news in self._gaps():
            if len(olds) * len(news) > _MOST_PAIRS:
                continue
            alike = [[self._nearness(i, j) for j in news] for i in olds]
            for one, other in best_in_order(alike):
                self._take(olds[one], news[other])

    def _take(self, i: int, j: int) -> None:
        self.pairs[i] = j
        self._taken.add(j)

    def _free_old(self) -> list[int]:
        return [i for i in range(len(self._old.lines)) if i not in self.pairs]

    def _free_new(self) -> list[int]:
        return [j for j in range(len(self._new.lines)) if j not in self._taken]

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield what is not found yet between neighbours that are, part by part."""
        ordered = _in_order(self._old.lines, self._new.lines, self.pairs)
        for key, olds in self._old.parts.items():
            news = self._new.parts.get(key, [])
            if not news:
                continue
            edges = [*ordered.get(key, ()), (olds[-1] + 1, news[-1] + 1)]
            i, j = olds[0], news[0]
            for i_end, j_end in edges:
                free_old = [index for index in range(i, i_end) if index not in self.pairs]
                free_new = [index for index in range(j, j_end) if index not in self._taken]
                if free_old and free_new:
                    yield free_old, free_new
                i, j = i_end + 1, j_end + 1

    def _same_part(self, i: int, j: int) -> bool:
        return self._old.lines[i][0] == self._new.lines[j][0]

    def _may_have_moved(self, i: int, j: int) -> bool:
        size = self._old.bag(i).size
        return size >= (1 if self._same_part(i, j) else _FEW_WORDS)

    def _likeness(self, i: int, j: int) -> float:
        return likeness(self._old.bag(i), self._new.bag(j))

    def _nearness(self, i: int, j: int) -> float:
        """Return how alike two lines in the same place are; 0 when they aren't the same line."""
        alike = self._likeness(i, j)
        if alike >= _BETWEEN:
            return alike
        rows = self._old.kind(i) is self._new.kind(j) is LineKind.ROW
        return _ROWS if rows else 0


def _by_word(bags: Iterable[tuple[int, Bag]]) -> dict[str, list[int]]:
    """Return in which lines each word is, without words that are in many of them."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, bag in bags:
        if bag.size >= _FEW_WORDS:
            for word in bag.counts:
                found[word].append(index)
    return {word: lines for word, lines in found.items() if len(lines) <= _MANY_LINES}
