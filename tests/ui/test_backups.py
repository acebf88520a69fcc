"""Backups as an officer meets them: made by themselves, seen into, and taken back."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QWidget,
)

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.backup import Backup, Drill, Occasion
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.files import Folders
from samverkan_desktop.services import backing_up, restoring_backups
from samverkan_desktop.store.library import Library
from tests.ui.keys import type_text
from ui.backup_dialog import BackupDialog
from ui.backup_keeper import made_when, time_name
from ui.backup_rows import drill_state, size_name
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.workplace import Workplace


@pytest.fixture
def window(
    qtbot, library: Library, draft: Draft, catalogue: Catalogue, folders: Folders
) -> Iterator[MainWindow]:
    content = (replace(paragraph("Det som stod från början."), id="b1"),)
    with_text = replace(draft, sections=(Section(key="bakgrund", content=content),))
    library.save(with_text, draft)
    runner = TaskRunner()
    made = MainWindow(Workplace(library, catalogue, folders, runner))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.commands.open(draft.id)
    yield made
    for box in made.findChildren(QMessageBox):
        box.reject()
    for dialog in made.findChildren(BackupDialog):
        dialog.reject()
    made.close()
    runner.close()


def child(parent: QWidget, kind: type, name: str):
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def shown_dialog(window: MainWindow) -> BackupDialog:
    window.backups.show()
    (dialog,) = window.findChildren(BackupDialog)
    return dialog


def button(dialog: QWidget, name: str) -> QPushButton:
    return child(dialog, QPushButton, name)


def status(dialog: BackupDialog) -> str:
    return child(dialog, QLabel, "backup-status").text()


def made_backup(window: MainWindow) -> Backup:
    return backing_up.back_up(window.backups.keeper.place(), Occasion.REGULAR)


def rows(tree: QTreeWidget) -> list[list[str]]:
    return [
        [tree.topLevelItem(i).text(c) for c in range(tree.columnCount())]
        for i in range(tree.topLevelItemCount())
    ]


def wait_for_drafts(qtbot, dialog: BackupDialog) -> None:
    qtbot.waitUntil(lambda: dialog.drafts.topLevelItemCount() > 0)


def choose_draft(qtbot, dialog: BackupDialog) -> None:
    wait_for_drafts(qtbot, dialog)
    dialog.drafts.setCurrentItem(dialog.drafts.topLevelItem(0))


def title(window: MainWindow) -> str:
    return window.drafts.session.draft.title


def test_a_backup_makes_itself_and_says_so_quietly(qtbot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.backups.keeper.checked):
        window.backups.keeper.check()
    said = child(window.panel, QLabel, "backup-state")
    assert said.isVisible()
    assert said.text().startswith("Säkerhetskopierat i dag ")
    assert window.undo_bar.text == ""
    assert len(backing_up.backups(window.backups.keeper.place())) == 1
    with qtbot.waitSignal(window.backups.keeper.checked):  # an hour later: nothing is due
        window.backups.keeper.check()
    assert len(backing_up.backups(window.backups.keeper.place())) == 1


def test_a_backup_that_fails_is_told_once_until_it_works(
    qtbot, window: MainWindow, folders: Folders
) -> None:
    keeper = window.backups.keeper
    settings = folders.user_config / "settings.toml"
    settings.write_text('backup_folder = "/finns/inte/alls"', encoding="utf-8")
    with qtbot.waitSignal(keeper.failed) as told:
        keeper.check()
    assert "inte ansluten" in told.args[0]
    assert "inte ansluten" in window.undo_bar.text
    said = child(window.panel, QLabel, "backup-state")
    assert said.text() == "Säkerhetskopieringen behöver ses över"
    with qtbot.assertNotEmitted(keeper.failed), qtbot.waitSignal(keeper.checked):
        keeper.check()
    settings.unlink()
    with qtbot.waitSignal(keeper.checked):
        keeper.check()
    assert said.text().startswith("Säkerhetskopierat i dag ")
    settings.write_text("backup_folder = 7", encoding="utf-8")
    with qtbot.waitSignal(keeper.failed) as told:
        keeper.check()
    assert "backup_folder" in told.args[0]
    with qtbot.waitSignal(keeper.failed):
        keeper._fail(ZeroDivisionError())


def test_an_empty_list_tells_that_one_is_coming_and_shows_it(qtbot, window: MainWindow) -> None:
    dialog = shown_dialog(window)
    assert rows(dialog.backups) == []
    assert not button(dialog, "restore-library").isEnabled()
    assert "inte provats" in child(dialog, QLabel, "drill").text()
    window.backups.keeper.check()
    qtbot.waitUntil(lambda: dialog.backups.topLevelItemCount() == 1)
    assert "lyckades i dag" in child(dialog, QLabel, "drill").text()


def test_the_dialog_shows_backups_their_drafts_and_their_text(qtbot, window: MainWindow) -> None:
    made_backup(window)
    dialog = shown_dialog(window)
    ((when, verdict, drafts, size),) = rows(dialog.backups)
    assert when.startswith("I dag ")
    assert (drafts, verdict) == ("1", "Kontrollerad")
    assert size.endswith(" kB")
    choose_draft(qtbot, dialog)
    assert rows(dialog.drafts)[0][0] == "Remiss om lekplatser"
    text = child(dialog, QPlainTextEdit, "backup-text")
    qtbot.waitUntil(lambda: "Det som stod från början." in text.toPlainText())
    assert text.isReadOnly()


def test_a_list_that_is_read_anew_leaves_what_is_chosen(qtbot, window: MainWindow) -> None:
    backup = made_backup(window)
    dialog = shown_dialog(window)
    choose_draft(qtbot, dialog)
    text = child(dialog, QPlainTextEdit, "backup-text")
    qtbot.waitUntil(lambda: bool(text.toPlainText()))
    window.backups.keeper.checked.emit()
    shutil.copy(backup.path, backup.path.with_name("från Bo.samverkandb"))
    window.backups.keeper.checked.emit()
    assert [row[0].partition(", ")[2] for row in rows(dialog.backups)] == ["från Bo", ""]
    assert rows(dialog.backups)[0][2] == "–"
    assert dialog.backups.currentIndex().row() == 1
    assert text.toPlainText()
    assert button(dialog, "restore-draft").isEnabled()


def test_one_of_another_library_is_told_as_that(qtbot, window: MainWindow, tmp_path) -> None:
    place = window.backups.keeper.place()
    Library.open(tmp_path / "annat.samverkandb").close()
    other = replace(place, library=tmp_path / "annat.samverkandb")
    backing_up.back_up(other, Occasion.REGULAR)
    dialog = shown_dialog(window)
    assert "av ett annat bibliotek" in rows(dialog.backups)[0][0]


def test_a_backup_is_made_when_asked_for(qtbot, window: MainWindow) -> None:
    dialog = shown_dialog(window)
    qtbot.mouseClick(button(dialog, "make-backup"), Qt.MouseButton.LeftButton)
    assert not button(dialog, "make-backup").isEnabled()
    qtbot.waitUntil(lambda: status(dialog).startswith("Säkerhetskopierat i dag"))
    assert dialog.backups.topLevelItemCount() == 1
    assert button(dialog, "make-backup").isEnabled()


def test_the_dialog_may_be_closed_while_a_backup_is_made(qtbot, window: MainWindow) -> None:
    dialog = shown_dialog(window)
    with qtbot.waitSignal(window.backups.keeper.stated):
        button(dialog, "make-backup").click()
        dialog.reject()
    assert len(backing_up.backups(window.backups.keeper.place())) == 1


def test_a_failure_is_told_where_the_user_is(
    qtbot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise WriteError("x", "disken är full")

    monkeypatch.setattr(backing_up, "back_up", full)
    dialog = shown_dialog(window)
    message = child(dialog, QLabel, "message")
    button(dialog, "make-backup").click()
    qtbot.waitUntil(lambda: message.isVisible() and "disken är full" in message.text())
    assert button(dialog, "make-backup").isEnabled()
    with qtbot.waitSignal(window.backups.keeper.failed):
        button(dialog, "make-backup").click()
        dialog.reject()


def test_one_draft_is_restored_and_what_was_typed_since_is_a_version(
    qtbot, window: MainWindow, library: Library, draft: Draft
) -> None:
    made_backup(window)
    view = window.drafts.view
    view.form.head.title.end(False)
    type_text(view.form.head.title, " bortskrivet")
    dialog = shown_dialog(window)
    choose_draft(qtbot, dialog)
    button(dialog, "restore-draft").click()
    qtbot.waitUntil(lambda: "är återställt" in status(dialog))
    assert title(window) == "Remiss om lekplatser"
    assert library.load(draft.id).title == "Remiss om lekplatser"
    versions = library.history.versions(draft.id)
    kept = library.history.draft(draft.id, versions[-2].number)
    assert kept.title == "Remiss om lekplatser bortskrivet"


def test_a_draft_that_was_erased_comes_back_into_the_list(
    qtbot, window: MainWindow, library: Library, draft: Draft
) -> None:
    made_backup(window)
    assert window.drafts.close_draft(draft.id)
    library.delete(draft.id)
    library.erase(draft.id)
    dialog = shown_dialog(window)
    choose_draft(qtbot, dialog)
    button(dialog, "restore-draft").click()
    qtbot.waitUntil(lambda: "är återställt" in status(dialog))
    assert title(window) == "Remiss om lekplatser"


def test_nothing_is_restored_over_what_can_not_be_saved(
    qtbot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_backup(window)
    type_text(window.drafts.view.form.head.title, "x")

    def full(self, _draft, _previous):
        raise WriteError(self.path, "disken är full")

    monkeypatch.setattr(Library, "save", full)
    dialog = shown_dialog(window)
    choose_draft(qtbot, dialog)
    message = child(dialog, QLabel, "message")
    button(dialog, "restore-draft").click()
    assert "inget återställts" in message.text()
    button(dialog, "restore-library").click()
    (box,) = dialog.findChildren(QMessageBox)
    box.accept()
    assert "inget återställts" in message.text()
    assert "x" in title(window)
    monkeypatch.undo()
    assert window.drafts.save_all()


def test_the_whole_library_is_restored_only_when_the_answer_is_yes(
    qtbot, window: MainWindow, library: Library, draft: Draft
) -> None:
    made_backup(window)
    view = window.drafts.view
    type_text(view.form.head.title, "Ny ")
    library.add(Draft(id="nytt", template="stockholm-remissvar", title="Nytt ärende"))
    dialog = shown_dialog(window)
    button(dialog, "restore-library").click()
    (box,) = dialog.findChildren(QMessageBox)
    assert box.defaultButton().text() == "Avbryt"
    box.reject()
    assert {s.id for s in library.summaries()} == {draft.id, "nytt"}

    button(dialog, "restore-library").click()
    box = dialog.findChildren(QMessageBox)[-1]
    box.accept()
    dialog.reject()  # held while the library is replaced
    assert dialog.is_open
    qtbot.waitUntil(lambda: "Biblioteket är återställt: 1 ärende." in status(dialog))
    assert [s.id for s in library.summaries()] == [draft.id]
    assert title(window) == "Remiss om lekplatser"
    before = rows(dialog.backups)[0][0]
    assert "före återställning" in before
    kept = backing_up.backups(window.backups.keeper.place())[0]
    assert {s.title for s in restoring_backups.contents(kept.path)} == {
        "Ny Remiss om lekplatser",
        "Nytt ärende",
    }


def test_a_damaged_backup_is_told_and_the_library_is_as_it_was(
    qtbot, window: MainWindow, library: Library
) -> None:
    backup = made_backup(window)
    with closing(sqlite3.connect(backup.path)) as raw:
        raw.execute("UPDATE parts SET value = '{'")
        raw.commit()
    type_text(window.drafts.view.form.head.title, "Ny ")
    dialog = shown_dialog(window)
    message = child(dialog, QLabel, "message")
    choose_draft(qtbot, dialog)
    qtbot.waitUntil(lambda: "går inte att återställa" in message.text())  # its text
    for name in ("restore-draft", "restore-library"):
        button(dialog, name).click()
        for box in dialog.findChildren(QMessageBox):
            box.accept()
        qtbot.waitUntil(button(dialog, "close-backups").isEnabled)
        assert "går inte att återställa" in message.text()
    assert title(window) == "Ny Remiss om lekplatser"
    assert not window.drafts.session.has_unsaved


def test_a_folder_or_a_policy_that_can_not_be_read_is_told(
    qtbot, window: MainWindow, folders: Folders, tmp_path: Path
) -> None:
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    settings = folders.user_config / "settings.toml"
    settings.write_text(f'backup_folder = "{tmp_path}/fil"', encoding="utf-8")
    dialog = shown_dialog(window)
    assert "går genom en fil" in child(dialog, QLabel, "message").text()
    dialog.reject()
    settings.write_text("backup_folder = 7", encoding="utf-8")
    window.backups.show()
    assert "backup_folder" in window.undo_bar.text


def test_the_dialog_can_be_used_by_keys_and_ears(qtbot, window: MainWindow) -> None:
    made_backup(window)
    dialog = shown_dialog(window)
    wait_for_drafts(qtbot, dialog)
    for widget in (dialog.backups, dialog.drafts, child(dialog, QPlainTextEdit, "backup-text")):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    said = dialog.backups.topLevelItem(0).data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert "1 ärenden" in said or "1 ärende" in said
    assert "gick att återställa" in said
    keys = [b.text()[b.text().index("&") + 1].lower() for b in dialog.findChildren(QPushButton)]
    assert len(set(keys)) == len(keys)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.is_open


NOW = datetime.now(UTC)


@pytest.mark.parametrize(
    ("drill", "mark", "words"),
    [
        (None, "○", "inte provats"),
        (Drill(at=NOW, backup="b"), "●", "lyckades i dag"),
        (Drill(at=NOW, backup="b", problem="filen är borta"), "▲", "misslyckades i dag"),
    ],
)
def test_the_drill_is_told_in_words_too(drill, mark: str, words: str) -> None:
    shown, said = drill_state(drill)
    assert shown == mark
    assert words in said
    if drill and drill.problem:
        assert drill.problem in said


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "1 kB"), (114_688, "115 kB"), (51_601_408, "51,6 MB"), (2_400_000_000, "2,4 GB")],
)
def test_sizes_are_told_as_people_say_them(size: int, said: str) -> None:
    assert size_name(size) == said


def test_moments_are_told_as_people_say_them() -> None:
    morning = datetime.now().astimezone().replace(hour=9, minute=14)
    assert made_when(morning) == "Säkerhetskopierat i dag 09.14"
    assert time_name(morning - timedelta(days=1)) == "i går 09.14"
    earlier = morning - timedelta(days=40)
    assert time_name(earlier) == f"{earlier.date().isoformat()} 09.14"
