"""The head: to whom a document is addressed, and that all that is read there is told."""

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.exchange.recognising.patterns import read_date
from samverkan_desktop.exchange.recognising.recogniser import Recognised
from samverkan_desktop.exchange.recognising.report import Certainty
from samverkan_desktop.export.pdf.writer import write_pdf
from tests.exchange.reading_in import EXAMPLES, FOLDERS, catalogue, imported, silent

DOCUMENTS = sorted((Path(__file__).parents[1] / "documents").glob("*.[tm][xd]*"))


def letter(head: str) -> Recognised:
    text = f"""Tjänsteskrivelse

{head}

Ny cykelväg vid Storån

Förslag till beslut

Planen för cykelvägen godkänns.

Sammanfattning

Cykelvägen binder ihop de två stadsdelarna på ömse sidor om ån.
"""
    return imported(text.encode())


@pytest.mark.parametrize(
    ("head", "committee"),
    [
        ("Till kommunstyrelsen", "Kommunstyrelsen"),
        ("Till Kommunstyrelsen", "Kommunstyrelsen"),
        ("Till\nkommunstyrelsen", "Kommunstyrelsen"),
        ("Till: kulturnämnden", "Kulturnämnden"),
        ("Till kommunstyrelsens arbetsutskott", "Kommunstyrelsens arbetsutskott"),
        ("Till kommunstyrelsen för beslut", "Kommunstyrelsen"),
        ("Kommunstyrelsen för kännedom", "Kommunstyrelsen"),
        ("Till nämnden för teknik och miljö", "Nämnden för teknik och miljö"),
        ("Till kulturnämnden i Ekstads kommun", "Kulturnämnden i Ekstads kommun"),
        ("Till kommunstyrelsen\nkommunfullmäktige", "Kommunstyrelsen, Kommunfullmäktige"),
    ],
)
def test_the_body_is_named_without_the_word_before_it(head: str, committee: str):
    found = letter(head)
    assert found.draft.committee == committee
    assert found.draft.title == "Ny cykelväg vid Storån"
    assert found.report.is_complete
    assert "Nämnd" in {placed.where for placed in found.report.placed}


def test_a_body_that_turns_out_to_be_the_sender_is_told_as_the_sender():
    found = letter("Kommunstyrelsen\n\nTill: Kulturnämnden")
    assert (found.draft.organisation.name, found.draft.committee) == (
        "Kommunstyrelsen",
        "Kulturnämnden",
    )
    told = {(p.where, p.text) for p in found.report.placed}
    assert {("Förvaltning: namn", "Kommunstyrelsen"), ("Nämnd", "Kulturnämnden")} <= told
    assert ("Nämnd", "Kommunstyrelsen") not in told


def test_a_title_that_ends_with_a_body_is_a_title():
    text = "Granskning av kulturnämnden\n\nFörslag till beslut\n\nRapporten godkänns.\n"
    found = imported(text.encode()).draft
    assert (found.title, found.committee) == ("Granskning av kulturnämnden", "")


def values(draft: Draft) -> Iterator[str]:
    """The values of every field of a draft that isn't text of a section."""
    for part in (draft.officer, draft.organisation):
        yield from (getattr(part, field.name) for field in dataclasses.fields(part))
    referral = draft.referral
    yield from (draft.title, draft.subtitle, draft.dnr, draft.committee, *referral.consulted)
    yield from (referral.sender, referral.sender_dnr, str(referral.position or ""))
    for day in (draft.meeting_date, draft.document_date, referral.reply_by):
        yield day.isoformat() if day else ""
    yield from (value for s in draft.signatories for value in (s.name, s.role))
    yield from (attachment.title for attachment in draft.attachments)


def untold(found: Recognised) -> list[str]:
    told = [placed.text for placed in found.report.placed]
    days = [day.isoformat() for text in told if (day := read_date(text))]
    words = "\n".join((*told, *days)).casefold()
    parts = (part for value in values(found.draft) for part in value.split(", "))
    return [part for part in parts if part.casefold() not in words]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_each_field_has_its_line_in_the_report(path: Path):
    assert untold(imported(path.read_bytes())) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_page_header_tells_has_its_line_in_the_report(path: Path):
    draft = read_draft(path.read_bytes(), path.name)
    out = io.BytesIO()
    made = compose(draft, catalogue().template(draft.template))
    write_pdf(made, {}.__getitem__, out, FOLDERS, silent)
    found = imported(out.getvalue())
    assert untold(found) == []
    (number,) = [p for p in found.report.placed if p.where.startswith("Diarienummer")]
    assert (number.text, number.certainty) == (draft.dnr, Certainty.SURE)
    assert number.where == "Diarienummer (sidhuvud eller sidfot)"
