"""The versions of the shown draft: a list, the newest first, and what can be done with one."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain.version import Reason, Version
from ui.labels import quiet_label
from ui.two_lines import DETAIL_ROLE, ID_ROLE, TwoLines

_NO_DRAFT = "Här visas tidigare versioner av ärendet."
_NO_VERSIONS = "Den första versionen sparas när du börjar skriva."


class HistoryPanel(QWidget):
    """Shows versions, and asks for what the user wants with them."""

    naming_wanted = Signal(str)
    comparing_wanted = Signal(int)  # a version's number
    restoring_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_write = True
        self.name = QLineEdit(self, placeholderText="Namn på en version, t.ex. Efter mötet")
        self.name.setObjectName("version-name")
        self.name.setAccessibleName("Namn på versionen")
        self._keep = QPushButton("Spara version", self)
        self._keep.setObjectName("keep-version")
        self._remark = quiet_label(_NO_DRAFT, self)
        self._remark.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setObjectName("versions")
        self._list.setAccessibleName("Versioner")
        self._list.setItemDelegate(TwoLines(self._list))
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._compare = QPushButton("Jämför med nu", self)
        self._compare.setObjectName("compare-version")
        self._restore = QPushButton("Återställ", self)
        self._restore.setObjectName("restore-version")
        self._restore.setToolTip(
            "Ärendet blir som i versionen; det som står nu sparas som version."
        )
        self.setFocusProxy(self._list)
        self._lay_out()
        self._connect()
        self.clear()

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self._keep)
        bottom.addWidget(self._compare)
        bottom.addWidget(self._restore)
        bottom.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(top)
        column.addWidget(self._remark)
        column.addWidget(self._list, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self._keep.clicked.connect(self._ask_for_naming)
        self.name.returnPressed.connect(self._ask_for_naming)
        self._list.currentItemChanged.connect(self._enable)
        self._list.itemActivated.connect(lambda: self.comparing_wanted.emit(self.chosen))
        self._compare.clicked.connect(lambda: self.comparing_wanted.emit(self.chosen))
        self._restore.clicked.connect(lambda: self.restoring_wanted.emit(self.chosen))

    @property
    def chosen(self) -> int:
        """Return the number of the chosen version, 0 when none is."""
        return int(self._list.currentIndex().data(ID_ROLE) or 0)

    def clear(self) -> None:
        """Show that no draft is open."""
        self._fill((), date.today(), _NO_DRAFT)
        self._set_usable(on=False)

    def show_versions(self, versions: Sequence[Version], today: date) -> None:
        """Show a draft's versions, given the oldest first."""
        chosen = self.chosen
        self._fill(versions, today, "" if versions else _NO_VERSIONS)
        self._set_usable(on=True)
        for row in range(self._list.count()):
            if chosen and self._list.item(row).data(ID_ROLE) == chosen:
                self._list.setCurrentRow(row)

    def _fill(self, versions: Sequence[Version], today: date, remark: str) -> None:
        self._list.clear()
        day: date | None = None
        for version in reversed(versions):
            at = version.at.astimezone().date()
            if at != day:
                day = at
                self._list.addItem(_heading(day_name(at, today)))
            self._list.addItem(_row(version))
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self._list.setVisible(bool(versions))
        self._enable()

    def allow_reading_only(self, reason: str) -> None:
        """Show versions and compare them, but keep and restore none."""
        self._can_write = False
        for button in (self._keep, self._restore):
            button.setToolTip(reason)

    def _set_usable(self, *, on: bool) -> None:
        for widget in (self.name, self._keep):
            widget.setEnabled(on and self._can_write)

    @Slot()
    def _enable(self) -> None:
        self._compare.setEnabled(bool(self.chosen))
        self._restore.setEnabled(bool(self.chosen) and self._can_write)

    @Slot()
    def _ask_for_naming(self) -> None:
        self.naming_wanted.emit(self.name.text().strip())
        self.name.clear()


def day_name(day: date, today: date) -> str:
    """Return a day as people say it."""
    if day == today:
        return "I dag"
    return "I går" if day == today - timedelta(days=1) else day.isoformat()


def _heading(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _row(version: Version) -> QListWidgetItem:
    named = version.reason is Reason.NAMED
    what = f"”{version.note}”" if named and version.note else version.why
    item = QListWidgetItem(f"{version.at.astimezone():%H.%M} {what}")
    detail = f"Version {version.number} · {version.author}"
    item.setData(ID_ROLE, version.number)
    item.setData(DETAIL_ROLE, detail)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {detail}")
    item.setToolTip(f"{item.text()}\n{detail}")
    return item
