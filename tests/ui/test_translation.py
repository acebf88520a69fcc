"""Qt's own words are Swedish."""

import pytest
from PySide6.QtCore import QDate, QLocale, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
)

from samverkan_desktop.domain.errors import ResourceError
from ui import translation
from ui.translation import install_swedish

BUTTON = QDialogButtonBox.StandardButton


@pytest.fixture
def swedish(qapp):
    before = QLocale()
    install_swedish(qapp)
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


def test_standard_buttons(swedish, qtbot):
    box = QDialogButtonBox(BUTTON.Ok | BUTTON.Cancel | BUTTON.Close | BUTTON.Yes | BUTTON.Save)
    qtbot.addWidget(box)
    texts = {b: box.button(b).text().replace("&", "") for b in (BUTTON.Cancel, BUTTON.Close)}
    assert texts == {BUTTON.Cancel: "Avbryt", BUTTON.Close: "Stäng"}
    assert {box.button(b).text().replace("&", "") for b in (BUTTON.Yes, BUTTON.Save)} == {
        "Ja",
        "Spara",
    }


def test_dates_and_numbers(swedish):
    assert QLocale().toString(QDate(2031, 5, 7), "d MMMM yyyy") == "7 maj 2031"
    assert QLocale().toString(3.5) == "3,5"


def test_the_context_menu_of_a_field(swedish, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    texts = [action.text().partition("\t")[0].replace("&", "") for action in menu.actions()]
    assert "Klistra in" in texts
    assert "Markera alla" in texts
    menu.deleteLater()


def words_of(dialog) -> set[str]:
    kinds = (QCheckBox, QGroupBox, QLabel, QPushButton, QRadioButton)
    found = [widget for kind in kinds for widget in dialog.findChildren(kind)]
    texts = (w.title() if isinstance(w, QGroupBox) else w.text() for w in found)
    return {word for text in texts for word in text.replace("&", "").split()}


@pytest.mark.parametrize("kind", ["files", "print"])
def test_no_english_in_standard_dialogs(swedish, qtbot, kind):
    if kind == "files":
        dialog = QFileDialog()
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    else:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog = QPrintDialog(printer)
    qtbot.addWidget(dialog)
    english = {"Cancel", "Open", "File", "Look", "Print", "Options", "Copies", "Pages", "Close"}
    assert "Avbryt" in words_of(dialog)
    assert not english & words_of(dialog)


def test_a_missing_translation_is_told(qapp, monkeypatch):
    monkeypatch.setattr(translation, "_FILE", "qtbase_finns_inte.qm")
    with pytest.raises(ResourceError, match="Installera om"):
        install_swedish(qapp)
