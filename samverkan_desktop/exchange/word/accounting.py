"""Every character of the body accounted for: as text, as a suggestion, or as outside."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samverkan_desktop.exchange.word.aligning import Atom
from samverkan_desktop.exchange.word.content import PICTURE, Grid, Item, Line


@dataclass(frozen=True, slots=True)
class Account:
    """How many characters of a file's body there are, and what became of them.

    `text` is as it was sent; `suggested` was put in or taken out, with or without tracking;
    `outside` stands in no section.
    """

    text: int = 0
    suggested: int = 0
    outside: int = 0

    def __add__(self, other: "Account") -> "Account":
        return Account(
            self.text + other.text,
            self.suggested + other.suggested,
            self.outside + other.outside,
        )

    @property
    def total(self) -> int:
        """Return how many characters have been accounted for."""
        return self.text + self.suggested + self.outside


NOTHING = Account()


def length(items: Iterable[Item]) -> int:
    """Return how many characters stand in lines and tables, pictures apart."""
    return sum(len(line.text.replace(PICTURE, "")) for line in _lines(items))


def account_of(atoms: Iterable[Atom]) -> Account:
    """Return what became of the characters of a flow that are in the file."""
    there = [a for a in atoms if a.line >= 0 and not a.is_mark and a.char not in (PICTURE, "\0")]
    suggested = sum(1 for a in there if a.inserted is not None or a.deleted is not None)
    return Account(text=len(there) - suggested, suggested=suggested)


def _lines(items: Iterable[Item]) -> Iterator[Line]:
    for item in items:
        if isinstance(item, Grid):
            yield from item.lines()
        else:
            yield item
