"""The text of a Word file: real styles, lists that count, links, languages, controls."""

import io

import docx
import pytest
from word_documents import (
    FOLDERS,
    W,
    document,
    find,
    members,
    picture,
    section,
    to_word,
    values,
    xml,
)
from word_text import word_text, words

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.composition import (
    ATTACHMENTS,
    ORGANISATION,
    SIGNATURES,
    TITLE,
    compose,
)
from samverkan_desktop.domain.document import (
    ItemList,
    Notice,
    OrganisationBlock,
    Part,
    Signature,
    Signatures,
    Subtitle,
    Title,
)
from samverkan_desktop.domain.text import (
    BulletList,
    Heading,
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

EXAMPLES = sorted((FOLDERS.resources / "examples").glob("*.json"))


def item(*blocks: object) -> ListItem:
    return ListItem(tuple(paragraph(b) if isinstance(b, str) else b for b in blocks))


def numbers(*items: object) -> NumberedList:
    return NumberedList(tuple(i if isinstance(i, ListItem) else item(i) for i in items))


def bullets(*items: object) -> BulletList:
    return BulletList(tuple(i if isinstance(i, ListItem) else item(i) for i in items))


def marked(*blocks: object) -> list[str]:
    """The lines of a section with their marks, without its heading."""
    lines = word_text(to_word(document(section(*blocks)))).body[1:]
    return [f"{line.mark} {line.text}".strip() for line in lines]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_says_in_word_what_it_says_as_text(path):
    draft = read_draft(path.read_bytes(), path.name)
    made = compose(draft, load_catalogue(FOLDERS).template(draft.template))
    lines = word_text(to_word(made, lambda _: picture(40, 20))).in_order()
    assert words(" ".join(line.as_text for line in lines)) == words(write_text(made))


def test_headings_have_words_own_styles_so_that_there_is_a_navigation_pane():
    made = document(
        Part("title ", (Title("Bryggan"), Subtitle("Anmälan"), Notice("Omedelbar justering"))),
        section(
            paragraph("Text."), Heading(2, spans("Läget")), Heading(3, spans("I hamnen")),
            Quote((paragraph("Ett citat."),)),
        ),
    )  # fmt: skip
    styles = [(line.style, line.text) for line in word_text(to_word(made)).body]
    assert styles == [
        ("heading 1", "Bryggan"),
        ("Subtitle", "Anmälan"),
        ("Särskild upplysning", "Omedelbar justering"),
        ("heading 2", "Ärendet"),
        ("Normal", "Text."),
        ("heading 3", "Läget"),
        ("heading 4", "I hamnen"),
        ("Quote", "Ett citat."),
    ]


def test_the_ids_of_built_in_styles_are_words_own():
    used = set(values(xml(to_word(document(section(numbers("a", item("b", bullets("c"))))))),
                      "//w:pStyle"))  # fmt: skip
    assert used == {"Heading2", "ListNumber", "ListBullet2"}


def test_every_list_begins_at_one():
    assert marked(numbers("a", "b"), paragraph("x"), numbers("c"), numbers("d", "e")) == [
        "1. a", "2. b", "x", "1. c", "1. d", "2. e",
    ]  # fmt: skip


def test_an_outer_list_counts_on_after_an_inner_one():
    inner = numbers("a", "b")
    assert marked(numbers(item("ett", inner), item("två", inner), "tre")) == [
        "1. ett", "a. a", "b. b", "2. två", "a. a", "b. b", "3. tre",
    ]  # fmt: skip


def test_two_lists_in_one_item_both_begin_anew():
    assert marked(numbers(item("ett", numbers("a"), "mellan", numbers("b")))) == [
        "1. ett", "a. a", "mellan", "a. b",
    ]  # fmt: skip


def test_a_list_in_one_of_the_other_kind_has_its_first_marks():
    assert marked(bullets(item("x", numbers("ett", item("två", bullets("y")))))) == [
        "• x", "1. ett", "2. två", "◦ y",
    ]  # fmt: skip


def test_levels_beyond_the_styled_ones_still_count():
    deep = numbers("nivå 8", "igen")
    for level in range(7, 0, -1):
        deep = numbers(item(f"nivå {level}", deep))
    assert [line.split()[0] for line in marked(deep)] == [
        "1.", "a.", "i.", "1.", "a.", "i.", "1.", "a.", "b.",
    ]  # fmt: skip


def test_decisions_of_two_bodies_are_numbered_each_from_one():
    group = ItemList(((paragraph("Yttra sig."),), (paragraph("Avsluta."),)), numbered=True)
    assert marked(paragraph("Nämnden föreslår"), group, paragraph("Nämnden beslutar"), group) == [
        "Nämnden föreslår", "1. Yttra sig.", "2. Avsluta.",
        "Nämnden beslutar", "1. Yttra sig.", "2. Avsluta.",
    ]  # fmt: skip


def test_att_lines_have_no_mark():
    lines = ItemList(((paragraph("att ge, samt"),), (paragraph("att få."),)), numbered=False)
    assert marked(lines) == ["att ge, samt", "att få."]


def test_attachments_are_numbered_when_there_are_several():
    def lines(*titles: str) -> list[tuple[str, str]]:
        items = ItemList(tuple((paragraph(t),) for t in titles), numbered=len(titles) > 1)
        body = word_text(to_word(document(Part(ATTACHMENTS, (items,))))).body
        return [(line.style, f"{line.mark} {line.text}".strip()) for line in body]

    assert lines("Karta") == [("Bilaga onumrerad", "Karta")]
    assert lines("Karta", "Kalkyl") == [
        ("Bilaga numrerad", "1. Karta"),
        ("Bilaga numrerad", "2. Kalkyl"),
    ]


def test_what_follows_in_an_item_stands_under_its_text():
    made = section(bullets(item("a", paragraph("mer"), bullets(item("b", paragraph("mer"))))))
    styles = [line.style for line in word_text(to_word(document(made))).body[1:]]
    assert styles == ["List Bullet", "List Continue", "List Bullet 2", "List Continue 2"]


def test_an_item_without_text_of_its_own_shows_its_mark():
    assert marked(numbers(item(numbers("inre")), item(Table((spans("T"),))))) == [
        "1.", "a. inre", "2.", "T", "",
    ]  # fmt: skip


def test_a_paragraph_stays_with_the_list_that_it_announces():
    body = word_text(to_word(document(section(paragraph("Så här"), bullets("a"))))).body
    assert [line.style for line in body] == ["heading 2", "Inledande rad", "List Bullet"]
    styles = xml(to_word(document()), "word/styles.xml")
    assert find(styles, "//w:style[@w:styleId='LeadIn']/w:pPr/w:keepNext")


def test_bold_and_italic_are_marks_of_runs():
    made = section(Paragraph((Span("a "), Span("b", bold=True), Span(" c", italic=True))))
    runs = docx.Document(io.BytesIO(to_word(document(made)))).element.body.iter(f"{W}r")
    marks = [[mark.tag for mark in run.iterfind(f"{W}rPr/*")] for run in runs]
    assert marks[1:] == [[], [f"{W}b", f"{W}bCs"], [f"{W}i", f"{W}iCs"]]


def test_spaces_at_the_border_of_a_run_are_kept():
    made = section(Paragraph((Span("a "), Span("b", bold=True), Span(" c"))))
    text = find(xml(to_word(document(made))), "//w:t")[1:]
    assert [t.get("{http://www.w3.org/XML/1998/namespace}space") for t in text] == [
        "preserve", None, "preserve",
    ]  # fmt: skip


def test_a_link_is_a_relationship_to_an_address():
    made = to_word(document(section(Paragraph((
        Span("se ", link="https://kommun.example/å?a=1&b=2"),
        Span("planen", bold=True, link="https://kommun.example/å?a=1&b=2"),
        Span(" eller "),
        Span("skriv", link="mailto:a@kommun.example"),
    )))))  # fmt: skip
    links = find(xml(made), "//w:hyperlink")
    relations = {r.get("Id"): r for r in xml(made, "word/_rels/document.xml.rels")}
    targets = [relations[link.get(f"{{{link.nsmap['r']}}}id")] for link in links]
    assert ["".join(link.itertext()) for link in links] == ["se planen", "skriv"]
    assert [(t.get("Target"), t.get("TargetMode")) for t in targets] == [
        ("https://kommun.example/%C3%A5?a=1&b=2", "External"),
        ("mailto:a@kommun.example", "External"),
    ]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[", ""])
def test_what_nobody_should_open_stays_text(link):
    made = to_word(document(section(Paragraph((Span("text", link=link),)))))
    assert find(xml(made), "//w:hyperlink") == []
    assert word_text(made).body[-1].text == "text"


def test_the_language_is_the_documents_and_a_spans_own():
    made = to_word(document(section(Paragraph((
        Span("Hej "), Span("terve", language="fi"), Span("שלום", language="he", bold=True),
        Span("你好", language="zh"), Span("x", language="inget språk"),
    ))), language="sv-FI"))  # fmt: skip
    assert values(xml(made, "word/styles.xml"), "//w:docDefaults//w:lang") == ["sv-FI"]
    marks = [dict(lang.attrib) for lang in find(xml(made), "//w:lang")]
    assert marks == [{f"{W}val": "fi"}, {f"{W}bidi": "he"}, {f"{W}eastAsia": "zh"}]
    assert len(find(xml(made), "//w:rtl")) == 1


def test_each_part_is_in_a_locked_control_named_after_it():
    made = to_word(document(
        Part("title ", (Title("Bryggan"),)),
        section(paragraph("Text."), key="barn", heading="Barnrättsperspektiv"),
        section(paragraph("Text."), key="egen-" + "x" * 80, heading="Mycket långt " + "y" * 80),
        section(paragraph("Text."), key="egen-" + "x" * 81, heading="z"),
    ))  # fmt: skip
    root = xml(made)
    tags, names = values(root, "//w:sdtPr/w:tag"), values(root, "//w:sdtPr/w:alias")
    assert tags[:2] == ["title", "barn"]
    assert names[:2] == ["Rubrik", "Barnrättsperspektiv"]
    assert max(map(len, tags + names)) == 64  # more would make Word refuse the file
    assert len(set(tags)) == 4
    assert len(set(values(root, "//w:sdtPr/w:id"))) == 4
    assert values(root, "//w:sdtPr/w:lock") == ["sdtLocked"] * 4


def test_no_control_is_named_by_a_key_of_the_program():
    title, sender = Part(TITLE, (Title("Bryggan"),)), OrganisationBlock((("x" * 2000,),))
    signatures = Part(SIGNATURES, (Signatures((Signature("Bo Al", "Chef"),)),))
    attachments = Part(ATTACHMENTS, (ItemList(((paragraph("Karta"),),), numbered=False),))
    made = to_word(document(title, signatures, attachments, Part(ORGANISATION, (sender,))))
    names = values(xml(made), "//w:sdtPr/w:alias")
    assert names == ["Rubrik", "Underskrifter", "Bilagor", "Avsändare"]


def test_signatures_have_a_line_to_sign_on_and_stay_together():
    part = Part(SIGNATURES, (Signatures((Signature("Bo Al", "Chef"), Signature("", "Direktör"))),))
    made = to_word(document(part, section(paragraph("Efter."))))
    lines = [(line.style, line.text) for line in word_text(made).body[:5]]
    assert lines == [
        ("Underskrift linje", ""),
        ("Underskrift namn", "Bo Al"),
        ("Underskrift befattning", "Chef"),
        ("Underskrift linje", ""),
        ("Underskrift befattning", "Direktör"),
    ]
    styles = xml(made, "word/styles.xml")
    for name in ("SignatureLine", "SignatureName", "SignatureRole"):
        assert find(styles, f"//w:style[@w:styleId='{name}']/w:pPr/w:keepNext")
    assert find(styles, "//w:style[@w:styleId='SignatureLine']/w:pPr/w:pBdr/w:bottom")
    assert values(xml(made), "//w:p[w:pPr/w:keepNext]/w:pPr/w:keepNext") == ["0"]
    assert [p.findtext(f".//{W}t") for p in find(xml(made), "//w:p[w:pPr/w:keepNext]")] == [
        "Direktör"
    ]


def test_no_paragraph_is_there_for_its_height():
    made = section(paragraph("a"), Heading(2, spans("b")), bullets("c"), Quote((paragraph("d"),)))
    assert [line.text for line in word_text(to_word(document(made))).body if not line.text] == []


def test_what_no_xml_can_hold_is_left_out_wherever_it_comes_from():
    part = section(Paragraph((Span("a", link="https://x.example/\x01"),)), heading="Rub\x0brik")
    made = to_word(document(part, Part("sign\ufffe", (Title("T\x00"),))))
    assert [line.text for line in word_text(made).body] == ["Rubrik", "a", "T"]
    assert all(name == "word/base.docx" or data for name, data in members(made).items())
