"""Twelve documents of twelve municipalities, as unlike as they come, and the two ways out of one."""

import functools
import re
from pathlib import Path

import pytest

from samverkan_desktop.catalogue import Catalogue, load_catalogue
from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.exchange.reading.reader import read_file
from samverkan_desktop.exchange.recognising.accounting import missing_words, words
from samverkan_desktop.exchange.recognising.recogniser import Recognised, recognise
from samverkan_desktop.exchange.recognising.report import Certainty, Why
from samverkan_desktop.exchange.recognising.vocabulary import load_vocabulary
from samverkan_desktop.files import Folders, standard_folders
from tests.exchange.draft_outline import draft_outline

HERE = Path(__file__).parent
DOCUMENTS = sorted((HERE / "documents").glob("*.txt"))
NOWHERE = Path("nowhere")


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue(Folders(standard_folders().resources, NOWHERE, NOWHERE, NOWHERE))


def imported(path: Path) -> Recognised:
    vocabulary = load_vocabulary(standard_folders(), catalogue())
    document = read_file(path.read_bytes(), path.name, lambda _done, _total: None)
    found = recognise(document, catalogue(), vocabulary)
    assert missing_words(document, found.draft, found.report) == []
    return found


def test_there_are_twelve():
    assert len(DOCUMENTS) == 12


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_detail_comes_in_right(path: Path):
    expected = path.with_suffix(".expected").read_text("utf-8")
    assert draft_outline(imported(path).draft) == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_nothing_is_left_over(path: Path):
    report = imported(path).report
    assert report.unplaced == ()
    assert report.is_complete
