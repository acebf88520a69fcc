"""The marks of lists: which ones at which depth, and what the structure calls them."""

from collections.abc import Callable
from dataclasses import dataclass


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
    kind, numeral = _NUMBERS[depth % len(_NUMBERS)]
    return Marks(kind, lambda index: f"{numeral(index)}.")


def _letters(index: int) -> str:
    """Return a, b … z, aa, ab …."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _roman(index: int) -> str:
    numeral = ""
    for value, sign in _ROMAN:
        count, index = divmod(index, value)
        numeral += sign * count
    return numeral


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip

_BULLETS = (("Disc", "•"), ("Circle", "◦"), ("Square", "▪"))
_NUMBERS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("Decimal", str),
    ("LowerAlpha", _letters),
    ("LowerRoman", _roman),
)
