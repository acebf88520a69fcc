"""Backups of 1,000 and 10,000 drafts: time, size, restoring, and what a save takes meanwhile.

`python -m bench.backup 100000` measures one library of another size.
"""

import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.drafts import many_drafts
from bench.library import saver
from bench.measure import Measurement, show, timed
from samverkan_desktop.domain.backup import Backup, Occasion
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.services.backing_up import Place, back_up, drill
from samverkan_desktop.services.restoring_backups import contents, restore_draft, restore_library
from samverkan_desktop.store.library import Library
from ui.backup_keeper import gently

_SIZES = (1_000, 10_000)
_SAVE_AIM = 50  # milliseconds, of the 99th percentile: nobody notices
_PAUSE = 0.1  # seconds between two saves


def measure(sizes: Sequence[int] = _SIZES) -> list[Measurement]:
    """Back up libraries with so many drafts, in temporary folders, and measure it."""
    return [measurement for count in sizes for measurement in _of(count)]


def _of(count: int) -> list[Measurement]:
    with tempfile.TemporaryDirectory(prefix="samverkan-bench-") as name:
        folder = Path(name)
        place = Place(folder / "bibliotek.samverkandb", folder / "kopior", folder / "kopior")
        with Library.open(place.library) as library:
            for draft in many_drafts(count):
                library.add(draft)
            one = library.summaries()[count // 2].id
            short = library.load(one)
            save = saver(library, short, short.sections[0])
            alone = timed(save, 100)
            made: list[Backup] = []
            fast = timed(lambda: made.append(back_up(place, Occasion.ASKED)), 1)
            meanwhile, beside = _beside(
                lambda: back_up(place, Occasion.ASKED, gently(silent)), save
            )
        (backup,) = made
        text = f"{count} drafts"
        return [
            Measurement(f"back up {text}, from the command line", fast),
            Measurement(f"back up {text}, beside the window", beside),
            Measurement(f"size of the backup of {text}", [backup.size / 1e6], unit="MB"),
            Measurement(f"save a section, {text}", alone),
            Measurement(
                f"save a section while {text} are backed up", meanwhile, _SAVE_AIM, worst=True
            ),
            Measurement(f"look into the backup of {text}", timed(lambda: contents(backup.path), 5)),
            Measurement(
                f"restore one of {text}",
                timed(lambda: restore_draft(backup.path, place.library, one), 5),
            ),
            Measurement(f"restore drill, {text}", timed(lambda: drill(place, backup), 1)),
            Measurement(f"restore {text}", timed(lambda: restore_library(backup, place), 1)),
        ]


def _beside(job: Callable[[], object], save: Callable[[], None]) -> tuple[list[float], list[float]]:
    """Return what each save took while a job ran in a thread, and what the job took."""
    took: list[float] = []
    thread = threading.Thread(target=lambda: took.extend(timed(job, 1)))
    thread.start()
    saves: list[float] = []
    while thread.is_alive():
        saves += timed(save, 1)
        thread.join(_PAUSE)
    return saves, took


if __name__ == "__main__":
    show(measure([int(size) for size in sys.argv[1:]] or _SIZES))
