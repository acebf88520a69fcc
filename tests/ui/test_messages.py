"""Sentences for failures, in a strip that can be read in light and dark."""

import pytest
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from samverkan_desktop.domain.errors import WriteError
from ui.messages import MessageStrip, sentence
from ui.theme import palette


def test_a_known_failure_is_its_own_sentence():
    error = WriteError("ut.pdf", "disken är full")
    assert sentence(error) == str(error)


def test_a_bug_is_told_without_its_insides():
    assert "'draft'" not in sentence(KeyError("draft"))
    assert sentence(KeyError("draft")).endswith(".")


@pytest.fixture
def strip(qtbot):
    window = QWidget()
    strip = MessageStrip(window)
    QVBoxLayout(window).addWidget(strip)
    qtbot.addWidget(window)
    window.show()
    yield strip
    window.close()


def test_it_is_there_only_when_there_is_something_to_say(strip):
    assert strip.isHidden()
    strip.tell("Disken är full.")
    assert strip.isVisible()
    assert strip.text == "Disken är full."
    assert QAccessible.queryAccessibleInterface(strip).text(QAccessible.Text.Name) == strip.text
    strip.tell("")
    assert strip.isHidden()
    assert strip.text == ""


@pytest.mark.parametrize("dark", [False, True])
def test_it_can_be_read_and_follows_light_and_dark(strip, dark):
    for each in (not dark, dark):
        strip.parentWidget().setPalette(palette(dark=each))
    strip.tell("Disken är full.")
    ground = strip.palette().color(QPalette.ColorRole.Window)
    text = strip.findChild(QLabel).palette().color(QPalette.ColorRole.WindowText)
    assert (ground.lightness() < text.lightness()) is dark
    assert abs(ground.lightness() - text.lightness()) > 150
