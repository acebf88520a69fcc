"""The marks of lists: which ones at which depth, and what the structure calls them."""

from collections.abc import Callable
from dataclasses import dataclass

from samverkan_desktop.export.marks import number_mark


@dataclass(frozen=True, slots=True)
class Marks:
    """How the items of a list are marked; `kind` is its ListNumbering (ISO 32000-1, table 347)."""

    kind: str
    mark: Callable[[int], str]

    @property
    def attributes(self) -> str:
        """Return the attribute dictionary of the list."""
        return f"<</O/List/ListNumbering/{self.kind}>>"


def bullets(depth: int) -> Marks:
    """Return the marks of an unordered list inside `depth` others."""
    kind, sign = _BULLETS[depth % len(_BULLETS)]
    return Marks(kind, lambda _: sign)


def numbers(depth: int) -> Marks:
    """Return the marks of an ordered list inside `depth` others: 1. then a. then i."""
    return Marks(_NUMBERS[depth % len(_NUMBERS)], lambda index: number_mark(depth, index))


_BULLETS = (("Disc", "•"), ("Circle", "◦"), ("Square", "▪"))
_NUMBERS = ("Decimal", "LowerAlpha", "LowerRoman")
