"""Accepting and rejecting: the same text in any order, and never in a place that looks alike."""

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import blocks

from samverkan_desktop.domain.placing import place
from samverkan_desktop.domain.review import Anchor, BlockEdit, Suggestion, TextEdit
from samverkan_desktop.domain.reviewing import (
    OrphanError,
    accept,
    accept_all,
    anchored,
    is_orphan,
    reject,
)
from samverkan_desktop.domain.spots import spots, with_spans_at
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Table,
    spans,
    spans_text,
    walk,
    with_ids,
)

TEXT = "Bryggan vid Norrviken byts ut i vår."
CONTENT: Blocks = (Paragraph(spans(TEXT), "p1"), Paragraph(spans("Det kostar 450 tkr."), "p2"))


def text_edit(start: int, end: int, new: str = "", order: int = 0, block: str = "p1") -> TextEdit:
    before = next(spans_text(b.spans) for b in CONTENT if b.id == block)
    return TextEdit(
        block=block, start=start, end=end, before=before, removed=before[start:end],
        inserted=spans(new), order=order,
    )  # fmt: skip


def suggestion(name: str, *edits: TextEdit | BlockEdit, within: str = "") -> Suggestion:
    return Suggestion(
        id=name, author="Anna", at=None, section="arendet", edits=edits, within=within
    )


def text_of(content: Blocks) -> list[str]:
    return [spans_text(part) for block in walk(content) for _, part in spots(block)]


def test_an_accepted_suggestion_moves_those_after_it() -> None:
    first = suggestion("a", text_edit(0, 7, "Den gamla bryggan"))
    last = suggestion("b", text_edit(22, 29, "ersätts"))
    reviewed = accept(CONTENT, first, [first, last])
    assert text_of(accept(reviewed.content, reviewed.left[0], ()).content)[0] == (
        "Den gamla bryggan vid Norrviken ersätts i vår."
    )


def test_insertions_at_one_place_keep_their_order() -> None:
    one, two = (suggestion(n, text_edit(7, 7, f" {n}", order=at)) for at, n in enumerate("ab"))
    for order in ([one, two], [two, one]):
        assert text_of(accept_all(CONTENT, order))[0].startswith("Bryggan a b vid")


def test_marks_and_links_around_an_edit_stay() -> None:
    parts = (Span("En "), Span("viktig", bold=True), Span(" sak"))
    edit = TextEdit(block="p", start=5, end=7, before="En viktig sak", removed="kt")
    made = accept((Paragraph(parts, "p"),), suggestion("a", edit), ()).content
    assert made == (Paragraph((Span("En "), Span("viig", bold=True), Span(" sak")), "p"),)


def test_what_is_within_another_waits_for_it() -> None:
    outer = suggestion("a", text_edit(7, 7, " från 1974"))
    edit = TextEdit(block="p1", start=1, end=5, before=" från 1974", removed="från")
    inner = suggestion("b", edit, within="a")
    for order in ([outer, inner], [inner, outer]):
        assert text_of(accept_all(CONTENT, order))[0].startswith("Bryggan  1974 vid")
    assert reject(outer, [outer, inner]) == ()
    assert reject(inner, [outer, inner]) == (outer,)


def test_a_text_that_has_been_changed_makes_an_orphan() -> None:
    edit = suggestion("a", text_edit(12, 21, "Söderviken"))
    changed = (Paragraph(spans("Bryggan vid Nordviken byts ut i vår."), "p1"), CONTENT[1])
    assert is_orphan(changed, edit)
    with pytest.raises(OrphanError):
        accept(changed, edit, ())
    assert is_orphan(CONTENT[1:], edit)


def test_a_change_elsewhere_in_the_text_does_no_harm() -> None:
    edit = suggestion("a", text_edit(30, 35, "höst"))
    changed = (Paragraph(spans(f"Alltså: {TEXT}"), "p1"), CONTENT[1])
    assert not is_orphan(changed, edit)
    with_more = (Paragraph(spans(f"Alltså: {TEXT} Och så vidare."), "p1"),)
    assert text_of(accept(with_more, edit, ()).content)[0].startswith(
        "Alltså: Bryggan vid Norrviken byts ut höst"
    )


def test_an_insertion_is_an_orphan_when_its_surroundings_have_changed() -> None:
    edit = suggestion("a", text_edit(11, 11, " lilla"))
    assert is_orphan((Paragraph(spans("Bryggan i Norrviken byts ut i vår."), "p1"),), edit)


def test_it_is_never_put_where_the_text_only_looks_alike() -> None:
    before = "Nämnden beslutar. Nämnden beslutar. Slut."
    edit = TextEdit(block="p", start=0, end=7, before=before, removed="Nämnden")
    assert place(edit, "Styrelsen beslutar. Nämnden beslutar. Slut.") is None
    assert place(edit, before) == 0


def test_a_kind_and_a_text_may_be_changed_in_either_order() -> None:
    heading = Heading(2, CONTENT[0].spans, "p1")
    kind = suggestion("a", BlockEdit(after="", removed=CONTENT[:1], inserted=(heading,)))
    words = suggestion("b", text_edit(0, 7, "Kajen"))
    made = accept_all(CONTENT, [kind, words])
    assert made == accept_all(CONTENT, [words, kind])
    assert made[0] == Heading(2, spans("Kajen vid Norrviken byts ut i vår."), "p1")


def test_a_block_that_goes_takes_what_is_suggested_in_it() -> None:
    gone = suggestion("a", BlockEdit(after="", removed=CONTENT[:1]))
    words = suggestion("b", text_edit(0, 7, "Kajen"))
    assert accept(CONTENT, gone, [gone, words]).left == ()
    assert accept_all(CONTENT, [words, gone]) == CONTENT[1:] == accept_all(CONTENT, [gone, words])


def item(text: str, name: str) -> ListItem:
    return ListItem((Paragraph(spans(text), name),))


LIST = BulletList((item("ett", "i1"), item("två", "i2"), item("tre", "i3")), "l")


def in_list(after: str, removed: tuple[ListItem, ...], new: tuple[ListItem, ...], order: int = 0):
    return BlockEdit(
        after=after,
        removed=(BulletList(removed),) if removed else (),
        inserted=(BulletList(new),) if new else (),
        inside="l",
        order=order,
    )


def test_items_come_and_go_in_any_order() -> None:
    gone = suggestion("a", in_list("i1", (LIST.items[1],), ()))
    one = suggestion("b", in_list("i2", (), (item("nytt", "n1"),)))
    two = suggestion("c", in_list("i2", (), (item("nyare", "n2"),), order=1))
    every = [gone, one, two]
    for seed in range(6):
        made = accept_all((LIST,), random.Random(seed).sample(every, 3))
        assert text_of(made) == ["ett", "nytt", "nyare", "tre"]


TABLE = Table((spans("Post"),), ((spans("virke"),), (spans("arbete"),), (spans("summa"),)), id="t")


def in_table(after: str, removed: str = "", new: str = "", order: int = 0) -> BlockEdit:
    def rows(text: str) -> Blocks:
        return (Table(TABLE.header, ((spans(text),),)),) if text else ()

    return BlockEdit(
        after=after, removed=rows(removed), inserted=rows(new), inside="t", order=order
    )


def test_rows_and_cells_change_in_any_order() -> None:
    cell = TextEdit(
        block="t", spot="rows.2.0", start=0, end=0, before="summa", inserted=spans("del")
    )
    first = TextEdit(
        block="t", spot="rows.0.0", start=5, end=5, before="virke", inserted=spans("!")
    )
    every = [
        suggestion("a", in_table("", new="frakt")),
        suggestion("b", in_table("rows.0", removed="arbete", order=9)),
        suggestion("c", in_table("rows.0", new="lön")),
        suggestion("d", cell),
        suggestion("e", first),
    ]
    for order in itertools.permutations(every):
        made = accept_all((TABLE,), order)
        assert text_of(made)[2:] == ["frakt", "virke!", "lön", "delsumma"]


def test_what_is_said_of_a_row_goes_with_it() -> None:
    """And what is said of other rows still finds them, also a second time."""
    cell = TextEdit(
        block="t", spot="rows.1.0", start=0, end=0, before="arbete", inserted=spans("x")
    )
    said, gone = suggestion("a", cell), suggestion("b", in_table("rows.0", removed="arbete"))
    again = suggestion("c", in_table("rows.0", removed="arbete"))
    new = suggestion("d", in_table("rows.1", new="moms"))
    reviewed = accept((TABLE,), gone, [said, gone, again, new])
    assert [one.id for one in reviewed.left] == ["c", "d"]
    assert is_orphan(reviewed.content, reviewed.left[0])
    made = accept(reviewed.content, reviewed.left[1], reviewed.left)
    assert text_of(made.content)[2:] == ["virke", "moms", "summa"]
    assert is_orphan(made.content, made.left[0])
    both = suggestion("e", cell, text_edit(0, 7, "Kajen"))  # about something else as well
    left = accept((TABLE, *CONTENT), gone, [both, new]).left
    after = accept((TABLE, *CONTENT), new, accept((TABLE, *CONTENT), gone, [both, new]).left).left
    assert [one.id for one in (*left, *after)] == ["e", "d", "e"]


def test_a_row_is_taken_out_as_others_have_left_it() -> None:
    cell = TextEdit(
        block="t", spot="rows.1.0", start=0, end=0, before="arbete", inserted=spans("x")
    )
    words = suggestion("a", cell)
    for row, left in (("arbete", ["virke", "summa"]), ("summa", ["virke", "xarbete"])):
        gone = suggestion("b", in_table("rows.0" if row == "arbete" else "rows.1", removed=row))
        reviewed = accept((TABLE,), words, [words, gone])
        made = accept(reviewed.content, reviewed.left[0], ()).content
        assert text_of(made)[2:] == left


QUOTE = Quote((Paragraph(spans("Först."), "q1"), Paragraph(spans("Sist."), "q2")), "q")


@pytest.mark.parametrize("new", [replace(TABLE, id="t2"), replace(LIST, id="l2")])
def test_a_table_or_list_in_a_quote_stands_where_it_was_put(new: Table | BulletList) -> None:
    one = suggestion("a", BlockEdit(after="q1", inserted=(new,), inside="q"))
    more = Paragraph(spans("Sedan."), "q3")
    two = suggestion("b", BlockEdit(after="q1", inserted=(more,), inside="q", order=1))
    for order in ([one, two], [two, one]):
        assert accept_all((QUOTE,), order) == (
            replace(QUOTE, blocks=(QUOTE.blocks[0], new, more, QUOTE.blocks[1])),
        )


def test_two_reviewers_blocks_stand_in_the_order_of_what_they_follow() -> None:
    """Also when what one of them follows has been taken out."""
    before = suggestion("a", BlockEdit(after="p1", inserted=(Paragraph(spans("Ett."), "n1"),)))
    gone = suggestion("b", BlockEdit(after="p1", removed=CONTENT[1:]))
    after = suggestion("c", BlockEdit(after="p2", inserted=(Paragraph(spans("Två."), "n2"),)))
    for order in itertools.permutations([before, gone, after]):
        assert text_of(accept_all(CONTENT, order)) == [TEXT, "Ett.", "Två."]


def test_an_edit_of_what_was_put_in_follows_the_rest_of_that_suggestion() -> None:
    """The same person changed the text beside it, and in another block, all as one."""
    outer = suggestion(
        "a", text_edit(7, 7, " och kajen"), text_edit(8, 11, "i"), text_edit(0, 3, "Nu", block="p2")
    )
    nested = TextEdit(block="p1", start=0, end=4, before=" och kajen", removed=" och")
    inner = suggestion("b", replace(nested, removed=" och", inserted=spans(" samt")), within="a")
    made = accept_all(CONTENT, [outer, inner])
    assert text_of(made) == ["Bryggan samt kajen i Norrviken byts ut i vår.", "Nu kostar 450 tkr."]


def test_what_is_within_another_stays_while_other_text_changes() -> None:
    """A row that one puts in and another takes out again, and words of what isn't there yet."""
    other = suggestion("o", in_table("", new="frakt"), text_edit(0, 7, "Kajen"))
    outer = suggestion("a", in_table("rows.0", new="lön", order=2), text_edit(11, 11, " nya"))
    undone = replace(in_table("rows.0", removed="lön", order=2))
    row = suggestion("b", undone, within="a")
    word = TextEdit(block="p1", start=0, end=4, before=" nya", removed=" nya")
    words = suggestion("c", word, within="a")
    content = (TABLE, *CONTENT)
    for order in ([other, outer, row, words], [outer, other, words, row]):
        made = text_of(accept_all(content, order))
        assert made[2:6] == ["frakt", "virke", "arbete", "summa"]
        assert made[6] == "Kajen vid Norrviken byts ut i vår."


def test_suggestions_about_two_versions_of_a_text_are_not_mixed_up() -> None:
    """Of a file that was sent before, and one that was sent after the words were changed."""
    older = replace(text_edit(0, 7, "Kajen"), before=TEXT.replace("i vår", "snart"))
    gone = suggestion("a", BlockEdit(after="", removed=CONTENT[:1]))
    reviewed = accept(CONTENT, suggestion("b", older), [gone])
    assert is_orphan(reviewed.content, reviewed.left[0])


@pytest.mark.parametrize(
    ("edit", "now"),
    [
        (in_list("i1", (), (item("nytt", "n1"),)), ()),
        (in_list("i1", (), (item("nytt", "n1"),)), (Paragraph(spans("ett"), "l"),)),
        (in_list("i1", (), (item("nytt", "n1"),)), (replace(LIST, items=LIST.items[1:]),)),
        (in_table("rows.0", removed="arbete"), (replace(TABLE, rows=TABLE.rows[:1]),)),
        (in_table("rows.0", new="lön"), (replace(TABLE, header=(spans("Post"), spans("tkr"))),)),
        (
            TextEdit(block="t", spot="rows.2.0", start=0, end=0, before="summa"),
            (replace(TABLE, rows=TABLE.rows[:2]),),
        ),
    ],
)
def test_what_has_lost_its_place_since_is_an_orphan(
    edit: BlockEdit | TextEdit, now: Blocks
) -> None:
    assert not is_orphan((LIST, TABLE), suggestion("a", edit))
    assert is_orphan(now, suggestion("a", edit))


@pytest.mark.parametrize(
    ("block", "spot"),
    [(LIST, ""), (TABLE, "rows.3.0"), (TABLE, "header.1"), (CONTENT[0], "caption")],
)
def test_no_text_is_put_where_a_block_has_none(block: Block, spot: str) -> None:
    with pytest.raises(KeyError):
        with_spans_at(block, spot, spans("Nytt."))


def test_a_long_text_is_looked_through_from_both_ends() -> None:
    """What stands between two changes of it is an orphan rather than searched for."""
    before = "".join(f"Mening nummer {n}. " for n in range(400))
    now = before.replace("nummer 100.", "100.").replace("nummer 300.", "300.")

    def edit(word: str) -> TextEdit:
        at = before.index(word)
        return TextEdit(block="p", start=at, end=at + len(word), before=before, removed=word)

    assert place(edit("nummer 50."), now) == before.index("nummer 50.")
    assert place(edit("nummer 350."), now) == now.index("nummer 350.")
    assert place(edit("nummer 200."), now) is None


def test_a_removed_block_that_has_been_edited_since_is_an_orphan() -> None:
    gone = suggestion("a", BlockEdit(after="", removed=CONTENT[:1]))
    assert is_orphan((Paragraph(spans("Annat."), "p1"), CONTENT[1]), gone)


def test_a_comment_finds_its_words_again_or_is_an_orphan() -> None:
    anchor = Anchor(section="arendet", block="p1", start=12, quote="Norrviken")
    assert anchored(CONTENT, anchor) == anchor
    moved = (Paragraph(spans(f"Nu: {TEXT}"), "p1"),)
    assert anchored(moved, anchor) == replace(anchor, start=16)
    twice = (Paragraph(spans("Vid Norrviken och i Norrviken."), "p1"),)
    assert anchored(twice, anchor) is None
    assert anchored((Paragraph(spans("Nordviken"), "p1"),), anchor) is None
    assert anchored(CONTENT[1:], anchor) is None
    whole = Anchor(section="arendet")  # about the section, whatever stands in it
    assert anchored((), whole) == whole


@st.composite
def reviewed_blocks(draw: st.DrawFn) -> tuple[Blocks, list[Suggestion]]:
    """Any content, with edits of its texts that don't touch one another."""
    numbers = iter(range(1000))
    content = with_ids(draw(blocks(max_size=3)), lambda: f"b{next(numbers)}", set())
    pieces = [
        (block.id, spot, spans_text(part)) for block in walk(content) for spot, part in spots(block)
    ]
    assume(pieces)
    edits = []
    for block, spot, text in draw(st.lists(st.sampled_from(pieces), max_size=3, unique=True)):
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        for order, (start, end) in enumerate(zip(cuts[::2], cuts[1::2], strict=False)):
            new = draw(st.sampled_from(["", "x", "nytt "]))
            edits.append(
                TextEdit(
                    block=block, spot=spot, start=start, end=end, before=text,
                    removed=text[start:end], inserted=spans(new), order=order,
                )
            )  # fmt: skip
    return content, [suggestion(f"s{n}", edit) for n, edit in enumerate(edits)]


@given(reviewed_blocks(), st.randoms())
def test_all_are_accepted_to_the_same_text_in_any_order(
    given_: tuple[Blocks, list[Suggestion]], chance: random.Random
) -> None:
    content, suggestions = given_
    made = accept_all(content, suggestions)
    shuffled = chance.sample(suggestions, len(suggestions))
    assert accept_all(content, shuffled) == made


@given(reviewed_blocks())
def test_rejecting_all_leaves_nothing_to_judge(given_: tuple[Blocks, list[Suggestion]]) -> None:
    _, left = given_
    while left:
        left = list(reject(left[0], left))


@given(st.text(max_size=40), st.text(max_size=40), st.data())
def test_an_edit_is_only_placed_where_its_text_stands(before: str, now: str, data) -> None:
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))
    edit = TextEdit(block="p", start=start, end=end, before=before, removed=before[start:end])
    at = place(edit, now)
    if at is not None:
        around = 12
        left = before[max(start - around, 0) : start]
        right = before[end : end + around]
        assert now[at : at + end - start] == edit.removed
        assert now[:at].endswith(left)
        assert now[at + end - start :].startswith(right)
