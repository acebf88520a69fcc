"""Text out of what the codec can't read any more, and where it is put."""

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from samverkan_desktop.domain.draft import Section
from samverkan_desktop.domain.text import Blocks, paragraph
from samverkan_desktop.store.cells import Row
from samverkan_desktop.store.summary import DraftSummary

TITLE = "Räddat ärende"
TEXT_KEY, TEXT_HEADING = "raddad-text", "Räddad text"


def whole_text(text: str) -> str:
    """Put U+FFFD for each byte that wasn't UTF-8."""
    return re.sub("[\ud800-\udfff]+", "\N{REPLACEMENT CHARACTER}", text)


# In the JSON of a part: the type of a block, which begins a line, or a piece of text.
_PIECE = re.compile(r'"type":"(?P<type>\w+)"|"text":"(?P<text>(?:[^"\\]|\\.)*)', re.DOTALL)


def text_of(row: Row) -> str:
    """Return what a part says whose JSON can't be read: the longer of two ways to know it."""
    value, text = (whole_text(v) if isinstance(v, str) else "" for v in row.values[3:5])
    lines = [""]
    for piece in _PIECE.finditer(value):
        if piece["type"] is not None:
            lines.append("")
        else:
            lines[-1] += _unescaped(piece["text"])
    told = "\n".join(line for line in lines if line.strip())
    return told if len(told) >= len(text.strip()) * 0.98 else text


def _unescaped(text: str) -> str:
    with suppress(ValueError):
        return str(json.loads(f'"{text}"', strict=False))
    return text


def paragraphs(text: str) -> Blocks:
    """Return each line of a text as a paragraph."""
    lines = (line for line in text.split("\n") if line.strip())
    return tuple(replace(paragraph(line.strip()), id=uuid.uuid4().hex) for line in lines)


def kept_text(
    sections: Sequence[Section], text: str, key: str = "", heading: str | None = None
) -> Section:
    """Return a section of its own for text that has no other place."""
    taken = {section.key for section in sections}
    free = next(k for k in _numbered(f"{TEXT_KEY}-{key}" if key else TEXT_KEY) if k not in taken)
    named = f"{TEXT_HEADING}: {heading or key}" if key else TEXT_HEADING
    return Section(key=free, heading=named, content=paragraphs(text))


def _numbered(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}-{n}" for n in range(2, 10_000))


def title_and_more(text: str, summary: DraftSummary | None) -> tuple[str, str]:
    """Return the title, and what a head says but for it (index.part_text begins with it)."""
    title, _, more = text.partition(" · ")
    if summary is not None:
        return summary.title or TITLE, more if title == summary.title else text
    return title.strip() or TITLE, more
