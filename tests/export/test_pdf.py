"""The PDF as a reader meets it: what is read out, where things stand, what can be followed."""

import io
import os
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pdf_documents import (
    costs,
    document,
    document_texts,
    long_document,
    marked,
    one_of_each,
    page_texts,
    places,
    section,
    stress,
    to_pdf,
    words,
)
from pdf_text import structure_lines, structure_outline, structure_text

from samverkan_desktop.domain.document import OrganisationBlock, Signature, Signatures
from samverkan_desktop.domain.text import (
    Align,
    Column,
    Heading,
    Paragraph,
    Span,
    Table,
    paragraph,
    spans,
)

GOLDEN = Path(__file__).parent.parent / "golden" / "pdf"


@pytest.fixture(scope="module")
def each() -> bytes:
    return to_pdf(one_of_each())


@pytest.fixture(scope="module")
def hard() -> bytes:
    return to_pdf(stress())


def open_pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def same_as_golden(name: str, text: str) -> None:
    """Compare with a golden file; SAMVERKAN_GOLDEN=write writes it anew."""
    path = GOLDEN / name
    if os.environ.get("SAMVERKAN_GOLDEN") == "write":
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


# What is read out


def test_everything_is_read_in_the_order_of_the_document(each: bytes):
    assert words(structure_text(each)) == words(document_texts(one_of_each()))


def test_what_goes_on_over_pages_is_read_once_and_in_order(hard: bytes):
    assert words(structure_text(hard)) == words(document_texts(stress()))


def test_the_structure_is_as_it_was(each: bytes):
    same_as_golden("one-of-each.txt", structure_outline(each))


def test_headings_skip_no_level():
    made = document(
        section("Avsnitt", Heading(3, spans("Djup")), Heading(2, spans("Grund"))),
        section("Nästa", Heading(3, spans("Djup igen"))),
    )
    headings = [role for role, _ in structure_lines(to_pdf(made)) if role.startswith("H")]
    assert headings == ["H1", "H2", "H3", "H3", "H2", "H3"]


def test_without_a_title_the_sections_are_the_first_level():
    made = document(section("Ett", paragraph("a")), section("Två", paragraph("b")), title="")
    data = to_pdf(made)
    assert [role for role, _ in structure_lines(data) if role.startswith("H")] == ["H1", "H1"]
    with open_pdf(data) as opened:
        assert opened.docinfo["/Title"] == "Tjänsteutlåtande"


def test_a_forced_line_break_is_a_space_and_a_new_line():
    data = to_pdf(document(section("A", paragraph("Första raden\nandra raden"))))
    assert "Första raden andra raden" in structure_text(data)
    (first,), (second,) = places(data, 0, "Första raden"), places(data, 0, "andra raden")
    assert second[3] < first[1]
    assert second[0] == pytest.approx(first[0], abs=1)


def test_a_character_that_the_main_font_lacks_is_shown_in_another_and_read():
    text = "Ελένη Παπαδοπούλου, Олена Шевченко, → ☑ 😀, Nguyễn, שלום"
    assert text in structure_text(to_pdf(document(section("Namn", paragraph(text)))))


def test_arabic_and_hebrew_names_are_joined_turned_and_read_as_written():
    text = "Sökande: محمد علي, ombud שרה (ל)."
    data = to_pdf(document(section("Namn", paragraph(text))))
    assert text in structure_text(data)
    with open_pdf(data) as opened:
        shown = b"".join(font.ToUnicode.read_bytes() for font in fonts(opened))
    assert shown.count(b"<0645>") == 2  # the first and the second meem of the name look different
    assert places(data, 0, "د")[0][0] < places(data, 0, "ح")[0][0]
    assert places(data, 0, "ع")[0][0] < places(data, 0, "د")[0][0]


def fonts(opened: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [font for page in opened.pages for font in page.Resources.Font.values()]


def test_a_paragraph_has_more_than_250_different_characters():
    text = " ".join(chr(code) for code in (*range(0x410, 0x4FF), *range(0x100, 0x17F)))
    assert text in structure_text(to_pdf(document(section("Tecken", paragraph(text)))))


def test_the_language_of_the_document_and_of_foreign_words(each: bytes):
    with open_pdf(each) as opened:
        assert opened.Root.Lang == "sv-SE"
        languages = [e.Lang for e in elements(opened) if "/Lang" in e]
    assert languages == ["en"]


@pytest.mark.parametrize("language", ["", "svenska språket", "en_GB", "(sv)"])
def test_a_language_that_is_none_is_not_written(language: str):
    made = document(section("A", Paragraph((Span("x", language=language),))))
    with open_pdf(to_pdf(replace(made, language=language))) as opened:
        assert opened.Root.Lang == "sv-SE"
        assert not any("/Lang" in e for e in elements(opened))


# Where things stand


def test_every_page_says_which_it_is_but_not_to_a_screen_reader(each: bytes):
    pages = page_texts(each)
    for number, text in enumerate(pages, 1):
        assert f"Sida {number} ({len(pages)})" in text
        assert "Dnr TRN 2026/18" in text
    assert not any("Sida" in text for text in structure_text(each))


def test_a_secret_is_marked_on_every_page():
    made = long_document(3)
    secret = replace(made.furniture, confidential="Sekretess – 26 kap. 1 § OSL")
    made = replace(made, furniture=secret)
    pages = page_texts(to_pdf(made))
    assert len(pages) > 1
    assert all("Sekretess – 26 kap. 1 § OSL" in text for text in pages)


def test_the_senders_address_is_at_the_foot_of_the_first_page_but_read_at_its_place(each: bytes):
    (name,) = places(each, 0, "Trafikförvaltningen")
    assert name[1] < 120
    texts = structure_text(each)
    at = texts.index("Trafikförvaltningen")
    assert (texts[at - 1], texts[at + 4]) == ("Skrivelsen", "Attesterat av")


def test_an_address_too_long_for_the_foot_stands_in_the_text():
    block = OrganisationBlock((tuple(f"Enheten för ärende {n}" for n in range(60)),))
    made = document(section("A", paragraph("före")), (block,), section("B", paragraph("efter")))
    assert words(structure_text(to_pdf(made))) == words(document_texts(made))
    (first,) = places(to_pdf(made), 0, "Enheten för ärende 0")
    (before,) = places(to_pdf(made), 0, "före")
    assert first[3] < before[1]


def test_a_repeated_table_header_is_seen_on_each_page_and_read_once():
    data = to_pdf(document(section("Kostnader", costs(90))))
    pages = page_texts(data)
    assert len(pages) > 2
    assert all("Kostnad (tkr)" in text for text in pages)
    assert structure_text(data).count("Kostnad (tkr)") == 1


def test_numbers_stand_with_their_commas_under_one_another():
    values = ("5,25", "1 234,5", "17", "0,125")
    rows = tuple((spans(f"post {i}"), spans(value)) for i, value in enumerate(values))
    columns = (Column(), Column(Align.DECIMAL))
    made = Table((spans("Post"), spans("Tal")), rows, columns=columns)
    data = to_pdf(document(section("Tal", made)))
    commas = [place[0] for place in places(data, 0, ",")]
    assert len(commas) == 3
    assert max(commas) - min(commas) < 0.1
    (whole,) = places(data, 0, "17")
    assert whole[2] == pytest.approx(commas[0], abs=2)


def test_a_cell_of_several_lines_in_a_column_of_numbers():
    cells = ((spans("3,5 %\nav 12,75"),), (spans("17,25"),))
    made = Table((spans("Tal"),), cells, columns=(Column(Align.DECIMAL),))
    assert "3,5 % av 12,75" in structure_text(to_pdf(document(section("A", made))))


def test_a_wide_table_fits_the_page():
    row = tuple(spans(f"värde {n * 1000} tkr") for n in range(9))
    data = to_pdf(document(section("Bred", Table(row, (row,)))))
    with open_pdf(data) as opened:
        width = float(opened.pages[0].MediaBox[2])
    lefts, _, rights, _ = zip(*places(data, 0, "tkr"), strict=True)
    assert min(lefts) > 50
    assert max(rights) < width - 60


# What can be followed


def test_bookmarks_are_the_headings(each: bytes):
    with open_pdf(each) as opened, opened.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Belysning vid gångvägen"
        assert [entry.title for entry in title.children][:3] == [
            "Förslag till beslut",
            "Villkor",
            "Bakgrund",
        ]
        background = title.children[2]
        assert [entry.title for entry in background.children] == ["Läget"]
        assert [entry.title for entry in background.children[0].children] == ["Platsen"]
        assert title.children[-1].destination[0] == opened.pages[-1].obj


def test_a_link_over_two_lines_is_one_link_with_two_places():
    link = Span("en länk vars text är så lång " * 4, link="https://räksmörgås.example/å?a=b&c=(d)")
    data = to_pdf(document(section("A", Paragraph((*spans("Se "), link, *spans(" här."))))))
    with open_pdf(data) as opened:
        (element,) = (e for e in elements(opened) if e.S == "/Link")
        annotations = [kid.Obj for kid in element.K if isinstance(kid, pikepdf.Dictionary)]
        assert len(annotations) == 2
        for annotation in annotations:
            assert annotation.A.URI == ("https://xn--rksmrgs-5wao1o.example/%C3%A5?a=b&c=(d)")
            assert annotation.Contents == ("en länk vars text är så lång " * 4).strip()
        assert {a.objgen for a in annotations} == {a.objgen for a in opened.pages[0].Annots}


def test_neighbours_with_the_same_link_are_one():
    data = to_pdf(document(section("A", Paragraph(marked()))))
    with open_pdf(data) as opened:
        assert len([e for e in elements(opened) if e.S == "/Link"]) == 1


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "inget", "", "https://", "http://[", "data:x,y"],
)
def test_what_is_not_safe_to_open_stays_text(address: str):
    data = to_pdf(document(section("A", Paragraph((Span("text", link=address),)))))
    assert "text" in structure_text(data)
    with open_pdf(data) as opened:
        assert "/Annots" not in opened.pages[0]


def test_each_signatory_has_an_empty_field_above_the_name(each: bytes):
    with open_pdf(each) as opened:
        form = opened.Root.AcroForm
        fields = list(form.Fields)
        assert int(form.SigFlags) == 1
        assert "/NeedAppearances" not in form
        assert [str(field.T) for field in fields] == [
            "Underskrift_1_bo_lind_forvaltningschef",
            "Underskrift_2_eva_ask_avd_chef",
            "Underskrift_3_siv_ek",
        ]
        assert str(fields[1].TU) == "Underskrift: Eva Ask, Avd.chef"
        page = next(i for i, p in enumerate(opened.pages) if fields[0].objgen in annotations(p))
        for field, name in zip(fields, ("Bo Lind", "Eva Ask", "Siv Ek"), strict=True):
            assert (field.FT, int(field.F), "/V" in field) == ("/Sig", 4, False)
            assert field.AP.N.Subtype == "/Form"
            left, bottom, right, top = map(float, field.Rect)
            assert (right - left > 170, top - bottom) == (True, 50)
            place = places(each, page, name)[0]
            assert place[0] == pytest.approx(left, abs=2)
            assert 0 < bottom - place[3] < 12


def test_field_names_differ_although_the_signatories_do_not():
    twice = Signatures((Signature("Å. Ö.", "chef"), Signature("Å. Ö.", "chef"), Signature("☑", "")))
    with open_pdf(to_pdf(document((twice,)))) as opened:
        names = [str(field.T) for field in opened.Root.AcroForm.Fields]
    assert len(set(names)) == 3
    assert not any("." in name for name in names)


def test_an_anchor_stands_on_the_line_and_is_read_before_its_field():
    made = document((Signatures((Signature("Bo Lind", "Chef", "[Underskrift_1]"),)),))
    data = to_pdf(made)
    assert words(structure_text(data)) == words(document_texts(made))
    (place,) = places(data, 0, "[Underskrift_1]")
    with open_pdf(data) as opened:
        left, bottom, _, top = map(float, opened.Root.AcroForm.Fields[0].Rect)
    assert place[0] == pytest.approx(left, abs=2)
    assert bottom < place[1] < place[3] < bottom + (top - bottom) / 4


def annotations(page: pikepdf.Page) -> set[tuple[int, int]]:
    return {annotation.objgen for annotation in page.get("/Annots", [])}


def elements(opened: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [
        thing
        for thing in opened.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
    ]
