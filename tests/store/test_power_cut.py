"""The power is cut at any moment: what the program had said was saved is there.

`python -m bench.power_cut` does the same with many more ways for a disk to lose what waits.
"""

import json
import random
import shutil
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Draft
from tests.faults.cutting import cuts, judged
from tests.faults.power_cut import Disk
from tests.faults.recording import Said, recorded, what_is_missing
from tests.faults.work import NEW_CONTENT, SECRET, open_at, state

pytestmark = pytest.mark.skipif(bool(what_is_missing()), reason=f"needs {what_is_missing()}")

NAME = "bibliotek.samverkandb"
OLD_LIBRARY = Path(__file__).resolve().parents[1] / "files" / "0.1.0" / NAME
NOTHING = {"erased": []}


def holds(mode: str, folder: Path) -> object:
    """What a library holds, which is sound and can be written in."""
    with open_at(folder / NAME, mode) as library:
        raw = library._file.connection
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = json.loads(json.dumps(state(library)))
        library.add(Draft(id="efter", template="t", title="Efter avbrottet"))
        assert library.load("efter").title == "Efter avbrottet"
        return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.mark.parametrize("mode", ["wal", "truncate"])
def test_what_was_saved_is_there_after_a_power_cut(folder: Path, mode: str) -> None:
    disk = Disk(folder)
    events = recorded(folder, "tests.faults.work", mode, str(folder / NAME))
    found = cuts(events, disk, random.Random(mode), ways=2, share=0.25)
    outcome = judged(found, folder, lambda place: holds(mode, place), NOTHING)
    assert outcome.broken == ()
    assert outcome.points > 300


def test_no_disk_holds_what_was_erased(folder: Path) -> None:
    disk = Disk(folder)
    events = recorded(folder, "tests.faults.work", "wal", str(folder / NAME))
    found = list(cuts(events, disk, random.Random(1), ways=2))
    before = [cut for cut in found if cut.promised and "b" in cut.promised]
    after = [cut for cut in found if cut.promised and cut.promised["erased"]]
    assert any(holds_secret(cut.image) for cut in before)
    assert [cut.name for cut in after if holds_secret(cut.image)] == []


def holds_secret(image: dict[Path, bytes]) -> bool:
    return any(SECRET.encode() in content for content in image.values())


def test_a_library_that_is_being_brought_up_to_date_survives(folder: Path) -> None:
    folder.mkdir()
    shutil.copy(OLD_LIBRARY, folder / NAME)
    disk = Disk(folder)
    events = recorded(folder, "tests.faults.work", "upgrade", str(folder / NAME))
    (told,) = (json.loads(event.text) for event in events if isinstance(event, Said))
    found = cuts(events, disk, random.Random(1), ways=1, share=0.3)
    outcome = judged(found, folder, lambda place: holds("wal", place), told)
    assert outcome.broken == ()
    assert len(told) > 1


def test_a_file_is_the_old_one_or_the_new_one(folder: Path) -> None:
    old = b"gammalt" * 3000
    folder.mkdir()
    (folder / "utlåtande.pdf").write_bytes(old)
    disk = Disk(folder)
    events = recorded(folder, "tests.faults.work", "replace", str(folder / "utlåtande.pdf"))
    contents = {old: "old", NEW_CONTENT: "new"}

    def judge(place: Path) -> str:
        return contents[(place / "utlåtande.pdf").read_bytes()]

    outcome = judged(cuts(events, disk, random.Random(1), ways=50), folder, judge, "old")
    assert outcome.broken == ()


def test_a_program_that_forces_nothing_to_the_disk_is_found_out(folder: Path) -> None:
    """The same work as if its fsyncs were left out: this is what the others are worth."""
    disk = Disk(folder)
    events = recorded(folder, "tests.faults.work", "wal", str(folder / NAME))
    careless = [event for event in events if type(event).__name__ not in {"Sync", "SyncFolder"}]
    outcome = judged(
        cuts(careless, disk, random.Random(1), ways=1, share=0.05),
        folder,
        lambda place: holds("wal", place),
        NOTHING,
    )
    assert len(outcome.broken) > 20
