"""What print can't show is told before the export, with its place."""

from datetime import date

import pytest

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.draft import (
    DecisionGroup,
    Draft,
    Flags,
    Officer,
    Organisation,
    Section,
    Signatory,
)
from samverkan_desktop.domain.text import Image, Paragraph, Span, paragraph
from samverkan_desktop.files import Folders
from samverkan_desktop.services.checking import findings

TODAY = date(2026, 11, 21)


def told(draft: Draft, folders: Folders) -> list[tuple[str | None, str | None, str]]:
    template = load_catalogue(folders).template(draft.template)
    return [
        (f.section, f.block, f.message)
        for f in findings(draft, template, folders, TODAY)
        if f.code == "character_without_glyph"
    ]


def _decision(lead_in: str) -> tuple[DecisionGroup, ...]:
    return (DecisionGroup(lead_in=lead_in, items=((paragraph("att anmäla utter."),),)),)


def _section(heading: str) -> Section:
    return Section(key="bakgrund", heading=heading, content=(paragraph("Text."),))


def test_a_character_that_no_font_has_is_named_with_its_place(folders):
    content = (Paragraph((Span("Bra "), Span("\U0001f9a6", bold=True)), id="b1"),)
    draft = Draft(
        template="stockholm-anmalan",
        title="Utter",
        sections=(Section(key="bakgrund", content=content),),
    )
    ((section, block, message),) = told(draft, folders)
    assert (section, block) == ("bakgrund", "b1")
    assert "U+1F9A6" in message


def test_the_same_character_is_told_once_a_section_and_also_in_names(folders):
    twice = tuple(Paragraph((Span("\U0001f9a6"),), id=name) for name in ("b1", "b2"))
    draft = Draft(
        template="stockholm-anmalan",
        title="\U0001f9a6",
        sections=(Section(key="bakgrund", content=twice),),
        signatories=(Signatory(name="\U0001f9a6"),),
    )
    assert [section for section, _, _ in told(draft, folders)] == [None, "bakgrund"]


@pytest.mark.parametrize(
    ("fields", "section"),
    [
        ({"officer": Officer(name="Ia", role="\U0001f9a6")}, None),
        ({"officer": Officer(email="\U0001f9a6@stad.example")}, None),
        ({"organisation": Organisation(name="Staden", street="\U0001f9a6-gatan")}, None),
        ({"flags": Flags(confidential="\U0001f9a6")}, None),
        ({"decision": _decision("\U0001f9a6 beslutar")}, "beslut"),
        ({"sections": (Section(key="bakgrund", not_applicable="\U0001f9a6"),)}, "bakgrund"),
        ({"sections": (_section(heading="\U0001f9a6"),)}, "bakgrund"),
    ],
)
def test_a_character_is_named_wherever_it_would_be_printed(folders, fields, section):
    """The export would refuse it, so it must have been told before."""
    draft = Draft(template="stockholm-anmalan", title="Utter", **fields)
    assert [place for place, _, _ in told(draft, folders)] == [section]


def test_an_image_may_be_described_with_any_character(folders):
    content = (Image("a.png", "\U0001f9a6 vid åns strand"),)
    draft = Draft(
        template="stockholm-anmalan",
        title="Utter",
        sections=(Section(key="bakgrund", content=content),),
    )
    assert told(draft, folders) == []


@pytest.mark.parametrize(
    "text", ["åäöÅÄÖéü", "Ελλάδα", "Україна", "محمد", "½ € § – ”", "1\u00ad2\t3"]
)
def test_names_and_signs_of_many_kinds_are_printable(folders, text):
    content = (Paragraph((Span(text),), id="b1"),)
    draft = Draft(
        template="stockholm-anmalan",
        title="Namn",
        sections=(Section(key="bakgrund", content=content),),
    )
    assert told(draft, folders) == []
