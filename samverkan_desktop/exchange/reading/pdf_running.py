"""Running headers and footers of a PDF: what stands at the same place on several pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samverkan_desktop.exchange.reading.joining import joined
from samverkan_desktop.exchange.reading.model import Edge, Running

# A page's number alone, or with "Sida" and how many there are.
PAGE_NUMBER = re.compile(
    r"(?:(?:sida|sid|page)[ :]*)?\d{1,4}(?:\s*\(\s*\d{1,4}\s*\)|\s*(?:av|/|of)\s*\d{1,4})?"
    r"|[-–]\s*\d{1,4}\s*[-–]",
    re.IGNORECASE,
)
_MARGIN = 0.13  # of the page's height, at its top and foot


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a line, with its place on a page counted from 0."""

    page: int
    text: str
    top: float
    height: float  # the page's

    @property
    def edge(self) -> Edge | None:
        """Return the edge that it stands near."""
        if not re.search(r"\w", self.text):
            return None  # a list mark, a rule
        if self.top < _MARGIN * self.height:
            return Edge.HEADER
        return Edge.FOOTER if self.top > (1 - _MARGIN) * self.height else None

    @property
    def key(self) -> tuple[str, int]:
        """Return what is the same on every page: the words, and roughly the height."""
        return re.sub(r"\d+", "0", " ".join(self.text.split())), round(self.top / 12)


def running_texts(texts: Sequence[Text], pages: int) -> set[int]:
    """Return the indexes of the texts that run: repeated at an edge, or a page's number there."""
    seen: Counter[str] = Counter()
    for name in {(text.page, text.key[0]) for text in texts if text.edge}:
        seen[name[1]] += 1
    enough = max(2, pages // 3)
    repeated = {name for name, times in seen.items() if times >= enough}
    heights = {text.key[1] for text in texts if text.edge and text.key[0] in repeated}
    found = {
        index
        for index, text in enumerate(texts)
        if text.edge
        and (
            text.key[0] in repeated
            or PAGE_NUMBER.fullmatch(text.text.strip())
            or (text.page == 0 and text.edge is Edge.HEADER and text.key[1] in heights)
        )
    }
    # What stands on a line with a page's number runs as well; page one has its own head there.
    lines = {(texts[index].page, round(texts[index].top)) for index in found}
    beside = {
        index
        for index, text in enumerate(texts)
        if text.edge and text.page and (text.page, round(text.top)) in lines
    }
    return found | beside


def as_running(texts: Iterable[Text]) -> tuple[Running, ...]:
    """Return running texts once each, those of the first page first."""
    found: dict[tuple[str, Edge], list[Text]] = {}
    for text in sorted(texts, key=lambda text: (text.page, text.top)):
        edge = text.edge or (Edge.HEADER if text.top < text.height / 2 else Edge.FOOTER)
        found.setdefault((text.key[0], edge), []).append(text)
    several = {key: same for key, same in found.items() if {text.page for text in same} != {0}}
    often = [Running(edge, same[0].text.strip()) for (_, edge), same in several.items()]
    first = [
        Running(edge, "\n".join(same), first_page=True)
        for edge in Edge
        if (
            same := _joined(
                [s[0].text.strip() for k, s in found.items() if k[1] is edge and k not in several]
            )
        )
    ]
    return (*first, *often)


def _joined(lines: Sequence[str]) -> list[str]:
    """Join a name that had no room on its line: "Björkhöjdens", "stadsdelsförvaltning"."""
    out: list[str] = []
    for line in lines:
        if out and re.fullmatch(r"[a-zåäö][\w -]*", line) and re.fullmatch(r"[\w -]+", out[-1]):
            out[-1] = joined(out[-1], line)
        elif line:
            out.append(line)
    return out
