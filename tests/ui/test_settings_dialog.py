"""The settings dialog, by keyboard, with the user's real file."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QPushButton

from samverkan_desktop.domain.draft import Officer
from samverkan_desktop.settings import Appearance, load_settings
from tests.ui.keys import type_text
from ui.messages import MessageStrip
from ui.settings_dialog import SettingsDialog


@pytest.fixture
def dialog(qtbot, folders, catalogue) -> SettingsDialog:
    made = SettingsDialog(folders, catalogue)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_what_is_typed_is_kept_after_enter(dialog, qtbot, folders):
    name = dialog.focusWidget()
    assert name.accessibleName() == "Namn"
    type_text(name, "Åsa Öberg")
    qtbot.keyClick(name, Qt.Key.Key_U, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_End)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    settings = load_settings(folders)
    assert settings.officer == Officer(name="Åsa Öberg")
    assert settings.appearance is Appearance.DARK


def test_nothing_is_written_after_escape(dialog, qtbot, folders):
    type_text(dialog.focusWidget(), "Åsa Öberg")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert load_settings(folders).officer == Officer()


def test_it_stays_open_and_says_why_when_it_cannot_be_saved(dialog, qtbot, folders):
    folders.user_config.joinpath("settings.toml").mkdir()
    type_text(dialog.focusWidget(), "Åsa Öberg")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.findChild(MessageStrip).text.endswith(
        "kan inte läsas: det är en mapp, ingen fil."
    )


def test_every_control_has_a_name_and_buttons_look_as_in_other_dialogs(dialog):
    for kind in (QLineEdit, QComboBox):
        assert all(field.accessibleName() for field in dialog.findChildren(kind))
    assert all(button.icon().isNull() for button in dialog.findChildren(QPushButton))


def test_texts_at_signature_lines_can_be_asked_for(dialog, qtbot, folders):
    dialog.findChild(QCheckBox).click()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert load_settings(folders).signature_anchors


def test_what_it_decides_is_shown_and_cannot_be_changed(qtbot, folders, catalogue):
    (folders.site_config / "policy.toml").write_text("signature_anchors = true\n")
    made = SettingsDialog(folders, catalogue)
    qtbot.addWidget(made)
    box = made.findChild(QCheckBox)
    assert box.isChecked()
    assert not box.isEnabled()


def backup_field(dialog: SettingsDialog) -> QLineEdit:
    fields = dialog.findChildren(QLineEdit)
    return next(field for field in fields if field.accessibleName() == "Säkerhetskopior")


def test_a_folder_for_backups_can_be_picked(dialog, qtbot, folders, monkeypatch, tmp_path):
    assert backup_field(dialog).text() == ""
    assert "bredvid biblioteket" in backup_field(dialog).placeholderText()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    browse = [b for b in dialog.findChildren(QPushButton) if b.text() == "B&läddra…"]
    qtbot.mouseClick(browse[0], Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert load_settings(folders).backup_folder == str(tmp_path)
    assert load_settings(folders).export_folder == ""


def test_a_folder_for_backups_that_it_decides_is_locked(qtbot, folders, catalogue):
    policy = folders.site_config / "policy.toml"
    policy.write_text('backup_folder = "/delad/$USER"\n', encoding="utf-8")
    made = SettingsDialog(folders, catalogue)
    qtbot.addWidget(made)
    assert backup_field(made).text() == "/delad/$USER"
    assert not backup_field(made).isEnabled()
