"""Our base document: resources/word/base.docx, with every style and list that the writer uses.

Styles and lists are found by name, since Word may give other ids when it saves a file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from samverkan_desktop.domain.errors import ResourceError
from samverkan_desktop.export.word.xml import Element
from samverkan_desktop.files import Folders, resource

NAME = "word/base.docx"


class Style(StrEnum):
    """The styles used, by their names in the file: Word's own in English, the others ours."""

    NORMAL = "Normal"
    TITLE = "heading 1"
    SECTION = "heading 2"
    HEADING_2 = "heading 3"
    HEADING_3 = "heading 4"
    SUBTITLE = "Subtitle"
    NOTICE = "Särskild upplysning"
    HEAD_LABEL = "Ärendehuvud etikett"
    HEAD_LINE = "Ärendehuvud rad"
    LEAD_IN = "Inledande rad"
    AFTER_TABLE = "Brödtext efter tabell"
    BULLET_1 = "List Bullet"
    BULLET_2 = "List Bullet 2"
    BULLET_3 = "List Bullet 3"
    BULLET_4 = "List Bullet 4"
    BULLET_5 = "List Bullet 5"
    NUMBER_1 = "List Number"
    NUMBER_2 = "List Number 2"
    NUMBER_3 = "List Number 3"
    NUMBER_4 = "List Number 4"
    NUMBER_5 = "List Number 5"
    CONTINUE_1 = "List Continue"
    CONTINUE_2 = "List Continue 2"
    CONTINUE_3 = "List Continue 3"
    CONTINUE_4 = "List Continue 4"
    CONTINUE_5 = "List Continue 5"
    DECISION_ITEM = "Beslutspunkt"
    ATT_LINE = "Att-sats"
    NUMBERED_ATTACHMENT = "Bilaga numrerad"
    ATTACHMENT = "Bilaga onumrerad"
    QUOTE = "Quote"
    CAPTION = "caption"
    FIGURE = "Bild"
    FIGURE_CAPTION = "Bildtext"
    TABLE = "Samverkan tabell"
    TABLE_TEXT = "Tabelltext"
    TABLE_HEADING = "Tabellrubrik"
    TABLE_END = "Tabellavslut"
    SIGNATURE_LINE = "Underskrift linje"
    SIGNATURE_NAME = "Underskrift namn"
    SIGNATURE_ROLE = "Underskrift befattning"
    HEADER = "header"
    FIRST_HEADER = "Första sidans huvud"
    DOCUMENT_NAME = "Dokumentnamn"
    FOOTER = "footer"
    SECRECY = "Sekretessmarkering"
    SENDER_NAME = "Avsändarnamn"
    SENDER = "Avsändaruppgifter"
    HYPERLINK = "Hyperlink"


class ListKind(StrEnum):
    """The multilevel lists, by the names of their definitions."""

    BULLETS = "Punktlista"
    NUMBERS = "Numrerad lista"
    DECISIONS = "Beslutspunkter"
    ATTACHMENTS = "Bilagor"


@dataclass(frozen=True, slots=True)
class Base:
    """An opened copy of the base document."""

    document: WordDocument
    style_ids: Mapping[Style, str]
    list_ids: Mapping[ListKind, str]  # of the w:abstractNum


def open_base(folders: Folders) -> Base:
    """Open the base document.

    Raises ResourceError, naming what it lacks.
    """
    path = resource(folders, NAME)
    try:
        document = docx.Document(str(path))
        styles = document.styles.element
        numbering = document.part.numbering_part.element
    except (
        PackageNotFoundError,
        BadZipFile,
        KeyError,
        ValueError,
        XMLSyntaxError,
        NotImplementedError,
    ) as error:
        raise ResourceError(NAME) from error
    style_ids = _named(styles.iterchildren(qn("w:style")), "w:styleId")
    list_ids = _named(numbering.iterchildren(qn("w:abstractNum")), "w:abstractNumId")
    return Base(
        document,
        {style: _found(style_ids, style, "formatmallen") for style in Style},
        {kind: _found(list_ids, kind, "listan") for kind in ListKind},
    )


def _named(elements: Iterable[Element], id_attribute: str) -> dict[str, str]:
    """Return the ids of elements by the names that they have."""
    named = ((element.find(qn("w:name")), element.get(qn(id_attribute))) for element in elements)
    return {name.get(qn("w:val"), ""): key for name, key in named if name is not None and key}


def _found(ids: Mapping[str, str], name: str, what: str) -> str:
    if name not in ids:
        raise ResourceError(f"{NAME} ({what} {name})")
    return ids[name]
