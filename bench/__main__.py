"""All measurements, one after another, and one table of them."""

import argparse
from functools import partial

from bench import export, keypress, library, start
from bench.measure import Measurement, show


def main() -> None:
    """Measure everything; it takes about ten minutes of a machine that does nothing else."""
    parser = argparse.ArgumentParser(prog="python -m bench", parents=[start.options()])
    command = parser.parse_args().novelwriter
    measurements: list[Measurement] = []
    for name, measure in (
        ("start", partial(start.measure, command)),
        ("keypress", keypress.measure),
        ("library", library.measure),
        ("export", export.measure),
    ):
        print(f"measuring {name} …", flush=True)
        measurements += measure()
    show(measurements)


if __name__ == "__main__":
    main()
