"""What stands around the text: the header of every page, the sender at the foot of the first."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from samverkan_desktop.domain.document import Document, Furniture, OrganisationBlock
from samverkan_desktop.export.word.base import Style
from samverkan_desktop.export.word.sender import fits_at_foot, write_foot
from samverkan_desktop.export.word.target import Target
from samverkan_desktop.export.word.xml import Element, run, tab, w


def write_furniture(target: Target, document: Document) -> None:
    """Fill the headers and the footer of the base document."""
    section = target.base.document.sections[0]
    _fill(section.first_page_header.part.element, _first_header(target, document.furniture))
    _fill(section.header.part.element, _later_header(target, document.furniture))
    elements = (element for part in document.parts for element in part.elements)
    sender = next((e for e in elements if isinstance(e, OrganisationBlock)), None)
    if sender is not None and fits_at_foot(sender):
        _fill(section.first_page_footer.part.element, write_foot(target, sender))
    else:
        section.first_page_footer.is_linked_to_previous = True


def _first_header(target: Target, furniture: Furniture) -> Iterator[Element]:
    left = [_marked(target, Style.DOCUMENT_NAME, furniture.document_name)]
    left += _secrecy(target, furniture)
    facts = [[run(fact)] for fact in (furniture.dnr, furniture.date) if fact]
    right = [*facts, _page(furniture)]
    for begin, end in zip_longest(left, right, fillvalue=None):
        yield target.paragraph(
            Style.FIRST_HEADER, [*(begin or ()), *((tab(), *end) if end else ())]
        )


def _later_header(target: Target, furniture: Furniture) -> Iterator[Element]:
    facts = filter(None, (furniture.document_name, furniture.dnr, furniture.date))
    yield target.paragraph(Style.HEADER, [run("  ·  ".join(facts)), tab(), *_page(furniture)])
    for mark in _secrecy(target, furniture):
        yield target.paragraph(Style.HEADER, mark)


def _secrecy(target: Target, furniture: Furniture) -> list[list[Element]]:
    text = furniture.confidential
    return [_marked(target, Style.SECRECY, text)] if text else []


def _marked(target: Target, style: Style, text: str) -> list[Element]:
    return [run(text, w("rStyle", val=target.base.style_ids[style]))]


def _page(furniture: Furniture) -> list[Element]:
    """Return "Sida 1 (3)" as fields."""
    return [
        run(f"{furniture.page_label} "),
        _field("PAGE"),
        run(" ("),
        _field("NUMPAGES"),
        run(")"),
    ]


def _field(instruction: str) -> Element:
    """Return a field with the result that is shown until the program has counted the pages."""
    return w("fldSimple", run("1"), instr=f" {instruction} ")


def _fill(story: Element, content: Iterable[Element]) -> None:
    """Put content in a header or footer in place of what the base document has there."""
    for old in list(story):
        story.remove(old)
    story.extend(content)
