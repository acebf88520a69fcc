"""Where what the file says is in the draft, in the file's order: what comments are anchored by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samverkan_desktop.exchange.word.content import Line


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a character is in the draft: a piece of text, and its place in it.

    One that was put in has no length in what is stored.
    """

    block: str
    spot: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """A character of the file, or the place where a comment (`comment`) begins or ends."""

    char: str = ""
    spot: Spot | None = None
    comment: str = ""
    begins: bool = False


Trail = tuple[Step, ...]


def trail_of(line: Line, chars: Sequence[tuple[str, Spot | None]]) -> Iterator[Step]:
    """Yield the steps of a line, whose characters are given with their places."""
    marks = iter((*line.spots, ("", len(line.text) + 1, False)))
    name, at, begins = next(marks)
    for number in range(len(line.text) + 1):
        while name and at <= number:
            yield Step(comment=name, begins=begins)
            name, at, begins = next(marks)
        if number < len(line.text):
            char, spot = chars[number] if number < len(chars) else (line.text[number], None)
            yield Step(char, spot)
    yield Step("\n")
