"""The composition root: reads what is installed, opens the library, shows the window."""

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from samverkan_desktop import __version__
from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.errors import (
    LibraryDamagedError,
    SamverkanError,
    UnreadableFileError,
)
from samverkan_desktop.files import standard_folders
from samverkan_desktop.private import make_private_folder
from samverkan_desktop.settings import load_settings
from samverkan_desktop.store.library import Library
from ui import mending
from ui.failures import logged_to, told
from ui.main_window import MainWindow
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
    folders = standard_folders()
    path = Path(options.library or os.environ.get("SAMVERKAN_LIBRARY") or folders.library)
    try:
        for folder in (folders.user_data, folders.user_config):
            make_private_folder(folder)
        settings = load_settings(folders)
        with logged_to(folders.user_data / "logs") as log:
            apply_theme(app, settings.appearance.value)
            while True:
                try:
                    mending.look_before_opening(path, folders)
                    with Library.open(path) as library:
                        catalogue, runner = load_catalogue(folders), TaskRunner()
                        workplace = Workplace(library, catalogue, folders, runner)
                        code = _run(app, workplace, options, log)
                except (LibraryDamagedError, UnreadableFileError) as error:
                    mending.ask(path, folders, error)
                    continue
                if code is not None:
                    return code
                if not mending.mended(path, folders):
                    return 0
    except SamverkanError as error:
        return _refuse(error)


def _run(
    app: QApplication, workplace: Workplace, options: argparse.Namespace, log: Path
) -> int | None:
    """Show the window until it is closed; return None when it was to have the library mended."""
    try:
        window = MainWindow(workplace)
        to_be_mended = mending.watch(window, workplace.library.path, workplace.runner)
        for problem in workplace.catalogue.problems:
            window.undo_bar.tell(str(problem))
        if options.open:
            window.commands.open(options.open)
        window.show()
        if options.selftest:
            sys.stdout.write(f"OK {len(workplace.catalogue.templates)}\n")
            QTimer.singleShot(0, window.close)
        with told(window.undo_bar.tell, log):
            code = app.exec()
        return None if to_be_mended() else code
    finally:
        workplace.runner.close()


def _refuse(error: SamverkanError) -> int:
    sys.stderr.write(f"{error}\n")
    box = QMessageBox(QMessageBox.Icon.Critical, "Samverkan kan inte starta", str(error))
    box.addButton("Stäng", QMessageBox.ButtonRole.AcceptRole)
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        box.exec()
    return error.exit_code


def _read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="samverkan-desktop", add_help=False)
    parser.add_argument("--library", metavar="FIL")
    parser.add_argument("--open", metavar="ID")
    parser.add_argument("--selftest", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
