"""Rules for what is drawn: all of it is real content or an artifact, and text is no artifact."""

from collections.abc import Iterator

from samverkan_desktop.conformance.content import Marked, PageContent
from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.rules import PDF, UA, Place, Rule

_SHOWN = 60  # characters of a text that a message quotes


def _unreadable(pdf: OpenedPdf) -> Iterator[Place]:
    return (Place(page.number) for page in pdf.pages if not page.readable)


def _unmarked(pdf: OpenedPdf) -> Iterator[Place]:
    return (Place(page.number) for page in pdf.pages if page.unmarked)


def _nested(pdf: OpenedPdf) -> Iterator[Place]:
    for page in pdf.pages:
        for marked in page.marked:
            if marked.inside is not None:
                yield Place(page.number, detail=_quoted(marked))


def _hidden(pdf: OpenedPdf) -> Iterator[Place]:
    for page in pdf.pages:
        for marked in page.artifacts:
            if marked.artifact and marked.artifact.kind != "Pagination":
                yield Place(page.number, detail=_quoted(marked))


def _false_furniture(pdf: OpenedPdf) -> Iterator[Place]:
    """Find text that says it belongs to the pages, but stands in the text and is read nowhere."""
    read = "".join(_letters(marked.text) for page in pdf.pages for marked in page.real)
    for page in pdf.pages:
        for marked in page.artifacts:
            furniture = marked.artifact and marked.artifact.kind == "Pagination"
            placed = _at_the_edge(marked, page) or _letters(marked.text) in read
            if furniture and not placed:
                yield Place(page.number, detail=_quoted(marked))


def _at_the_edge(marked: Marked, page: PageContent) -> bool:
    """Whether an artifact says that it is a header or footer, and stands where one does."""
    lines = [real for real in page.real if real.text.strip()]
    match marked.artifact.subtype if marked.artifact else "":
        case "Header":
            return all(marked.low > real.high for real in lines)
        case "Footer":
            return all(marked.high < real.low for real in lines)
        case _:
            return False


def _letters(text: str) -> str:
    return "".join(text.split())


def _quoted(marked: Marked) -> str:
    return marked.text.strip()[:_SHOWN]


RULES = (
    Rule(
        "marking.unreadable",
        f"{PDF} 7.8.2",
        "Sidans innehåll kan inte läsas, eller är märkt så att det inte går ihop.",
        _unreadable,
    ),
    Rule(
        "marking.unmarked",
        f"{UA} 7.1",
        "Sidan visar något som varken är taggat eller en artefakt.",
        _unmarked,
    ),
    Rule(
        "marking.nested",
        f"{UA} 7.1",
        "Taggat innehåll och artefakter ligger i varandra: ”{}”.",
        _nested,
    ),
    Rule(
        "marking.hidden",
        f"{UA} 7.1",
        "Text är dold för den som lyssnar, märkt som artefakt: ”{}”.",
        _hidden,
    ),
    Rule(
        "marking.furniture",
        f"{UA} 7.8",
        "Text är märkt som sidhuvud eller upprepning men står inte där: ”{}”.",
        _false_furniture,
    ),
)
