"""Documents of many municipalities, as unlike as they come."""

from pathlib import Path

import pytest

from samverkan_desktop.exchange.recognising.report import Certainty, Report, Why, lines_of
from tests.exchange.draft_outline import draft_outline
from tests.exchange.reading_in import imported

HERE = Path(__file__).parent / "documents"
DOCUMENTS = sorted(path for path in HERE.iterdir() if path.suffix in {".txt", ".md"})
# What a draft has no field for, by document.
HOMELESS = {"haninge": ("Ert datum: 2021-02-08",)}


def report_of(name: str) -> Report:
    return imported((HERE / f"{name}.txt").read_bytes()).report


def taken(report: Report, why: Why) -> list[str]:
    return [taken.text for taken in report.taken if taken.why is why]


def test_there_are_twelve_or_more():
    assert len(DOCUMENTS) >= 12


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_detail_comes_in_right(path: Path):
    expected = path.with_suffix(".expected").read_text("utf-8")
    assert draft_outline(imported(path.read_bytes()).draft) == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_nothing_is_left_over(path: Path):
    report = imported(path.read_bytes()).report
    assert report.unplaced == HOMELESS.get(path.stem, ())


def test_running_lines_in_the_text_are_told():
    assert ["Tjänsteskrivelse", "KFKS", "2024/217", "2", "(3)"] in [
        text.split() for text in taken(report_of("nacka"), Why.FURNITURE)
    ]


def test_a_header_row_that_a_page_repeats_is_told():
    assert [text.split()[0] for text in taken(report_of("sundsvall"), Why.REPEATED)] == ["Grupp"]


def test_a_table_of_contents_is_told():
    assert len(taken(report_of("tyreso"), Why.CONTENTS)) == 4


def test_gaps_that_were_never_filled_in_are_told():
    assert set(report_of("kristinehamn").unfilled) == {
        "<<Handläggare>>",
        "<<Telefon>>",
        "«Chefens namn»",
        "[Skriv här vilka fler handlingar som finns]",
    }


def test_what_the_encoding_was_taken_for_is_told():
    (note,) = report_of("malmo").notes
    assert note == "Filen är inte sparad som UTF-8; den lästes som Windows (Windows-1252) (säkert)."
    assert report_of("uppsala").notes == ()


def test_a_municipality_with_a_template_gets_it_surely():
    for name, template in (
        ("goteborg", "goteborg-tjansteutlatande"),
        ("nacka", "nacka-tjansteskrivelse"),
        ("region", "region-stockholm-tjansteutlatande"),
        ("uppsala", "uppsala-tjansteskrivelse"),
    ):
        report = report_of(name)
        assert (report.template, report.template_certainty) == (template, Certainty.SURE)


def test_a_municipality_without_a_template_gets_one_that_is_told_to_be_a_guess():
    for name in ("kungalv", "malmo", "orebro", "soderhamn", "sundsvall", "tyreso"):
        assert report_of(name).template_certainty is not Certainty.SURE


def test_the_report_is_told_in_swedish_lines():
    lines = list(lines_of(report_of("kristinehamn")))
    assert lines[0].startswith("Mall: Stockholms stad, Beslutsärende (")
    assert "Diarienummer: Ks/2015:214 (troligt)" in lines
    assert "Inte med: Till (ledord som dokumentet får från mallen)" in lines
    assert "Att fylla i: «Chefens namn»" in lines
