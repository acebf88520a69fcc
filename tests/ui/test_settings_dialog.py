"""The settings dialog: what is chosen is written, and what IT has decided can't be changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.settings import load_settings
from ui.settings_dialog import SettingsDialog


@pytest.fixture
def dialog_of(qtbot, folders):
    def make() -> SettingsDialog:
        dialog = SettingsDialog(folders, load_catalogue(folders))
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    return make


def save(qtbot, dialog: SettingsDialog) -> None:
    buttons = dialog.findChild(QDialogButtonBox)
    button = buttons.button(QDialogButtonBox.StandardButton.Save)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_texts_at_signature_lines_can_be_asked_for(qtbot, dialog_of, folders):
    dialog = dialog_of()
    dialog.findChild(QCheckBox).click()
    save(qtbot, dialog)
    assert load_settings(folders).signature_anchors
    again = dialog_of()
    assert again.findChild(QCheckBox).isChecked()
    again.reject()


def test_what_it_decides_is_shown_and_cannot_be_changed(dialog_of, folders):
    (folders.site_config / "policy.toml").write_text("signature_anchors = true\n")
    box = (dialog := dialog_of()).findChild(QCheckBox)
    assert box.isChecked()
    assert not box.isEnabled()
    dialog.reject()
