"""Plain text: what a person reads when the document is pasted into a mail."""

from samverkan_desktop.domain.document import (
    ApprovalTable,
    Document,
    Element,
    Furniture,
    Head,
    ItemList,
    LabelledLines,
    Notice,
    OrganisationBlock,
    Part,
    Properties,
    SectionHeading,
    Signature,
    Signatures,
    Subtitle,
    Title,
)
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
    paragraph,
    spans,
)
from samverkan_desktop.export.text import write_text


def text_of(*elements: Element) -> str:
    furniture = Furniture("Tjänsteutlåtande", "Dnr 7", "2024-05-06", "Sida", "")
    document = Document("sv-SE", Properties("", "", "", ""), furniture, (Part("x", elements),))
    return write_text(document)


def item(*texts: str) -> ListItem:
    return ListItem(tuple(paragraph(text) for text in texts))


def test_nothing_gives_nothing():
    assert write_text(Document("sv-SE", Properties("", "", "", ""), None, ())) == ""


def test_a_whole_document_in_reading_order_without_the_page_header():
    assert (
        text_of(
            Head(
                LabelledLines("Handläggare", ("Kim Ek", "Telefon: 08-1")),
                LabelledLines("Till", ("Ånäs nämnd", "2024-05-20")),
            ),
            Title("Cykelställ vid biblioteket"),
            Subtitle("Svar på skrivelse"),
            Notice("Omedelbar justering"),
            SectionHeading("Förslag till beslut"),
            ItemList(((paragraph("Ställen köps in."),), (paragraph("Svar lämnas."),)), True),
            SectionHeading("Bakgrund"),
            paragraph("Ett första stycke."),
            Heading(2, spans("En underrubrik")),
            Paragraph((Span("Ett "), Span("andra", bold=True), Span(" stycke."))),
            Signatures((Signature("Bo Al", "Chef"), Signature("", "Direktör"))),
            SectionHeading("Bilaga"),
            ItemList(((paragraph("Karta"),),), False),
            OrganisationBlock((("Ånäs förvaltning",), ("Växel 1", "anas.example"))),
            ApprovalTable(("Namn", "Datum"), (("Bo Al, chef", "2024-05-07"),)),
        )
        == """\
Handläggare
Kim Ek
Telefon: 08-1

Till
Ånäs nämnd
2024-05-20

Cykelställ vid biblioteket

Svar på skrivelse

Omedelbar justering

Förslag till beslut

1. Ställen köps in.
2. Svar lämnas.

Bakgrund

Ett första stycke.

En underrubrik

Ett andra stycke.

Bo Al
Chef

Direktör

Bilaga

Karta

Ånäs förvaltning

Växel 1
anas.example

Namn\tDatum
Bo Al, chef\t2024-05-07
"""
    )


def test_a_column_without_lines_prints_no_label():
    head = Head(LabelledLines("", ()), LabelledLines("Till", ("Ånäs nämnd",)))
    assert text_of(head) == "Till\nÅnäs nämnd\n"


def test_nested_lists_are_indented_and_numbered_from_one():
    inner = NumberedList((item("ett"), item("två")))
    outer = BulletList((ListItem((paragraph("a"), inner)), ListItem((inner,))))
    assert text_of(outer) == "- a\n  1. ett\n  2. två\n- 1. ett\n  2. två\n"


def test_numbers_letters_and_roman_numerals_follow_one_another():
    deepest = NumberedList((item("djupast"), item("igen")))
    middle = NumberedList((ListItem((paragraph("mitten"), deepest)),))
    bullets = BulletList((ListItem((paragraph("punkt"), middle)),))
    decision = ItemList(((paragraph("ytterst"), bullets),), numbered=True)
    assert text_of(decision) == (
        "1. ytterst\n   - punkt\n     a. mitten\n        i. djupast\n        ii. igen\n"
    )


def test_letters_go_on_as_in_word():
    items = NumberedList(tuple(item("x") for _ in range(28)))
    outer = NumberedList((ListItem((paragraph("ett"), items)),))
    marks = [line.split()[0] for line in text_of(outer).splitlines()]
    assert marks[1:4] == ["a.", "b.", "c."]
    assert marks[-3:] == ["z.", "aa.", "bb."]


def test_an_item_of_several_paragraphs_stands_apart():
    items = NumberedList((item("ett", "mer\nom ett"), item("två")))
    assert text_of(items) == "1. ett\n\n   mer\n   om ett\n\n2. två\n"


def test_unmarked_items_are_lines():
    lines = ItemList(((paragraph("att ge,"),), (paragraph("att få."),)), numbered=False)
    assert text_of(lines) == "att ge,\natt få.\n"


def test_a_table_is_its_caption_and_rows_with_tabs():
    table = Table(
        header=(spans("År"), spans("Antal\ncyklar")),
        rows=((spans("2023"), ()), (spans("2024"), spans("17"))),
        caption=spans("Tabell över cyklar"),
    )
    assert text_of(table) == "Tabell över cyklar\nÅr\tAntal cyklar\n2023\t\n2024\t17\n"


def test_an_image_is_told_by_its_alt_text():
    image = Image("karta.png", "Karta\növer\x00 torget", spans("Torget i maj"))
    assert text_of(image) == "[Bild: Karta över torget]\nTorget i maj\n"


def test_a_quotation_is_marked_line_by_line():
    quote = Quote((paragraph("Rad ett\nrad två"), BulletList((item("punkt"),))))
    assert text_of(quote) == "> Rad ett\n> rad två\n>\n> - punkt\n"
