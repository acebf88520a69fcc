"""How changes are shown, and the way from one to the next."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QWidget,
)

from ui.compare.layout import View
from ui.labels import quiet_label
from ui.theme import GAP


class ChangeBar(QWidget):
    """A line over the changes. F8 goes to the next one, Shift+F8 to the one before."""

    view_chosen = Signal(View)
    whole_wanted = Signal(bool)
    next_wanted = Signal()
    previous_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._beside = QRadioButton("&Bredvid varandra", self)
        self._inline = QRadioButton("&I löpande text", self)
        self._views = QButtonGroup(self)
        self._whole = QCheckBox("&Visa oförändrad text", self)
        self._count = quiet_label(parent=self)
        self._count.setObjectName("count")
        self._previous = self._button("F&öregående", "Föregående ändring", "Skift+F8")
        self._next = self._button("&Nästa", "Nästa ändring", "F8")
        QShortcut(QKeySequence("Shift+F8"), parent, self.previous_wanted.emit)
        QShortcut(QKeySequence("F8"), parent, self.next_wanted.emit)
        self._beside.setChecked(True)
        self._lay_out()
        self._views.buttonClicked.connect(self._choose_view)
        self._whole.toggled.connect(self.whole_wanted)
        self._previous.clicked.connect(self.previous_wanted)
        self._next.clicked.connect(self.next_wanted)

    def show_place(self, current: int, count: int, heading: str) -> None:
        """Tell which change is shown, counted from 0, of how many, and a screen reader where."""
        told = f"Ändring {current + 1} av {count}" if count else "Inga ändringar"
        self._count.setText(told)
        QAccessible.updateAccessibility(
            QAccessibleAnnouncementEvent(self._count, f"{told}, {heading}" if heading else told)
        )
        self._previous.setEnabled(current > 0)
        self._next.setEnabled(current + 1 < count)

    def _button(self, text: str, name: str, key: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({key})")
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for choice in (self._beside, self._inline):
            self._views.addButton(choice)
            row.addWidget(choice)
        row.addWidget(self._whole)
        row.addStretch(1)
        for widget in (self._count, self._previous, self._next):
            row.addWidget(widget)

    @Slot()
    def _choose_view(self) -> None:
        self.view_chosen.emit(View.BESIDE if self._beside.isChecked() else View.INLINE)
