"""What the tests of imported documents share: reading one, with every word counted."""

import contextlib
import functools
from pathlib import Path

from samverkan_desktop.catalogue import Catalogue, load_catalogue
from samverkan_desktop.domain.errors import InputError
from samverkan_desktop.exchange.reading.model import ReadDocument
from samverkan_desktop.exchange.reading.reader import read_file
from samverkan_desktop.exchange.recognising.accounting import draft_text, words
from samverkan_desktop.exchange.recognising.recogniser import Recognised, recognise
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, load_vocabulary
from samverkan_desktop.files import Folders

NOWHERE = Path("nowhere")
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FOLDERS = Folders(RESOURCES, NOWHERE, NOWHERE, NOWHERE)
EXAMPLES = sorted((RESOURCES / "examples").glob("*.json"))


@functools.cache
def catalogue() -> Catalogue:
    return load_catalogue(FOLDERS)


@functools.cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(FOLDERS, catalogue())


def silent(_done: int, _total: int) -> None:
    pass


def imported(data: bytes, name: str = "fil") -> Recognised:
    """Read a document in; fails where a letter of it is lost."""
    document = read_file(data, name, silent)
    found = recognise(document, catalogue(), vocabulary())
    assert lost_letters(document, found) == ""
    return found


def read_or_refused(data: bytes) -> Recognised | None:
    """Read a document in, or nothing when it is refused; fails on any other failure."""
    with contextlib.suppress(InputError):
        return imported(data)
    return None


def lost_letters(document: ReadDocument, found: Recognised) -> str:
    """Letters and digits that are neither in the draft nor in the report; order doesn't count.

    Letters and not words, since a word that was cut at the end of a line is made whole.
    """
    read = words("\n".join(words(document.text()).elements()))
    kept = words(draft_text(found.draft) + "\n" + found.report.words_outside())
    lost = {}
    for counted, sign in ((read, 1), (kept, -1)):
        for word, times in counted.items():
            for letter in word:
                lost[letter] = lost.get(letter, 0) + sign * times
    return "".join(letter * times for letter, times in lost.items() if times > 0)
