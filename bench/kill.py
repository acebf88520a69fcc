"""A thousand writers, each killed at a random moment, and what is lost of what they typed.

python -m bench.kill [RUNS]     about twenty minutes for 1,000 on a machine that is else idle
"""

import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.measure import percentile
from tests.faults.killing import Death, Writer

_RUNS, _LANES = 1000, 2
_LIMIT = 1.0  # seconds: what was typed earlier may not be lost


def deaths(runs: int, lanes: int) -> Iterator[Death]:
    """Yield what each of so many killed writers left, in no order; `lanes` write at a time."""
    with tempfile.TemporaryDirectory(prefix="samverkan-kill-") as name:
        writers = [Writer(Path(name) / str(n), random.randrange(10**9)) for n in range(lanes)]
        shares = [range(lane, runs, lanes) for lane in range(lanes)]
        with ThreadPoolExecutor(lanes) as pool:
            for found in pool.map(lambda w, share: [w.die() for _ in share], writers, shares):
                yield from found


def main() -> None:
    """Kill, and print how many lost nothing that they may not lose."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else _RUNS
    found = list(deaths(runs, _LANES))
    good = [death for death in found if not death.wrong and death.oldest <= _LIMIT]
    ages = [death.oldest for death in found]
    print(
        f"{len(good)} of {len(found)} lost nothing older than {_LIMIT:g} s, were sound, and held "
        "all that the status had called saved"
    )
    print(
        f"{sum(death.typed for death in found)} keys; seconds from the oldest lost key to the end: "
        f"median {statistics.median(ages):.2f}, p99 {percentile(ages, 99):.2f}, max {max(ages):.2f}"
    )
    print(*(death for death in found if death not in good), sep="\n")


if __name__ == "__main__":
    main()
