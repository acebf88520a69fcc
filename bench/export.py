"""Export: a draft value composed and written as text, Word and PDF, in memory."""

import io
import re
from collections.abc import Callable

from bench.drafts import THREE_PAGES, example, long_draft
from bench.measure import Measurement, show, timed
from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.export.pdf.writer import write_pdf
from samverkan_desktop.export.text import write_text
from samverkan_desktop.export.word import write_word
from samverkan_desktop.files import standard_folders

# How many times; aims in milliseconds.
_SHORT, _LONG = 50, 10
_PDF_AIM, _WORD_AIM = 100, 150


def measure() -> list[Measurement]:
    """Measure a document of three pages, against the aims, and longer ones."""
    return [
        *_measure(example(THREE_PAGES), _SHORT, _PDF_AIM, _WORD_AIM),
        *_measure(long_draft(8), _LONG, None, None),
        *_measure(long_draft(17), _LONG, None, None),
    ]


def _measure(
    draft: Draft, times: int, pdf_aim: float | None, word_aim: float | None
) -> list[Measurement]:
    folders = standard_folders()
    template = load_catalogue(folders).template(draft.template)

    def composed() -> Document:
        return compose(draft, template)

    def pdf() -> bytes:
        out = io.BytesIO()
        write_pdf(composed(), _no_file, out, folders, silent)
        return out.getvalue()

    def word() -> None:
        write_word(composed(), _no_file, io.BytesIO(), folders, silent)

    def text() -> None:
        write_text(composed())

    pages = _page_count(pdf())
    return [
        Measurement(f"text of {pages} pages", _warm(text, times)),
        Measurement(f"PDF of {pages} pages", _warm(pdf, times), pdf_aim),
        Measurement(f"Word file of {pages} pages", _warm(word, times), word_aim),
    ]


def _warm(act: Callable[[], object], times: int) -> list[float]:
    """Time an act that has been done before: libraries are imported, fonts and styles read."""
    act()
    return timed(act, times)


def _page_count(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def _no_file(name: str) -> bytes:
    raise AssertionError(f"the drafts measured have no files, but {name} was asked for")


if __name__ == "__main__":
    show(measure())
