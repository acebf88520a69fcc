"""Suggestions in words."""

import pytest

from samverkan_desktop.domain.review import BlockEdit, Suggestion, TextEdit
from samverkan_desktop.domain.review_words import around, sentence
from samverkan_desktop.domain.text import (
    BulletList,
    Heading,
    ListItem,
    Paragraph,
    Span,
    Table,
    spans,
)

BEFORE = "Bryggan byts ut i vår."
A, B = Paragraph(spans("ett"), "a"), Paragraph(spans("två"), "b")


def made(*edits: TextEdit | BlockEdit) -> Suggestion:
    return Suggestion(id="1", author="Anna", at=None, section="s", edits=edits)


def text(start: int, end: int, *new: Span) -> TextEdit:
    return TextEdit(
        block="p", start=start, end=end, before=BEFORE, removed=BEFORE[start:end], inserted=new
    )


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ((text(0, 7),), "ta bort ”Bryggan”"),
        ((text(7, 7, Span(" nu\n")),), "lägg till ”nu”"),
        ((text(0, 7, Span("Kajen")),), "ta bort ”Bryggan” och lägg till ”Kajen”"),
        ((text(0, 7, Span("Bryggan", bold=True)),), "gör fet: ”Bryggan”"),
        ((text(0, 7, Span("Bryggan", link="https://x.se")),), "gör länkad: ”Bryggan”"),
        ((text(0, 7, Span("Bryggan")),), "ta bort fet, kursiv eller länk: ”Bryggan”"),
        ((BlockEdit(after="", removed=(A,)), BlockEdit(after="b", inserted=(A,))), "flytta: ”ett”"),
        (
            (BlockEdit(after="", removed=(A,), inserted=(Heading(2, A.spans, "a"),)),),
            "gör om till rubrik eller från rubrik: ”ett”",
        ),
        (
            (BlockEdit(after="", removed=(A,), inserted=(BulletList((ListItem((A,)),), "l"),)),),
            "ändra listan: ”ett”",
        ),
        (
            (text(12, 22), BlockEdit(after="p", inserted=(Paragraph(spans(" i vår."), "n"),))),
            "ta bort ”ut i vår.” och lägg till ”i vår.”",
        ),
        (
            (text(15, 22), BlockEdit(after="p", inserted=(Paragraph(spans(" i vår."), "n"),))),
            "dela eller slå ihop stycken: ”i vår.”",
        ),
        (
            (
                BlockEdit(
                    after="",
                    inside="t",
                    inserted=(Table((spans("Post"),), ((spans("virke"),),)),),
                ),
            ),
            "lägg till ”virke”",
        ),
        ((BlockEdit(after="a", inserted=(B,)),), "lägg till ”två”"),
    ],
)
def test_a_suggestion_is_told_in_a_line(edits: tuple, told: str) -> None:
    assert sentence(made(*edits)) == told


def test_the_words_around_an_edit_are_shown_as_they_are_and_would_be() -> None:
    assert around(made(text(0, 7, Span("Kajen")))) == (BEFORE, "Kajen byts ut i vår.")
    assert around(made(BlockEdit(after="", removed=(A,)))) == ("", "")
