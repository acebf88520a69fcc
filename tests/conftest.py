"""What every test can rely on: no screen, no modal dialog, nothing left behind."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from samverkan_desktop.files import Folders

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # read when the first QApplication is made

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# What would wait for a user. Tests press keys and click in dialogs that are shown with open().
_MODAL = {
    "QDialog": ("exec",),
    "QMenu": ("exec",),
    "QDrag": ("exec",),
    "QMessageBox": (
        "exec",
        "about",
        "aboutQt",
        "critical",
        "information",
        "question",
        "warning",
    ),
    "QFileDialog": (
        "getExistingDirectory",
        "getExistingDirectoryUrl",
        "getOpenFileName",
        "getOpenFileNames",
        "getOpenFileUrl",
        "getOpenFileUrls",
        "getSaveFileName",
        "getSaveFileUrl",
    ),
    "QInputDialog": ("getDouble", "getInt", "getItem", "getMultiLineText", "getText"),
    "QColorDialog": ("getColor",),
    "QFontDialog": ("getFont",),
    "QPrintDialog": ("exec",),
}


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """The checkout's resources, and empty folders for what belongs to the user and to IT."""
    home = tmp_path / "hem"
    found = Folders(
        resources=Path(__file__).resolve().parent.parent / "resources",
        user_data=home / "data",
        user_config=home / "config",
        site_config=home / "site",
    )
    for folder in (found.user_data, found.user_config, found.site_config):
        folder.mkdir(parents=True)
    return found


@pytest.fixture(autouse=True)
def no_modal_dialogs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a dialog that waits for a user fail the test instead of hanging it."""
    if "qapp" not in request.fixturenames:
        return
    from PySide6 import QtGui, QtPrintSupport, QtWidgets

    for class_name, methods in _MODAL.items():
        module = next(m for m in (QtWidgets, QtGui, QtPrintSupport) if hasattr(m, class_name))
        for method in methods:
            name = f"{class_name}.{method}"
            monkeypatch.setattr(getattr(module, class_name), method, _refuse(name))


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves one of our threads running or a window open."""
    yield
    windows = _close_windows() if "qapp" in request.fixturenames else []
    threads = [t.name for t in threading.enumerate() if t.name.startswith("samverkan")]
    assert not windows, f"windows left open: {windows}"
    assert not threads, f"threads left running: {threads}"


def _refuse(name: str):
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError(f"{name}() would wait for a user")

    return refuse


def _close_windows() -> list[str]:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # What Python made and the offscreen clipboard still holds crashes the process at its end.
    QApplication.clipboard().clear()
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.objectName()}".strip() for widget in left]
    for widget in left:  # so that only the test that left it fails
        widget.close()
        widget.deleteLater()
    return names
