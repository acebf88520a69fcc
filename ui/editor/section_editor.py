"""The editor of one section: a text edit that knows only the formatting that is allowed."""

import math
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QTextEdit, QWidget

from samverkan_desktop.domain.text import Blocks
from ui.dropped_documents import dropped_documents
from ui.editor import clipboard, context_menu, structure
from ui.editor.commands import Commands
from ui.editor.document import fill
from ui.editor.formats import INDENT
from ui.editor.image_commands import ImageCommands
from ui.editor.images import FileKeeper, load
from ui.editor.keys import Keys
from ui.editor.looks import Looks, paint_quotes
from ui.editor.pasting import insert_blocks
from ui.editor.reader import DocumentReader
from ui.icons import icon

__all__ = ["FileKeeper", "SectionEditor"]

_MARGIN = 8  # pixels around the text
_LEAST_LINES = 3


class SectionEditor(QTextEdit):
    """Edits rich text. It is as high as its text, so that the page around it does the scrolling."""

    edited = Signal()  # the content has become another
    state_changed = Signal()  # what `commands.state` tells may have changed

    def __init__(self, keeper: FileKeeper, resources: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper, self._resources = keeper, resources
        self.setAccessibleName("Text")
        self.setAccessibleDescription("I en tabell går Ctrl+Tabb till nästa fält.")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        document = self.document()
        document.setDocumentMargin(_MARGIN)
        document.setIndentWidth(INDENT)
        self.commands = Commands(self)
        self.images = ImageCommands(self, keeper)
        self._keys = Keys(self, self.commands)
        fill(document, ())
        self._reader = DocumentReader(document)
        self._looks = Looks(document, self.palette())
        self._filling = False
        self._tidying = QTimer(self, singleShot=True, interval=0)
        self._tidying.timeout.connect(self._tidy)
        document.contentsChanged.connect(self._tell_change)
        document.blockCountChanged.connect(self._tidy_soon)
        document.documentLayout().documentSizeChanged.connect(self._grow)
        self.cursorPositionChanged.connect(self._follow_cursor)
        self.currentCharFormatChanged.connect(self.state_changed)
        self._grow()

    def set_content(self, blocks: Blocks) -> None:
        """Show other content. Undo steps are kept if it is what the editor holds already."""
        if blocks == self.content():
            return
        self._filling = True
        fill(self.document(), blocks)
        self._filling = False
        self.state_changed.emit()

    def content(self) -> Blocks:
        """Return what the editor holds."""
        return self._reader.content()

    def word_count(self) -> int:
        """Return the number of words."""
        return self._reader.word_count()

    def insert_phrase(self, text: str) -> None:
        """Write a phrase at the cursor, and select its first "…" so that typing replaces it."""
        self.commands.insert_phrase(text)

    def event(self, event: QEvent) -> bool:
        """Take Tab where it means something in the text, and keep our keys from shortcuts."""
        if isinstance(event, QKeyEvent):
            if self.isReadOnly():
                return super().event(event)
            if event.type() is QEvent.Type.ShortcutOverride and self._keys.is_own(event):
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and self._tab(event):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what a key does here, or what it does in any text."""
        if self.isReadOnly() or not self._keys.press(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Take what is composed: dead keys, and other ways to write."""
        if not self.isReadOnly() and (event.commitString() or event.preeditString()):
            self._keys.before_input()
        super().inputMethodEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copy what is selected, with the formatting that we know."""
        return clipboard.mime_data(clipboard.selected_blocks(self.textCursor()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Whether something can be pasted or dropped."""
        if dropped_documents(source):  # the window reads them in
            return False
        return self.images.can_take(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste or drop, with the formatting that we know; one undo step."""
        if self.isReadOnly():
            return
        if self.images.can_take(source):
            self.images.take(source)
            return
        cursor = self.textCursor()
        insert_blocks(cursor, clipboard.blocks_from(source))
        self.setTextCursor(cursor)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Give the document its images, from the draft's files and nowhere else."""
        is_image = kind == QTextDocument.ResourceType.ImageResource.value
        return load(QUrl(name), self._keeper) if is_image else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Show the usual menu, and what can be done to the link, table or image here."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        at = self.cursorRect().bottomLeft() if by_key else event.pos()
        clicked = self.cursorForPosition(at)
        selection = self.textCursor()
        if not by_key and not (
            selection.selectionStart() <= clicked.position() <= selection.selectionEnd()
        ):
            self.setTextCursor(clicked)
        menu = self.createStandardContextMenu(at)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self.isReadOnly():
            draw = partial(icon, resources=self._resources, palette=self.palette())
            context_menu.extend(menu, self.commands, self.images, self.textCursor(), draw)
        menu.popup(self.viewport().mapToGlobal(at))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Let the page scroll."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the text, and the bars beside quotations."""
        super().paintEvent(event)
        paint_quotes(self, event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the cursor in view while the editor grows."""
        super().resizeEvent(event)
        self._show_cursor()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow light and dark, and the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._looks.set_palette(self.palette())
            self._looks.rehighlight()
            self._grow()

    @Slot()
    def _tell_change(self) -> None:
        self.state_changed.emit()  # a line may leave its list without the cursor moving
        if self._reader.take_change() and not self._filling:
            self.edited.emit()

    @Slot()
    def _tidy_soon(self) -> None:
        if not self._filling:
            self._tidying.start()

    @Slot()
    def _tidy(self) -> None:
        """Put right the lists around lines that were joined or deleted.

        After an undo everything is as it was, and an edit would throw away what can be redone.
        """
        if not self.document().isRedoAvailable():
            structure.tidy(self.textCursor())

    @Slot()
    def _grow(self) -> None:
        """Be as high as the text, and a line more, so that a new line is in view at once."""
        line = self.fontMetrics().lineSpacing()
        text = max(self.document().size().height() + line, _LEAST_LINES * line + 2 * _MARGIN)
        height = math.ceil(text) + 2 * self.frameWidth()
        if height != self.height():
            self.setFixedHeight(height)

    @Slot()
    def _follow_cursor(self) -> None:
        self.state_changed.emit()
        self._show_cursor()

    def _show_cursor(self) -> None:
        """Scroll the page around the editor to where the cursor is, if one is writing here."""
        if not self.hasFocus():
            return
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        page = parent.widget() if parent is not None else None
        if parent is not None and page is not None:
            rect = self.cursorRect()
            at = self.viewport().mapTo(page, rect.center())
            parent.ensureVisible(at.x(), at.y(), 0, 2 * rect.height())

    def _tab(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        forward = event.key() == Qt.Key.Key_Tab
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self.focusNextPrevChild(forward)
        return self._keys.tab(forward=forward)
