"""Any draft at all: the PDF says what the composed document says, or names what it can't show."""

from dataclasses import fields

from hypothesis import given
from pdf_documents import FOLDERS, document_texts, picture, to_pdf, words
from pdf_text import structure_text
from strategies import drafts

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import read_draft, write_draft
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.document import Document, Furniture
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import ExportError, MissingAltTextError
from samverkan_desktop.export.pdf.fonts import MissingGlyphError, load_fonts

TEMPLATE = load_catalogue(FOLDERS).template("stockholm-remissvar")
FONT = load_fonts(FOLDERS).serif.regular
PICTURE = picture(20, 10)


def can_be_shown(character: str) -> bool:
    try:
        FONT.measure(character)
    except MissingGlyphError:
        return False
    return True


def with_shown_characters(draft: Draft) -> Draft:
    """Replace what no font has; random text is nearly all of that kind.

    Arabic presentation forms are replaced too: they are read as the letters that they show.
    """
    text = write_draft(draft).decode()
    shown = {
        char: char
        if char == "\n" or (can_be_shown(char) and not "\ufb50" <= char <= "\ufefc")
        else "ж"
        for char in set(text)
    }
    return read_draft("".join(shown[char] for char in text), "draft")


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
