"""The start: from the process to the painted window, and to the first key that it answers.

In the same run FocusWriter and novelWriter, where they are installed.
Compiled modules and settings are in place, as at anybody's second start. As root also with cold
caches: what the system has read of the disk is dropped before each start.

`python -m bench.start --drafts 10000 100000` shows how the start grows with the library instead.
"""

import argparse
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.drafts import THREE_PAGES, example, long_draft, many_drafts
from bench.measure import Measurement, show
from bench.programs import (
    Program,
    environment,
    focuswriter,
    megabytes,
    novelwriter,
    ours,
    processor_time,
    running,
    start_first_time,
    three_pages_open,
)
from bench.screen import Screen, virtual_screen, waited_for

_ROUNDS = {"cold": 7, "warm": 15}
_AIM = 600  # milliseconds
_MEMORY_AIM = 150  # MB
_CACHES = Path("/proc/sys/vm/drop_caches")
_JUMPED = 100  # rows of pixels that change when the text jumps; a cursor or a label has fewer


@dataclass(slots=True)
class _Starts:
    """All starts of one program: milliseconds, and megabytes in memory two seconds later.

    `busy` is the processor time that it had used when it was painted.
    """

    program: Program
    painted: list[float] = field(default_factory=list)
    usable: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def measure(novelwriter_command: str) -> list[Measurement]:
    """Start each program some times in turn, so that what disturbs one disturbs all."""
    with (
        tempfile.TemporaryDirectory(prefix="samverkan-bench-") as name,
        virtual_screen() as screen,
    ):
        folder = Path(name)
        env = environment(folder, screen)
        found = [
            three_pages_open(folder),
            ours("Samverkan, 60 pages", folder, long_draft(17)),
            focuswriter(folder),
            novelwriter(folder, novelwriter_command),
        ]
        programs = [program for program in found if program is not None]
        for program in programs:
            start_first_time(program, screen, env)
        out: list[Measurement] = []
        for kind in ("cold", "warm") if os.access(_CACHES, os.W_OK) else ("warm",):
            starts = [_Starts(program) for program in programs]
            for _ in range(_ROUNDS[kind]):
                for one in starts:
                    _prepare(kind)
                    _start(one, screen, env)
            out += _measurements(kind, starts)
        return out


def measure_filled(counts: Sequence[int]) -> list[Measurement]:
    """Start our program with three pages open in libraries of so many drafts."""
    with (
        tempfile.TemporaryDirectory(prefix="samverkan-bench-") as name,
        virtual_screen() as screen,
    ):
        folder = Path(name)
        env = environment(folder, screen)
        out: list[Measurement] = []
        for count in counts:
            draft = replace(example(THREE_PAGES), id=uuid.uuid4().hex)
            one = _Starts(ours(f"{count} drafts", folder, draft, many_drafts(count)))
            start_first_time(one.program, screen, env)
            for _ in range(_ROUNDS["warm"]):
                _prepare("warm")
                _start(one, screen, env)
            out += _measurements("warm", [one])
        return out


def _prepare(kind: str) -> None:
    if kind == "cold":
        os.sync()
        _CACHES.write_text("3\n", "ascii")
    time.sleep(0.5)


def _start(one: _Starts, screen: Screen, env: dict[str, str]) -> None:
    begin = time.perf_counter()
    with running(one.program, env) as process:
        painted = waited_for(screen.is_painted, 60)
        one.busy.append(processor_time(process))
        usable = waited_for(_answers(one.program, screen), 60)
        time.sleep(2)
        one.painted.append((painted - begin) * 1000)
        one.usable.append((usable - begin) * 1000)
        one.memory.append(megabytes(process))
    waited_for(lambda: not screen.is_painted(), 10)


def _answers(program: Program, screen: Screen) -> Callable[[], bool]:
    """Return a function that tells whether the text has jumped; a key is pressed till it has."""
    before = screen.pixels(program.area)
    pressed = 0.0

    def jumped() -> bool:
        nonlocal pressed
        if time.perf_counter() - pressed > 0.1:
            pressed = time.perf_counter()
            screen.give_focus()
            screen.press(*program.keys)
        rows = zip(before, screen.pixels(program.area), strict=True)
        return sum(old != new for old, new in rows) > _JUMPED

    return jumped


def _measurements(kind: str, starts: Sequence[_Starts]) -> Iterator[Measurement]:
    first = starts[0]
    for one in starts:
        aim = _AIM if one is first else None
        name = one.program.name
        yield Measurement(f"{name}, {kind}: painted", one.painted, aim)
        yield Measurement(f"{name}, {kind}: usable", one.usable, aim)
        if kind == "warm":
            yield Measurement(f"{name}: processor time until painted", one.busy)
            memory_aim = _MEMORY_AIM if name.startswith(first.program.name) else None
            yield Measurement(f"{name}: memory", one.memory, memory_aim, "MB")
    for other in starts[2:]:
        ratio = statistics.median(first.usable) / statistics.median(other.usable)
        name = f"{first.program.name} : {other.program.name}, {kind}, usable"
        yield Measurement(name, [ratio], unit="ratio")


def options() -> argparse.ArgumentParser:
    """Return what can be said on the command line."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--novelwriter", default="novelwriter", metavar="COMMAND", help="where novelWriter is"
    )
    return parser


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, parents=[options()])
    parser.add_argument("--drafts", nargs="+", type=int, help="how many in the library")
    given = parser.parse_args()
    show(measure_filled(given.drafts) if given.drafts else measure(given.novelwriter))
