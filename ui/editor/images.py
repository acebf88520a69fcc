"""Images in a text document: one character each, whose format says which file and what it shows."""

from collections.abc import Iterator
from typing import Protocol
from urllib.parse import quote, unquote

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QTextBlock,
    QTextFormat,
    QTextFragment,
    QTextImageFormat,
    QTextLength,
)

from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.text import Image
from ui.editor.formats import Property, exact

_WIDEST = 420  # pixels on the screen; what is printed doesn't depend on it
# The character that stands for an image.
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class FileKeeper(Protocol):
    """Where the files of a draft are kept."""

    def add(self, name: str, data: bytes) -> str:
        """Keep a file; return the name it got. Raises StorageError."""

    def data(self, name: str) -> bytes:
        """Return a file. Raises StorageError."""


def image_format(image: Image) -> QTextImageFormat:
    """Return the format of the character that stands for an image; its caption is a block."""
    made = QTextImageFormat()
    made.setName(quote(image.file, safe=""))
    made.setMaximumWidth(QTextLength(QTextLength.Type.FixedLength, _WIDEST))
    made.setProperty(Property.ID, exact(image.id))
    made.setProperty(Property.FILE, exact(image.file))
    made.setProperty(Property.ALT, exact(image.alt))
    made.setToolTip(exact(image.alt))
    return made


def image_of(made: QTextFormat) -> Image | None:
    """Return the image, without caption, that a character's format says."""
    if not made.hasProperty(Property.FILE):
        return None
    return Image(
        made.stringProperty(Property.FILE),
        made.stringProperty(Property.ALT),
        id=made.stringProperty(Property.ID),
    )


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """Yield the runs of characters with one format."""
    run = block.begin()
    while not run.atEnd():
        yield run.fragment()
        run += 1


def has_image(block: QTextBlock) -> bool:
    """Whether an image stands in the block."""
    return OBJECT in block.text() and any(
        run.charFormat().hasProperty(Property.FILE) for run in fragments(block)
    )


def load(url: QUrl, keeper: FileKeeper) -> QImage:
    """Return the picture for an image format's name; a drawn note when it can't be shown."""
    name = unquote(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
    try:
        image = QImage.fromData(keeper.data(name))
    except (SamverkanError, KeyError):
        return _note(f"Bilden {name} saknas")
    return _note(f"Bilden {name} kan inte visas") if image.isNull() else image


def _note(text: str) -> QImage:
    image = QImage(QSize(420, 60), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setPen(QColor(128, 128, 128))
    painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return image
