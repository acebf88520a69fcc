"""Spans to runs and hyperlinks."""

import itertools
from collections.abc import Iterable, Iterator

from samverkan_desktop.domain.links import uri
from samverkan_desktop.domain.text import Span, is_language
from samverkan_desktop.export.word.base import Style
from samverkan_desktop.export.word.target import Target
from samverkan_desktop.export.word.xml import Element, run, w, with_relation

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"}
_EAST_ASIAN = {"ja", "ko", "zh"}


def runs(target: Target, spans: Iterable[Span]) -> Iterator[Element]:
    """Yield the runs of spans; those that follow one another with the same link are one link."""
    for link, group in itertools.groupby(spans, key=lambda span: span.link):
        if address := uri(link or ""):
            style_id = target.base.style_ids[Style.HYPERLINK]
            made = [run(span.text, w("rStyle", val=style_id), *_marks(span)) for span in group]
            yield with_relation(w("hyperlink", *made, history=1), target.hyperlink_id(address))
        else:
            yield from (run(span.text, *_marks(span)) for span in group)


def _marks(span: Span) -> Iterator[Element]:
    if span.bold:
        yield from (w("b"), w("bCs"))
    if span.italic:
        yield from (w("i"), w("iCs"))
    if span.language and is_language(span.language):
        primary = span.language.partition("-")[0].casefold()
        if primary in _RIGHT_TO_LEFT:
            yield from (w("rtl"), w("lang", bidi=span.language))
        elif primary in _EAST_ASIAN:
            yield w("lang", eastAsia=span.language)
        else:
            yield w("lang", val=span.language)
