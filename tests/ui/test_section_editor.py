"""The editor as the form uses it."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDesktopServices,
    QInputMethodEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from samverkan_desktop.domain.text import Paragraph, Span, paragraph
from samverkan_desktop.files import standard_folders
from tests.ui.editing import CTRL, Files, fill, go_to, press, select, text_of
from tests.ui.keys import type_text
from ui.editor.section_editor import SectionEditor
from ui.translation import install_swedish

Key = Qt.Key
RESOURCES = standard_folders().resources


def test_edited_is_told_once_for_each_real_change(editor, qtbot):
    fill(editor, "ett")
    told = []
    editor.edited.connect(lambda: told.append(text_of(editor)))
    go_to(editor, "ett", after=True)
    press(editor, Key.Key_Left, Key.Key_Right)
    assert told == []
    type_text(editor, "x")
    assert told == ["ettx\n"]
    select(editor, "ettx", "ettx")
    press(editor, (Key.Key_B, CTRL))
    assert told[1:] == ["**ettx**\n"]
    editor.undo()
    assert told[2:] == ["ettx\n"]


def test_setting_the_same_content_keeps_undo_and_another_is_no_edit(editor, qtbot):
    fill(editor, "ett")
    go_to(editor, "ett", after=True)
    type_text(editor, "x")
    editor.set_content(editor.content())
    assert editor.document().isUndoAvailable()
    with qtbot.assertNotEmitted(editor.edited):
        editor.set_content((paragraph("annat"),))
    assert not editor.document().isUndoAvailable()
    assert text_of(editor) == "annat\n"


def test_an_untouched_empty_editor_holds_nothing(editor):
    assert editor.content() == ()
    assert editor.word_count() == 0
    type_text(editor, "x")
    press(editor, Key.Key_Backspace)
    assert editor.content() == ()


def test_the_id_of_a_block_stays_while_it_is_written(editor):
    type_text(editor, "e")
    first = editor.content()[0].id
    type_text(editor, "tt\ntvå")
    assert editor.content()[0].id == first
    assert editor.content()[1].id not in ("", first)


def test_the_editor_is_as_high_as_its_text(editor, qtbot):
    small = editor.height()
    editor.set_content(tuple(paragraph(f"stycke {n}") for n in range(30)))
    qtbot.waitUntil(lambda: editor.height() > 4 * small)
    assert editor.verticalScrollBar().maximum() == 0
    editor.set_content(())
    qtbot.waitUntil(lambda: editor.height() == small)


def test_the_page_follows_the_cursor(qtbot):
    area = QScrollArea()
    qtbot.addWidget(area)
    page = QWidget()
    made = SectionEditor(Files(), RESOURCES, page)
    column = QVBoxLayout(page)
    column.addWidget(made)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.resize(500, 200)
    area.show()
    area.activateWindow()
    qtbot.waitActive(area)
    made.set_content(tuple(paragraph(f"stycke {n}") for n in range(60)))
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 300)
    made.setFocus()
    press(made, (Key.Key_End, CTRL))
    assert area.verticalScrollBar().value() > 300
    press(made, (Key.Key_Home, CTRL))
    assert area.verticalScrollBar().value() < 50


def test_a_phrase_is_written_with_its_gap_selected(editor):
    fill(editor, "Före.")
    go_to(editor, "Före.", after=True)
    editor.insert_phrase("Nämnden … föreslår … .\nSlut …")
    assert editor.textCursor().selectedText() == "…"
    type_text(editor, "A")
    press(editor, Key.Key_F8)
    type_text(editor, "B")
    press(editor, Key.Key_F8)
    type_text(editor, "C")
    assert text_of(editor) == "Före. Nämnden A föreslår B .\nSlut C\n"
    press(editor, Key.Key_F8)
    assert not editor.textCursor().hasSelection()


def test_the_next_gap_after_the_last_is_the_first(editor):
    fill(editor, "… och …")
    press(editor, Key.Key_F8, Key.Key_F8, Key.Key_F8)
    assert editor.textCursor().selectionStart() == 0


def test_inserting_a_phrase_is_one_undo_step(editor):
    editor.insert_phrase("ett\ntvå")
    editor.undo()
    assert editor.content() == ()


def link_dialog(editor) -> QWidget:
    return editor.findChild(QWidget, "link-address").window()


def test_a_link_is_put_on_the_selected_text_and_taken_off(editor, qtbot):
    fill(editor, "se planen nu")
    select(editor, "planen", "planen")
    press(editor, (Key.Key_K, CTRL))
    address = link_dialog(editor).findChild(QLineEdit, "link-address")
    type_text(address, "javascript:alert(1)")
    press(address, Key.Key_Return)
    assert text_of(editor) == "se planen nu\n"
    address.clear()
    type_text(address, "www.example.se/plan")
    press(address, Key.Key_Return)
    assert text_of(editor) == "se [planen](https://www.example.se/plan) nu\n"
    go_to(editor, "lanen")
    press(editor, (Key.Key_K, CTRL))
    qtbot.waitUntil(lambda: editor.textCursor().selectedText() == "planen")
    remove = [d for d in editor.findChildren(QWidget, "remove-link") if d.isVisible()][-1]
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert text_of(editor) == "se planen nu\n"


def test_a_link_with_text_of_its_own(editor):
    press(editor, (Key.Key_K, CTRL))
    dialog = link_dialog(editor)
    type_text(dialog.findChild(QLineEdit, "link-text"), "Registrator")
    type_text(dialog.findChild(QLineEdit, "link-address"), "reg@example.se")
    press(dialog.findChild(QLineEdit, "link-address"), Key.Key_Return)
    assert text_of(editor) == "[Registrator](mailto:reg@example.se)\n"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # offscreen has none
def test_the_context_menu_is_swedish_and_knows_the_table(editor, qapp, qtbot):
    install_swedish(qapp)
    fill(editor, "| A | B |\n|---|---|\n| c | d |")
    go_to(editor, "d")
    at = editor.cursorRect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, editor.mapToGlobal(at))
    QApplication.sendEvent(editor.viewport(), event)
    menu = next(w for w in editor.findChildren(QMenu) if w.isVisible())
    texts = [action.text().replace("&", "").split("\t")[0] for action in menu.actions()]
    assert {"Ångra", "Klistra in", "Markera alla", "Länk…", "Tabell"} <= set(texts)
    inside = next(a.menu() for a in menu.actions() if a.text().replace("&", "") == "Tabell")
    row = next(a for a in inside.actions() if "nedanför" in a.text())
    row.trigger()
    assert text_of(editor) == "|A|B|\n|c|d|\n|||\n"
    menu.close()


def test_a_list_beside_a_list_of_its_kind_is_part_of_it(editor):
    fill(editor, "1. ett\n\ntvå")
    go_to(editor, "två")
    editor.commands.toggle_numbers()
    assert len(editor.content()) == 1
    go_to(editor, "ett")
    editor.commands.toggle_bullets()
    assert text_of(editor) == "-\n    ett\n-\n    två\n"


def test_the_look_of_text_follows_dark_and_is_no_edit(editor, qtbot):
    fill(editor, "## Rubrik\n\n[länk](https://example.se)")
    dark = QPalette()
    dark.setColor(QPalette.ColorRole.Link, QColor("#80c0ff"))
    with qtbot.assertNotEmitted(editor.edited):
        editor.setPalette(dark)
        QApplication.sendEvent(editor, QEvent(QEvent.Type.PaletteChange))
    formats = editor.document().findBlockByNumber(1).layout().formats()
    assert any(f.format.foreground().color() == QColor("#80c0ff") for f in formats)
    assert not editor.document().isUndoAvailable()


def test_a_heading_made_of_a_list_item_leaves_the_list(editor):
    fill(editor, "- ett\n- två\n- tre")
    go_to(editor, "två")
    editor.commands.set_level(2)
    assert text_of(editor) == "-\n    ett\n## två\n-\n    tre\n"


def test_dead_keys_and_other_input_methods_do_not_lengthen_links(editor):
    fill(editor, "[länk](https://example.se)")
    go_to(editor, "länk", after=True)
    composed = QInputMethodEvent()
    composed.setCommitString("é")
    QApplication.sendEvent(editor, composed)
    assert text_of(editor) == "[länk](https://example.se)é\n"


def test_only_links_that_are_allowed_are_opened(editor, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    for link in ("https://example.se/", "file:///etc/passwd", "javascript:x"):
        editor.set_content((Paragraph((Span("länk", link=link),)),))
        go_to(editor, "länk")
        editor.commands.open_link()
    assert opened == ["https://example.se/"]
