"""The toolbar, clicked."""

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QWidget,
)

from samverkan_desktop.files import standard_folders
from tests.ui.editing import CTRL, Files, fill, go_to, press, text_of
from tests.ui.keys import type_text
from ui.editor.lines import Kind
from ui.editor.section_editor import SectionEditor
from ui.editor.toolbar import EditorToolbar

Key = Qt.Key
RESOURCES = standard_folders().resources


def toolbar_for(editor, qtbot) -> EditorToolbar:
    made = EditorToolbar(RESOURCES, editor.window())
    editor.window().layout().addWidget(made)
    made.attach(editor)
    return made


def button(toolbar, name):
    return toolbar.findChild(QWidget, f"format-{name}")


def test_the_toolbar_shows_and_changes_what_is_at_the_cursor(editor, qtbot):
    toolbar = toolbar_for(editor, qtbot)
    fill(editor, "**fet** vanlig\n\n- punkt\n\n## Rubrik")
    go_to(editor, "fet", after=True)
    assert button(toolbar, "bold").isChecked()
    go_to(editor, "vanlig", after=True)
    assert not button(toolbar, "bold").isChecked()
    go_to(editor, "punkt")
    assert button(toolbar, "list").isChecked()
    qtbot.mouseClick(button(toolbar, "list-ordered"), Qt.MouseButton.LeftButton)
    assert "1\n    punkt\n" in text_of(editor)
    assert editor.commands.state.kind is Kind.NUMBERS
    assert editor.hasFocus()
    qtbot.mouseClick(button(toolbar, "list-ordered"), Qt.MouseButton.LeftButton)
    assert text_of(editor) == "**fet** vanlig\npunkt\n## Rubrik\n"
    qtbot.mouseClick(button(toolbar, "text-quote"), Qt.MouseButton.LeftButton)
    assert text_of(editor) == "**fet** vanlig\n> punkt\n## Rubrik\n"
    qtbot.mouseClick(button(toolbar, "text-quote"), Qt.MouseButton.LeftButton)
    assert text_of(editor) == "**fet** vanlig\npunkt\n## Rubrik\n"


def test_a_list_that_is_left_with_enter_is_not_shown_any_longer(editor, qtbot):
    toolbar = toolbar_for(editor, qtbot)
    type_text(editor, "1. Först")
    press(editor, Key.Key_Return)
    assert button(toolbar, "list-ordered").isChecked()
    press(editor, Key.Key_Return)
    assert not button(toolbar, "list-ordered").isChecked()
    press(editor, (Key.Key_Z, CTRL))
    assert button(toolbar, "list-ordered").isChecked()


def test_one_toolbar_serves_the_editor_attached_last(editor, qtbot):
    toolbar = toolbar_for(editor, qtbot)
    other = SectionEditor(Files(), RESOURCES, editor.window())
    editor.window().layout().addWidget(other)
    fill(editor, "ett")
    fill(other, "två")
    toolbar.attach(other)
    press(other, (Key.Key_A, CTRL))
    qtbot.mouseClick(button(toolbar, "bold"), Qt.MouseButton.LeftButton)
    assert (text_of(editor), text_of(other)) == ("ett\n", "**två**\n")
    other.deleteLater()
    qtbot.waitUntil(lambda: not toolbar.isEnabled())
    toolbar.attach(editor)
    assert toolbar.isEnabled()


def test_every_control_of_the_toolbar_has_a_swedish_name(editor, qtbot):
    toolbar = toolbar_for(editor, qtbot)
    names = {
        widget.accessibleName()
        for widget in toolbar.findChildren(QWidget)
        if widget.objectName().startswith("format-")
    }
    assert names == {
        "Fet", "Kursiv", "Länk", "Punktlista", "Numrerad lista", "Citat", "Tabell", "Bild"
    }  # fmt: skip
    assert "Ctrl+B" in button(toolbar, "bold").toolTip()


def test_the_toolbar_makes_sub_headings(editor, qtbot):
    toolbar = toolbar_for(editor, qtbot)
    fill(editor, "Rubrik")
    levels = toolbar.findChild(QComboBox)
    for text, outline in (
        ("Underrubrik", "## Rubrik\n"),
        ("Underrubrik, mindre", "### Rubrik\n"),
        ("Brödtext", "Rubrik\n"),
    ):
        levels.setCurrentText(text)
        levels.activated.emit(levels.currentIndex())
        assert text_of(editor) == outline
        assert editor.hasFocus()
    press(editor, Key.Key_Home)
    assert levels.currentText() == "Brödtext"


def test_pasting_loads_no_html_parser_before_it_is_needed():
    code = (
        "import sys; import ui.editor.section_editor, ui.editor.toolbar;"
        "print([m for m in ('lxml', 'docx', 'PIL', 'reportlab') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
