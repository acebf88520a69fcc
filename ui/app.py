"""The composition root: reads what is installed, opens the library, shows the window."""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from samverkan_desktop import __version__
from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.errors import (
    LibraryDamagedError,
    SamverkanError,
    UnreadableFileError,
)
from samverkan_desktop.files import Folders, standard_folders
from samverkan_desktop.private import make_private_folder
from samverkan_desktop.settings import library_path, load_settings
from ui import mending
from ui.attending import attend
from ui.collecting import Collector
from ui.failures import logged_to, told
from ui.handover import Request
from ui.library_notices import Next
from ui.main_window import MainWindow
from ui.sitting import Sitting, Start, begin
from ui.tasks import TaskRunner
from ui.theme import apply_theme
from ui.translation import install_swedish
from ui.workplace import Workplace


def main(arguments: list[str] | None = None) -> int:
    """Run the program; return its exit code."""
    options = _read_arguments(sys.argv[1:] if arguments is None else arguments)
    if options.selftest:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Samverkan")
    app.setApplicationVersion(__version__)
    install_swedish(app)
    Collector(app)
    folders = standard_folders()
    try:
        for folder in (folders.user_data, folders.user_config):
            make_private_folder(folder)
        settings = load_settings(folders)
        path = library_path(folders, options.library)
        with logged_to(folders.user_data / "logs") as log:
            apply_theme(app, settings.appearance.value)
            start = Start(path, Request(options.open or "", _absolute(options.file)))
            return _show_windows(app, start, folders, options, log)
    except SamverkanError as error:
        return _refuse(error)


def _show_windows(
    app: QApplication, start: Start, folders: Folders, options: argparse.Namespace, log: Path
) -> int:
    """Show a window, and another when the library was mended, moved, taken over, or is free.

    Return the exit code. The library is claimed until what the window left to be done is done.
    """
    while True:
        sitting = begin(start, folders, hands_over=not options.selftest)
        if sitting is None:  # a window that was open already does what was asked for
            return 0
        try:
            code, left_to_do = _show_window(app, start, sitting, folders, options, log)
            then = left_to_do() if left_to_do else None
        except (LibraryDamagedError, UnreadableFileError) as error:
            mending.ask(start.path, folders, error)
        else:
            if then is None:
                return code
            start = then
        finally:
            sitting.release()


def _show_window(
    app: QApplication,
    start: Start,
    sitting: Sitting,
    folders: Folders,
    options: argparse.Namespace,
    log: Path,
) -> tuple[int, Next | None]:
    """Show a window until it is closed; return its exit code and what is to be done then."""
    with sitting.library as library, contextlib.closing(TaskRunner()) as runner:
        catalogue = load_catalogue(folders)
        window = MainWindow(Workplace(library, catalogue, folders, runner))
        _tell(catalogue.problems, window)
        wanted = attend(window, sitting, start, may_move=not options.library)
        to_be_mended = mending.watch(window, library.path, runner)
        window.show()
        if options.selftest:
            sys.stdout.write(f"OK {len(catalogue.templates)}\n")
            QTimer.singleShot(0, window.close)
        with told(window.undo_bar.tell, log):
            code = app.exec()
        runner.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if to_be_mended():
        wanted.append(lambda: start if mending.mended(start.path, folders) else None)
    return code, wanted[0] if wanted else None


def _tell(problems: Sequence[SamverkanError], window: MainWindow) -> None:
    """Tell which of the installed templates and profiles can't be used, until it has been read."""
    if problems:
        close = ("Stäng", partial(window.strips.withdraw, "installed"))
        window.strips.tell("installed", "\n".join(map(str, problems)), close)


def _refuse(error: SamverkanError) -> int:
    sys.stderr.write(f"{error}\n")
    box = QMessageBox(QMessageBox.Icon.Critical, "Samverkan kan inte starta", str(error))
    box.addButton("Stäng", QMessageBox.ButtonRole.AcceptRole)
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        box.exec()
    return error.exit_code


def _read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="samverkan-desktop", add_help=False)
    parser.add_argument("file", metavar="FIL", nargs="?")
    parser.add_argument("--library", metavar="FIL", default=os.environ.get("SAMVERKAN_LIBRARY"))
    parser.add_argument("--open", metavar="ID")
    parser.add_argument("--selftest", action="store_true")
    return parser.parse_args(arguments)


def _absolute(file: str | None) -> str:
    """Return the whole path: the window that opens the file may have been started elsewhere."""
    return str(Path(file).absolute()) if file else ""


if __name__ == "__main__":
    sys.exit(main())
