"""The power cut at every point of some work, and what is then found in the library."""

import json
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.power_cut import Disk, Image
from tests.faults.recording import Event, Said

Judge = Callable[[Path], object]  # given the folder, returns what it holds


@dataclass(frozen=True)
class Cut:
    """A cut before the event of this number, one way that the disk may be then, what was said."""

    number: int
    way: str
    image: Image
    promised: object | None
    following: object | None  # what was said next, had the power not been cut

    @property
    def name(self) -> str:
        return f"cut {self.number}, {self.way}"


@dataclass(frozen=True)
class Outcome:
    """How many different disks were judged, and which of them broke a promise."""

    points: int
    disks: int
    broken: tuple[str, ...]


def cuts(
    events: Sequence[Event], disk: Disk, chance: random.Random, ways: int, share: float = 1.0
) -> Iterator[Cut]:
    """Yield what a disk may hold at every cut: the least, and a `share` of all the others.

    The others are all that was written, and `ways` to lose some of it. Each disk comes once.
    """
    said = [(i, json.loads(e.text)) for i, e in enumerate(events) if isinstance(e, Said)]
    seen: set[int] = set()
    for number in range(len(events) + 1):
        if number:
            disk.follow(events[number - 1])
        promised = [value for i, value in said if i < number]
        following = [value for i, value in said if i >= number]
        for way, image in _images(disk, chance, ways):
            known = hash((len(promised), *sorted(image.items())))
            if known not in seen and (way == "least" or chance.random() < share):
                seen.add(known)
                yield Cut(number, way, image, last(promised), next(iter(following), None))


def _images(disk: Disk, chance: random.Random, ways: int) -> Iterator[tuple[str, Image]]:
    yield "least", disk.least()
    yield "all", disk.whole()
    for number in range(ways):
        yield f"some {number}", disk.some(chance)


def judged(found: Iterator[Cut], folder: Path, judge: Judge, empty: object) -> Outcome:
    """Put the files of each cut into a folder and see that what was promised is there.

    More may be there: the step that had begun. `empty` is what is there before anything is said.
    """
    numbers, broken, count = set(), [], 0
    with tempfile.TemporaryDirectory(dir=_quick_folder(), prefix="samverkan-cut-") as scratch:
        for count, cut in enumerate(found, start=1):
            numbers.add(cut.number)
            place = Path(scratch) / str(count)
            _build(cut.image, folder, place)
            allowed = [empty if cut.promised is None else cut.promised, cut.following]
            try:
                holds = judge(place)
            except Exception as error:  # whatever it is, it is what a user would have met
                broken.append(f"{cut.name}: {type(error).__name__} {error}")
            else:
                if holds not in allowed:
                    broken.append(f"{cut.name}: something that was promised isn't there")
            shutil.rmtree(place)
    return Outcome(len(numbers), count, tuple(broken))


def last(values: Sequence[object]) -> object | None:
    """Return the last of the values, if any."""
    return values[-1] if values else None


def _build(image: Image, original: Path, place: Path) -> None:
    """Write the files. Shared memory ("-shm") doesn't outlive the power: it holds anything."""
    place.mkdir()
    for path, content in image.items():
        target = place / path.relative_to(original)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"\xa5" * len(content) if path.name.endswith("-shm") else content)


def _quick_folder() -> str | None:
    """Return a folder in memory, where there is one: hundreds of libraries are made and opened."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
