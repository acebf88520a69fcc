"""Rich text in a text document: nothing is lost on the way in, through edits, and out."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from samverkan_desktop.codec.draft_json import read_section, write_value
from samverkan_desktop.domain.draft import Section
from samverkan_desktop.domain.text import (
    Align,
    Blocks,
    BulletList,
    Column,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Table,
    map_spans,
    paragraph,
    plain_text,
    walk,
    word_count,
)
from tests.strategies import blocks
from ui.editor import splitting, structure, tables
from ui.editor.arranging import arrange
from ui.editor.document import fill
from ui.editor.formats import table_at
from ui.editor.lines import Kind, flatten, normalised
from ui.editor.pasting import insert_blocks
from ui.editor.reader import DocumentReader, read

FILES = ("karta.png", "å b#1%.png")


def filled(content: Blocks) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout()
    fill(document, content)
    return document


@given(content=blocks(files=FILES, depth=3))
def test_a_document_gives_back_what_it_was_filled_with(qapp, content):
    content = normalised(content)
    assert read(filled(content)) == content


@given(content=blocks(files=FILES))
def test_normalising_takes_no_text_away_and_is_done_once(qapp, content):
    once = normalised(content)
    assert normalised(once) == once
    kept = str.maketrans("", "", "\n\r\u2028\u2029\ufdd0\ufdd1")
    assert plain_text(once).translate(kept) == plain_text(content).translate(kept)


def test_everything_that_a_block_can_say_comes_back(qapp):
    content = (
        Heading(2, (Span("Rubrik"),), id="h"),
        Paragraph(
            (
                Span("a"),
                Span("b\nc", bold=True, link="https://example.se/?x=1&y=2"),
                Span("d", italic=True, language="en"),
            ),
            id="p",
        ),
        NumberedList(
            (
                ListItem((paragraph_with("i1", "ett"), paragraph_with("i2", "mer"))),
                ListItem((BulletList((ListItem((paragraph_with("i3", "x"),)),), id="inner"),)),
            ),
            id="n",
        ),
        NumberedList((ListItem((Quote((paragraph_with("q1", "y"),), id="q"),)),), id="n2"),
        Table(
            ((Span("A"),), ()),
            (((Span("1,5", bold=True),), (Span("b\nc"),)),),
            caption=(Span("Tabell"), Span("text", italic=True)),
            columns=(Column(Align.DECIMAL), Column(Align.CENTER)),
            id="t",
        ),
        Table(((),), id="t2"),
        Image("karta.png", "Visar ”allt”", (Span("Bildtext"),), id="g"),
        Image("karta.png", "", id="g2"),
        Paragraph((), id="tomt"),
    )
    assert read(filled(content)) == content


def paragraph_with(block_id: str, text: str) -> Paragraph:
    return Paragraph((Span(text),), id=block_id)


def test_an_empty_document_is_empty_content(qapp):
    assert read(QTextDocument()) != ()  # a block that we know nothing of is a paragraph
    assert read(filled(())) == ()
    one = (Paragraph((), id="a"),)
    assert read(filled(one)) == one


def test_text_that_qt_takes_for_a_byte_order_mark_is_kept(qapp):
    for text in ("\ufeffabc", "\ufffeabc", "\ufeff\ufeff", "\ufffe\U0001f600"):
        content = (Paragraph((Span(text, link=text),), id=text), Image("a.png", text, id="b"))
        assert read(filled(content)) == content


def test_splitting_a_block_gives_the_second_part_an_id_that_stays(qapp):
    document = filled((paragraph_with("a", "ett två"),))
    reader = DocumentReader(document)
    cursor = QTextCursor(document)
    cursor.setPosition(3)
    cursor.insertBlock()  # as Qt does it: the format is copied, and the id with it
    first, second = reader.content()
    assert first.id == "a"
    assert second.id not in ("a", "")
    cursor.insertText("x")
    assert [block.id for block in reader.content()] == ["a", second.id]


def test_only_what_changed_is_read_again(qapp):
    document = filled(tuple(paragraph(f"stycke {n}") for n in range(50)))
    reader = DocumentReader(document)
    before = reader.content()
    assert reader.content() is before
    cursor = QTextCursor(document.findBlockByNumber(20))
    cursor.insertText("x")
    after = reader.content()
    assert [a is b for a, b in zip(before, after, strict=True)].count(False) == 1
    assert reader.word_count() == word_count(after)


def test_a_change_that_changes_nothing_is_none(qapp):
    document = filled((paragraph_with("a", "text"),))
    reader = DocumentReader(document)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeCharFormat(cursor.charFormat())
    cursor.mergeBlockFormat(cursor.blockFormat())
    assert not reader.take_change()
    cursor.insertText("text")
    assert not reader.take_change()
    cursor.insertText("x")
    assert reader.take_change()
    assert not reader.take_change()


def test_undo_whose_range_qt_tells_too_short_is_read_whole(qapp):
    items = (ListItem((paragraph("ab"),)), ListItem((Paragraph(),)))
    gone = (BulletList(items), Paragraph(), Paragraph(), Image("karta.png", ""))
    document = filled(gone)
    reader = DocumentReader(document)
    before = reader.content()
    cursor = QTextCursor(document)
    cursor.setPosition(2)
    cursor.setPosition(5, QTextCursor.MoveMode.KeepAnchor)
    insert_blocks(cursor, ())
    document.undo()
    assert reader.content() == before


def write(cursor: QTextCursor) -> None:
    with structure.one_undo_step(cursor):
        cursor.insertText("x")
        structure.tidy(cursor)


def backspace(cursor: QTextCursor) -> None:
    if not splitting.backspace(cursor):
        with structure.one_undo_step(cursor):  # Qt joins the steps of neighbouring keys
            cursor.deletePreviousChar()
            structure.tidy(cursor)


def delete(cursor: QTextCursor) -> None:
    if not splitting.delete(cursor):
        with structure.one_undo_step(cursor):
            cursor.deleteChar()
            structure.tidy(cursor)


ANYWHERE = {
    "type": write,
    "enter": splitting.enter,
    "backspace": backspace,
    "delete": delete,
    "bullets": lambda cursor: structure.toggle_list(cursor, Kind.BULLETS),
    "numbers": lambda cursor: structure.toggle_list(cursor, Kind.NUMBERS),
    "heading": lambda cursor: structure.set_level(cursor, 2),
    "text": lambda cursor: structure.set_level(cursor, 0),
    "indent": structure.indent,
    "outdent": structure.outdent,
    "quote": structure.toggle_quote,
}
IN_TABLES = {
    "row": lambda cursor, table: tables.insert_row(cursor, table, below=True),
    "column": lambda cursor, table: tables.insert_column(cursor, table, after=False),
    "remove row": tables.remove_rows,
    "remove column": tables.remove_columns,
    "align": lambda cursor, table: tables.align_columns(cursor, table, Align.RIGHT),
    "caption": tables.add_caption,
}


def edit(cursor: QTextCursor, name: str, pasted: Blocks) -> None:
    table = table_at(cursor.block())
    if name == "paste":
        insert_blocks(cursor, pasted)
    elif name in ANYWHERE:
        ANYWHERE[name](cursor)
    elif table is not None:
        IN_TABLES[name](cursor, table)


EDITS = st.tuples(
    st.sampled_from(["paste", *ANYWHERE, *IN_TABLES]), st.floats(0, 1), st.none() | st.floats(0, 1)
)


def short(content: Blocks) -> Blocks:
    """The same blocks with little text: it is their structure that is edited here."""
    return map_spans(content, lambda parts: (Span("ab"),) if parts else ())


SHORT = blocks(files=FILES).map(short)


@settings(max_examples=60)
@given(content=SHORT, edits=st.lists(EDITS, max_size=8), pasted=SHORT)
def test_any_edits_leave_valid_content_and_can_be_undone_and_redone(qapp, content, edits, pasted):
    document = filled(normalised(content))
    reader = DocumentReader(document)
    states = [reader.content()]
    for name, start, end in edits:
        cursor = QTextCursor(document)
        most = document.characterCount() - 1
        cursor.setPosition(round(start * most))
        if end is not None:
            cursor.setPosition(round(end * most), QTextCursor.MoveMode.KeepAnchor)
        steps = document.availableUndoSteps()
        edit(cursor, name, pasted)
        now = reader.content()
        assert now == read_again(reader, document)
        done = document.availableUndoSteps()
        arrange(document.firstBlock(), document.lastBlock())
        assert document.availableUndoSteps() == done, "the looks of a list were left behind"
        assert read_section(write_value(Section(key="x", content=now)), "test").content == now
        ids = [block.id for block in walk(now)]
        assert len(set(ids)) == len(ids)
        if document.availableUndoSteps() > steps:
            states.append(now)
    for state in reversed(states[:-1]):
        document.undo()
        assert outline_of(reader.content()) == outline_of(state)
    for state in states[1:]:
        document.redo()
        assert outline_of(reader.content()) == outline_of(state)


def read_again(reader: DocumentReader, document: QTextDocument) -> Blocks:
    """What a new reader sees, with the ids that the old one has given."""
    fresh = DocumentReader(document)
    fresh._ids = reader._ids
    return fresh.content()


def outline_of(content: Blocks) -> list[object]:
    """The content without the ids of containers, which Qt doesn't keep when they are torn."""
    return [
        ([(step.kind, step.item) for step in line.path], line.block) for line in numbered(content)
    ]


def numbered(content: Blocks):
    """Lines whose list items are named by their order and not at random."""
    names = {}
    count = itertools.count()
    for line in flatten(content):
        path = []
        for step in line.path:
            if step.item not in names:
                names[step.item] = str(next(count))
            path.append(type(step)(step.kind, "", names[step.item]))
        yield type(line)(tuple(path), line.block)
