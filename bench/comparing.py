"""Comparing: two versions of a draft, of 3, 60 and 300 pages, with a few edits and with all new."""

import itertools
import uuid
from collections.abc import Callable
from dataclasses import replace

from bench.drafts import THREE_PAGES, example, long_draft
from bench.measure import Measurement, show, timed
from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.comparing import compare
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.text import Blocks, Spans, map_spans, walk, with_ids
from samverkan_desktop.files import standard_folders

# Aims in milliseconds, for a few edits.
_AIMS = {3: None, 60: 50, 300: 300}
_TIMES = 10
# How many times the longest example gives so many pages.
_SIXTY, _THREE_HUNDRED = 17, 85
# One piece of text in so many is edited.
_FEW = 100


def measure() -> list[Measurement]:
    """Measure drafts of three lengths."""
    drafts = {
        3: example(THREE_PAGES),
        60: long_draft(_SIXTY),
        300: long_draft(_THREE_HUNDRED),
    }
    return [
        measured
        for pages, draft in drafts.items()
        for measured in _measure(_with_ids(draft), pages, _AIMS[pages])
    ]


def _measure(draft: Draft, pages: int, aim: float | None) -> list[Measurement]:
    template = load_catalogue(standard_folders()).template(draft.template)
    pasted = _with_ids(_edited(draft, _FEW))

    def against(other: Draft) -> list[float]:
        return timed(lambda: compare(draft, other, template), _TIMES)

    return [
        Measurement(f"compare {pages} pages, a few edits", against(_edited(draft, _FEW)), aim),
        Measurement(f"compare {pages} pages, a few edits, new ids", against(pasted), aim),
        Measurement(f"compare {pages} pages, every line edited", against(_edited(draft, 1))),
        Measurement(
            f"compare {pages} pages, every line edited, new ids",
            against(_with_ids(_edited(draft, 1))),
        ),
    ]


def _edited(draft: Draft, every: int) -> Draft:
    """Return the draft with every seventh word of one in `every` pieces of text replaced."""
    count = itertools.count(1)

    def change(spans: Spans) -> Spans:
        if not spans or next(count) % every:
            return spans
        first, *rest = spans
        words = first.text.split(" ")
        words[::7] = ["ändrat"] * len(words[::7])
        return (replace(first, text=" ".join(words)), *rest)

    return _changed(draft, lambda content: map_spans(content, change))


def _with_ids(draft: Draft) -> Draft:
    """Return the draft with new ids, as text has that was pasted or imported."""
    taken = {block.id for block in walk(draft.all_blocks())}  # so that each gets another
    return _changed(draft, lambda blocks: with_ids(blocks, lambda: uuid.uuid4().hex, taken))


def _changed(draft: Draft, change: Callable[[Blocks], Blocks]) -> Draft:
    sections = tuple(replace(s, content=change(s.content)) for s in draft.sections)
    return replace(draft, sections=sections)


if __name__ == "__main__":
    show(measure())
