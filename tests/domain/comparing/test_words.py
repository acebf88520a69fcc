"""Word differences as a reader would mark them."""

import pytest

from samverkan_desktop.domain.comparing.words import Kind, compare_words, words_of
from samverkan_desktop.domain.text import Span, spans

OPEN = {Kind.REMOVED: "[", Kind.ADDED: "{", Kind.RESTYLED: "<", Kind.SAME: ""}
CLOSE = {Kind.REMOVED: "]", Kind.ADDED: "}", Kind.RESTYLED: ">", Kind.SAME: ""}


def marked(old: str, new: str) -> str:
    pieces = compare_words(spans(old), spans(new))
    return "".join(f"{OPEN[p.kind]}{p.text}{CLOSE[p.kind]}" for p in pieces)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "", ""),
        ("Samma ord.", "Samma ord.", "Samma ord."),
        ("", "Allt är nytt.", "{Allt är nytt.}"),
        ("Allt är borta.", "", "[Allt är borta.]"),
        ("Nämnden beslutar nu.", "Nämnden yttrar sig nu.", "Nämnden [beslutar]{yttrar sig} nu."),
        ("En park och ett torg.", "En park.", "En park[ och ett torg]."),
        ("En park.", "En stor park.", "En {stor }park."),
        ("Kostar 1 057,8 tkr.", "Kostar 1 058 tkr.", "Kostar [1 057,8]{1 058} tkr."),
        ("Dnr KS 2023/740.", "Dnr KS 2024/740.", "Dnr KS [2023/740]{2024/740}."),
        ("ett två", "ett  två", "ett[ ]{  }två"),
        (" inledande", "inledande", "[ ]inledande"),
        (" inledande ord", "  helt inledande ord", "[ ]{  helt }inledande ord"),
        ("avslutande", "avslutande ", "avslutande{ }"),
        ("sam\N{SOFT HYPHEN}verkan här", "samverkan här", "[sam\xadverkan]{samverkan} här"),
        ("rad ett\nrad två", "rad ett\nrad tre", "rad ett\nrad [två]{tre}"),
    ],
)
def test_what_is_marked(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


def test_a_few_words_between_rewritten_ones_are_part_of_the_rewriting() -> None:
    old = "Förvaltningen föreslår att lekplatsen rustas upp och får nya redskap."
    new = "Kontoret anser att parken byggs om och får nya redskap."
    assert marked(old, new) == (
        "[Förvaltningen föreslår att lekplatsen rustas upp]{Kontoret anser att parken byggs om}"
        " och får nya redskap."
    )


def test_cells_of_a_row_are_kept_apart() -> None:
    assert marked("Summa\t500\t600", "Totalt\t500\t700") == ("[Summa]{Totalt}\t500\t[600]{700}")


def test_cells_that_all_change_are_kept_apart_too() -> None:
    assert marked("400\t500", "450\t550") == "[400]{450}\t[500]{550}"


def test_new_marks_on_the_same_words_are_told_and_nothing_else() -> None:
    old = (Span("Det är viktigt att veta."),)
    new = (Span("Det är "), Span("viktigt", bold=True), Span(" att veta."))
    pieces = compare_words(old, new)
    assert [(p.kind, p.text) for p in pieces] == [
        (Kind.SAME, "Det är "),
        (Kind.RESTYLED, "viktigt"),
        (Kind.SAME, " att veta."),
    ]
    assert pieces[1].old == (Span("viktigt"),)
    assert pieces[1].new == (Span("viktigt", bold=True),)


def test_marks_may_change_beside_words_that_do() -> None:
    old = (Span("Läs "), Span("planen", link="https://a.se"), Span(" noga i dag."))
    new = (Span("Läs "), Span("planen", link="https://b.se"), Span(" noga i morgon."))
    pieces = compare_words(old, new)
    assert [(p.kind, p.text) for p in pieces if p.kind is not Kind.SAME] == [
        (Kind.RESTYLED, "planen"),
        (Kind.REMOVED, "dag"),
        (Kind.ADDED, "morgon"),
    ]


def test_a_word_set_in_two_ways_is_still_one_word() -> None:
    old = (Span("sam", bold=True), Span("verkan pågår"))
    new = (Span("sam", bold=True), Span("arbete pågår"))
    pieces = compare_words(old, new)
    assert [(p.kind, p.text) for p in pieces] == [
        (Kind.REMOVED, "samverkan"),
        (Kind.ADDED, "samarbete"),
        (Kind.SAME, " pågår"),
    ]


def test_words_are_those_a_reader_sees() -> None:
    assert words_of("Den 3,5 km långa e-posten, KS 2023/740!") == [
        "den", "3,5", "km", "långa", "e-posten", "ks", "2023/740",
    ]  # fmt: skip
