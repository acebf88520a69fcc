"""Check a PDF file against PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2)."""

from dataclasses import replace

from samverkan_desktop.conformance import (
    annotations,
    blocks,
    container,
    drawing,
    fonts,
    marking,
    metadata,
    structure,
    tables,
)
from samverkan_desktop.conformance.opened import BadPdfError, LockedPdfError, OpenedPdf, open_pdf
from samverkan_desktop.conformance.rules import A, PdfFinding, Place, Rule, Severity

__all__ = ["RULES", "BadPdfError", "PdfFinding", "Severity", "check_pdf", "is_compliant"]

RULES: tuple[Rule, ...] = (
    *container.RULES,
    *metadata.RULES,
    *structure.RULES,
    *marking.RULES,
    *blocks.RULES,
    *tables.RULES,
    *annotations.RULES,
    *fonts.RULES,
    *drawing.RULES,
)
# A table with thousands of rows can break a rule thousands of times; so many are told.
_MOST = 50


def check_pdf(data: bytes) -> tuple[PdfFinding, ...]:
    """Return what is wrong in a PDF file; nothing when it conforms to both standards.

    Raises BadPdfError when the data is no PDF file that can be opened.
    """
    try:
        pdf = open_pdf(data)
    except LockedPdfError:
        return (_LOCKED,)
    with pdf.file:
        return tuple(finding for rule in RULES for finding in _findings(rule, pdf))


def is_compliant(findings: tuple[PdfFinding, ...]) -> bool:
    """Whether nothing that was found breaks the standards."""
    return all(finding.severity != Severity.ERROR for finding in findings)


def _findings(rule: Rule, pdf: OpenedPdf) -> list[PdfFinding]:
    """Return where a rule is broken; that there are more places, and damage, is told too."""
    found: list[PdfFinding] = []
    try:
        for place in rule.broken(pdf):
            if len(found) == _MOST:
                found.append(replace(rule.found(Place()), message=_MORE))
                break
            found.append(rule.found(place))
    except _DAMAGE:
        message = _HINDERED.format(rule.code)
        found.append(PdfFinding("file.unreadable", Severity.ERROR, message, rule.clause))
    return found


# What objects of an unexpected kind lead to, wherever a rule meets them.
_DAMAGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
_HINDERED = "Filen är så byggd att en regel inte kunde prövas: {}."
_MORE = "Samma fel finns på fler ställen."
_LOCKED = PdfFinding("file.encrypted", Severity.ERROR, "Filen är låst med lösenord.", f"{A} 6.1.3")
