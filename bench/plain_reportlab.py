"""The document as ReportLab writes it by itself: untagged, with its own layout."""

import functools
import io
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    ListFlowable,
    ListItem,
    SimpleDocTemplate,
    TableStyle,
)
from reportlab.platypus import Paragraph as TextFlowable
from reportlab.platypus import Table as TableFlowable

from bench.renderings import marked_up
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    NumberedList,
    Paragraph,
    Quote,
    Table,
)

_BODY = ParagraphStyle("body", fontName="Tinos", fontSize=11.5, leading=15.3, spaceAfter=7.7)
_ITEM = ParagraphStyle("item", parent=_BODY, spaceAfter=3.5)
_QUOTE = ParagraphStyle("quote", parent=_BODY, leftIndent=20, rightIndent=20)
_CELL = ParagraphStyle("cell", fontName="Arimo", fontSize=9, leading=12)
_HEADINGS = [
    ParagraphStyle("h", fontName="Arimo-Bold", fontSize=size, leading=size * 1.3, keepWithNext=1)
    for size in (19, 13, 11, 11)
]
_RULES = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.35, colors.grey)])


def write_plain(title: str, blocks: Blocks, fonts: Path) -> bytes:
    """Return a PDF file of the blocks."""
    _register(fonts)
    out = io.BytesIO()
    margins = {"leftMargin": 56 * mm, "rightMargin": 24 * mm}
    template = SimpleDocTemplate(
        out, pagesize=A4, title=title, topMargin=29 * mm, bottomMargin=20 * mm, **margins
    )
    template.build([flowable for block in blocks for flowable in _flowables(block, _BODY)])
    return out.getvalue()


@functools.cache
def _register(fonts: Path) -> None:
    for family in ("Tinos", "Arimo"):
        faces = {
            face: f"{family}{suffix}"
            for face, suffix in (
                ("Regular", ""), ("Bold", "-Bold"), ("Italic", "-It"), ("BoldItalic", "-BI"),
            )
        }  # fmt: skip
        for face, name in faces.items():
            pdfmetrics.registerFont(TTFont(name, str(fonts / f"{family}-{face}.ttf")))
        pdfmetrics.registerFontFamily(family, *faces.values())


def _flowables(block: Block, style: ParagraphStyle) -> Iterator[Flowable]:
    match block:
        case Heading():
            yield TextFlowable(marked_up(block.spans), _HEADINGS[block.level - 1])
        case Paragraph():
            yield TextFlowable(marked_up(block.spans), style)
        case BulletList() | NumberedList():
            items = [
                ListItem([f for inner in item.blocks for f in _flowables(inner, _ITEM)])
                for item in block.items
            ]
            kind = "bullet" if isinstance(block, BulletList) else "1"
            yield ListFlowable(items, bulletType=kind, bulletFontName="Tinos", leftIndent=17)
        case Quote():
            yield from (f for inner in block.blocks for f in _flowables(inner, _QUOTE))
        case Table():
            rows = [
                [TextFlowable(marked_up(cell), _CELL) for cell in row]
                for row in (block.header, *block.rows)
            ]
            yield TableFlowable(rows, style=_RULES, repeatRows=1)
        case Image():
            raise ValueError(block)
