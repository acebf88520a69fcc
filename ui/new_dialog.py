"""The dialog that begins a draft: which document type, for whom, under which title."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.template import OrganisationProfile, Template
from samverkan_desktop.settings import Settings
from ui.dialog_buttons import button_box
from ui.labels import quiet_label
from ui.theme import GAP

SIZE = (560, 540)
ROW_PADDING = 8
ID = Qt.ItemDataRole.UserRole
# Keys in the search field that move in the list instead.
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class NewDraftChoice:
    """What a new draft is begun with."""

    template: Template
    profile: OrganisationProfile | None
    title: str


class NewDraftDialog(QDialog):
    """Asks for document type, organisation and title; only the type is needed."""

    def __init__(
        self, catalogue: Catalogue, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._organisation = settings.organisation  # a profile's id, what was chosen last
        self._search = QLineEdit(self)
        self._types = QListWidget(self)
        self._description = quiet_label("", self)
        self._profiles = QComboBox(self)
        self._title = QLineEdit(self)
        self._buttons, self._accept = button_box(self, "&Skapa")
        self._fill()
        self._lay_out()
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
        self._types.currentItemChanged.connect(self._show_type)
        self._types.itemDoubleClicked.connect(self.accept)
        self._profiles.activated.connect(self._remember_organisation)
        self._select_first()
        self._show_type()
        self._search.setFocus()

    @property
    def choice(self) -> NewDraftChoice | None:
        """Return what is chosen now; None while no document type is."""
        template = self._template
        if template is None:
            return None
        profile = self._catalogue.organisations.get(self._profiles.currentData() or "")
        return NewDraftChoice(template, profile, " ".join(self._title.text().split()))

    def accept(self) -> None:
        """Close, if a document type is chosen."""
        if self._template is not None:
            super().accept()

    @property
    def _template(self) -> Template | None:
        item = self._types.currentItem()
        # The stub doesn't say that no item may be current.
        key = "" if item is None or item.isHidden() else item.data(ID)  # type: ignore[redundant-expr]
        return self._catalogue.templates.get(key or "")

    # The list of document types

    def _fill(self) -> None:
        group = ""
        for template in sorted(self._catalogue.templates.values(), key=self._order):
            if template.group != group:
                group = template.group
                self._types.addItem(_group_row(group, self._types))
            self._types.addItem(_type_row(template))

    def _order(self, template: Template) -> tuple[bool, str]:
        """Put the groups that the officer's own administration uses first."""
        fitting = self._catalogue.organisations_for(template.id)
        own = any(profile.id == self._organisation for profile in fitting)
        return (not own, template.group.casefold())

    def _filter(self) -> None:
        words = self._search.text().casefold().split()
        fitting = {
            template.id: template.group
            for template in self._catalogue.templates.values()
            if all(word in _searched(template) for word in words)
        }
        for item in self._rows():
            key = item.data(ID)
            item.setHidden(key not in fitting if key else item.text() not in fitting.values())
        if self._template is None:
            self._select_first()
        self._show_type()

    def _select_first(self) -> None:
        shown = (item for item in self._rows() if item.data(ID) and not item.isHidden())
        first = next(shown, None)
        if first is not None:
            self._types.setCurrentItem(first)

    def _rows(self) -> list[QListWidgetItem]:
        return [self._types.item(row) for row in range(self._types.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the arrow keys move in the list while words are typed above it."""
        if event.type() is QEvent.Type.KeyPress:
            key = cast("QKeyEvent", event)
            if key.key() in MOVES:
                self._types.keyPressEvent(key)
                return True
        return super().eventFilter(watched, event)

    # What goes with the document type

    def _show_type(self) -> None:
        template = self._template
        self._accept.setEnabled(template is not None)
        if template is None:
            nothing = "Ingen dokumenttyp passar sökningen."
            none = "Det finns inga mallar installerade."
            self._description.setText(nothing if self._catalogue.templates else none)
        else:
            self._description.setText(template.description)
        self._show_profiles(template)

    def _show_profiles(self, template: Template | None) -> None:
        fitting = self._catalogue.organisations_for(template.id) if template else []
        self._profiles.clear()
        self._profiles.addItem("Ingen vald", "")
        for profile in fitting:
            self._profiles.addItem(profile.name, profile.id)
        self._profiles.setEnabled(bool(fitting))
        at = self._profiles.findData(self._organisation) if self._organisation else -1
        only = 1 if len(fitting) == 1 else 0
        self._profiles.setCurrentIndex(at if at >= 0 else only)

    def _remember_organisation(self) -> None:
        self._organisation = self._profiles.currentData()

    # Layout

    def _lay_out(self) -> None:
        self.setWindowTitle("Nytt ärende")
        self.resize(*SIZE)
        self._name_things()
        types = QVBoxLayout()
        types.setSpacing(GAP // 2)
        types.addWidget(self._search)
        types.addWidget(self._types, 1)
        types.addWidget(self._description)
        form = QFormLayout()
        form.addRow(_buddy("&Förvaltning", self._profiles), self._profiles)
        form.addRow(_buddy("&Rubrik", self._title), self._title)
        column = QVBoxLayout(self)
        column.setSpacing(GAP)
        column.addWidget(_buddy("&Dokumenttyp", self._search))
        column.addLayout(types, 1)
        column.addLayout(form)
        if self._catalogue.problems:
            column.addWidget(self._problems())
        column.addWidget(self._buttons)

    def _name_things(self) -> None:
        self._search.setObjectName("search")
        self._search.setPlaceholderText("Sök bland dokumenttyperna")
        self._search.setAccessibleName("Sök bland dokumenttyperna")
        self._search.setClearButtonEnabled(True)
        self._types.setObjectName("types")
        self._types.setAccessibleName("Dokumenttyper")
        self._description.setWordWrap(True)
        self._description.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for three lines, so that nothing moves from one type to the next.
        self._description.setMinimumHeight(3 * self._description.fontMetrics().lineSpacing())
        self._profiles.setObjectName("profiles")
        self._title.setObjectName("title")
        self._title.setPlaceholderText("Kan fyllas i senare")

    def _problems(self) -> QLabel:
        problems = [str(problem) for problem in self._catalogue.problems]
        more = f" Och {len(problems) - 1} till." if len(problems) > 1 else ""
        label = quiet_label(f"{problems[0]}{more}", self)
        label.setObjectName("problems")
        label.setWordWrap(True)
        label.setToolTip("\n".join(problems))
        return label


def _group_row(name: str, types: QListWidget) -> QListWidgetItem:
    row = _row(name)
    row.setFlags(Qt.ItemFlag.NoItemFlags)  # the arrow keys pass it by
    row.setForeground(types.palette().text())
    font = types.font()
    font.setBold(True)
    row.setFont(font)
    return row


def _type_row(template: Template) -> QListWidgetItem:
    row = _row(f"    {template.name}")
    row.setData(ID, template.id)
    row.setToolTip(template.description)
    row.setData(Qt.ItemDataRole.AccessibleTextRole, f"{template.name}, {template.group}")
    row.setData(Qt.ItemDataRole.AccessibleDescriptionRole, template.description)
    return row


def _row(text: str) -> QListWidgetItem:
    row = QListWidgetItem(text)
    row.setSizeHint(QSize(0, QFontMetrics(QApplication.font()).lineSpacing() + ROW_PADDING))
    return row


def _searched(template: Template) -> str:
    return f"{template.group} {template.name} {template.description}".casefold()


def _buddy(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(field)
    return label
