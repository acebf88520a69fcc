"""What a reader is told about two versions: what was put in, taken out, moved and set otherwise."""

from dataclasses import replace
from datetime import date

import pytest

from samverkan_desktop.domain.comparing import Change, Comparison, Part, Row, compare
from samverkan_desktop.domain.comparing.lines import BORDER, LineKind
from samverkan_desktop.domain.comparing.wording import became, moved, restyled
from samverkan_desktop.domain.draft import (
    Approval,
    Attachment,
    DecisionGroup,
    Draft,
    Flags,
    Officer,
    Referral,
    Section,
    Signatory,
)
from samverkan_desktop.domain.template import (
    DecisionForm,
    DecisionRule,
    Need,
    Slot,
    SlotKind,
    Template,
)
from samverkan_desktop.domain.text import (
    Align,
    Block,
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
    is_language,
    paragraph,
    spans,
)

TEMPLATE = Template(
    id="prov",
    name="Prov",
    group="Kommun",
    document_name="Prov",
    decision=DecisionRule(form=DecisionForm.SENTENCE),
    slots=(
        Slot(key="forslag", heading="Förslag", need=Need.REQUIRED, kind=SlotKind.DECISION),
        *(Slot(key=key, heading=key.upper(), need=Need.RECOMMENDED) for key in "abc"),
    ),
)

PARK = "Parken är gammal och behöver rustas upp."
ROAD = "Cykelvägen längs ån byggdes om förra året."
SCHOOL = "Skolan har fått fler elever och saknar salar."
BEACH = "Badplatsen stängs under hösten för sanering."


def p(text: str, block: str = "") -> Paragraph:
    return replace(paragraph(text), id=block)


def draft(*content: Block, **sections: tuple[Block, ...]) -> Draft:
    """A draft with the blocks in section a, and other sections by key."""
    parts = ({"a": content} if content else {}) | sections
    found = tuple(Section(key=key, content=blocks) for key, blocks in parts.items())
    return Draft(template="prov", title="Titel", sections=found)


def compared(old: Draft, new: Draft) -> Comparison:
    return compare(old, new, TEMPLATE)


def part(comparison: Comparison, key: str) -> Part:
    return next(part for part in comparison.parts if part.key == key)


def rows(old: Draft, new: Draft, key: str = "a") -> list[tuple[Change, str]]:
    return [(row.change, row.line.text) for row in part(compared(old, new), key).rows]


def changes(old: Draft, new: Draft) -> list[Row]:
    parts = compared(old, new).parts
    return [row for part in parts for row in part.rows if row.change is not Change.SAME]


def test_lines_put_in_and_taken_out_stand_at_their_place() -> None:
    old, new = draft(p(PARK), p(ROAD)), draft(p(PARK), p(SCHOOL))
    assert rows(old, new) == [
        (Change.SAME, PARK),
        (Change.REMOVED, ROAD),
        (Change.ADDED, SCHOOL),
    ]


@pytest.mark.parametrize("ids", [("1", "2"), ("", "")], ids=["ids", "no ids"])
def test_an_edited_paragraph_is_the_same_one(ids) -> None:
    one, other = ids
    old = draft(p(PARK, one), p(ROAD, other))
    new = draft(p(PARK, one), p(ROAD.replace("förra året", "i år"), other))
    assert [row.change for row in part(compared(old, new), "a").rows] == [
        Change.SAME,
        Change.CHANGED,
    ]


def test_pasted_text_with_new_ids_is_found_again() -> None:
    old = draft(p(PARK, "1"), p(ROAD, "2"), p(SCHOOL, "3"))
    new = draft(p(PARK, "x"), p(f"{ROAD} Och den är fin.", "y"), p(SCHOOL, "z"))
    assert [change for change, _ in rows(old, new)] == [Change.SAME, Change.CHANGED, Change.SAME]


def test_a_paragraph_whose_id_went_to_the_other_half_is_found_again() -> None:
    """Enter at the beginning of a paragraph leaves its id at the empty one before it."""
    old = draft(p(PARK, "1"))
    new = draft(p("Nytt stycke först.", "1"), p(PARK, "2"))
    assert rows(old, new) == [(Change.ADDED, "Nytt stycke först."), (Change.SAME, PARK)]


def test_a_paragraph_rewritten_in_place_is_one_change() -> None:
    old, new = draft(p(PARK, "1")), draft(p("Något helt annat står här.", "1"))
    assert [change for change, _ in rows(old, new)] == [Change.CHANGED]


def test_the_fewest_lines_are_said_to_have_moved() -> None:
    old = draft(p(PARK), p(ROAD), p(SCHOOL), p(BEACH))
    new = draft(p(BEACH), p(PARK), p(ROAD), p(SCHOOL))
    assert rows(old, new) == [
        (Change.MOVED, BEACH),
        (Change.SAME, PARK),
        (Change.SAME, ROAD),
        (Change.SAME, SCHOOL),
        (Change.LEFT, BEACH),
    ]


def test_a_line_moved_to_another_section_tells_where_from_and_what_was_changed() -> None:
    old = draft(a=(p(PARK), p(ROAD)), b=(p(SCHOOL),))
    new = draft(a=(p(PARK),), b=(p(SCHOOL), p(ROAD.replace("förra", "detta"))))
    left = part(compared(old, new), "a").rows[-1]
    row = part(compared(old, new), "b").rows[-1]
    assert (left.change, left.elsewhere, left.move) == (Change.LEFT, "b", row.move)
    assert (row.change, row.elsewhere, row.is_reworded) == (Change.MOVED, "a", True)
    assert moved(row, "A") == "Flyttat hit från A"
    assert moved(left, "B") == "Flyttat härifrån till B"


def test_short_lines_in_another_order_have_moved() -> None:
    old = draft(p("Skolnämnden"), p("Miljönämnden"), p("Polisen"))
    new = draft(p("Polisen"), p("Skolnämnden"), p("Miljönämnden"))
    told = [row.line.text for row in changes(old, new) if row.change is Change.MOVED]
    assert told == ["Polisen"]


def test_a_line_moved_within_its_section_says_so() -> None:
    old, new = draft(p(PARK), p(ROAD)), draft(p(ROAD), p(PARK))
    (row,) = (row for row in changes(old, new) if row.change is Change.MOVED)
    assert moved(row, "") == "Flyttat inom avsnittet"


def test_of_two_that_are_alike_the_one_that_is_most_so_is_the_same_line() -> None:
    old = draft(a=(p("Parken vid ån rustas upp nästa år."),))
    near, far = "Parken vid ån rustas upp i år.", "Parken vid skolan rustas upp nästa sommar."
    new = draft(b=(p(far),), c=(p(near),))
    told = {(row.change, row.line.text) for row in changes(old, new)}
    assert (Change.MOVED, near) in told
    assert (Change.ADDED, far) in told
    told = {(row.change, row.line.text) for row in changes(new, old)}
    assert (Change.REMOVED, far) in told


def test_short_lines_are_not_looked_for_in_other_sections() -> None:
    old, new = draft(a=(p("Ja."),), b=(p(PARK),)), draft(a=(p(PARK),), b=(p("Ja."),))
    told = {(row.change, row.line.text) for row in changes(old, new)}
    assert told == {
        (Change.REMOVED, "Ja."),
        (Change.ADDED, "Ja."),
        (Change.MOVED, PARK),
        (Change.LEFT, PARK),
    }


def test_many_equal_lines_are_found_again_in_order() -> None:
    same = [p("Avdelningen för förskola"), p("Avdelningen för äldre"), p("Registrator")] * 60
    old, new = draft(p(PARK), *same), draft(p(ROAD), *same[:40], p(SCHOOL), *same[41:])
    assert {row.change for row in changes(old, new)} == {Change.ADDED, Change.REMOVED}


def test_a_long_text_in_which_all_is_new_is_not_matched_by_chance() -> None:
    old = draft(*(p(f"Gammal {n} rad.") for n in range(60)))
    new = draft(*(p(f"Ny {n + 100} text.") for n in range(60)))
    assert {row.change for row in changes(old, new)} == {Change.ADDED, Change.REMOVED}


def test_words_that_many_lines_have_are_no_sign() -> None:
    common = "Nämnden godkänner förslaget och sänder det vidare"
    old = draft(*(p(f"{common} {n}") for n in range(90)))
    new = draft(*(p(f"{common} {n}") for n in range(90) if n % 2))
    assert {row.change for row in changes(old, new)} == {Change.REMOVED}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (p(PARK), BulletList((ListItem((p(PARK),)),)), "stycke → stycke i punkt"),
        (Heading(2, spans(PARK)), Heading(3, spans(PARK)), "på nivå 2 → underrubrik på nivå 3"),
        (Quote((p(PARK),)), p(PARK), "stycke i citat → stycke"),
        (
            BulletList((ListItem((p(PARK),)),)),
            NumberedList((ListItem((p(PARK),)),)),
            "i punkt → stycke i numrerad punkt",
        ),
        (Image("a.png", PARK), Image("b.png", PARK), "bild a.png → bild b.png"),
    ],
)
def test_what_becomes_something_else_is_told(old: Block, new: Block, told: str) -> None:
    (row,) = changes(draft(old), draft(new))
    assert row.change is Change.CHANGED
    assert not row.is_reworded
    assert told in became(row)


def test_a_deeper_item_and_a_paragraph_that_joins_an_item_are_told() -> None:
    flat = BulletList((ListItem((p(PARK),)), ListItem((p(ROAD),))))
    nested = BulletList((ListItem((p(PARK), BulletList((ListItem((p(ROAD),)),)))),))
    joined = BulletList((ListItem((p(PARK), p(ROAD))),))
    (row,) = changes(draft(flat), draft(nested))
    assert became(row) == "stycke i punkt → stycke i punkt på nivå 2"
    (row,) = changes(draft(flat), draft(joined))
    assert became(row) == "stycke i punkt → stycke i punkt, fortsättning"


def test_a_line_that_only_changed_words_became_nothing_else() -> None:
    (row,) = changes(draft(p(PARK)), draft(p(f"{PARK} Nu.")))
    assert became(row) == ""


def test_items_that_get_another_number_are_the_same() -> None:
    items = [ListItem((p(text),)) for text in (PARK, ROAD, SCHOOL)]
    old, new = draft(NumberedList(tuple(items[1:]))), draft(NumberedList(tuple(items)))
    assert [(row.change, row.line.mark) for row in changes(old, new)] == [(Change.ADDED, "1.")]


def table(*rows: tuple[str, ...], **more) -> Table:
    cells = [tuple(map(spans, row)) for row in rows]
    return Table(header=cells[0], rows=tuple(cells[1:]), **more)


def test_rows_of_a_table_are_lines_and_their_cells_are_kept_apart() -> None:
    old = draft(table(("Post", "Tkr"), ("Mark", "400"), ("Summa", "900")))
    new = draft(table(("Post", "Tkr"), ("Mark", "450"), ("Träd", "50"), ("Summa", "950")))
    told = [(row.change, row.line.text) for row in changes(old, new)]
    assert told == [
        (Change.CHANGED, "Mark\t450"),
        (Change.ADDED, "Träd\t50"),
        (Change.CHANGED, "Summa\t950"),
    ]


def test_rows_without_a_word_in_common_are_matched_by_place() -> None:
    old = draft(table(("År", "Tkr"), ("2030", "400"), ("2031", "410")))
    new = draft(table(("År", "Tkr"), ("2032", "420"), ("2033", "430")))
    assert [row.change for row in changes(old, new)] == [Change.CHANGED, Change.CHANGED]


def test_a_table_that_is_set_otherwise_and_its_caption_are_told() -> None:
    old = draft(table(("Post", "Tkr")))
    new = draft(
        table(("Post", "Tkr"), columns=(Column(), Column(Align.DECIMAL)), caption=spans(PARK))
    )
    caption, header = changes(old, new)
    assert (caption.change, caption.line.form.kind) == (Change.ADDED, LineKind.CAPTION)
    assert became(header) == (
        "kolumnrubriker (vänster, vänster) → kolumnrubriker (vänster, decimaler)"
    )


def test_of_a_table_in_a_list_only_the_first_line_has_the_mark() -> None:
    item = ListItem((table(("Post", "Tkr"), ("Mark", "400")),))
    found = part(compared(draft(), draft(BulletList((item,)))), "a").rows
    assert [(row.line.mark, row.line.form.opens) for row in found] == [("•", True), ("", False)]


def test_no_text_can_be_a_border_between_cells() -> None:
    assert not is_language(BORDER.language or "")
    old = draft(Table(header=(spans("a\tb"), spans("c"))))
    new = draft(Table(header=(spans("a"), spans("b\tc"))))
    assert [row.change for row in changes(old, new)] == [Change.CHANGED]


def test_alt_text_and_caption_of_an_image() -> None:
    old = draft(Image("a.png", "En karta", spans("Karta över parken"), "1"))
    new = draft(Image("a.png", "En karta över parken", (), "1"))
    assert [(row.change, row.line.form.kind) for row in changes(old, new)] == [
        (Change.CHANGED, LineKind.IMAGE),
        (Change.REMOVED, LineKind.CAPTION),
    ]


def test_new_marks_are_told() -> None:
    plain = Paragraph((Span(PARK, bold=True, link="https://a.se", language="en"),))
    styled = Paragraph((Span(PARK, italic=True),))
    (row,) = changes(draft(plain), draft(styled))
    assert restyled(row.pieces[0]) == "dokumentets språk, ingen länk, inte fet, kursiv"
    (row,) = changes(draft(styled), draft(plain))
    assert restyled(row.pieces[0]) == "fet, inte kursiv, länk till https://a.se, språk en"


def test_a_mark_among_several_is_told_alone() -> None:
    old = Paragraph((Span(PARK, bold=True, link="https://a.se"),))
    new = Paragraph((Span(PARK, bold=True, link="https://b.se"),))
    (row,) = changes(draft(old), draft(new))
    assert restyled(row.pieces[0]) == "länk till https://b.se"
    (row,) = changes(draft(old), draft(Paragraph((Span(PARK, link="https://a.se"),))))
    assert restyled(row.pieces[0]) == "inte fet"


def test_a_line_that_shares_some_words_with_another_section_is_another_line() -> None:
    old = draft(a=(p("Parken rustas upp med nya gungor och bänkar."),))
    new = draft(b=(p("Parken stängs medan vägen rustas om av trafikkontoret."),))
    assert {row.change for row in changes(old, new)} == {Change.ADDED, Change.REMOVED}


def test_the_same_lines_otherwise_divided_are_told() -> None:
    one, other = ListItem((p(PARK),)), ListItem((p(ROAD),))
    (row,) = changes(
        draft(BulletList((one, other))), draft(BulletList((one,)), BulletList((other,)))
    )
    assert row.line.mark == "Uppställning"
    (row,) = changes(
        draft(Quote((Quote((p(PARK),)),))), draft(Quote((Quote((p(PARK),)), Quote(()))))
    )
    assert row.line.mark == "Uppställning"


def test_the_decision_is_compared_item_by_item() -> None:
    old = replace(draft(), decision=(DecisionGroup(items=((p(PARK),), (p(ROAD),))),))
    new = replace(
        draft(), decision=(DecisionGroup(lead_in="Nämnden beslutar", items=((p(ROAD),),)),)
    )
    assert rows(old, new, "forslag") == [
        (Change.REMOVED, PARK),
        (Change.ADDED, "Nämnden beslutar"),
        (Change.SAME, ROAD),
    ]
    assert part(compared(old, new), "forslag").heading == "Förslag"


def test_sections_put_in_taken_out_and_moved() -> None:
    old = draft(a=(p(PARK),), b=(p(ROAD),), c=(p(SCHOOL),), egen=(p(BEACH),))
    new = draft(c=(p(SCHOOL),), a=(p(PARK),), b=(p(ROAD),), ny=(p("Helt ny."),))
    parts = [part for part in compared(old, new).parts if part.is_section]
    assert [(part.key, part.change) for part in parts] == [
        ("forslag", Change.SAME),
        ("c", Change.MOVED),
        ("a", Change.SAME),
        ("b", Change.SAME),
        ("egen", Change.REMOVED),
        ("ny", Change.ADDED),
    ]
    assert not parts[1].differs_within
    assert parts[4].differs_within
    assert parts[5].heading == "Avsnitt utan rubrik"


def test_a_moved_section_that_was_also_edited_differs_within() -> None:
    old = draft(a=(p(PARK),), b=(p(ROAD),))
    new = draft(b=(p(ROAD),), a=(p(f"{PARK} Nu."),))
    found = {part.key: part for part in compared(old, new).parts}
    (key,) = (key for key in "ab" if found[key].change is Change.MOVED)
    assert found["a"].differs_within
    assert found[key].differs_within == (key == "a")


def test_a_slot_that_nobody_wrote_in_may_be_there_or_not() -> None:
    assert compared(draft(a=(p(PARK),)), draft(a=(p(PARK),), b=())).is_empty
    assert not compared(draft(), draft(egen=())).is_empty


def test_slots_that_nobody_wrote_in_are_not_mentioned() -> None:
    parts = compared(draft(p(PARK)), draft(p(PARK))).parts
    assert [part.key for part in parts if part.is_section] == ["forslag", "a"]


def test_what_is_said_about_a_section() -> None:
    plain = Section(key="a", content=(p(PARK),))
    said = replace(plain, heading="Ny rubrik", hidden=True, done=True, not_applicable="")
    old, new = (replace(draft(), sections=(section,)) for section in (plain, said))
    told = [(row.line.mark, row.old.text, row.new.text) for row in changes(old, new)]
    assert told == [
        ("Rubrik", "A", "Ny rubrik"),
        ("Dolt i dokumentet", "Nej", "Ja"),
        ("Klar", "Nej", "Ja"),
        ("Ej tillämpligt", "", "Ja, utan skäl"),
    ]


def test_a_new_section_says_what_is_unusual_about_it() -> None:
    new = replace(draft(), sections=(Section(key="egen", heading="Eget", hidden=True),))
    assert [row.line.mark for row in changes(draft(), new)] == ["Dolt i dokumentet"]


def test_the_head_is_told_in_the_words_of_the_form() -> None:
    old = draft()
    new = replace(
        old,
        title="Ny titel",
        dnr="KS 1",
        meeting_date=date(2031, 5, 2),
        officer=Officer(name="Anna"),
        flags=Flags(immediate_approval=True, confidential=""),
        referral=Referral(sender="Staten"),
    )
    told = {row.line.mark: (row.old.text, row.new.text) for row in changes(old, new)}
    assert told == {
        "Rubrik": ("Titel", "Ny titel"),
        "Dnr": ("", "KS 1"),
        "Sammanträde": ("", "2031-05-02"),
        "Omedelbar justering": ("Nej", "Ja"),
        "Sekretess": ("", "utan lagrum"),
        "Handläggare: namn": ("", "Anna"),
        "Remittent": ("", "Staten"),
    }


def test_people_and_attachments_are_compared_row_by_row() -> None:
    anna, bo = Signatory(name="Anna", role="Chef"), Signatory(name="Bo", role="Direktör")
    map_, plan = Attachment(title="Karta", file="karta.pdf"), Attachment(title="Plan")
    old = replace(draft(), signatories=(anna,), attachments=(map_, plan))
    new = replace(
        draft(),
        signatories=(bo, anna),
        attachments=(plan,),
        approvals=(Approval(name="Eva", date=date(2031, 5, 2)),),
        referral=Referral(consulted=("Polisen",)),
    )
    told = [(row.change, row.line.text) for row in changes(old, new)]
    assert told == [
        (Change.ADDED, "Polisen"),
        (Change.ADDED, "Bo\tDirektör"),
        (Change.REMOVED, "Karta\tkarta.pdf"),
        (Change.ADDED, "Eva\t\t2031-05-02"),
    ]


def test_another_template_is_told_with_what_it_calls_things() -> None:
    slots = (TEMPLATE.slots[0], replace(TEMPLATE.slots[1], heading="Ärendet"))
    other = replace(TEMPLATE, id="annan", name="Annan", slots=slots)
    old = draft(a=(p(PARK),))
    found = compare(old, replace(old, template="annan"), other, TEMPLATE)
    told = [
        (row.line.mark, row.old.text, row.new.text)
        for part in found.parts
        for row in part.rows
        if row.is_reworded
    ]
    assert told == [("Mall", "Kommun, Prov", "Kommun, Annan"), ("Rubrik", "A", "Ärendet")]
    assert {part.key for part in found.parts if part.is_section} == {"forslag", "a"}


def test_changes_are_counted_as_a_reader_would() -> None:
    old = draft(a=(p(PARK), p(ROAD)), egen=(p("Ett."), p("Två.")))
    new = draft(a=(p(SCHOOL), p(BEACH), p(f"{ROAD} Ja."), p("Slut.")), b=())
    stops = compared(old, new).stops()
    assert [(stop.first, stop.last) for stop in stops] == [
        (0, 0),  # taken out
        (1, 2),  # two put in together
        (3, 3),  # reworded
        (4, 4),  # put in
        (-1, 1),  # a whole section taken out
    ]


def test_a_part_is_called_by_its_heading() -> None:
    found = compared(draft(p(PARK)), draft(p(PARK)))
    assert found.heading("a") == "A"
    with pytest.raises(KeyError):
        found.heading("z")
