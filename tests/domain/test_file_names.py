"""File names that no system refuses."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.codec.draft_json import check_file_name
from samverkan_desktop.domain.file_names import numbered, safe_file_name, split_suffix


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("KS 2023/740 Remiss om cykelbanor", "KS 2023-740 Remiss om cykelbanor"),
        ("1.6-216/2013 Lokal plan.", "1.6-216-2013 Lokal plan"),
        ("Plan: del 1 | utkast", "Plan-del 1-utkast"),
        ('Vad gäller? *viktigt* <nu> "citat"', "Vad gäller viktigt nu citat"),
        ("två\nrader\toch   mellanrum", "två rader och mellanrum"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("sam\N{SOFT HYPHEN}verkan\N{RIGHT-TO-LEFT OVERRIDE}", "samverkan"),
        ("NUL", "_NUL"),
        ("con.tabell", "_con.tabell"),
        ("COM1", "_COM1"),
        ("Konto", "Konto"),
        ("../../etc/passwd", "etc-passwd"),
        ("...", ""),
        (" / ", ""),
        ("", ""),
    ],
)
def test_what_people_write_becomes_a_name(text: str, name: str) -> None:
    assert safe_file_name(text) == name


def test_a_long_name_is_cut_between_words() -> None:
    name = safe_file_name("ord och " * 40)
    assert len(name) <= 100
    assert name.endswith(("ord", "och"))


def test_only_the_word_that_has_no_room_is_cut_off() -> None:
    words = "tjänsteutlåtande kommunstyrelsen"
    assert safe_file_name(words, longest=30) == "tjänsteutlåtande"
    assert safe_file_name(words, longest=len(words)) == words
    assert safe_file_name("a tjänsteutlåtandebilaga", longest=20) == "a tjänsteutlåtandebi"


def test_a_name_fits_where_letters_are_counted_in_bytes() -> None:
    assert len(safe_file_name("å" * 300).encode()) <= 200


@given(st.text(), st.integers(2, 120))
def test_any_text_becomes_a_name_that_can_be_used(text: str, longest: int) -> None:
    name = safe_file_name(text, longest=longest)
    assert len(name) <= longest
    assert name == name.strip(" .")
    assert not set(name) & set('<>:"/\\|?*')
    name.encode("utf-8")
    if name:
        check_file_name(name)


def test_the_next_free_name_is_numbered_before_its_suffix() -> None:
    assert list(itertools.islice(numbered("karta.png"), 3)) == [
        "karta.png",
        "karta-2.png",
        "karta-3.png",
    ]
    assert split_suffix("arkiv.tar.gz") == ("arkiv.tar", ".gz")
    assert split_suffix("utan") == ("utan", "")
    assert split_suffix(".dold") == (".dold", "")
