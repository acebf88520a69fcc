"""The list of drafts, two lines for each."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QListView, QWidget

from ui.library_model import LibraryModel
from ui.two_lines import ID_ROLE, TwoLines


class DraftList(QListView):
    """Shows a LibraryModel."""

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library-list")
        self.setAccessibleName("Ärenden")
        self.setModel(model)
        self.setItemDelegate(TwoLines(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._drafts = model

    @property
    def chosen(self) -> str:
        """Return the id of the chosen draft, or an empty string."""
        return str(self.currentIndex().data(ID_ROLE) or "")

    def choose(self, draft_id: str) -> None:
        """Mark a draft as chosen; none when it isn't in the list."""
        row = self._drafts.row_of(draft_id) if draft_id else -1
        self.setCurrentIndex(self._drafts.index(row, 0) if row >= 0 else QModelIndex())

    def draft_at(self, point: QPoint) -> str:
        """Return the id of the draft at a point of the viewport, or an empty string."""
        return str(self.indexAt(point).data(ID_ROLE) or "")

    def first_draft(self) -> str:
        """Return the id of the first draft in the list, or an empty string."""
        indexes = (self._drafts.index(row, 0) for row in range(self._drafts.rowCount()))
        return next((str(index.data(ID_ROLE)) for index in indexes if index.data(ID_ROLE)), "")
