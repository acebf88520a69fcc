"""Writing: from a key to the painted frame, in the real window with a draft of sixty pages.

The keys are those of somebody who writes fast and stops now and then, so that the draft is saved,
the words are counted and the preview is made in between and at the same time. The time of a key
begins when it was due: one that has to wait for the key before it is that much slower.
"""

import itertools
import random
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.drafts import long_draft
from bench.measure import Measurement, show
from bench.programs import FORM, environment, megabytes, ours, running, start_first_time
from bench.screen import Screen, virtual_screen, waited_for

_KEYS = 500
_AIM = 16  # milliseconds: a frame at 60 Hz
_MEMORY_AIM = 150  # MB
_BETWEEN = (0.06, 0.16)  # seconds between two keys of a fast writer
_PAUSE = (0.4, 0.9)  # and where a writer stops to think, after some words
# Letters that are keys on the keyboard of the virtual screen.
_WORDS = "nu gick det fort att skriva vad som ska om alla barn och var de kan leka utan bilar "

_LINES_UP = 15  # from the end of the section

# Where to write: the short section in the middle, and the one that is 25 pages long.
_PLACES = {"a section of 2 pages": "4", "a section of 25 pages": "3"}


def measure() -> list[Measurement]:
    """Write in two sections of the same draft."""
    out: list[Measurement] = []
    with (
        tempfile.TemporaryDirectory(prefix="samverkan-bench-") as name,
        virtual_screen() as screen,
    ):
        env = environment(Path(name), screen)
        program = ours("Samverkan", Path(name), long_draft(17))
        start_first_time(program, screen, env)
        for place, number in _PLACES.items():
            with running(program, env) as process:
                waited_for(screen.is_painted, 60)
                screen.give_focus()
                time.sleep(3)
                screen.press("Control_L", number)
                time.sleep(1)
                for _ in range(_LINES_UP):
                    screen.press("Up")
                time.sleep(1)
                times = _write(screen)
                memory = megabytes(process)
            out.append(Measurement(f"key in {place}, 60 in all", times, _AIM, worst=True))
            out.append(Measurement(f"memory after writing in {place}", [memory], _MEMORY_AIM, "MB"))
            waited_for(lambda: not screen.is_painted(), 10)
        return out


def _write(screen: Screen) -> list[float]:
    """Press the keys; return the milliseconds that each letter took to be seen.

    At the end of a line a space can't be seen, but a blink of the cursor can: spaces aren't timed.
    """
    times = []
    due = time.perf_counter()
    for key, pause in _keys():
        due += pause
        time.sleep(max(0.0, due - time.perf_counter()))
        before = screen.pixels(FORM)
        screen.press(key)
        if key != "space":
            seen = waited_for(partial(_has_changed, screen, before), 3)
            times.append((seen - due) * 1000)
    return times


def _has_changed(screen: Screen, before: list[bytes]) -> bool:
    return screen.pixels(FORM) != before


def _keys() -> Iterator[tuple[str, float]]:
    """Yield the keys, and how many seconds after the one before each is due."""
    chance = random.Random(1)
    for letter in itertools.islice(itertools.cycle(_WORDS), _KEYS):
        stops = letter == " " and chance.random() < 0.2
        yield (
            ("space" if letter == " " else letter),
            chance.uniform(*(_PAUSE if stops else _BETWEEN)),
        )


if __name__ == "__main__":
    show(measure())
