"""Colours can be read in light and dark, and the keyboard's place can be seen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QFocusFrame, QLineEdit, QVBoxLayout, QWidget

from ui.theme import apply_theme, is_dark, palette

ROLE = QPalette.ColorRole

TEXT_ON = [
    (ROLE.WindowText, ROLE.Window),
    (ROLE.Text, ROLE.Base),
    (ROLE.Text, ROLE.AlternateBase),
    (ROLE.PlaceholderText, ROLE.Base),
    (ROLE.PlaceholderText, ROLE.Window),
    (ROLE.ButtonText, ROLE.Button),
    (ROLE.BrightText, ROLE.Window),
    (ROLE.ToolTipText, ROLE.ToolTipBase),
    (ROLE.HighlightedText, ROLE.Highlight),
    (ROLE.Link, ROLE.Base),
    (ROLE.Link, ROLE.Window),
    (ROLE.LinkVisited, ROLE.Base),
]


def luminance(colour: QColor) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.1, contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(dark, text, ground):
    colours = palette(dark=dark)
    assert contrast(colours.color(text), colours.color(ground)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_the_focus_mark_stands_out(dark):
    colours = palette(dark=dark)
    assert contrast(colours.color(ROLE.Accent), colours.color(ROLE.Window)) >= 3
    assert contrast(colours.color(ROLE.Accent), colours.color(ROLE.Base)) >= 3


@pytest.fixture
def themed(qapp: QApplication):
    """The application, given back its plain colours afterwards."""
    yield qapp
    apply_theme(qapp, "system")
    qapp.setPalette(qapp.style().standardPalette())


def test_light_and_dark_can_be_chosen_again_and_again(themed):
    apply_theme(themed, "dark")
    assert is_dark(themed.palette())
    apply_theme(themed, "light")
    assert not is_dark(themed.palette())
    apply_theme(themed, "dark")
    assert is_dark(themed.palette())


def ring_of(window: QWidget) -> QFocusFrame | None:
    return next((f for f in window.findChildren(QFocusFrame) if f.isVisible()), None)


@pytest.fixture
def form(themed, qtbot):
    apply_theme(themed, "light")
    window = QWidget()
    layout = QVBoxLayout(window)
    for widget in (QLineEdit(), QCheckBox("Omedelbar justering")):
        layout.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_a_text_field_is_marked_when_it_has_the_keyboard(form, qtbot):
    field = form.findChild(QLineEdit)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    ring = ring_of(form)
    assert ring is not None
    assert ring.parent() is field
    assert ring.rect() == field.rect()
    form.resize(700, 200)
    assert ring.rect() == field.rect()


def test_a_check_box_is_marked_when_it_is_reached_by_key(form, qtbot):
    box = form.findChild(QCheckBox)
    form.findChild(QLineEdit).setFocus()
    qtbot.keyClick(form.findChild(QLineEdit), Qt.Key.Key_Tab)
    assert box.hasFocus()
    assert ring_of(form).parent() is box


def test_a_window_that_is_closed_takes_no_ring_with_it(form, qtbot, themed):
    form.findChild(QLineEdit).setFocus()
    other = QWidget()
    qtbot.addWidget(other)
    field = QLineEdit(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    field.setFocus()
    other.deleteLater()
    qtbot.waitUntil(lambda: other not in themed.topLevelWidgets())
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.findChild(QLineEdit).setFocus()
    assert ring_of(form).parent() is form.findChild(QLineEdit)
