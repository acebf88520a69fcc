"""What the keys do in the editor, pressed for real."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit

from tests.ui.editing import ALT, CTRL, SHIFT, fill, go_to, press, text_of
from tests.ui.keys import type_text

Key = Qt.Key


def test_what_is_typed_is_content(editor):
    type_text(editor, "Ett")
    press(editor, Key.Key_Return)
    type_text(editor, "två")
    press(editor, (Key.Key_Return, SHIFT))
    type_text(editor, "tre")
    assert text_of(editor) == "Ett\ntvå⏎tre\n"
    assert editor.word_count() == 3


def test_a_sign_and_a_space_begin_a_list_and_undo_takes_that_back(editor, qtbot):
    type_text(editor, "- ett")
    press(editor, Key.Key_Return)
    type_text(editor, "två")
    assert text_of(editor) == "-\n    ett\n-\n    två\n"
    fill(editor, "")
    type_text(editor, "1. ")
    type_text(editor, "ett")
    assert text_of(editor) == "1\n    ett\n"
    fill(editor, "")
    type_text(editor, "- ")
    editor.undo()
    assert text_of(editor) == "- \n"


def test_no_other_number_begins_a_list(editor):
    type_text(editor, "3. kapitlet - inte en lista 1. ")
    assert text_of(editor) == "3. kapitlet - inte en lista 1. \n"


def test_enter_on_an_empty_item_goes_out_one_level_at_a_time(editor):
    fill(editor, "- ett\n  - inre")
    go_to(editor, "inre", after=True)
    press(editor, Key.Key_Return, Key.Key_Return)
    type_text(editor, "två")
    assert text_of(editor) == "-\n    ett\n    -\n        inre\n-\n    två\n"
    press(editor, Key.Key_Return, Key.Key_Return)
    type_text(editor, "ute")
    assert text_of(editor) == "-\n    ett\n    -\n        inre\n-\n    två\nute\n"


def test_enter_in_an_item_keeps_what_stands_below_it(editor):
    fill(editor, "- ett två\n  - inre")
    go_to(editor, "två")
    press(editor, Key.Key_Return)
    assert text_of(editor) == "-\n    ett \n-\n    två\n    -\n        inre\n"


def test_enter_in_the_middle_of_a_list_is_one_undo_step(editor):
    fill(editor, "1. ett\n2. två\n3. tre")
    before = editor.content()
    go_to(editor, "två", after=True)
    press(editor, Key.Key_Return)
    assert text_of(editor) == "1\n    ett\n1\n    två\n1\n    \n1\n    tre\n"
    editor.undo()
    assert editor.content() == before
    editor.redo()
    assert text_of(editor) == "1\n    ett\n1\n    två\n1\n    \n1\n    tre\n"


def test_enter_after_a_heading_gives_a_paragraph(editor):
    fill(editor, "## Rubrik")
    go_to(editor, "Rubrik", after=True)
    press(editor, Key.Key_Return)
    type_text(editor, "text")
    assert text_of(editor) == "## Rubrik\ntext\n"


def test_enter_before_a_heading_moves_it_down_with_its_id(editor):
    fill(editor, "## Rubrik")
    heading = editor.content()[0]
    go_to(editor, "Rubrik")
    press(editor, Key.Key_Return)
    assert text_of(editor) == "\n## Rubrik\n"
    assert editor.content()[1] == heading


def test_backspace_at_the_start_of_an_item_moves_it_out(editor):
    fill(editor, "- ett\n  - inre\n- två")
    go_to(editor, "inre")
    press(editor, Key.Key_Backspace)
    assert text_of(editor) == "-\n    ett\n-\n    inre\n-\n    två\n"
    press(editor, Key.Key_Backspace)
    assert text_of(editor) == "-\n    ett\ninre\n-\n    två\n"
    press(editor, Key.Key_Backspace)
    assert text_of(editor) == "-\n    ettinre\n-\n    två\n"


def test_tab_at_the_start_of_an_item_changes_its_level(editor):
    fill(editor, "- ett\n- två\n- tre")
    go_to(editor, "två")
    press(editor, Key.Key_Tab)
    assert text_of(editor) == "-\n    ett\n    -\n        två\n-\n    tre\n"
    go_to(editor, "tre")
    press(editor, Key.Key_Tab)
    assert text_of(editor) == "-\n    ett\n    -\n        två\n    -\n        tre\n"
    press(editor, (Key.Key_Backtab, SHIFT))
    assert text_of(editor) == "-\n    ett\n    -\n        två\n-\n    tre\n"


def test_level_keys_work_anywhere_in_the_item(editor):
    fill(editor, "1. ett\n2. två")
    go_to(editor, "två", after=True)
    press(editor, (Key.Key_Right, ALT | SHIFT))
    assert text_of(editor) == "1\n    ett\n    1\n        två\n"
    press(editor, (Key.Key_Left, ALT | SHIFT))
    assert text_of(editor) == "1\n    ett\n1\n    två\n"


def test_moving_an_item_out_takes_those_after_it_along_below(editor):
    fill(editor, "- ett\n  - a\n  - b")
    go_to(editor, "a")
    press(editor, (Key.Key_Left, ALT | SHIFT))
    assert text_of(editor) == "-\n    ett\n-\n    a\n    -\n        b\n"


def test_deleting_an_item_gives_what_was_below_it_to_the_one_before(editor, qtbot):
    fill(editor, "- ett\n- två\n  - inre")
    go_to(editor, "ett", after=True)
    cursor = editor.textCursor()
    cursor.setPosition(
        editor.document().find("två").selectionEnd(), QTextCursor.MoveMode.KeepAnchor
    )
    editor.setTextCursor(cursor)
    press(editor, Key.Key_Delete)
    expected = "-\n    ett\n    -\n        inre\n"
    qtbot.waitUntil(lambda: text_of(editor) == expected)
    editor.undo()
    assert text_of(editor) == "-\n    ett\n-\n    två\n    -\n        inre\n"


def test_a_paragraph_after_a_list_can_join_its_last_item(editor):
    fill(editor, "- ett\n\nfortsättning")
    go_to(editor, "fortsättning")
    press(editor, (Key.Key_Right, ALT | SHIFT))
    assert text_of(editor) == "-\n    ett\n    fortsättning\n"
    press(editor, (Key.Key_Left, ALT | SHIFT))
    assert text_of(editor) == "-\n    ett\nfortsättning\n"


def test_bold_and_italic_by_key(editor):
    type_text(editor, "a ")
    press(editor, (Key.Key_B, CTRL))
    type_text(editor, "fet")
    press(editor, (Key.Key_B, CTRL), (Key.Key_I, CTRL))
    type_text(editor, " sned")
    assert text_of(editor) == "a **fet**_ sned_\n"


def test_there_is_no_underlining(editor):
    type_text(editor, "text")
    press(editor, (Key.Key_U, CTRL))
    type_text(editor, "s")
    assert text_of(editor) == "texts\n"


def test_typing_after_a_link_does_not_make_it_longer(editor):
    fill(editor, "se [planen](https://example.se)")
    go_to(editor, "planen", after=True)
    type_text(editor, " nu")
    assert text_of(editor) == "se [planen](https://example.se) nu\n"
    go_to(editor, "planen")
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Right, n=3)
    editor.setTextCursor(cursor)
    type_text(editor, "X")
    assert text_of(editor) == "se [plaXnen](https://example.se) nu\n"


def test_undo_takes_back_a_word_at_a_time(editor):
    type_text(editor, "ett par ord")
    editor.undo()
    assert text_of(editor) == "ett par \n"
    editor.undo()
    assert text_of(editor) == "ett \n"
    editor.redo()
    editor.redo()
    assert text_of(editor) == "ett par ord\n"


@pytest.mark.parametrize(
    ("content", "place"),
    [("text", "text"), ("- ett", "ett"), ("- ett\n- två", "ett"), ("- ett\n- två", "vå")],
)
def test_tab_moves_the_focus_where_it_has_no_other_meaning(qtbot, editor, content, place):
    after = QLineEdit(editor.parentWidget())
    editor.parentWidget().layout().addWidget(after)
    after.show()
    fill(editor, content)
    before = editor.content()
    go_to(editor, place)
    press(editor, Key.Key_Tab)
    assert after.hasFocus()
    assert editor.content() == before


def test_ctrl_tab_leaves_a_table(qtbot, editor):
    after = QLineEdit(editor.parentWidget())
    editor.parentWidget().layout().addWidget(after)
    after.show()
    fill(editor, "| A | B |\n|---|---|\n| c | d |")
    go_to(editor, "A")
    press(editor, (Key.Key_Tab, CTRL))
    assert after.hasFocus()


def test_tab_in_a_table_goes_from_cell_to_cell_and_makes_a_row_last(editor):
    fill(editor, "| A | B |\n|---|---|\n| c | d |")
    go_to(editor, "A")
    press(editor, Key.Key_Tab)
    type_text(editor, "X")
    press(editor, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    type_text(editor, "ny")
    press(editor, (Key.Key_Backtab, SHIFT))
    type_text(editor, "Y")
    assert text_of(editor) == "|A|X|\n|c|Y|\n|ny||\n"


def test_enter_in_a_table_cell_breaks_the_line(editor):
    fill(editor, "| A | B |\n|---|---|\n| c | d |")
    go_to(editor, "d", after=True)
    press(editor, Key.Key_Return)
    type_text(editor, "e")
    assert text_of(editor) == "|A|B|\n|c|d⏎e|\n"


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete])
def test_a_table_is_not_eaten_from_outside(editor, key):
    fill(editor, "före\n\n| A |\n|---|\n| b |\n\nefter")
    if key == Key.Key_Backspace:
        go_to(editor, "efter")
    else:
        go_to(editor, "före", after=True)
    press(editor, key)
    assert text_of(editor) == "före\n|A|\n|b|\nefter\n"
    type_text(editor, "X")  # the cursor is in the table now
    assert "X" in text_of(editor).split("före")[1].split("efter")[0]
