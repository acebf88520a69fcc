"""A damaged library in the window: the question, the account, and what is found meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import LibraryDamagedError, MendingError, UnreadableFileError
from samverkan_desktop.files import Folders
from samverkan_desktop.services import mending as services
from samverkan_desktop.store.library import Library
from ui import mending
from ui.main_window import MainWindow
from ui.mending_dialog import MendingDialog
from ui.tasks import TaskRunner
from ui.workplace import Workplace


@pytest.fixture
def damaged(folders: Folders) -> Path:
    path = folders.library
    with Library.open(path) as library:
        library.add(Draft(id="a", template="stockholm-remissvar", title="Remiss om lekplatser"))
    zero_header(path)
    return path


def zero_header(path: Path) -> None:
    with path.open("rb+") as file:
        file.write(bytes(100))


@pytest.fixture
def dialog(qtbot, damaged: Path, folders: Folders) -> MendingDialog:
    made = mending.asking(damaged, folders)
    qtbot.addWidget(made)
    made.open()
    return made


def offered(dialog: QDialog) -> list[str]:
    buttons = (b for b in dialog.findChildren(QPushButton) if b.isVisible())
    return sorted(button.text().replace("&", "") for button in buttons)


def press(dialog: QDialog, text: str) -> None:
    buttons = dialog.findChildren(QPushButton)
    next(b for b in buttons if b.isVisible() and b.text().replace("&", "") == text).click()


def said(dialog: QDialog) -> str:
    shown = (label for label in dialog.findChildren(QLabel) if label.isVisible())
    return "\n".join(label.text() for label in shown)


def test_the_user_is_asked_and_may_leave_it(dialog: MendingDialog, damaged: Path) -> None:
    before = damaged.read_bytes()
    assert "Biblioteket är skadat" in said(dialog)
    assert str(damaged) in said(dialog)
    assert offered(dialog) == ["Avsluta", "Laga"]
    press(dialog, "Avsluta")
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert damaged.read_bytes() == before


def test_the_library_is_mended_and_the_user_told(
    qtbot, dialog: MendingDialog, damaged: Path
) -> None:
    press(dialog, "Laga")
    qtbot.waitUntil(lambda: "Öppna biblioteket" in offered(dialog))
    assert "var skadat och har lagats" in said(dialog)
    account = dialog.findChild(QPlainTextEdit)
    assert account.isVisible()
    assert "Ärendet är helt." in account.toPlainText()
    assert "Den skadade filen finns kvar" in account.toPlainText()
    press(dialog, "Öppna biblioteket")
    assert dialog.result() == QDialog.DialogCode.Accepted
    with Library.open(damaged) as library:
        assert library.load("a").title == "Remiss om lekplatser"


def test_escape_does_not_leave_a_mending_that_has_begun(
    qtbot, dialog: MendingDialog, damaged: Path
) -> None:
    press(dialog, "Laga")
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: "Öppna biblioteket" in offered(dialog))


def test_a_mending_that_is_stopped_can_be_begun_again(
    qtbot, dialog: MendingDialog, damaged: Path
) -> None:
    before = damaged.read_bytes()
    press(dialog, "Laga")
    press(dialog, "Avbryt lagningen")
    qtbot.waitUntil(lambda: "Laga" in offered(dialog))
    assert "avbröts" in said(dialog)
    assert damaged.read_bytes() == before
    press(dialog, "Laga")
    qtbot.waitUntil(lambda: "Öppna biblioteket" in offered(dialog))


def test_what_can_not_be_mended_is_said(qtbot, tmp_path: Path) -> None:
    def fail(_: object) -> None:
        raise MendingError(tmp_path / "b.db", "disken är full")

    dialog = MendingDialog(tmp_path / "b.db", fail)
    qtbot.addWidget(dialog)
    dialog.open()
    press(dialog, "Laga")
    qtbot.waitUntil(lambda: "disken är full" in said(dialog))
    assert offered(dialog) == ["Avsluta", "Laga"]
    dialog.close()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_where_nobody_can_be_asked_nothing_is_done(damaged: Path, folders: Folders) -> None:
    before = damaged.read_bytes()
    with pytest.raises(LibraryDamagedError):
        mending.ask(damaged, folders, LibraryDamagedError(damaged))
    assert damaged.read_bytes() == before


class Answered:
    """A dialog that was answered so."""

    def __init__(self, answer: QDialog.DialogCode) -> None:
        self.answer = answer

    def exec(self) -> int:
        return self.answer.value


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[QDialog.DialogCode], None]:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    return lambda code: monkeypatch.setattr(mending, "asking", lambda *_: Answered(code))


def test_at_the_start_the_answer_decides(
    damaged: Path, folders: Folders, answer: Callable[[QDialog.DialogCode], None]
) -> None:
    answer(QDialog.DialogCode.Accepted)
    mending.ask(damaged, folders, LibraryDamagedError(damaged))
    answer(QDialog.DialogCode.Rejected)
    with pytest.raises(LibraryDamagedError):
        mending.ask(damaged, folders, LibraryDamagedError(damaged))


def test_another_programs_file_is_no_damage(
    tmp_path: Path, folders: Folders, answer: Callable[[QDialog.DialogCode], None]
) -> None:
    answer(QDialog.DialogCode.Accepted)
    path = tmp_path / "annat.db"
    path.write_bytes(b"annat " * 999)
    with pytest.raises(UnreadableFileError):
        mending.ask(path, folders, UnreadableFileError(path, "det är ett annat programs databas"))


def test_a_library_that_has_lost_its_mark_is_asked_about(
    damaged: Path, folders: Folders, answer: Callable[[QDialog.DialogCode], None]
) -> None:
    answer(QDialog.DialogCode.Accepted)
    mending.ask(damaged, folders, UnreadableFileError(damaged, "det är ett annat programs databas"))


@pytest.fixture
def window(qtbot, library: Library, catalogue: Catalogue, folders: Folders):
    runner = TaskRunner()
    made = MainWindow(Workplace(library, catalogue, folders, runner))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()
    runner.close()


def strip_of(window: MainWindow) -> mending.DamageStrip:
    return window.findChild(mending.DamageStrip)


def looked(
    qtbot, window: MainWindow, library: Library
) -> tuple[Callable[[], bool], mending.LibraryCheck]:
    """Look through the library now, and wait until that is done."""
    runner = TaskRunner(window)
    to_be_mended = mending.watch(window, library.path, runner)
    window.findChild(mending.LibraryCheck).look()
    done: list[bool] = []
    runner.run(lambda _: None, lambda _: done.append(True), print)
    qtbot.waitUntil(lambda: bool(done))
    runner.close()
    return to_be_mended


def test_nothing_is_said_of_a_sound_library(qtbot, window: MainWindow, library: Library) -> None:
    to_be_mended = looked(qtbot, window, library)
    assert not strip_of(window).isVisible()
    window.close()
    assert not to_be_mended()


def test_damage_found_while_working_is_told_and_mending_offered(
    qtbot, window: MainWindow, library: Library, draft: Draft
) -> None:
    library._file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    root = library._file.connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'drafts_by_change'"
    ).fetchone()[0]
    with library.path.open("rb+") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    to_be_mended = looked(qtbot, window, library)
    strip = strip_of(window)
    assert strip.isVisible()
    assert "skada" in strip.findChild(QLabel).text()
    strip.findChild(QPushButton).click()
    assert not window.isVisible()
    assert to_be_mended()
    library.close()
    services.mend(library.path)
    with Library.open(library.path) as mended:
        assert mended.load(draft.id) == draft
