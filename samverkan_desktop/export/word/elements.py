"""What a document has beside its rich text: head, title, decision items, signatures."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from samverkan_desktop.domain import document as doc
from samverkan_desktop.domain.composition import ATTACHMENTS
from samverkan_desktop.domain.text import Table, spans
from samverkan_desktop.export.word.base import ListKind, Style
from samverkan_desktop.export.word.blocks import Mark, leads_in, write_block, write_items
from samverkan_desktop.export.word.lists import new_list
from samverkan_desktop.export.word.sender import fits_at_foot, write_sender
from samverkan_desktop.export.word.signing import signature_lines
from samverkan_desktop.export.word.tables import write_table
from samverkan_desktop.export.word.target import Place, Target
from samverkan_desktop.export.word.xml import Element, run, w

_HEAD_TOP = 2381  # from the top of the page, in twentieths of a point
_COLUMN = 3545  # the width of each column of the head

_LINES = {
    doc.Title: Style.TITLE,
    doc.Subtitle: Style.SUBTITLE,
    doc.Notice: Style.NOTICE,
    doc.SectionHeading: Style.SECTION,
}


def write_part(target: Target, part: doc.Part) -> Iterator[Element]:
    """Yield the paragraphs and tables of a part.

    Raises UnreadableImageError.
    """
    place = Place(part_heading(part))
    for element, following in itertools.zip_longest(part.elements, part.elements[1:]):
        match element:
            case doc.Title() | doc.Subtitle() | doc.Notice() | doc.SectionHeading():
                yield target.paragraph(_LINES[type(element)], [run(element.text)])
            case doc.ItemList():
                yield from _items(target, part, element, place)
            case doc.Head() | doc.Signatures() | doc.OrganisationBlock() | doc.ApprovalTable():
                yield from _formal(target, element, place)
            case _:
                is_lead_in = leads_in(element, following) or isinstance(following, _LED_IN)
                yield from write_block(target, element, place, is_lead_in=is_lead_in)


_LED_IN = (doc.ItemList, doc.ApprovalTable)


def _formal(
    target: Target,
    element: doc.Head | doc.Signatures | doc.OrganisationBlock | doc.ApprovalTable,
    place: Place,
) -> Iterator[Element]:
    match element:
        case doc.Head():
            yield from _column(target, element.left, "left")
            yield from _column(target, element.right, "right")
        case doc.Signatures():
            yield from _signatures(target, element)
        case doc.ApprovalTable():
            yield from write_table(target, _as_table(element), place)
        case doc.OrganisationBlock():
            if not fits_at_foot(element):
                yield from write_sender(target, element)


def part_heading(part: doc.Part) -> str:
    """Return the heading of a part, if it has one."""
    return next((e.text for e in part.elements if isinstance(e, doc.SectionHeading)), "")


def _column(target: Target, column: doc.LabelledLines, side: str) -> Iterator[Element]:
    """Yield a column of the head: a frame at the top of the page, with the text under both.

    A table would be announced as data by a screen reader, tabs be read line by line across both
    columns, and LibreOffice may leave the rest of a page empty under a section in columns. Frames
    are read left, then right, like any paragraphs; Microsoft's own letter templates have them.
    """
    labels = [(Style.HEAD_LABEL, column.label)] if column.label else []
    for style, text in (*labels, *((Style.HEAD_LINE, line) for line in column.lines)):
        frame = w(
            "framePr", w=_COLUMN, vSpace=280, wrap="notBeside", vAnchor="page", hAnchor="margin",
            xAlign=side, y=_HEAD_TOP,
        )  # fmt: skip
        yield target.paragraph(style, [run(text)], frame)


def _items(target: Target, part: doc.Part, items: doc.ItemList, place: Place) -> Iterator[Element]:
    is_attachments = part.key == ATTACHMENTS
    if not items.numbered:
        mark = Mark(Style.ATTACHMENT if is_attachments else Style.ATT_LINE)
        yield from write_items(target, items.items, mark, place, place)
        return
    kind = ListKind.ATTACHMENTS if is_attachments else ListKind.DECISIONS
    style = Style.NUMBERED_ATTACHMENT if is_attachments else Style.DECISION_ITEM
    mark = Mark(style, new_list(target, kind, 0, 0))
    yield from write_items(target, items.items, mark, place, replace(place, numbers=1))


def _signatures(target: Target, signatures: doc.Signatures) -> Iterator[Element]:
    """Yield for each signatory a line to sign on, with the name and role under it.

    The styles hold all of it together; the last paragraph lets go of what follows. The line is the
    border of a paragraph as high as a signature: space around one is lost at the top of a page.
    """
    last = signatures.signatures[-1]
    pens = signature_lines(target, signatures.signatures)
    for signature, pen in zip(signatures.signatures, pens, strict=True):
        lines = ((Style.SIGNATURE_NAME, signature.name), (Style.SIGNATURE_ROLE, signature.role))
        filled = [(style, text) for style, text in lines if text]
        yield target.paragraph(Style.SIGNATURE_LINE, [pen])
        for style, text in filled[:-1]:
            yield target.paragraph(style, [run(text)])
        style, text = filled[-1]
        ends = [w("keepNext", val=0)] if signature is last else []
        yield target.paragraph(style, [run(text)], *ends)


def _as_table(approvals: doc.ApprovalTable) -> Table:
    header, *rows = (
        tuple(spans(cell) for cell in row) for row in (approvals.header, *approvals.rows)
    )
    return Table(header, tuple(rows))
