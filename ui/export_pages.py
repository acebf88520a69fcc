"""The three pages of the export dialog: what to write, writing, what was written."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain.checks import Finding
from ui.export_choice import ExportChoice
from ui.labels import embolden, quiet_label
from ui.theme import GAP, MARGIN, TIGHT

W = TypeVar("W", bound=QWidget)

# Rows of findings that are seen without scrolling.
FINDINGS_SEEN = 5


class ChoicePage(QWidget):
    """Format, folder and file name, checked while they are typed."""

    changed = Signal()

    def __init__(
        self, name: str, folder: Path, findings: Sequence[Finding], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.word = _check_box("&Word-dokument (.docx)", "word", self)
        self.pdf = _check_box("&PDF, klar att skriva under (.pdf)", "pdf", self)
        self.carry = _check_box(
            "Ä&rendet följer med, så att Word-filen kan läsas in", "carry", self
        )
        self.carry.setToolTip(
            "Dolda avsnitt följer också med. Avmarkera för en fil som publiceras."
        )
        self.folder = _named(QLineEdit(str(folder), self), "folder")
        self._browse = _named(QPushButton("&Bläddra…", self), "browse")
        self.name = _named(QLineEdit(name, self), "name")
        self._note = quiet_label("", self)
        self._note.setObjectName("note")
        self._note.setWordWrap(True)
        self._lay_out(findings)
        for box in (self.word, self.pdf):
            box.toggled.connect(self._check)
        for field in (self.folder, self.name):
            field.textChanged.connect(self._check)
        self._browse.clicked.connect(self._ask_for_folder)
        self._check()

    @property
    def choice(self) -> ExportChoice:
        """Return what is chosen now."""
        folder = Path(self.folder.text().strip()).expanduser()
        formats = self.word.isChecked(), self.pdf.isChecked()
        return ExportChoice(folder, self.name.text(), *formats, self.carry.isChecked())

    def _check(self) -> None:
        choice = self.choice
        self.carry.setEnabled(choice.word)
        self._note.setText(choice.problem or choice.note)
        role = QPalette.ColorRole
        self._note.setForegroundRole(role.WindowText if choice.problem else role.PlaceholderText)
        self.changed.emit()

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, "Välj mapp", self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.folder.setText(str(Path(path))))
        dialog.open()

    def _lay_out(self, findings: Sequence[Finding]) -> None:
        formats = QHBoxLayout()
        formats.setSpacing(MARGIN)
        formats.addWidget(self.word)
        formats.addWidget(self.pdf)
        formats.addStretch()
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self._browse)
        form = QFormLayout()
        form.addRow("Format", formats)
        form.addRow("", self.carry)
        form.addRow(_buddy("&Mapp", self.folder), place)
        form.addRow(_buddy("&Filnamn", self.name), self.name)
        form.addRow("", self._note)
        # Room for two lines, so that nothing moves when they come.
        self._note.setMinimumHeight(2 * self._note.fontMetrics().lineSpacing())
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)  # room for the focus ring
        column.addLayout(form)
        if findings:
            column.addLayout(_findings(findings, self), 1)
        else:
            column.addStretch()


class RunPage(QWidget):
    """How far the writing has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setAccessibleName("Så långt har exporten kommit")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch()
        column.addWidget(self._label)
        column.addWidget(self._bar)
        column.addStretch()

    def begin(self, files: Sequence[Path]) -> None:
        """Show that these files are being written."""
        self._label.setText(f"Skriver {_listed(path.name for path in files)} …")
        self._bar.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it has come."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def show_stopping(self) -> None:
        """Show that it is being stopped."""
        self._label.setText("Avbryter …")


class DonePage(QWidget):
    """The files that were written, to be opened or shown in their folder."""

    open_wanted = Signal(Path)
    folder_wanted = Signal(Path)

    def __init__(self, files: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel("Klart!", self)
        embolden(heading, 1.2)
        where = quiet_label(f"I mappen {files[0].parent}", self)
        where.setWordWrap(True)
        rows = QGridLayout()
        rows.setColumnStretch(0, 1)
        for row, path in enumerate(files):
            name = QLabel(path.name, self, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
            rows.addWidget(name, row, 0)
            for column, (text, wanted) in enumerate(
                (("Öppna", self.open_wanted), ("Visa i mapp", self.folder_wanted)), 1
            ):
                button = _named(QPushButton(text, self), f"{text} {path.suffix}")
                button.setAccessibleName(f"{text}: {path.name}")
                button.setAutoDefault(False)
                button.clicked.connect(lambda _on, w=wanted, p=path: w.emit(p))
                rows.addWidget(button, row, column)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(TIGHT, TIGHT, TIGHT, TIGHT)
        column_of_all.setSpacing(GAP)
        column_of_all.addWidget(heading)
        column_of_all.addWidget(where)
        column_of_all.addLayout(rows)
        column_of_all.addStretch()


def _findings(findings: Sequence[Finding], parent: QWidget) -> QVBoxLayout:
    count = len(findings)
    title = QLabel(
        f"&Kontrollen har {count} {'påpekande' if count == 1 else 'påpekanden'} om innehållet",
        parent,
    )
    listed = _named(QListWidget(parent), "findings")
    listed.setWordWrap(True)
    listed.setSpacing(TIGHT // 2)
    listed.setSelectionMode(QListWidget.SelectionMode.NoSelection)
    listed.addItems([finding.message for finding in findings])
    line = listed.fontMetrics().lineSpacing()
    listed.setMinimumHeight(min(count + 1, FINDINGS_SEEN) * (line + TIGHT))
    title.setBuddy(listed)
    column = QVBoxLayout()
    column.addWidget(title)
    column.addWidget(listed, 1)
    return column


def _check_box(text: str, name: str, parent: QWidget) -> QCheckBox:
    box = _named(QCheckBox(text, parent), name)
    box.setChecked(True)
    return box


def _named(widget: W, name: str) -> W:
    """Give a widget its object name, by which tests find it."""
    widget.setObjectName(name)
    return widget


def _buddy(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(field)
    return label


def _listed(names: Iterable[str]) -> str:
    return " och ".join(names)
