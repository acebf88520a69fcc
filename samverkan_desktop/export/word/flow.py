"""What stands after tables and frames."""

import itertools

from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Pt

from samverkan_desktop.export.word.base import Style
from samverkan_desktop.export.word.target import Target
from samverkan_desktop.export.word.xml import Element

_AFTER_TABLE = Pt(12)
_HEADINGS = (Style.SECTION, Style.HEADING_2, Style.HEADING_3)


def settle_tables(target: Target, body: Element) -> None:
    """Let text after a table stand off from it, and add a paragraph where Word must have one.

    That is after a table or frame that is last, and between two tables, which would become one.
    """
    flow = [e for e in body.iter(qn("w:p"), qn("w:tbl")) if not _is_in_cell(e)]
    for element, following in itertools.zip_longest(flow, flow[1:]):
        is_table = element.tag == qn("w:tbl")
        if not isinstance(following, CT_P):
            if is_table or _is_framed(element):
                element.addnext(target.paragraph(Style.TABLE_END, []))
        elif is_table:
            _stand_off(target, following)


def _stand_off(target: Target, paragraph: CT_P) -> None:
    """Put room above a paragraph that follows a table, unless its style has it."""
    ids = target.base.style_ids
    if paragraph.style == ids[Style.NORMAL]:
        paragraph.style = ids[Style.AFTER_TABLE]
    elif paragraph.style not in {ids[style] for style in _HEADINGS}:
        paragraph.get_or_add_pPr().spacing_before = _AFTER_TABLE


def _is_in_cell(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == qn("w:tc")


def _is_framed(paragraph: Element) -> bool:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:framePr')}") is not None
