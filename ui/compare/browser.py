"""Shows a page of changes and goes from one to the next."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QPalette, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from samverkan_desktop.domain.comparing import Comparison, Stop
from ui.compare.colours import colours_of
from ui.compare.layout import Fold, View
from ui.compare.page import Page

# How much of the window stays above the change that is shown.
_ABOVE = 0.25


class ChangeBrowser(QTextBrowser):
    """A page of changes; one of them is the current one, marked at its left edge."""

    moved = Signal(int)  # the number of the current change, from 0; -1 when there is none
    restore_wanted = Signal(int)  # the number of a part

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        # A screen reader follows the text cursor, which stands at the current change.
        by_key = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(self.textInteractionFlags() | by_key)
        self.setAccessibleName("Ändringar")
        self._page = Page(Comparison(()), View.BESIDE, colours_of(self.palette()))
        self._stops: tuple[Stop, ...] = ()
        self._places: dict[int, list[int]] = {}
        self.current = -1
        self.anchorClicked.connect(self._follow)

    @property
    def stops(self) -> tuple[Stop, ...]:
        """Return the changes."""
        return self._stops

    def show_comparison(self, comparison: Comparison, *, restorable: bool) -> None:
        """Show what differs, from the change of the current number on."""
        self._stops = comparison.stops()
        self._page = replace(
            self._page, comparison=comparison, restorable=restorable, opened=frozenset()
        )
        self._draw()
        self.go_to(min(max(self.current, 0), len(self._stops) - 1))

    def show_as(self, view: View) -> None:
        """Show the versions beside each other or in one text."""
        self._redraw(replace(self._page, view=view))

    @Slot(bool)
    def show_whole(self, on: bool) -> None:
        """Show also what hasn't changed."""
        self._redraw(replace(self._page, whole=on, opened=frozenset()))

    @Slot()
    def go_next(self) -> None:
        """Go to the next change."""
        self.go_to(self.current + 1)

    @Slot()
    def go_previous(self) -> None:
        """Go to the change before."""
        self.go_to(self.current - 1)

    def go_to(self, number: int) -> None:
        """Make a change the current one and show it, if there is one of that number."""
        if number in range(len(self._stops)):
            self.current = number
            self._mark()
            self._scroll_to(self._places[number][0])
        elif not self._stops:
            self.current = -1
        self.moved.emit(self.current)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._stops:
            self._redraw(replace(self._page, colours=colours_of(self.palette())))

    def _redraw(self, page: Page) -> None:
        if page != self._page:
            self._page = page
            self._draw()
            self.go_to(self.current)

    def _draw(self) -> None:
        self.setHtml(self._page.html())
        self._places = self._find_places()

    def _find_places(self) -> dict[int, list[int]]:
        """Return where the signs of each change stand in the text."""
        found: dict[int, list[int]] = {}
        block = self.document().begin()
        while block.isValid():
            fragments = block.begin()
            if not fragments.atEnd():
                fragment = fragments.fragment()
                for name in fragment.charFormat().anchorNames():
                    if name.startswith("s"):
                        found.setdefault(int(name[1:]), []).append(fragment.position())
            block = block.next()
        return found

    def _mark(self) -> None:
        marks = []
        for position in self._places.get(self.current, ()):
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(position)
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            mark.cursor = cursor
            form = mark.format
            form.setBackground(self.palette().brush(QPalette.ColorRole.Highlight))
            form.setForeground(self.palette().brush(QPalette.ColorRole.HighlightedText))
            mark.format = form
            marks.append(mark)
        self.setExtraSelections(marks)

    def _scroll_to(self, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - int(height * _ABOVE))

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        kind, *numbers = link.toString().split(":")
        match kind, list(map(int, numbers)):
            case "fold", [part, first, last]:
                self._open(Fold(part, first, last))
            case "restore", [part]:
                self.restore_wanted.emit(part)
            case _:
                self.scrollToAnchor(kind)

    def _open(self, fold: Fold) -> None:
        at = self.verticalScrollBar().value()
        self._page = replace(self._page, opened=self._page.opened | {fold})
        self._draw()
        self._mark()
        self.verticalScrollBar().setValue(at)
