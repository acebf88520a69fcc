"""What every measurement shares: timing a call, and the table that is printed."""

import math
import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_COLUMNS = ("what", "unit", "least", "median", "p99", "max", "n", "aim", "reached")


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured, each time it was done, and the aim that its median is held against.

    With `worst` it is the 99th percentile that is held against the aim.
    """

    what: str
    values: Sequence[float]
    aim: float | None = None
    unit: str = "ms"
    worst: bool = False

    @property
    def reached(self) -> str:
        """Return "yes" or "no", or nothing where there is no aim."""
        if self.aim is None:
            return ""
        value = percentile(self.values, 99) if self.worst else statistics.median(self.values)
        return "yes" if value <= self.aim else "no"


def timed(act: Callable[[], object], times: int) -> list[float]:
    """Return how many milliseconds each of `times` calls takes."""
    out = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        out.append((time.perf_counter() - start) * 1000)
    return out


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that `percent` of the values don't exceed (nearest rank)."""
    rank = max(1, math.ceil(len(values) * percent / 100))
    return sorted(values)[rank - 1]


def show(measurements: Iterable[Measurement]) -> None:
    """Print the machine and all measurements."""
    print(f"\n{machine()}\n")
    print_table([_COLUMNS, *map(_row, measurements)])


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print a table in Markdown; the first row heads it."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, _line(["-" * width for width in widths], widths))
    print("\n".join(lines))


def machine() -> str:
    """Return in one line what was measured on."""
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    python, sqlite = platform.python_version(), sqlite3.sqlite_version
    qt = version("PySide6-Essentials")
    return (
        f"{os.cpu_count()} cores of {_processor()}, {platform.system()} {platform.release()}, "
        f"Python {python}, Qt {qt}, SQLite {sqlite}, {load}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _row(measured: Measurement) -> tuple[str, ...]:
    values = measured.values
    return (
        measured.what,
        measured.unit,
        _number(min(values)),
        _number(statistics.median(values)),
        _number(percentile(values, 99)) if len(values) >= 100 else "",
        _number(max(values)),
        str(len(values)),
        "" if measured.aim is None else f"{'p99 ' if measured.worst else ''}{measured.aim:g}",
        measured.reached,
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"
