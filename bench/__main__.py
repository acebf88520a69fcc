"""All measurements, one after another, a table of them, and one of other typesetters."""

import argparse
from functools import partial

from bench import (
    backup,
    comparing,
    engines,
    export,
    history,
    importing,
    keypress,
    library,
    start,
)
from bench.measure import Measurement, show


def main() -> None:
    """Measure everything; it takes a quarter of an hour of a machine that does nothing else."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", parents=[start.options(), engines.options()]
    )
    given = parser.parse_args()
    measurements: list[Measurement] = []
    for name, measure in (
        ("start", partial(start.measure, given.novelwriter)),
        ("keypress", keypress.measure),
        ("library", library.measure),
        ("history", history.measure),
        ("backup", backup.measure),
        ("comparing", comparing.measure),
        ("export", export.measure),
        ("importing", importing.measure),
    ):
        print(f"measuring {name} …", flush=True)
        measurements += measure()
    show(measurements)
    engines.compare(given.engines, given.times)


if __name__ == "__main__":
    main()
