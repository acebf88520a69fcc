"""How lines and pages are broken."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_documents import FOLDERS, PROSE, document, page_texts, places, section, to_pdf

from samverkan_desktop.domain.document import ItemList, Signature, Signatures
from samverkan_desktop.domain.text import (
    Block,
    BulletList,
    Heading,
    ListItem,
    NumberedList,
    Quote,
    Table,
    paragraph,
    spans,
)
from samverkan_desktop.export.pdf.boxes import Box, Cell, RowBox, Stack, text_box
from samverkan_desktop.export.pdf.canvas import Artifact
from samverkan_desktop.export.pdf.fonts import load_fonts
from samverkan_desktop.export.pdf.lines import TextLine, set_lines
from samverkan_desktop.export.pdf.pages import Frame, put_on_pages
from samverkan_desktop.export.pdf.styles import BLACK, BODY, HEADINGS, Style
from samverkan_desktop.export.pdf.words import Run

NBSP = "\N{NO-BREAK SPACE}"
TITLE = HEADINGS[0]
FONT = load_fonts(FOLDERS).serif.regular


def lines(text: str, width: float, style: Style = BODY) -> list[str]:
    run = Run(text, FONT, style.size, BLACK, Artifact.LAYOUT)
    return ["".join(piece.text for piece in line.pieces) for line in set_lines([run], style, width)]


# Lines


def test_a_line_is_broken_at_a_space_that_it_keeps():
    assert lines("ett två tre fyra", 40) == ["ett två ", "tre fyra"]


def test_what_belongs_together_is_not_broken():
    assert lines(f"högst 1{NBSP}250{NBSP}tkr", 60) == ["högst ", f"1{NBSP}250{NBSP}tkr"]


def test_a_word_may_be_broken_after_its_own_hyphen_but_a_number_not():
    assert lines("trafik-och gatukontoret", 40)[0] == "trafik-"
    assert lines("se dnr 2023-740-11", 60)[-1] == "2023-740-11"


def test_a_forced_break_is_kept_and_read_as_a_space():
    assert lines("ett\ntvå", 200) == ["ett ", "två"]
    assert lines("ett\n\ntvå", 200) == ["ett ", " ", "två"]


def test_an_address_too_long_for_a_line_is_broken_after_its_marks():
    broken = lines("https://stad.example/karta/lager/belysning?id=12&vy=natt", 120)
    assert all(line[-1] in "/?&=.:" for line in broken[:-1])


def test_a_title_has_lines_of_about_the_same_length():
    title = "Upprustning av lekplatsen i Kvarnparken"
    assert lines(title, 300, TITLE) == ["Upprustning av ", "lekplatsen i Kvarnparken"]


@given(st.text(st.sampled_from("aåb- /.1\n" + NBSP), max_size=200), st.floats(30, 300))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, width: float):
    run = Run(text, FONT, 11.5, BLACK, Artifact.LAYOUT)
    made = set_lines([run], BODY, width)
    assert "".join(p.text for line in made for p in line.pieces).split() == text.split()
    assert all(line.width <= width + 0.01 for line in made)


@given(
    st.lists(st.sampled_from(["a", "åäö", "e-post", "trafik-och", "x" * 40]), max_size=8),
    st.lists(st.integers(0, 60), max_size=4),
    st.floats(40, 200),
)
def test_it_does_not_matter_how_a_text_is_split_into_runs(
    words: list[str], cuts: list[int], width: float
):
    text = " ".join(words)
    ends = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    parts = [text[start:end] for start, end in pairwise(ends) if start < end]
    runs = [Run(part, FONT, 11.5, BLACK, Artifact.LAYOUT) for part in parts]
    apart = [round(line.width, 3) for line in set_lines(runs, BODY, width)]
    one = Run(text, FONT, 11.5, BLACK, Artifact.LAYOUT)
    assert apart == [round(line.width, 3) for line in set_lines([one], BODY, width)]


# Pages


def page_of(texts: list[str], text: str) -> int:
    return next(number for number, page in enumerate(texts) if text in page)


@pytest.mark.parametrize("before", range(0, 60, 3))
def test_a_heading_stands_on_the_page_of_what_follows(before: int):
    """However far down the page it comes."""
    filler = paragraph("\n".join(f"rad {n}" for n in range(before)) or "rad")
    made = section("Rubriken", Heading(2, spans("Underrubriken")), paragraph(PROSE))
    pages = page_texts(to_pdf(document(section("Före", filler), made)))
    assert page_of(pages, "Rubriken") == page_of(pages, "Underrubriken")
    assert page_of(pages, "Underrubriken") == page_of(pages, "Gångvägen mellan")


@pytest.mark.parametrize("before", range(28, 44))
def test_no_page_begins_or_ends_with_a_single_line_of_a_paragraph(before: int):
    filler = paragraph("\n".join(f"rad {n}" for n in range(before)))
    body = paragraph("\n".join(f"stycke {n}" for n in range(6)))
    pages = page_texts(to_pdf(document(section("Före", filler, body))))
    counts = [text.count("stycke") for text in pages]
    assert sum(counts) == 6
    assert 1 not in counts


@pytest.mark.parametrize("before", range(28, 46))
def test_a_list_begins_on_the_page_of_the_line_that_leads_to_it(before: int):
    filler = paragraph("\n".join(f"rad {n}" for n in range(before)))
    items = tuple(ListItem((paragraph(f"punkt {n}"),)) for n in range(4))
    made = document(section("Före", filler, paragraph("Detta ska göras"), NumberedList(items)))
    pages = page_texts(to_pdf(made))
    assert page_of(pages, "Detta ska göras") == page_of(pages, "punkt 0")


@pytest.mark.parametrize("before", range(20, 46, 2))
def test_signatures_and_a_short_table_are_kept_on_one_page(before: int):
    filler = paragraph("\n".join(f"rad {n}" for n in range(before)))
    people = Signatures(tuple(Signature(f"Person {n}", "chef") for n in range(4)))
    rows = tuple((spans(f"post {n}"),) for n in range(6))
    table = Table((spans("Post"),), rows, spans("Tabellens namn"))
    pages = page_texts(to_pdf(document(section("Före", filler), (people,), section("B", table))))
    assert len({page_of(pages, f"Person {n}") for n in range(4)}) == 1
    assert len({page_of(pages, text) for text in ("Tabellens namn", "post 0", "post 5")}) == 1


@pytest.mark.parametrize("lines", range(20, 44))
def test_the_last_line_of_a_list_is_not_alone_on_a_page(lines: int):
    above = paragraph("\n".join("rad" for _ in range(lines)))
    items = BulletList(tuple(ListItem((paragraph(f"punkt {n}."),)) for n in range(4)))
    pages = page_texts(to_pdf(document(section("A", above, items))))
    assert page_of(pages, "punkt 2.") == page_of(pages, "punkt 3.")


@pytest.mark.parametrize("lines", range(24, 40, 3))
def test_signatures_never_stand_on_a_page_without_what_is_signed(lines: int):
    text = "\n".join(f"rad {n}." for n in range(lines))
    pages = page_texts(to_pdf(document(section("A", paragraph(text)), (signers(2),))))
    assert pages[-1].count("rad ") >= 2
    assert page_of(pages, "Person 0") == page_of(pages, "Person 1") == len(pages) - 1


def signers(count: int) -> Signatures:
    return Signatures(tuple(Signature(f"Person {n}", "chef") for n in range(count)))


def test_signatures_that_no_page_holds_follow_one_another_without_empty_pages():
    people = Signatures(tuple(Signature(f"Person {n}.", "chef") for n in range(30)))
    pages = page_texts(to_pdf(document((people,))))
    counts = [text.count("Person ") for text in pages]
    assert sum(counts) == 30
    assert min(counts[:-1]) >= 6


def test_a_row_higher_than_a_page_goes_on():
    table = Table((spans("Skäl"),), ((spans(PROSE * 40),),))
    pages = page_texts(to_pdf(document(section("A", table))))
    assert len(pages) > 2
    assert all("Skäl" in text for text in pages)


def test_numbers_hang_in_the_margin_of_their_text():
    items = ItemList(tuple((paragraph(PROSE),) for _ in range(10)), numbered=True)
    data = to_pdf(document(section("Beslut", items)))
    starts = [place[0] for place in places(data, 0, "Gångvägen")]
    assert max(starts) - min(starts) < 0.1
    (first,), (tenth,) = places(data, 0, "1."), places(data, 0, "10.") or [(0, 0, 0, 0)]
    assert first[2] < starts[0]
    assert tenth[2] in (0, pytest.approx(first[2], abs=0.5))


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    count = draw(st.integers(1, 70))
    space = draw(st.floats(0, 30))
    keep = draw(st.booleans())
    line = TextLine((), draw(st.floats(5, 25)), 10)
    if draw(st.booleans()):
        whole = draw(st.booleans()) and count < 20
        return Stack((line,) * count, space, space, keep, whole)
    header = RowBox((Cell(0, (line,)),), 0, 100)
    cells = (Cell(0, (line,) * count), Cell(50, (line,) * draw(st.integers(0, 90))))
    left = draw(st.sampled_from([0, -50]))
    return RowBox(cells, left, 100, space, space, keep, 3, header=header)


FIRST, LATER = Frame(700, 60, 160), Frame(780, 60, 60)


@given(st.lists(boxes(), max_size=12))
def test_every_line_is_put_on_a_page_in_order_and_above_its_foot(made: list[Box]):
    pages = put_on_pages(made, FIRST, LATER)
    placed = [p for page in pages for p in page.placed if not p.repeated]
    assert sum(count(p.box) for p in placed) == sum(map(count, made))
    for page in pages:
        y = page.frame.top + 0.1
        for p in page.placed:
            assert p.top <= y
            y = p.top - p.box.height + 0.1
            assert y >= page.frame.bottom_for(p.box)
    assert all(page.placed for page in pages[1:])


def count(box: Box) -> int:
    if isinstance(box, Stack):
        return len(box.lines)
    return sum(len(cell.lines) for cell in box.cells)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 30)), min_size=1, max_size=20))
def test_a_page_never_ends_with_a_heading(made: list[tuple[int, int]]):
    line = TextLine((), 15, 10)
    heading = [text_box((line,) * n, TITLE) for n, _ in made]
    text = [text_box((line,) * n, BODY) for _, n in made]
    pages = put_on_pages(
        [b for pair in zip(heading, text, strict=True) for b in pair], FIRST, LATER
    )
    assert not any(page.placed[-1].box.keep_next for page in pages)


def test_however_deep_a_list_is_its_text_stays_on_the_page():
    block: Block = paragraph("längst in")
    for n in range(40):
        block = (BulletList, NumberedList)[n % 2]((ListItem((paragraph(f"nivå {n}"), block)),))
    data = to_pdf(document(section("Djupt", Quote((block,)))))
    (place,) = [p for page in range(len(page_texts(data))) for p in places(data, page, "längst in")]
    assert place[2] < 540


def test_numbers_of_many_digits_fit_before_their_text():
    items = tuple(ListItem((NumberedList((ListItem((paragraph("x"),)),)),)) for _ in range(120))
    texts = "".join(page_texts(to_pdf(document(section("Många", NumberedList(items))))))
    assert "120." in texts
