"""Old documents into the window: chosen or dropped, shown, and kept only if the user says so."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QTreeWidget

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.files import Folders
from samverkan_desktop.store.library import Library
from ui.editor.section_editor import SectionEditor
from ui.main_window import MainWindow
from ui.reading_dialog import ReadingDialog
from ui.tasks import TaskRunner
from ui.workplace import Workplace

DOCUMENTS = Path(__file__).parents[1] / "exchange" / "documents"
TITLE = "Cykelgarage vid Orminge centrum"


@pytest.fixture
def window(
    qtbot, folders: Folders, catalogue: Catalogue, library: Library, draft: Draft
) -> Iterator[MainWindow]:
    runner = TaskRunner()
    made = MainWindow(Workplace(library, catalogue, folders, runner))
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    runner.close()


def dialog_of(qtbot, window: MainWindow) -> ReadingDialog:
    qtbot.waitUntil(lambda: window.findChild(ReadingDialog) is not None, timeout=10_000)
    return window.findChild(ReadingDialog)


def shown_title(window: MainWindow) -> str:
    dialogs = window.findChildren(ReadingDialog)
    return next((d.title.text() for d in dialogs if d.isVisible()), "")


def titles(library: Library) -> set[str]:
    return {summary.title for summary in library.summaries()}


def rows(tree: QTreeWidget) -> list[list[str]]:
    found = []
    for at in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(at)
        lines = (item, *(item.child(i) for i in range(item.childCount())))
        found += [[line.text(i) for i in range(tree.columnCount())] for line in lines]
    return found


def drop(window: MainWindow, *paths: Path, on=None) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(on or window, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(on or window, event)
    return event.isAccepted()


def test_a_dropped_document_is_shown_and_kept_when_the_user_says_so(qtbot, window, library):
    assert drop(window, DOCUMENTS / "nacka.txt")
    dialog = dialog_of(qtbot, window)
    assert titles(library) == {"Remiss om lekplatser"}
    dialog.accept()
    qtbot.waitUntil(lambda: window.drafts.session.draft.title == TITLE)
    assert TITLE in titles(library)
    (version,) = library.history.versions(window.drafts.session.draft.id)
    assert version.reason is Reason.IMPORTED


def test_nothing_is_kept_when_the_user_gives_up(qtbot, window, library):
    window.reading.read([DOCUMENTS / "nacka.txt"])
    dialog_of(qtbot, window).reject()
    assert titles(library) == {"Remiss om lekplatser"}


def test_the_dialog_tells_what_went_where(qtbot, window):
    window.reading.read([DOCUMENTS / "nacka.txt"])
    dialog = dialog_of(qtbot, window)
    assert ["Förslag till beslut", "3 punkter"] in rows(dialog.contents)
    assert [row[0] for row in rows(dialog.contents)][:3] == [
        "Förslag till beslut",
        "Sammanfattning",
        "Ärendet",
    ]
    shown = rows(dialog.places)
    assert ["Diarienummer", "KFKS 2024/217", "troligt"] in shown
    assert ["Titel", TITLE, "säkert"] in shown
    assert any(row[0].startswith("Sidhuvud") and "2 (3)" in row[1] for row in shown)
    dialog.reject()


def choose(qtbot, dialog: ReadingDialog, template: str) -> None:
    """Choose a template as a user does with the keyboard, and wait until it is shown."""
    box = dialog.templates
    box.setFocus()
    wanted = box.findText(template)
    assert wanted >= 0
    key = Qt.Key.Key_Down if wanted > box.currentIndex() else Qt.Key.Key_Up

    def is_shown(before: int) -> bool:
        return box.isEnabled() and box.currentIndex() != before

    while box.currentIndex() != wanted:
        showing = partial(is_shown, box.currentIndex())
        qtbot.keyClick(box, key)
        qtbot.waitUntil(showing)


def test_another_template_can_be_chosen_before_the_document_is_kept(qtbot, window, library):
    window.reading.read([DOCUMENTS / "tyreso.txt"])
    dialog = dialog_of(qtbot, window)
    assert dialog.templates.currentText() == "Nacka kommun, Tjänsteskrivelse"
    choose(qtbot, dialog, "Stockholms stad, Svar på remiss")
    assert dialog.focusWidget() is dialog.templates
    assert dialog.findChild(QDialogButtonBox).buttons()[0].text() == "&Lägg till ärendet"
    assert dialog.findChild(QDialogButtonBox).buttons()[0].isDefault()
    assert "(valt)" in {label.text() for label in dialog.findChildren(QLabel)}
    dialog.accept()
    qtbot.waitUntil(lambda: window.drafts.session is not None)
    qtbot.waitUntil(lambda: window.drafts.session.draft.title.startswith("Yttrande över"))
    assert window.drafts.session.draft.template == "stockholm-remissvar"


def test_a_dialog_closed_while_another_template_is_taken_keeps_nothing(qtbot, window, library):
    window.reading.read([DOCUMENTS / "tyreso.txt"])
    dialog = dialog_of(qtbot, window)
    qtbot.keyClick(dialog.templates, Qt.Key.Key_Down)
    dialog.reject()
    window.reading.read([DOCUMENTS / "nacka.txt"])
    qtbot.waitUntil(lambda: shown_title(window) == TITLE, timeout=10_000)
    next(d for d in window.findChildren(ReadingDialog) if d.isVisible()).reject()
    assert titles(library) == {"Remiss om lekplatser"}


def test_a_draft_in_json_is_opened_and_not_read_in(qtbot, window, library, folders):
    path = folders.resources / "examples" / "goteborg-avtal.json"
    assert drop(window, path)
    title = "Avtal om gemensam lånecentral för idrotts- och friluftsutrustning"
    qtbot.waitUntil(lambda: window.drafts.session.draft.title == title)
    assert window.findChild(ReadingDialog) is None
    (version,) = library.history.versions(window.drafts.session.draft.id)
    assert version.reason is not Reason.IMPORTED


def test_a_long_note_leaves_room_for_what_stands_in_the_document(qtbot, window, tmp_path: Path):
    path = tmp_path / "svar.txt"
    path.write_text("Parkplan\n\nSvar på remiss\n\nÄrendet\n\nPlanen är lång.\n", "utf-8")
    window.reading.read([path])
    dialog = dialog_of(qtbot, window)
    assert any(row[0].startswith("Ståndpunkten gick inte") for row in rows(dialog.places))
    header = dialog.places.header()
    qtbot.waitUntil(lambda: header.sectionSize(1) > 0)
    assert header.sectionSize(0) < header.sectionSize(1)
    dialog.reject()


def test_several_documents_are_asked_about_one_after_another(qtbot, window, library):
    assert drop(window, DOCUMENTS / "nacka.txt", DOCUMENTS / "malmo.txt")
    dialog_of(qtbot, window).accept()
    qtbot.waitUntil(lambda: "utegym" in shown_title(window), timeout=10_000)
    next(d for d in window.findChildren(ReadingDialog) if d.isVisible()).accept()
    assert {TITLE, "Nya utegym i tre parker"} <= titles(library)


def test_a_file_that_cant_be_read_is_told_and_the_next_is_read(qtbot, window, tmp_path: Path):
    bad = tmp_path / "tom.txt"
    bad.write_bytes(b"")
    window.reading.read([bad])
    qtbot.waitUntil(lambda: "innehåller ingen text" in window.undo_bar.text, timeout=10_000)
    window.reading.read([DOCUMENTS / "nacka.txt"])
    dialog_of(qtbot, window).reject()


def test_other_files_are_not_taken(window, tmp_path: Path):
    assert not drop(window, tmp_path / "bild.png")
    assert not drop(window, tmp_path / "bild.png", DOCUMENTS / "nacka.txt")


def test_a_document_dropped_on_a_text_is_left_to_the_window(window, draft):
    window.commands.open(draft.id)
    editor = window.drafts.view.findChild(SectionEditor)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(DOCUMENTS / "nacka.txt"))])
    data.setText("nacka.txt")
    assert not editor.canInsertFromMimeData(data)


def test_mnemonics_do_not_clash(qtbot, window):
    window.reading.read([DOCUMENTS / "nacka.txt"])
    dialog = dialog_of(qtbot, window)
    box = dialog.findChild(QDialogButtonBox)
    letters = [b.text()[b.text().index("&") + 1] for b in box.buttons() if "&" in b.text()]
    assert len(letters) == len(set(letters))
    dialog.reject()
