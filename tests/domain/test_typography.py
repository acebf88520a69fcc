import unicodedata

import pytest
import strategies
from hypothesis import example, given
from hypothesis import strategies as st

from samverkan_desktop.domain.text import Span, normal_spans, spans, spans_text
from samverkan_desktop.domain.typography import NBSP, clean, traced, typeset, typeset_text

# What may have been set there: quotes, apostrophes, dots, dashes, spaces.
ORIGINALS = str.maketrans({"”": '"', "’": "'", "–": "-", "…": "...", NBSP: " "})


def set_back(text: str) -> str:
    """Undo what typography may do, in typeset and untouched text alike."""
    return text.translate(ORIGINALS).replace("--", "-")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('Ett så kallat "knutpunktsläge"', "Ett så kallat ”knutpunktsläge”"),
        ("'enkel' och o'Hara", "’enkel’ och o’Hara"),
        ("Parken ... och torget", "Parken … och torget"),
        ("Parken - och torget", "Parken – och torget"),
        ("Parken -- och torget", "Parken – och torget"),
        ("a - - b", "a – – b"),
        ("åren 2019-2023 och 1998-2004.", "åren 2019–2023 och 1998–2004."),
        ("1 057,8 mnkr", f"1{NBSP}057,8{NBSP}mnkr"),
        ("250 000 kronor", f"250{NBSP}000{NBSP}kronor"),
        ("1 250 000 invånare", f"1{NBSP}250{NBSP}000 invånare"),
        ("9,45 procent, 7 % och 5 kr", f"9,45{NBSP}procent, 7{NBSP}% och 5{NBSP}kr"),
        ("19 § MBL", f"19{NBSP}§ MBL"),
        ("§ 11 och §§ 3-5", f"§{NBSP}11 och §§{NBSP}3-5"),
        ("3 kap. 10 § kommunallagen", f"3{NBSP}kap.{NBSP}10{NBSP}§ kommunallagen"),
        ("växel 08-508 01 000", f"växel 08-508{NBSP}01{NBSP}000"),
        ("070-123 45 67", f"070-123{NBSP}45{NBSP}67"),
        ("164 07 Kista", f"164{NBSP}07 Kista"),
        ("senast den 27 oktober 2023", f"senast den 27{NBSP}oktober 2023"),
        ("remiss KS 2023/740", f"remiss KS{NBSP}2023/740"),
        ("(Ks 123/2023)", f"(Ks{NBSP}123/2023)"),
        ("HSN 2019-0829", f"HSN{NBSP}2019-0829"),
        ("dnr 1.2.4.-293/2015", f"dnr{NBSP}1.2.4.-293/2015"),
        ("S-Dp 2002-11922-54", f"S-Dp{NBSP}2002-11922-54"),
        ("5 krafter 12 kapell", "5 krafter 12 kapell"),
    ],
)
def test_ordinary_swedish_typesetting(typed: str, printed: str):
    assert typeset_text(typed) == printed


@pytest.mark.parametrize(
    "number",
    [
        "102-274-04", "2006-152-307", "127-2007-004", "1.2.4-027-2010", "2011-875-1.2.4",
        "1.5.1-135-2012", "2.2.2/171-2013", "1.6-216/2013", "3.1.-193/2014", "1.2.4.-293/2015",
        "3.1.4-18/2020", "316-259/2012", "KS 2018/911", "T 2010-313-01743", "S-Dp 2002-11922-54",
        "KFKS 2017/1106", "STK-2017-501", "STK-2017-2018", "SLK-2023-01047", "KSN-2014-1514",
        "KS 2019-2020", "Dnr 2019-2020", "Dnr: 2019-2020", "Diarienummer 2019-2020",
        "2019-2020-1.2.4", "KS-2022-00108-14", "BND/2019:201", "Ks/2015:2016-2017",
        "0850801277", "08-50808203", "08-508 01 000", "2023-10-09", "2023-10", "1901-2001-01",
        "212000-0142",
    ],
)  # fmt: skip
def test_numbers_keep_their_hyphens(number: str):
    """Every form of registry number seen, phone numbers, ISO dates."""
    printed = typeset_text(f"Se {number}, som gäller.")
    assert printed.replace(NBSP, " ") == f"Se {number}, som gäller."


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("två  ord", "två ord"),
        ("  kant \n rad \t slut ", "kant\nrad slut"),
        ("\nsist\n", "sist"),
        ("a\r\nb\vc\u2028d", "a\nb\nc\nd"),
        ("sam\xadverkan", "samverkan"),
        ("a\u200bb\u2060c\ufeffd\ufffce", "abcde"),
        ("a\x00b\x1fc\x7fd", "abcd"),
        ("half \ud83d tecken", "half tecken"),
        ("a\N{COMBINING RING ABOVE}ngan", "ångan"),
        ("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET}", "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET}"),
        (" \t\xad", ""),
    ],
)
def test_what_has_no_form_in_print_is_taken_out(typed: str, printed: str):
    assert clean(typed) == printed
    assert typeset_text(typed) == printed


def test_rules_see_across_marks_and_leave_them_where_they_are():
    parts = (
        Span("Kostar 1"),
        Span(" 057", bold=True),
        Span(" kr ..", italic=True),
        Span(".-- slut"),
    )
    assert typeset(parts) == (
        Span("Kostar 1"),
        Span(f"{NBSP}057", bold=True),
        Span(f"{NBSP}kr …", italic=True),
        Span("-- slut"),
    )


def test_a_dash_typed_as_two_spans_has_the_marks_of_the_first():
    parts = (Span("a "), Span("-", bold=True), Span("- b"))
    assert typeset(parts) == (Span("a "), Span("–", bold=True), Span(" b"))


def test_spaces_across_marks_are_one():
    parts = (Span(" a "), Span("  b ", bold=True), Span(" \n c "))
    assert typeset(parts) == (Span("a "), Span("b", bold=True), Span("\nc"))


def test_a_letter_in_two_parts_is_one_when_nothing_stands_between():
    parts = (Span("a"), Span("\xad", bold=True), Span("\N{COMBINING RING ABOVE}r"))
    assert typeset(parts) == (Span("år"),)


def test_a_file_gets_only_links_and_languages_that_it_can_hold():
    parts = (
        Span("a", link=" https://exempel.se/\x00x y\n"),
        Span("b", link="\t"),
        Span("c", language="en-GB"),
        Span("d", language="på engelska"),
    )
    assert typeset(parts) == (
        Span("a", link="https://exempel.se/xy"),
        Span("b"),
        Span("c", language="en-GB"),
        Span("d"),
    )
    assert typeset(parts[:1]) == typeset(parts)[:1]


PIECES = (
    " ", " ", "-", "--", ".", "...", '"', "'", "\n", NBSP, "§", "kap.", "kr", "mars", "KS", "dnr",
    "1", "12", "012", "2019", "2023", "08-", "/", ":", ",", "ord", "Å", "e\u0301", "\xad",
)  # fmt: skip
TRICKY = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)
TEXTS = TRICKY | strategies.texts(line_breaks=True) | st.text()
PARTS = (
    st.lists(st.builds(Span, TEXTS, bold=st.booleans(), italic=st.booleans()), max_size=5).map(
        tuple
    )
    | strategies.spans()
)


@given(TEXTS)
@example("5  kr")
@example("a - - b")
@example("2019-2023-2019")
@example("....")
def test_only_quotes_dashes_dots_and_spaces_change(text: str):
    assert set_back(typeset_text(text)) == set_back(clean(text))


@given(TEXTS)
def test_letters_and_digits_stay(text: str):
    assert [c for c in typeset_text(text) if c.isalnum()] == [c for c in clean(text) if c.isalnum()]


@given(TEXTS)
@example("08-508  01 000")
@example("12 345 67")
def test_setting_twice_is_setting_once(text: str):
    once = typeset_text(text)
    assert typeset_text(once) == once
    assert clean(clean(text)) == clean(text)


@given(PARTS)
@example((Span("a"), Span("  ", bold=True), Span(" \u0301")))
@example((Span("\r"), Span("\n", bold=True)))
def test_setting_spans_twice_is_setting_them_once(parts):
    once = typeset(parts)
    assert typeset(once) == once
    assert once == normal_spans(once)


@given(TEXTS)
def test_one_span_is_set_like_plain_text(text: str):
    assert typeset(spans(text)) == spans(typeset_text(text))


@given(PARTS)
def test_spans_are_set_like_their_text(parts):
    """A letter in two parts, or a line break in two, isn't joined across marks."""
    if any("\r" in part.text for part in parts):
        parts = tuple(Span(part.text.replace("\r", ""), part.bold) for part in parts)
    whole, apart = typeset_text(spans_text(parts)), spans_text(typeset(parts))
    assert unicodedata.normalize("NFC", apart) == unicodedata.normalize("NFC", whole)


@given(PARTS)
def test_every_letter_keeps_its_marks(parts):
    def letters(some):
        return [
            (char, span.bold, span.italic, span.link, span.language)
            for span in some
            for char in unicodedata.normalize("NFD", span.text)
            if char.isalnum()
        ]

    assert letters(typeset(parts)) == letters(parts)


@given(strategies.texts(line_breaks=True, max_words=10))
def test_each_printed_character_is_known_by_its_place_in_the_text(text: str):
    printed, at = traced(text)
    assert printed == typeset_text(text)
    assert len(at) == len(printed) + 1
    assert list(at) == sorted(at)
    for char, start, end in zip(printed, at, at[1:], strict=False):
        if char.isalnum() and char.isascii():
            assert char in text[start:end]
