"""List marks that were typed as text: "- ", "1. ", "b) "."""

from dataclasses import dataclass

from samverkan_desktop.exchange.reading.joining import LIST_MARK

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark that was typed: what sort it is, and what it counts to."""

    kind: str  # "-", "1", "a", "i"
    number: int
    shown: str
    length: int  # characters of the text that it takes

    @property
    def is_counted(self) -> bool:
        """Whether it is a number or a letter."""
        return self.number > 0


def typed_mark(text: str) -> Mark | None:
    """Return the list mark that a text begins with, if any."""
    match = LIST_MARK.match(text)
    if not match:
        return None
    shown = match[0].strip()
    if match["bullet"]:
        return Mark(shown, 0, shown, match.end())
    inner = shown.strip("().")
    if inner.isdecimal():
        return Mark("1", int(inner), shown, match.end())
    if inner.isalpha() and len(inner) == 1 and inner != "i":
        return Mark("a", _LETTERS.find(inner) + 1, shown, match.end())
    if inner in _ROMANS:
        return Mark("i", _ROMANS.index(inner) + 1, shown, match.end())
    return None
