"""A document that is written anew while it is edited is the one that an export writes."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_documents import FOLDERS, picture
from pdf_samples import with_shown_characters
from pdf_text import structure_text

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.conformance.pdf import check_pdf
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import JobCancelledError
from samverkan_desktop.domain.export_errors import MissingAltTextError
from samverkan_desktop.domain.progress import Progress, silent
from samverkan_desktop.domain.text import Heading, Image, paragraph, spans
from samverkan_desktop.export.pdf import blocks
from samverkan_desktop.export.pdf.layouts import Layouts
from samverkan_desktop.export.pdf.writer import write_pdf
from tests.strategies import drafts

TEMPLATE = load_catalogue(FOLDERS).template("stockholm-beslutsarende")
PICTURE = picture()


def pdf(document: Document, layouts: Layouts | None = None, progress: Progress = silent) -> bytes:
    out = io.BytesIO()
    write_pdf(document, lambda _: PICTURE, out, FOLDERS, progress, layouts)
    return out.getvalue()


def document(*content, key: str = "bakgrund") -> Document:
    sections = (Section(key=key, content=content),)
    draft = Draft(id="a", template=TEMPLATE.id, title="Bryggan", sections=sections)
    return compose(draft, TEMPLATE)


@settings(max_examples=15)
@given(st.lists(drafts(), min_size=2, max_size=3))
def test_what_was_set_before_makes_no_difference(states: list[Draft]) -> None:
    layouts = Layouts()
    for state in states:
        composed = compose(with_shown_characters(state), TEMPLATE)
        assert attempted(composed, layouts) == attempted(composed)


def attempted(composed: Document, layouts: Layouts | None = None) -> bytes | str:
    try:
        return pdf(composed, layouts)
    except MissingAltTextError as error:
        return str(error)


EDITS = {
    "the same again": (paragraph("Ett."), paragraph("Två.")),
    "in another order": (paragraph("Två."), paragraph("Ett.")),
    "the same words twice": (paragraph("Ett."), paragraph("Ett."), paragraph("Två.")),
    "under a heading": (Heading(2, spans("Skäl")), paragraph("Ett."), paragraph("Två.")),
    "one heading lower": (Heading(3, spans("Skäl")), paragraph("Ett.")),
    "nothing": (),
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_and_its_undoing_gives_the_bytes_of_an_export(edit: str) -> None:
    layouts = Layouts()
    for content in (EDITS["the same again"], EDITS[edit], EDITS["the same again"]):
        composed = document(*content)
        assert pdf(composed, layouts) == pdf(composed)


def test_the_same_words_in_two_places_are_read_out_in_both() -> None:
    layouts = Layouts()
    twice = document(paragraph("Ett."), paragraph("Ett."))
    for _ in range(2):
        read_out = structure_text(pdf(twice, layouts))
        assert read_out.count("Ett.") == 2
        assert check_pdf(pdf(twice, layouts)) == ()


def test_what_has_not_changed_is_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    usual = blocks.BlockSetter.paragraph

    def counted(self, spans, place):
        texts.append("".join(span.text for span in spans))
        return usual(self, spans, place)

    monkeypatch.setattr(blocks.BlockSetter, "paragraph", counted)
    layouts = Layouts()
    pdf(document(paragraph("Ett."), paragraph("Två.")), layouts)
    texts.clear()
    pdf(document(paragraph("Ett."), paragraph("Två, men ändrat.")), layouts)
    assert texts == ["Två, men ändrat."]


def test_a_writing_that_was_stopped_spoils_nothing() -> None:
    def stop(done: int, _total: int, /) -> None:
        if done == 2:
            raise JobCancelledError

    layouts = Layouts()
    composed = document(paragraph("Ett."), paragraph("Två."))
    pdf(composed, layouts)
    for _ in range(3):
        with pytest.raises(JobCancelledError):
            pdf(composed, layouts, stop)
    assert pdf(composed, layouts) == pdf(composed)


def test_an_image_of_the_same_name_in_another_draft_is_another_image() -> None:
    layouts = Layouts()
    composed = document(Image("karta.png", "Karta", id="b"))
    first = pdf(composed, layouts)
    out = io.BytesIO()
    write_pdf(composed, lambda _: picture(50, 40), out, FOLDERS, silent, layouts)
    assert out.getvalue() != first


def test_a_longer_document_forgets_what_only_a_former_one_had() -> None:
    layouts = Layouts()
    pdf(document(*(paragraph(f"Stycke {n}.") for n in range(50))), layouts)
    pdf(document(paragraph("Kort.")), layouts)
    kept = [key[0] for key in layouts._last]
    assert paragraph("Kort.") in [replace(block, id="") for block in kept]
    assert len(kept) < 5
