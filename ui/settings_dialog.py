"""The officer's own data and choices; what IT has decided is shown but can't be changed."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Officer
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.files import Folders
from samverkan_desktop.settings import (
    Appearance,
    Settings,
    load_settings,
    locked_keys,
    save_settings,
)
from ui.dialog_buttons import button_box
from ui.messages import MessageStrip

_APPEARANCES = {
    Appearance.SYSTEM: "Som systemet",
    Appearance.LIGHT: "Ljust",
    Appearance.DARK: "Mörkt",
}


class SettingsDialog(QDialog):
    """Shows the settings in force; "Spara" writes the user's file."""

    def __init__(
        self, folders: Folders, catalogue: Catalogue, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Inställningar")
        self._folders = folders
        self.settings = load_settings(folders)
        self._locked = locked_keys(folders)
        officer = self.settings.officer
        self._name = QLineEdit(officer.name)
        self._role = QLineEdit(officer.role)
        self._phone = QLineEdit(officer.phone)
        self._email = QLineEdit(officer.email)
        profiles = sorted(catalogue.organisations.values(), key=lambda profile: profile.name)
        self._organisations = ["", *(profile.id for profile in profiles)]
        self._organisation = _choice(("Ingen vald", *(profile.name for profile in profiles)))
        if self.settings.organisation in self._organisations:
            self._organisation.setCurrentIndex(
                self._organisations.index(self.settings.organisation)
            )
        self._appearance = _choice(_APPEARANCES.values())
        self._appearance.setCurrentIndex(list(_APPEARANCES).index(self.settings.appearance))
        self._anchors = QCheckBox("Sökbar text på varje underskriftsrad i PDF")
        self._anchors.setChecked(self.settings.signature_anchors)
        self._anchors.setToolTip("För e-underskriftstjänster som letar efter en text")
        self._folder = QLineEdit(self.settings.export_folder)
        self._folder.setAccessibleName("Exportmapp")
        self._folder.setPlaceholderText("Den mapp som senast användes")
        self._backups = QLineEdit(self.settings.backup_folder)
        self._backups.setAccessibleName("Säkerhetskopior")
        self._backups.setPlaceholderText("Säkerhetskopior, bredvid biblioteket")
        self._strip = MessageStrip(self)
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        intro = QLabel("Uppgifterna skrivs in i nya ärenden. Tidigare ärenden ändras inte.")
        intro.setWordWrap(True)
        self._add(form, "&Namn", self._name, "officer.name")
        self._add(form, "&Titel", self._role, "officer.role")
        self._add(form, "T&elefon", self._phone, "officer.phone")
        self._add(form, "E-&post", self._email, "officer.email")
        self._add(form, "&Förvaltning", self._organisation, "organisation")
        export = self._folder_row(self._folder, "&Bläddra…")
        self._add(form, "E&xportmapp", export, "export_folder")
        backups = self._folder_row(self._backups, "B&läddra…")
        self._add(form, "Sä&kerhetskopior", backups, "backup_folder")
        self._add(form, "Unde&rskrifter", self._anchors, "signature_anchors")
        self._add(form, "&Utseende", self._appearance, "appearance")
        column = QVBoxLayout(self)
        column.addWidget(self._strip)
        column.addWidget(intro)
        column.addLayout(form)
        buttons, _save = button_box(self, "&Spara")  # after the fields, also for Tab
        column.addWidget(buttons)
        self.setMinimumWidth(460)

    def _add(self, form: QFormLayout, text: str, field: QWidget, key: str) -> None:
        label = QLabel(text)
        label.setBuddy(field)
        if not isinstance(field, QCheckBox):  # which says itself what it is
            field.setAccessibleName(text.replace("&", ""))
        if key in self._locked:
            field.setEnabled(False)
            field.setToolTip("Bestäms av IT-avdelningen")
            label.setText(f"{text} (bestäms av IT)")
        form.addRow(label, field)

    def _folder_row(self, field: QLineEdit, text: str) -> QWidget:
        row = QWidget()
        browse = QPushButton(text)
        browse.setAutoDefault(False)  # Enter saves, also when a folder has just been picked
        browse.clicked.connect(lambda: self._browse(field))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field, 1)
        layout.addWidget(browse)
        row.setFocusProxy(field)
        return row

    def _browse(self, field: QLineEdit) -> None:
        start = field.text() or str(Path.home())
        folder = QFileDialog.getExistingDirectory(self, "Välj mapp", start)
        if folder:
            field.setText(folder)

    def accept(self) -> None:
        """Write the settings and close; stay open, and say why, when that fails."""
        chosen = self._chosen()
        try:
            save_settings(self._folders, chosen)
        except SamverkanError as error:
            self._strip.tell(str(error))
            return
        self.settings = chosen
        super().accept()

    def _chosen(self) -> Settings:
        return replace(
            self.settings,
            officer=Officer(
                name=self._name.text().strip(),
                role=self._role.text().strip(),
                phone=self._phone.text().strip(),
                email=self._email.text().strip(),
            ),
            organisation=self._organisations[self._organisation.currentIndex()],
            export_folder=self._folder.text().strip(),
            backup_folder=self._backups.text().strip(),
            signature_anchors=self._anchors.isChecked(),
            appearance=list(_APPEARANCES)[self._appearance.currentIndex()],
        )


def _choice(texts: Iterable[str]) -> QComboBox:
    box = QComboBox()
    box.addItems(list(texts))
    return box
