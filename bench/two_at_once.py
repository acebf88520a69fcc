"""Two processes on one library for ten minutes: a window that is written in, and the command line.

Both write the same draft. What each was told is saved must be found afterwards: in the draft, or in
one of its versions.
"""

import argparse
import multiprocessing
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing.queues import Queue
from pathlib import Path

from samverkan_desktop import claims
from samverkan_desktop.domain.draft import Draft, Section, with_section
from samverkan_desktop.domain.errors import ChangedElsewhereError, LibraryLockedError
from samverkan_desktop.domain.text import paragraph, plain_text
from samverkan_desktop.services import saving
from samverkan_desktop.store.library import Library

_SHARED = "gemensamt"
_SECTIONS = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What two processes did, and what of it is missing afterwards."""

    by_window: int
    by_command: int
    kept: int  # versions made because the other had written
    waited: int  # times a process was told to try again
    missing: tuple[str, ...]


def run(folder: Path, seconds: float, pause: float = 0.0) -> Outcome:
    """Let two processes write for a while, with a pause between the writes of each, and look."""
    path = folder / "bibliotek.samverkandb"
    with Library.open(path) as library:
        sections = tuple(Section(key=f"k{number}") for number in range(_SECTIONS))
        library.add(Draft(id=_SHARED, template="t", title="Gemensamt", sections=sections))
    context = multiprocessing.get_context("spawn")
    told: Queue[tuple[str, int, int]] = context.Queue()
    end = time.time() + seconds
    writers = [
        context.Process(target=writer, args=(path, end, pause, told), daemon=True)
        for writer in (_write_in_window, _write_by_command)
    ]
    for writer in writers:
        writer.start()
    answers = [told.get(timeout=seconds + 60) for _ in writers]
    counts = {name: (count, waited) for name, count, waited in answers}
    for writer in writers:
        writer.join()
    return _judge(path, counts)


def _write_in_window(path: Path, end: float, pause: float, told: "Queue[object]") -> None:
    """Hold the claim and one value of the draft, as a window does, and save it again and again."""
    outcome = claims.claim(path)
    assert isinstance(outcome, claims.Claimed)
    count = waited = 0
    with outcome.claim, Library.open(path) as library:
        draft = on_disk = library.load(_SHARED)
        while time.time() < end:
            section = Section(key=f"k{count % _SECTIONS}", content=(paragraph(str(count)),))
            draft = with_section(draft, section)
            try:
                saving.save(library, draft, on_disk)
            except (LibraryLockedError, ChangedElsewhereError):
                waited += 1
                continue
            on_disk = draft
            count += 1
            time.sleep(pause)
    told.put(("window", count, waited))


def _write_by_command(path: Path, end: float, pause: float, told: "Queue[object]") -> None:
    """Open the library for each change, as the command line does."""
    count = waited = 0
    while time.time() < end:
        try:
            with Library.open(path) as library:
                draft = library.load(_SHARED)
                library.save(replace(draft, subtitle=f"{draft.subtitle} {count}."), draft)
        except (LibraryLockedError, ChangedElsewhereError):
            waited += 1
            continue
        count += 1
        time.sleep(pause * 3)
    told.put(("command", count, waited))


def _judge(path: Path, counts: dict[str, tuple[int, int]]) -> Outcome:
    by_window, by_command = counts["window"][0], counts["command"][0]
    with Library.open(path) as library:
        last = library.load(_SHARED)
        versions = library.history.versions(_SHARED)
        kept = [version for version in versions if version.note == saving.KEPT_FOR]
        texts = [library.history.draft(_SHARED, version.number).subtitle for version in kept]
        missing = list(library.history.problems())
    found = {word for text in (*texts, last.subtitle) for word in text.split()}
    missing += [f"command {n}" for n in range(by_command) if f"{n}." not in found]
    for count in range(max(0, by_window - _SECTIONS), by_window):
        section = last.section(f"k{count % _SECTIONS}")
        if section is None or plain_text(section.content) != str(count):
            missing.append(f"window {count}")
    with closing(sqlite3.connect(path)) as raw:
        missing += [row[0] for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
    waited = sum(waited for _, waited in counts.values())
    return Outcome(by_window, by_command, len(kept), waited, tuple(missing))


def main() -> None:
    """Run for ten minutes, or as long as is said, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.two_at_once")
    parser.add_argument("--seconds", type=float, default=600)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory(prefix="samverkan-bench-") as folder:
        outcome = run(Path(folder), seconds, pause=0.05)
    print(
        f"{seconds:.0f} s: {outcome.by_window} saves by the window, {outcome.by_command} by the "
        f"command line, {outcome.kept} texts kept as versions, {outcome.waited} tries again; "
        f"missing: {', '.join(outcome.missing) or 'nothing'}"
    )


if __name__ == "__main__":
    main()
