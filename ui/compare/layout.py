"""What of a comparison is shown: changes with a line around them, the rest folded together."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from samverkan_desktop.domain.comparing import Change, Comparison, Part, Row

# Unchanged lines shown before and after a change, and how many it takes to fold them together.
AROUND, LEAST_FOLDED = 1, 3


class View(Enum):
    """How two versions are shown."""

    BESIDE = auto()
    INLINE = auto()


@dataclass(frozen=True, slots=True)
class Fold:
    """Unchanged lines that are not shown: rows `first` to `last` of a part."""

    part: int
    first: int
    last: int

    @property
    def count(self) -> int:
        """Return how many lines there are."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A row that is shown; `stop` is the number of the change it belongs to, from 0."""

    row: Row
    stop: int | None


def stops_by_row(comparison: Comparison) -> dict[tuple[int, int], int]:
    """Return the number of the change that a row belongs to, by part and row; -1 is a heading."""
    return {
        (stop.part, row): number
        for number, stop in enumerate(comparison.stops())
        for row in range(stop.first, stop.last + 1)
    }


def shown_rows(
    number: int, part: Part, stops: dict[tuple[int, int], int], opened: frozenset[Fold]
) -> Iterator[Shown | Fold]:
    """Yield the rows of a part, and in place of a longer unchanged stretch a fold."""
    for fold in _stretches(number, part):
        if fold.count >= LEAST_FOLDED and _is_same(part, fold) and fold not in opened:
            yield fold
            continue
        for index in range(fold.first, fold.last + 1):
            yield Shown(part.rows[index], stops.get((number, index)))


def _is_same(part: Part, fold: Fold) -> bool:
    return all(row.change is Change.SAME for row in part.rows[fold.first : fold.last + 1])


def _stretches(number: int, part: Part) -> Iterator[Fold]:
    """Yield the rows in stretches: those near a change, and those that aren't."""
    changed = [index for index, row in enumerate(part.rows) if row.change is not Change.SAME]
    near = {i for c in changed for i in range(c - AROUND, c + AROUND + 1)}
    first = 0
    for index in range(1, len(part.rows) + 1):
        if index == len(part.rows) or (index in near) != (first in near):
            yield Fold(number, first, index - 1)
            first = index
