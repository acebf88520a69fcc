import itertools

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.domain.text import (
    Align,
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
    block_spans,
    children,
    is_empty,
    is_language,
    map_spans,
    normal_spans,
    paragraph,
    plain_text,
    spans,
    spans_text,
    walk,
    with_ids,
    word_count,
)

TABLE = Table(
    header=(spans("År"), spans("Antal")),
    rows=((spans("2023"), spans("4")), (spans("2024"), ())),
    caption=spans("Besök"),
    columns=(Column(Align.RIGHT),),
)
EVERYTHING = (
    Heading(2, spans("Rubrik")),
    paragraph("Stycke"),
    BulletList((ListItem((paragraph("punkt"), NumberedList((ListItem((paragraph("ett"),)),)))),)),
    Quote((paragraph("citat"),)),
    TABLE,
    Image("bild.png", "Vad bilden visar", spans("Bildtext")),
)


def test_normal_spans_are_the_fewest_that_say_the_same():
    parts = (Span("a"), Span("", bold=True), Span("b"), Span("c", bold=True), Span("d", bold=True))
    assert normal_spans(parts) == (Span("ab"), Span("cd", bold=True))


def test_spans_with_different_links_or_languages_stay_apart():
    parts = (Span("a", link="x:1"), Span("b", link="x:2"), Span("c", language="fi"), Span("d"))
    assert normal_spans(parts) == parts


@given(st.lists(st.builds(Span, st.text(max_size=2), st.booleans())))
def test_normal_spans_keep_the_text_and_are_stable(parts: list[Span]):
    once = normal_spans(parts)
    assert spans_text(once) == spans_text(tuple(parts))
    assert normal_spans(once) == once
    assert all(a.bold != b.bold for a, b in itertools.pairwise(once))


def test_text_is_read_in_reading_order():
    assert plain_text(EVERYTHING).split("\n") == [
        "Rubrik", "Stycke", "punkt", "ett", "citat", "Besök", "År", "Antal", "2023", "4", "2024",
        "Bildtext",
    ]  # fmt: skip


def test_walk_meets_nested_blocks_after_the_one_they_stand_in():
    kinds = [type(block).__name__ for block in walk(EVERYTHING)]
    assert kinds == [
        "Heading", "Paragraph", "BulletList", "Paragraph", "NumberedList", "Paragraph", "Quote",
        "Paragraph", "Table", "Image",
    ]  # fmt: skip
    assert children(TABLE) == ()
    assert list(block_spans(EVERYTHING[2])) == []


def test_a_column_without_settings_is_left_aligned():
    assert [TABLE.column(i).align for i in (0, 1)] == [Align.RIGHT, Align.LEFT]


def test_map_spans_reaches_every_piece_of_text():
    def shout(parts):
        return spans(spans_text(parts).upper())

    changed = map_spans(EVERYTHING, shout)
    assert plain_text(changed) == plain_text(EVERYTHING).upper()
    assert [type(b) for b in walk(changed)] == [type(b) for b in walk(EVERYTHING)]


@given(strategies.blocks(files=("a.png",)))
def test_map_spans_with_no_change_is_no_change(blocks):
    assert map_spans(blocks, lambda parts: parts) == blocks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n – … ”” ", 0),
        ("Nämnden godkänner förslaget.", 3),
        ("E-post och e-tjänst", 3),
        ("3,5 procent av 1 057,8 mnkr", 6),
        ("Se KS 2023/740, dnr 1.2.4.-293/2015.", 5),
        ("EU:s och stadens o'Hara-park", 4),
        ("11 § MBL", 2),
        ("den 27 oktober 2023", 4),
        ("sam\xadverkans\xadgrupp", 1),
        ("sa\N{COMBINING RING ABOVE}nga\N{COMBINING DIAERESIS}r", 1),
        ("ja\u00a0nej", 2),
        ("(tillgänglighet)—delaktighet", 2),
    ],
)
def test_words_are_counted_as_a_reader_would(text: str, words: int):
    assert word_count((paragraph(text),)) == words


def test_words_in_every_kind_of_block_count():
    assert word_count(EVERYTHING) == 12


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Paragraph(),),
        (paragraph(" \n\t\u00a0"),),
        (Quote(()), BulletList(()), BulletList((ListItem(()),))),
        (Quote((BulletList((ListItem((Paragraph(), Quote((Paragraph(),)))),)),)),),
        (Table(header=((), ())),),
    ],
)
def test_what_would_print_nothing_is_empty(blocks):
    assert is_empty(blocks)


@pytest.mark.parametrize("block", [Image("a.png", ""), Quote((Image("a.png", ""),)), TABLE])
def test_images_and_filled_tables_are_something(block):
    assert not is_empty((block,))


@pytest.mark.parametrize("tag", ["sv-SE", "en", "fi-FI", "zh-Hant-TW", "fit"])
def test_language_tags(tag: str):
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "s", "sv_SE", "svenska språket", "sv-", "-SE", "sv\n", "åä"])
def test_what_is_no_language_tag(tag: str):
    assert not is_language(tag)


def ids_of(blocks) -> list[str]:
    return [block.id for block in walk(blocks)]


def test_blocks_that_are_right_already_are_the_same_objects():
    made = with_ids(EVERYTHING, iter(map(str, range(99))).__next__, set())
    again = with_ids(made, lambda: pytest.fail("no new id is needed"), set())
    assert all(new is old for new, old in zip(again, made, strict=True))


def test_a_pasted_copy_gets_new_ids_and_the_first_keeps_its_own():
    first = Paragraph(spans("a"), id="x")
    copy = BulletList((ListItem((Paragraph(spans("a"), id="x"),)),), id="y")
    made = with_ids((first, copy), iter(["n1", "n2"]).__next__, set())
    assert ids_of(made) == ["x", "y", "n1"]


def test_a_new_id_that_is_taken_is_not_used():
    made = with_ids((Paragraph(), Paragraph()), iter(["a", "a", "", "b"]).__next__, {"a"} - {"a"})
    assert ids_of(made) == ["a", "b"]


@given(strategies.blocks(files=("a.png",)), strategies.blocks(files=("a.png",)))
def test_ids_are_unique_through_a_whole_draft(one, other):
    numbers = itertools.count()
    taken: set[str] = set()

    def new_id() -> str:
        return str(next(numbers) // 2)  # gives each twice

    made = [with_ids(blocks, new_id, taken) for blocks in (one, other, one)]
    ids = [name for blocks in made for name in ids_of(blocks)]
    assert "" not in ids
    assert len(set(ids)) == len(ids)
    assert taken == set(ids)
    assert [plain_text(blocks) for blocks in made] == [plain_text(b) for b in (one, other, one)]
