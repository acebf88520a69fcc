"""What the PDF file promises: the standards' demands, the same bytes, and what it refuses."""

import io
import re
import struct
import threading
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from pdf_documents import (
    FOLDERS,
    document,
    long_document,
    one_of_each,
    picture,
    section,
    stress,
    to_pdf,
)
from pdf_text import structure_lines
from PIL import ExifTags
from PIL import Image as Picture

from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.errors import JobCancelledError, ResourceError
from samverkan_desktop.domain.export_errors import (
    MissingAltTextError,
    MissingCharacterError,
    UnreadableImageError,
)
from samverkan_desktop.domain.text import Image, paragraph
from samverkan_desktop.export.pdf.fonts import Face
from samverkan_desktop.export.pdf.writer import write_pdf

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@pytest.fixture(scope="module", params=["each", "hard"])
def data(request: pytest.FixtureRequest) -> bytes:
    return to_pdf(one_of_each() if request.param == "each" else stress())


def open_pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


# The standards' demands that a reader of objects can see; a validator sees the rest


def test_it_is_a_classic_pdf_17_without_anything_active(data: bytes):
    assert data.startswith(b"%PDF-1.7\n")
    assert data.endswith(b"%%EOF\n")
    assert b"\nxref\n" in data
    for name in (b"JavaScript", b"OpenAction", b"AA", b"NeedAppearances", b"Encrypt"):
        assert re.search(rb"/%s\b" % name, data) is None
    assert re.search(rb"[^\n]endstream", data) is None  # ISO 19005-2, 6.1.7.1


def test_all_that_is_drawn_is_tagged_or_an_artifact(data: bytes):
    painting = {"Tj", "TJ", "Do", "f", "F", "f*", "S", "s", "B", "b", "sh"}
    with open_pdf(data) as opened:
        for page in opened.pages:
            depth, painted = 0, 0
            for _, operator in pikepdf.parse_content_stream(page):
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
                assert depth in (0, 1)  # nothing here is written from right to left
                if str(operator) in painting:
                    assert depth == 1
                    painted += 1
            assert depth == 0
            assert painted


def test_every_mark_leads_to_its_element_and_back(data: bytes):
    with open_pdf(data) as opened:
        tree = opened.Root.StructTreeRoot
        numbers = list(tree.ParentTree.Nums)
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert int(tree.ParentTreeNextKey) == len(parents)
        for page in opened.pages:
            owners = parents[int(page.StructParents)]
            for mcid, owner in enumerate(owners):
                assert (page.obj.objgen, mcid) in set(marks_of(owner))
            used = [int(o[1].MCID) for o, p in marked(page)]
            assert used == list(range(len(owners)))
            for annotation in page.get("/Annots", []):
                owner = parents[int(annotation.StructParent)]
                kids = owner.K if isinstance(owner.K, pikepdf.Array) else [owner.K]
                assert annotation.objgen in [k.Obj.objgen for k in kids if is_a(k, "/OBJR")]


def marked(page: pikepdf.Page):
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and "/MCID" in operands[1]:
            yield operands, operator


def marks_of(element: pikepdf.Dictionary):
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    for kid in kids:
        if isinstance(kid, int):
            yield element.Pg.objgen, int(kid)
        elif is_a(kid, "/MCR"):
            yield kid.Pg.objgen, int(kid.MCID)


def is_a(kid: object, kind: str) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == kind


def test_fonts_are_embedded_subsets_that_lead_back_to_unicode(data: bytes):
    with open_pdf(data) as opened:
        fonts = [f for page in opened.pages for f in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            assert re.fullmatch(r"/[A-Z]{6}\+(Tinos|Arimo|DejaVu).*", str(font.BaseFont))
            assert len(font.FontDescriptor.FontFile2.read_bytes()) > 1000
            assert b"beginbfchar" in font.ToUnicode.read_bytes()
    assert b"Helvetica" not in data


def test_images_have_an_alternative_text_and_a_box():
    lines = structure_lines(to_pdf(one_of_each()))
    assert ("Figure", "Karta över gångvägen") in lines
    with open_pdf(to_pdf(one_of_each())) as opened:
        (figure,) = (o for o in opened.objects if is_a(o, "/StructElem") and o.S == "/Figure")
        left, bottom, right, top = map(float, figure.A[0].BBox)
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


def test_it_says_the_same_about_itself_in_both_places():
    with open_pdf(to_pdf(one_of_each())) as opened:
        info = {key: str(value) for key, value in opened.docinfo.items()}
        xmp = properties(opened)
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert opened.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert info["/Title"] == xmp["title"] == "Belysning vid gångvägen"
    assert info["/Author"] == xmp["creator"] == "Ines Ekmark"
    assert info["/Subject"] == xmp["description"] == "Svar på skrivelse"
    assert info["/Keywords"] == xmp["Keywords"] == "TRN 2026/18"
    assert info["/Creator"] == xmp["CreatorTool"]
    assert info["/CreationDate"] == info["/ModDate"] == "D:20260302000000+00'00'"
    assert xmp["CreateDate"] == xmp["ModifyDate"] == "2026-03-02T00:00:00+00:00"
    assert (xmp["part"], xmp["conformance"]) == ("1", "A")  # PDF/UA-1 stands after PDF/A-2


def test_without_a_date_there_is_none():
    made = one_of_each()
    data = to_pdf(replace(made, furniture=replace(made.furniture, date="")))
    with open_pdf(data) as opened:
        assert "/CreationDate" not in opened.docinfo
        assert "CreateDate" not in properties(opened)


def test_metadata_may_have_any_characters():
    made = one_of_each()
    odd = replace(made.properties, title="<R&D> \x00”(å)\\ \U0001f600", author="a\x0b\ufffeb")
    with open_pdf(to_pdf(replace(made, properties=odd))) as opened:
        assert str(opened.docinfo["/Title"]) == "<R&D> ”(å)\\ \U0001f600"
        assert properties(opened)["title"] == "<R&D> ”(å)\\ \U0001f600"
        assert properties(opened)["creator"] == str(opened.docinfo["/Author"]) == "a b"


def properties(opened: pikepdf.Pdf) -> dict[str, str]:
    """Return the XMP properties by their local names."""
    packet = opened.Root.Metadata.read_bytes().decode("utf-8")
    description = ElementTree.fromstring(packet).find(f"{RDF}RDF/{RDF}Description")
    return {entry.tag.partition("}")[2]: "".join(entry.itertext()).strip() for entry in description}


# The same bytes


def test_the_same_document_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch):
    first = to_pdf(one_of_each())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert to_pdf(one_of_each()) == first


def test_the_colour_profile_has_no_time_of_its_making():
    with open_pdf(to_pdf(one_of_each())) as opened:
        profile = opened.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    assert struct.unpack(">6H", profile[24:36]) == (2000, 1, 1, 0, 0, 0)


def test_a_font_is_cut_by_one_thread_at_a_time(monkeypatch: pytest.MonkeyPatch):
    """ReportLab keeps its place in the font file in the font."""
    face = Face(FOLDERS.resources / "fonts" / "Tinos-Regular.ttf")
    cut = face.font.makeSubset

    def guarded(codes: list[int]) -> bytes:
        assert face._subsetting.locked()
        return cut(codes)

    monkeypatch.setattr(face.font, "makeSubset", guarded)
    assert face.subset([0, 65]).startswith(b"\x00\x01\x00\x00")


def test_another_document_has_another_id():
    with open_pdf(to_pdf(one_of_each())) as one, open_pdf(to_pdf(stress())) as other:
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


def test_exports_in_parallel_give_the_serial_bytes():
    documents = [replace_title(one_of_each(), f"Ärende {n}") for n in range(8)]
    expected = [to_pdf(made) for made in documents]
    found: list[bytes | None] = [None] * len(documents)
    start = threading.Barrier(len(documents))

    def export(n: int) -> None:
        start.wait()
        for _ in range(3):
            found[n] = to_pdf(documents[n])

    threads = [threading.Thread(target=export, args=(n,)) for n in range(len(documents))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def replace_title(made: Document, title: str) -> Document:
    return replace(made, properties=replace(made.properties, title=title))


# What is refused


def test_a_character_that_no_font_has_is_named_with_its_section():
    made = document(section("Bakgrund", paragraph("ett tecken: \U00020000")))
    with pytest.raises(MissingCharacterError, match=r"U\+20000 \U00020000 i avsnittet ”Bakgrund”"):
        to_pdf(made)


# U+F001 is in Tinos and U+EF00 in DejaVu Sans, but only those fonts know what they mean.
@pytest.mark.parametrize("odd", ["\uf001", "\uef00", "\ue000", "\U0010fffd", "\u0378"])
def test_a_character_without_a_meaning_is_refused(odd: str):
    with pytest.raises(MissingCharacterError):
        to_pdf(document(section("A", paragraph(f"x{odd}"))))


def test_a_character_in_the_page_header_is_refused_too():
    made = one_of_each()
    odd = replace(made.furniture, dnr="Dnr \U00020000")
    with pytest.raises(MissingCharacterError, match="i sidhuvudet"):
        to_pdf(replace(made, furniture=odd))


@pytest.mark.parametrize("alt", ["", " ", "\x00\n"])
def test_an_image_without_alternative_text_is_refused(alt: str):
    made = document(section("Kartor", Image("karta.png", alt)))
    with pytest.raises(MissingAltTextError, match=r"karta\.png i avsnittet ”Kartor”"):
        to_pdf(made)


@pytest.mark.parametrize(
    "content",
    [b"", b"text", picture()[:200], picture(kind="JPEG")[:500], b"<svg/>"],
    ids=["empty", "text", "cut png", "cut jpeg", "svg"],
)
def test_an_image_that_cannot_be_shown_is_refused(content: bytes):
    made = document(section("Kartor", Image("karta.png", "Karta")))
    with pytest.raises(UnreadableImageError, match=r"karta\.png i avsnittet ”Kartor”"):
        to_pdf(made, lambda _: content)


def test_an_image_that_is_not_there_is_refused():
    with pytest.raises(UnreadableImageError):
        to_pdf(document(section("A", Image("karta.png", "Karta"))), {}.__getitem__)


def test_a_missing_font_is_named(tmp_path: Path):
    with pytest.raises(ResourceError, match=r"fonts/Tinos-Regular\.ttf"):
        to_pdf(one_of_each(), folders=replace(FOLDERS, resources=tmp_path))


def test_a_damaged_font_is_named(tmp_path: Path):
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for path in (FOLDERS.resources / "fonts").glob("*.ttf"):
        content = path.read_bytes()
        fonts.joinpath(path.name).write_bytes(content[:9000] if "Bold" in path.name else content)
    with pytest.raises(ResourceError, match=r"fonts/(Tinos|Arimo)-Bold\.ttf"):
        to_pdf(one_of_each(), folders=replace(FOLDERS, resources=tmp_path))


def test_cancelling_writes_nothing():
    out = io.BytesIO()

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise JobCancelledError

    with pytest.raises(JobCancelledError):
        write_pdf(one_of_each(), lambda _: picture(), out, FOLDERS, stop)
    assert out.getvalue() == b""


def test_progress_goes_from_nothing_to_all_in_steps():
    steps: list[tuple[int, int]] = []
    made = long_document(4)
    to_pdf(made, progress=lambda done, total: steps.append((done, total)))
    dones = [done for done, _ in steps]
    assert dones == list(range(len(made.parts) + 2))
    assert {total for _, total in steps} == {len(made.parts) + 1}


# Images


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_any_kind_of_png_can_be_shown(mode: str):
    made = document(section("A", Image("a.png", "Bild")))
    data = to_pdf(made, lambda _: picture(mode=mode))
    with open_pdf(data) as opened:
        (image,) = opened.pages[0].Resources.XObject.values()
        assert image.ColorSpace in ("/DeviceRGB", "/DeviceGray")
        assert "/SMask" not in image


def test_a_photo_keeps_its_bytes_when_it_is_small_and_is_made_smaller_when_it_is_large():
    made = document(section("A", Image("a.jpg", "Bild")))
    small, large = picture(800, 400, kind="JPEG"), picture(5000, 2500, kind="JPEG")
    assert small in to_pdf(made, lambda _: small)
    with open_pdf(to_pdf(made, lambda _: large)) as opened:
        (image,) = opened.pages[0].Resources.XObject.values()
        assert 1200 < int(image.Width) < 1700
        assert image.Filter == "/DCTDecode"


def test_a_photo_taken_upright_is_shown_upright():
    lying = picture(800, 400, kind="JPEG")
    exif = Picture.Exif()
    exif[ExifTags.Base.Orientation] = 6
    turned = io.BytesIO()
    Picture.open(io.BytesIO(lying)).save(turned, "JPEG", exif=exif)
    made = document(section("A", Image("a.jpg", "Bild")))
    with open_pdf(to_pdf(made, lambda _: turned.getvalue())) as opened:
        (image,) = opened.pages[0].Resources.XObject.values()
        assert int(image.Width) < int(image.Height)


def test_the_same_image_twice_is_kept_once():
    made = document(section("A", Image("a.png", "En"), Image("a.png", "Två")))
    with open_pdf(to_pdf(made)) as opened:
        images = [o for o in opened.objects if is_stream(o, "/Image")]
    assert len(images) == 1


def is_stream(thing: object, kind: str) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == kind


def test_what_is_used_of_reportlab_is_there():
    """The file and the fonts rest on these; a new version must be looked at when one is gone."""
    from reportlab.pdfbase import pdfdoc, ttfonts

    made = pdfdoc.PDFDocument(invariant=1, pdfVersion=(1, 7))
    for name in ("Reference", "idToObject", "objectcounter", "signature", "format"):
        assert hasattr(made, name)
    assert hasattr(pdfdoc, "PDFObjectReference")
    face = ttfonts.TTFontFace(str(FOLDERS.resources / "fonts" / "Tinos-Regular.ttf"))
    for name in ("makeSubset", "charToGlyph", "charWidths", "getCharWidth", "name", "flags"):
        assert hasattr(face, name)
    for name in ("bbox", "ascent", "descent", "capHeight", "italicAngle", "stemV"):
        assert hasattr(face, name)
