"""The start is quick because the heavy libraries are imported after the window is there."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from small_pdf import made_pdf

from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.files import Folders
from samverkan_desktop.store.library import Library
from ui.preview import PreviewPanel
from ui.tasks import TaskRunner

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "resources" / "examples" / "beslut-upprustning-lekplats.json"

HEAVY = {
    *("reportlab", "docx", "lxml", "PIL", "pypdfium2", "pikepdf"),
    *("sqlite_utils", "markdown_it"),
}

# Runs the program as it is started, notes who imports a heavy library, and ends it when the window
# is painted for the first time.
CHILD = """
import json, sys, traceback

chains = {}

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in HEAVY:
            frames = (frame for frame, _ in traceback.walk_stack(None))
            modules = [frame.f_globals.get("__name__", "?") for frame in frames][::-1]
            chain = [m for m in modules if not m.startswith(("importlib", "__main__"))]
            chains.setdefault(name, " > ".join(dict.fromkeys(chain)))

HEAVY = set(sys.argv[1].split())
sys.meta_path.insert(0, Watch())

from PySide6.QtCore import QTimer
import ui.app

class Window(ui.app.MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(json.dumps({name: chains.get(name, "?") for name in HEAVY & set(sys.modules)}))
        QTimer.singleShot(0, self.close)

ui.app.MainWindow = Window
sys.exit(ui.app.main(sys.argv[2:]))
"""


def test_the_window_is_painted_before_heavy_libraries_are_imported(folders: Folders):
    """A draft is open, so that all of the form and the preview are there."""
    draft = replace(read_draft(EXAMPLE.read_bytes(), EXAMPLE.name), id="arende-1")
    with Library.open(folders.library) as library:
        library.add(draft)
    home = str(folders.user_data.parent)
    done = subprocess.run(
        [
            *(sys.executable, "-c", CHILD, " ".join(sorted(HEAVY))),
            *("--library", str(folders.library), "--open", draft.id),
        ],
        cwd=ROOT,
        env={**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines, f"the window was never painted: {done.stderr}"
    assert json.loads(lines[0]) == {}


def test_the_preview_is_made_after_the_window_is_painted(qtbot):
    """Where the screen's server lets the painting wait, other things are due before it."""
    made = []
    runner = TaskRunner()
    panel = PreviewPanel(runner)
    qtbot.addWidget(panel)

    def make(_progress):
        made.append("preview")
        return made_pdf(1)

    def all_done() -> None:
        QCoreApplication.processEvents()
        ended = []
        runner.run(lambda _progress: None, ended.append, ended.append)
        qtbot.waitUntil(lambda: bool(ended))

    try:
        panel.setUpdatesEnabled(False)
        panel.show_document(make)
        panel.show()
        all_done()
        assert made == []
        panel.setUpdatesEnabled(True)
        qtbot.waitUntil(lambda: made == ["preview"])
    finally:
        runner.close()
