"""Verify a file: of a PDF what law and archive ask for, of a library that nobody changed it."""

from pathlib import Path

from samverkan_desktop.conformance.pdf import BadPdfError, PdfFinding, check_pdf
from samverkan_desktop.domain.errors import UnreadableFileError
from samverkan_desktop.files import read_bytes
from samverkan_desktop.store.reading import ReadOnlyLibrary

_SQLITE = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat2.html, 1.2.1


def verify(path: Path) -> tuple[PdfFinding, ...]:
    """Return what is wrong in a PDF file by PDF/UA-1 and PDF/A-2a.

    Raises UnreadableFileError.
    """
    data = read_bytes(path)
    try:
        return check_pdf(data)
    except BadPdfError as error:
        raise UnreadableFileError(path, str(error)) from error


def is_library(path: Path) -> bool:
    """Whether a file is a database, and so no document."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def verify_history(path: Path) -> tuple[str, ...]:
    """Return, in sentences, what is missing or changed in a library's journals and versions.

    Raises StorageError or UnreadableFileError.
    """
    with ReadOnlyLibrary.open(path) as library:
        return library.history.problems()
