import datetime

import pytest

from samverkan_desktop.domain.draft import Draft, Position, Referral
from samverkan_desktop.domain.referral import (
    consulted_sentence,
    enumeration,
    long_date,
    position_sentence,
    request_sentence,
    sentences,
)

DAY = datetime.date(2024, 3, 1)


def draft(title: str = "Remiss om lekparker", **facts) -> Draft:
    return Draft(template="prov", title=title, referral=Referral(**facts))


def test_dates_in_running_text():
    assert long_date(DAY) == "den 1 mars 2024"
    assert long_date(datetime.date(1999, 12, 31)) == "den 31 december 1999"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ((), ""),
        (("A",), "A"),
        (("A", "B"), "A samt B"),
        (("A", " B ", "", "C"), "A, B samt C"),
        ((" ",), ""),
    ],
)
def test_enumerations(names: tuple[str, ...], text: str):
    assert enumeration(names) == text


def test_all_facts_give_three_sentences_in_order():
    value = draft(
        "Remiss om lek",
        sender="Trafiknämnden",
        sender_dnr="T 2024-313-01743",
        reply_by=DAY,
        consulted=("Idrottsnämnden", "Äldrenämnden"),
        position=Position.APPROVE_PARTLY,
    )
    assert sentences(value) == (
        "Trafiknämnden har begärt nämndens yttrande över remiss om lek senast den 1 mars 2024.",
        "Remissinstanser är Idrottsnämnden samt Äldrenämnden.",
        "Förvaltningen tillstyrker delvis förslaget.",
    )


def test_a_sender_without_a_number_of_its_own():
    assert request_sentence(draft(sender=" Länsstyrelsen ")) == (
        "Länsstyrelsen har begärt nämndens yttrande över remiss om lekparker."
    )


def test_facts_that_are_missing_give_no_sentence():
    assert sentences(draft()) == ()
    assert sentences(draft(sender=" ", consulted=(" ", ""))) == ()
    assert request_sentence(draft(reply_by=DAY)) == ""
    assert consulted_sentence(draft(consulted=("Idrottsnämnden", " "))) == (
        "Remissinstans är Idrottsnämnden."
    )


@pytest.mark.parametrize("position", Position)
def test_every_position_has_its_sentence(position: Position):
    assert position.value.split()[0] in position_sentence(draft(position=position))


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Remiss om lekparker, KS 2024/12", "remiss om lekparker"),
        ("Remiss om lekparker (KS 2024/12)", "remiss om lekparker"),
        ("Remiss om lekparker – dnr KS 2024/12", "remiss om lekparker"),
        ("Remiss om\n lekparker", "remiss om lekparker"),
        ("Motion om fler bänkar", "motion om fler bänkar"),
        ("Ängby parkplan", "Ängby parkplan"),
        ("Parkplan 2030 för Ängby", "Parkplan 2030 för Ängby"),
        ("REMISS OM LEKPARKER", "REMISS OM LEKPARKER"),
        ("KS 2024/12", "remissen"),
        ("", "remissen"),
    ],
)
def test_the_title_becomes_part_of_the_sentence(title: str, subject: str):
    """Without the sender's dnr at its end, and with a small letter unless it may be a name."""
    value = draft(title, sender="Kommunstyrelsen", sender_dnr="KS 2024/12")
    assert request_sentence(value) == (
        f"Kommunstyrelsen har begärt nämndens yttrande över {subject}."
    )
