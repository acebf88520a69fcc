"""Word files come in as drafts: ours without the draft in them, LibreOffice's, and typed ones."""

import io
from pathlib import Path

import pytest
from lxml import etree
from word_changes import Edited, run, w
from word_documents import W, document, picture, section, to_word

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.errors import UnreadableFileError
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.text import BulletList, ListItem, Table, paragraph, spans
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.reading.model import (
    ReadDocument,
    ReadImage,
    ReadParagraph,
    ReadTable,
    Side,
    Style,
)
from samverkan_desktop.exchange.reading.word import read_word
from samverkan_desktop.exchange.word.counting import Counting
from samverkan_desktop.export.word import write_word
from tests.exchange.draft_outline import draft_outline
from tests.exchange.reading_in import EXAMPLES, FOLDERS, imported

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENTS = Path(__file__).parent / "documents"
BY_LIBREOFFICE = sorted(FIXTURES.glob("libreoffice_*-*.docx"))
WORD = to_word(document(section(paragraph("Bryggan byts ut."))))


def read(data: bytes) -> ReadDocument:
    return read_word(data, "fil.docx", lambda _done, _total: None)


def paragraphs(data: bytes) -> list[ReadParagraph]:
    return [piece for piece in read(data).pieces if isinstance(piece, ReadParagraph)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_our_own_file_becomes_the_same_draft(path: Path) -> None:
    draft = read_draft(path.read_bytes(), path.name)
    out = io.BytesIO()
    made = compose(draft, load_catalogue(FOLDERS).template(draft.template))
    write_word(made, lambda _: picture(40, 20), out, FOLDERS, silent)
    assert draft_outline(imported(out.getvalue()).draft) == draft_outline(draft)


@pytest.mark.parametrize("path", BY_LIBREOFFICE, ids=lambda path: path.stem)
def test_a_file_that_libreoffice_has_saved_becomes_the_same_draft(path: Path) -> None:
    example = FOLDERS.resources / "examples" / f"{path.stem.partition('_')[2]}.json"
    draft = read_draft(example.read_bytes(), example.name)
    assert draft_outline(imported(path.read_bytes()).draft) == draft_outline(draft)


def test_text_that_was_opened_and_saved_in_libreoffice_is_read_as_text() -> None:
    found = imported((FIXTURES / "libreoffice_text.docx").read_bytes())
    assert draft_outline(found.draft) == (DOCUMENTS / "tyreso.expected").read_text("utf-8")


def edited() -> tuple[Edited, etree._Element]:
    made = Edited(WORD)
    return made, made.paragraph("Bryggan")


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    made, p = edited()
    made.insert(p, 7, " i viken", "Anna")
    made.delete(p, 15, 20, "Bo")
    found = read(made.save())
    assert "Bryggan i viken ut." in found.text()
    assert found.notes == (
        "Dokumentet har spårade ändringar. De har lästs in som om de vore accepterade.",
    )


def test_comments_are_not_read_but_told() -> None:
    made, p = edited()
    made.comment((p, 0), (p, 7), "Anna", "Vilken brygga?")
    found = read(made.save())
    assert "Vilken" not in found.text()
    assert found.notes == ("Dokumentets kommentarer (1) har inte lästs in.",)


def test_looks_are_read_from_runs_styles_and_defaults() -> None:
    made, p = edited()
    heading = w(
        "p",
        w("pPr", w("jc", val="center"), w("spacing", before=0, after=0), w("ind", left=400)),
        w("r", w("rPr", w("b"), w("sz", val=36)), *run("BESLUT")[-1:]),
    )
    line = w("p", w("pPr", w("spacing", before=0)), run("under"))
    p.addprevious(heading)
    p.addprevious(line)
    title, under, body = paragraphs(made.save())[1:4]
    assert (title.look.bold, title.look.side, title.look.indent) == (True, Side.CENTER, 20)
    assert title.look.size > 1.4
    assert body.look.size == 1.0
    assert (under.look.tight, title.look.tight) == (True, False)


def test_heading_styles_have_their_level_and_keys_stay() -> None:
    first, body = paragraphs(WORD)
    assert (first.look.style, first.look.level, first.key) == (Style.HEADING, 2, "arendet")
    assert (body.look.style, body.look.level) == (Style.BODY, None)


def test_lists_tables_and_pictures_are_real() -> None:
    inner = BulletList((ListItem((paragraph("inne"),)),))
    bullets = BulletList((ListItem((paragraph("ute"), inner)),))
    table = Table((spans("Post"), spans("Tkr")), ((spans("virke"), spans("200")),))
    found = read(to_word(document(section(bullets, table))))
    marks = [p.mark for p in found.pieces if isinstance(p, ReadParagraph) and p.mark]
    assert [(mark.depth, mark.numbered) for mark in marks] == [(0, False), (1, False)]
    (grid,) = (p for p in found.pieces if isinstance(p, ReadTable))
    assert (grid.header_rows, grid.is_layout) == (1, False)
    assert grid.rows[1][1][0].text == "200"


def test_a_picture_in_a_cell_stands_after_its_table() -> None:
    from docx import Document as WordDocument

    made = WordDocument()
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "Före"
    table.cell(0, 1).paragraphs[0].add_run().add_picture(io.BytesIO(picture(40, 20)))
    out = io.BytesIO()
    made.save(out)
    kinds = [type(piece) for piece in read(out.getvalue()).pieces]
    assert kinds == [ReadTable, ReadImage]


def test_a_picture_that_cannot_be_shown_is_told() -> None:
    example = next(path for path in BY_LIBREOFFICE)
    data = example.read_bytes()
    assert [p for p in read(data).pieces if isinstance(p, ReadImage)] == []
    made, p = edited()
    made.members["word/media/a.emf"] = b"emf"
    relations = etree.fromstring(made.members["word/_rels/document.xml.rels"])
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    etree.SubElement(
        relations,
        f"{{{relations.nsmap[None]}}}Relationship",
        {"Id": "rIdE", "Type": kind, "Target": "media/a.emf"},
    )
    made.members["word/_rels/document.xml.rels"] = etree.tostring(relations)
    shown = etree.fromstring(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships"><w:pict><v:shape><v:imagedata r:id="rIdE"/></v:shape>'
        "</w:pict></w:r>"
    )
    p.append(shown)
    (note,) = read(made.save()).notes
    assert note == "Bilden ”a.emf” är i ett format som inte kan visas och har inte lästs in."


NUMBERING = f"""<w:numbering xmlns:w="{W[1:-1]}">
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="%1.%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_marks_are_counted_as_word_counts_them() -> None:
    made = Edited(to_word(document(section(BulletList((ListItem((paragraph("a"),)),))))))
    made.members["word/numbering.xml"] = NUMBERING.encode()
    counting = Counting.of(Package(made.save(), "x"))
    marks = [counting.next_mark("4", level) for level in (0, 1, 1, 0, 1, 2)]
    assert marks == ["I.", "I.c)", "I.d)", "II.", "II.c)", "•"]
    before = counting.run_of("4")
    assert counting.next_mark("5", 0) == "I."
    assert counting.run_of("5") != before
    assert counting.next_mark("4", 0) == "II."  # goes on where the other is
    assert counting.next_mark("9", 0) == ""


def test_headers_and_footers_are_running_text() -> None:
    example = next(path for path in BY_LIBREOFFICE if "beslut" in path.stem)
    running = read(example.read_bytes()).running
    assert any("Tjänsteutlåtande" in one.text and one.first_page for one in running)
    foot = next(one for one in running if one.edge == "footer")
    assert foot.text.count("Björkhöjdens stadsdelsförvaltning") == 1


def test_a_field_that_never_ends_hides_nothing_after_its_paragraph() -> None:
    made, p = edited()
    p.append(w("r", w("fldChar", fldCharType="begin")))  # and never ended
    p.addnext(w("p", run("Sista raden.")))
    assert "Sista raden." in read(made.save()).text()


def test_a_broken_file_is_refused() -> None:
    with pytest.raises(UnreadableFileError):
        read(WORD[:1000])
