"""What the window says about its library, and what it offers to do."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from samverkan_desktop import claims
from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.claim_notes import Holder
from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.computer import login_name, machine_id
from samverkan_desktop.domain.draft import DecisionGroup, Draft
from samverkan_desktop.domain.text import paragraph, plain_text
from samverkan_desktop.files import Folders
from samverkan_desktop.places import Kind, Place
from samverkan_desktop.services import moving
from samverkan_desktop.store.library import Library
from tests.ui.keys import type_text
from ui import library_notices, library_words
from ui.attending import attend
from ui.handover import Request
from ui.main_window import MainWindow
from ui.reading_dialog import ReadingDialog
from ui.sitting import Sitting, Start, begin
from ui.tasks import TaskRunner
from ui.workplace import Workplace

NINE = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
ANNA = Holder(
    user="annek",
    name="Anna Ek",
    host="DATOR-7",
    machine="DATOR-7:1",
    pid=1,
    started="x:1",
    since=NINE,
    seen=NINE,
    token="hennes",
)


class Desk:
    """A window with its sitting, as the program makes them."""

    def __init__(self, sitting: Sitting, window: MainWindow, wanted: list) -> None:
        self.sitting, self.window, self.wanted = sitting, window, wanted

    def text(self, strip: str) -> str:
        return self.window.strips.text(strip)

    def press(self, text: str) -> None:
        buttons = self.window.strips.findChildren(QPushButton)
        next(b for b in buttons if b.text() == text and not b.isHidden()).click()


@pytest.fixture
def sit_down(qtbot: QtBot, catalogue: Catalogue, folders: Folders) -> Iterator[Callable[..., Desk]]:
    opened: list[tuple[Desk, TaskRunner]] = []

    def leave() -> None:
        for desk, runner in opened:
            desk.window.close()
            runner.close()
            desk.sitting.library.close()
            desk.sitting.release()
        opened.clear()

    def make(start: Start | None = None, *, may_move: bool = True) -> Desk:
        leave()
        start = start or Start(folders.library)
        sitting = begin(start, folders)
        runner = TaskRunner()
        window = MainWindow(Workplace(sitting.library, catalogue, folders, runner))
        qtbot.addWidget(window)
        desk = Desk(sitting, window, attend(window, sitting, start, may_move=may_move))
        opened.append((desk, runner))
        window.show()
        qtbot.waitExposed(window)
        return desk

    yield make
    leave()


@pytest.fixture
def draft(folders: Folders) -> Draft:
    with Library.open(folders.library) as library:
        return library.add(Draft(id="arende-1", template="stockholm-remissvar", title="Lekplatser"))


def note_of(folders: Folders) -> Path:
    return folders.library.with_name(folders.library.name + ".user")


def leave_note(folders: Folders, **changes: object) -> None:
    fields = {name: getattr(ANNA, name) for name in Holder.__slots__}
    text = json.dumps({**fields, **changes}, default=lambda value: value.isoformat())
    note_of(folders).write_text(text, encoding="utf-8")


def leave_crash(folders: Folders, *drafts: str) -> None:
    """What a killed process of this computer leaves."""
    leave_note(folders, machine=machine_id(), user=login_name(), drafts=list(drafts))


def type_in(desk: Desk, key: str, text: str) -> None:
    view = desk.window.drafts.view
    view.form.go_to(key)
    type_text(view.form.box(key).editors[0], text)


# Who has it


def test_who_has_the_library_and_since_when_is_said_as_long_as_it_lasts(sit_down, folders, draft):
    leave_note(folders, since=datetime.now(UTC).replace(hour=9, minute=12).isoformat())
    desk = sit_down()
    since = library_words.moment(desk.sitting.holder.since)
    assert desk.text("holder") == (
        f"Anna Ek har biblioteket öppet på DATOR-7 sedan {since}. Du kan läsa men inte ändra."
    )
    assert not desk.sitting.library.can_write


def test_when_the_other_ends_one_can_begin_here(sit_down, folders, draft, monkeypatch):
    leave_note(folders)
    desk = sit_down()
    notices = desk.window.findChild(library_notices.LibraryNotices)
    notices.look()
    assert "Anna Ek har" in desk.text("holder")
    note_of(folders).unlink()
    notices.look()
    assert desk.text("holder") == "Anna Ek arbetar inte längre i biblioteket. Nu kan du göra det."
    desk.press("Börja arbeta här")
    assert not desk.window.isVisible()
    again = sit_down(desk.wanted[0]())
    assert again.sitting.library.can_write
    assert again.text("holder") == ""


def test_a_sleeper_whose_library_was_taken_only_reads_and_has_lost_nothing(
    qtbot, sit_down, folders, draft
):
    desk = sit_down()
    desk.window.commands.open("arende-1")
    type_in(desk, "bakgrund", "Skrivet före sömnen")
    leave_note(folders)
    desk.window.findChild(library_notices.LibraryNotices).renew()
    assert not desk.window.isVisible()
    again = sit_down(desk.wanted[0]())
    assert "Anna Ek har biblioteket öppet" in again.text("holder")
    text = plain_text(again.sitting.library.load("arende-1").section("bakgrund").content)
    assert text == "Skrivet före sömnen"


def test_a_folder_where_nobody_may_write_can_be_read_and_the_reason_is_told(
    sit_down, folders, draft, monkeypatch
):
    monkeypatch.setattr(claims, "claim", lambda _path: claims.Unclaimable("du har inte behörighet"))
    desk = sit_down()
    assert desk.text("holder") == (
        "Biblioteket kan inte ändras härifrån: du har inte behörighet. Du kan läsa men inte ändra."
    )


@pytest.mark.parametrize(
    ("holder", "said"),
    [
        (None, "Någon annan har biblioteket öppet. "),
        (replace(ANNA, name=""), "annek har biblioteket öppet på DATOR-7 sedan 24 november "),
        (replace(ANNA, machine=machine_id()), "Anna Ek har biblioteket öppet på den här datorn"),
        (replace(ANNA, since=NINE.replace(year=2020)), " sedan 24 november 2020 "),
    ],
)
def test_whoever_has_it_is_named_as_well_as_can_be(holder, said, monkeypatch):
    class Day(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

    monkeypatch.setattr(library_words, "datetime", Day)
    assert said in library_words.held(holder, "")


# After a crash


def test_after_a_crash_it_is_said_what_was_recovered_and_when_it_was_saved(
    sit_down, folders, draft
):
    with Library.open(folders.library) as library:
        library.add(replace(draft, id="arende-2", title="Parker"))
        saved = library.summaries()[0].changed_at
    leave_crash(folders, "arende-1", "gone", "arende-2")
    desk = sit_down()
    told = desk.text("crash")
    assert told.startswith("Samverkan avslutades oväntat förra gången. Detta har tagits tillvara: ")
    assert f"”Parker”, sparat {saved.astimezone():%H.%M}; ”Lekplatser”, sparat" in told
    assert desk.window.drafts.session.draft.title == "Parker"
    desk.press("Stäng")
    assert desk.text("crash") == ""
    assert not desk.window.strips.isVisible()
    assert sit_down().text("crash") == "", "it was said twice"


def test_after_a_crash_where_nothing_was_written_that_is_said(sit_down, folders, draft):
    leave_crash(folders)
    assert "Inget ärende hade sparats sedan starten" in sit_down().text("crash")


def test_after_a_clean_end_nothing_is_said(sit_down, draft):
    sit_down()
    desk = sit_down()
    assert desk.text("crash") == ""
    assert not desk.window.strips.isVisible()


def test_many_drafts_are_counted_rather_than_named(draft):
    with_titles = [replace(library_words_summary(draft), title=f"Ärende {n}") for n in range(6)]
    assert "Ärende 3”" in library_words.crashed(ANNA, with_titles)
    assert ", och 2 till. " in library_words.crashed(ANNA, with_titles)


def library_words_summary(draft: Draft):
    from samverkan_desktop.store.summary import summary_of

    return summary_of(draft, NINE)


def test_the_note_names_the_drafts_as_they_are_saved(qtbot, sit_down, folders, draft):
    desk = sit_down()
    desk.window.commands.open("arende-1")
    type_in(desk, "bakgrund", "Text")
    qtbot.waitUntil(lambda: not desk.window.drafts.session.has_unsaved, timeout=3000)
    assert json.loads(note_of(folders).read_text("utf-8"))["drafts"] == ["arende-1"]


def test_the_place_of_the_cursor_is_known_without_leaving_and_without_typing(
    qtbot, sit_down, folders, draft
):
    desk = sit_down()
    desk.window.commands.open("arende-1")
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    type_in(desk, "bakgrund", "Nämnden har fått en remiss.")
    state = desk.window.workplace.window_state()

    def place() -> object:
        state.sync()
        return state.value("place/arende-1")

    qtbot.waitUntil(lambda: place() == "bakgrund 27 0", timeout=3000)
    qtbot.waitUntil(lambda: not desk.window.drafts.session.has_unsaved, timeout=3000)
    qtbot.waitUntil(lambda: not desk.window.commands._place_timer.isActive(), timeout=3000)
    editor = desk.window.drafts.view.form.box("bakgrund").editors[0]
    cursor = editor.textCursor()
    cursor.setPosition(7)
    editor.setTextCursor(cursor)
    qtbot.waitUntil(lambda: place() == "bakgrund 7 0", timeout=3000)


def test_the_item_of_the_decision_that_was_written_in_is_found_again(qtbot, sit_down, folders):
    items = ((paragraph("Remissen besvaras."),), (paragraph("Ärendet avslutas."),))
    decided = Draft(
        id="arende-1",
        template="stockholm-remissvar",
        title="Lekplatser",
        decision=(DecisionGroup(items=items),),
    )
    with Library.open(folders.library) as library:
        library.add(decided)
    desk = sit_down()
    desk.window.commands.open("arende-1")
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    form = desk.window.drafts.view.form
    box = next(box for box in form.boxes if len(box.editors) == 2)
    box.focus()
    box.editors[1].setFocus()
    type_text(box.editors[1], "Nu: ")
    place = (box.key, *form.cursor_place())
    desk.window.close()
    again = sit_down()
    again.window.activateWindow()
    qtbot.waitUntil(again.window.isActiveWindow)
    form = again.window.drafts.view.form
    box = form.box(place[0])
    assert (form.current, *form.cursor_place()) == place
    assert again.window.focusWidget() is box.editors[1]
    assert place[1:] == (21, 1)


# Where it lies


@pytest.fixture
def in_onedrive(monkeypatch: pytest.MonkeyPatch, folders: Folders, tmp_path: Path) -> Path:
    """A library in a folder that looks synchronised; the user's own folder is this computer's."""
    path = tmp_path / "OneDrive - Kommunen" / "bibliotek.samverkandb"
    with Library.open(path) as library:
        library.add(Draft(id="arende-1", template="stockholm-remissvar", title="Lekplatser"))
    monkeypatch.setattr(moving, "place_of", lambda _path: Place(Kind.LOCAL))
    return path


def test_a_synchronised_folder_is_warned_about_and_can_be_left(sit_down, in_onedrive, folders):
    desk = sit_down(Start(in_onedrive))
    assert "synkroniseras med OneDrive" in desk.text("place")
    desk.press("Flytta biblioteket till den här datorn")
    assert not desk.window.isVisible()
    desk.sitting.library.close()
    moved = sit_down(desk.wanted[0]())
    assert moved.sitting.library.path == folders.library
    assert moved.sitting.library.load("arende-1").title == "Lekplatser"
    assert f"ligger nu i {folders.user_data}. Den gamla filen finns kvar: " in moved.text("moved")
    assert moved.text("place") == ""

    moved.press("Ångra flytten")
    moved.sitting.library.close()
    back = sit_down(moved.wanted[0]())
    assert back.sitting.library.path == in_onedrive
    assert back.sitting.library.load("arende-1").title == "Lekplatser"


def test_who_wants_it_there_is_not_asked_again(sit_down, in_onedrive):
    desk = sit_down(Start(in_onedrive))
    desk.press("Låt det ligga")
    assert desk.text("place") == ""
    assert sit_down(Start(in_onedrive)).text("place") == ""


def test_a_library_that_was_named_at_the_start_is_not_moved(sit_down, in_onedrive):
    """The next start names it again: it would find nothing there."""
    desk = sit_down(Start(in_onedrive), may_move=False)
    assert "OneDrive" in desk.text("place")
    texts = [b.text() for b in desk.window.strips.findChildren(QPushButton)]
    assert texts == ["Låt det ligga"]


def test_a_move_that_fails_is_told_and_the_library_is_where_it_was(
    sit_down, in_onedrive, folders, monkeypatch
):
    desk = sit_down(Start(in_onedrive))
    desk.press("Flytta biblioteket till den här datorn")
    desk.sitting.library.close()
    folders.library.write_bytes(b"somebody was quicker")
    again = sit_down(desk.wanted[0]())
    assert "det finns redan en fil med det namnet" in again.text("failed")
    assert again.sitting.library.path == in_onedrive


def test_a_network_folder_is_told_in_words():
    said = library_words.bad_place(Place(Kind.NETWORK, "en nätverksmapp"))
    assert "en nätverksmapp" in said
    assert library_words.bad_place(Place(Kind.LOCAL)) == ""


# Others write, and the folder goes away


def test_a_draft_that_another_program_changed_meanwhile_loses_neither_text(
    qtbot, sit_down, folders, draft
):
    desk = sit_down()
    desk.window.commands.open("arende-1")
    type_in(desk, "bakgrund", "Min text")
    desk.window.drafts.session._timer.stop()  # so that it isn't saved before the other writes
    with Library.open(folders.library) as other:
        theirs = other.load("arende-1")
        other.save(replace(theirs, title="Deras rubrik"), theirs)
    assert desk.window.drafts.save_all()
    library = desk.sitting.library
    number = library.history.versions("arende-1")[-1].number
    assert f"kvar under Historik som version {number}" in desk.text("overtaken")
    assert library.history.draft("arende-1", number).title == "Deras rubrik"
    mine = library.load("arende-1")
    assert (mine.title, plain_text(mine.section("bakgrund").content)) == ("Lekplatser", "Min text")


def test_a_change_by_another_program_is_shown_where_nothing_is_unsaved(sit_down, folders, draft):
    desk = sit_down()
    desk.window.commands.open("arende-1")
    desk.window.commands.show_news()
    with Library.open(folders.library) as other:
        theirs = other.load("arende-1")
        other.save(replace(theirs, title="Deras rubrik"), theirs)
        other.add(replace(draft, id="arende-2", title="Ny"))
    desk.window.commands.show_news()
    assert desk.window.drafts.view.form.head.title.text() == "Deras rubrik"


def test_a_draft_that_is_being_written_is_not_shown_anew_under_the_hands(sit_down, folders, draft):
    desk = sit_down()
    desk.window.commands.open("arende-1")
    view = desk.window.drafts.view
    type_in(desk, "bakgrund", "Min text")
    view.session._timer.stop()
    with Library.open(folders.library) as other:
        theirs = other.load("arende-1")
        other.save(replace(theirs, title="Deras rubrik"), theirs)
    desk.window.commands.show_news()
    assert desk.window.drafts.view is view
    assert view.session.has_unsaved


def test_when_the_folder_goes_away_typing_goes_on_and_is_saved_when_it_is_back(
    qtbot, sit_down, folders, draft, tmp_path
):
    desk = sit_down()
    desk.window.commands.open("arende-1")
    folders.user_data.rename(tmp_path / "borta")
    session = desk.window.drafts.session
    with qtbot.waitSignal(session.save_failed, timeout=3000):
        type_in(desk, "bakgrund", "Skrivet utan mapp")
    view = desk.window.drafts.view
    banner = view.findChild(QLabel, "message")
    assert banner.isVisible()
    assert "finns inte längre på sin plats" in banner.text()
    assert "sparas så snart det går" in banner.text()
    assert view.findChild(QLabel, "save-status").text() == "Utkast · Inte sparat"
    type_in(desk, "bakgrund", " och vidare. ")
    assert not folders.user_data.exists(), "an empty folder was put in its place"
    (tmp_path / "borta").rename(folders.user_data)
    qtbot.waitUntil(lambda: not session.has_unsaved, timeout=3000)
    with Library.open(folders.library) as again:
        written = plain_text(again.load("arende-1").section("bakgrund").content)
    assert "utan mapp" in written
    assert "och vidare." in written


def test_what_cannot_be_saved_can_be_kept_in_a_file(
    qtbot, sit_down, folders, draft, tmp_path, monkeypatch
):
    desk = sit_down()
    desk.window.commands.open("arende-1")
    shutil.rmtree(folders.user_data)
    with qtbot.waitSignal(desk.window.drafts.session.save_failed, timeout=3000):
        type_in(desk, "bakgrund", "Får inte försvinna")
    chosen = tmp_path / "räddat.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(chosen), ""))
    view = desk.window.drafts.view
    button = next(b for b in view.findChildren(QPushButton) if b.text() == "Spara i en fil…")
    button.click()
    rescued = read_draft(chosen.read_bytes(), chosen.name)
    assert plain_text(rescued.section("bakgrund").content) == "Får inte försvinna"
    assert str(chosen) in view.findChild(QLabel, "message").text()
    Library.open(folders.library).close()  # so that the window can be closed without a question
    qtbot.waitUntil(lambda: not view.session.has_unsaved, timeout=5000)


# What a start is asked for


def test_a_document_named_at_the_start_is_read_in_like_one_that_is_chosen(
    sit_down, folders, tmp_path, qtbot
):
    document = tmp_path / "gammalt.txt"
    document.write_text("Tjänsteutlåtande\n\nSammanfattning\nBryggan är sliten.\n", "utf-8")
    desk = sit_down(Start(folders.library, Request(file=str(document))))
    qtbot.waitUntil(lambda: desk.window.findChild(ReadingDialog) is not None, timeout=10_000)
    desk.window.findChild(ReadingDialog).accept()
    (added,) = desk.sitting.library.summaries()
    assert "Bryggan är sliten." in str(
        desk.sitting.library.load(added.id).section("sammanfattning")
    )
