"""Work on a disk that fails once: at the first write, at the second, and so on to the last.

strace lets the call of number `AT` that a process makes fail. The work is done in one process after
another, and each first makes so many calls in vain that another one of the work has this number.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.services.restoring import restore_version
from samverkan_desktop.store import migrations  # noqa: F401 - loaded once for all
from samverkan_desktop.store.library import Library
from tests.faults.recording import ROOT
from tests.faults.work import State, Step, add_draft, journal_forced, state, write_in_draft

AT = 600

CALLS: dict[str, Callable[[int], object]] = {
    "pwrite64": lambda file: os.pwrite(file, b"x", 0),
    "fdatasync": os.fdatasync,
    "fsync": os.fsync,
    "ftruncate": lambda file: os.ftruncate(file, 1),
}


@dataclass
class Met:
    """What one process has met: our errors' sentences, and what must not be."""

    number: int  # of the call that failed
    sentences: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    done_though: list[str] = field(default_factory=list)  # sentences that told of no success
    holds: str = ""  # what the library holds in the end
    is_past_end: bool = False  # the work made fewer calls


def run(mode: str, call: str, error: str, first: int = 1, step: int = 1) -> list[Met]:
    """Let every `step`-th call fail, each in a process of its own; in the last one nothing does."""
    inject = f"inject={call}:error={error}:when={AT}"
    command = [sys.executable, "-m", "tests.faults.failing", mode, call, str(first), str(step)]
    options = ["-f", "-qq", "--seccomp-bpf", "-e", inject, "-e", "signal=none", "-o", "/dev/null"]
    done = subprocess.run(
        ["strace", *options, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    met = [Met(**json.loads(line)) for line in done.stdout.splitlines()]
    assert met[-1].is_past_end, f"the work makes more than {AT} calls"
    return met


def steps() -> Iterator[Step]:
    """Yield what is done in an open library, each a change as a whole or not at all."""
    yield add_draft("a", "Parken")
    yield add_draft("b", "Torget", {"karta.png": bytes(range(256)) * 20})
    yield write_in_draft("a", 1)
    yield lambda library: library.history.keep("a", Reason.NAMED, "Efter mötet")
    yield write_in_draft("a", 2)
    yield lambda library: library.search("ärendet")
    yield lambda library: library.delete("b")
    yield lambda library: library.erase("b")
    yield write_in_draft("a", 9)
    yield lambda library: restore_version(library, "a", 1)


class _Worker:
    def __init__(self, path: Path, met: Met) -> None:
        self._path, self._met = path, met

    def work(self) -> None:
        with self._opened() as library:
            library._file.connection.execute("PRAGMA wal_autocheckpoint = 5")
            at_end = state(library)
            for step in steps():
                at_end = self._done(step, library, at_end)
        with self._open() as library:
            raw = library._file.connection
            if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                self._met.wrong.append("the database isn't sound")
            if state(library) != at_end:
                self._met.wrong.append("what was there isn't there after opening it again")
            self._met.holds = json.dumps(at_end)

    def _opened(self) -> Library:
        try:
            return self._open()
        except SamverkanError as error:
            self._note(error)
        return self._open()

    def _open(self) -> Library:
        return Library.open(self._path, clock=lambda: datetime(2026, 3, 1, tzinfo=UTC), author="a")

    def _done(self, step: Step, library: Library, before: State) -> State:
        """Do a step, again if it fails and has changed nothing; return what is there then."""
        try:
            step(library)
        except SamverkanError as error:
            self._note(error)
            if state(library) == before:
                step(library)
            else:
                self._met.done_though.append(self._met.sentences[-1])
        return state(library)

    def _note(self, error: SamverkanError) -> None:
        self._met.sentences.append(f"{type(error).__name__}: {error}")


def _process(mode: str, call: str, number: int) -> Met:
    """Work in a process of its own, whose `number`-th call of this name fails."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        os.write(writing, json.dumps(asdict(_met(mode, call, number))).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        told = answers.read()
    os.wait()
    return Met(**json.loads(told))


def _met(mode: str, call: str, number: int) -> Met:
    met = Met(number)
    with (
        tempfile.TemporaryDirectory(prefix="samverkan-fault-") as name,
        journal_forced(mode),
    ):
        with tempfile.TemporaryFile(buffering=0) as vain:
            for _ in range(AT - number):
                CALLS[call](vain.fileno())
        try:
            _Worker(Path(name) / "b.samverkandb", met).work()
        except Exception:  # whatever it is, it isn't one of our sentences at the first try
            met.wrong.append(traceback.format_exc())
        met.is_past_end = not met.sentences and _is_still_to_come(call)
    return met


def _is_still_to_come(call: str) -> bool:
    """Whether the call that is to fail hasn't been made yet, so that one of some more does."""
    with tempfile.TemporaryFile(buffering=0) as vain:
        try:
            for _ in range(AT):
                CALLS[call](vain.fileno())
        except OSError:
            return True
    return False


def main(mode: str, call: str, first: int, step: int) -> None:
    """Let one call after another fail, and tell what was met."""
    for number in range(first, AT, step):
        met = _process(mode, call, number)
        print(json.dumps(asdict(met)), flush=True)
        if met.is_past_end:
            return


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
