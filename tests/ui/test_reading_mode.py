"""A library that somebody else works in: everything can be read and copied, nothing changed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import DecisionGroup, Draft, Section, Signatory
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.files import Folders
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.reading import ReadOnlyLibrary
from ui.main_window import MainWindow
from ui.reading import REASON
from ui.tasks import TaskRunner
from ui.two_lines import ID_ROLE
from ui.workplace import Workplace

DRAFT = Draft(
    id="arende-1",
    template="stockholm-remissvar",
    title="Remiss om lekplatser",
    decision=(DecisionGroup(items=((paragraph("Remissen besvaras."),),)),),
    sections=(Section(key="bakgrund", content=(paragraph("Nämnden har fått en remiss."),)),),
    signatories=(Signatory(name="Anna Ek", role="Direktör"),),
)


@pytest.fixture
def window(
    qtbot: QtBot, library: Library, catalogue: Catalogue, folders: Folders
) -> Iterator[MainWindow]:
    library.add(DRAFT)
    runner = TaskRunner()
    with ReadOnlyLibrary.open(library.path) as reading:
        made = MainWindow(Workplace(reading, catalogue, folders, runner))
        qtbot.addWidget(made)
        made.show()
        qtbot.waitActive(made)
        made.commands.open("arende-1")
        yield made
        made.close()
        runner.close()


def everything_written(library: Library) -> tuple[object, ...]:
    return library.load("arende-1"), library.summaries(), library.history.versions("arende-1")


def text_of(widget: QWidget) -> object:
    """What a widget shows."""
    match widget:
        case QTextEdit() | QPlainTextEdit():
            return widget.toPlainText()
        case QComboBox():
            return widget.currentText()
        case QCheckBox():
            return widget.isChecked()
        case _:
            return widget.text()


def test_no_key_and_no_click_changes_anything(qtbot, window, library) -> None:
    before = everything_written(library)
    view = window.drafts.view
    for box in view.form.boxes:
        box.set_open(True)
    shown = view.session.draft
    keys = (Qt.Key.Key_X, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_Up)
    QApplication.clipboard().setText("Klistrat")
    kinds = (QLineEdit, QTextEdit, QPlainTextEdit, QCheckBox, QComboBox, QToolButton, QPushButton)
    for kind in kinds:
        for widget in view.form.findChildren(kind):
            if not widget.isVisible():
                continue
            text = text_of(widget)
            for key in keys:
                qtbot.keyClick(widget, key)
                assert text_of(widget) == text, key
            qtbot.keyClick(widget, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
            qtbot.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
            assert text_of(widget) == text
    assert view.session.draft == shown
    assert not view.session.has_unsaved
    assert everything_written(library) == before
    assert all(len(s.content) < 2 for s in view.session.draft.sections)


def test_text_can_be_selected_and_copied_and_is_not_greyed_out(qtbot, window) -> None:
    view = window.drafts.view
    view.form.go_to("bakgrund")
    editor = view.form.box("bakgrund").editors[0]
    assert editor.isEnabled()
    editor.setFocus()
    editor.selectAll()
    editor.copy()
    assert QApplication.clipboard().text() == "Nämnden har fått en remiss."
    assert view.form.head.title.isEnabled()
    assert view.form.head.title.isReadOnly()


def test_pasting_and_formatting_by_the_menu_do_nothing(qtbot, window) -> None:
    view = window.drafts.view
    view.form.go_to("bakgrund")
    editor = view.form.box("bakgrund").editors[0]
    editor.setFocus()
    editor.selectAll()
    QApplication.clipboard().setText("Något annat")
    for name in ("paste", "cut", "undo", "redo"):
        window.findChild(QAction, name).trigger()
    assert editor.toPlainText() == "Nämnden har fått en remiss."


def test_the_commands_that_write_are_off_with_a_reason(window) -> None:
    for name in ("new", "duplicate", "delete", "add_section", "move_up", "move_down"):
        action = window.findChild(QAction, name)
        assert not action.isEnabled(), name
        assert action.toolTip() == REASON
    for name in ("export", "print", "find", "next_section", "settings"):
        assert window.findChild(QAction, name).isEnabled(), name
    new = window.panel.findChild(QPushButton, "new-draft")
    assert (new.isEnabled(), new.toolTip()) == (False, REASON)


def test_folding_and_help_still_work(qtbot, window) -> None:
    view = window.drafts.view
    box = view.form.box("bakgrund")
    qtbot.mouseClick(box.header.help, Qt.MouseButton.LeftButton)
    assert box.header.help.isChecked()
    box.set_open(False)
    arrow = next(
        b for b in box.header.findChildren(QToolButton) if "fäll ihop" in b.accessibleName()
    )
    qtbot.mouseClick(arrow, Qt.MouseButton.LeftButton)
    assert box.editors[0].isVisible()


def test_the_status_says_that_it_is_only_read(window) -> None:
    assert window.drafts.view.findChild(QLabel, "save-status").text() == "Skrivskyddat"


def test_what_the_other_writes_is_shown_when_the_window_is_come_back_to(
    qtbot, window, library
) -> None:
    window.commands.show_news()
    loaded = library.load("arende-1")
    library.save(replace(loaded, title="Remiss om parker"), loaded)
    window.commands.show_news()
    assert window.drafts.view.form.head.title.text() == "Remiss om parker"


def test_versions_can_be_looked_at_but_none_kept_or_restored(qtbot, window) -> None:
    versions = window.versions
    window.side.setCurrentWidget(versions)
    row = next(r for r in range(versions._list.count()) if versions._list.item(r).data(ID_ROLE))
    versions._list.setCurrentRow(row)
    enabled = {
        name: versions.findChild(QPushButton, name).isEnabled()
        for name in ("keep-version", "compare-version", "restore-version")
    }
    assert enabled == {"keep-version": False, "compare-version": True, "restore-version": False}
    assert not versions.name.isEnabled()


def test_nothing_is_tidied_away(window, library, monkeypatch) -> None:
    assert not window.housekeeping._timer.isActive()
