"""Rules for the file as a whole: its frame, and nothing active or locked in it."""

import re
from collections.abc import Iterator

import pikepdf

from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.rules import PDF, UA, A, Place, Rule, Severity, once
from samverkan_desktop.conformance.values import entry, items, keys, name, text

# A second header line of bytes above 127 tells programs that the file is no text.
_HEADER = re.compile(rb"%PDF-1\.[0-7](\r\n|\r|\n)%[\x80-\xff]{4}")
_END = re.compile(rb"%%EOF(\r\n|\r|\n)?\Z")
_TIGHT = re.compile(rb"[^\r\n]endstream")
_ACTIVE = frozenset(
    {
        *("JavaScript", "Launch", "Sound", "Movie", "ResetForm", "ImportData", "Hide"),
        *("SetOCGState", "Rendition", "Trans", "GoTo3DView"),
    }
)
_LATEST = "1.7"


def _later_version(pdf: OpenedPdf) -> bool:
    version = name(entry(pdf.catalog, "Version"))
    return bool(version) and version > _LATEST


def _actions(pdf: OpenedPdf) -> Iterator[Place]:
    """Look at every dictionary that has the form of a forbidden action."""
    for thing in pdf.file.objects:
        for action in (thing, *(entry(thing, key) for key in ("A", "OpenAction", "Next"))):
            if name(entry(action, "S")) in _ACTIVE:
                yield Place(detail=name(entry(action, "S")))
                break
    if entry(pdf.catalog, "Names", "JavaScript") is not None:
        yield Place(detail="JavaScript")


def _reactions(pdf: OpenedPdf) -> Iterator[Place]:
    if "AA" in keys(pdf.catalog):
        yield Place()
    for content in pdf.pages:
        if "AA" in keys(content.page):
            yield Place(content.number)
        for annotation in content.annotations:
            if "AA" in keys(annotation):
                yield Place(content.number)


def _attachments(pdf: OpenedPdf) -> Iterator[Place]:
    """Find attached files that don't even say that they are PDF/A."""
    for thing in pdf.file.objects:
        attached = entry(thing, "EF", "F")
        if isinstance(attached, pikepdf.Stream):
            try:
                data = attached.read_bytes()
            except pikepdf.PdfError:
                data = b""
            if not (data.startswith(b"%PDF-") and b"pdfaid" in data):
                yield Place(detail=text(entry(thing, "UF")))


RULES = (
    Rule(
        "file.header",
        f"{A} 6.1.2",
        "Filen börjar inte som en PDF 1.7 eller äldre.",
        once(lambda pdf: _HEADER.match(pdf.data) is None),
    ),
    Rule(
        "file.version",
        f"{A} 6.1.2",
        "Filen säger sig vara en nyare version än PDF 1.7.",
        once(_later_version),
    ),
    Rule(
        "file.damaged",
        f"{PDF} 7.5",
        "Filen är skadad eller avkortad; en del av den kunde inte läsas.",
        once(lambda pdf: bool(pdf.damage)),
    ),
    Rule(
        "file.end",
        f"{A} 6.1.3",
        "Filen slutar inte med %%EOF.",
        once(lambda pdf: _END.search(pdf.data) is None),
    ),
    Rule(
        "file.id",
        f"{A} 6.1.3",
        "Filen saknar id.",
        once(lambda pdf: len(items(entry(pdf.file.trailer, "ID"))) != 2),
    ),
    Rule(
        "file.encrypted",
        f"{A} 6.1.3",
        "Filen är krypterad.",
        once(lambda pdf: pdf.file.is_encrypted),
    ),
    Rule(
        "file.stream-end",
        f"{A} 6.1.7.1",
        "En ström slutar utan ny rad före endstream.",
        once(lambda pdf: _TIGHT.search(pdf.data) is not None),
    ),
    Rule("file.action", f"{A} 6.5.1", "Filen har en åtgärd som inte är tillåten: {}.", _actions),
    Rule(
        "file.reaction",
        f"{A} 6.5.2",
        "Filen gör något av sig själv när den öppnas eller läses.",
        _reactions,
    ),
    Rule(
        "file.attachment",
        f"{A} 6.8",
        "Den bifogade filen ”{}” är inte PDF/A.",
        _attachments,
    ),
    Rule(
        "file.hidden-layers",
        f"{UA} 7.10",
        "Filen har lager som kan döljas.",
        once(lambda pdf: entry(pdf.catalog, "OCProperties") is not None),
        Severity.WARNING,
    ),
)
