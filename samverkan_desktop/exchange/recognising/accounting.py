"""Every word of a document is in the draft, or in the report as taken out: it is counted."""

import dataclasses
import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.text import Span, spans_text
from samverkan_desktop.exchange.reading.model import ReadDocument
from samverkan_desktop.exchange.recognising.report import Report

_WORD = re.compile(r"[^\W_]+")
# Fields of a draft, or of what is in it, that hold no words of the document.
_NOT_WORDS = {"id", "key", "template", "language", "file", "link", "level", "columns", "position"}


def words(text: str) -> Counter[str]:
    """Return how often each word stands in a text; marks and invisible characters don't count."""
    text = unicodedata.normalize("NFC", text).replace("\N{SOFT HYPHEN}", "")
    return Counter(_WORD.findall(text))


def missing_words(document: ReadDocument, draft: Draft, report: Report) -> list[str]:
    """Return the words that are neither in the draft nor in the report, in reading order.

    A word that was cut in two at the end of a line, or set with spaces between its letters, is one
    word in the draft: when no letter is missing, neither is a word.
    """
    read = document.text()
    kept = draft_text(draft) + "\n" + report.words_outside()
    wanted, found = words(read), words(kept)
    lost = wanted - found
    if not lost or not _letters(wanted) - _letters(found):
        return []
    out = []
    for match in reversed(list(_WORD.finditer(unicodedata.normalize("NFC", read)))):
        if lost[match[0]] > 0:
            lost[match[0]] -= 1
            out.append(match[0])
    return out[::-1]


def draft_text(draft: Draft) -> str:
    """Return every text of a draft, a line a piece."""
    return "\n".join(_texts(draft))


def _letters(counted: Counter[str]) -> Counter[str]:
    letters: Counter[str] = Counter()
    for word, times in counted.items():
        for letter in word:
            letters[letter] += times
    return letters


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case datetime.date():
            yield value.isoformat()
        case tuple() if value and isinstance(value[0], Span):
            yield spans_text(value)  # a word may change its marks inside
        case tuple():
            for part in value:
                yield from _texts(part)
        case _ if dataclasses.is_dataclass(value):
            names = (f.name for f in dataclasses.fields(value) if f.name not in _NOT_WORDS)
            yield from _texts(tuple(getattr(value, name) for name in names))
        case _:
            pass
