"""The power cut at every point of a day's work, with many ways for the disk to lose what waits.

What the disk may lose is said in tests/faults/power_cut.py. It takes about ten minutes.
"""

import json
import random
import tempfile
from pathlib import Path

from samverkan_desktop.domain.draft import Draft
from tests.faults.cutting import Outcome, cuts, judged
from tests.faults.power_cut import Disk
from tests.faults.recording import recorded
from tests.faults.work import open_at, state

_WAYS = 15
_NAME = "bibliotek.samverkandb"


def main() -> None:
    """Cut, judge, and print how many disks were judged and what was broken."""
    for mode in ("wal", "truncate"):
        outcome = _cut_everywhere(mode)
        kept = outcome.disks - len(outcome.broken)
        print(f"journal mode {mode}: {outcome.points} cuts, {kept} of {outcome.disks} disks sound")
        print(*outcome.broken[:20], sep="\n")


def _cut_everywhere(mode: str) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="samverkan-bench-") as name:
        folder = Path(name) / "data"
        disk = Disk(folder)
        events = recorded(folder, "tests.faults.work", mode, str(folder / _NAME))
        found = cuts(events, disk, random.Random(mode), ways=_WAYS)
        return judged(found, folder, lambda place: _holds(place / _NAME, mode), {"erased": []})


def _holds(path: Path, mode: str) -> object:
    with open_at(path, mode) as library:
        sound = library._file.connection.execute("PRAGMA integrity_check").fetchall()  # noqa: SLF001
        if sound != [("ok",)]:
            raise ValueError(sound)
        holds = json.loads(json.dumps(state(library)))
        library.add(Draft(id="efter", template="t", title="Efter avbrottet"))
        return holds


if __name__ == "__main__":
    main()
