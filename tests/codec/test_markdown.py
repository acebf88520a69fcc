"""Markdown to rich text: what CommonMark says, but no visible character is ever lost."""

import re
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samverkan_desktop.codec.draft_json import read_draft, write_draft
from samverkan_desktop.codec.markdown import read_blocks, read_spans
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.text import (
    Align,
    BulletList,
    Column,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Table,
    paragraph,
    plain_text,
    spans,
    walk,
)


def items(*texts: str) -> tuple[ListItem, ...]:
    return tuple(ListItem((paragraph(text),)) for text in texts)


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("", ()),
        ("  \n\n", ()),
        ("Ett stycke\növer två rader.", (paragraph("Ett stycke över två rader."),)),
        ("Ett.\n\nTvå.", (paragraph("Ett."), paragraph("Två."))),
        ("Ett.\r\n\r\nTvå.\rTre.", (paragraph("Ett."), paragraph("Två. Tre."))),
        ("rad  \nrad\\\nrad", (paragraph("rad\nrad\nrad"),)),
        ("# A\n## B\n### C\n###### D", tuple(Heading(n, spans(t)) for n, t in
                                             ((2, "A"), (2, "B"), (3, "C"), (3, "D")))),
        ("- a\n- b", (BulletList(items("a", "b")),)),
        ("* a\n\n  b", (BulletList((ListItem((paragraph("a"), paragraph("b"))),)),)),
        ("1. a\n2. b", (NumberedList(items("a", "b")),)),
        ("- a\n  1. b\n     - c", (BulletList((ListItem((
            paragraph("a"),
            NumberedList((ListItem((paragraph("b"), BulletList(items("c")))),)),
        )),)),)),
        ("- \n- b", (BulletList((ListItem((Paragraph(),)), *items("b"))),)),
        ("> a\n>\n> - b", (Quote((paragraph("a"), BulletList(items("b")))),)),
        ("> ", (Quote(()),)),
        ("a\n\n---\n\nb", (paragraph("a"), paragraph("b"))),
        ("```py\nrad 1\n  rad 2\n```", (paragraph("rad 1\n  rad 2"),)),
        ("```\n```", ()),
        ("    indraget", (paragraph("indraget"),)),
        ("<b>fet</b>\n\n<p>x", (paragraph("<b>fet</b>"), paragraph("<p>x"))),
        ("5 &lt; 7 &amp; 8 \\* 9", (paragraph("5 < 7 & 8 * 9"),)),
        ("![En karta](karta.png)", (Image("karta.png", "En karta"),)),
        ("![En karta](<karta över Ängby.png>)", (Image("karta över Ängby.png", "En karta"),)),
        ("Se ![kartan](k.png) här", (paragraph("Se "), Image("k.png", "kartan"),
                                     paragraph(" här"))),
        ("![a](a.png)![b](b.png)", (Image("a.png", "a"), Image("b.png", "b"))),
        ("[](x:y)![a](a.png)", (Image("a.png", "a"),)),
        ("a\x00b", (paragraph("ab"),)),
    ],
)  # fmt: skip
def test_blocks(markdown: str, blocks):
    assert read_blocks(markdown) == blocks


@pytest.mark.parametrize(
    ("markdown", "parts"),
    [
        ("", ()),
        ("vanlig", spans("vanlig")),
        ("**fet**, *kursiv*", (Span("fet", bold=True), Span(", "), Span("kursiv", italic=True))),
        ("***båda***", (Span("båda", bold=True, italic=True),)),
        ("[avtalet](https://exempel.se/å?a=1)",
         (Span("avtalet", link="https://exempel.se/%C3%A5?a=1"),)),
        ("<https://exempel.se>", (Span("https://exempel.se", link="https://exempel.se"),)),
        ("[**a**b](x:y)", (Span("a", bold=True, link="x:y"), Span("b", link="x:y"))),
        ("[tom]()", spans("tom")),
        ("[a](javascript:b)", spans("[a](javascript:b)")),
        ("`kod` och ![bild](b.png)", spans("kod och bild")),
        ("två\nrader", spans("två rader")),
        ("5 * 3 * 2, snake_case_namn", spans("5 * 3 * 2, snake_case_namn")),
    ],
)  # fmt: skip
def test_spans(markdown: str, parts):
    assert read_spans(markdown) == parts


def test_tables():
    markdown = "| År | Antal | Andel |\n|:---|---:|:---:|\n| 2023 | **4** | 5 \\| 6 |\n| 2024 |\n"
    assert read_blocks(markdown) == (
        Table(
            header=(spans("År"), spans("Antal"), spans("Andel")),
            rows=(
                (spans("2023"), (Span("4", bold=True),), spans("5 | 6")),
                (spans("2024"), (), ()),
            ),
            columns=(Column(), Column(Align.RIGHT), Column(Align.CENTER)),
        ),
    )


def test_a_table_without_alignment_or_rows():
    assert read_blocks("a | b\n--|--") == (Table(header=(spans("a"), spans("b"))),)


@pytest.mark.parametrize("prefix", ["", "> ", "> > "])
def test_cells_beyond_the_header_row_are_kept(prefix: str):
    lines = ("| a | b |", "|---|---|", "| 1 | 2 | *3* |", "| 4 | 5 | 6 | `7` ", "8")
    (block,) = read_blocks("\n".join(prefix + line for line in lines))
    (table,) = (inner for inner in walk((block,)) if isinstance(inner, Table))
    assert table == Table(
        header=(spans("a"), spans("b"), (), ()),
        rows=(
            (spans("1"), spans("2"), (Span("3", italic=True),), ()),
            (spans("4"), spans("5"), spans("6"), spans("7")),
            (spans("8"), (), (), ()),
        ),
    )


def test_a_table_in_a_list_keeps_its_extra_cells():
    (block,) = read_blocks("- punkt\n\n  | a |\n  |---|\n  | 1 | 2 |")
    assert "2" in plain_text((block,)).split("\n")


def test_what_would_be_a_reference_definition_is_text():
    """CommonMark takes it away, and a writer may only have meant a note."""
    markdown = "[Anm]: beloppen\n\nSe [planen][1] och [Anm].\n\n[1]: https://exempel.se"
    assert plain_text(read_blocks(markdown)).split("\n") == [
        "[Anm]: beloppen",
        "Se [planen][1] och [Anm].",
        "[1]: https://exempel.se",
    ]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("5. femte\n6. sjätte", "5. femte\n6. sjätte"),
        ("2023. Ett långt år.", "2023. Ett långt år."),
        ("0) noll", "0) noll"),
        ("3. tre\n\n   mer\n4. - punkt\n5.", "3. tre\nmer\n4. \npunkt\n5. "),
        ("1. ett\n\nmellan\n\n2. två", "ett\nmellan\n2. två"),
    ],
)
def test_a_list_that_does_not_begin_at_one_keeps_its_numbers_as_text(markdown: str, text: str):
    blocks = read_blocks(markdown)
    assert plain_text(blocks) == text


def test_marks_in_a_numbered_text_stay():
    assert read_blocks("2. **a** b") == (
        Paragraph((Span("2. "), Span("a", bold=True), Span(" b"))),
    )


DEEP = (
    ">" * 30 + " djupast",
    ">" * 55 + " djupast",
    ">" * 500 + " djupast",
    "\n".join("  " * i + f"- nivå{i}" for i in range(30)),
    "\n".join("  " * i + f"- nivå{i}" for i in range(600)),
    "*" * 4000 + "djupast" + "*" * 4000,
    "![" * 400 + "djupast" + "](x)" * 400,
)


@pytest.mark.parametrize("markdown", DEEP)
def test_what_nests_too_deep_is_kept_as_text(markdown: str):
    words = set(re.findall(r"\w+", plain_text(read_blocks(markdown))))
    assert words >= set(re.findall(r"djupast|nivå\d+", markdown))
    assert "djupast" not in markdown or "djupast" in str(read_spans(markdown))


@pytest.mark.parametrize("markdown", [*DEEP, "\n".join("  " * i + "- x" for i in range(19))])
def test_what_is_read_can_be_written_and_read_again(markdown: str):
    section = Section(key="a", content=read_blocks(markdown))
    draft = Draft(template="prov", title="Prov", sections=(section,))
    assert read_draft(write_draft(draft), "prov.json") == draft


PIECES = st.sampled_from(
    [
        "ord", "Åre", "två", "7", "\n", "\n\n", "\n\n", " ", "  \n", "    ", "- ", "* ", "+ ",
        "1. ", "1) ", "3. ", "> ", "# ", "### ", "---", "***", "```\n", "`", "**", "*", "_", "~~",
        "| ", " | ", "|--|--|\n", "\n|-|\n", "[", "]", "](", ")", "![", "[a]: b", "<b>", "</b>",
        "<!-- ", " -->", "<http://a.se>", "\\", "\\\n", "&amp;", "&nbsp;", "&#65;", "\t", "\r\n",
        "\x0b", "§", "”", "=\n",
    ]
)  # fmt: skip
LETTERS = re.compile(r"[^\W_]")


def invisible(markdown: str) -> Counter[str]:
    """Letters that Markdown itself takes: entities, fence words, link targets, list numbers."""
    taken = re.findall(r"&\w+;|&#\d+;|(?:```|~~~)[^\n]*|\]\([^)\n]*\)|\d", markdown)
    return Counter(letter for piece in taken for letter in LETTERS.findall(piece))


@given(st.lists(PIECES, max_size=30).map("".join))
@example("|a|b|\n|-|-|\n|ord|två|Åre|")
@example("[ord]: två")
@example("ord\n  3. två")
def test_no_visible_letter_is_lost(markdown: str):
    blocks = read_blocks(markdown)
    images = [block.alt for block in walk(blocks) if isinstance(block, Image)]
    read = Counter(LETTERS.findall(plain_text(blocks) + "".join(images)))
    lost = Counter(LETTERS.findall(markdown)) - read - invisible(markdown)
    assert not lost, blocks
    draft = Draft(template="p", title="", sections=(Section(key="a", content=blocks),))
    if not images:
        assert read_draft(write_draft(draft), "x") == draft


@given(st.text())
def test_any_text_is_read(text: str):
    read_blocks(text)
    read_spans(text)
