"""Comparing from the list of versions, in the whole window."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.comparing.fields import head_lists, labels
from samverkan_desktop.domain.draft import DecisionGroup, Draft, Section
from samverkan_desktop.domain.errors import LibraryLockedError
from samverkan_desktop.domain.text import paragraph, plain_text
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.files import Folders
from samverkan_desktop.store.history import History
from samverkan_desktop.store.library import Library
from ui.compare import CompareWindow
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.two_lines import ID_ROLE
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


def edit(window: MainWindow, **fields: object) -> None:
    window.drafts.session.edit(lambda draft: replace(draft, **fields))


def compare(qtbot, window: MainWindow, number: int = 1) -> CompareWindow | None:
    found = window.versions.findChild(QListWidget, "versions")
    numbers = [found.item(row).data(ID_ROLE) for row in range(found.count())]
    found.setCurrentRow(numbers.index(number))
    button = window.versions.findChild(QPushButton, "compare-version")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    compared = shown(window)
    if compared is not None:
        qtbot.waitUntil(compared.isActiveWindow)
    return compared


def shown(window: MainWindow) -> CompareWindow | None:
    return next((w for w in window.findChildren(CompareWindow) if w.isVisible()), None)


def count(compared: CompareWindow) -> str:
    return compared.findChild(QLabel, "count").text()


def press(qtbot, compared: CompareWindow, name: str) -> None:
    qtbot.mouseClick(compared.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_a_version_is_compared_with_what_stands_on_the_screen(qtbot, window) -> None:
    edit(window, title="Remiss om badplatser")
    assert count(compare(qtbot, window)) == "Ändring 1 av 1"


def test_a_whole_version_is_taken_back_and_the_comparison_follows(
    qtbot, window, library, draft
) -> None:
    edit(window, title="Remiss om badplatser")
    compared = compare(qtbot, window)
    press(qtbot, compared, "restore-version")
    assert library.load(draft.id).title == "Remiss om lekplatser"
    assert count(compared) == "Inga ändringar"
    assert shown(window) is compared
    assert window.undo_bar.text == "Ärendet är som i version 1."


def test_one_section_is_taken_back_and_can_be_given_up_again(qtbot, window, library, draft) -> None:
    first = Section(key="bakgrund", content=(paragraph("Parken är gammal."),))
    edit(window, sections=(first,))
    window.drafts.session.keep(Reason.NAMED, "först")
    written = replace(first, content=(paragraph("Parken är mycket sliten."),))
    edit(window, title="Remiss om parker", sections=(written,))
    compared = compare(qtbot, window, 2)
    qtbot.keyClick(compared, Qt.Key.Key_F8)
    press(qtbot, compared, "restore-section")
    now = library.load(draft.id)
    assert (now.title, plain_text(now.all_blocks())) == ("Remiss om parker", "Parken är gammal.")
    assert window.undo_bar.text == "Avsnittet ”Bakgrund” är som i version 2."
    undo = window.undo_bar.findChild(QPushButton, "undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert plain_text(library.load(draft.id).all_blocks()) == "Parken är mycket sliten."


def test_the_decision_is_taken_back_as_a_section_is(qtbot, window, library, draft) -> None:
    edit(window, decision=(DecisionGroup(items=((paragraph("Bifalla förslaget."),),)),))
    compared = compare(qtbot, window)
    press(qtbot, compared, "restore-section")
    assert library.load(draft.id).decision == ()


def test_another_draft_closes_the_comparison(qtbot, window, library) -> None:
    library.add(Draft(id="arende-2", template="stockholm-remissvar", title="Annat"))
    edit(window, title="Remiss om badplatser")
    compare(qtbot, window)
    window.commands.open("arende-2")
    qtbot.waitUntil(lambda: shown(window) is None)


def test_there_is_one_comparison_at_a_time_and_none_after_the_window(qtbot, window) -> None:
    edit(window, title="Remiss om badplatser")
    compare(qtbot, window)
    compare(qtbot, window)
    assert len([w for w in window.findChildren(CompareWindow) if w.isVisible()]) == 1
    window.close()
    assert shown(window) is None


def test_versions_that_can_not_be_read_are_told(qtbot, window, monkeypatch) -> None:
    def locked(*_: object) -> None:
        raise LibraryLockedError("bibliotek")

    edit(window, title="Remiss om badplatser")
    monkeypatch.setattr(History, "versions", locked)
    assert compare(qtbot, window) is None
    assert "används av ett annat program" in window.undo_bar.text


def test_fields_are_called_what_the_form_calls_them(window) -> None:
    template = window.drafts.session.template
    known = {
        *labels(template).values(),
        *(name for name, _ in head_lists(window.drafts.session.draft, template).values()),
    }
    told = {label.rpartition(": ")[2].lower() for label in known}
    head = window.drafts.view.form.head
    in_form = {label.text().lower() for label in head.findChildren(QLabel) if label.buddy()}
    assert in_form - told <= {"justering"}  # whose box says "Omedelbar justering"
