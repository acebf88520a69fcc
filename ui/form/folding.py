"""A titled group that folds away to one line."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.buttons import SHOWS, flat_button
from ui.labels import embolden, quiet_label


class Folding(QWidget):
    """A header line with an arrow, and content that it shows or hides."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._title, self._summary_text = title, ""
        self.header = flat_button(title, self)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header.setProperty(SHOWS, True)
        embolden(self.header)
        self._summary = quiet_label(parent=self)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.addWidget(self.header)
        row.addWidget(self._summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(content)
        self.header.clicked.connect(self._toggle)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return not self._content.isHidden()

    def set_open(self, on: bool) -> None:
        """Show or hide the content."""
        self._content.setVisible(on)
        self.header.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.header.setAccessibleName(f"{self._title}, {'visas' if on else 'hopfälld'}")
        self._summary.setText("" if on else self._summary_text)

    def set_summary(self, text: str) -> None:
        """Say on the header line what the folded content holds."""
        self._summary_text = text
        self._summary.setText("" if self.is_open else text)

    @Slot()
    def _toggle(self) -> None:
        self.set_open(not self.is_open)
