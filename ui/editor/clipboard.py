"""The clipboard: our own blocks, HTML and plain text, out and in."""

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument, QTextDocumentFragment

from samverkan_desktop.codec.draft_json import read_section, write_value
from samverkan_desktop.domain.draft import Section
from samverkan_desktop.domain.errors import InputError
from samverkan_desktop.domain.text import (
    Blocks,
    BulletList,
    Heading,
    NumberedList,
    Paragraph,
    Quote,
)
from ui.editor.formats import exact, facts_of
from ui.editor.pasting import plain_blocks
from ui.editor.reader import read
from ui.editor.writing import to_html, to_text

# Our blocks as they are, images and languages too, between two of our editors.
OWN_FORMAT = "application/x-samverkan-blocks+json"


def selected_blocks(cursor: QTextCursor) -> Blocks:
    """Return the selected blocks; a selection inside one block is a paragraph."""
    if not cursor.hasSelection():
        return ()
    source = cursor.document()
    first = source.findBlock(cursor.selectionStart())
    inside_one = first == source.findBlock(cursor.selectionEnd())
    document = QTextDocument()
    part = QTextCursor(document)
    part.insertFragment(QTextDocumentFragment(cursor))
    part.movePosition(QTextCursor.MoveOperation.Start)
    if facts_of(part.block()).id:  # Qt has brought the format along
        blocks = read(document)
    elif part.atBlockEnd():  # Qt has put an empty block in front
        blocks = read(document)[1:]
    else:
        part.setBlockFormat(QTextBlockFormat() if inside_one else first.blockFormat())
        blocks = read(document)
    whole = cursor.selectionEnd() - cursor.selectionStart() >= first.length() - 1
    return _innermost(blocks) if inside_one and not whole else blocks


def mime_data(blocks: Blocks) -> QMimeData:
    """Return blocks as the clipboard takes them."""
    data = QMimeData()
    own = write_value(Section(key="blocks", content=blocks)).encode("utf-8")
    data.setData(OWN_FORMAT, QByteArray(own))
    data.setHtml(exact(to_html(blocks)))
    data.setText(exact(to_text(blocks)))
    return data


def blocks_from(data: QMimeData) -> Blocks:
    """Return the text that the clipboard holds, with the formatting we know; images not."""
    own = _own_blocks(data)
    if own is not None:
        return own
    if data.hasHtml():
        # Here, since nothing should load an HTML parser before something is pasted.
        from samverkan_desktop.exchange.pasted_html import read_html

        found = read_html(data.html())
        if found:
            return found
    return plain_blocks(data.text()) if data.hasText() else ()


def _own_blocks(data: QMimeData) -> Blocks | None:
    if not data.hasFormat(OWN_FORMAT):
        return None
    try:
        text = bytes(data.data(OWN_FORMAT).data()).decode("utf-8")
        return read_section(text, "Urklipp").content
    except (InputError, UnicodeDecodeError):  # there is HTML and text beside
        return None


def _innermost(blocks: Blocks) -> Blocks:
    """Return the text alone of a part of a heading or list item."""
    match blocks:
        case (Quote(blocks=inner),):
            return _innermost(inner)
        case (BulletList(items=(item,)),) | (NumberedList(items=(item,)),):
            return _innermost(item.blocks)
        case (Heading(spans=parts),):
            return (Paragraph(parts),)
        case _:
            return blocks
