"""A damaged library in the window: asked about at the start, found while somebody works."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QToolBar,
    QWidget,
)

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.account import Account
from samverkan_desktop.domain.errors import (
    InputError,
    LibraryDamagedError,
    StorageError,
    UnreadableFileError,
)
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.files import Folders
from samverkan_desktop.services import mending
from samverkan_desktop.services.mending import look_before_opening
from ui.tasks import TaskRunner
from ui.theme import GAP, MARGIN

if TYPE_CHECKING:
    from ui.mending_dialog import MendingDialog

__all__ = ["DamageStrip", "LibraryCheck", "ask", "look_before_opening", "mended", "watch"]

CHECKED_AFTER_MS = 5_000  # when the window has come up and the officer has begun
_WAIT = 3.0  # seconds, while another program writes

_TEXT = (
    "Biblioteket har en skada på disken. Låt laga det så snart som möjligt: allt som går att läsa "
    "förs över till ett nytt."
)


def ask(path: Path, folders: Folders, error: InputError | StorageError) -> None:
    """Ask about a library that couldn't be opened or shown; when this returns it is mended.

    Raises `error` when it isn't one of damage, when there is nobody to ask, or when the user leaves
    the library as it is.
    """
    is_damage = isinstance(error, LibraryDamagedError)
    if isinstance(error, UnreadableFileError):  # a damaged library may look like another's file
        is_damage = mending.is_a_library(path)
    is_alone = os.environ.get("QT_QPA_PLATFORM") == "offscreen"
    if not is_damage or is_alone or not asking(path, folders).exec():
        raise error


def mended(path: Path, folders: Folders) -> bool:
    """Mend a library that the user has asked to have mended; return whether to open it then."""
    dialog = asking(path, folders)
    dialog.begin()
    return dialog.exec() == QDialog.DialogCode.Accepted


def asking(path: Path, folders: Folders) -> "MendingDialog":
    """Return the dialog that asks whether to mend a library, and does it."""
    from ui.mending_dialog import MendingDialog

    return MendingDialog(path, partial(_mend, path, folders))


def _mend(path: Path, folders: Folders, progress: Progress) -> Account:
    keys = mending.section_keys(load_catalogue(folders))
    return mending.mend(path, mending.good_backups(path, folders), keys, progress)


class LibraryCheck(QObject):
    """Looks through the library once, some seconds after the start, beside the work."""

    damaged = Signal()

    def __init__(self, path: Path, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._path, self._runner = path, runner
        self._timer = QTimer(self, singleShot=True, interval=CHECKED_AFTER_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Look through the library in the runner's thread."""
        path = self._path
        self._runner.run(lambda _: mending.check_quickly(path, _WAIT), lambda _: None, self._tell)

    def _tell(self, error: Exception) -> None:
        """Tell of damage; a disk that doesn't answer shows when something is saved."""
        if isinstance(error, LibraryDamagedError):
            self.damaged.emit()


class DamageStrip(QToolBar):
    """Says above the work that the library is damaged, and offers to mend it."""

    wanted = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__("Biblioteket är skadat", window)
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        text = QLabel(_TEXT, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        button = QPushButton("Laga &biblioteket")
        button.setAccessibleDescription(_TEXT)
        button.clicked.connect(self.wanted)
        whole = QWidget()
        whole.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(whole)
        row.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        row.addWidget(text, 1)
        row.addWidget(button)
        self.addWidget(whole)
        window.addToolBar(Qt.ToolBarArea.TopToolBarArea, self)
        self.hide()


def watch(window: QMainWindow, path: Path, runner: TaskRunner) -> Callable[[], bool]:
    """Look for damage while the window is open; return what tells if it was closed to be mended."""
    wanted: list[bool] = []
    strip = DamageStrip(window)
    check = LibraryCheck(path, runner, window)
    check.damaged.connect(strip.show)

    def leave() -> None:
        if window.close():
            wanted.append(True)

    strip.wanted.connect(leave)
    return lambda: bool(wanted)
