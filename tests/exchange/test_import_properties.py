"""Whatever is read in: nothing crashes, nothing takes long, and no word is lost."""

import random
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan_desktop.domain.text import Span
from samverkan_desktop.exchange.reading.model import (
    Edge,
    ListMark,
    Look,
    Place,
    ReadDocument,
    ReadParagraph,
    ReadTable,
    Running,
    Style,
)
from samverkan_desktop.exchange.recognising.recogniser import recognise
from tests.exchange.reading_in import (
    catalogue,
    lost_letters,
    read_or_refused,
    vocabulary,
)

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.txt"))
WHOLE = [path.read_bytes() for path in DOCUMENTS]
LINES = sorted({line for data in WHOLE for line in data.decode("utf-8", "ignore").split("\n")})
SLOWEST = 10.0  # seconds of processor time; what once ran wild took minutes

lines = st.one_of(
    st.sampled_from(LINES),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40),
    st.sampled_from(["Bilaga 1", "1 (3)", "att ", "- ", "1. ", "a) x", "Namn\tDatum", "\f", ""]),
)
texts = st.lists(lines, max_size=40).map("\n".join)

paragraphs = st.builds(
    ReadParagraph,
    st.lists(
        st.builds(Span, st.sampled_from(LINES) | st.text(max_size=20), bold=st.booleans()),
        max_size=3,
    ).map(tuple),
    st.builds(
        Look,
        style=st.sampled_from(Style),
        level=st.none() | st.integers(1, 4),
        bold=st.booleans(),
        size=st.sampled_from([0.8, 1.0, 1.3]),
        tight=st.booleans(),
        indent=st.sampled_from([0, 4, 18]),
    ),
    st.none()
    | st.builds(ListMark, st.sampled_from(["1.", "–", ""]), st.booleans(), st.integers(0, 2)),
    st.none() | st.builds(Place, st.integers(1, 3)),
    st.booleans(),
)
tables = st.builds(
    ReadTable,
    st.lists(
        st.lists(st.lists(paragraphs, max_size=2).map(tuple), max_size=3).map(tuple), max_size=4
    ).map(tuple),
)
documents = st.builds(
    ReadDocument,
    kind=st.sampled_from(["txt", "pdf", "docx"]),
    pieces=st.lists(paragraphs | tables, max_size=25).map(tuple),
    running=st.lists(
        st.builds(Running, st.sampled_from(Edge), st.sampled_from(LINES), st.booleans()),
        max_size=3,
    ).map(tuple),
)


@given(texts)
@settings(max_examples=300)
def test_every_word_of_a_text_is_in_the_draft_or_in_the_report(text: str):
    begun = time.process_time()
    read_or_refused(text.encode("utf-8", "ignore"))
    assert time.process_time() - begun < SLOWEST


@given(documents)
@settings(max_examples=300)
def test_every_word_that_a_reader_gives_is_in_the_draft_or_in_the_report(document: ReadDocument):
    found = recognise(document, catalogue(), vocabulary())
    assert lost_letters(document, found) == ""


@given(st.sampled_from(WHOLE), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_a_document_with_lines_moved_and_cut_loses_nothing(data: bytes, chance: random.Random):
    rows = data.split(b"\n")
    for _ in range(chance.randrange(1, 12)):
        at, to = chance.randrange(len(rows)), chance.randrange(len(rows))
        match chance.randrange(4):
            case 0:
                rows[at], rows[to] = rows[to], rows[at]
            case 1:
                rows[at] = rows[at][: chance.randrange(len(rows[at]) + 1)]
            case 2:
                rows.insert(at, rows[to])
            case _:
                rows[at] = rows[at] + rows[to]
    read_or_refused(b"\n".join(rows))


def test_a_head_of_marks_alone_is_read():
    assert read_or_refused(b"Rubrik\n\n***x***\n\n#_*\n\n_#_\n\nBakgrund\n\nText.")


def test_a_text_of_one_endless_line_ends_soon():
    for unit in ("a", "1", " ", "- ", "Aa ", "(1", "att ", "A a ", ".", "{{", "<<x"):
        begun = time.process_time()
        read_or_refused(("x " + unit * 100_000).encode())
        assert time.process_time() - begun < SLOWEST, unit


def test_a_text_of_very_many_lines_ends_soon():
    for line in ("Bakgrund", "1. Bilaga", "Anna Ek", "att x", "3 (7)", "a\tb", "A    B"):
        begun = time.process_time()
        read_or_refused((line + "\n\n").encode() * 3_000)
        assert time.process_time() - begun < SLOWEST, line
