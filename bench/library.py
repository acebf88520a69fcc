"""The library with 10,000 drafts: add, open, list, search, save.

`python -m bench.library 100000` shows how that grows.
"""

import itertools
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.drafts import long_draft, many_drafts
from bench.measure import Measurement, show, timed
from samverkan_desktop.domain.draft import Draft, Section, with_section
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.store.library import Library

_MANY = 10_000
_TIMES = 200
_SAVE_AIM, _SEARCH_AIM = 5, 20  # milliseconds

# What is typed in the search field: how it is called here, and the words.
_SEARCHES = {
    "a word in nearly all drafts": "nämnden",
    "three common words": "barn nämnden kostnad",
    "beginnings of words": "förv trygg",
    "one letter": "b",
    "a word of one draft": "4711",
    "a dnr": "KS 2013/4711",
}


def measure(count: int = _MANY) -> list[Measurement]:
    """Fill a library in a temporary folder with `count` drafts and measure it."""
    with tempfile.TemporaryDirectory(prefix="samverkan-bench-") as folder:
        path = Path(folder) / "bibliotek.samverkandb"
        with Library.open(path) as library:
            drafts = many_drafts(count)
            added = timed(lambda: library.add(next(drafts)), count)
            return [
                Measurement("add a draft", added),
                *_reading(library, path),
                *_searching(library),
                *_saving(library),
            ]


def _reading(library: Library, path: Path) -> list[Measurement]:
    ids = itertools.cycle([summary.id for summary in library.summaries()[::97]])
    return [
        Measurement("open the library", timed(lambda: Library.open(path).close(), _TIMES)),
        Measurement(f"list {len(library.summaries())} drafts", timed(library.summaries, 30)),
        Measurement("read a draft of 3–5 pages", timed(lambda: library.load(next(ids)), _TIMES)),
    ]


def _searching(library: Library) -> list[Measurement]:
    out = []
    for name, words in _SEARCHES.items():
        found = len(library.search(words))
        times = timed(partial(library.search, words), 50)
        out.append(Measurement(f"search for {name} ({found} shown)", times, _SEARCH_AIM))
    return out


def _saving(library: Library) -> list[Measurement]:
    summaries = library.summaries()
    short = library.load(summaries[len(summaries) // 2].id)
    long = library.add(long_draft(17))
    one = long.sections[0]
    longest = max(long.sections, key=lambda section: len(section.content))
    return [
        _save("a section, 3–5 pages", library, short, short.sections[0]),
        _save("a short section, 60 pages", library, long, one),
        _save("the longest section, 60 pages", library, library.load(long.id), longest),
        _search_after(saver(library, library.load(long.id), one), library),
    ]


def _search_after(save: Callable[[], None], library: Library) -> Measurement:
    """Time a search for which the draft that was just saved has to be indexed."""

    def save_and_search() -> float:
        save()
        return timed(partial(library.search, "lekplats"), 1)[0]

    times = [save_and_search() for _ in range(50)]
    return Measurement("search after 60 pages were saved", times, _SEARCH_AIM)


def _save(name: str, library: Library, draft: Draft, section: Section) -> Measurement:
    times = timed(saver(library, draft, section), _TIMES)
    return Measurement(f"save {name}", times, _SAVE_AIM)


def saver(library: Library, draft: Draft, section: Section) -> Callable[[], None]:
    """Return a function that saves the draft with another last paragraph in the section."""
    numbers = itertools.count()
    before = draft

    def save() -> None:
        nonlocal before
        last = replace(paragraph(f"Ändring {next(numbers)}."), id="changed")
        after = with_section(draft, replace(section, content=(*section.content, last)))
        library.save(after, before)
        before = after

    return save


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else _MANY))
