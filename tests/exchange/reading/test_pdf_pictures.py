"""Pictures in PDF files: those of the text stay where they stand, what is left out is told."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image as Picture
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from samverkan_desktop.domain.text import Image, Paragraph, Quote, spans_text, walk
from samverkan_desktop.exchange.recognising.recogniser import Recognised
from tests.exchange.reading_in import imported

WIDTH, HEIGHT = 595, 842
LINES = (
    "Parken är stadsdelens största och används av flera förskolor varje dag.",
    "Kartan visar var de nya gångvägarna ska gå genom parkens västra del.",
    "Efter kartan följer en beskrivning av hur arbetet delas in i två etapper.",
)


def picture(colour: str) -> ImageReader:
    data = io.BytesIO()
    Picture.new("RGB", (120, 60), colour).save(data, "PNG")
    data.seek(0)
    return ImageReader(data)


def untagged() -> Canvas:
    made = Canvas(io.BytesIO(), pagesize=(WIDTH, HEIGHT))
    made.setFont("Helvetica-Bold", 18)
    made.drawString(72, 700, "Nya gångvägar i parken")
    made.setFont("Helvetica-Bold", 13)
    made.drawString(72, 660, "Ärendet")
    made.setFont("Helvetica", 11)
    return made


def write(made: Canvas) -> None:
    for number, line in enumerate(LINES):
        made.drawString(72, 630 - 30 * number, line)


def read(made: Canvas) -> Recognised:
    made.showPage()
    return imported(made.getpdfdata())


def text_and_pictures(found: Recognised) -> Iterator[str]:
    for block in walk(found.draft.section("arendet").content):
        match block:
            case Paragraph():
                yield spans_text(block.spans)
            case Image():
                with Picture.open(io.BytesIO(found.files[block.file])) as shown:
                    yield str(shown.convert("RGB").getpixel((5, 5)))


def test_a_picture_on_the_first_page_stands_between_its_paragraphs():
    made = untagged()
    for line, top in zip(LINES, (630, 600, 400), strict=True):
        made.drawString(72, top, line)
    made.drawImage(picture("red"), 72, 450, 240, 120)
    found = read(made)
    assert list(text_and_pictures(found)) == [LINES[0], LINES[1], "(255, 0, 0)", LINES[2]]
    assert found.report.is_complete


def test_a_picture_in_the_header_is_left_out_and_told():
    made = untagged()
    made.drawString(72, 630, LINES[0])
    made.drawImage(picture("blue"), 72, 770, 100, 40)
    found = read(made)
    assert found.files == {}
    note = "En bild i sidhuvudet eller marginalen på sida 1 lästes inte in."
    assert note in found.report.notes


def test_a_picture_that_each_page_has_is_left_out_and_told():
    made = untagged()
    logotype = picture("blue")
    for page in range(2):
        made.setFont("Helvetica", 11)
        made.drawString(72, 600 - page, LINES[page])
        made.drawImage(logotype, 400, 120, 100, 40)
        made.showPage()
    found = imported(made.getpdfdata())
    assert found.files == {}
    pictures = [note for note in found.report.notes if "bild" in note]
    assert [note.split(" på ")[1] for note in pictures] == [
        "sida 1 lästes inte in.",
        "sida 2 lästes inte in.",
    ]


def test_a_picture_over_a_name_is_a_signature():
    made = untagged()
    write(made)
    made.drawImage(picture("black"), 72, 500, 120, 50)
    made.drawString(72, 485, "Siv Almkvist")
    made.drawString(72, 471, "Avdelningschef")
    found = read(made)
    assert [(s.name, s.role) for s in found.draft.signatories] == [
        ("Siv Almkvist", "Avdelningschef")
    ]
    assert list(text_and_pictures(found)) == [*LINES]
    assert "Bilden vid underskriften på sida 1 lästes inte in." in found.report.notes


def test_a_large_picture_over_a_name_is_a_picture():
    made = untagged()
    write(made)
    made.drawImage(picture("red"), 72, 380, 300, 150)
    made.drawString(72, 350, "Siv Almkvist")
    made.drawString(72, 336, "Avdelningschef")
    found = read(made)
    assert list(text_and_pictures(found)) == [*LINES, "(255, 0, 0)"]
    assert found.draft.signatories[0].name == "Siv Almkvist"


@pytest.mark.parametrize(
    ("lead_in", "said"),
    [
        (LINES[0], "”Gungorna är bäst, men nu är de borta.”"),
        ("Ett av barnen sammanfattade läget så här:", "Gungorna är bäst, men nu är de borta."),
    ],
)
def test_sentences_set_in_are_a_quotation(lead_in: str, said: str):
    made = untagged()
    made.drawString(72, 630, lead_in)
    made.drawString(92, 600, said)
    made.drawString(72, 570, LINES[1])
    before, quote, after = read(made).draft.section("arendet").content
    assert isinstance(quote, Quote)
    assert spans_text(quote.blocks[0].spans) == said
    assert not isinstance(before, Quote)
    assert not isinstance(after, Quote)


def test_an_enumeration_set_in_is_no_quotation():
    made = untagged()
    made.drawString(72, 630, "Förslaget har skickats till:")
    for number, name in enumerate(("Fritidsnämnden", "Kulturnämnden", "Rådet för äldre")):
        made.drawString(92, 600 - 30 * number, name)
    made.drawString(72, 480, LINES[1])
    assert not any(
        isinstance(block, Quote) for block in read(made).draft.section("arendet").content
    )
