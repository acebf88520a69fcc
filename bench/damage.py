"""Damaged libraries: 2,000 random damages, and the mending of one with 10,000 drafts.

Not part of the other measurements: it takes about ten minutes.
"""

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from bench.drafts import many_drafts
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import LibraryDamagedError, MendingError, SamverkanError
from samverkan_desktop.services.mending import check_before_opening, examine, mend
from samverkan_desktop.store.library import Library
from tests.store import damaging
from tests.store.damaging import PAGE, Damage, Sound

_DAMAGES, _DRAFTS = 2_000, 10_000
_ZEROED = 50  # pages of the large library, besides the first


def main() -> None:
    """Damage and mend; say how it went, and end with 1 if anything was lost that needn't be."""
    parser = argparse.ArgumentParser(prog="python -m bench.damage")
    parser.add_argument("--damages", type=int, default=_DAMAGES)
    parser.add_argument("--drafts", type=int, default=_DRAFTS)
    parser.add_argument("--large", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.large:
        _mend_large(options.large)
        return
    with tempfile.TemporaryDirectory(prefix="samverkan-bench-") as folder:
        bad = _damage_often(Path(folder), options.damages)
        if options.drafts:
            _measure_large(Path(folder), options.drafts)
    sys.exit(int(bad))


def _damage_often(folder: Path, times: int) -> bool:
    """Damage a library with a log beside it, or without one, in turn."""
    for name in ("hel", "logg"):
        (folder / name).mkdir()
    whole = (
        damaging.make(folder / "hel" / "b.db", 10),
        damaging.with_log(folder / "logg" / "b.db", folder / "logg" / "start.db", 10),
    )
    outcomes: Counter[str] = Counter()
    started = time.perf_counter()
    for seed in range(times):
        place = folder / str(seed)
        place.mkdir()
        copy = _copied(whole[seed % 2], place)
        damage = damaging.at_random(copy, random.Random(seed))
        outcomes.update(_outcome(seed, copy, damage))
        shutil.rmtree(place)
    took = time.perf_counter() - started
    print(f"{times} damages in {took:.0f} s: {dict(outcomes.most_common())}")
    return bool(outcomes["traceback"] or outcomes["spared draft LOST"])


def _copied(sound: Sound, place: Path) -> Sound:
    for source in (sound.path, sound.log):
        if source.exists():
            shutil.copy(source, place / source.name)
    return replace(sound, path=place / sound.path.name)


def _outcome(seed: int, copy: Sound, damage: Damage) -> Counter[str]:
    """Mend, and count what became of the drafts that the damage didn't reach, and the others."""
    out: Counter[str] = Counter()
    spared = {d for d, needed in copy.needed.items() if not needed & damage.pages}
    try:
        out["noticed" if _is_noticed(copy) else "not noticed before"] += 1
        mend(copy.path)
        found = _drafts(copy.path)
        out["mended"] += 1
    except MendingError:
        out["nothing left in the file"] += 1
        found = {}
    except Exception as error:  # what must never happen is counted
        print(f"{seed} {damage.name}: {error!r}")
        out["traceback"] += 1
        return out
    for draft_id, draft in copy.drafts.items():
        is_equal = found.get(draft_id) == draft
        if draft_id in spared:
            out["spared draft equal" if is_equal else "spared draft LOST"] += 1
        elif draft_id in found:
            out["hit draft equal" if is_equal else "hit draft in part"] += 1
        else:
            out["hit draft lost"] += 1
    return out


def _is_noticed(copy: Sound) -> bool:
    """Whether checking a copy of the file tells of damage; checking a sound one empties its log."""
    place = copy.path.with_name("kontroll")
    place.mkdir()
    looked_at = _copied(copy, place).path
    try:
        check_before_opening(looked_at)
        examine(looked_at)
    except SamverkanError as error:
        return isinstance(error, LibraryDamagedError)
    finally:
        shutil.rmtree(place)
    return False


def _drafts(path: Path) -> dict[str, Draft]:
    with Library.open(path) as library:
        return {s.id: library.load(s.id) for s in (*library.summaries(), *library.bin())}


def _measure_large(folder: Path, count: int) -> None:
    """Mend a large library in a process of its own, whose memory is measured."""
    path = folder / "stor.db"
    with Library.open(path) as library:
        for draft in many_drafts(count):
            library.add(draft)
    chance = random.Random(count)
    size = path.stat().st_size
    with path.open("rb+") as file:
        for page in [0, *(chance.randrange(size // PAGE) for _ in range(_ZEROED))]:
            file.seek(page * PAGE)
            file.write(bytes(PAGE))
    print(f"{count} drafts, {size / 1e6:.0f} MB, first page and {_ZEROED} others zeroed:")
    subprocess.run([sys.executable, "-m", "bench.damage", "--large", str(path)], check=True)


def _mend_large(path: Path) -> None:
    started = time.perf_counter()
    account = mend(path)
    took = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    whole = sum(draft.is_whole for draft in account.drafts)
    drafts = len(account.drafts)
    print(f"mended in {took:.0f} s, {memory:.0f} MB; {drafts} drafts, {whole} of them whole")


if __name__ == "__main__":
    main()
