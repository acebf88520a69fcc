"""Plain text as lines: where they stand, what columns they have, and how wide they were wrapped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from samverkan_desktop.exchange.reading.joining import LIST_MARK

_SEGMENT = re.compile(r"\S+(?: {1,2}\S+)*")
# What is drawn over or under a line; underscores and dots are places to sign.
_RULE = re.compile(r"\s*(?:={3,}|-{3,}|\*{3,}|~{3,}|–{3,}|—{3,})\s*")
UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|_{3,}|\*{3,})\s*")
# Lines longer than this were never wrapped: a paragraph is one line.
_LONGEST_LINE = 130


@dataclass(frozen=True)
class TextLine:
    """A line with something on it. `tight`: no blank line before it."""

    text: str
    page: int
    tight: bool

    @property
    def indent(self) -> int:
        """Return how many spaces it begins with."""
        return len(self.text) - len(self.text.lstrip())

    @cached_property
    def segments(self) -> list[tuple[int, str]]:
        """Return the pieces that wide gaps or tabs part, with the column each begins in."""
        if "\t" in self.text.strip():
            parts = self.text.strip("\n\r ").split("\t")
            return [(at, part.strip()) for at, part in enumerate(parts) if part.strip()]
        return [(match.start(), match[0]) for match in _SEGMENT.finditer(self.text)]

    @cached_property
    def has_columns(self) -> bool:
        """Whether its pieces stand in columns; letters set apart for looks do not."""
        letters = all(len(word) == 1 for word in self.text.split())
        return len(self.segments) > 1 and not letters and not LIST_MARK.match(self.text.strip())


def text_lines(text: str) -> list[TextLine]:
    """Return the lines of a text, without those that are only drawn between parts of a page."""
    return _without_rules(list(_lines(text)))


def _lines(text: str) -> Iterator[TextLine]:
    text = re.sub(r"\r\n?|\x0b|\x85|\u2028", "\n", text)
    text = re.sub(r"[\xa0\u2000-\u200a\u202f]", " ", text)
    blank, page = True, 1
    for raw in re.split(r"\n|(?<=\f)", text.replace("\f", "\n\f")):
        if "\f" in raw:
            page, blank = page + 1, True
        line = raw.replace("\f", "").rstrip()
        if line.strip("\ufeff\u200b \t"):
            yield TextLine(line, page, not blank)
            blank = False
        elif "\f" not in raw:
            blank = True


def _without_rules(lines: Sequence[TextLine]) -> list[TextLine]:
    """Leave out drawn lines that underline nothing; what follows one stands apart."""
    out: list[TextLine] = []
    apart = False
    for index, line in enumerate(lines):
        if _RULE.fullmatch(line.text) and not _underlines(lines, index):
            apart = apart or not _is_between_rows(lines, index)
            continue
        out.append(replace(line, tight=False) if apart else line)
        apart = False
    return out


def _is_between_rows(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a drawn line parts rows of a table, such as its header from the others."""
    around = (*lines[index - 1 : index], *lines[index + 1 : index + 2])
    return len(around) == 2 and all(line.has_columns for line in around)


def _underlines(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a drawn line is as long as the one over it, which no other line is drawn over."""
    line, above = lines[index], lines[index - 1] if index else None
    if above is None or not line.tight or above.has_columns or _RULE.fullmatch(above.text):
        return False
    boxed = above.tight and index > 1 and _RULE.fullmatch(lines[index - 2].text) is not None
    drawn, under = len(line.text.strip()), len(above.text.strip())
    return not boxed and (drawn < 12 or abs(drawn - under) <= max(4, 0.4 * under))


def room_of(lines: Sequence[TextLine]) -> float:
    """Return the room of a line when the text was wrapped, else nothing that a line can reach."""
    lengths = sorted(len(line.text) for line in lines if not line.has_columns)
    if not lengths or lengths[-1] > _LONGEST_LINE:
        tail = [n for n in lengths if n > _LONGEST_LINE]
        if not lengths or len(tail) > 0.02 * len(lengths):
            return float("inf")
        lengths = lengths[: -len(tail)]
    goes_on = any(
        line.tight and line.text.lstrip()[:1].islower() and len(above.text) > 50
        for above, line in pairwise(lines)
    )
    return float(lengths[-1]) if goes_on else float("inf")


def is_even(lines: Sequence[TextLine], width: float) -> bool:
    """Whether lines that surely go on in the next were broken only where no room was left.

    So does a program that wraps at a column; a proportional font saved as text is ragged.
    """
    full, going_on = 0, 0
    for above, line in pairwise(lines):
        text = line.text.strip()
        if not line.tight or above.has_columns or line.has_columns or not text[:1].islower():
            continue
        if len(above.text) < 0.6 * width or LIST_MARK.match(text) or above.text.endswith("-"):
            continue
        going_on += 1
        full += len(above.text) + 1 + len(text.split()[0]) > width - 2
    return going_on > 2 and full >= 0.9 * going_on
