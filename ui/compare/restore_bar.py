"""The ways back to an earlier version, whole or one section of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.theme import GAP


class RestoreBar(QWidget):
    """The line under the changes: what can be taken back, and the way out."""

    version_wanted = Signal()
    section_wanted = Signal()
    closing_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._version, self._section = QPushButton(self), QPushButton(self)
        self._version.setObjectName("restore-version")
        self._section.setObjectName("restore-section")
        close = QPushButton("&Stäng", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._version)
        row.addWidget(self._section)
        row.addStretch(1)
        row.addWidget(close)
        for button, signal in (
            (self._version, self.version_wanted),
            (self._section, self.section_wanted),
            (close, self.closing_wanted),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(signal)
        self.offer(None, None)

    def offer(self, version: int | None, section: str | None) -> None:
        """Offer a version by its number, and one of its sections by its heading, or neither."""
        self._version.setVisible(version is not None)
        self._version.setText(f"Återställ &hela version {version}…")
        self._section.setVisible(section is not None)
        self._section.setText("Återställ &avsnittet")
        self._section.setAccessibleName(f"Återställ avsnittet {section}")
        self._section.setToolTip(
            f"Avsnittet ”{section}” blir som i version {version}."
            " Det som står nu sparas som en version."
        )
