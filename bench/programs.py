"""The programs that are started: ours, and the two that ours is compared with."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.drafts import example
from bench.screen import Box, MeasuringError, Screen, waited_for
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.store.library import Library

_CHECKOUT = Path(__file__).resolve().parent.parent
_LINES = 300  # of the text that FocusWriter opens

# The form of our window at its first start: between the outline and the preview.
FORM = Box(460, 140, 880, 740)


@dataclass(frozen=True, slots=True)
class Program:
    """A program with a text to open, and what is needed to see that it can be used.

    `keys` jump to another place in the text, so that most of `area` changes. `farewell` is pressed
    to end the first start, as often as it needs; `locks` are files that a killed process leaves.
    """

    name: str
    command: Sequence[str]
    keys: Sequence[str]
    area: Box
    farewell: Sequence[Sequence[str]] = (("Control_L", "q"),)
    locks: Sequence[Path] = ()


def ours(name: str, folder: Path, draft: Draft, others: Iterable[Draft] = ()) -> Program:
    """Return our program with a library that has a draft, which opens at the start, and others."""
    library = folder / f"{draft.id}.samverkandb"
    with Library.open(library) as opened:
        opened.add(draft)
        for other in others:
            opened.add(other)
    options = ["--library", str(library), "--open", draft.id]
    return Program(name, [sys.executable, "-m", "ui.start", *options], ["Control_L", "4"], FORM)


def focuswriter(folder: Path) -> Program | None:
    """Return FocusWriter with a long plain text, if it is installed."""
    command = shutil.which("focuswriter")
    if command is None:
        return None
    text = folder / "text.txt"
    lines = (f"Stycke {n}. " + "Nämnden tar ställning till förslaget. " * 9 for n in range(_LINES))
    text.write_text("\n\n".join(lines), "utf-8")
    return Program("FocusWriter", [command, str(text)], ["Control_L", "End"], Box(0, 0, 1280, 700))


def novelwriter(folder: Path, command: str) -> Program | None:
    """Return novelWriter with the sample project that it brings along, if it is installed."""
    found = shutil.which(command)
    if found is None:
        return None
    packages = Path(found).resolve().parent.parent / "lib"
    sample = next(packages.glob("python3*/site-packages/novelwriter/assets/sample.zip"), None)
    if sample is None:
        return None
    project = folder / "sample"
    with zipfile.ZipFile(sample) as packed:
        packed.extractall(project)
    settings = project / "nwProject.nwx"  # a missing dictionary would be told at every start
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('<spellChecking auto="yes">', '<spellChecking auto="no">'))
    area = Box(440, 100, 760, 600)
    return Program(
        "novelWriter",
        [found, str(project)],
        ["Control_L", "End"],
        area,
        farewell=[["Return"], ["Control_L", "q"], ["Return"]],  # dialogs before and after
        locks=[project / "nwProject.lock"],
    )


def environment(folder: Path, screen: Screen) -> dict[str, str]:
    """Return the environment of a user who has nothing yet; compiled modules are kept there too."""
    folders = {
        name: folder / name
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    }
    runtime = folder / "XDG_RUNTIME_DIR"
    for path in (*folders.values(), runtime):
        path.mkdir(mode=0o700, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {
        **kept,
        **{name: str(path) for name, path in folders.items()},
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "DISPLAY": screen.name,
        "QT_QPA_PLATFORM": "xcb",
    }


@contextlib.contextmanager
def running(program: Program, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program and end it at once afterwards, with everything that it has started."""
    process = subprocess.Popen(
        program.command,
        cwd=_CHECKOUT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for lock in program.locks:
            lock.unlink(missing_ok=True)


def start_first_time(program: Program, screen: Screen, env: dict[str, str]) -> None:
    """Start a program and leave it as a user does.

    Afterwards its settings, indexes and compiled modules are in place.
    """
    with running(program, env) as process:
        waited_for(screen.is_painted, 60)
        time.sleep(4)
        for _ in range(5):
            if process.poll() is not None:
                return
            for keys in program.farewell:
                screen.give_focus()
                screen.press(*keys)
                time.sleep(1)
    raise MeasuringError(f"{program.name} doesn't end")


def megabytes(process: subprocess.Popen[bytes]) -> float:
    """Return how much of a process is in memory, libraries that it shares with others included."""
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def processor_time(process: subprocess.Popen[bytes]) -> float:
    """Return how many milliseconds a process has kept a processor busy.

    Unlike the time on the clock it grows little where other programs are at work too.
    """
    status = Path(f"/proc/{process.pid}/stat").read_text("utf-8")
    user, system = status.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def three_pages_open(folder: Path) -> Program:
    """Return our program as it is most often started: with a draft of some pages."""
    return ours("Samverkan", folder, example("remissvar-friytestrategi.json"))
