"""The lines above a section: its heading, how much is asked for, how far it has come."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from samverkan_desktop.domain.outline import Entry
from samverkan_desktop.domain.template import Need
from ui.buttons import SHOWS, IconButton, flat_button
from ui.labels import embolden, quiet_label

NEED_WORDS = {
    Need.REQUIRED: "Obligatoriskt",
    Need.RECOMMENDED: "Rekommenderas",
    Need.OPTIONAL: "Frivilligt",
}


# Pixels from the arrow's edge to where the heading and all that stands under it begin.
INDENT = 22
_GAP = 4
_LINE_INSET = 2  # pixels that a QLineEdit keeps before its text


class SectionHeader(QWidget):
    """The heading is text to click in and change; small tools stand at the right."""

    fold_requested = Signal(bool)
    heading_edited = Signal(str)
    done_toggled = Signal(bool)
    help_toggled = Signal(bool)

    def __init__(self, entry: Entry, resources: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self._need = NEED_WORDS[entry.need]
        self._arrow = flat_button("", self)
        self._arrow.setFixedWidth(INDENT - _GAP)
        self.heading = _heading_line(self)
        self._facts = quiet_label(parent=self)
        self.done = QCheckBox("Klar", self)
        self._phrases = IconButton("message-square-quote", "Fraser", resources, self)
        self.phrases_menu = self._phrases.open_menu()
        self._more = IconButton("ellipsis", "Mer", resources, self)
        self.more_menu = self._more.open_menu()
        self.help = IconButton("circle-help", "Hjälp", resources, self)
        self.help.setCheckable(True)
        for button in (self._arrow, self.help):
            button.setProperty(SHOWS, True)
        self.help.setVisible(bool(entry.slot and entry.slot.help))
        self._lay_out()
        self._arrow.clicked.connect(lambda: self.fold_requested.emit(not self._open))
        self.heading.textEdited.connect(self.heading_edited)
        self.done.clicked.connect(self.done_toggled)
        self.help.clicked.connect(self.help_toggled)
        self.show_entry(entry)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._arrow, 0, 0)
        grid.addWidget(self.heading, 0, 1)
        tools = (self.done, self._phrases, self.help, self._more)
        for column, widget in enumerate(tools, start=2):
            grid.addWidget(widget, 0, column)
        grid.addWidget(self._facts, 1, 1, 1, len(tools) + 1)
        grid.setColumnStretch(1, 1)

    def show_entry(self, entry: Entry) -> None:
        """Show the section's heading and whether it is done."""
        if self.heading.text() != entry.heading and not self.heading.hasFocus():
            self.heading.setText(entry.heading)
            self.heading.setCursorPosition(0)
        self.done.setChecked(entry.section.done)
        self.done.setAccessibleName(f"Markera som klar: {entry.heading}")
        self.done.setToolTip("Markera avsnittet som klart")
        self._arrow.setAccessibleName(f"Visa eller fäll ihop {entry.heading}")
        self._phrases.set_name(f"Fraser för {entry.heading}")
        self._more.set_name(f"Mer om {entry.heading}")
        self.help.set_name(f"Hjälp om {entry.heading} (F1)")

    def rename(self) -> None:
        """Let what is typed now replace the heading."""
        self.heading.setFocus()
        self.heading.selectAll()

    def set_open(self, on: bool) -> None:
        """Turn the arrow and show what belongs to an open section."""
        self._open = on
        self._arrow.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        for widget in (self.done, self._phrases, self._facts):
            widget.setVisible(on)

    @Slot(int)
    def set_words(self, count: int) -> None:
        """Show the number of words beside how much is asked for."""
        self._facts.setText(f"{self._need} · {count} ord" if count else self._need)


def _heading_line(parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent, frame=False)
    line.setAccessibleName("Avsnittets rubrik")
    line.setToolTip("Klicka för att byta rubrik")
    line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    line.setTextMargins(-_LINE_INSET, 0, 0, 0)
    palette = line.palette()
    palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
    line.setPalette(palette)
    embolden(line, 1.15)
    return line
