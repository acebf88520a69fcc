"""A small draft sent out as Word, and what became of it at others' hands.

`PYTHONPATH=tests:. python tests/reviewed.py` writes the
fixtures anew; those of LibreOffice are that program's own.
"""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

from word_changes import Edited, W, find, run, text_of, w
from word_documents import FOLDERS, picture

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import (
    DecisionGroup,
    Draft,
    Officer,
    Section,
    Signatory,
)
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.review_content import content_of
from samverkan_desktop.domain.text import (
    BulletList,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Table,
    spans,
)
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.returned import Returned, carried_draft, read_returned
from samverkan_desktop.export.word import write_word

FIXTURES = Path(__file__).parent / "exchange" / "word" / "fixtures"
TEMPLATES = load_catalogue(FOLDERS).templates
ANNA, BO = "Anna Berg", "Bo Ek"


def p(text: str, name: str) -> Paragraph:
    return Paragraph(spans(text), name)


def item(text: str, name: str, *more: object) -> ListItem:
    return ListItem((p(text, name), *more))


DRAFT = Draft(
    id="5b0c3f9e-4a7d-4c53-9d2c-0f6f2f6f0a11",
    template="stockholm-beslutsarende",
    title="Ny brygga vid Norrviken",
    dnr="ÅNÄ 2025/41",
    committee="Ånäs stadsdelsnämnd",
    document_date=date(2025, 2, 3),
    officer=Officer(name="Ada Östlund", role="Utredare"),
    decision=(
        DecisionGroup(
            lead_in="Stadsdelsnämnden beslutar följande.",
            items=(
                (p("Bryggan byts ut till en utgift av högst 450 tkr.", "d1"),),
                (p('Förvaltningen får i uppdrag att "genast" beställa arbetet.', "d2"),),
            ),
        ),
    ),
    sections=(
        Section(
            key="sammanfattning",
            content=(
                p("Bryggan från 1974 är  i dåligt skick - den byts ut i vår.", "s1"),
                p("Arbetet kostar 1 057 tkr och tar sex veckor.", "s2"),
                Paragraph(
                    (Span("Läs mer på "), Span("stadens sida", link="https://stad.example/å")),
                    "s3",
                ),
            ),
        ),
        Section(
            key="arendet",
            content=(
                Heading(2, spans("Läget i dag"), "a1"),
                p("Tre brister har konstaterats:", "a2"),
                BulletList(
                    (
                        item("plankorna är ruttna", "i1"),
                        item(
                            "räcket är löst",
                            "i2",
                            BulletList((item("särskilt i norr", "n1"),), "nl"),
                        ),
                        item("belysningen saknas", "i3"),
                    ),
                    "l1",
                ),
                Quote((p("Vi vågar inte gå ut på bryggan.", "q1"),), "qu"),
                NumberedList((item("Byt allt.", "j1"), item("Byt hälften.", "j2")), "l2"),
                Image("karta.png", "Karta över viken", spans("Viken"), "im"),
            ),
        ),
        Section(
            key="ekonomi",
            content=(
                p("Utgiften fördelas så här.", "e1"),
                Table(
                    (spans("Post"), spans("Belopp (tkr)")),
                    (
                        (spans("Virke"), spans("200")),
                        (spans("Arbete"), spans("250")),
                        (spans("Summa"), spans("450")),
                    ),
                    spans("Utgift"),
                    id="t1",
                ),
                p("Pengarna finns i budgeten.", "e2"),
            ),
        ),
    ),
    signatories=(Signatory(name="Bo Ek", role="Stadsdelsdirektör"),),
)


def sent(draft: Draft = DRAFT) -> bytes:
    out = io.BytesIO()
    made = compose(draft, TEMPLATES[draft.template])
    write_word(made, lambda _: picture(60, 30), out, FOLDERS, silent, draft)
    return out.getvalue()


def back(data: bytes) -> Returned:
    package = Package(data, "fil.docx")
    carried = carried_draft(package)
    assert carried is not None
    draft = carried.draft
    template = TEMPLATES[draft.template]
    return read_returned(
        package, carried, compose(draft, template), lambda key: content_of(draft, template, key)
    )


# What others did


def words(e: Edited) -> None:
    """Insertions, deletions, a replacement, one's deletion of another's insertion, bold."""
    first = e.paragraph("Bryggan från 1974")
    e.insert(first, 17, " och 1988", ANNA)
    e.delete(first, 20, 24, BO)
    second = e.paragraph("Arbetet kostar")
    e.delete(second, 15, 20, ANNA)
    e.insert(second, 20, "1 200", ANNA)
    e.embolden(second, 0, 7, BO)
    decided = e.paragraph("Förvaltningen får i uppdrag")
    e.insert(decided, len("Förvaltningen"), " och nämndens kansli", BO)


def paragraphs(e: Edited) -> None:
    """New paragraphs at the borders of sections, one split, two joined, one taken out."""
    e.add_after(e.paragraph("Läs mer"), "Ett nytt stycke sist i avsnittet.", ANNA)
    heading = e.paragraph("Sammanfattning")
    first = w("p", w("pPr", w("pStyle", val="Normal"), w("rPr", w("ins", **e.by(BO)))))
    first.append(w("ins", run("Ett nytt stycke först i avsnittet."), **e.by(BO)))
    heading.addnext(first)
    e.split(e.paragraph("Arbetet kostar"), len("Arbetet kostar 1 057 tkr"), BO)
    e.delete_paragraph(e.paragraph("Utgiften fördelas"), ANNA)
    e.join(e.paragraph("Bryggan från 1974"), ANNA)


def lists(e: Edited) -> None:
    """Items put in, taken out, split and made paragraphs; decision items too; a move in a list."""
    e.add_after(e.paragraph("plankorna"), "pålarna är angripna", ANNA)
    e.delete_paragraph(e.paragraph("belysningen"), BO)
    e.insert(e.paragraph("särskilt i norr"), 8, " illa", BO)
    e.style(e.paragraph("Byt hälften"), "Normal", ANNA)
    e.add_after(e.paragraph("Bryggan byts ut till"), "Räcket målas.", BO)


def tables(e: Edited) -> None:
    """Cells edited, a row put in and one taken out, by two people."""
    rows = find(e.root, ".//w:sdt[w:sdtPr/w:tag/@w:val='ekonomi']//w:tr")
    cell = rows[1].findall(W + "tc")[1].find(W + "p")
    e.delete(cell, 0, 3, ANNA)
    e.insert(cell, 3, "300", ANNA)
    e.add_row(rows[2], ["Transport", "50"], BO)
    e.delete_row(rows[3], ANNA)
    caption = next(p for p in e.paragraphs() if text_of(p) == "Utgift")
    e.insert(caption, 6, " i tkr", BO)


def moved(e: Edited) -> None:
    """A paragraph moved within its section."""
    e.move(e.paragraph("Arbetet kostar"), e.paragraph("Läs mer"), ANNA)


def comments(e: Edited) -> None:
    """Comments on words, over two paragraphs, in a cell, outside; answers; one that is solved."""
    first = e.paragraph("Bryggan från 1974")
    e.insert(first, 17, " och 1988", ANNA)
    one = e.comment((first, 13), (first, 17), BO, "Stämmer årtalet?")
    e.comment((first, 13), (first, 17), ANNA, "Ja, enligt bygglovet.", answers=one)
    e.comment((first, 13), (first, 17), BO, "Tack!", answers=one)
    second, third = e.paragraph("Arbetet kostar"), e.paragraph("Läs mer")
    e.comment((second, 30), (third, 3), ANNA, "Hur lång tid?", done=True)
    cell = e.paragraph("Virke")
    e.comment((cell, 0), (cell, 5), BO, "Ek eller lärk?")
    title = e.paragraphs("title")[0]
    e.comment((title, 0), (title, 2), BO, "Kortare titel?")


def elsewhere(e: Edited) -> None:
    """Changes outside the sections: title, a heading, a signatory, between two controls."""
    e.insert(e.paragraphs("title")[0], 3, "are", ANNA)
    heading = e.paragraph("Sammanfattning")
    e.delete(heading, 0, len("Sammanfattning"), BO)
    e.insert(heading, len("Sammanfattning"), "Kort om ärendet", BO)
    controls = find(e.root, ".//w:sdt[w:sdtPr/w:tag/@w:val='ekonomi']")
    controls[0].addprevious(w("p", w("ins", run("Mellan avsnitten."), **e.by(ANNA))))


SCENARIOS: dict[str, Callable[[Edited], None]] = {
    "ord": words,
    "stycken": paragraphs,
    "listor": lists,
    "tabeller": tables,
    "flyttat": moved,
    "kommentarer": comments,
    "utanfor": elsewhere,
}


def fixture(name: str) -> bytes:
    return (FIXTURES / f"{name}.docx").read_bytes()


if __name__ == "__main__":
    FIXTURES.mkdir(exist_ok=True)
    for made, change in SCENARIOS.items():
        edited = Edited(sent())
        change(edited)
        (FIXTURES / f"{made}.docx").write_bytes(edited.save())
