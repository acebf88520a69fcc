"""Any draft at all: the PDF says what the composed document says, or names what it can't show."""

from dataclasses import fields

from hypothesis import given
from pdf_documents import FOLDERS, document_texts, to_pdf, words
from pdf_samples import PICTURE, can_be_shown, with_shown_characters
from pdf_text import structure_text
from strategies import drafts

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.document import Document, Furniture
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.export_errors import ExportError, MissingAltTextError

TEMPLATE = load_catalogue(FOLDERS).template("stockholm-remissvar")


@given(drafts())
def test_the_words_are_those_of_the_document_in_its_order(draft: Draft):
    made = compose(with_shown_characters(draft), TEMPLATE)
    try:
        data = to_pdf(made, lambda _: PICTURE)
    except MissingAltTextError:
        return
    assert words(structure_text(data)) == words(document_texts(made))


@given(drafts())
def test_what_cannot_be_shown_is_named(draft: Draft):
    made = compose(draft, TEMPLATE)
    texts = (*document_texts(made), *vars_of(made.furniture))
    missing = {char for text in texts for char in text if not can_be_shown(char)} - {"\n"}
    refusal = refused(made)
    if "Tecknet" in refusal:
        assert any(f"U+{ord(char):04X} " in refusal for char in missing)
    elif "saknar alternativtext" not in refusal:
        assert (refusal, missing) == ("", set())


def refused(made: Document) -> str:
    try:
        to_pdf(made, lambda _: PICTURE)
    except ExportError as error:
        return str(error)
    return ""


def vars_of(furniture: Furniture) -> list[str]:
    return [str(getattr(furniture, field.name)) for field in fields(furniture)]
