"""The preview knows where each part of the real document is."""

import json
from dataclasses import replace

import pytest

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.composition import TITLE, compose
from samverkan_desktop.domain.draft import Section
from samverkan_desktop.domain.errors import JobCancelledError
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.text import Heading, paragraph, spans
from ui.preview_layout import Spot
from ui.preview_making import Bookmark, PdfMaker, headings, places
from ui.preview_pdf import PdfPages


def no_files(name):
    raise AssertionError(name)


@pytest.fixture
def template(folders):
    return load_catalogue(folders).template("nacka-tjansteskrivelse")


@pytest.fixture
def draft(template):
    sections = tuple(
        Section(
            key=f"eget-{number}",
            heading=f"Avsnitt {number} om 10 000 kronor",
            content=(
                Heading(2, spans(f"Avsnitt {number + 1} om 10 000 kronor, underrubrik")),
                *(paragraph(f"Stycke {n} med några ord om saken.") for n in range(30)),
            ),
        )
        for number in range(1, 6)
    )
    text = {"format": "samverkan-draft/1", "template": template.id, "title": "Ny cykelväg"}
    return replace(read_draft(json.dumps(text), "prov"), sections=sections)


def test_every_part_of_a_real_document_is_found(draft, template, folders):
    made = PdfMaker().make(compose(draft, template), no_files, folders, silent)
    pages = PdfPages(made.data)
    tops = places(made.headings, pages.bookmarks)
    pages.close()
    assert list(tops) == [TITLE, *(f"eget-{number}" for number in range(1, 6))]
    order = [(spot.page, spot.height) for spot in tops.values()]
    assert order == sorted(order)
    assert order[-1][0] > 0


def test_the_first_part_has_the_top_of_the_first_page(draft, template):
    with_head = replace(draft, committee="Natur- och trafiknämnden")
    first, second = headings(compose(with_head, template))[:2]
    assert first[1] == ""
    assert places((first, second), [Bookmark("Ny cykelväg", Spot(0, 0.2))]) == {
        first[0]: Spot(0, 0.0),
        second[0]: Spot(0, 0.2),
    }


def test_headings_inside_sections_are_passed_over():
    bookmarks = [
        Bookmark("Ärendet", Spot(0, 0.1)),
        Bookmark("Kostnader", Spot(0, 0.5)),
        Bookmark("Bilagor", Spot(1, 0.3)),
    ]
    assert places([("a", "Ärendet"), ("b", "Bilagor")], bookmarks) == {
        "a": Spot(0, 0.1),
        "b": Spot(1, 0.3),
    }


def test_a_stopped_run_makes_nothing(draft, template, folders):
    def stop(_done, _total):
        raise JobCancelledError

    with pytest.raises(JobCancelledError):
        PdfMaker().make(compose(draft, template), no_files, folders, stop)
