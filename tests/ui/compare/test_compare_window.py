"""The window that compares versions, with real keys and clicks on real drafts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
)

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import UnknownVersionError
from samverkan_desktop.domain.text import (
    BulletList,
    Heading,
    Image,
    ListItem,
    Paragraph,
    Span,
    Table,
    paragraph,
    spans,
)
from samverkan_desktop.domain.version import Reason, Version
from tests.ui.test_theme import contrast
from ui.compare import CompareWindow
from ui.compare.browser import ChangeBrowser
from ui.compare.colours import colours_of
from ui.theme import apply_theme, palette

FIRST = Draft(
    id="a",
    template="stockholm-remissvar",
    title="Remiss om lekplatser",
    sections=(
        Section(
            key="bakgrund",
            content=(
                Paragraph((Span("Parken är gammal."),), id="b1"),
                Paragraph((Span("Den byggdes 1962 av dåvarande gatukontoret."),), id="b2"),
                *(Paragraph((Span(f"Stycke nummer {n}."),), id=f"c{n}") for n in range(9)),
            ),
        ),
        Section(key="arendet", content=(Paragraph((Span("Vi föreslår en ny park."),), id="b3"),)),
    ),
)


def changed(draft: Draft) -> Draft:
    """Words, a title, and a paragraph that went to another section."""
    background, matter = draft.sections
    one, two, *rest = background.content
    one = replace(one, spans=(Span("Parken är mycket sliten."),))
    background = replace(background, content=(one, *rest))
    matter = replace(matter, content=(*matter.content, two, paragraph("Helt nytt.")))
    return replace(draft, title="Remiss om parker", sections=(background, matter))


def version(number: int, reason: Reason = Reason.WRITTEN, note: str = "") -> Version:
    at = datetime(2031, 5, 12, 12, number, tzinfo=UTC)
    return Version(number=number, at=at, author="Anna", reason=reason, note=note, sha256="")


class Drafts:
    """Versions of a draft, and the draft as it is now."""

    def __init__(self, *values: Draft) -> None:
        *earlier, self.now = values
        self.earlier = dict(enumerate(earlier, start=1))

    def __call__(self, number: int | None) -> Draft:
        if number is None:
            return self.now
        if number not in self.earlier:
            raise UnknownVersionError(number)
        return self.earlier[number]


@pytest.fixture
def opened(qtbot, catalogue: Catalogue) -> Callable[..., CompareWindow]:
    def make(drafts: Drafts, versions: Sequence[Version] = (version(1),)) -> CompareWindow:
        window = CompareWindow(versions, drafts, catalogue.template)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


@pytest.fixture
def window(opened) -> CompareWindow:
    return opened(Drafts(FIRST, changed(FIRST)))


def browser(window: CompareWindow) -> ChangeBrowser:
    return window.findChild(ChangeBrowser)


def text(window: CompareWindow) -> str:
    return browser(window).toPlainText()


def count(window: CompareWindow) -> str:
    return window.findChild(QLabel, "count").text()


def button(window: CompareWindow, label: str) -> QAbstractButton:
    found = [b for b in window.findChildren(QAbstractButton) if b.isVisible()]
    return next(b for b in found if b.text().replace("&", "") == label)


def click(qtbot, window: CompareWindow, label: str) -> None:
    at = button(window, label)
    place = at.rect().center()
    if isinstance(at, QRadioButton | QCheckBox):
        place.setX(8)
    qtbot.mouseClick(at, Qt.MouseButton.LeftButton, pos=place)


def follow(qtbot, window: CompareWindow, label: str) -> None:
    """Click on a link, where it stands."""
    shown = browser(window)
    cursor = shown.document().find(label)
    assert not cursor.isNull(), label
    cursor.setPosition(cursor.selectionStart() + 1)
    shown.setTextCursor(QTextCursor(cursor))
    shown.ensureCursorVisible()
    point = shown.cursorRect(cursor).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=point)


def marked_line(window: CompareWindow) -> str:
    """What stands beside the sign that is marked."""
    (mark, *_) = browser(window).extraSelections()
    cursor = QTextCursor(mark.cursor)
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
    return cursor.block().text()


def formats(window: CompareWindow, words: str):
    cursor = browser(window).document().find(words)
    assert not cursor.isNull(), words
    return cursor.charFormat()


def test_words_taken_out_and_put_in_can_be_told_apart_without_colour(window) -> None:
    assert formats(window, "gammal").fontStrikeOut()
    assert formats(window, "mycket sliten").fontUnderline()
    assert not formats(window, "Parken är").fontUnderline()
    assert formats(window, "Rubrik:").fontWeight() > 400


def test_the_two_versions_stand_beside_each_other_or_in_one_text(qtbot, window) -> None:
    assert text(window).count("Parken är") == 2
    click(qtbot, window, "I löpande text")
    assert "Parken är gammalmycket sliten." in text(window)
    click(qtbot, window, "Bredvid varandra")
    assert text(window).count("Parken är") == 2


def test_f8_goes_from_change_to_change(qtbot, window) -> None:
    assert count(window) == "Ändring 1 av 4"
    assert marked_line(window).startswith("Rubrik: Remiss om lekplatser")
    qtbot.keyClick(browser(window), Qt.Key.Key_F8)
    assert (count(window), marked_line(window)) == ("Ändring 2 av 4", "Parken är gammal.")
    qtbot.keyClick(browser(window), Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert count(window) == "Ändring 1 av 4"
    assert not button(window, "Föregående").isEnabled()
    for _ in range(5):
        qtbot.keyClick(window, Qt.Key.Key_F8)
    assert count(window) == "Ändring 4 av 4"
    assert not button(window, "Nästa").isEnabled()
    click(qtbot, window, "Föregående")
    assert count(window) == "Ändring 3 av 4"


def test_a_moved_paragraph_leads_to_its_other_place(qtbot, opened) -> None:
    filler = tuple(Paragraph((Span(f"Utfyllnad {n}."),), id=f"f{n}") for n in range(80))
    background, matter = FIRST.sections
    middle = Section(key="beredning", content=filler)
    one, two, *rest = background.content
    edited = tuple(replace(block, spans=(Span("Nu."),)) for block in filler)
    long = replace(FIRST, sections=(background, middle, matter))
    now = replace(
        FIRST,
        sections=(
            replace(background, content=(one, *rest)),
            replace(middle, content=edited),
            replace(matter, content=(*matter.content, two)),
        ),
    )
    window = opened(Drafts(long, now))
    shown = browser(window)
    bar = shown.verticalScrollBar()
    assert "Flyttat hit från Bakgrund" in text(window)
    follow(qtbot, window, "Flyttat härifrån till Ärendet")
    there = shown.document().find("Flyttat hit från Bakgrund")
    assert shown.viewport().rect().contains(shown.cursorRect(there).center())
    below = bar.value()
    follow(qtbot, window, "Flyttat hit från Bakgrund")
    assert bar.value() < below


def test_unchanged_lines_are_folded_and_can_be_shown(qtbot, window) -> None:
    assert "Stycke nummer 5." not in text(window)
    follow(qtbot, window, "Visa 8 oförändrade rader")
    assert "Stycke nummer 5." in text(window)
    click(qtbot, window, "Visa oförändrad text")
    assert "oförändrade rader" not in text(window)
    click(qtbot, window, "Visa oförändrad text")
    assert "Stycke nummer 5." not in text(window)


def test_versions_are_named_by_number_time_author_and_reason(opened) -> None:
    versions = (version(1, Reason.BEGUN), version(2, Reason.NAMED, "Efter mötet"))
    window = opened(Drafts(FIRST, changed(FIRST), changed(FIRST)), versions)
    box = window.findChild(QComboBox, "old")
    names = [box.itemText(index) for index in range(box.count())]
    day = versions[0].at.astimezone().strftime("%Y-%m-%d %H.%M")
    assert names[0] == f"Version 1 · {day} · Anna · före första ändringen"
    assert names[1].endswith("Anna · ”Efter mötet”")
    assert names[2] == "Nu"


def test_other_versions_are_chosen_by_key(qtbot, opened) -> None:
    drafts = Drafts(FIRST, changed(FIRST), changed(FIRST))
    window = opened(drafts, (version(1), version(2)))
    assert count(window) == "Inga ändringar"
    assert text(window).startswith("Ingenting skiljer versionerna åt.")
    box = window.findChild(QComboBox, "old")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert count(window) == "Ändring 1 av 4"


def test_what_is_written_meanwhile_is_seen_when_the_window_is_used_again(qtbot, opened) -> None:
    drafts = Drafts(FIRST, changed(FIRST))
    window = opened(drafts)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    drafts.now = replace(drafts.now, dnr="KS 2031/1")
    window.refresh()
    assert count(window) == "Ändring 2 av 5"
    assert "KS 2031/1" in text(window)


def test_a_version_that_is_gone_is_told(qtbot, opened) -> None:
    drafts = Drafts(FIRST, changed(FIRST), FIRST)
    window = opened(drafts, (version(1), version(2)))
    del drafts.earlier[1]
    window.choose(1, None)
    assert window.findChild(QLabel, "message").text() == "Ärendet har ingen version 1."
    assert text(window).strip() == ""
    window.choose(2, None)
    assert not window.findChild(QLabel, "message").isVisible()


def test_a_whole_version_can_be_asked_back(qtbot, window) -> None:
    with qtbot.waitSignal(window.restore_wanted) as asked:
        click(qtbot, window, "Återställ hela version 1…")
    assert asked.args == [1]


def test_a_section_can_be_asked_back_where_it_is_shown(qtbot, window) -> None:
    with qtbot.waitSignal(window.restore_section_wanted) as asked:
        follow(qtbot, window, "Återställ avsnittet")
    assert asked.args == [1, "bakgrund"]


def test_the_section_of_the_current_change_can_be_asked_back(qtbot, window) -> None:
    offered = window.findChild(QPushButton, "restore-section")
    assert not offered.isVisible()  # the title is in no section
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F8)
    assert offered.accessibleName() == "Återställ avsnittet Ärendet"
    with qtbot.waitSignal(window.restore_section_wanted) as asked:
        click(qtbot, window, "Återställ avsnittet")
    assert asked.args == [1, "arendet"]


def test_what_can_be_gone_back_to_is_the_version_that_is_not_now(opened) -> None:
    window = opened(Drafts(FIRST, FIRST, changed(FIRST)), (version(1), version(2)))
    offered = window.findChild(QPushButton, "restore-version")
    assert offered.text() == "Återställ &hela version 2…"
    window.choose(1, None)
    assert offered.text() == "Återställ &hela version 1…"
    window.choose(None, 2)
    assert offered.text() == "Återställ &hela version 2…"


def test_nothing_can_be_gone_back_to_when_now_is_compared_with_now(opened) -> None:
    window = opened(Drafts(FIRST), ())
    assert not window.findChild(QPushButton, "restore-version").isVisible()


def test_every_kind_of_line_is_shown_as_what_it_is(opened) -> None:
    """And what it becomes is told in words under it."""
    item = BulletList((ListItem((paragraph("En punkt som finns kvar."),)),))
    picture = Image("karta.png", "Karta över parken", spans("Kartan är från 1962"))
    table = Table(header=(spans("Post"), spans("Tkr")), rows=((spans("Mark"), spans("40")),))
    old = replace(
        FIRST,
        sections=(
            Section(key="egen-1", heading="Borttaget", content=(paragraph("Det som var."),)),
            Section(key="bakgrund", content=(Heading(2, spans("Nuläge i parken")), item, picture)),
        ),
    )
    plain = (Heading(3, spans("Nuläge i parken")), paragraph("En punkt som finns kvar."), picture)
    styled = Paragraph((Span("Fet", bold=True), Span(" och "), Span("kursiv", italic=True)))
    now = replace(
        FIRST,
        sections=(
            Section(key="bakgrund", content=(*plain, table, styled, paragraph(""))),
            Section(key="egen-2", heading="Tillagt", content=(paragraph("Rad ett\nrad  två"),)),
        ),
    )
    window = opened(Drafts(old, now))
    page = text(window)
    assert "Borttaget borttaget avsnitt" in page
    assert "Tillagt nytt avsnitt" in page
    assert "underrubrik på nivå 2 → underrubrik på nivå 3" in page
    assert "• En punkt som finns kvar." in page
    assert "stycke i punkt → stycke" in page
    assert "Bild karta.png: Karta över parken" in page
    assert "Mark │ 40" in page
    assert "(tom rad)" in page
    assert formats(window, "Fet").fontWeight() > 400
    assert formats(window, "kursiv").fontItalic()
    assert formats(window, "Post").fontWeight() > 400
    assert formats(window, "Kartan är från").fontItalic()


def test_new_marks_are_named_under_the_line(opened) -> None:
    old = replace(FIRST, sections=(Section(key="bakgrund", content=(paragraph("Viktigt nu."),)),))
    bold = Paragraph((Span("Viktigt", bold=True), Span(" nu.")))
    now = replace(FIRST, sections=(Section(key="bakgrund", content=(bold,)),))
    assert "Stil: fet" in text(opened(Drafts(old, now)))


def test_a_section_that_only_moved_can_not_be_taken_back(qtbot, opened) -> None:
    now = replace(FIRST, sections=FIRST.sections[::-1])
    window = opened(Drafts(FIRST, now))
    assert "flyttat avsnitt" in text(window)
    assert "Återställ avsnittet" not in text(window)
    assert not window.findChild(QPushButton, "restore-section").isVisible()


def test_a_screen_reader_is_told_which_change_is_shown(qtbot, window, monkeypatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "ui.compare.change_bar.QAccessible.updateAccessibility",
        lambda event: told.append(event.message()),
    )
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert told == ["Ändring 2 av 4, Bakgrund"]


def test_what_looks_like_markup_is_text(opened) -> None:
    title = "<b>R&D</b> &amp; \"x\" <a href='x'>"
    window = opened(Drafts(FIRST, replace(FIRST, title=title)))
    assert title in text(window)


def test_mnemonics_do_not_clash_and_everything_has_a_name(qtbot, window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F8)
    kinds = (QLabel, QPushButton, QRadioButton, QCheckBox)
    texts = [w.text() for kind in kinds for w in window.findChildren(kind) if w.isVisible()]
    letters = [label[label.index("&") + 1].lower() for label in texts if "&" in label]
    assert len(letters) == len(set(letters)) >= 10
    for box in window.findChildren(QComboBox):
        assert box.accessibleName()
    assert browser(window).accessibleName()


@pytest.mark.parametrize("dark", [False, True])
def test_every_ink_can_be_read(dark: bool) -> None:
    colours = palette(dark=dark)
    page = colours_of(colours)
    base = colours.color(QPalette.ColorRole.Base)
    for ink in (*page.words.values(), page.moved):
        assert contrast(QColor(ink.text), QColor(ink.ground)) >= 4.5
    assert contrast(QColor(page.quiet), base) >= 4.5
    assert contrast(QColor(page.link), base) >= 4.5


def test_light_and_dark_are_followed(qapp, window) -> None:
    light = formats(window, "gammal").background().color()
    try:
        apply_theme(qapp, "dark")
        dark = formats(window, "gammal").background().color()
    finally:
        apply_theme(qapp, "system")
        qapp.setPalette(qapp.style().standardPalette())
    assert light.lightness() > 128 > dark.lightness()
