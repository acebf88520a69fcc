"""The composed document: what Word, PDF, plain text and preview all write out.

It holds only what is printed, typeset and in reading order. A `Part` is one piece that belongs
together (the head, a section, the signatures); its key lets a writer mark it (a content control, a
destination to jump to) and lets the preview reuse the layout of parts that are equal.
"""

from dataclasses import dataclass, field

from samverkan_desktop.domain.text import Block, Blocks


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """A label with the lines under it: "Handläggare", a name, "Telefon: …"."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The two columns that open the first page. A column without lines is empty."""

    left: LabelledLines
    right: LabelledLines


@dataclass(frozen=True, slots=True)
class Title:
    """The title: heading level 1 of the document."""

    text: str


@dataclass(frozen=True, slots=True)
class Subtitle:
    """The line under the title."""

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A short line that must be seen, such as "Omedelbar justering"."""

    text: str


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A section's heading: level 2 of the document. A `Heading` of level n inside is n + 1."""

    text: str


@dataclass(frozen=True, slots=True)
class ItemList:
    """Decision items or attachments: a list, numbered from 1 or without marks."""

    items: tuple[Blocks, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on, with the printed name and role under it.

    `anchor` is a text on the line that a signing service finds its place by, or empty.
    """

    name: str
    role: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """All signature lines; kept together on a page as far as they fit."""

    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class OrganisationBlock:
    """Groups of lines saying who the sender is: shown at the foot of the first page."""

    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ApprovalTable:
    """The attest table: two header cells and a row for each approval."""

    header: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


Element = (
    Head
    | Title
    | Subtitle
    | Notice
    | SectionHeading
    | ItemList
    | Signatures
    | OrganisationBlock
    | ApprovalTable
    | Block
)


@dataclass(frozen=True, slots=True)
class Part:
    """Elements that belong together. `key` is unique in the document."""

    key: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands at the top of every page, beside the page number "Sida 1 (3)".

    `logo` is the content of a PNG or SVG file for the first page, or empty.
    """

    document_name: str
    dnr: str  # with its label, or empty
    date: str  # ISO, or empty
    page_label: str
    confidential: str  # the mark of a sekretess, or empty
    logo: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says about itself."""

    title: str
    author: str
    subject: str
    keywords: str


@dataclass(frozen=True, slots=True)
class Document:
    """A composed document."""

    language: str
    properties: Properties
    furniture: Furniture
    parts: tuple[Part, ...]
