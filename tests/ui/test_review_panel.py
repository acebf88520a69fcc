"""What others suggest, in the window: read in, seen, accepted, rejected and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QPushButton
from reviewed import DRAFT, FIXTURES

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.files import Folders
from samverkan_desktop.store.library import Library
from ui.actions import Command
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.two_lines import DETAIL_ROLE
from ui.workplace import Workplace


@pytest.fixture
def window(qtbot, folders: Folders, catalogue: Catalogue, library: Library) -> Iterator[MainWindow]:
    runner = TaskRunner()
    made = MainWindow(Workplace(library, catalogue, folders, runner))
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    runner.close()


def rows(window: MainWindow) -> list[str]:
    found = window.review.findChild(QListWidget, "review")
    return [found.item(row).text() for row in range(found.count())]


def choose(window: MainWindow, begins: str) -> None:
    found = window.review.findChild(QListWidget, "review")
    found.setCurrentRow(next(n for n, text in enumerate(rows(window)) if text.startswith(begins)))


def press(_qtbot, window: MainWindow, name: str) -> None:
    window.review.findChild(QPushButton, name).click()


def read(qtbot, window: MainWindow, name: str) -> None:
    window.returning.read(FIXTURES / f"{name}.docx")
    qtbot.waitUntil(lambda: "Läser in" not in window.undo_bar.text)


def text(window: MainWindow) -> str:
    return "\n".join(
        span.text
        for block in window.drafts.session.draft.section("sammanfattning").content
        for span in block.spans
    )


def test_a_file_that_came_back_shows_its_draft_and_suggestions(qtbot, window) -> None:
    read(qtbot, window, "ord")
    assert window.drafts.session.draft.id == DRAFT.id
    assert window.side.currentWidget() is window.review
    assert window.side.tabText(window.side.indexOf(window.review)) == "Granskning 5"
    assert rows(window)[1] == "Lägg till ”och 1988”"
    found = window.review.findChild(QListWidget, "review")
    assert "Anna Berg" in found.item(1).data(DETAIL_ROLE)
    assert "Sammanfattning" in found.item(1).data(DETAIL_ROLE)
    assert "5 förslag är inlästa." in window.undo_bar.text


def test_accepting_changes_the_draft_and_can_be_taken_back(qtbot, window, library) -> None:
    read(qtbot, window, "ord")
    before = text(window)
    choose(window, "Lägg till ”och 1988”")
    press(qtbot, window, "accept-suggestion")
    assert "från 1974 och 1988" in text(window)
    assert len(rows(window)) == 4
    number = library.history.versions(DRAFT.id)[-1].number
    assert library.history.draft(DRAFT.id, number) == DRAFT  # kept as it was
    window.undo_bar.findChild(QPushButton, "undo").click()
    assert text(window) == before
    assert len(rows(window)) == 5


def test_rejecting_leaves_the_text_and_can_be_taken_back(qtbot, window) -> None:
    read(qtbot, window, "ord")
    before = text(window)
    choose(window, "Lägg till ”och 1988”")
    press(qtbot, window, "reject-suggestion")
    assert len(rows(window)) == 3  # and what stood within it
    assert text(window) == before
    window.undo_bar.findChild(QPushButton, "undo").click()
    assert len(rows(window)) == 5


def test_all_from_one_person_are_accepted_at_once(qtbot, window) -> None:
    read(qtbot, window, "ord")
    choose(window, "Lägg till ”och 1988”")
    button = window.review.findChild(QPushButton, "accept-all-suggestions")
    assert button.text() == "Acceptera alla från Anna Berg"
    press(qtbot, window, "accept-all-suggestions")
    assert "1 200 tkr" in text(window)
    assert window.undo_bar.text == "2 förslag är accepterade."
    assert all("Anna Berg" not in row for row in rows(window))


def test_one_whose_text_has_been_changed_is_told(qtbot, window) -> None:
    read(qtbot, window, "ord")
    window.drafts.session.edit_section(
        "sammanfattning", lambda section: type(section)(key=section.key)
    )
    choose(window, "Lägg till ”och 1988”")
    press(qtbot, window, "accept-suggestion")
    assert "kan inte föras in" in window.undo_bar.text
    assert len(rows(window)) == 5


def test_the_whole_comment_is_shown_with_its_answers(qtbot, window) -> None:
    read(qtbot, window, "kommentarer")
    choose(window, "Kommentar: Stämmer")
    whole = window.review.findChild(QPlainTextEdit, "review-whole").toPlainText()
    assert whole.startswith("Om ”1974”")
    assert "Ja, enligt bygglovet." in whole
    assert not window.review.findChild(QPushButton, "accept-suggestion").isEnabled()
    press(qtbot, window, "go-to-suggestion")
    assert window.drafts.view.form.current == "sammanfattning"


def test_a_suggestion_shows_the_words_around_it(qtbot, window) -> None:
    read(qtbot, window, "ord")
    choose(window, "Ta bort ”1 057”")
    whole = window.review.findChild(QPlainTextEdit, "review-whole").toPlainText()
    assert whole == (
        "Nu:\nArbetet kostar 1 057 tkr och tar sex veckor.\n\n"
        "Blir:\nArbetet kostar 1 200 tkr och tar sex veckor."
    )


def test_the_panel_without_a_draft_or_anything_to_judge(qtbot, window, draft) -> None:
    assert rows(window) == []
    window.commands.open(draft.id)
    assert rows(window) == []
    window._actions[Command.SHOW_REVIEW].trigger()
    assert window.side.currentWidget() is window.review


def test_a_file_that_is_not_ours_is_told(qtbot, window, tmp_path: Path) -> None:
    path = tmp_path / "annan.docx"
    path.write_bytes(b"%PDF-1.7")
    window.returning.read(path)
    qtbot.waitUntil(lambda: "annan.docx kan inte läsas" in window.undo_bar.text)


def test_our_file_is_taken_among_dropped_documents_and_others_are_left(
    qtbot, window, tmp_path: Path
) -> None:
    other = tmp_path / "annan.docx"
    other.write_bytes(b"PK\x03\x04")
    assert not window.returning.take(other)
    window.reading.read([FIXTURES / "ord.docx"])
    qtbot.waitUntil(lambda: len(rows(window)) == 5)


def test_nothing_is_judged_in_a_library_that_can_only_be_read(qtbot, window) -> None:
    read(qtbot, window, "ord")
    window.review.allow_reading_only("Bara läsning")
    assert not window.review.findChild(QPushButton, "accept-suggestion").isEnabled()
    assert not window.review.findChild(QPushButton, "accept-all-suggestions").isEnabled()
