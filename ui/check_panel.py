"""What is to be seen to before the draft is sent: a list, each line a way to its place."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.labels import quiet_label

if TYPE_CHECKING:  # the rules are loaded when the first draft is checked, not at the start
    from samverkan_desktop.domain.checks import Finding

Index = QModelIndex | QPersistentModelIndex

HEADINGS = {
    "error": "Måste rättas",
    "warning": "Bör ses över",
    "hint": "Tips",
}
# Pixels above and under the text of a line, together.
AIR = 10
_PLACE = Qt.ItemDataRole.UserRole


class CheckPanel(QWidget):
    """The findings of a draft, the gravest first."""

    chosen = Signal(str, str)  # section key and block id; empty where the finding has none
    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Sequence[Finding] = ()
        self._remark = quiet_label(parent=self)
        self._remark.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setObjectName("findings")
        self._list.setAccessibleName("Kontroll")
        self._list.setWordWrap(True)
        self._list.setItemDelegate(_Airy(self._list))
        self._list.setAlternatingRowColors(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setResizeMode(QListWidget.ResizeMode.Adjust)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._remark)
        column.addWidget(self._list, 1)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self.clear()

    def clear(self) -> None:
        """Show that no draft is open."""
        self._fill((), {}, "Här visas vad som behöver rättas i ärendet.")

    def show_findings(self, findings: "Sequence[Finding]", headings: Mapping[str, str]) -> None:
        """Show findings; `headings` are the sections' names by key."""
        if findings != self._shown:
            self._fill(findings, headings, "" if findings else "Inget att rätta till.")

    def _fill(
        self, findings: "Sequence[Finding]", headings: Mapping[str, str], remark: str
    ) -> None:
        self._shown = findings
        self._list.clear()
        severity = None
        for finding in findings:
            if finding.severity != severity:
                severity = finding.severity
                self._list.addItem(_heading(HEADINGS[severity]))
            self._list.addItem(_line(finding, headings))
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self._list.setVisible(bool(findings))
        self.counted.emit(len(findings))

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        place = item.data(_PLACE)
        if place is not None:
            self.chosen.emit(*place)


class _Airy(QStyledItemDelegate):
    """Gives every line some air; a list's own spacing would count twice when lines are broken."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        """Return the size of a line."""
        return super().sizeHint(option, index) + QSize(0, AIR)


def _heading(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = item.font()
    font.setBold(True)
    item.setFont(font)
    return item


def _line(finding: "Finding", headings: Mapping[str, str]) -> QListWidgetItem:
    where = headings.get(finding.section or "", "")
    item = QListWidgetItem(f"{where}: {finding.message}" if where else finding.message)
    item.setData(_PLACE, (finding.section or "", finding.block or ""))
    item.setToolTip("Gå till stället")
    return item
