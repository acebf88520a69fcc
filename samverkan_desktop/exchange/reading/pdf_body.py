"""What most of a PDF's text is set in and where, and what stands beside and under it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from samverkan_desktop.exchange.reading.pdf_lines import Line

# How someone is reached: what tells a sender at the foot from a signature.
_REACHED = re.compile(r"\bwww\.|\S@\S|\b\d{3} ?\d{2} [A-ZÅÄÖ]|\b0\d{1,3}[- ]\d{2,3} ?\d{2}")
_FOOT, _EDGE = 600, 700  # points from the top: the lower part of a page, and its margin


class Body:
    """What most of the text is set in, and where."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: Counter[float] = Counter()
        lefts: Counter[int] = Counter()
        for line in lines:
            for segment in line.segments:
                sizes[segment.size] += len(segment.text)
        self.size = sizes.most_common(1)[0][0] if sizes else 11.0
        rights = []
        for line in lines:
            if abs(line.segments[0].size - self.size) < 0.3:
                lefts[round(line.left)] += len(line.segments[0].text)
                rights.append(line.segments[-1].right)
        self.left = float(lefts.most_common(1)[0][0]) if lefts else 0.0
        rights.sort()
        self.right = rights[int(0.97 * (len(rights) - 1))] if rights else 0.0
        self.width = self.right - self.left
        self.leading = self._leading(lines)
        gaps = [
            below.bottom - above.bottom
            for above, below in pairwise(lines)
            if above.page == below.page and len(below.segments) == 1
        ]
        wide = sum(1.25 * self.leading < gap < 2.6 * self.leading for gap in gaps)
        self.has_space_between = wide > 0.08 * max(len(gaps), 1)

    def _leading(self, lines: Sequence[Line]) -> float:
        gaps: Counter[float] = Counter()
        for above, below in pairwise(lines):
            gap = below.bottom - above.bottom
            if above.page == below.page and 0.5 * self.size < gap < 2.5 * self.size:
                gaps[round(gap * 2) / 2] += 1
        common = [gap for gap, times in gaps.items() if times >= 0.25 * max(gaps.values())]
        return min(common) if common else 1.2 * self.size


def without_sender(lines: Sequence[Line], body: Body) -> tuple[list[Line], list[Line]]:
    """Part from the body what stands in its left margin, and small print at a page's foot."""
    kept, beside = [], []
    footed = False
    for at, line in enumerate(lines):
        margin = tuple(s for s in line.segments if s.right < body.left - 2 and s.size < body.size)
        rest = tuple(s for s in line.segments if s not in margin)
        if margin:
            beside.append(replace(line, segments=margin))
        footed = line.page == 0 and (footed or _is_foot(lines, at, body))
        if rest and footed:
            beside.append(replace(line, segments=rest))
        elif rest:
            kept.append(replace(line, segments=rest))
    return kept, beside


def _is_foot(lines: Sequence[Line], at: int, body: Body) -> bool:
    """Whether from here to the end of the page all is small print or far apart, low on the page."""
    page = lines[at].page
    same = [line for line in lines[at:] if line.page == page]
    if same[0].top <= _FOOT or len(same) > 14:
        return False
    small = all(segment.size < 0.85 * body.size for line in same for segment in line.segments)
    gap = lines[at].bottom - lines[at - 1].bottom if at and lines[at - 1].page == page else 0
    apart = len(same) < 4 and same[0].top > _EDGE and gap > 2.5 * body.leading
    return small or (apart and any(_REACHED.search(s.text) for line in same for s in line.segments))
