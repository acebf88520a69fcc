"""The disk is full while somebody writes: the window says so, goes on, and saves when it can."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.text import plain_text
from samverkan_desktop.files import Folders
from samverkan_desktop.store.library import Library
from tests.faults.small_disks import filled, largest_file, small_disk
from tests.ui.keys import type_text
from ui.main_window import MainWindow
from ui.messages import MessageStrip
from ui.tasks import TaskRunner
from ui.workplace import Workplace


@pytest.fixture(params=["a full disk", "a quota"])
def trouble(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Path, Callable[[], AbstractContextManager[None]]]]:
    """A folder, and how to make that nothing more can be written in it."""
    if request.param == "a quota":
        yield tmp_path, lambda: largest_file(1)
        return
    with small_disk("1m") as folder:
        yield folder, lambda: filled(folder)


@pytest.fixture
def window(
    qtbot, trouble: tuple[Path, object], catalogue: Catalogue, folders: Folders
) -> Iterator[MainWindow]:
    """The window with an open draft, in a library that is in the folder of `trouble`."""
    runner = TaskRunner()
    with Library.open(trouble[0] / "b.samverkandb") as library, closing(runner):
        library.add(Draft(id="arende-1", template="stockholm-remissvar", title="Remiss"))
        made = MainWindow(Workplace(library, catalogue, folders, runner))
        qtbot.addWidget(made)
        made.show()
        made.drafts.open("arende-1")
        yield made
        made.close()


def status(window: MainWindow) -> str:
    return window.drafts.view.findChild(QLabel, "save-status").text()


def strip(window: MainWindow) -> str:
    return window.drafts.view.findChild(MessageStrip).text


def write(window: MainWindow, text: str) -> None:
    window.drafts.view.form.go_to("sammanfattning")
    type_text(window.focusWidget(), text)


def written(draft: Draft) -> str:
    return "".join(plain_text(s.content) for s in draft.sections if s.key == "sammanfattning")


def test_what_is_typed_on_a_full_disk_is_saved_when_there_is_room(
    qtbot, window: MainWindow, trouble
) -> None:
    folder, without_room = trouble
    write(window, "Det första. ")
    qtbot.waitUntil(lambda: status(window).startswith("Utkast · Sparat "), timeout=5000)
    with without_room():
        write(window, "Det andra. ")
        qtbot.waitUntil(lambda: status(window) == "Utkast · Inte sparat", timeout=5000)
        assert "disken är full" in strip(window)
        assert "Det du skriver finns kvar här" in strip(window)
        write(window, "Det tredje.")
        assert status(window) == "Utkast · Inte sparat"
        with Library.open(folder / "b.samverkandb") as other:
            assert written(other.load("arende-1")) == "Det första. "
    qtbot.waitUntil(lambda: status(window).startswith("Utkast · Sparat "), timeout=5000)
    assert strip(window) == ""
    with Library.open(folder / "b.samverkandb") as other:
        assert written(other.load("arende-1")) == "Det första. Det andra. Det tredje."
