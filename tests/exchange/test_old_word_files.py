"""Word files as they were typed by hand: no styles, tabs for columns, headings in bold."""

import io

import pytest
from docx import Document as WordDocument
from docx.shared import Cm, Pt
from word_documents import picture

from samverkan_desktop.domain.text import Heading, Quote, spans_text
from samverkan_desktop.exchange.recognising.recogniser import Recognised
from tests.exchange.draft_outline import draft_outline
from tests.exchange.reading_in import imported

EXPECTED = """\
mall: uppsala-tjansteskrivelse
titel: Trygghetskameror på natten – förslag till riktlinjer
dnr: ON 2017/0412
nämnd: Omsorgsnämnden
datum: 2017-11-06
handläggare: Karin Holmlund | utredare | karin.holmlund@ekby.example
förvaltning: Omsorgsförvaltningen | Storgatan 1 | 0123-100 00 | www.ekby.example
BESLUT Omsorgsnämnden beslutar
  1. att anta riktlinjerna för trygghetskameror
  2. att ge förvaltningen i uppdrag att följa upp dem efter ett år
[sammanfattning]
  Kamera kan ersätta tillsyn på natten för den som vill.
[bakgrund] Bakgrund
  Försöket omfattade 22 personer under sex månader.
  ### Vad försöket visade
  Störd sömn blev mindre vanligt. En anhörig skriver:
  > ”Mamma sover hela natten nu. Det gjorde hon inte förr.”
  - färre fall
  - lugnare nätter
  | Mått | Före | Efter
  | Fall | 14 | 6
[ekonomi]
  Besparingen är 310 tkr om året.
[skickas] Beslutet expedieras till
  Akten
  Rådet för äldre
underskrift: Tomas Greve | Förvaltningschef
underskrift: Elin Asp | Verksamhetschef
bilaga: Riktlinjer
bilaga: Utvärdering, oktober 2017
"""


class Typed:
    """A Word file being typed."""

    def __init__(self) -> None:
        self.word = WordDocument()
        normal = self.word.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(12)

    def line(self, text: str = "", **look: object) -> None:
        paragraph = self.word.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.italic = look.get("bold", False), look.get("italic", False)
        run.font.size = look.get("size")
        form = paragraph.paragraph_format
        form.left_indent = look.get("indent")
        form.space_before = form.space_after = Pt(0)

    def text(self, *lines: str) -> None:
        for line in (*lines, ""):
            self.line(line)

    def heading(self, text: str) -> None:
        self.line(text, bold=True, size=Pt(13))

    def table(self, *rows: tuple[str, ...], lines: bool = True) -> None:
        table = self.word.add_table(len(rows), len(rows[0]))
        if lines:
            table.style = "Table Grid"
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text

    def read(self) -> Recognised:
        out = io.BytesIO()
        self.word.save(out)
        return imported(out.getvalue())


@pytest.fixture(scope="module")
def found() -> Recognised:
    typed = Typed()
    section = typed.word.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "Tjänsteskrivelse\tDnr ON 2017/0412\tSida 2 (3)"
    foot = "Ekby kommun · Besöksadress Storgatan 1 · Telefon 0123-100 00 · www.ekby.example"
    section.first_page_footer.paragraphs[0].text = foot
    officer = "Omsorgsförvaltningen\nKarin Holmlund, utredare\nkarin.holmlund@ekby.example"
    facts = "Datum 2017-11-06\nDiarienummer ON 2017/0412"
    typed.table((officer, facts), ("", "Omsorgsnämnden"), lines=False)
    typed.line()
    typed.line("Trygghetskameror på natten – förslag till riktlinjer", bold=True, size=Pt(16))
    typed.line()
    typed.heading("Förslag till beslut")
    typed.text("Omsorgsnämnden beslutar")
    typed.text(
        "att\tanta riktlinjerna för trygghetskameror, samt",
        "att\tge förvaltningen i uppdrag att följa upp dem efter ett år.",
    )
    typed.heading("Sammanfattning")
    typed.text("Kamera kan ersätta tillsyn på natten för den som vill.")
    typed.heading("Bakgrund")
    typed.line("Försöket omfattade 22 personer under sex månader.")
    typed.line("Vad försöket visade", italic=True)
    typed.line("Störd sömn blev mindre vanligt. En anhörig skriver:")
    typed.line("”Mamma sover hela natten nu. Det gjorde hon inte förr.”", indent=Cm(1))
    typed.text("·\tfärre fall", "·\tlugnare nätter")
    typed.table(("Mått", "Före", "Efter"), ("Fall", "14", "6"))
    typed.line()
    typed.heading("Ekonomiska konsekvenser")
    typed.text("Besparingen är 310 tkr om året.")
    typed.text("Tomas Greve\tElin Asp", "Förvaltningschef\tVerksamhetschef")
    typed.line("Beslutet expedieras till:", bold=True)
    typed.text("Akten", "Rådet för äldre")
    typed.line("Bilagor:", bold=True)
    typed.text("1)\tRiktlinjer", "2)\tUtvärdering, oktober 2017")
    return typed.read()


def test_every_detail_of_a_typed_file_comes_in_right(found: Recognised) -> None:
    assert draft_outline(found.draft) == EXPECTED


def test_nothing_of_a_typed_file_is_left_over(found: Recognised) -> None:
    assert found.report.unplaced == ()


def test_what_is_set_in_or_slanted_is_a_quotation_or_a_heading(found: Recognised) -> None:
    blocks = found.draft.section("bakgrund").content
    assert [spans_text(b.spans) for b in blocks if isinstance(b, Heading)] == [
        "Vad försöket visade"
    ]
    assert sum(isinstance(block, Quote) for block in blocks) == 1


def test_a_logotype_over_the_title_is_left_out_and_told() -> None:
    typed = Typed()
    typed.word.add_paragraph().add_run().add_picture(io.BytesIO(picture(60, 30)))
    typed.line("Ny plan för parken", bold=True, size=Pt(16))
    typed.heading("Bakgrund")
    typed.text("Planen är från 1984.")
    found = typed.read()
    assert (found.draft.title, found.files, found.report.unplaced) == ("Ny plan för parken", {}, ())
    assert found.report.notes == (
        "En bild över titeln lästes inte in. Den är troligen en logotyp.",
    )


def test_a_picture_under_the_title_is_kept() -> None:
    typed = Typed()
    typed.line("Ny plan för parken", bold=True, size=Pt(16))
    typed.word.add_paragraph().add_run().add_picture(io.BytesIO(picture(60, 30)))
    typed.heading("Bakgrund")
    typed.text("Planen är från 1984.")
    found = typed.read()
    assert len(found.files) == 1
    assert len(found.report.unplaced) == 1


def test_markdown_escapes_in_a_word_file_are_taken_away() -> None:
    typed = Typed()
    typed.heading("Bakgrund")
    typed.text(r"Bastun är 50 år\. Den används\. Taket läcker\.", r"\- nytt tak\.", r"\- ny ramp\.")
    assert "\\" not in draft_outline(typed.read().draft)


def test_a_path_in_a_word_file_keeps_its_backslashes() -> None:
    typed = Typed()
    typed.heading("Bakgrund")
    typed.text(r"Filen ligger i G:\_gemensam\_planer.")
    assert r"G:\_gemensam\_planer" in draft_outline(typed.read().draft)
