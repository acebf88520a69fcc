"""The file: numbered objects, kept and written by ReportLab's `pdfdoc.PDFDocument`.

The structure tree has thousands of small objects, so they are handed over as ready bytes, which
`PDFDocument` writes as they are.
"""

import hashlib
import zlib
from typing import NewType

from reportlab.pdfbase import pdfdoc

# A reference to an object, as it stands in the file: "12 0 R".
Ref = NewType("Ref", str)


class PdfFile:
    """The objects of one PDF 1.7 file (PDF/A-2 and PDF/UA-1 are made of ISO 32000-1)."""

    def __init__(self) -> None:
        self._document = pdfdoc.PDFDocument(invariant=1, pdfVersion=(1, 7))
        # The file's ID comes from its content alone; ReportLab begins with a time stamp.
        self._document.signature = hashlib.md5(usedforsecurity=False)

    def reserve(self) -> Ref:
        """Return the reference of an object that is defined later."""
        ref = Ref(f"{self._document.objectcounter + 1} 0 R")
        self._document.Reference(b"null", ref)
        return ref

    def define(self, ref: Ref, body: str | bytes) -> None:
        """Say what a reserved object is; text is Latin-1."""
        data = body.encode("latin-1") if isinstance(body, str) else body
        self._document.idToObject[ref] = data
        self._document.updateSignature(data)

    def add(self, body: str | bytes) -> Ref:
        """Add an object and return its reference."""
        ref = self.reserve()
        self.define(ref, body)
        return ref

    def add_stream(self, entries: str, data: bytes, *, compress: bool = True) -> Ref:
        """Add a stream; `entries` are those of its dictionary but for length and filter.

        The end of line before `endstream` is not counted in Length (ISO 19005-2, 6.1.7.1).
        """
        if compress:
            data = zlib.compress(data, 9)
            entries += "/Filter/FlateDecode"
        head = f"<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1")
        return self.add(head + data + b"\nendstream")

    def finish(self, catalog: Ref, info: Ref) -> bytes:
        """Return the whole file."""
        self._document.Catalog = pdfdoc.PDFObjectReference(catalog)
        self._document.info = pdfdoc.PDFObjectReference(info)
        data: bytes = self._document.format()
        return data


def number(value: float) -> str:
    """Return a length or coordinate: a hundredth of a point is finer than any printer."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if text != "-0.00" else "0"


def numbers(*values: float) -> str:
    """Return an array of numbers."""
    return f"[{' '.join(map(number, values))}]"


def text_string(text: str) -> str:
    """Return a text string (ISO 32000-1, 7.9.2.2): ASCII as it is, anything else as UTF-16."""
    if text.isascii() and text.isprintable():
        return f"({text.translate(_ESCAPES)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


_ESCAPES = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
