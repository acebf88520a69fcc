"""Pasting into the editor, and copying out of it, through the real clipboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from samverkan_desktop.domain.text import (
    BulletList,
    Image,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Table,
    paragraph,
    spans,
)
from samverkan_desktop.exchange.pasted_html import read_html
from tests.outline import outline
from tests.ui.editing import CTRL, SHIFT, fill, go_to, press, select, text_of
from tests.ui.keys import type_text
from ui.editor.clipboard import blocks_from, mime_data

Key = Qt.Key
WORD = Path(__file__).parents[1] / "exchange" / "fixtures" / "word.html"


def put_on_clipboard(*, html: str = "", text: str = "") -> None:
    data = QMimeData()
    if html:
        data.setHtml(html)
    if text:
        data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def paste(editor, **data: str) -> None:
    put_on_clipboard(**data)
    press(editor, (Key.Key_V, CTRL))


def test_a_word_document_is_pasted_whole_and_undone_at_once(editor):
    html = WORD.read_text(encoding="utf-8")
    before = editor.content()
    paste(editor, html=html, text="Word ger ren text också")
    assert text_of(editor) == outline(read_html(html))
    marked = [editor.document().findBlockByNumber(n).textList() for n in range(3, 6)]
    assert all(marked), "list items have marks"
    editor.undo()
    assert editor.content() == before
    editor.redo()
    assert text_of(editor) == outline(read_html(html))


def test_one_paragraph_goes_into_the_text_as_it_stands(editor):
    fill(editor, "## Rubrik slut")
    go_to(editor, "slut")
    paste(editor, html="<p>med <b>mer</b> </p>")
    assert text_of(editor) == "## Rubrik med **mer**slut\n"


def test_several_paragraphs_divide_the_text_around_them(editor):
    fill(editor, "före efter")
    go_to(editor, "efter")
    paste(editor, html="<p>ett</p><h2>Rubrik</h2><p>två</p>")
    assert text_of(editor) == "före ett\n## Rubrik\ntvåefter\n"
    type_text(editor, "X")  # the cursor is after what was pasted
    assert text_of(editor).endswith("tvåXefter\n")


def test_paragraphs_pasted_into_a_list_become_items(editor):
    fill(editor, "- ett\n- två")
    go_to(editor, "ett", after=True)
    paste(editor, html="<p>a</p><p>b</p><ul><li>c</li></ul>")
    assert text_of(editor) == "-\n    etta\n-\n    b\n-\n    c\n-\n    två\n"


def test_a_list_pasted_into_an_empty_item_takes_its_place(editor):
    fill(editor, "1. ett")
    go_to(editor, "ett", after=True)
    press(editor, Key.Key_Return)
    paste(editor, html="<ul><li>a<ol><li>inre</li></ol></li><li>b</li></ul>")
    assert text_of(editor) == ("1\n    ett\n1\n    a\n    1\n        inre\n1\n    b\n")


def test_blocks_pasted_into_a_cell_become_lines(editor):
    fill(editor, "| A | B |\n|---|---|\n| c | d |")
    go_to(editor, "d", after=True)
    paste(editor, html="<p>ett</p><ul><li>två</li></ul>")
    assert text_of(editor) == "|A|B|\n|c|dett⏎två|\n"


def test_a_table_pasted_into_a_table_becomes_rows_of_it(editor):
    fill(editor, "| A | B |\n|---|---|\n| c | d |\n| e | f |")
    go_to(editor, "c")
    rows = "<table><tr><td>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td><td>6</td></tr>"
    paste(editor, html=rows + "</table>")
    assert text_of(editor) == "|A|B||\n|c|d||\n|1|2|3|\n|4|5|6|\n|e|f||\n"
    editor.undo()
    assert text_of(editor) == "|A|B|\n|c|d|\n|e|f|\n"


def test_a_table_pasted_as_the_last_thing_leaves_room_after_it(editor):
    paste(editor, html="<table><tr><td>A</td><td>B</td></tr></table>")
    assert text_of(editor) == "|A|B|\n"
    type_text(editor, "efter")
    assert text_of(editor) == "|A|B|\nefter\n"


def test_plain_text_becomes_paragraphs_at_its_line_ends(editor):
    paste(editor, text="ett\r\ntvå\r\n\r\ntre <b>\n")
    assert text_of(editor) == "ett\ntvå\ntre <b>\n"


def test_ctrl_shift_v_pastes_without_formatting(editor):
    put_on_clipboard(html="<h2>Rubrik</h2><p><b>fet</b></p>", text="Rubrik\nfet")
    press(editor, (Key.Key_V, CTRL | SHIFT))
    assert text_of(editor) == "Rubrik\nfet\n"


def test_pasting_replaces_the_selection(editor):
    fill(editor, "ett två tre")
    select(editor, "två", "två")
    paste(editor, text="2")
    assert text_of(editor) == "ett 2 tre\n"


EVERYTHING = (
    Paragraph((Span("text "), Span("ord", bold=True, language="en"))),
    BulletList((ListItem((paragraph("a"), Quote((paragraph("b"),)))),)),
    Table((spans("A"), spans("B")), ((spans("1"), ()),), caption=spans("Tabell")),
    Image("karta.png", "En karta", spans("Bildtext")),
    paragraph("slut"),
)


def test_copied_text_is_pasted_as_it_was_with_ids_of_its_own(editor):
    editor.set_content(EVERYTHING)
    ids = {block.id for block in editor.content()}
    press(editor, (Key.Key_A, CTRL), (Key.Key_C, CTRL))
    editor.set_content(())
    press(editor, (Key.Key_V, CTRL))
    assert text_of(editor) == outline(EVERYTHING)
    assert editor.content()[0].spans == EVERYTHING[0].spans
    assert not ids & {block.id for block in editor.content()}


def test_part_of_an_item_is_copied_as_text_alone(editor):
    fill(editor, "- ett två tre")
    select(editor, "två", "två")
    press(editor, (Key.Key_C, CTRL))
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "två"
    assert outline(blocks_from(data)) == "två\n"


def test_cut_takes_the_text_out(editor):
    fill(editor, "ett två tre")
    select(editor, "två ", "två ")
    press(editor, (Key.Key_X, CTRL))
    assert text_of(editor) == "ett tre\n"
    assert QGuiApplication.clipboard().text() == "två "


def test_other_programs_get_good_html_and_text(qapp):
    data = mime_data(EVERYTHING)
    assert data.text() == ("text ord\n• a\n  b\nTabell\nA\tB\n1\t\n[En karta]\nBildtext\nslut")
    assert outline(read_html(data.html())) == (
        "text **ord**\n-\n    a\n    > b\n(Tabell)\n|A|B|\n|1||\n[En karta]\n_Bildtext_\nslut\n"
    )


def test_html_that_says_nothing_gives_way_to_the_text(editor):
    paste(editor, html="<meta charset=utf-8><style>p{}</style>", text="texten")
    assert text_of(editor) == "texten\n"


@pytest.mark.parametrize("html", ["<p></p>", "<!-- -->", "<script>x</script>"])
def test_pasting_nothing_is_no_edit(editor, qtbot, html):
    with qtbot.assertNotEmitted(editor.edited):
        paste(editor, html=html)
