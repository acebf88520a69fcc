"""The editor's dialogs: a link, a new table, an image. Each is shown with `open()`."""

from itertools import pairwise

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.editor.marking import full_address

_PREVIEW = 260  # pixels


class EditorDialog(QDialog):
    """A form with a line that explains, a button that does it, and Avbryt."""

    def __init__(self, title: str, do: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.form = QFormLayout()
        self._note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note.setObjectName("note")
        self.buttons = QDialogButtonBox(self)
        self._do = self.buttons.addButton(do, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton("Avbryt", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(self.form)
        column.addWidget(self._note)
        column.addWidget(self.buttons)

    def set_order(self, *fields: QWidget) -> None:
        """Let Tab go through the fields and then to the buttons, from the first field on."""
        chain = (*fields, *self.buttons.buttons())
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)
        fields[0].setFocus()

    def show_state(self, *, ready: bool, note: str) -> None:
        """Say whether the form can be accepted as it is, and what there is to know."""
        self._do.setEnabled(ready)
        self._note.setText(note)


class LinkDialog(EditorDialog):
    """Where a link goes and, unless text is selected, what it says."""

    def __init__(self, link: str | None, text: str | None, parent: QWidget) -> None:
        super().__init__("Länk", "Infoga" if link is None else "Ändra", parent)
        self._text = QLineEdit(self)
        self._text.setObjectName("link-text")
        self._address = QLineEdit(link or "", self)
        self._address.setObjectName("link-address")
        self._address.setPlaceholderText("https://… eller namn@exempel.se")
        self.removed = False
        if text is None:
            self.form.addRow("&Text:", self._text)
        else:
            self._text.setText(text)
            self._text.hide()
        self.form.addRow("&Adress:", self._address)
        if link is not None:
            button = QPushButton("Ta &bort länken", self)
            button.setObjectName("remove-link")
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.DestructiveRole)
            button.clicked.connect(self._remove)
        self.set_order(*((self._text,) if text is None else ()), self._address)
        self.setMinimumWidth(420)
        self._address.textChanged.connect(self._check)
        self._check()

    @property
    def address(self) -> str | None:
        """Return where the link goes; None when it is to be removed."""
        return None if self.removed else full_address(self._address.text())

    @property
    def text(self) -> str:
        """Return what the link says: the address, if nothing else was given."""
        return self._text.text().strip() or self._address.text().strip()

    @Slot()
    def _check(self) -> None:
        typed = self._address.text().strip()
        ready = full_address(typed) is not None
        wrong = "" if ready or not typed else "En länk går till en webbadress eller e-postadress."
        self.show_state(ready=ready, note=wrong)

    @Slot()
    def _remove(self) -> None:
        self.removed = True
        self.accept()


class TableDialog(EditorDialog):
    """The size and the caption of a new table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Tabell", "Infoga", parent)
        self._rows = self._number("table-rows", 3, 200)
        self._columns = self._number("table-columns", 3, 20)
        self._caption = QLineEdit(self)
        self._caption.setObjectName("table-caption")
        self._caption.setPlaceholderText("Vad tabellen visar (kan lämnas tomt)")
        self.form.addRow("&Rader, med rubrikraden:", self._rows)
        self.form.addRow("&Kolumner:", self._columns)
        self.form.addRow("&Tabelltext:", self._caption)
        self.show_state(
            ready=True, note="Första raden blir rubrikrad och upprepas på varje ny sida."
        )
        self.setMinimumWidth(420)
        self.set_order(self._rows, self._columns, self._caption)

    @property
    def rows(self) -> int:
        """Return the number of rows, the header among them."""
        return self._rows.value()

    @property
    def columns(self) -> int:
        """Return the number of columns."""
        return self._columns.value()

    @property
    def caption(self) -> str:
        """Return the caption, which may be empty."""
        return self._caption.text().strip()

    def _number(self, name: str, value: int, most: int) -> QSpinBox:
        box = QSpinBox(self)
        box.setObjectName(name)
        box.setRange(1, most)
        box.setValue(value)
        return box


class ImageDialog(EditorDialog):
    """What an image shows, in words (required), and its caption."""

    def __init__(self, image: QImage, alt: str, caption: str | None, parent: QWidget) -> None:
        super().__init__("Bild", "Infoga" if caption is not None else "Ändra", parent)
        preview = QLabel(self)
        preview.setPixmap(_preview(image))
        preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        preview.setAccessibleName("Förhandsvisning av bilden")
        self._alt = QLineEdit(alt, self)
        self._alt.setObjectName("image-alt")
        self._alt.setPlaceholderText("Till exempel: Karta över planområdet vid Storgatan")
        self._caption = QLineEdit(caption or "", self)
        self._caption.setObjectName("image-caption")
        self._caption.setPlaceholderText("Skrivs ut under bilden (kan lämnas tomt)")
        self.form.addRow(preview)
        self.form.addRow("&Alternativtext:", self._alt)
        self.form.addRow("Bild&text:", self._caption)
        self.form.setRowVisible(self._caption, caption is not None)
        self.setMinimumWidth(480)
        self._alt.textChanged.connect(self._check)
        self._check()
        self.set_order(self._alt, self._caption)

    @property
    def alt(self) -> str:
        """Return what the image shows."""
        return self._alt.text().strip()

    @property
    def caption(self) -> str:
        """Return the caption, which may be empty."""
        return self._caption.text().strip()

    @Slot()
    def _check(self) -> None:
        why = (
            "Alternativtexten läses upp för den som inte ser bilden. "
            "Utan den uppfyller dokumentet inte lagen om tillgänglighet."
        )
        self.show_state(ready=bool(self.alt), note=why)


def _preview(image: QImage) -> QPixmap:
    shown = QPixmap.fromImage(image)
    if max(shown.width(), shown.height()) > _PREVIEW:
        shown = shown.scaled(
            _PREVIEW,
            _PREVIEW,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return shown
