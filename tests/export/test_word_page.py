"""What stands around the text of a Word file: head, headers, sender, and the file itself."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from word_documents import (
    EMPTY,
    FOLDERS,
    FURNITURE,
    W,
    document,
    find,
    members,
    no_files,
    section,
    to_word,
    values,
    xml,
)
from word_text import word_text

from samverkan_desktop.domain.composition import HEAD, ORGANISATION
from samverkan_desktop.domain.document import (
    Head,
    LabelledLines,
    OrganisationBlock,
    Part,
    Properties,
    Title,
)
from samverkan_desktop.domain.errors import JobCancelledError
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.export.word import write_word

SENDER = OrganisationBlock((("Ånäs förvaltning", "Stadsmiljö"), ("Storgatan 1", "anas.example")))
OFFICER = LabelledLines("Handläggare", ("Kim Ek", "Telefon: 08-1"))
COMMITTEE = LabelledLines("Till", ("Ånäs nämnd",))
TITLE = Part("title ", (Title("Bryggan"),))


def test_the_head_is_read_left_then_right_and_is_no_table():
    made = to_word(document(Part(HEAD, (Head(OFFICER, COMMITTEE),)), TITLE))
    root = xml(made)
    assert [line.text for line in word_text(made).body] == [
        "Handläggare", "Kim Ek", "Telefon: 08-1", "Till", "Ånäs nämnd", "Bryggan",
    ]  # fmt: skip
    assert find(root, "//w:tbl") == []
    frames = find(root, "//w:framePr")
    assert [frame.get(f"{W}xAlign") for frame in frames] == ["left"] * 3 + ["right"] * 2
    assert {frame.get(f"{W}y") for frame in frames} == {"2381"}
    assert {frame.get(f"{W}wrap") for frame in frames} == {"notBeside"}


def test_a_head_alone_has_a_paragraph_to_be_anchored_in():
    made = to_word(document(Part(HEAD, (Head(OFFICER, LabelledLines("", ())),))))
    assert [line.text for line in word_text(made).body] == [
        "Handläggare", "Kim Ek", "Telefon: 08-1", "",
    ]  # fmt: skip


def test_every_page_says_what_it_belongs_to_and_counts():
    furniture = replace(FURNITURE, confidential="Sekretess – OSL 1 kap.")
    text = word_text(to_word(document(TITLE, furniture=furniture)))
    assert text.first_header == [
        "Tjänsteutlåtande\tDnr 7/2025",
        "Sekretess – OSL 1 kap.\t2025-02-03",
        "\tSida 1 (1)",
    ]
    assert text.header == [
        "Tjänsteutlåtande  ·  Dnr 7/2025  ·  2025-02-03\tSida 1 (1)",
        "Sekretess – OSL 1 kap.",
    ]


def test_page_numbers_are_fields_and_the_secrecy_mark_is_red():
    furniture = replace(FURNITURE, confidential="Sekretess")
    made = to_word(document(TITLE, furniture=furniture))
    for name in ("word/header1.xml", "word/header2.xml"):
        fields = find(xml(made, name), "//w:fldSimple")
        assert [field.get(f"{W}instr").strip() for field in fields] == ["PAGE", "NUMPAGES"]
        marked = find(xml(made, name), "//w:r[w:rPr/w:rStyle/@w:val='Secrecy']")
        assert ["".join(run.itertext()) for run in marked] == ["Sekretess"]
    styles = xml(made, "word/styles.xml")
    assert values(styles, "//w:style[@w:styleId='Secrecy']//w:color") == ["B30D1A"]


def test_a_header_has_no_label_without_a_value():
    furniture = replace(FURNITURE, dnr="", date="")
    text = word_text(to_word(document(TITLE, furniture=furniture)))
    assert text.first_header == ["Tjänsteutlåtande\tSida 1 (1)"]
    assert text.header == ["Tjänsteutlåtande\tSida 1 (1)"]


def test_the_sender_is_at_the_foot_of_the_first_page_only():
    made = to_word(document(TITLE, Part(ORGANISATION, (SENDER,))))
    text = word_text(made)
    assert text.first_footer == ["Ånäs förvaltning", "Stadsmiljö", "Storgatan 1", "anas.example"]
    assert [line.text for line in text.body] == ["Bryggan"]
    assert find(xml(made), "//w:sectPr/w:titlePg")
    assert [r.get(f"{W}type") for r in find(xml(made), "//w:footerReference")] == ["first"]


def test_without_a_sender_there_is_no_footer():
    made = to_word(document(TITLE))
    assert find(xml(made), "//w:footerReference") == []
    assert not [name for name in members(made) if "footer" in name]


def test_a_sender_too_long_for_the_margin_stands_in_the_text():
    lines = tuple(f"Rad {i} i en adress som är alldeles för lång" for i in range(20))
    text = word_text(to_word(document(TITLE, Part(ORGANISATION, (OrganisationBlock((lines,)),)))))
    assert text.first_footer == []
    assert [line.text for line in text.body if line.part == "organisation"] == list(lines)


def test_the_properties_are_ours_and_the_date_the_documents():
    properties = docx.Document(io.BytesIO(to_word(document(TITLE)))).core_properties
    assert (properties.title, properties.author, properties.subject, properties.keywords) == (
        "Bryggan", "Ada Ö", "Anmälan", "7/2025",
    )  # fmt: skip
    assert properties.last_modified_by == "Ada Ö"
    assert properties.language == "sv-SE"
    assert str(properties.created) == str(properties.modified) == "2025-02-03 00:00:00+00:00"


@pytest.mark.parametrize("date", ["", "0204-05-06"])
def test_a_file_without_a_date_that_can_be_true_has_none(date):
    made = to_word(document(TITLE, furniture=replace(FURNITURE, date=date)))
    properties = docx.Document(io.BytesIO(made)).core_properties
    assert (properties.created, properties.modified) == (None, None)


def test_nothing_tells_of_the_library_that_writes():
    assert not [name for name, data in members(to_word(document(TITLE))).items()
                if b"python-docx" in data]  # fmt: skip


def test_a_property_as_long_as_a_book_is_shortened():
    made = to_word(document(TITLE, properties=Properties("å" * 300, "a\x00\nb", "", "")))
    properties = docx.Document(io.BytesIO(made)).core_properties
    assert properties.title == "å" * 254 + "…"
    assert properties.author == "a b"


def test_the_file_has_no_clock_in_it():
    made = to_word(document(TITLE))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len(set(package.namelist())) == len(package.namelist())
    assert to_word(document(TITLE)) == made


def test_a_document_without_anything_is_a_file_that_opens():
    assert docx.Document(io.BytesIO(to_word(EMPTY))).paragraphs == []


def test_progress_comes_for_each_part_and_can_stop_before_anything_is_written():
    steps = []
    to_word(document(TITLE, section(paragraph("a"))), progress=lambda *step: steps.append(step))
    assert steps == [(0, 2), (1, 2), (2, 2)]

    def stop(done: int, _total: int) -> None:
        if done:
            raise JobCancelledError

    out = io.BytesIO()
    with pytest.raises(JobCancelledError):
        write_word(document(TITLE, section(paragraph("a"))), no_files, out, FOLDERS, stop)
    assert out.getvalue() == b""
