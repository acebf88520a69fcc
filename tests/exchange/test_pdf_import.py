"""PDF files come back: ours word for word, and those that LibreOffice makes of our Word files."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import (
    EncryptedFileError,
    JobCancelledError,
    NoTextError,
    TooLargeFileError,
    UnreadablePartError,
)
from samverkan_desktop.domain.text import Image, Paragraph, Quote, Span, walk
from samverkan_desktop.exchange.reading import pdf
from samverkan_desktop.exchange.reading.reader import read_file
from samverkan_desktop.export.pdf.writer import write_pdf
from tests.exchange.draft_outline import draft_outline
from tests.exchange.reading_in import (
    EXAMPLES,
    FOLDERS,
    catalogue,
    imported,
    read_or_refused,
    silent,
)

FIXTURES = Path(__file__).parent / "fixtures"
MADE_BY_LIBREOFFICE = sorted(FIXTURES.glob("libreoffice_*.pdf"))


def example(name: str) -> Draft:
    path = FOLDERS.resources / "examples" / f"{name}.json"
    return read_draft(path.read_bytes(), path.name)


def composed(draft: Draft) -> Document:
    return compose(draft, catalogue().template(draft.template))


def as_pdf(draft: Draft, files: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    write_pdf(composed(draft), (files or {}).__getitem__, out, FOLDERS, silent)
    return out.getvalue()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_our_own_pdf_comes_back_as_it_was(path: Path):
    draft = example(path.stem)
    found = imported(as_pdf(draft))
    assert draft_outline(found.draft) == draft_outline(draft)
    assert composed(found.draft).parts == composed(draft).parts
    assert composed(found.draft).furniture == composed(draft).furniture
    assert found.report.is_complete


@pytest.mark.parametrize("path", MADE_BY_LIBREOFFICE, ids=lambda path: path.stem)
def test_what_libreoffice_made_of_our_word_file_comes_back(path: Path):
    draft = example(path.stem.split("_")[-1])
    found = imported(path.read_bytes())
    assert draft_outline(found.draft) == draft_outline(draft)
    assert found.report.is_complete


def test_marks_links_and_languages_come_back():
    spans = (
        Span("Det är "),
        Span("viktigt", bold=True),
        Span(", se "),
        Span("webbplatsen", link="https://stad.example/park"),
        Span(" och "),
        Span("the plan", language="en"),
        Span("."),
    )
    draft = with_content(example("anmalan-trygghetsplan"), (Paragraph(spans),))
    found = imported(as_pdf(draft)).draft
    assert found.sections[0].content == (Paragraph(spans),)


def test_a_quotation_comes_back():
    quote = Quote((Paragraph((Span("Parken är bra."),)), Paragraph((Span("Men mörk."),))))
    draft = with_content(example("anmalan-trygghetsplan"), (quote,))
    assert imported(as_pdf(draft)).draft.sections[0].content == (quote,)


def test_a_picture_comes_back_with_its_alternative_text():
    from PIL import Image as Picture

    data = io.BytesIO()
    Picture.new("RGB", (60, 40), "red").save(data, "PNG")
    image = Image("karta.png", "Karta över parken")
    draft = with_content(example("anmalan-trygghetsplan"), (image,))
    found = imported(as_pdf(draft, {"karta.png": data.getvalue()}))
    (back,) = [b for b in walk(found.draft.all_blocks()) if isinstance(b, Image)]
    assert back.alt == "Karta över parken"
    with Picture.open(io.BytesIO(found.files[back.file])) as picture:
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_a_secret_and_urgent_matter_comes_back():
    draft = example("beslut-upprustning-lekplats")
    flags = replace(draft.flags, immediate_approval=True, confidential="OSL 30 kap. 20 §")
    draft = replace(draft, flags=flags)
    found = imported(as_pdf(draft)).draft
    assert found.flags == draft.flags
    assert composed(found).parts == composed(draft).parts


def test_a_file_with_a_password_is_told():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(as_pdf(example("anmalan-trygghetsplan")))) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(EncryptedFileError, match="skyddad med lösenord"):
        read_file(out.getvalue(), "hemlig.pdf", silent)


def test_a_file_of_pictures_is_told():
    with pikepdf.new() as made:
        made.add_blank_page()
        out = io.BytesIO()
        made.save(out)
    with pytest.raises(NoTextError, match="inskannad"):
        read_file(out.getvalue(), "skannad.pdf", silent)


def test_a_damaged_file_is_told():
    with pytest.raises(UnreadablePartError, match=r"trasig\.pdf är skadad"):
        read_file(b"%PDF-1.7\nhej", "trasig.pdf", silent)


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(TooLargeFileError, match="sidor"):
        read_file(as_pdf(example("uppsala-riktlinjer")), "lång.pdf", silent)


def test_reading_can_be_stopped_between_pages():
    def stop(done: int, _total: int) -> None:
        if done:
            raise JobCancelledError

    with pytest.raises(JobCancelledError):
        read_file(as_pdf(example("uppsala-riktlinjer")), "a.pdf", stop)


def test_a_tree_that_leads_to_itself_ends():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(as_pdf(example("anmalan-trygghetsplan")))) as opened:
        root = opened.Root.StructTreeRoot
        document = root.K if isinstance(root.K, pikepdf.Dictionary) else root.K[0]
        document.K.append(document)
        opened.save(out)
    assert imported(out.getvalue()).draft.title == "Lokal trygghetsplan 2026"


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.97, 0.995])
def test_a_file_that_was_cut_off_is_read_or_refused(part: float):
    data = as_pdf(example("anmalan-trygghetsplan"))
    read_or_refused(data[: int(part * len(data))])


@pytest.mark.parametrize("step", range(40))
def test_a_file_with_wrong_bytes_is_read_or_refused(step: int):
    data = bytearray(as_pdf(example("anmalan-trygghetsplan")))
    for at in range(step * 97, len(data), 4001 + 13 * step):
        data[at] ^= 1 << (step % 8)
    read_or_refused(bytes(data))


def with_content(draft: Draft, content) -> Draft:
    first, *others = draft.sections
    return replace(draft, sections=(replace(first, content=content), *others))
