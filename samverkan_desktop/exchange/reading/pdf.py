"""PDF: through its structure tree where it has one, else by where the characters stand."""

from collections import Counter
from collections.abc import Callable

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from samverkan_desktop.domain.errors import (
    EncryptedFileError,
    NoTextError,
    TooLargeFileError,
    UnreadablePartError,
)
from samverkan_desktop.exchange.reading.model import ReadDocument
from samverkan_desktop.exchange.reading.pdf_characters import Run, page_runs
from samverkan_desktop.exchange.reading.pdf_geometry import read_geometry
from samverkan_desktop.exchange.reading.pdf_tagged import read_tagged

MOST_PAGES, MOST_RUNS = 400, 400_000
_OWN = "Samverkan"
# What a tree that isn't built as it should be leads to: the page is looked at instead.
_WRONG_TREE = (
    pikepdf.PdfError, RecursionError, ValueError, KeyError, TypeError, AttributeError, IndexError,
)  # fmt: skip

Page = list[Run]


def read_pdf(data: bytes, name: str, step: Callable[[int, int], None]) -> ReadDocument:
    """Return what a PDF says. `step` is told the page and how many there are, and may raise.

    Raises EncryptedFileError, NoTextError, TooLargeFileError or UnreadablePartError.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise EncryptedFileError(name) from error
        raise UnreadablePartError(name) from error
    try:
        return _read(document, data, name, step)
    except pdfium.PdfiumError as error:
        raise UnreadablePartError(name) from error
    finally:
        document.close()


def _read(
    document: pdfium.PdfDocument, data: bytes, name: str, step: Callable[[int, int], None]
) -> ReadDocument:
    count = len(document)
    if count > MOST_PAGES:
        raise TooLargeFileError(name, f"den har {count} sidor, och högst {MOST_PAGES} läses in")
    pages: list[Page] = []
    for number in range(count):
        step(number, count)
        pages.append(list(page_runs(document, number)))
        if sum(map(len, pages)) > MOST_RUNS:
            raise TooLargeFileError(name, "den har för mycket text")
    said = document.get_metadata_dict(skip_empty=True)
    if not any(run.text.strip() for page in pages for run in page):
        raise NoTextError(name)
    notes = tuple(
        f"Sida {number} är bara en bild; dess text kunde inte läsas."
        for number, page in enumerate(pages, 1)
        if not any(run.text.strip() for run in page)
    )
    title, author = said.get("Title", ""), said.get("Author", "")
    tagged = _tagged(document, data, pages, is_own=_OWN in said.get("Creator", ""))
    found = tagged or read_geometry(document, pages)
    return ReadDocument(
        kind="pdf",
        pieces=found.pieces,
        running=found.running,
        title=title,
        author=author,
        language=found.language,
        pages=count,
        notes=(*notes, *found.notes),
    )


def _tagged(
    document: pdfium.PdfDocument, data: bytes, pages: list[Page], *, is_own: bool
) -> ReadDocument | None:
    """Read the structure tree, if there is one and it holds what is on the pages."""
    tags = Counter(run.tag >= 0 for page in pages for run in page if run.text.strip())
    if tags[True] < tags[False]:
        return None
    try:
        return read_tagged(document, data, pages, is_own=is_own)
    except _WRONG_TREE:
        return None
