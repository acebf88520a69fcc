"""HTML as the programs people copy from really write it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.domain.text import (
    Blocks,
    Paragraph,
    Span,
    Table,
    paragraph,
    plain_text,
    spans_text,
)
from samverkan_desktop.exchange.pasted_html import read_html
from tests.outline import outline

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(name: str) -> str:
    return (FIXTURES / f"{name}.html").read_text(encoding="utf-8")


def test_word():
    assert outline(read_html(fixture("word"))) == (
        "## Bakgrund\n"
        "Nämnden fick frågan i **mars** och _åter_ i juni.[1] "
        "Se [planen för Ängby](https://example.se/plan?a=1&b=2). Ytan är 250 m².\n"
        "-\n"
        "    Belysning i parken\n"
        "    -\n"
        "        stolpar av trä\n"
        "    -\n"
        "        varmt ljus\n"
        "-\n"
        "    Bänkar\n"
        "    De ska ha ryggstöd.\n"
        "1\n"
        "    Mät ytan\n"
        "    1\n"
        "        på bredden\n"
        "1\n"
        "    Måla\n"
        "### 1.2 Kostnader\n"
        "|Post|Kronor per år||\n"
        "|Drift⏎(exkl. moms)|1 057|1 200|\n"
        "||17||\n"
        "> Parken är stadens finrum.\n"
        "> Så skrev en granne.\n"
        "Första raden⏎andra raden⇥efter tabb infogat.\n"
        "[Bild: Skiss av parken]\n"
        "[1] Protokoll § 4.\n"
    )


def test_word_tables_keep_how_columns_are_set():
    table = next(b for b in read_html(fixture("word")) if isinstance(b, Table))
    assert [column.align for column in table.columns] == ["left", "right", "right"]


def test_google_docs_wraps_everything_in_a_bold_that_is_not():
    assert outline(read_html(fixture("google_docs"))) == (
        "## Syfte\n"
        "Planen är **fet** och _lutad_.  Två blanksteg.\n"
        "-\n"
        "    Ett\n"
        "    -\n"
        "        Ett inuti\n"
        "-\n"
        "    Två\n"
        "[En länk](https://example.se/)\n"
        "|År|Antal|\n"
        "|2023|12|\n"
    )


def test_libreoffice():
    assert outline(read_html(fixture("libreoffice"))) == (
        "## Ärendet\n"
        "Ett stycke med **fet** och _**fet kursiv**_ röd text samt inte fet.\n"
        "1\n"
        "    Ett\n"
        "    1\n"
        "        Ett a\n"
        "1\n"
        "    Två\n"
        "|Namn|Yta|\n"
        "|Norra|12,5|\n"
        "> Citerat stycke.\n"
    )


def test_outlook_with_blank_lines_layout_tables_and_a_spy_image():
    assert outline(read_html(fixture("outlook"))) == (
        "Hej!\n"
        "Svar senast **fredag** till "
        "[registrator@example.se](mailto:registrator@example.se).\n"
        "Se även planen.\n"
        "-\n"
        "    Punkt ett\n"
        "-\n"
        "    Punkt två\n"
        "**From:** Någon⏎**Sent:** den 3 maj\n"
        "|Dag|Tid|\n"
        "|mån|9–11|\n"
    )


def test_word_on_the_web_writes_each_item_as_a_list_of_its_own():
    assert outline(read_html(fixture("word_online"))) == (
        "Inledning\n-\n    Alfa\n    -\n        Beta\n-\n    Gamma\n"
    )


def test_excel():
    assert outline(read_html(fixture("excel"))) == "|Konto|Utfall|Not|\n|Drift|1057,5||\n"


def test_a_web_page_without_its_scripts():
    assert outline(read_html(fixture("web_page"))) == (
        "## Så söker du\n"
        "Läs [planen](https://example.se/plan)[1] och bilagan. Klicka 😀[Bild: Karta över ån]\n"
        "Ort\n"
        "Årsta\n"
        "rad 1⏎  rad 2\n"
        "-\n"
        "    Ett\n"
        "    -\n"
        "        Inre\n"
        "-\n"
        "    Två ”citat”\n"
        "Div ett\n"
        "Div två\n"
        "> Citat ett.\n"
        "> -\n"
        ">     punkt\n"
        "Sist\n"
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("bara text", "bara text\n"),
        ("<p>a</p>b<p>c</p>", "a\nb\nc\n"),
        ("<p>a<br><br>b</p>", "a\nb\n"),
        ("<p>a<br>b</p>", "a⏎b\n"),
        ("<ol><li>a</li></ol><ol start='2'><li>b</li></ol>", "1\n    a\n1\n    b\n"),
        ("<ul>lös text<li>a</li></ul>", "-\n    lös text\n-\n    a\n"),
        ("<li>a</li><li>b</li>", "-\n    a\n-\n    b\n"),
        ("<h1>A</h1><h2>B</h2><h3>C</h3>", "## A\n### B\n### C\n"),
        ("<h4>A</h4>", "## A\n"),
        ("<h2><b>Fet</b></h2>", "## Fet\n"),
        ("<table><tr><td>ensam</td></tr></table>", "ensam\n"),
        ("<table><tr><td>a<ul><li>x</li></ul></td><td>b</td></tr></table>", "|a⏎• x|b|\n"),
        ("<table><tr><td rowspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
         "|a|b|\n||c|\n"),
        ("<a href=' javascript:x()'>a</a> <a href='ftp://x'>b</a>", "a b\n"),
        ("<span style='font-weight:600'>a</span><b style='font-weight:400'>b</b>", "**a**b\n"),
        ("<i style='font-style:normal'>a</i>", "a\n"),
        ("<p>a &amp; b &lt;c&gt; å</p>", "a & b <c> å\n"),
        ("<p>a\n   b\tc</p>", "a b c\n"),
        ("Version:0.9\r\nStartHTML:00000097\r\n<html><body><p>a</p></body></html>", "a\n"),
        ("<?xml version='1.0' encoding='utf-8'?><p>å</p>", "å\n"),
        ("<p>CO<sub>2</sub> på 3 m<sup>3</sup></p>", "CO2 på 3 m³\n"),
        ("<p>slut <!-- aldrig stängd", "slut\n"),
        ("<!-- bara en kommentar -->", ""),
        ("", ""),
        ("   ", ""),
    ],
)  # fmt: skip
def test_small_things(html, text):
    assert outline(read_html(html)) == text


def test_very_deep_html_is_read_as_text():
    html = "<div>" * 5000 + "<script>x</script>djupt" + "</div>" * 5000
    assert plain_text(read_html(html)) == "djupt"


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_args, **_options):
        raise AssertionError("a file or an address was opened")

    html = (
        '<!DOCTYPE html SYSTEM "https://example.invalid/x.dtd"><base href="https://example.invalid/">'
        '<link rel="stylesheet" href="https://example.invalid/s.css"><p>text'
        '<img src="https://example.invalid/i.png" alt=""><iframe src="file:///etc/passwd"></iframe>'
    )
    monkeypatch.setattr("socket.socket", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert read_html(html) == (paragraph("text"),)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_plain_words_come_through(text):
    words = "".join(c if c.isalnum() else " " for c in text).split()
    html = f"<p>{' '.join(words)}</p>"
    assert plain_text(read_html(html)).split() == words


@given(st.data())
def test_damaged_html_is_still_read(data):
    html = fixture(data.draw(st.sampled_from(["word", "google_docs", "outlook", "web_page"])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(html)))
        past = at + data.draw(st.integers(0, 30))
        html = html[:at] + data.draw(st.text("<>/=\"' a&;#!-[]\x00é", max_size=6)) + html[past:]
    blocks = read_html(html)
    assert all(len(row) == len(t.header) for t in tables(blocks) for row in t.rows)


@given(st.recursive(
    st.sampled_from(["ord", "två ord", "<br>", "<b>fet</b>", "<img alt='x'>", " "]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "div", "ul", "ol", "li", "table", "tr", "td", "blockquote", "h2",
                         "span", "section", "pre", "a"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
))  # fmt: skip
def test_no_word_is_lost_however_tags_are_nested(html):
    expected = html.count("ord") + html.count("fet")
    text = plain_text(read_html(html))
    assert text.count("ord") + text.count("fet") == expected


def tables(blocks: Blocks):
    for block in blocks:
        if isinstance(block, Table):
            yield block


def test_spans_are_normalised():
    (only,) = read_html("<p>a<span>b</span><b>c</b><strong>d</strong></p>")
    assert only == Paragraph((Span("ab"), Span("cd", bold=True)))
    assert spans_text(only.spans) == "abcd"
