"""A day's work in a library, which says after each step what the library now holds.

As a program: `python -m tests.faults.work TASK PATH`, where each step is told as a line of JSON.
"""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from samverkan_desktop.codec.draft_json import write_draft
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.files import write_bytes
from samverkan_desktop.store import connection
from samverkan_desktop.store.library import Library

SECRET = "HEMLIGHETSMARKERING"
NEW_CONTENT = b"nytt" * 5000

State = dict[str, object]
Step = Callable[[Library], object]


def state(library: Library) -> State:
    """Return all that a library holds, in short; what isn't sound in it is an AssertionError."""
    assert library.history.problems() == ()
    binned = {summary.id for summary in library.bin()}
    ids = binned | {summary.id for summary in library.summaries()}
    return {draft_id: _content(library, draft_id, binned) for draft_id in sorted(ids)} | {
        "erased": [[e.act, e.sha256] for e in library.history.journal("b") if "b" not in ids]
    }


def _content(library: Library, draft_id: str, binned: set[str]) -> list[object]:
    history = library.history
    files = {name: library.file(draft_id, name) for name in library.file_names(draft_id)}
    return [
        hashlib.sha256(write_draft(library.load(draft_id))).hexdigest(),
        draft_id in binned,
        [[v.number, v.sha256, v.reason, v.note, v.author] for v in history.versions(draft_id)],
        [entry.sha256 for entry in history.journal(draft_id)],
        {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    ]


def steps() -> Iterator[Step]:
    """Yield what is done on such a day, each a change as a whole or not at all."""
    yield add_draft("a", "Parken")
    yield add_draft("b", f"Torget {SECRET}", {"karta.png": bytes(range(256)) * 20})
    for number in range(6):
        yield write_in_draft("a", number)
    yield lambda library: library.history.keep("a", Reason.NAMED, "Efter mötet")
    yield write_in_draft("b", 1)
    yield lambda library: library.history.keep("b", Reason.WRITTEN)
    yield lambda library: library.search("ärendet")
    yield lambda library: library.delete("b")
    yield lambda library: library.restore("b")
    yield lambda library: library.add_file("a", "ritning.png", bytes(range(255, -1, -1)) * 30)
    for number in range(6, 9):
        yield write_in_draft("a", number)
    yield lambda library: library.delete("b")
    yield lambda library: library.erase("b")
    yield write_in_draft("a", 9)
    yield lambda library: library.history.keep("a", Reason.WRITTEN)
    yield _checkpoint
    for number in range(10, 13):
        yield write_in_draft("a", number)
    yield lambda library: library.history.thin("a")


def open_at(path: Path, mode: str) -> Library:
    """Open a library in a journal mode; its clock goes an hour a look."""
    hours = iter(range(1_000_000))
    start = datetime(2026, 3, 1, 8, tzinfo=UTC)
    with journal_forced(mode):
        return Library.open(path, clock=lambda: start + timedelta(hours=next(hours)), author="asa")


@contextlib.contextmanager
def journal_forced(mode: str) -> Iterator[None]:
    """Let libraries be opened in a journal mode: "truncate" is what network folders get."""
    usual = connection.is_network
    connection.is_network = lambda _: mode == "truncate"
    try:
        yield
    finally:
        connection.is_network = usual


def journal_mode(library: Library) -> str:
    return str(library._file.connection.execute("PRAGMA journal_mode").fetchone()[0])


def say(line: object) -> None:
    """Write a line in one piece, so that it is said as a whole or not at all."""
    os.write(1, f"{json.dumps(line)}\n".encode())


def add_draft(draft_id: str, title: str, files: dict[str, bytes] | None = None) -> Step:
    """Return a step that adds a draft."""
    sections = tuple(_section(key, f"{title}. Ärendet rör {key}.") for key in ("bakgrund", "skäl"))
    draft = Draft(id=draft_id, template="t", title=title, sections=sections)
    return lambda library: library.add(draft, files)


def write_in_draft(draft_id: str, number: int) -> Step:
    """Return a step that writes in a section; the text is longer the higher the number."""

    def step(library: Library) -> None:
        old = library.load(draft_id)
        text = f"Ändring {number} av {draft_id}: " + "ord och ord " * 40 * (number + 1)
        new = replace(old, sections=(old.sections[0], _section("skäl", text)))
        library.save(new, old)

    return step


def _section(key: str, text: str) -> Section:
    return Section(key=key, content=(replace(paragraph(text), id=f"b-{key}"),))


def _checkpoint(library: Library) -> None:
    library._file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def work_through(path: Path, mode: str) -> None:
    """Do all steps, with the library closed and opened again in the middle."""
    todo = list(steps())
    for part in (todo[: len(todo) // 2], todo[len(todo) // 2 :]):
        with open_at(path, mode) as library:
            assert journal_mode(library) == mode
            for step in part:
                step(library)
                say(state(library))


def bring_up_to_date(path: Path) -> None:
    """Open a library of an older version of the program."""
    with open_at(path, "wal") as library:
        say(state(library))


def replace_file(path: Path) -> None:
    """Write a file where there is one."""
    write_bytes(path, NEW_CONTENT)
    say("new")


TASKS: dict[str, Callable[[Path], None]] = {
    "wal": partial(work_through, mode="wal"),
    "truncate": partial(work_through, mode="truncate"),
    "upgrade": bring_up_to_date,
    "replace": replace_file,
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](Path(sys.argv[2]))
