"""Rows of a list on two lines, and headings between them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

# What a row stands for, which a heading has not, and its second line.
ID_ROLE = Qt.ItemDataRole.UserRole
DETAIL_ROLE = Qt.ItemDataRole.UserRole + 1

MARGIN = 6

Index = QModelIndex | QPersistentModelIndex


class TwoLines(QStyledItemDelegate):
    """A row on two lines: its text, and in a quieter colour its details. Headings on one."""

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
