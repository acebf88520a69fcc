"""What differs between two versions of a draft: values for a window, a command or a merge."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from samverkan_desktop.domain.comparing.lines import Line
from samverkan_desktop.domain.comparing.words import (
    Kind,
    Words,
    added,
    compare_words,
    removed,
    same,
)


class Change(StrEnum):
    """What became of a line or a part. LEFT is the old place of a line that was MOVED."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line as it was and as it is; a line that was moved has a row at either place.

    `pieces` are its words; those of a MOVED line tell what was changed in it too. `move` numbers
    the two rows of a move; `elsewhere` is the key of the part that the other row stands in, empty
    when it is the same part.
    """

    change: Change
    old: Line | None = None
    new: Line | None = None
    pieces: Words = ()
    move: int | None = None
    elsewhere: str = ""

    @property
    def line(self) -> Line:
        """Return the line as it is, or else as it was."""
        line = self.new or self.old
        assert line is not None, "a row has a line on one side at least"
        return line

    @property
    def is_reworded(self) -> bool:
        """Whether its words or their marks differ."""
        return any(piece.kind is not Kind.SAME for piece in self.pieces)

    @property
    def is_reformed(self) -> bool:
        """Whether it has become something else: a paragraph a list item, a level 2 a level 3."""
        return self.old is not None and self.new is not None and self.old.form != self.new.form


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section, or a part of the head, with all its lines; `rows` are in reading order.

    `change` is CHANGED when a row is, MOVED when it stands in another order among the sections.
    `heading` is that of the new version, where it has one.
    """

    key: str
    heading: str
    change: Change
    rows: tuple[Row, ...]
    is_section: bool

    @property
    def is_changed(self) -> bool:
        """Whether anything differs."""
        return self.change is not Change.SAME

    @property
    def differs_within(self) -> bool:
        """Whether it differs in more than its place among the sections."""
        if self.change is Change.MOVED:
            return any(row.change is not Change.SAME for row in self.rows)
        return self.is_changed


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that a reader is led to: rows `first` to `last` of a part, or with -1 its heading."""

    part: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side: every part, in the new version's order."""

    parts: tuple[Part, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not any(part.is_changed for part in self.parts)

    def stops(self) -> tuple[Stop, ...]:
        """Return the changes in reading order, what was put in or taken out together as one."""
        return tuple(
            stop for index, part in enumerate(self.parts) for stop in _stops_of(index, part)
        )

    def heading(self, key: str) -> str:
        """Return what a part is called.

        Raises KeyError.
        """
        for part in self.parts:
            if part.key == key:
                return part.heading
        raise KeyError(key)


def unmoved(old: Line | None, new: Line | None) -> Row:
    """Return the row of a line that stands on one side only, or on both in the same place."""
    if old is None:
        return Row(change=Change.ADDED, new=new, pieces=added(new.spans) if new else ())
    if new is None:
        return Row(change=Change.REMOVED, old=old, pieces=removed(old.spans))
    if old.spans == new.spans and old.form == new.form:
        return Row(change=Change.SAME, old=old, new=new, pieces=same(new.spans))
    pieces = compare_words(old.spans, new.spans)
    return Row(change=Change.CHANGED, old=old, new=new, pieces=pieces)


_TOGETHER = {Change.ADDED, Change.REMOVED}
_NO_STOP = {Change.SAME, Change.LEFT}


def _stops_of(index: int, part: Part) -> Iterator[Stop]:
    whole = part.change in _TOGETHER
    if whole or part.change is Change.MOVED:
        yield Stop(index, -1, len(part.rows) - 1 if whole else -1)
    numbered = enumerate(part.rows)
    for change, group in groupby(numbered, key=lambda item: item[1].change):
        if change in _NO_STOP or (whole and change is part.change):
            continue
        numbers = [number for number, _ in group]
        if change in _TOGETHER:
            yield Stop(index, numbers[0], numbers[-1])
        else:
            yield from (Stop(index, number, number) for number in numbers)
