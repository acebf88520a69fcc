"""How headings, captions, headers, links and quotations look: no part of the document or undo."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import (
    QFont,
    QPainter,
    QPalette,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit

from ui.editor.formats import INDENT, RULE, Facts, Property, Role, facts_of, path_of
from ui.editor.images import fragments

# Relative to the text: a level 2 and a level 3 heading, a caption.
_SIZES = {2: 1.25, 3: 1.08}
_CAPTION = 0.92


class Looks(QSyntaxHighlighter):
    """Draws each block by what its format says."""

    def __init__(self, document: QTextDocument, palette: QPalette) -> None:
        super().__init__(document)
        self._link = QTextCharFormat()
        self._link.setFontUnderline(True)
        self.set_palette(palette)

    def set_palette(self, palette: QPalette) -> None:
        """Take the colour of links from a palette; follow with `rehighlight` if it is another."""
        self._link.setForeground(palette.link())

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Set the looks of one block."""
        block = self.currentBlock()
        whole = self._whole(facts_of(block))
        if whole is not None:
            self.setFormat(0, block.length(), whole)
        for start, length in _links(block):
            self.setFormat(start, length, self._link_in(whole))

    def _whole(self, facts: Facts) -> QTextCharFormat | None:
        made = QTextCharFormat()
        size = self.document().defaultFont().pointSizeF()
        if facts.level:
            made.setFontPointSize(size * _SIZES.get(facts.level, 1.0))
            made.setFontWeight(QFont.Weight.DemiBold)
        elif facts.role is Role.HEADER_CELL:
            made.setFontWeight(QFont.Weight.DemiBold)
        elif facts.role.is_caption:
            made.setFontPointSize(size * _CAPTION)
            made.setFontItalic(True)
        else:
            return None
        return made

    def _link_in(self, whole: QTextCharFormat | None) -> QTextCharFormat:
        if whole is None:
            return self._link
        made = QTextCharFormat(whole)
        made.merge(self._link)
        return made


def _links(block: QTextBlock) -> list[tuple[int, int]]:
    """Return where the links of a block are: start in the block and length."""
    return [
        (run.position() - block.position(), run.length())
        for run in fragments(block)
        if run.charFormat().hasProperty(Property.LINK)
    ]


def paint_quotes(editor: QTextEdit, area: QRect) -> None:
    """Draw a bar left of each quotation in the part of an editor that is being painted."""
    block = editor.cursorForPosition(area.topLeft()).block()
    layout = editor.document().documentLayout()
    painter = QPainter(editor.viewport())
    painter.translate(0, -editor.verticalScrollBar().value())
    while block.isValid():
        place = layout.blockBoundingRect(block)
        if place.top() > area.bottom():
            break
        for depth, step in enumerate(path_of(block.blockFormat())):
            if not step.is_list:
                x = editor.document().documentMargin() + depth * INDENT + 8
                painter.fillRect(QRectF(x, place.top(), 3, place.height()), RULE)
        block = block.next()
    painter.end()
