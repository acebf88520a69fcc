"""The bin is emptied by a rule that is told, and by hand only when the user has said so twice."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from samverkan_desktop.domain.errors import UnknownDraftError
from samverkan_desktop.settings import load_settings, save_settings
from ui import housekeeping
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.workplace import Workplace


@pytest.fixture
def window(qtbot, folders, catalogue, library, draft):
    runner = TaskRunner()
    made = MainWindow(Workplace(library, catalogue, folders, runner))
    made.show()
    qtbot.waitExposed(made)
    library.delete(draft.id)
    qtbot.mouseClick(made.panel.findChild(QPushButton, "bin"), Qt.MouseButton.LeftButton)
    yield made
    made.close()
    runner.close()


def question(window: MainWindow) -> QMessageBox:
    (box,) = window.findChildren(QMessageBox)
    return box


def answer(qtbot, window: MainWindow, text: str) -> None:
    (button,) = [b for b in question(window).buttons() if b.text() == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_rule_is_told_where_the_bin_is_shown(window) -> None:
    assert window.panel._remark.text() == "Det som ligger här raderas för gott efter 30 dagar."


def test_a_draft_is_erased_when_the_user_says_so(qtbot, window, library, draft) -> None:
    window.panel.erase_wanted.emit(draft.id)
    assert "Remiss om lekplatser" in question(window).text()
    answer(qtbot, window, "Radera för gott")
    with pytest.raises(UnknownDraftError):
        library.load(draft.id)
    assert window.undo_bar.text == "Ärendet är raderat för gott."


def test_enter_and_escape_keep_it(qtbot, window, library, draft) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        window.panel.erase_wanted.emit(draft.id)
        box = question(window)
        qtbot.keyClick(box, key)
        qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    assert library.load(draft.id) == draft


def test_what_has_been_in_the_bin_for_long_goes_by_itself(
    qtbot, folders, catalogue, library, draft, monkeypatch
) -> None:
    monkeypatch.setattr(housekeeping, "FIRST_MS", 1)
    save_settings(folders, replace(load_settings(folders), bin_days=1))
    library.delete(draft.id)
    update = "UPDATE drafts SET deleted_at = '2020-01-01T08:00:00.000000+00:00'"
    library._file.connection.execute(update)
    runner = TaskRunner()
    window = MainWindow(Workplace(library, catalogue, folders, runner))
    window.show()
    with qtbot.waitSignal(window.housekeeping.erased, timeout=5000) as erased:
        pass
    assert [summary.id for summary in erased.args[0]] == [draft.id]
    assert library.bin() == []
    window.close()
    runner.close()
