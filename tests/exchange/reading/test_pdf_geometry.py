"""PDF pages without tags: what belongs together is told by where it stands."""

import io

from reportlab.pdfgen.canvas import Canvas

from samverkan_desktop.domain.text import Heading, Paragraph, spans_text
from samverkan_desktop.exchange.recognising.recogniser import Recognised
from tests.exchange.reading_in import imported

SIZE = (595, 842)
TEXT = (
    "Planen har tagits fram tillsammans med de boende och med skolan i området.",
    "Den visar var träd och bänkar ska stå och hur vägen genom parken ska gå.",
    "Arbetet börjar på hösten och beräknas pågå i ungefär ett och ett halvt år.",
)


class Page:
    """A page being set, from its top."""

    def __init__(self) -> None:
        self.canvas = Canvas(io.BytesIO(), pagesize=SIZE)

    def put(self, top: int, text: str, left: int = 72, font: str = "Helvetica", size: int = 11):
        self.canvas.setFont(font, size)
        self.canvas.drawString(left, SIZE[1] - top, text)

    def put_title(self) -> None:
        self.put(150, "Ny plan för parken", font="Helvetica-Bold", size=18)

    def put_section(self, top: int) -> None:
        self.put(top, "Ärendet", font="Helvetica-Bold", size=13)
        for number, line in enumerate(TEXT):
            self.put(top + 20 + 14 * number, line)

    def turn(self) -> None:
        self.canvas.showPage()

    def read(self) -> Recognised:
        self.turn()
        return imported(self.canvas.getpdfdata())


def test_a_letterhead_at_the_right_is_a_fact_a_line():
    page = Page()
    for number, fact in enumerate(
        ("2024-03-11", "Tjänsteskrivelse", "TN 2024/217", "Tekniska nämnden")
    ):
        page.put(112 + 13 * number, fact, left=420)
    page.put(190, "Ny plan för parken", font="Helvetica-Bold", size=18)
    page.put_section(230)
    draft = page.read().draft
    assert (draft.title, draft.dnr, draft.committee) == (
        "Ny plan för parken", "TN 2024/217", "Tekniska nämnden",
    )  # fmt: skip
    assert str(draft.document_date) == "2024-03-11"


def test_att_lines_under_each_other_are_decisions_of_their_own():
    page = Page()
    page.put_title()
    page.put(190, "Förslag till beslut", font="Helvetica-Bold", size=13)
    page.put(210, "Tekniska nämnden beslutar")
    page.put(224, "att anta planen för parken som den föreslås i tjänsteskrivelsen, samt")
    page.put(238, "att ge förvaltningen i uppdrag att följa upp den.")
    page.put_section(270)
    (group,) = page.read().draft.decision
    assert group.lead_in == "Tekniska nämnden beslutar"
    assert len(group.items) == 2


def test_a_line_in_italics_over_its_text_is_a_sub_heading():
    page = Page()
    page.put_title()
    page.put_section(190)
    page.put(256, "Så har vi räknat", font="Helvetica-Oblique")
    page.put(270, "Kostnaden är beräknad på de priser som gällde i mars och kan ändras.")
    first, heading, second = page.read().draft.section("arendet").content
    assert isinstance(heading, Heading)
    assert spans_text(heading.spans) == "Så har vi räknat"
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)


def test_a_sender_far_down_on_the_first_page_is_the_sender_and_no_text():
    page = Page()
    page.put_title()
    page.put_section(190)
    page.put(760, "Storgatan 1, 123 45 Ekby")
    page.put(774, "Telefon 0123-100 00, www.ekby.example")
    found = page.read()
    assert len(found.draft.section("arendet").content) == 1
    sender = found.draft.organisation
    assert (sender.street, sender.postal_address, sender.switchboard, sender.web) == (
        "Storgatan 1", "123 45 Ekby", "0123-100 00", "www.ekby.example",
    )  # fmt: skip


def test_a_signature_far_down_on_the_first_page_is_a_signature():
    page = Page()
    page.put_title()
    page.put_section(190)
    page.put(760, "Siv Almkvist")
    page.put(774, "Avdelningschef")
    (signatory,) = page.read().draft.signatories
    assert (signatory.name, signatory.role) == ("Siv Almkvist", "Avdelningschef")


def test_what_stands_beside_a_page_number_is_no_text():
    page = Page()
    page.put_title()
    page.put_section(190)
    page.turn()
    page.put(50, "Dnr TN 2024/217")
    page.put(50, "2 (2)", left=480)
    page.put(130, "Förvaltningen bedömer att planen är väl avvägd.")
    found = page.read()
    assert found.draft.dnr == "TN 2024/217"
    said = [spans_text(block.spans) for block in found.draft.section("arendet").content]
    assert said[-1].endswith("Förvaltningen bedömer att planen är väl avvägd.")
    assert not any("TN 2024" in text for text in said)


def test_a_paragraph_that_may_be_two_at_a_page_turn_is_told():
    page = Page()
    page.put_title()
    page.put_section(720)
    page.turn()
    page.put(130, "Kostnaden beräknas till fyra miljoner kronor och ryms i nämndens budget.")
    page.put(144, "Driften ökar med nittiotusen kronor om året när allt är färdigt.")
    notes = page.read().report.notes
    assert notes == ("Stycket vid sidbytet efter sida 1 kan vara två stycken.",)
