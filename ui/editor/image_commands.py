"""Images in the editor: chosen, dropped or pasted, and never without a text that says the same."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFileDialog, QMessageBox, QTextEdit

from samverkan_desktop.domain.errors import InputError, SamverkanError
from samverkan_desktop.domain.text import Image, spans
from samverkan_desktop.files import read_bytes
from ui.editor.dialogs import ImageDialog
from ui.editor.images import OBJECT, FileKeeper, image_format, image_of
from ui.editor.pasting import insert_blocks

_SUFFIXES = (".png", ".jpg", ".jpeg")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_PASTED_NAME = "bild.png"


class ImageCommands:
    """The image commands of one editor."""

    def __init__(self, editor: QTextEdit, keeper: FileKeeper) -> None:
        self._editor, self._keeper = editor, keeper

    def choose(self) -> None:
        """Ask for an image file, and insert it."""
        dialog = QFileDialog(self._editor, "Infoga bild")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter("Bilder (*.png *.jpg *.jpeg)")
        dialog.filesSelected.connect(lambda names: self.insert_files([Path(n) for n in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def can_take(self, data: QMimeData) -> bool:
        """Whether what is pasted or dropped is an image or a file rather than text."""
        return bool(_local_files(data)) or (data.hasImage() and not data.text().strip())

    def take(self, data: QMimeData) -> None:
        """Insert what is pasted or dropped."""
        files = _local_files(data)
        if files:
            self.insert_files(files)
        else:
            self.insert_data(_PASTED_NAME, _png(QImage(data.imageData())))

    def insert_files(self, paths: Sequence[Path]) -> None:
        """Ask what each image file shows, one after the other, and insert them."""
        if not paths:
            return
        try:
            data = read_bytes(paths[0])
        except InputError as error:
            self._tell(str(error))
            return
        self.insert_data(paths[0].name, data, paths[1:])

    def insert_data(self, name: str, data: bytes, then: Sequence[Path] = ()) -> None:
        """Ask what an image shows, and insert it; afterwards the files that are left."""
        image = QImage.fromData(data)
        if image.isNull() or not data.startswith(_SIGNATURES):
            self._tell(
                f"{name} är ingen bild i formatet PNG eller JPEG. "
                "Andra filer kan läggas till som bilagor."
            )
            return
        dialog = ImageDialog(image, "", "", self._editor)
        dialog.accepted.connect(
            lambda: self._insert(name, data, Image("", dialog.alt, spans(dialog.caption)))
        )
        dialog.finished.connect(lambda: self.insert_files(then))
        dialog.open()

    def image_at(self, cursor: QTextCursor) -> Image | None:
        """Return the image right before or after a cursor; the cursor is made to select it."""
        at = cursor.position()
        for first in (at, at - 1):
            if first >= 0 and cursor.document().characterAt(first) == OBJECT:
                cursor.setPosition(first)
                cursor.setPosition(first + 1, QTextCursor.MoveMode.KeepAnchor)
                return image_of(cursor.charFormat())
        return None

    def edit(self) -> None:
        """Ask again what the image at the cursor shows."""
        cursor = self._editor.textCursor()
        image = self.image_at(cursor)
        if image is None:
            return
        kind = QTextDocument.ResourceType.ImageResource.value
        shown = self._editor.document().resource(kind, image_format(image).name())
        dialog = ImageDialog(QImage(shown), image.alt, None, self._editor)
        dialog.accepted.connect(
            lambda: cursor.setCharFormat(image_format(replace(image, alt=dialog.alt)))
        )
        dialog.open()

    def _insert(self, name: str, data: bytes, image: Image) -> None:
        try:
            kept = self._keeper.add(name, data)
        except SamverkanError as error:
            self._tell(str(error))
            return
        cursor = self._editor.textCursor()
        table = cursor.currentTable()
        if table is not None:  # a cell holds text only
            cursor.setPosition(table.lastPosition() + 1)
        insert_blocks(cursor, (replace(image, file=kept),))
        self._editor.setTextCursor(cursor)

    def _tell(self, text: str) -> None:
        box = QMessageBox(self._editor)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Bild")
        box.setText(text)
        box.addButton("Stäng", QMessageBox.ButtonRole.AcceptRole)
        box.finished.connect(box.deleteLater)
        box.open()


def _local_files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
