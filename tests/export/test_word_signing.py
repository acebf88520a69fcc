"""What makes a Word file ready for signing, and for coming back."""

import io
import zipfile
from xml.etree.ElementTree import fromstring

import pytest
from lxml import etree
from word_documents import FOLDERS, NAMES, document, members, picture, to_word

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.codec.travelling import NAMESPACE, read_travelling, write_travelling
from samverkan_desktop.domain.composition import SIGNATURES, compose
from samverkan_desktop.domain.document import Part, Signature, Signatures
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import InvalidFieldError
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.text import Image
from samverkan_desktop.export.word import write_word
from samverkan_desktop.services.examples import examples

OFFICE = "urn:schemas-microsoft-com:office:office"
PEOPLE = (
    Signature("Ada Östlund & co", "Stadsdelsdirektör"),
    Signature("Bo Ek", ""),
    Signature("", "Avdelningschef"),
)


def signing(*people: Signature) -> etree._Element:
    made = to_word(document(Part(SIGNATURES, (Signatures(people),))))
    return etree.fromstring(members(made)["word/document.xml"])


def test_each_signatory_has_a_signature_line_at_the_printed_name() -> None:
    root = signing(*PEOPLE)
    lines = root.findall(f".//{{{OFFICE}}}signatureline")
    signer, title = f"{{{OFFICE}}}suggestedsigner", f"{{{OFFICE}}}suggestedsigner2"
    assert [(line.get(signer), line.get(title)) for line in lines] == [
        ("Ada Östlund & co", "Stadsdelsdirektör"),
        ("Bo Ek", None),
        ("Avdelningschef", None),
    ]
    paragraphs = root.findall(".//w:p", NAMES)
    at = [i for i, p in enumerate(paragraphs) if p.find(".//w:pict", NAMES) is not None]
    printed = ["".join(paragraphs[i + 1].itertext()) for i in at]
    assert printed == ["Ada Östlund & co", "Bo Ek", "Avdelningschef"]


def test_signature_lines_are_told_apart_and_named_for_a_screen_reader() -> None:
    root = signing(Signature("Bo Ek", "Chef"), Signature("Bo Ek", "Chef"))
    lines = root.findall(f".//{{{OFFICE}}}signatureline")
    assert len({line.get("id") for line in lines}) == 2
    assert [line.getparent().get("alt") for line in lines] == ["Underskriftsrad för Bo Ek"] * 2


def test_the_same_picture_serves_every_signature_line() -> None:
    made = to_word(document(Part(SIGNATURES, (Signatures(PEOPLE),))))
    assert len([name for name in members(made) if name.startswith("word/media/")]) == 1


IMAGE = Image("karta.png", "En karta", id="b1")
DRAFT = Draft(
    id="a",
    template="stockholm-anmalan",
    title="Bryggan <&> \N{SNOWMAN} \uffff",
    sections=(Section(key="arendet", content=(IMAGE,)), Section(key="dold", hidden=True)),
)


def carried(draft: Draft, files: dict[str, bytes]) -> tuple[dict[str, bytes], bytes]:
    out = io.BytesIO()
    made = compose(draft, load_catalogue(FOLDERS).template(draft.template))
    write_word(made, files.__getitem__, out, FOLDERS, silent, draft)
    parts = members(out.getvalue())
    return parts, parts["customXml/item1.xml"]


def test_the_draft_travels_in_the_file_and_comes_out_equal() -> None:
    files = {"karta.png": picture(96, 48)}
    parts, item = carried(DRAFT, files)
    found = read_travelling(fromstring(item), "ut.docx")
    assert found.draft == DRAFT
    assert found.contents == {}  # the picture is in the file already
    assert files["karta.png"] in parts.values()


def test_an_image_that_word_can_not_show_travels_as_it_was() -> None:
    from PIL import Image as Picture

    out = io.BytesIO()
    Picture.new("CMYK", (40, 20), (0, 90, 10, 0)).save(out, "TIFF")
    files = {"karta.png": out.getvalue()}
    found = read_travelling(fromstring(carried(DRAFT, files)[1]), "ut.docx")
    assert found.contents == files


def test_without_a_draft_the_file_holds_only_what_is_printed() -> None:
    made = to_word(document(Part(SIGNATURES, (Signatures(PEOPLE),))))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        assert not [name for name in packed.namelist() if "customXml" in name]


def test_a_travelling_draft_that_was_changed_is_not_taken_for_the_one_that_left() -> None:
    root = write_travelling(DRAFT, ["karta.png"], {"karta.png": b"bild"}.__getitem__, [])
    assert read_travelling(root, "ut.docx").contents == {"karta.png": b"bild"}
    draft, image = root.find(f"{{{NAMESPACE}}}draft"), root.find(f"{{{NAMESPACE}}}image")
    draft.text, whole = draft.text.replace("Bryggan", "Bron"), draft.text
    with pytest.raises(InvalidFieldError, match="inte som det skrevs"):
        read_travelling(root, "ut.docx")
    draft.text = whole
    for spoilt in ("!", "YmlsYQ=="):
        image.text = spoilt
        with pytest.raises(InvalidFieldError, match="bilden"):
            read_travelling(root, "ut.docx")


@pytest.mark.parametrize("path", examples(FOLDERS), ids=lambda path: path.stem)
def test_an_independent_validator_finds_nothing_wrong(path, tmp_path) -> None:
    """openxml-audit holds a file to ECMA-376 and to what Office asks for beyond it."""
    from openxml_audit import OpenXmlValidator

    draft = read_draft(path.read_bytes(), path.name)
    made = compose(draft, load_catalogue(FOLDERS).template(draft.template))
    target = tmp_path / "ut.docx"
    with target.open("wb") as out:
        write_word(
            made, lambda name: (path.parent / name).read_bytes(), out, FOLDERS, silent, draft
        )
    result = OpenXmlValidator().validate(target)
    assert [str(error) for error in result.errors] == []
    assert result.is_valid
