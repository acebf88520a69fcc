"""The versions of a draft in the window: seen, named, and gone back to without losing anything."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.files import Folders
from samverkan_desktop.store.history import History
from samverkan_desktop.store.library import Library
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.two_lines import DETAIL_ROLE, ID_ROLE
from ui.workplace import Workplace


@pytest.fixture
def window(
    qtbot, folders: Folders, catalogue: Catalogue, library: Library, draft: Draft
) -> Iterator[MainWindow]:
    runner = TaskRunner()
    made = MainWindow(Workplace(library, catalogue, folders, runner))
    made.show()
    qtbot.waitExposed(made)
    made.commands.open(draft.id)
    made.side.setCurrentWidget(made.versions)
    yield made
    made.close()
    runner.close()


def rows(window: MainWindow) -> list[str]:
    found = window.versions.findChild(QListWidget, "versions")
    items = [found.item(row) for row in range(found.count())]
    return [f"{i.text()[6:]} | {i.data(DETAIL_ROLE)}" for i in items if i.data(ID_ROLE)]


def choose(window: MainWindow, number: int) -> None:
    found = window.versions.findChild(QListWidget, "versions")
    numbers = [found.item(row).data(ID_ROLE) for row in range(found.count())]
    found.setCurrentRow(numbers.index(number))


def retitle(window: MainWindow, title: str) -> None:
    window.drafts.session.edit(lambda draft: replace(draft, title=title))


def press(qtbot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(window.versions.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_the_versions_of_the_open_draft_are_listed_the_newest_first(
    qtbot, window, library, draft
) -> None:
    assert rows(window) == [f"före första ändringen | Version 1 · {library.author}"]
    retitle(window, "Remiss om badplatser")
    window.drafts.session.keep(Reason.WRITTEN)
    assert [row.split(" |")[0] for row in rows(window)] == [
        "medan ärendet skrevs",
        "före första ändringen",
    ]
    window.drafts.close_draft(draft.id)
    assert rows(window) == []
    assert not window.versions.findChild(QPushButton, "keep-version").isEnabled()


def test_a_version_gets_the_name_that_is_typed(qtbot, window, library) -> None:
    retitle(window, "Remiss om badplatser")
    name = window.versions.findChild(QLineEdit, "version-name")
    qtbot.keyClicks(name, "Efter samtalet")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert rows(window)[0].startswith("”Efter samtalet” | Version 2")
    assert library.history.draft("arende-1", 2).title == "Remiss om badplatser"
    assert window.undo_bar.text == "Version 2 är sparad."
    assert name.text() == ""


def test_ctrl_s_keeps_a_version(qtbot, window, library) -> None:
    retitle(window, "Remiss om badplatser")
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert library.history.versions("arende-1")[-1].reason is Reason.NAMED


def test_nothing_can_be_done_until_a_version_is_chosen(window) -> None:
    restore = window.versions.findChild(QPushButton, "restore-version")
    assert not restore.isEnabled()
    choose(window, 1)
    assert restore.isEnabled()


def test_going_back_keeps_what_there_was_and_can_be_undone(
    qtbot, window, library, draft: Draft
) -> None:
    retitle(window, "Remiss om badplatser")
    choose(window, 1)
    press(qtbot, window, "restore-version")
    assert window.drafts.session.draft.title == "Remiss om lekplatser"
    assert window.drafts.view.form.head.title.text() == "Remiss om lekplatser"
    assert library.load(draft.id).title == "Remiss om lekplatser"
    assert [v.reason for v in library.history.versions(draft.id)] == [
        Reason.BEGUN,
        Reason.BEFORE,
        Reason.RESTORED,
    ]
    qtbot.mouseClick(window.undo_bar.findChild(QPushButton, "undo"), Qt.MouseButton.LeftButton)
    assert library.load(draft.id).title == "Remiss om badplatser"


def test_what_can_not_be_kept_is_not_replaced(
    qtbot, window, library, draft: Draft, monkeypatch
) -> None:
    def full(*_: object) -> None:
        raise WriteError("bibliotek", "disken är full")

    retitle(window, "Remiss om badplatser")
    window.drafts.session.save()
    monkeypatch.setattr(History, "keep", full)
    choose(window, 1)
    press(qtbot, window, "restore-version")
    assert window.drafts.session.draft.title == "Remiss om badplatser"
    assert library.load(draft.id).title == "Remiss om badplatser"


@pytest.mark.parametrize("key", ["versions", "version-name"])
def test_every_control_has_a_name_for_a_screen_reader(window, key: str) -> None:
    kinds: Callable = QListWidget if key == "versions" else QLineEdit
    assert window.versions.findChild(kinds, key).accessibleName()
