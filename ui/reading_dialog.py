"""What a document would become as a draft: shown before it is kept."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.outline import outline
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.text import word_count
from samverkan_desktop.services.importing import ReadResult
from ui.dialog_buttons import button_box
from ui.labels import embolden, quiet_label
from ui.messages import MessageStrip
from ui.theme import GAP, MARGIN

SIZE = (980, 620)
_LONGEST = 400  # characters of a piece that are shown


class ReadingDialog(QDialog):
    """Shows the headings of the draft, and where each piece went; keeps nothing by itself."""

    template_chosen = Signal(str)  # a template's id; `show_read` is to follow, or `show_failure`

    def __init__(
        self, name: str, read: ReadResult, catalogue: Catalogue, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.read, self._catalogue = read, catalogue
        self._focused: QWidget | None = None  # what had the focus before the dialog had to wait
        self.setWindowTitle("Läs in dokument")
        self.resize(*SIZE)
        self.title = title = QLabel(self, wordWrap=True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        embolden(title, 1.15)
        about = quiet_label(f"Ur {name}.", self)
        about.setWordWrap(True)
        self.templates = _template_box(catalogue, self)
        self._certainty = quiet_label("", self)
        self._strip = MessageStrip(self)
        self.contents = _tree(("Ärendets innehåll", "Omfång"), "Ärendets innehåll", self)
        self.places = _tree(("Del", "I dokumentet", "Säkerhet"), "Var allt hamnade", self)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.addWidget(self.contents)
        halves.addWidget(self.places)
        halves.setSizes([360, 620])
        buttons, self._accept = button_box(self, "&Lägg till ärendet")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (title, about):
            column.addWidget(widget)
        column.addLayout(self._template_row())
        column.addWidget(self._strip)
        column.addWidget(halves, 1)
        column.addWidget(buttons)
        self.show_read(read)
        self.templates.activated.connect(self._choose)
        self._accept.setFocus()

    def _template_row(self) -> QHBoxLayout:
        label = QLabel("&Mall", self)
        label.setBuddy(self.templates)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for widget in (label, self.templates, self._certainty):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def show_read(self, read: ReadResult) -> None:
        """Show what the document would become, instead of what was shown before."""
        self.read = read
        report = read.report
        self.title.setText(read.draft.title or "Ärende utan rubrik")
        self.templates.setCurrentIndex(self.templates.findData(report.template))
        self._certainty.setText(f"({report.template_certainty})")
        self._strip.tell(_left_over(len(report.unplaced)))
        for tree in (self.contents, self.places):
            tree.clear()
        _fill_contents(self.contents, read.draft, self._catalogue.template(report.template))
        _fill_places(self.places, read)
        self._wait(waiting=False)

    def show_failure(self, sentence: str) -> None:
        """Say why another template couldn't be taken; what was shown before stays."""
        self.show_read(self.read)
        self._strip.tell(sentence)

    @Slot(int)
    def _choose(self, index: int) -> None:
        template = self.templates.itemData(index)
        if template != self.read.report.template:
            self._wait(waiting=True)
            self.template_chosen.emit(template)

    def _wait(self, *, waiting: bool) -> None:
        """Let nothing be kept, and no other template be chosen, while one is being taken."""
        if waiting:
            self._focused = self.focusWidget()
        for widget in (self._accept, self.templates):
            widget.setEnabled(not waiting)
        if not waiting and self._focused:  # it went elsewhere when its widget couldn't have it
            self._focused.setFocus()
            self._accept.setDefault(True)


def _template_box(catalogue: Catalogue, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName("Mall")
    for template in sorted(catalogue.templates.values(), key=lambda t: (t.group, t.name)):
        box.addItem(f"{template.group}, {template.name}", template.id)
    return box


def _left_over(pieces: int) -> str:
    if not pieces:
        return ""
    what = "En del" if pieces == 1 else f"{pieces} delar"
    return f"{what} av texten hittade ingen plats och läggs i avsnittet Övrigt, sist i ärendet."


def _tree(headings: tuple[str, ...], name: str, parent: QWidget) -> QTreeWidget:
    tree = QTreeWidget(parent)
    tree.setHeaderLabels(headings)
    tree.setAccessibleName(name)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    wide = len(headings) - 2
    header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
    return tree


def _fill_contents(tree: QTreeWidget, draft: Draft, template: Template) -> None:
    for what, size in _contents(draft, template):
        tree.addTopLevelItem(QTreeWidgetItem([what, size]))


def _contents(draft: Draft, template: Template) -> Iterator[tuple[str, str]]:
    """Yield the parts of a draft, and how much they hold."""
    for entry in outline(draft, template):
        if entry.is_decision:
            items = sum(len(group.items) for group in draft.decision)
            yield entry.heading, _count(items, "punkt", "punkter") if items else "saknas"
        elif entry.in_draft:
            yield entry.heading, _count(word_count(entry.section.content), "ord", "ord")
    for what, number in (
        ("Underskrifter", len(draft.signatories)),
        ("Bilagor", len(draft.attachments)),
        ("Attest", len(draft.approvals)),
    ):
        if number:
            yield what, str(number)


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _fill_places(tree: QTreeWidget, read: ReadResult) -> None:
    report = read.report
    _add(tree, "Utan plats: läggs i Övrigt", (("Övrigt", text, "") for text in report.unplaced))
    _add(tree, "Att fylla i", (("Fält", text, "") for text in report.unfilled))
    _add(tree, "Placerat", ((p.where, p.text, str(p.certainty)) for p in report.placed))
    left_out = (
        (_capital(f"{t.why}, sida {t.page}" if t.page else str(t.why)), t.text, "")
        for t in report.taken
    )
    _add(tree, "Inte med i ärendet", left_out)
    _add(tree, "Att veta om filen", ((note, "", "") for note in report.notes))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _add(tree: QTreeWidget, heading: str, rows: Iterable[tuple[str, str, str]]) -> None:
    """Add a group with its rows; no group without rows."""
    group = QTreeWidgetItem([heading])
    alone: list[QTreeWidgetItem] = []  # rows that say nothing but their first column
    for row in rows:
        shown = [" ".join(text.split())[:_LONGEST] for text in row]
        item = QTreeWidgetItem(shown)
        for column, text in enumerate(shown):
            item.setToolTip(column, text)
        group.addChild(item)
        if not any(shown[1:]):
            alone.append(item)
    if group.childCount():
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        tree.addTopLevelItem(group)
        for item in (group, *alone):
            item.setFirstColumnSpanned(True)  # or the column would be as wide as a sentence
        group.setExpanded(True)
