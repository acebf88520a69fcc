"""What a rule is, and what is found when a file breaks one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.tree import Node

UA = "ISO 14289-1"  # PDF/UA-1
A = "ISO 19005-2"  # PDF/A-2
PDF = "ISO 32000-1"  # PDF 1.7


class Severity(StrEnum):
    """Whether a file breaks the standard, or is only likely to be wrong."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class PdfFinding:
    """Something wrong in a PDF file.

    `page` counts from 1. `path` leads to a structure element, such as "Document > Table > TR[2]".
    `clause` names the rule, such as "ISO 14289-1 7.1".
    """

    code: str
    severity: Severity
    message: str
    clause: str
    page: int | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule is broken; `detail` fills in the rule's message."""

    page: int | None = None
    path: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand on a file. `message` is a Swedish sentence that may have a place for a detail."""

    code: str
    clause: str
    message: str
    broken: Callable[[OpenedPdf], Iterator[Place]]
    severity: Severity = Severity.ERROR

    def found(self, place: Place) -> PdfFinding:
        """Return the finding for one place."""
        message = self.message.format(place.detail)
        return PdfFinding(self.code, self.severity, message, self.clause, place.page, place.path)


def at(node: Node, detail: str = "") -> Place:
    """Return the place of a structure element."""
    return Place(node.page, node.path, detail)


def once(broken: Callable[[OpenedPdf], bool]) -> Callable[[OpenedPdf], Iterator[Place]]:
    """Return what a rule asks for from a test of the file as a whole."""

    def places(pdf: OpenedPdf) -> Iterator[Place]:
        if broken(pdf):
            yield Place()

    return places
