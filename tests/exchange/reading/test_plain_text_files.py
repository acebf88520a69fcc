"""Plain text: which lines belong together, what stands in columns, and in which encoding it is."""

import pytest

from samverkan_desktop.domain.errors import NoTextError, TooLargeFileError, UnknownKindError
from samverkan_desktop.exchange.reading import reader
from samverkan_desktop.exchange.reading.encoding import decoded
from samverkan_desktop.exchange.reading.kinds import Kind, kind_of
from samverkan_desktop.exchange.reading.markdown import read_markdown
from samverkan_desktop.exchange.reading.model import ReadParagraph, ReadTable, Style
from samverkan_desktop.exchange.reading.reader import read_file
from samverkan_desktop.exchange.reading.text import read_text

SWEDISH = "Åtgärderna är få. Nämnden får större överblick över frågan än förut.\n"


def texts(document) -> list[str]:
    return [piece.text for piece in document.pieces if isinstance(piece, ReadParagraph)]


def silent(_done: int, _total: int) -> None:
    pass


def test_wrapped_lines_are_one_paragraph():
    first = "Förvaltningen har gått igenom förslaget tillsammans med de berörda"
    second = "enheterna och anser att det är bra."
    document = read_text(f"{first}\n{second}\n\nEtt stycke till.\n")
    assert texts(document) == [f"{first} {second}", "Ett stycke till."]


def test_short_lines_stay_lines():
    assert texts(read_text("Handläggare\nAnna Ek\nTelefon: 08-1\n")) == [
        "Handläggare",
        "Anna Ek",
        "Telefon: 08-1",
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("samverkans-", "överenskommelse om", "samverkansöverenskommelse om"),
        ("barn-", "och ungdomsnämnden", "barn- och ungdomsnämnden"),
        ("Rinkeby-", "Kista", "Rinkeby-Kista"),
        ("över\u00ad", "enskommelse", "överenskommelse"),
        ("två", "ord", "två ord"),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_is_whole(first: str, second: str, whole: str):
    from samverkan_desktop.exchange.reading.joining import joined

    assert joined(first, second) == whole


def test_lines_with_wide_gaps_are_rows():
    (table,) = read_text("Anna Ek          Bo Al\nDirektör         Chef\n").pieces
    assert isinstance(table, ReadTable)
    assert table.words().split("\n") == ["", "Anna Ek", "Bo Al", "Direktör", "Chef"]


def test_form_feeds_are_pages():
    document = read_text("Ett.\n\fTvå.\n")
    assert [piece.place.page for piece in document.pieces] == [1, 2]
    assert document.pages == 2


def test_a_line_under_a_heading_makes_it_one():
    (heading, text) = read_text("Bakgrund\n========\n\nText.\n").pieces
    assert (heading.look.style, heading.look.level, heading.text) == (Style.HEADING, 1, "Bakgrund")
    assert text.text == "Text."


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16-le", "Filen antas vara sparad som UTF-16 (troligt)."),
        ("cp1252", "Windows (Windows-1252) (säkert)"),
        ("cp850", "DOS (kodsida 850) (säkert)"),
        ("mac_roman", "Macintosh (säkert)"),
    ],
)
def test_any_encoding_is_read_and_told(encoding: str, note: str):
    found = decoded((SWEDISH * 5).encode(encoding))
    assert found.text == SWEDISH * 5
    assert note in found.note
    assert bool(note) == bool(found.note)


def test_text_that_was_saved_wrong_is_put_right():
    found = decoded((SWEDISH.encode().decode("cp1252", "replace")).encode())
    assert found.text == SWEDISH
    assert "felsparade" in found.note


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "gamla format .doc",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "äldre Office-format"),
        (b"{\\rtf1 hej}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "en bild"),
        (b"<!DOCTYPE html><p>hej", "webbsida"),
        (b"MZ\x90\0", "program"),
        (b"PK\x03\x04 something else", "packat arkiv"),
        (b"hej\0\0\1\2\3" * 40, "läsbar text"),
        (b"PK\x03\x04 xl/workbook.xml", "kalkylblad"),
        (b"PK\x03\x04 ppt/presentation.xml", "bildspel"),
        (b"%!PS-Adobe-3.0\n", "PostScript"),
        (b"\xffWPC\x10\0", "WordPerfect"),
        (b'{"format": "samverkan-draft/1", "title": "Bryggan"}', "samverkan new FIL"),
        (
            b'\xef\xbb\xbf{\n  "title": "x",\n  "format" : "samverkan-draft/9"\n}',
            "redan ett ärende",
        ),
        (b"namn;belopp\r\nbryggan;12\r\nparken;7\r\n", "tabell med semikolon"),
        (b'{"titel": "Bryggan"}', "inget ärende från Samverkan"),
        (b'[{"a": 1}]', "formatet JSON"),
        (b"Received: by x\r\n\tid 7\r\nFrom: a\r\nMIME-Version: 1.0\r\n\r\nHej", "e-brev"),
    ],
)
def test_other_kinds_are_refused_with_the_reason(data: bytes, says: str):
    with pytest.raises(UnknownKindError, match=says):
        read_file(data, "fil.pdf", silent)


@pytest.mark.parametrize(
    "text",
    [
        "[Skriv här] Titeln\n\nBakgrund\n\nText.",
        "Till: kommunstyrelsen\nFrån: kontoret\n\nBakgrund\n\nText.",
        "{{Titel}}\n\nBakgrund\n\nText.",
        'Filen börjar med "format": "samverkan-draft/1".',
    ],
)
def test_documents_that_look_a_little_like_other_kinds_are_read(text: str):
    assert kind_of(text.encode(), "a.txt") is Kind.TEXT


def test_a_file_that_is_called_json_is_no_document():
    with pytest.raises(UnknownKindError, match="formatet JSON"):
        kind_of(b"{ trasig", "a.JSON")


def test_the_name_doesnt_say_what_a_file_is():
    assert kind_of(b"%PDF-1.7", "a.txt") is Kind.PDF
    assert kind_of(b"Hej", "a.pdf") is Kind.TEXT


@pytest.mark.parametrize("data", [b"", b"  \n\n\t", b"\0\0\0"])
def test_a_file_without_text_is_refused(data: bytes):
    with pytest.raises(NoTextError):
        read_file(data, "tom.txt", silent)


def test_a_file_much_too_large_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reader, "MOST_BYTES", 100)
    with pytest.raises(TooLargeFileError):
        read_file(b"a" * 101, "stor.txt", silent)


def test_a_text_much_too_long_is_refused():
    with pytest.raises(TooLargeFileError, match="längre än ett tjänsteutlåtande"):
        read_file(b"ord\n" * 100_000, "lång.txt", silent)


def test_markdown_has_headings_lists_tables_and_line_breaks():
    text = (
        "# Titel\n\nHandläggare\nAnna Ek\n\nBakgrund\n--------\n\n1. ett\n   - två\n2. tre\n\n"
        "| A | B |\n|---|---|\n| 1 | 2 |\n\n> citat\n\n![karta](karta.png)\n"
    )
    document = read_markdown(text)
    headings = [p for p in document.pieces if getattr(p, "look", None) and p.look.level]
    assert [(p.look.level, p.text) for p in headings] == [(1, "Titel"), (2, "Bakgrund")]
    assert "Handläggare\nAnna Ek" in texts(document)
    marked = [p for p in document.pieces if isinstance(p, ReadParagraph) and p.mark]
    assert [(p.mark.text, p.mark.depth, p.text) for p in marked] == [
        ("1.", 0, "ett"),
        ("–", 1, "två"),
        ("2.", 0, "tre"),
    ]
    assert any(isinstance(p, ReadTable) and p.header_rows == 1 for p in document.pieces)
    assert any(
        isinstance(p, ReadParagraph) and p.look.style is Style.QUOTE for p in document.pieces
    )
    assert document.notes == ("Bilden karta.png ligger i en egen fil och har inte lästs in.",)
