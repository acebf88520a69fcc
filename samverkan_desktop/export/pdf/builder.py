"""The composed document to a structure tree and boxes."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from samverkan_desktop.domain import document
from samverkan_desktop.domain.document import (
    ApprovalTable,
    Head,
    ItemList,
    LabelledLines,
    Notice,
    OrganisationBlock,
    Part,
    SectionHeading,
    Signature,
    Signatures,
    Subtitle,
    Title,
)
from samverkan_desktop.domain.export_errors import MissingCharacterError
from samverkan_desktop.domain.text import Blocks, Table, spans
from samverkan_desktop.export.pdf import lists
from samverkan_desktop.export.pdf.blocks import BlockSetter, Place, leads_in
from samverkan_desktop.export.pdf.boxes import Box, Cell, Field, Line, RowBox, Stack
from samverkan_desktop.export.pdf.fonts import Fonts, MissingGlyphError
from samverkan_desktop.export.pdf.inline import Setter
from samverkan_desktop.export.pdf.layouts import Laid, Layouts
from samverkan_desktop.export.pdf.lines import TextLine
from samverkan_desktop.export.pdf.structure import Element
from samverkan_desktop.export.pdf.styles import (
    COLUMN_GAP,
    HALF_WIDTH,
    HEAD_LABEL,
    HEAD_LINE,
    INNER,
    NOTICE,
    OUTER,
    SENDER,
    SENDER_NAME,
    SIGNER,
    SIGNER_ANCHOR,
    SIGNER_ROLE,
    SUBTITLE,
    TEXT_WIDTH,
    Style,
)
from samverkan_desktop.export.pdf.tables import table_boxes

# A sender's address taller than this stands in the text instead of at the foot of the page.
_TALLEST_FOOT = 230.0
_FOOT_WIDTH = INNER - OUTER - 12


class Builder:
    """Makes the structure tree and the boxes, part by part, in reading order.

    `sender` are the lines of the organisation block. They are drawn at the foot of the first page,
    but stand in the tree where they are in the document.
    """

    def __init__(self, fonts: Fonts, files: Callable[[str], bytes], layouts: Layouts) -> None:
        self._layouts = layouts
        self._setter = Setter(fonts)
        self._blocks = BlockSetter(self._setter, files)
        self._signatures = 0
        self.root = Element("Document")
        self.boxes: list[Box] = []
        self.sender: tuple[TextLine, ...] = ()

    def add(self, part: Part) -> None:
        """Add a part of the document.

        Raises ExportError when it can't be shown as it is.
        """
        self._blocks.section = next(
            (e.text for e in part.elements if isinstance(e, SectionHeading)), ""
        )
        parent = self.root.element("Sect") if self._blocks.section else self.root
        try:
            for i, element in enumerate(part.elements):
                boxes = self._laid(element, parent)
                if isinstance(element, Signatures):
                    self._keep_text_with_signatures()
                if boxes and _leads_in(element, part.elements[i + 1 : i + 2]):
                    boxes[-1] = replace(boxes[-1], keep_next=True)
                self.boxes += boxes
        except MissingGlyphError as error:
            raise MissingCharacterError(error.character, _where(part)) from error

    def _keep_text_with_signatures(self) -> None:
        """Keep the last lines of the text on the page where it is signed."""
        if self.boxes and isinstance(self.boxes[-1], Stack):
            self.boxes[-1] = replace(self.boxes[-1], keep_next=True)

    def _laid(self, element: document.Element, parent: Element) -> list[Box]:
        """Set an element under `parent`, or take what it was set as before."""
        levels = self._blocks.levels

        def lay() -> Laid:
            holder = Element("")
            boxes = self._element(element, Place(holder))
            return Laid(tuple(holder.kids), tuple(boxes), levels.above)

        laid = self._layouts.laid(element, levels.above, lay)
        parent.kids += laid.kids
        levels.above = laid.levels
        return list(laid.boxes)

    def _element(self, element: document.Element, place: Place) -> list[Box]:
        match element:
            case Head():
                return [self._head(element, place.parent)]
            case Title() | Subtitle() | Notice() | SectionHeading():
                return [self._line(element, place)]
            case ItemList():
                return self._items(element.items, place, numbered=element.numbered)
            case Signatures():
                return self._signature_rows(element, place.parent)
            case OrganisationBlock():
                return self._organisation(element, place)
            case ApprovalTable():
                return table_boxes(self._setter, _as_table(element), place.parent, 0, TEXT_WIDTH)
            case _:
                return self._blocks.block(element, place)

    def _line(self, line: Title | Subtitle | Notice | SectionHeading, place: Place) -> Stack:
        match line:
            case Title():
                return self._blocks.heading(1, spans(line.text), place)
            case SectionHeading():
                return self._blocks.heading(2, spans(line.text), place)
            case _:
                style = SUBTITLE if isinstance(line, Subtitle) else NOTICE
                return self._blocks.paragraph(spans(line.text), replace(place, style=style))

    def _items(self, items: tuple[Blocks, ...], place: Place, *, numbered: bool) -> list[Box]:
        if numbered:
            return self._blocks.items(items, lists.numbers(0), replace(place, numbers=1))
        return self._blocks.items(items, None, place)

    def _head(self, head: Head, parent: Element) -> RowBox:
        cells = tuple(
            Cell(left, self._column(column, parent))
            for left, column in ((0.0, head.left), (HALF_WIDTH + COLUMN_GAP, head.right))
        )
        return RowBox(cells, 0.0, TEXT_WIDTH)

    def _column(self, column: LabelledLines, parent: Element) -> tuple[Line, ...]:
        label = self._paragraphs((column.label,) if column.label else (), HEAD_LABEL, parent)
        return (*label, *self._paragraphs(column.lines, HEAD_LINE, parent))

    def _paragraphs(
        self, texts: tuple[str, ...], style: Style, parent: Element, width: float = HALF_WIDTH
    ) -> tuple[TextLine, ...]:
        """Set each text as a P."""
        return tuple(
            line
            for text in texts
            for line in self._setter.text(text, style, parent.element("P"), width)
        )

    def _signature_rows(self, signatures: Signatures, parent: Element) -> list[Box]:
        """Set signatures two and two, all kept together."""
        cells = [self._signature(signature, parent) for signature in signatures.signatures]
        rows: list[Box] = [
            RowBox(
                tuple(
                    Cell(i * (HALF_WIDTH + COLUMN_GAP), lines)
                    for i, lines in enumerate(cells[at : at + 2])
                ),
                0.0,
                TEXT_WIDTH,
                before=18.0,
                after=14.0,
                keep_next=at + 2 < len(cells),
            )
            for at in range(0, len(cells), 2)
        ]
        return rows

    def _signature(self, signature: Signature, parent: Element) -> tuple[Line, ...]:
        """Set a field to sign in with the printed name and role under its line."""
        self._signatures += 1
        said = ", ".join(filter(None, (signature.name, signature.role)))
        name = "_".join(filter(None, ("Underskrift", str(self._signatures), _slug(said))))
        anchors = (signature.anchor,) if signature.anchor else ()
        anchor = self._paragraphs(anchors, SIGNER_ANCHOR, parent)
        form = parent.element("Form")
        field = Field(form, name, f"Underskrift: {said}", HALF_WIDTH, anchor)
        names = self._paragraphs((signature.name,) if signature.name else (), SIGNER, parent)
        roles = self._paragraphs((signature.role,) if signature.role else (), SIGNER_ROLE, parent)
        return (field, *names, *roles)

    def _organisation(self, block: OrganisationBlock, place: Place) -> list[Box]:
        """Set the sender's address for the foot of the first page, if it is short enough."""
        element = Element("Sect")
        lines = self._address(block, element, _FOOT_WIDTH)
        if sum(line.height for line in lines) <= _TALLEST_FOOT:
            place.parent.kids.append(element)
            self.sender = lines
            return []
        lines = self._address(block, place.parent.element("Sect"), TEXT_WIDTH)
        return [Stack(lines, before=20.0, after=12.0)]

    def _address(
        self, block: OrganisationBlock, parent: Element, width: float
    ) -> tuple[TextLine, ...]:
        """Set the groups with half a line between them; the first says who the sender is."""
        lines: list[TextLine] = []
        for i, group in enumerate(block.groups):
            style = SENDER if i else SENDER_NAME
            if lines:
                lines[-1] = replace(lines[-1], height=lines[-1].height + style.leading / 2)
            lines += self._paragraphs(group, style, parent, width)
        return tuple(lines)


def _leads_in(element: document.Element, following: tuple[document.Element, ...]) -> bool:
    return bool(following) and (
        isinstance(following[0], ItemList | ApprovalTable) or leads_in(element, following[0])
    )


def _where(part: Part) -> str:
    """Return a Swedish phrase for a part of the document, as errors name it."""
    for element in part.elements:
        match element:
            case SectionHeading():
                return f"i avsnittet ”{element.text}”"
            case Head():
                return "bland ärendeuppgifterna"
            case Title() | Subtitle():
                return "i titeln"
            case Signatures():
                return "bland underskrifterna"
            case OrganisationBlock():
                return "i avsändarens adress"
            case _:
                pass
    return "i dokumentet"


def _as_table(approvals: ApprovalTable) -> Table:
    header, *rows = (
        tuple(spans(cell) for cell in row) for row in (approvals.header, *approvals.rows)
    )
    return Table(header, tuple(rows))


def _slug(text: str) -> str:
    """Return a text as part of a field name: plain letters and digits, and no dot (12.7.3.2)."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:40]
