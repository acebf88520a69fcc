"""The program started twice, and killed, as a user does it: real processes on one library."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.text import plain_text
from samverkan_desktop.store.library import Library

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "resources" / "examples" / "beslut-upprustning-lekplats.json"

# Runs the program, does in the window what the test says, and prints what is to be seen.
PROGRAM = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
import ui.app

class Window(ui.app.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self.begin)

    def begin(self):
        if sys.argv[1] == "type":
            self.drafts.view.form.go_to("bakgrund")
            editor = self.drafts.view.form.box("bakgrund").editors[0]
            QTest.keyClicks(editor, "Upprustningen ")
            self.drafts.saved.connect(lambda *_: QTimer.singleShot(900, self.tell))
            self.drafts.session.save()
        elif sys.argv[1] == "wait":
            self.drafts.view_changed.connect(lambda _: self.tell())
            print("ready", flush=True)
        else:
            self.tell()

    def tell(self):
        view, session = self.drafts.view, self.drafts.session
        print(json.dumps({
            "title": session.draft.title if session else "",
            "section": view.form.current if view else "",
            "cursor": view.form.cursor_place()[0] if view else 0,
            "strips": [strip.text for strip in self.strips.findChildren(ui.strips.ActionStrip)],
            "status": view._status.text() if view else "",
        }), flush=True)
        if sys.argv[1] == "look":
            self.close()

import ui.strips
ui.app.MainWindow = Window
sys.exit(ui.app.main(sys.argv[2:]))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "hem"


@pytest.fixture
def library(home: Path) -> Path:
    return home / "Samverkan" / "bibliotek.samverkandb"


def environment(home: Path) -> dict[str, str]:
    home.mkdir(exist_ok=True)
    folders = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"))
    return {**os.environ, **dict.fromkeys(folders, str(home)), "QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def window(home: Path, does: str, *arguments: str) -> Iterator[subprocess.Popen]:
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, does, *arguments],
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait(timeout=20)
        child.stdout.close()


def start(home: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "ui.app", *arguments],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def seen(child: subprocess.Popen) -> dict:
    return json.loads(child.stdout.readline())


@pytest.fixture
def two_drafts(library: Path) -> None:
    draft = read_draft(EXAMPLE.read_bytes(), EXAMPLE.name)
    from dataclasses import replace

    with Library.open(library) as opened:
        for name in ("a", "b"):
            opened.add(replace(draft, id=name, title=f"Ärende {name}"))


def test_a_second_start_hands_its_file_and_its_draft_to_the_first_window(
    home: Path, library: Path, two_drafts: None
) -> None:
    with window(home, "wait", "--open", "a") as first:
        assert first.stdout.readline() == "ready\n"
        second = start(home, os.path.relpath(EXAMPLE, ROOT))
        assert (second.returncode, second.stderr) == (0, "")
        with Library.open(library) as opened:
            added = opened.summaries()[0]
        assert seen(first)["title"] == added.title
        third = start(home, "--open", "b")
        assert (third.returncode, third.stderr) == (0, "")
        assert seen(first)["title"] == "Ärende b"
        assert first.poll() is None


def test_a_window_that_does_not_answer_is_told_of_and_the_library_left_alone(
    home: Path, library: Path, two_drafts: None, monkeypatch
) -> None:
    with window(home, "wait", "--open", "a") as first:
        assert first.stdout.readline() == "ready\n"
        first.send_signal(signal.SIGSTOP)
        code = (
            "import sys, ui.handover, ui.sitting, ui.app\n"
            "hand_over = ui.handover.hand_over\n"
            "ui.sitting.hand_over = lambda *given: hand_over(*given, patience_ms=300)\n"
            "def refuse(*_): raise SystemExit('the library was opened')\n"
            "ui.sitting.Library.open = refuse\n"
            "sys.exit(ui.app.main([]))"
        )
        second = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment(home),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        first.send_signal(signal.SIGCONT)
        assert second.returncode == 3
        assert second.stderr == (
            "Samverkan är redan öppet men svarar inte just nu. Vänta en stund och försök igen.\n"
        )


def test_after_a_kill_the_next_start_says_so_and_opens_where_the_cursor_was(
    home: Path, library: Path, two_drafts: None
) -> None:
    with window(home, "type", "--open", "b") as first:
        before = seen(first)
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=20)
    with window(home, "look") as again:
        after = seen(again)
        assert again.wait(timeout=20) == 0
    assert after["title"] == "Ärende b"
    assert (after["section"], after["cursor"]) == ("bakgrund", before["cursor"])
    assert "avslutades oväntat förra gången" in after["strips"][0]
    assert "”Ärende b”, sparat" in after["strips"][0]
    with Library.open(library) as opened:
        text = plain_text(opened.load("b").section("bakgrund").content)
    assert text.endswith("Upprustningen ")
    with window(home, "look") as third:
        assert seen(third)["strips"] == []


def test_from_another_computer_the_library_is_read_and_the_holder_named(
    home: Path, library: Path, two_drafts: None
) -> None:
    with window(home, "wait", "--open", "a") as first:
        assert first.stdout.readline() == "ready\n"
        note = library.with_name(library.name + ".user")
        fields = json.loads(note.read_text("utf-8"))
        others = {"name": "Anna Ek", "user": "annek", "host": "DATOR-7", "machine": "DATOR-7:1"}
        note.write_text(json.dumps({**fields, **others}), encoding="utf-8")
        with window(home, "look", "--open", "b") as second:
            told = seen(second)
            assert second.wait(timeout=20) == 0
    assert told["status"] == "Skrivskyddat"
    assert told["title"] == "Ärende b"
    assert told["strips"][0].startswith("Anna Ek har biblioteket öppet på DATOR-7 sedan ")
