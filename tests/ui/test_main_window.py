"""The window as an officer uses it: keys and clicks in, library and screen out."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pdf_documents import page_texts
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPushButton,
    QWidget,
)

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft, Section, Signatory
from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.text import paragraph, plain_text
from samverkan_desktop.export.text import write_text
from samverkan_desktop.files import Folders
from samverkan_desktop.settings import Settings, save_settings
from samverkan_desktop.store.library import Library
from tests.ui.keys import type_text
from ui.editor.section_editor import SectionEditor
from ui.library_model import DETAIL_ROLE
from ui.main_window import MainWindow
from ui.settings_dialog import SettingsDialog
from ui.tasks import TaskRunner
from ui.workplace import Workplace

TITLE = "Remiss om lekplatser"


@pytest.fixture
def open_window(
    qtbot, library: Library, catalogue: Catalogue, folders: Folders
) -> Iterator[Callable[[], MainWindow]]:
    """Opens the window, as often as asked for; the library stays the same."""
    opened: list[tuple[MainWindow, TaskRunner]] = []

    def close_all() -> None:
        for window, runner in opened:
            window.close()
            runner.close()
        opened.clear()

    def open_one() -> MainWindow:
        close_all()
        runner = TaskRunner()
        window = MainWindow(Workplace(library, catalogue, folders, runner))
        qtbot.addWidget(window)
        opened.append((window, runner))
        window.show()
        qtbot.waitExposed(window)
        return window

    yield open_one
    close_all()


@pytest.fixture
def window(open_window, draft: Draft) -> MainWindow:
    """The window with the draft open."""
    window = open_window()
    window.commands.open(draft.id)
    return window


def child(parent: QWidget, kind: type, name: str):
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def editor(window: MainWindow, key: str) -> SectionEditor:
    return child(window.drafts.view, SectionEditor, f"editor:{key}")


def named(parent: QWidget, name: str) -> QWidget:
    """Find a widget by what a screen reader calls it."""
    return next(w for w in parent.findChildren(QWidget) if w.accessibleName() == name)


def saved_text(library: Library, catalogue: Catalogue, draft_id: str) -> str:
    draft = library.load(draft_id)
    return write_text(compose(draft, catalogue.template(draft.template)))


def test_what_was_typed_yesterday_is_there_today(qtbot, window, open_window, library, draft):
    view = window.drafts.view
    view.form.head.title.end(False)
    type_text(view.form.head.title, " i norra staden")
    window.drafts.view.form.go_to("bakgrund")
    type_text(editor(window, "bakgrund"), "Nämnden har fått en remiss.")
    qtbot.waitUntil(lambda: not view.session.has_unsaved, timeout=3000)

    again = open_window()
    assert again.drafts.view.session.draft.title == f"{TITLE} i norra staden"
    assert editor(again, "bakgrund").toPlainText() == "Nämnden har fått en remiss."
    assert again.drafts.view.form.current == "bakgrund"


def test_closing_the_window_saves_at_once(qtbot, window, library, draft):
    type_text(editor(window, "bakgrund"), "Skrivet i sista stund")
    window.close()
    assert "sista stund" in plain_text(library.load(draft.id).section("bakgrund").content)


def test_the_status_says_saved_only_when_it_is(qtbot, window, monkeypatch, library, draft):
    status = child(window.drafts.view, QLabel, "save-status")
    write = Library.save

    def full(self, draft, previous):
        raise WriteError(self.path, "disken är full")

    monkeypatch.setattr(Library, "save", full)
    with qtbot.waitSignal(window.drafts.view.session.save_failed, timeout=3000):
        type_text(editor(window, "bakgrund"), "Viktigt")
    assert status.text() == "Utkast · Inte sparat"
    banner = child(window.drafts.view, QLabel, "message")
    assert banner.isVisible()
    assert "disken är full" in banner.text()
    assert editor(window, "bakgrund").toPlainText() == "Viktigt"
    monkeypatch.setattr(Library, "save", write)
    with qtbot.waitSignal(window.drafts.view.session.saved, timeout=3000):
        pass
    assert status.text().startswith("Utkast · Sparat ")
    assert not banner.isVisible()


def test_every_section_of_the_document_type_is_offered_in_its_order(window, catalogue, draft):
    template = catalogue.template(draft.template)
    outline = child(window.drafts.view, QListWidget, "outline")
    shown = [outline.item(row).text()[2:] for row in range(outline.count())]
    assert shown == [slot.heading for slot in template.slots]


def test_a_clicked_line_of_the_outline_puts_the_cursor_in_its_section(qtbot, window):
    outline = child(window.drafts.view, QListWidget, "outline")
    row = next(r for r in range(outline.count()) if "Bakgrund" in outline.item(r).text())
    spot = outline.visualItemRect(outline.item(row)).center()
    qtbot.mouseClick(outline.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.focusWidget() is editor(window, "bakgrund")


def test_the_outline_tells_empty_begun_and_done_apart(qtbot, window):
    outline = child(window.drafts.view, QListWidget, "outline")
    row = next(r for r in range(outline.count()) if "Bakgrund" in outline.item(r).text())
    assert outline.item(row).text().startswith("○")
    type_text(editor(window, "bakgrund"), "Text")
    qtbot.waitUntil(lambda: outline.item(row).text().startswith("◐"), timeout=3000)
    qtbot.mouseClick(named(window, "Markera som klar: Bakgrund"), Qt.MouseButton.LeftButton)
    assert outline.item(row).text().startswith("●")
    assert "klart" in outline.item(row).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_deleted_draft_is_back_after_undo(qtbot, window, library, draft):
    window.commands.delete(draft.id)
    assert library.summaries() == []
    assert window.drafts.view is None
    qtbot.mouseClick(child(window, QPushButton, "undo"), Qt.MouseButton.LeftButton)
    assert [s.id for s in library.summaries()] == [draft.id]
    assert window.drafts.view.session.draft.title == TITLE


def test_the_library_is_seen_when_no_draft_is_open(window, open_window, draft):
    """Without it nothing tells where a draft is to be chosen."""
    window.show()
    child(window, QAction, "show_library").setChecked(False)
    window = open_window()
    assert window.drafts.view is not None
    assert window.panel.isHidden()
    window.commands.duplicate(draft.id)
    assert window.panel.isHidden()
    window.commands.delete(window.drafts.view.session.draft.id)
    assert not window.panel.isHidden()
    child(window, QAction, "show_library").setChecked(False)
    assert not open_window().panel.isHidden()


def test_a_deleted_draft_can_be_taken_out_of_the_bin(qtbot, window, library, draft):
    window.commands.delete(draft.id)
    qtbot.mouseClick(child(window, QPushButton, "bin"), Qt.MouseButton.LeftButton)
    listed = child(window, QListView, "library-list")
    assert TITLE in listed.model().index(0, 0).data()
    window.panel.restore_wanted.emit(draft.id)
    assert [s.id for s in library.summaries()] == [draft.id]


def test_text_that_cannot_be_saved_is_not_thrown_in_the_bin(
    qtbot, window, library, draft, monkeypatch
):
    type_text(editor(window, "bakgrund"), "Osparat")

    def full(self, draft, previous):
        raise WriteError(self.path, "disken är full")

    with monkeypatch.context() as patch:
        patch.setattr(Library, "save", full)
        window.commands.delete(draft.id)
        assert [s.id for s in library.summaries()] == [draft.id]
        assert window.drafts.view is not None


def test_search_finds_a_word_inside_a_draft_by_its_beginning(qtbot, window, library):
    other = Draft(
        id="arende-2",
        template="stockholm-anmalan",
        title="Belysning",
        sections=(Section(key="bakgrund", content=(paragraph("En trygghetsstrategi finns."),)),),
    )
    library.add(other)
    search = child(window, QLineEdit, "library-search")
    type_text(search, "trygghet")
    model = child(window, QListView, "library-list").model()
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=3000)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert window.drafts.view.session.draft.title == "Belysning"


def test_undo_in_a_section_survives_a_visit_to_another_draft(qtbot, window, library, draft):
    library.add(Draft(id="arende-2", template="stockholm-anmalan", title="Ett annat"))
    written = editor(window, "bakgrund")
    type_text(written, "abc")
    window.commands.open("arende-2")
    window.commands.open(draft.id)
    assert editor(window, "bakgrund") is written
    qtbot.keyClick(written, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert written.toPlainText() == ""


def test_a_renamed_and_hidden_section_is_so_in_the_document(
    qtbot, window, library, catalogue, draft
):
    type_text(editor(window, "bakgrund"), "Nämnden frågar.")
    type_text(editor(window, "sammanfattning"), "Kort sagt.")
    heading = next(
        line for line in window.drafts.view.findChildren(QLineEdit) if line.text() == "Bakgrund"
    )
    heading.selectAll()
    type_text(heading, "Vad har hänt")
    session = window.drafts.view.session
    session.edit_section("sammanfattning", lambda s: replace(s, hidden=True))
    session.save()
    text = saved_text(library, catalogue, draft.id)
    assert "Vad har hänt\n\nNämnden frågar." in text
    assert "Bakgrund" not in text
    assert "Kort sagt" not in text


def test_a_new_heading_is_typed_over_the_old_one_and_enter_goes_to_the_text(qtbot, window, draft):
    window.activateWindow()
    header = window.drafts.view.form.box("bakgrund").header
    header.more_menu.aboutToShow.emit()
    header.more_menu.actions()[0].trigger()
    qtbot.waitUntil(header.heading.hasFocus)
    type_text(window.focusWidget(), "Vad har hänt")
    assert window.drafts.view.session.entry("bakgrund").heading == "Vad har hänt"
    qtbot.keyClick(header.heading, Qt.Key.Key_Return)
    assert editor(window, "bakgrund").hasFocus()


@pytest.mark.parametrize("what", ["Beslutspunkt 1", "Bakgrund", "Skäl till att Bakgrund inte"])
def test_what_one_writes_in_stays_where_it_is_when_help_comes_beside_it(qtbot, window, what):
    window.resize(1600, 900)
    form = window.drafts.view.form
    box = form.box("beslut" if what.startswith("Beslut") else "bakgrund")
    if what.startswith("Skäl"):
        box.toggle_applicable()
    form.go_to(box.key)
    field = next(w for w in box.findChildren(QWidget) if w.accessibleName().startswith(what))
    form.show_help(on=False)
    before = settled(qtbot, lambda: field.mapTo(box, QPoint()).y())
    form.show_help(on=True)
    helping = next(w for w in box.findChildren(QLabel) if len(w.text()) > 100)
    qtbot.waitUntil(lambda: helping.height() > field.height())
    assert settled(qtbot, lambda: field.mapTo(box, QPoint()).y()) == before


def settled(qtbot, read: Callable[[], int]) -> int:
    """Return a measure once the form has been laid out: it stays the same while events pass."""
    seen: list[int] = []

    def stays() -> bool:
        seen.append(read())
        return len(seen) > 5 and len(set(seen[-5:])) == 1

    qtbot.waitUntil(stays)
    return seen[-1]


def test_a_section_moved_up_stands_before_the_other(qtbot, window, library, catalogue, draft):
    type_text(editor(window, "sammanfattning"), "Först.")
    type_text(editor(window, "bakgrund"), "Sedan.")
    window.drafts.view.form.go_to("bakgrund")
    window.drafts.view.form.move_current(-1)
    window.drafts.view.session.save()
    text = saved_text(library, catalogue, draft.id)
    assert text.index("Sedan.") < text.index("Först.")
    assert editor(window, "bakgrund").toPlainText() == "Sedan."


def test_an_own_section_is_added_named_and_printed(qtbot, window, library, catalogue, draft):
    window.drafts.view.form.go_to("bakgrund")
    window.drafts.view.form.add_section()
    view = window.drafts.view
    type_text(view.window().focusWidget(), "Tidplan")
    key = view.form.current
    type_text(editor(window, key), "Arbetet börjar i maj.")
    view.session.save()
    assert "Tidplan\n\nArbetet börjar i maj." in saved_text(library, catalogue, draft.id)


def test_not_applicable_asks_for_the_reason_and_keeps_the_text(
    qtbot, window, library, catalogue, draft
):
    type_text(editor(window, "barn"), "Utkast till text.")
    box = window.drafts.view.form.box("barn")
    box.toggle_applicable()
    reason = named(window, "Skäl till att Barnrättsperspektiv inte är tillämpligt")
    type_text(reason, "Beslutet rör bara ett internt register.")
    window.drafts.view.session.save()
    text = saved_text(library, catalogue, draft.id)
    assert "Ej tillämpligt. Beslutet rör bara ett internt register." in text
    assert "Utkast till text." not in text
    box.toggle_applicable()
    window.drafts.view.session.save()
    assert "Utkast till text." in saved_text(library, catalogue, draft.id)


def test_decision_items_are_written_added_and_numbered(qtbot, window, library, catalogue, draft):
    view = window.drafts.view
    first = child(view, SectionEditor, "decision-item:0")
    type_text(first, "Remissen besvaras.")
    qtbot.mouseClick(child(view, QPushButton, "add-item"), Qt.MouseButton.LeftButton)
    type_text(child(view, SectionEditor, "decision-item:1"), "Paragrafen justeras omedelbart.")
    view.session.save()
    (group,) = library.load(draft.id).decision
    assert [plain_text(item) for item in group.items] == [
        "Remissen besvaras.",
        "Paragrafen justeras omedelbart.",
    ]
    text = saved_text(library, catalogue, draft.id)
    assert "1. Remissen besvaras." in text
    assert "2. Paragrafen justeras omedelbart." in text


def test_signatories_and_attachments_are_added_by_keyboard(
    qtbot, window, library, catalogue, draft
):
    view = window.drafts.view
    for attribute, fields in {
        "signatories": {"Namn, underskrift 1": "Ada Exempel", "Titel, underskrift 1": "Direktör"},
        "attachments": {"Bilagans namn, bilaga 1": "Kartan"},
    }.items():
        qtbot.mouseClick(child(view, QPushButton, f"add-{attribute}"), Qt.MouseButton.LeftButton)
        for name, text in fields.items():
            type_text(named(view, name), text)
    view.session.save()
    text = saved_text(library, catalogue, draft.id)
    assert "Ada Exempel\nDirektör" in text
    assert "Bilaga\n\nKartan" in text


def test_a_date_is_understood_as_people_write_it_and_a_wrong_one_is_told(qtbot, window, draft):
    meeting = named(window, "Sammanträdesdatum")
    type_text(meeting, "26/11 2026")
    assert window.drafts.view.session.draft.meeting_date.isoformat() == "2026-11-26"
    meeting.clear()
    type_text(meeting, "2026-13-40")
    qtbot.keyClick(meeting, Qt.Key.Key_Tab)
    assert window.drafts.view.session.draft.meeting_date is None
    remarks = [w.text() for w in window.findChildren(QLabel) if w.isVisible()]
    assert any("Skriv datumet som" in text for text in remarks)


def test_every_control_has_a_name_for_a_screen_reader(window):
    """WCAG 2.1, 4.1.2: a control that takes the focus says what it is."""
    silent = [
        f"{type(w).__name__} {w.objectName()}"
        for w in window.findChildren(QWidget)
        if w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.isVisible()
        and not (w.accessibleName() or getattr(w, "text", str)())
        and w.focusProxy() is None
        and not w.objectName().startswith("qt_")
    ]
    assert silent == []


def test_tab_goes_through_the_form_as_it_is_read(window):
    """From the title on, each section's editor comes after the one before it in the document."""
    view = window.drafts.view
    order = {e: i for i, e in enumerate(view.form.editors)}
    widget, met = view.form.head.title, []
    for _ in range(2000):
        widget = widget.nextInFocusChain()
        if widget is view.form.head.title:
            break
        if widget in order and widget.isVisible():
            met.append(order[widget])
    assert len(met) > 5
    assert met == sorted(met)


def test_find_goes_through_all_sections_and_around(qtbot, window):
    type_text(editor(window, "bakgrund"), "Första ekorren.")
    type_text(editor(window, "arendet"), "Andra ekorren.")
    bar = window.drafts.view.find_bar
    bar.begin()
    type_text(bar.line, "ekorren")
    places = []
    for _ in range(3):
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
        places.append(window.drafts.view.form.current)
    assert places == ["bakgrund", "arendet", "bakgrund"]
    bar.line.setText("giraff")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    remarks = [w.text() for w in bar.findChildren(QLabel)]
    assert "Finns inte i ärendet" in remarks


@pytest.mark.parametrize("where", ["title", "section"])
def test_ctrl_e_exports_wherever_the_cursor_is(qtbot, window, where):
    """X11's text fields take Ctrl+E as "end of line"; in this window it means export."""
    widget = window.drafts.view.form.head.title if where == "title" else editor(window, "bakgrund")
    window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus, timeout=3000)
    qtbot.keyClick(widget, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = [w for w in window.findChildren(QDialog) if w.isVisible()]
    assert dialog.windowTitle() == "Exportera"
    dialog.reject()


def open_export(window: MainWindow) -> QDialog:
    child(window, QAction, "export").trigger()
    (dialog,) = [w for w in window.findChildren(QDialog) if w.isVisible()]
    return dialog


def test_the_folder_of_the_last_export_is_proposed_unless_the_settings_name_one(
    qtbot, window, folders, tmp_path
):
    dialog = open_export(window)
    child(dialog, QLineEdit, "folder").setText(str(tmp_path))
    with qtbot.waitSignal(dialog.exported):
        dialog.accept()
    dialog.accept()
    dialog = open_export(window)
    child(dialog, QLineEdit, "folder").setText("/finns/inte")
    dialog.reject()
    dialog = open_export(window)
    assert child(dialog, QLineEdit, "folder").text() == str(tmp_path)
    dialog.reject()
    save_settings(folders, Settings(export_folder="/enligt/inställningarna"))
    dialog = open_export(window)
    assert child(dialog, QLineEdit, "folder").text() == "/enligt/inställningarna"
    dialog.reject()


def test_the_check_names_what_is_missing_and_leads_to_it(qtbot, window):
    """A required section without text is found while one writes, and a click goes there."""
    findings = child(window, QListWidget, "findings")

    def lines() -> list[str]:
        return [findings.item(row).text() for row in range(findings.count())]

    qtbot.waitUntil(lambda: any("Ärendets beredning" in line for line in lines()), timeout=5000)
    assert window.side.tabText(1).startswith("Kontroll ")
    window.side.setCurrentWidget(window.checks)
    row = next(r for r, line in enumerate(lines()) if line.startswith("Ärendets beredning"))
    spot = findings.visualItemRect(findings.item(row)).center()
    qtbot.mouseClick(findings.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert window.focusWidget() is editor(window, "beredning")
    type_text(editor(window, "beredning"), "Ärendet har beretts inom staben.")
    qtbot.waitUntil(lambda: not any("Ärendets beredning" in s for s in lines()), timeout=5000)


def test_a_finding_in_a_paragraph_puts_the_cursor_in_it(qtbot, window):
    type_text(editor(window, "bakgrund"), "Klart.\nSkriv [datum] här.")
    window.drafts.view.session.save()
    findings = child(window, QListWidget, "findings")

    def row_about(word: str) -> int:
        found = [r for r in range(findings.count()) if word in findings.item(r).text()]
        return found[0] if found else -1

    qtbot.waitUntil(lambda: row_about("[datum]") >= 0, timeout=5000)
    window.side.setCurrentWidget(window.checks)
    spot = findings.visualItemRect(findings.item(row_about("[datum]"))).center()
    qtbot.mouseClick(findings.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    cursor = editor(window, "bakgrund").textCursor()
    assert cursor.block().text() == "Skriv [datum] här."


def test_a_removed_decision_item_is_back_after_undo(qtbot, window, library, draft):
    view = window.drafts.view
    type_text(child(view, SectionEditor, "decision-item:0"), "Första punkten.")
    qtbot.mouseClick(child(view, QPushButton, "add-item"), Qt.MouseButton.LeftButton)
    type_text(child(view, SectionEditor, "decision-item:1"), "Andra punkten.")
    qtbot.mouseClick(named(view, "Ta bort beslutspunkt 1"), Qt.MouseButton.LeftButton)
    assert len(view.session.draft.decision[0].items) == 1
    qtbot.mouseClick(child(window, QPushButton, "undo"), Qt.MouseButton.LeftButton)
    (group,) = window.drafts.view.session.draft.decision
    assert [plain_text(item) for item in group.items] == ["Första punkten.", "Andra punkten."]
    assert child(window.drafts.view, SectionEditor, "decision-item:0").toPlainText() == (
        "Första punkten."
    )


def test_undo_of_a_removal_is_offered_only_until_something_is_written(qtbot, window):
    """Putting back takes the whole draft back; what was written since must not go with it."""
    view = window.drafts.view
    qtbot.mouseClick(child(view, QPushButton, "add-signatories"), Qt.MouseButton.LeftButton)
    type_text(named(view, "Namn, underskrift 1"), "Ada Exempel")
    qtbot.mouseClick(named(view, "Ta bort underskrift 1"), Qt.MouseButton.LeftButton)
    assert window.undo_bar.isVisible()
    type_text(editor(window, "bakgrund"), "Nytt")
    assert not window.undo_bar.isVisible()


def test_the_toolbar_writes_nowhere_when_the_cursor_is_in_no_section(window, qtbot):
    view = window.drafts.view
    window.activateWindow()
    editor(window, "bakgrund").setFocus()
    qtbot.waitUntil(view.toolbar.isEnabled, timeout=3000)
    view.form.head.title.setFocus()
    qtbot.waitUntil(lambda: not view.toolbar.isEnabled(), timeout=3000)


def test_the_bin_has_a_button_to_restore_what_is_chosen(qtbot, window, library, draft):
    window.commands.delete(draft.id)
    qtbot.mouseClick(child(window, QPushButton, "bin"), Qt.MouseButton.LeftButton)
    restore = child(window, QPushButton, "restore")
    assert not restore.isEnabled()
    listed = child(window, QListView, "library-list")
    spot = listed.visualRect(listed.model().index(0, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert [s.id for s in library.summaries()] == [draft.id]
    assert not restore.isEnabled()


def test_a_hit_shows_the_text_around_the_words(qtbot, window, library, draft):
    type_text(editor(window, "bakgrund"), "En lång mening om ekorrar i parken.")
    window.drafts.view.session.save()
    type_text(child(window, QLineEdit, "library-search"), "ekorrar")
    model = child(window, QListView, "library-list").model()
    qtbot.waitUntil(
        lambda: "ekorrar i parken" in str(model.index(0, 0).data(DETAIL_ROLE)), timeout=3000
    )


def test_a_changed_setting_is_seen_in_the_preview(qtbot, window, library, draft, monkeypatch):
    made = []
    monkeypatch.setattr(window.preview, "show_document", lambda make, _draft: made.append(make))
    signed = replace(library.load(draft.id), signatories=(Signatory(name="Bo Lind"),))
    window.commands.open(library.add(replace(signed, id="arende-2")).id)
    window.findChild(QAction, "settings").trigger()
    made.clear()
    dialog = window.findChild(SettingsDialog)
    dialog.findChild(QCheckBox).click()
    dialog.accept()
    assert "[Underskrift_1]" in page_texts(made[-1](silent).data)[0]


def test_the_icons_follow_when_the_colours_change(qtbot, window):
    """Readable on light and dark: the drawing's colour is near the palette's text."""
    button = named(window, "Mer om Bakgrund")
    for text in ("#ffffff", "#000000"):
        palette = window.palette()
        palette.setColor(QPalette.ColorRole.ButtonText, QColor(text))
        button.setPalette(palette)
        image = button.icon().pixmap(16, 16).toImage()
        drawn = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 200
        ]
        assert drawn
        assert all(abs(colour.lightness() - QColor(text).lightness()) < 60 for colour in drawn)


def test_the_edit_menu_works_on_the_text_with_the_cursor(qtbot, window):
    written = editor(window, "bakgrund")
    window.activateWindow()
    written.setFocus()
    qtbot.waitUntil(written.hasFocus, timeout=3000)
    type_text(written, "abc")
    window.findChild(QAction, "undo").trigger()
    assert written.toPlainText() == ""
    window.findChild(QAction, "redo").trigger()
    assert written.toPlainText() == "abc"


def test_ctrl_z_takes_back_what_was_just_removed_and_then_undoes_text_again(qtbot, window):
    window.activateWindow()
    session = window.drafts.view.session
    text = editor(window, "bakgrund")
    text.setFocus()
    type_text(text, "Nämnden frågar.")
    signed = (Signatory(name="Bo Lind"), Signatory(name="Eva Ask"))
    session.edit(lambda draft: replace(draft, signatories=signed))
    session.remove("Underskrift 2 togs bort.", lambda d: replace(d, signatories=signed[:1]))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    session = window.drafts.view.session
    assert session.draft.signatories == signed
    text = editor(window, "bakgrund")
    assert text.toPlainText() == "Nämnden frågar."
    text.setFocus()
    type_text(text, "Igen. ")
    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Igen" not in editor(window, "bakgrund").toPlainText()
    assert session.draft.signatories == signed


def test_ctrl_y_does_again_what_was_undone(qtbot, window):
    window.activateWindow()
    text = editor(window, "bakgrund")
    text.setFocus()
    type_text(text, "Nämnden frågar.")
    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText().rstrip() == "Nämnden"  # a word at a time
    qtbot.keyClick(text, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText() == "Nämnden frågar."


def test_a_draft_can_be_opened_by_the_beginning_of_its_id(window, draft):
    window.drafts.close_draft(draft.id)
    window.commands.open_named(draft.id[:5])
    assert window.drafts.view.session.draft.id == draft.id
    window.commands.open_named("finns-inte")
    assert "inget ärende med id finns-inte" in window.undo_bar.text
