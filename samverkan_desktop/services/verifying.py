"""Verify a finished file: that it is what the law and the archive ask for."""

from pathlib import Path

from samverkan_desktop.conformance.pdf import BadPdfError, PdfFinding, check_pdf
from samverkan_desktop.domain.errors import UnreadableFileError
from samverkan_desktop.files import read_bytes


def verify(path: Path) -> tuple[PdfFinding, ...]:
    """Return what is wrong in a PDF file by PDF/UA-1 and PDF/A-2a.

    Raises UnreadableFileError.
    """
    data = read_bytes(path)
    try:
        return check_pdf(data)
    except BadPdfError as error:
        raise UnreadableFileError(path, str(error)) from error
