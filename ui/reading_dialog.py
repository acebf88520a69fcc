"""What a document would become as a draft: shown before it is kept."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

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

    def __init__(
        self, name: str, read: ReadResult, template: Template, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Läs in dokument")
        self.resize(*SIZE)
        report = read.report
        self.title = title = QLabel(read.draft.title or "Ärende utan rubrik", self, wordWrap=True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        embolden(title, 1.15)
        about = quiet_label(
            f"Ur {name}. Mall: {report.template_name} ({report.template_certainty}).", self
        )
        about.setWordWrap(True)
        strip = MessageStrip(self)
        strip.tell(_left_over(len(report.unplaced)))
        self.contents = _tree(("Ärendets innehåll", "Omfång"), "Ärendets innehåll", self)
        self.places = _tree(("Del", "I dokumentet", "Säkerhet"), "Var allt hamnade", self)
        _fill_contents(self.contents, read.draft, template)
        _fill_places(self.places, read)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.addWidget(self.contents)
        halves.addWidget(self.places)
        halves.setSizes([360, 620])
        buttons, self._accept = button_box(self, "&Lägg till ärendet")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for widget in (title, about, strip):
            column.addWidget(widget)
        column.addWidget(halves, 1)
        column.addWidget(buttons)
        self._accept.setFocus()


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
    for row in rows:
        shown = [" ".join(text.split())[:_LONGEST] for text in row]
        item = QTreeWidgetItem(shown)
        for column, text in enumerate(shown):
            item.setToolTip(column, text)
        group.addChild(item)
    if group.childCount():
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        tree.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        group.setExpanded(True)
