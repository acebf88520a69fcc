"""Where a text document keeps what rich text says: in the formats of its blocks and characters.

What is meant stands in properties of our own; indents, margins and list marks are only how it
looks, and follow from them.
"""

import functools
import json
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from samverkan_desktop.domain.text import Align, Span
from ui.editor.lines import Kind, Path, Step

_USER = QTextFormat.Property.UserProperty.value


class Property(IntEnum):
    """Our properties of blocks, tables and characters."""

    ID = _USER + 1  # of blocks, tables and images
    PATH = _USER + 2  # of blocks, a table's cells among them: the lists and quotes around
    ROLE = _USER + 3
    ALIGN = _USER + 4  # of the blocks in a table's cells
    LINK = _USER + 5
    LANGUAGE = _USER + 6
    FILE = _USER + 7  # of images
    ALT = _USER + 8


class Role(StrEnum):
    """What a text block is besides a paragraph, a heading or a place for an image."""

    TEXT = ""
    TABLE_CAPTION = "table-caption"  # stands right before its table
    IMAGE_CAPTION = "image-caption"  # stands right after its image
    HEADER_CELL = "header-cell"
    CELL = "cell"
    # Qt wants a block before and after each table; with nothing in it, it says nothing.
    FILLER = "filler"

    @property
    def in_table(self) -> bool:
        """Whether the block is a table cell."""
        return self in (Role.HEADER_CELL, Role.CELL)

    @property
    def is_caption(self) -> bool:
        """Whether the block is a caption."""
        return self in (Role.TABLE_CAPTION, Role.IMAGE_CAPTION)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text block's format says."""

    path: Path = ()
    id: str = ""
    role: Role = Role.TEXT
    level: int = 0  # of a heading
    align: Align = Align.LEFT  # of a table cell


# How it looks, in pixels. Translucent grey is readable on light and on dark.
INDENT = 26
_SPACE = 7
_GREY = QColor(128, 128, 128, 40)
RULE = QColor(128, 128, 128, 150)
_ALIGNMENTS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.DECIMAL: Qt.AlignmentFlag.AlignRight,  # shown lined up in the preview
}


def exact(text: str) -> str:
    """Return what must be handed to Qt for it to hold `text`.

    Qt takes a first U+FEFF for a byte order mark and drops it, and at a first U+FFFE swaps the
    bytes of the whole text, which makes other characters of it; a mark in front prevents both.
    """
    return "\ufeff" + text if text[:1] in ("\ufeff", "\ufffe") else text


class Mark(NamedTuple):
    """The list mark that a block has: the index of Qt's list object, and the list's depth."""

    list_index: int
    depth: int


def block_format(facts: Facts, mark: Mark | None = None) -> QTextBlockFormat:
    """Return the format that says `facts`, with a list mark where the block begins an item."""
    made = QTextBlockFormat()
    made.setProperty(Property.ID, exact(facts.id))
    if facts.path:
        made.setProperty(Property.PATH, _encode(facts.path))
    if facts.role:
        made.setProperty(Property.ROLE, facts.role.value)
    if facts.role.in_table:
        made.setProperty(Property.ALIGN, facts.align.value)
        made.setAlignment(_ALIGNMENTS[facts.align])
        return made
    made.setHeadingLevel(facts.level)
    made.setTopMargin(2 * _SPACE if facts.level else 0)
    belongs_to_next = facts.level or facts.role is Role.TABLE_CAPTION
    made.setBottomMargin(_SPACE // 2 if belongs_to_next else _SPACE)
    depth = len(facts.path)
    if mark is not None:  # the list itself is indented
        made.setObjectIndex(mark.list_index)
        depth -= mark.depth
    made.setIndent(depth)
    return made


def facts_of(block: QTextBlock) -> Facts:
    """Return what a block's format says."""
    made = block.blockFormat()
    role = made.stringProperty(Property.ROLE)
    align = made.stringProperty(Property.ALIGN)
    return Facts(
        path_of(made),
        made.stringProperty(Property.ID),
        Role(role) if role else Role.TEXT,
        made.headingLevel(),
        Align(align) if align else Align.LEFT,
    )


def table_at(block: QTextBlock) -> QTextTable | None:
    """Return the table that a block is in.

    A table that was made in the edit block that is still open isn't found yet.
    """
    return QTextCursor(block).currentTable()


def path_of(made: QTextFormat) -> Path:
    """Return the path that a block's or a table's format says."""
    text = made.stringProperty(Property.PATH)
    return _decode(text) if text else ()


def list_format(kind: Kind, depth: int) -> QTextListFormat:
    """Return the looks of a list; `depth` is 1 for the outermost."""
    made = QTextListFormat()
    if kind is Kind.NUMBERS:
        made.setStyle(QTextListFormat.Style.ListDecimal)
    else:
        made.setStyle(QTextListFormat.Style.ListDisc)
    made.setIndent(depth)
    return made


def char_format(span: Span) -> QTextCharFormat:
    """Return the format that says a span's marks. How a link looks is up to `looks`."""
    made = QTextCharFormat()
    if span.bold:
        made.setFontWeight(QFont.Weight.Bold)
    if span.italic:
        made.setFontItalic(True)
    if span.link is not None:
        made.setAnchor(True)
        made.setAnchorHref(exact(span.link))
        made.setProperty(Property.LINK, exact(span.link))
    if span.language is not None:
        made.setProperty(Property.LANGUAGE, exact(span.language))
    return made


def marks_of(made: QTextCharFormat) -> Span:
    """Return the marks that a format says, as a span without text."""
    return Span(
        "",
        bold=made.fontWeight() >= QFont.Weight.DemiBold,
        italic=made.fontItalic(),
        link=_text(made, Property.LINK),
        language=_text(made, Property.LANGUAGE),
    )


def _text(made: QTextCharFormat, name: Property) -> str | None:
    return made.stringProperty(name) if made.hasProperty(name) else None


def table_format(table_id: str, depth: int) -> QTextTableFormat:
    """Return the format of a table that stands in `depth` lists and quotes."""
    made = QTextTableFormat()
    made.setProperty(Property.ID, exact(table_id))
    made.setLeftMargin(depth * INDENT)
    made.setBottomMargin(_SPACE)
    made.setHeaderRowCount(1)
    made.setCellPadding(4)
    made.setCellSpacing(0)
    made.setBorder(1)
    made.setBorderCollapse(True)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QBrush(RULE))
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return made


def cell_format(role: Role) -> QTextTableCellFormat:
    """Return the looks of a table cell."""
    made = QTextTableCellFormat()
    if role is Role.HEADER_CELL:
        made.setBackground(QBrush(_GREY))
    return made


def _encode(path: Path) -> str:
    return json.dumps([(step.kind.value, step.id, step.item) for step in path])


@functools.lru_cache(maxsize=4096)
def _decode(text: str) -> Path:
    steps = cast("list[tuple[str, str, str]]", json.loads(text))
    return tuple(Step(Kind(kind), block_id, item) for kind, block_id, item in steps)
