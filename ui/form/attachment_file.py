"""The file of an attachment: chosen once, kept in the library with the draft."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.files import read_bytes
from ui.buttons import flat_button
from ui.draft_session import DraftSession
from ui.labels import ElidedLabel
from ui.messages import MessageStrip

# Pixels for a file's name, however long it is: the attachment's own name needs the room.
NAME_WIDTH = 120


class AttachmentFile(QWidget):
    """Shows the name of the file, or offers to choose one."""

    def __init__(
        self,
        session: DraftSession,
        name: str,
        current: str | None,
        put: Callable[[str | None], None],
    ) -> None:
        super().__init__()
        self._session, self._put, self._file = session, put, current
        self._name = ElidedLabel(self)
        self._name.setMinimumWidth(NAME_WIDTH)
        self._button = flat_button("", self)
        self._button.setAccessibleName(name)
        self._button.clicked.connect(self._act)
        self._strip = MessageStrip(self)
        self._strip.setMinimumWidth(2 * NAME_WIDTH)
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._strip)
        self.setFocusProxy(self._button)
        self._show()

    def _show(self) -> None:
        self._strip.tell("")
        self._name.setText(self._file or "")
        self._name.setVisible(bool(self._file))
        self._button.setText("Ta bort filen" if self._file else "Välj fil…")

    def _act(self) -> None:
        if self._file is not None:
            self._set(None)
            return
        chosen, _ = QFileDialog.getOpenFileName(self, "Välj bilagans fil")
        if not chosen:
            return
        path = Path(chosen)
        try:
            self._set(self._session.add_file(path.name, read_bytes(path)))
        except SamverkanError as error:
            self._strip.tell(str(error))

    def _set(self, file: str | None) -> None:
        self._file = file
        self._put(file)
        self._show()
