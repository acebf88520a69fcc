"""Chooses which two versions of a draft are compared."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from samverkan_desktop.domain.version import Reason, Version
from ui.theme import GAP

# What stands for the draft as it is now, in place of a version's number.
NOW = None


class VersionChoice(QWidget):
    """Two lists of versions; the last in each is the draft as it is now."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._old = _box("old", "Version att jämföra från", self)
        self._new = _box("new", "Version att jämföra till", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for text, box in (("&Från", self._old), ("&Till", self._new)):
            label = QLabel(text, self)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box, 1)
            box.activated.connect(self.changed)

    @property
    def chosen(self) -> tuple[int | None, int | None]:
        """Return the numbers of the versions chosen; None is the draft as it is now."""
        return self._old.currentData(), self._new.currentData()

    def show_versions(self, versions: Sequence[Version]) -> None:
        """Offer these, the oldest first; what was chosen stays so if it is there.

        Else the last version and the draft as it is now are.
        """
        numbers = [version.number for version in versions]
        last = numbers[-1] if numbers else NOW
        old, new = self.chosen if self._old.count() else (last, NOW)
        for box in (self._old, self._new):
            box.clear()
            for version in versions:
                box.addItem(version_name(version), version.number)
            box.addItem("Nu", NOW)
        self.choose(old if old in numbers else last, new if new in numbers else NOW)

    def choose(self, old: int | None, new: int | None) -> None:
        """Choose two versions by their numbers, as if the user did, but in silence."""
        for box, number in ((self._old, old), (self._new, new)):
            numbers = [box.itemData(index) for index in range(box.count())]
            box.setCurrentIndex(numbers.index(number))


def version_name(version: Version) -> str:
    """Return what a version is called in a list: its number, time, author and reason."""
    named = version.reason is Reason.NAMED and version.note
    why = f"”{version.note}”" if named else version.why.rstrip(":")
    at = f"{version.at.astimezone():%Y-%m-%d %H.%M}"
    return " · ".join(
        part for part in (f"Version {version.number}", at, version.author, why) if part
    )


def _box(name: str, told: str, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setObjectName(name)
    box.setAccessibleName(told)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(20)
    return box
