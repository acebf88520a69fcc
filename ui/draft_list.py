"""The list of drafts, two lines for each."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.library_model import DETAIL_ROLE, ID_ROLE, LibraryModel

MARGIN = 6

Index = QModelIndex | QPersistentModelIndex


class DraftList(QListView):
    """Shows a LibraryModel."""

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library-list")
        self.setAccessibleName("Ärenden")
        self.setModel(model)
        self.setItemDelegate(_TwoLines(self))
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


class _TwoLines(QStyledItemDelegate):
    """A draft on two lines: its title, and in a quieter colour its details. Headings on one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of a row."""
        lines = 2 if index.data(ID_ROLE) else 1
        return QSize(0, option.fontMetrics.lineSpacing() * lines + 2 * MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row in the list's own colours."""
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        quiet = role if chosen else QPalette.ColorRole.PlaceholderText
        box = option.rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.save()
        if index.data(ID_ROLE):
            _line(painter, option, box, index.data(), role)
            box.translate(0, option.fontMetrics.lineSpacing())
            _line(painter, option, box, index.data(DETAIL_ROLE), quiet)
        else:
            font = painter.font()
            font.setBold(True)
            painter.setFont(font)
            _line(painter, option, box, index.data(), quiet)
        painter.restore()


def _line(
    painter: QPainter, option: QStyleOptionViewItem, box: QRect, text: str, role: QPalette.ColorRole
) -> None:
    painter.setPen(option.palette.color(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)
