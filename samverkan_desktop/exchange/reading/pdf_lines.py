"""Lines of a PDF page, and the segments that wide gaps part them into."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from samverkan_desktop.domain.text import Span, Spans, spans_text
from samverkan_desktop.exchange.reading.pdf_characters import Run, flowing, rows_of
from samverkan_desktop.exchange.reading.pdf_rules import Rules

# A line that says one thing only, and is never wrapped: an address, a number, a date.
FACT = re.compile(r"\S+@\S+|(?:Telefon:? ?)?[\d +()-]{7,}|(?:19|20)\d\d-\d\d-\d\d")


@dataclass(frozen=True)
class Segment:
    """What stands together on a line: words without a wide gap between them."""

    runs: tuple[Run, ...]

    @cached_property
    def spans(self) -> Spans:
        """Return the text with its marks."""
        pairs = [
            (Span(run.text, bold=run.font.bold, italic=run.font.italic), run) for run in self.runs
        ]
        return flowing(pairs)

    @cached_property
    def text(self) -> str:
        """Return the characters."""
        return spans_text(self.spans).strip()

    @property
    def left(self) -> float:
        """Return where it begins, in points from the page's left."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Return where it ends."""
        return max(run.right for run in self.runs)

    @property
    def top(self) -> float:
        """Return its upper edge, in points from the page's top."""
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """Return its lower edge."""
        return max(run.bottom for run in self.runs)

    @property
    def size(self) -> float:
        """Return the size of most of its characters."""
        sizes: Counter[float] = Counter()
        for run in self.runs:
            sizes[run.font.size] += len(run.text)
        return sizes.most_common(1)[0][0]

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(run.font.italic for run in self.runs if run.text.strip())

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.font.bold for run in self.runs if run.text.strip())


@dataclass(frozen=True)
class Line:
    """Segments on one line of a page counted from 0, left first.

    `is_ruled_off`: a drawn line lies between it and the line above.
    """

    segments: tuple[Segment, ...]
    page: int
    is_ruled_off: bool = False

    @property
    def top(self) -> float:
        """Return its upper edge."""
        return min(segment.top for segment in self.segments)

    @property
    def bottom(self) -> float:
        """Return its lower edge."""
        return max(segment.bottom for segment in self.segments)

    @property
    def left(self) -> float:
        """Return where its first segment begins."""
        return self.segments[0].left


def lines_of_page(runs: Sequence[Run], page: int, rules: Rules) -> Iterator[Line]:
    """Yield the lines of a page from its top; what overlaps upright is one line."""
    above: Line | None = None
    for row in rows_of(runs):
        line = Line(tuple(_segments(row, rules)), page)
        if above is not None:
            ends = line.left, line.segments[-1].right
            ruled = rules.lie_between(_middle(above), _middle(line), *ends)
            line = replace(line, is_ruled_off=ruled)
        yield line
        above = line


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _segments(runs: Sequence[Run], rules: Rules) -> Iterator[Segment]:
    part: list[Run] = []
    for run in runs:
        if part and (_is_apart(part, run) or _is_ruled_off(part, run, rules)):
            yield from _one(part)
            part = []
        part.append(run)
    yield from _one(part)


def _is_ruled_off(part: Sequence[Run], run: Run, rules: Rules) -> bool:
    """Whether a drawn line stands between a run and those before it."""
    middle = (run.top + run.bottom) / 2
    return rules.part(max(r.right for r in part) - 1.5, run.left + 1.5, middle)


def _is_apart(part: Sequence[Run], run: Run) -> bool:
    """Whether a run stands in another column: a wide gap, or a narrow one and another size."""
    gap = run.left - max(r.right for r in part)
    other_size = abs(part[-1].font.size / max(run.font.size, 1) - 1) > 0.2
    return gap > max(1.1 * run.font.size, 9) or (other_size and gap > 2 and len(run.text) > 3)


def _one(runs: list[Run]) -> Iterator[Segment]:
    if runs:
        yield Segment(tuple(runs))
