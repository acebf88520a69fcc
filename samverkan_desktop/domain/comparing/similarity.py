"""How alike two texts are, and which rows of two lists are best seen as the same."""

from collections import Counter
from collections.abc import Sequence

from samverkan_desktop.domain.comparing.alignment import Pair


class Bag:
    """The words of a text, counted."""

    __slots__ = ("counts", "size")

    def __init__(self, words: Sequence[str]) -> None:
        self.counts = Counter(words)
        self.size = len(words)


def likeness(one: Bag, other: Bag) -> float:
    """Return how many of the words are in both, from 0 to 1 (Sørensen and Dice)."""
    if not one.size or not other.size:
        return 0
    few, many = (one, other) if len(one.counts) <= len(other.counts) else (other, one)
    get = many.counts.get
    common = sum(min(count, get(word, 0)) for word, count in few.counts.items())
    return 2 * common / (one.size + other.size)


def best_in_order(alike: Sequence[Sequence[float]]) -> list[Pair]:
    """Return the pairs, in order on both sides, whose likenesses are most together.

    `alike[i][j]` is how alike i and j are; with 0 they are no pair.
    """
    rows, columns = len(alike), len(alike[0])
    most = [[0.0] * (columns + 1) for _ in range(rows + 1)]  # from i and j to the end
    for i in range(rows - 1, -1, -1):
        below, here, value = most[i + 1], most[i], alike[i]
        for j in range(columns - 1, -1, -1):
            paired = below[j + 1] + value[j]
            here[j] = max(paired, below[j], here[j + 1])
    return _walked(alike, most)


def _walked(alike: Sequence[Sequence[float]], most: list[list[float]]) -> list[Pair]:
    found = []
    i = j = 0
    while i < len(alike) and j < len(alike[0]):
        if alike[i][j] and most[i][j] == most[i + 1][j + 1] + alike[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif most[i][j] == most[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
