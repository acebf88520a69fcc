"""Tables in the editor."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLineEdit,
    QSpinBox,
)

from samverkan_desktop.domain.text import Align
from samverkan_desktop.files import standard_folders
from tests.ui.editing import CTRL, fill, go_to, press, select, text_of
from tests.ui.keys import type_text
from ui.editor import tables

Key = Qt.Key
RESOURCES = standard_folders().resources


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


def test_the_table_dialog_asks_for_size_and_caption(editor):
    editor.commands.ask_for_table()
    rows = editor.findChild(QSpinBox, "table-rows")
    rows.setValue(2)
    editor.findChild(QSpinBox, "table-columns").setValue(4)
    caption = editor.findChild(QLineEdit, "table-caption")
    type_text(caption, "Tabell 1")
    press(caption, Key.Key_Return)
    type_text(editor, "A")
    assert text_of(editor) == "(Tabell 1)\n|A||||\n|||||\n"


def test_a_table_asked_for_inside_a_table_comes_after_it(editor):
    fill(editor, "| A |\n|---|\n| b |")
    go_to(editor, "b")
    editor.commands.insert_table(1, 1, "")
    type_text(editor, "X")
    assert text_of(editor) == "|A|\n|b|\n|X|\n"


def test_selected_rows_and_columns_are_removed_together(editor):
    fill(editor, "| A | B | C |\n|---|---|---|\n| d | e | f |\n| g | h | i |")
    select(editor, "d", "h")
    editor.commands.change_table(tables.remove_rows)
    assert text_of(editor) == "|A|B|C|\n"
    editor.undo()
    select(editor, "B", "f")
    editor.commands.change_table(tables.remove_columns)
    assert text_of(editor) == "|A|\n|d|\n|g|\n"
    press(editor, (Key.Key_A, CTRL))
    go_to(editor, "A")
    editor.commands.change_table(tables.remove_columns)
    assert text_of(editor) == ""


def test_a_column_is_aligned_from_the_menu(editor):
    fill(editor, "| A | B |\n|---|---|\n| c | d |")
    go_to(editor, "d")
    editor.commands.align_columns(Align.DECIMAL)
    assert editor.commands.column_align is Align.DECIMAL
    (table,) = editor.content()
    assert [column.align for column in table.columns] == ["left", "decimal"]
