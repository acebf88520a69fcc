"""The preview panel, with real PDFs, drawn by PDFium in its thread."""

import threading

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from small_pdf import HEIGHT, made_pdf

from samverkan_desktop.domain.errors import JobCancelledError
from samverkan_desktop.domain.export_errors import ExportError
from ui.preview import PreviewPanel
from ui.preview_layout import Spot
from ui.preview_making import MadePdf
from ui.preview_view import TOP, PageView
from ui.tasks import TaskRunner
from ui.theme import apply_theme


@pytest.fixture
def runner(qapp):
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def panel(qtbot, runner):
    panel = PreviewPanel(runner)
    panel.resize(500, 600)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def view_of(panel: PreviewPanel) -> PageView:
    return panel.findChild(PageView, "preview-pages")


def page_label(panel: PreviewPanel) -> str:
    return panel.findChild(QLabel, "preview-page").text()


def strip(panel: PreviewPanel) -> str:
    label = panel.findChild(QLabel, "message")
    return label.text() if label.isVisible() else ""


def making(pages: int, mark: str = ""):
    data = made_pdf(pages, mark)
    return lambda _progress: data


def has_ink(panel: PreviewPanel) -> bool:
    """Whether something is printed in the upper part of the view: text, not only white paper."""
    picture = view_of(panel).viewport().grab().toImage()
    area = QRect(40, 10, picture.width() - 80, picture.height() // 2)
    return any(
        picture.pixelColor(x, y).lightness() < 100
        for y in range(area.top(), area.bottom())
        for x in range(area.left(), area.right())
    )


def show(panel: PreviewPanel, qtbot, make, draft: str = "a") -> None:
    panel.show_document(make, draft)
    qtbot.waitUntil(lambda: "Sida" in page_label(panel) and has_ink(panel))


def test_the_pages_are_shown_and_counted(panel, qtbot):
    show(panel, qtbot, making(5))
    assert page_label(panel) == "Sida 1 av 5"
    assert view_of(panel).accessibleDescription() == "Sida 1 av 5"
    assert strip(panel) == ""


def test_paper_is_white_also_in_the_dark_and_before_it_is_drawn(qtbot, qapp):
    apply_theme(qapp, "dark")
    try:
        view = PageView()
        qtbot.addWidget(view)
        view.resize(400, 500)
        view.show()
        view.show_pages(((595.0, 842.0),), TOP)
        picture = view.viewport().grab().toImage()
        assert picture.pixelColor(picture.width() // 2, 300).lightness() == 255
        assert picture.pixelColor(3, 300).lightness() < 60
    finally:
        apply_theme(qapp, "system")
        qapp.setPalette(qapp.style().standardPalette())


def test_nothing_is_made_while_the_panel_is_folded_away(panel, qtbot):
    made = []

    def make(_progress):
        made.append(True)
        return made_pdf(1)

    panel.show_document(make, "a")
    panel.hide()
    panel._pause.timeout.emit()
    panel.show_document(make, "a")
    panel._pause.timeout.emit()
    QApplication.processEvents()
    assert made == []
    panel.show()
    qtbot.waitUntil(lambda: page_label(panel) == "Sida 1 av 1")
    assert made == [True]


def test_typing_makes_the_document_once_when_it_pauses(panel, qtbot):
    show(panel, qtbot, making(1))
    made = []
    for number in range(2, 12):

        def make(_progress, n=number):
            made.append(n)
            return made_pdf(n)

        panel.show_document(make, "a")
        QApplication.processEvents()
    qtbot.waitUntil(lambda: page_label(panel) == "Sida 1 av 11")
    assert made == [11]


def test_an_older_document_never_replaces_a_newer(panel, qtbot, runner):
    show(panel, qtbot, making(1))
    begun, go, stopped = threading.Event(), threading.Event(), []

    def slow(progress):
        begun.set()
        go.wait(10)
        try:
            progress(1, 2)
        except JobCancelledError:
            stopped.append(True)
            raise
        return made_pdf(9)

    panel.show_document(slow, "a")
    qtbot.waitUntil(begun.is_set)
    panel.show_document(making(3), "a")
    panel._pause.timeout.emit()  # the pause is over
    go.set()
    seen = []
    view_of(panel).page_changed.connect(lambda _page, count: seen.append(count))
    qtbot.waitUntil(lambda: page_label(panel) == "Sida 1 av 3")
    assert stopped == [True]
    assert 9 not in seen


def test_the_place_is_kept_when_the_text_changes(panel, qtbot):
    show(panel, qtbot, making(6))
    panel.go_to_section("mitt-4")
    before = view_of(panel).spot
    assert before.page == 3
    show(panel, qtbot, making(8, "ny"))
    qtbot.waitUntil(lambda: page_label(panel).endswith("av 8"))
    after = view_of(panel).spot
    assert (after.page, round(after.height, 2)) == (before.page, round(before.height, 2))


def test_a_shorter_document_is_shown_to_its_end(panel, qtbot):
    show(panel, qtbot, making(6))
    qtbot.keyClick(view_of(panel), Qt.Key.Key_End)
    panel.show_document(making(2), "a")
    qtbot.waitUntil(lambda: page_label(panel) == "Sida 2 av 2")


def test_each_draft_is_shown_where_it_was_left(panel, qtbot):
    show(panel, qtbot, making(6), "a")
    panel.go_to_section("del-5")
    left = page_label(panel)
    assert left == "Sida 5 av 6"
    panel.show_document(making(3), "b")
    assert page_label(panel) == ""  # never the other draft's pages under this one's name
    qtbot.waitUntil(lambda: page_label(panel) == "Sida 1 av 3")
    panel.show_document(making(6), "a")
    qtbot.waitUntil(lambda: page_label(panel) == left)


def test_clear_leaves_only_the_invitation(panel, qtbot):
    show(panel, qtbot, making(2))
    panel.clear()
    assert page_label(panel) == ""
    assert not view_of(panel).isVisible()
    assert any("PDF-filen" in label.text() for label in panel.findChildren(QLabel))


def test_an_error_is_told_above_the_last_good_pages(panel, qtbot):
    show(panel, qtbot, making(2))

    def broken(_progress):
        raise ExportError("Bilden karta.png kan inte visas.")

    panel.show_document(broken, "a")
    qtbot.waitUntil(lambda: "karta.png" in strip(panel))
    assert "inte uppdaterad" in strip(panel)
    assert page_label(panel) == "Sida 1 av 2"
    assert has_ink(panel)
    panel.show_document(making(3), "a")
    qtbot.waitUntil(lambda: page_label(panel) == "Sida 1 av 3")
    assert strip(panel) == ""


def test_an_error_in_the_first_document_is_told_over_the_invitation(panel, qtbot):
    def broken(_progress):
        raise ExportError("Ett tecken saknas i teckensnittet.")

    panel.show_document(broken, "a")
    qtbot.waitUntil(lambda: strip(panel) == "Ett tecken saknas i teckensnittet.")
    assert not view_of(panel).isVisible()


def test_a_damaged_pdf_is_told(panel, qtbot):
    panel.show_document(lambda _progress: MadePdf(b"%PDF-1.7 och inget mer", ()), "a")
    qtbot.waitUntil(lambda: "kan inte visas" in strip(panel))


def test_a_bug_is_told_without_its_traceback(panel, qtbot, caplog):
    panel.show_document(lambda _progress: 1 // 0, "a")
    qtbot.waitUntil(lambda: "Något gick fel" in strip(panel))
    assert "division" not in strip(panel)
    assert "ZeroDivisionError" in caplog.text


def test_going_to_a_section_brings_it_into_sight(panel, qtbot):
    show(panel, qtbot, making(5))
    panel.go_to_section("mitt-3")
    spot = view_of(panel).spot
    assert spot.page == 2
    assert spot.height == pytest.approx(421 / HEIGHT, abs=0.05)


def test_going_to_a_section_in_sight_moves_nothing(panel, qtbot):
    show(panel, qtbot, making(5))
    before = view_of(panel).verticalScrollBar().value()
    panel.go_to_section("del-1")
    assert view_of(panel).verticalScrollBar().value() == before


def test_a_section_that_is_not_printed_yet_is_brought_into_sight_when_it_is(panel, qtbot):
    show(panel, qtbot, making(2))
    panel.go_to_section("del-4")
    assert page_label(panel) == "Sida 1 av 2"
    panel.show_document(making(5), "a")
    qtbot.waitUntil(lambda: page_label(panel) == "Sida 4 av 5")


@pytest.mark.parametrize(
    ("height", "key"), [(0.005, "del-1"), (0.3, "del-1"), (0.49, "del-1"), (0.53, "mitt-1")]
)
def test_a_click_tells_the_section_that_it_hits(panel, qtbot, height, key):
    panel.resize(300, 600)  # the whole page is in sight
    show(panel, qtbot, making(3))
    view = view_of(panel)
    y = 12 + round(height * (view.viewport().width() - 24) * 842 / 595)
    with qtbot.waitSignal(panel.section_clicked) as clicked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, y))
    assert clicked.args == [key]


def test_a_click_beside_the_page_tells_nothing(panel, qtbot):
    show(panel, qtbot, making(3))
    with qtbot.assertNotEmitted(panel.section_clicked):
        qtbot.mouseClick(view_of(panel).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(4, 200))


def test_the_section_in_sight_can_be_reached_by_key(panel, qtbot):
    show(panel, qtbot, making(4))
    panel.go_to_section("del-3")
    with qtbot.waitSignal(panel.section_clicked) as clicked:
        qtbot.keyClick(view_of(panel), Qt.Key.Key_Return)
    assert clicked.args == ["del-3"]


def test_keys_scroll(panel, qtbot):
    show(panel, qtbot, making(5))
    view = view_of(panel)
    bar = view.verticalScrollBar()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    down = bar.value()
    assert down > 100
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert bar.value() == 0
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    assert page_label(panel) == "Sida 5 av 5"
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_pages_are_as_wide_as_the_view(panel, qtbot):
    show(panel, qtbot, making(3))
    view = view_of(panel)
    narrow = view.zoom
    assert view.horizontalScrollBar().maximum() == 0
    panel.resize(900, 600)
    assert view.zoom > narrow * 1.5
    assert view.horizontalScrollBar().maximum() == 0


def wheel(view: PageView, notches: int, at: QPointF) -> None:
    event = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_ctrl_and_wheel_zoom_around_the_mouse(panel, qtbot):
    show(panel, qtbot, making(5))
    view = view_of(panel)
    panel.go_to_section("del-3")
    zoom, at = view.zoom, QPoint(300, 200)
    clicked = []
    view.spot_clicked.connect(clicked.append)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    left = view._place(view._layout.boxes[2])
    wheel(view, 3, QPointF(at))
    assert view.zoom == pytest.approx(zoom * 1.1**3)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    before, after = clicked
    assert after.page == before.page
    assert after.height == pytest.approx(before.height, abs=0.005)
    right = view._place(view._layout.boxes[2])
    share = (at.x() - left.x()) / left.width()
    assert (at.x() - right.x()) / right.width() == pytest.approx(share, abs=0.02)
    assert not view.fits_width


def test_zoom_by_button_and_key(panel, qtbot):
    show(panel, qtbot, making(2))
    view = view_of(panel)
    percent = panel.findChild(QLabel, "zoom")
    before = view.zoom
    qtbot.mouseClick(panel.findChild(QToolButton, "zoom-in"), Qt.MouseButton.LeftButton)
    assert view.zoom > before
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    larger = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom < larger
    view.set_zoom(1.25)
    assert percent.text() == "125\N{NO-BREAK SPACE}%"
    qtbot.mouseClick(panel.findChild(QToolButton, "zoom-fit"), Qt.MouseButton.LeftButton)
    assert view.zoom == pytest.approx(before)
    assert panel.findChild(QToolButton, "zoom-fit").isChecked()


def test_zoom_has_limits(panel, qtbot):
    show(panel, qtbot, making(2))
    view = view_of(panel)
    for _ in range(30):
        view.zoom_in()
    assert view.zoom == pytest.approx(4)
    for _ in range(30):
        view.zoom_out()
    assert view.zoom == pytest.approx(0.25)


def test_only_pages_near_those_in_sight_are_drawn(panel, qtbot):
    asked = []
    view_of(panel).wanted.connect(lambda wants: asked.extend(want.page for want in wants))
    show(panel, qtbot, making(40))
    assert set(asked) <= {0, 1, 2}
    view_of(panel).go_to(Spot(30, 0.0))
    qtbot.waitUntil(lambda: has_ink(panel))
    assert not set(asked) & set(range(5, 28))


def test_pages_left_behind_are_let_go(panel, qtbot):
    show(panel, qtbot, making(20))
    for page in range(20):
        view_of(panel).go_to(Spot(page, 0.0))
        qtbot.waitUntil(lambda n=page: n in view_of(panel)._pictures)
    assert len(view_of(panel)._pictures) <= 7


def test_a_screen_with_more_pixels_gets_sharper_pages(panel, qtbot, monkeypatch):
    view = view_of(panel)
    monkeypatch.setattr(view, "devicePixelRatioF", lambda: 2.0)
    asked = []
    view.wanted.connect(asked.extend)
    show(panel, qtbot, making(1))
    points = 595.0
    assert asked[-1].scale * points == pytest.approx(2 * (view.viewport().width() - 24), rel=0.01)


def test_every_control_has_a_name(panel, qtbot):
    for widget in (view_of(panel), *panel.findChildren(QToolButton)):
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            assert widget.accessibleName()
    assert panel.palette().color(QPalette.ColorRole.Window).isValid()
