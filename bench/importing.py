"""Import: a PDF or a plain text read, recognised and reported, in memory."""

import io
from collections.abc import Callable
from functools import partial

from bench.drafts import THREE_PAGES, example, long_draft
from bench.measure import Measurement, show, timed
from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.exchange.reading.reader import read_file
from samverkan_desktop.exchange.recognising.recogniser import recognise
from samverkan_desktop.exchange.recognising.vocabulary import load_vocabulary
from samverkan_desktop.export.pdf.writer import write_pdf
from samverkan_desktop.export.text import write_text
from samverkan_desktop.files import standard_folders

# How many times; aims in milliseconds.
_SHORT, _LONG = 20, 5
_PDF_AIM, _TEXT_AIM = 500, 200


def measure() -> list[Measurement]:
    """Measure a document of three pages, against the aims, and one of some sixty."""
    return [
        *_measure(example(THREE_PAGES), "3", _SHORT, _PDF_AIM, _TEXT_AIM),
        *_measure(long_draft(17), "60", _LONG, None, None),
    ]


def _measure(
    draft: Draft, pages: str, times: int, pdf_aim: float | None, text_aim: float | None
) -> list[Measurement]:
    folders = standard_folders()
    catalogue = load_catalogue(folders)
    vocabulary = load_vocabulary(folders, catalogue)
    document = compose(draft, catalogue.template(draft.template))
    out = io.BytesIO()
    write_pdf(document, _no_file, out, folders, silent)

    def read(data: bytes) -> None:
        recognise(read_file(data, "fil", silent), catalogue, vocabulary)

    pdf, text = partial(read, out.getvalue()), partial(read, write_text(document).encode())
    return [
        Measurement(f"import of a PDF of {pages} pages", _warm(pdf, times), pdf_aim),
        Measurement(f"import of {pages} pages of text", _warm(text, times), text_aim),
    ]


def _warm(act: Callable[[], object], times: int) -> list[float]:
    act()
    return timed(act, times)


def _no_file(name: str) -> bytes:
    raise AssertionError(f"the drafts measured have no files, but {name} was asked for")


if __name__ == "__main__":
    show(measure())
