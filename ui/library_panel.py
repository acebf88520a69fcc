"""The library on the left: search, the list of drafts, and the bin."""

from datetime import date, datetime

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.summary import summary_of
from ui.draft_list import DraftList
from ui.labels import quiet_label
from ui.library_model import LibraryModel, Row, grouped, hit_row
from ui.reading import REASON
from ui.two_lines import ID_ROLE

SEARCH_MS = 120


class LibraryPanel(QWidget):
    """All drafts; choosing one opens it."""

    opened = Signal(str)
    new_wanted = Signal()
    duplicate_wanted = Signal(str)
    delete_wanted = Signal(str)
    restore_wanted = Signal(str)
    erase_wanted = Signal(str)
    failed = Signal(str)

    def __init__(self, library: Library, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bin_rule = ""  # a sentence: when what is in the bin is erased
        self._library = library
        self._showing_bin = False
        self.search = QLineEdit(self, placeholderText="Sök bland ärenden", clearButtonEnabled=True)
        self.search.setAccessibleName("Sök bland ärenden")
        self.search.setObjectName("library-search")
        new = QPushButton("+ Nytt", self)
        new.setObjectName("new-draft")
        new.setAccessibleName("Nytt ärende")
        self._model = LibraryModel()
        self._list = DraftList(self._model, self)
        self._remark = quiet_label(parent=self)
        self._remark.setWordWrap(True)
        self._remark.hide()
        self._restore = QPushButton("Återställ ärendet", self)
        self._restore.setObjectName("restore")
        self._restore.hide()
        self._bin = QPushButton("Papperskorg", self)
        self._bin.setCheckable(True)
        self._bin.setFlat(True)
        self._bin.setObjectName("bin")
        self._status = quiet_label(parent=self)
        self._status.setObjectName("backup-state")
        self._status.setWordWrap(True)
        self._status.hide()
        self._lay_out(new)
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self._open_first)
        new.clicked.connect(self.new_wanted)
        self._restore.clicked.connect(self._restore_chosen)
        self._bin.toggled.connect(self._show_bin)
        self._list.selectionModel().currentChanged.connect(self._offer_restore)
        self._list.clicked.connect(self._open)
        self._list.activated.connect(self._open)
        self._list.customContextMenuRequested.connect(self._show_menu)

    def _lay_out(self, new: QPushButton) -> None:
        if not self._library.can_write:
            for button in (new, self._restore):
                button.setEnabled(False)
                button.setToolTip(REASON)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(new)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(top)
        column.addWidget(self._remark)
        column.addWidget(self._list, 1)
        column.addWidget(self._restore)
        column.addWidget(self._bin)
        column.addWidget(self._status)

    @Slot()
    def refresh(self) -> None:
        """Read the library and show what it holds, or what the search finds."""
        words = self.search.text().strip()
        today = date.today()
        try:
            if self._showing_bin:
                rows = [Row(today, summary) for summary in self._library.bin()]
                remark = self.bin_rule if rows else "Papperskorgen är tom."
            elif words:
                rows = [hit_row(hit, today) for hit in self._library.search(words)]
                remark = "" if rows else f"Inget ärende innehåller ”{words}”."
            else:
                rows = grouped(self._library.summaries(), today)
                remark = "" if rows else "Här finns inga ärenden än. Välj + Nytt för att börja."
        except SamverkanError as error:
            self.failed.emit(str(error))
            return
        chosen = self._list.chosen
        self._model.show_rows(rows)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self.mark(chosen)
        self._offer_restore()  # a list that was filled anew has told of no change

    @Slot(object, datetime)
    def show_saved(self, draft: Draft, when: datetime) -> None:
        """Show a draft as it was just saved, without reading the library for it."""
        searching = bool(self.search.text().strip())
        if self._showing_bin or searching:
            return
        if not self._model.replace_row(Row(when.date(), summary_of(draft, when))):
            self.refresh()

    @Slot(str)
    def show_status(self, text: str) -> None:
        """Show at the foot how it stands with the library, such as when it was last backed up."""
        self._status.setText(text)
        self._status.setVisible(bool(text))

    def mark(self, draft_id: str) -> None:
        """Show which draft is open."""
        self._list.choose(draft_id)

    @Slot(bool)
    def _show_bin(self, on: bool) -> None:
        self._showing_bin = on
        self._bin.setText("Tillbaka till ärenden" if on else "Papperskorg")
        self.search.clear()
        self.search.setEnabled(not on)
        self._restore.setVisible(on)
        self.refresh()

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        draft_id = index.data(ID_ROLE)
        if draft_id and not self._showing_bin:
            self.opened.emit(draft_id)

    @Slot()
    def _offer_restore(self) -> None:
        self._restore.setEnabled(bool(self._list.chosen))

    @Slot()
    def _restore_chosen(self) -> None:
        if self._list.chosen:
            self.restore_wanted.emit(self._list.chosen)

    @Slot()
    def _open_first(self) -> None:
        self._timer.stop()
        self.refresh()
        first = self._list.first_draft()
        if first and not self._showing_bin:
            self._list.choose(first)
            self.opened.emit(first)

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        draft_id = self._list.draft_at(at)
        if not draft_id:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._showing_bin:
            menu.addAction("Återställ", lambda: self.restore_wanted.emit(draft_id))
            menu.addSeparator()
            menu.addAction("Radera för gott…", lambda: self.erase_wanted.emit(draft_id))
        else:
            menu.addAction("Öppna", lambda: self.opened.emit(draft_id))
            menu.addAction("Duplicera", lambda: self.duplicate_wanted.emit(draft_id))
            menu.addSeparator()
            menu.addAction("Flytta till papperskorgen", lambda: self.delete_wanted.emit(draft_id))
        for action in menu.actions():
            action.setEnabled(self._library.can_write or action.text() == "Öppna")
        menu.popup(self._list.viewport().mapToGlobal(at))
