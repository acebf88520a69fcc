"""The disposition: the sections in order, each with a mark for empty, begun or done."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain.outline import Entry, State, reorder
from samverkan_desktop.domain.template import Need
from ui.draft_session import DraftSession

MARKS = {State.EMPTY: "○", State.BEGUN: "◐", State.DONE: "●"}
WORDS = {State.EMPTY: "inte påbörjat", State.BEGUN: "påbörjat", State.DONE: "klart"}
_KEY = Qt.ItemDataRole.UserRole


class OutlinePanel(QWidget):
    """A list to go to a section, and to put the sections in another order by dragging."""

    chosen = Signal(str)

    def __init__(self, session: DraftSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        title = QLabel("&Disposition", self)
        self._list = QListWidget(self)
        self._list.setObjectName("outline")
        self._list.setAccessibleName("Disposition")
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setWordWrap(True)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._list.setSpacing(1)
        title.setBuddy(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 0, 6)
        column.addWidget(title)
        column.addWidget(self._list, 1)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._list.model().rowsMoved.connect(self._reorder, Qt.ConnectionType.QueuedConnection)
        session.collected.connect(self.refresh)
        session.arranged.connect(self.refresh)
        self.refresh()

    def allow_moving(self, *, on: bool) -> None:
        """Let sections be dragged to another place, or not."""
        modes = QAbstractItemView.DragDropMode
        self._list.setDragDropMode(modes.InternalMove if on else modes.NoDragDrop)

    @Slot()
    def refresh(self) -> None:
        """Show the draft's outline; the chosen line stays."""
        entries = self._session.entries
        if self._list.count() != len(entries):
            self._list.clear()
            for _ in entries:
                self._list.addItem(QListWidgetItem())
        for row, entry in enumerate(entries):
            _show(self._list.item(row), entry)

    @Slot(str)
    def set_current(self, key: str) -> None:
        """Mark the section that the cursor is in."""
        for row in range(self._list.count()):
            if self._list.item(row).data(_KEY) == key:
                self._list.setCurrentRow(row)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_KEY))

    @Slot(QModelIndex)
    def _reorder(self) -> None:
        keys = [self._list.item(row).data(_KEY) for row in range(self._list.count())]
        template = self._session.template
        self._session.arrange(lambda draft: reorder(draft, template, keys))


def _show(item: QListWidgetItem, entry: Entry) -> None:
    item.setData(_KEY, entry.key)
    item.setText(f"{MARKS[entry.state]} {entry.heading}")
    asked = ", obligatoriskt" if entry.need is Need.REQUIRED else ""
    hidden = ", dolt i dokumentet" if entry.section.hidden else ""
    words = f"{entry.heading}: {WORDS[entry.state]}{asked}{hidden}"
    item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
    item.setToolTip(words)
    font = item.font()
    font.setItalic(entry.section.hidden)
    font.setStrikeOut(entry.section.hidden)
    item.setFont(font)
