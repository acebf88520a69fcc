"""The program started as its entry point does it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from samverkan_desktop.files import Folders

ROOT = Path(__file__).resolve().parents[2]

# Tells what the window says lastingly when it has come up, and where garbage is collected that
# another thread makes; then closes it.
CHILD = """
import json, sys, threading
from PySide6.QtCore import QTimer
import ui.app, ui.start

collected_in = set()

class Knot:
    def __init__(self):
        self.itself = self

    def __del__(self):
        collected_in.add(threading.current_thread().name)

def make_garbage():
    for _ in range(100_000):
        Knot()

class Window(ui.app.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        threading.Thread(target=make_garbage).start()
        self.look = QTimer(self, interval=20)
        self.look.timeout.connect(self.leave)
        self.look.start()

    def leave(self):
        if collected_in:
            told = self.strips.text("installed")
            print(json.dumps({"told": told, "collected_in": sorted(collected_in)}))
            self.look.stop()
            self.close()

ui.app.MainWindow = Window
sys.exit(ui.start.main())
"""


def started(folders: Folders) -> dict[str, object]:
    home = str(folders.user_data.parent)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, "--library", str(folders.library)],
        cwd=ROOT,
        env=os.environ | dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), home),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_every_template_that_cannot_be_used_is_told_until_it_has_been_read(folders: Folders):
    templates = folders.user_data.parent / "Samverkan" / "templates"
    templates.mkdir(parents=True, exist_ok=True)
    (templates / "trasig.toml").write_text("x = ")
    (templates / "okand.toml").write_text("namn = 3")
    told = str(started(folders)["told"])
    assert [Path(line.split(" kan inte ")[0]).name for line in told.splitlines()] == [
        "okand.toml",
        "trasig.toml",
    ]


def test_a_start_without_anything_to_tell_shows_no_strip(folders: Folders):
    assert started(folders)["told"] == ""


def test_garbage_of_any_thread_is_collected_in_the_window_s_own(folders: Folders):
    """A widget in it would be destroyed in the other thread, which Qt doesn't survive."""
    assert started(folders)["collected_in"] == ["MainThread"]
