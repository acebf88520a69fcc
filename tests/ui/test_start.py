"""The program started as its entry point does it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from samverkan_desktop.files import Folders

ROOT = Path(__file__).resolve().parents[2]

# Tells what the window says lastingly when it has come up, and closes it.
CHILD = """
import gc, json, sys
from PySide6.QtCore import QTimer
import ui.app, ui.start

class Window(ui.app.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self.leave)

    def leave(self):
        told = self.strips.text("installed")
        print(json.dumps({"told": told, "collects": gc.isenabled()}))
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


def test_a_start_without_anything_to_tell_shows_no_strip_and_collects_garbage_again(
    folders: Folders,
):
    assert started(folders) == {"told": "", "collects": True}
