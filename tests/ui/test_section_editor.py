"""The editor as the form uses it."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget

from samverkan_desktop.domain.text import Span, paragraph
from samverkan_desktop.files import standard_folders
from tests.ui.editing import CTRL, Files, fill, go_to, press, select, text_of
from tests.ui.keys import type_text
from ui.editor import tables
from ui.editor.lines import Kind
from ui.editor.section_editor import SectionEditor
from ui.editor.toolbar import EditorToolbar
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


def test_a_table_is_inserted_and_changed(editor):
    editor.commands.insert_table(2, 2, "Tabell 1")
    type_text(editor, "A")
    press(editor, Key.Key_Tab)
    type_text(editor, "B")
    editor.commands.change_table(lambda c, t: tables.insert_column(c, t, after=True))
    editor.commands.change_table(lambda c, t: tables.insert_row(c, t, below=True))
    type_text(editor, "x")
    assert text_of(editor) == "(Tabell 1)\n|A|B||\n|||x|\n||||\n"
    editor.commands.change_table(tables.remove_rows)
    editor.commands.change_table(tables.remove_columns)
    assert text_of(editor) == "(Tabell 1)\n|A|B|\n|||\n"


def test_columns_keep_how_they_are_set_when_others_come_and_go(editor):
    fill(editor, "| A | B |\n|---|--:|\n| c | 1 |")
    go_to(editor, "A")
    editor.commands.change_table(lambda c, t: tables.insert_column(c, t, after=False))
    editor.commands.change_table(lambda c, t: tables.insert_row(c, t, below=False))
    (table,) = editor.content()
    assert [column.align for column in table.columns] == ["left", "left", "right"]
    assert not any(table.header)
    editor.undo()
    editor.undo()
    (table,) = editor.content()
    assert [column.align for column in table.columns] == ["left", "right"]


def test_removing_a_table_takes_its_caption_along(editor):
    fill(editor, "före\n\n| A |\n|---|\n| b |\n\nefter")
    go_to(editor, "b")
    editor.commands.change_table(tables.add_caption)
    type_text(editor, "Text")
    assert text_of(editor) == "före\n(Text)\n|A|\n|b|\nefter\n"
    go_to(editor, "b")
    editor.commands.change_table(tables.remove_table)
    assert text_of(editor).replace("\n\n", "\n") == "före\nefter\n"
    editor.undo()
    assert text_of(editor) == "före\n(Text)\n|A|\n|b|\nefter\n"


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


def test_a_list_beside_a_list_of_its_kind_is_part_of_it(editor):
    fill(editor, "1. ett\n\ntvå")
    go_to(editor, "två")
    editor.commands.toggle_numbers()
    assert len(editor.content()) == 1
    go_to(editor, "ett")
    editor.commands.toggle_bullets()
    assert text_of(editor) == "-\n    ett\n-\n    två\n"


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


def png(width=40, height=30) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImageWriter

    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def image_dialog(editor) -> QWidget:
    return editor.findChild(QLineEdit, "image-alt").window()


def test_an_image_is_not_inserted_without_a_text_for_it(editor, tmp_path):
    path = tmp_path / "karta över ån.png"
    path.write_bytes(png())
    editor.images.insert_files([path])
    alt = image_dialog(editor).findChild(QLineEdit, "image-alt")
    press(alt, Key.Key_Return)
    assert editor.content() == ()
    type_text(alt, "Karta över ån")
    type_text(image_dialog(editor).findChild(QLineEdit, "image-caption"), "Figur 1")
    press(alt, Key.Key_Return)
    assert text_of(editor) == "<karta över ån.png: Karta över ån>\n(Figur 1)\n"
    assert editor._keeper.kept == {"karta över ån.png": png()}


def test_what_is_no_image_is_refused_in_swedish(editor, tmp_path, qtbot):
    path = tmp_path / "avtal.pdf"
    path.write_bytes(b"%PDF-1.7")
    editor.images.insert_files([path])
    from PySide6.QtWidgets import QMessageBox

    box = editor.findChild(QMessageBox)
    assert "avtal.pdf är ingen bild" in box.text()
    box.close()
    assert editor.content() == ()


def test_typing_beside_an_image_makes_a_paragraph(editor):
    from samverkan_desktop.domain.text import Image

    editor._keeper.add("k.png", png())
    editor.set_content((Image("k.png", "Karta", (Span("Text"),)),))
    cursor = editor.textCursor()
    cursor.setPosition(1)
    editor.setTextCursor(cursor)
    type_text(editor, "efter")
    assert text_of(editor) == "<k.png: Karta>\n(Text)\nefter\n"
    cursor.setPosition(0)
    editor.setTextCursor(cursor)
    type_text(editor, "före")
    assert text_of(editor) == "före\n<k.png: Karta>\n(Text)\nefter\n"


def test_deleting_an_image_leaves_its_caption_as_text(editor):
    from samverkan_desktop.domain.text import Image

    editor.set_content((Image("saknas.png", "Karta", (Span("Text"),)), paragraph("slut")))
    cursor = editor.textCursor()
    cursor.setPosition(1)
    editor.setTextCursor(cursor)
    press(editor, Key.Key_Backspace)
    assert text_of(editor) == "\nText\nslut\n"
    editor.undo()
    assert text_of(editor) == "<saknas.png: Karta>\n(Text)\nslut\n"


def test_a_new_text_for_an_image(editor):
    from samverkan_desktop.domain.text import Image

    editor._keeper.add("k.png", png())
    editor.set_content((Image("k.png", "Karta"),))
    cursor = editor.textCursor()
    cursor.setPosition(0)
    editor.setTextCursor(cursor)
    editor.images.edit()
    alt = image_dialog(editor).findChild(QLineEdit, "image-alt")
    alt.clear()
    type_text(alt, "Ny karta")
    press(alt, Key.Key_Return)
    assert text_of(editor) == "<k.png: Ny karta>\n"


def test_pasting_loads_no_html_parser_before_it_is_needed():
    code = (
        "import sys; import ui.editor.section_editor, ui.editor.toolbar;"
        "print([m for m in ('lxml', 'docx', 'PIL', 'reportlab') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
