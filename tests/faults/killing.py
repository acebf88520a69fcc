"""A writer who is killed at any moment, again and again, and what is found each time after it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.text import Paragraph, spans_text
from samverkan_desktop.store.library import Library
from tests.faults.recording import ROOT

DRAFT = "arende"
_TEMPLATE, _DECISION = "stockholm-remissvar", "beslut"
_LONGEST = 2.5  # seconds of typing


@dataclass(frozen=True)
class Death:
    """What one killed writer left behind."""

    typed: int  # keys that the window had taken
    lost: int  # of them, those that aren't in the library
    oldest: float  # seconds: how long before the end the first lost key was pressed
    wrong: tuple[str, ...]  # what must not be


class Writer:
    """Writes in one draft of one library, in a folder of its own, and goes on after each death."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._path = folder / "data" / "Samverkan" / "bibliotek.samverkandb"
        self._chance = random.Random(seed)
        runtime = folder / "run"  # where the socket of a killed window stays; a short name, as the
        runtime.mkdir(mode=0o700, parents=True)  # path of a socket may have 107 bytes
        self._environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_RUNTIME_DIR": str(runtime),
        }
        with Library.open(self._path) as library:
            library.add(Draft(id=DRAFT, template=_TEMPLATE, title=""))

    def die(self) -> Death:
        """Write for a while, be killed, and see what is there."""
        with Library.open(self._path) as library:
            before = _texts(library.load(DRAFT))
        seed = str(self._chance.randrange(10**9))
        command = [sys.executable, "-m", "tests.faults.typing_program", str(self._path)]
        with subprocess.Popen(
            [*command, DRAFT, seed],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            first = process.stdout.readline()
            time.sleep(self._chance.uniform(0, _LONGEST))
            process.send_signal(signal.SIGKILL)
            died_at = time.monotonic()
            rest, errors = process.communicate()
        told = [json.loads(line) for line in (first + rest).splitlines()]
        wrong = [] if process.returncode == -signal.SIGKILL else [errors.decode()]
        return self._found(before, told, died_at, wrong)

    def _found(
        self, before: dict[str, str], told: list[dict], died_at: float, wrong: list[str]
    ) -> Death:
        keys = [line for line in told if "char" in line and line["char"].strip()]
        saves = [line["saved"] for line in told if "saved" in line]
        with Library.open(self._path) as library:
            sound = library._file.connection.execute("PRAGMA integrity_check").fetchall()
            wrong += [] if sound == [("ok",)] else [f"the database isn't sound: {sound}"]
            wrong += library.history.problems()
            after = _texts(library.load(DRAFT))
        lost = list(_lost(before, keys, after))
        if any(key["place"] == "?" for key in lost):
            wrong.append("there is text that nobody typed")
        if saves and any(key["at"] <= saves[-1] for key in lost):
            wrong.append("something is lost that was called saved")
        oldest = max((died_at - key["at"] for key in lost), default=0.0)
        return Death(len(keys), len(lost), oldest, tuple(wrong))


def _lost(before: dict[str, str], keys: Iterable[dict], after: dict[str, str]) -> Iterable[dict]:
    """Yield the keys whose characters aren't there; place "?" when something else is there."""
    by_place: dict[str, list[dict]] = {place: [] for place in (*before, *after)}
    for key in keys:
        by_place.setdefault(key["place"], []).append(key)
    for place, pressed in by_place.items():
        old, new = before.get(place, ""), after.get(place, "")
        expected = old + "".join(key["char"] for key in pressed)
        if not expected.startswith(new) or not new.startswith(old):
            yield {"at": 0.0, "place": "?"}
        yield from pressed[max(0, len(new) - len(old)) :]


def _texts(draft: Draft) -> dict[str, str]:
    """Return what is written in each place, without spaces and ends of lines."""
    blocks = {section.key: section.content for section in draft.sections}
    blocks |= {
        _DECISION: tuple(b for group in draft.decision for item in group.items for b in item)
    }
    texts = {"": draft.title} | {
        key: "".join(spans_text(block.spans) for block in content if isinstance(block, Paragraph))
        for key, content in blocks.items()
    }
    return {place: "".join(text.split()) for place, text in texts.items()}
