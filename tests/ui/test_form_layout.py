"""Where things stand in the form: what belongs together begins at one edge."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QToolButton, QWidget

from samverkan_desktop.domain.draft import Attachment, Draft
from samverkan_desktop.files import standard_folders
from ui.draft_session import DraftSession
from ui.form.draft_form import DraftForm
from ui.messages import MessageStrip

LONG_NAME = "Sammanställning av inkomna remissvar med kommentarer 2026-09-14 slutlig version.pdf"


@pytest.fixture
def form(qtbot, library, catalogue) -> DraftForm:
    draft = Draft(
        id="arende-1",
        template="stockholm-remissvar",
        title="Remiss om lekplatser",
        attachments=(
            Attachment(title="Remissvar", file=LONG_NAME),
            Attachment(title="Karta"),
        ),
    )
    stored = library.add(draft)
    session = DraftSession(library, catalogue.template(stored.template), stored)
    made = DraftForm(session, standard_folders().resources)
    qtbot.addWidget(made)
    made.resize(620, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def left(widget: QWidget, within: QWidget) -> int:
    return widget.mapTo(within, QPoint()).x()


def with_text(kind: type, text: str, within: QWidget) -> QWidget:
    return next(w for w in within.findChildren(kind) if w.text() == text)


def test_a_heading_and_what_is_said_of_it_begin_where_the_text_does(form):
    box = form.box("bakgrund")
    heading = box.header.heading
    edge = left(box.editors[0], box)
    assert left(with_text(QLabel, "Obligatoriskt", box), box) == edge
    assert left(heading, box) + heading.textMargins().left() + 2 == edge  # Qt's own inset is 2


def test_the_file_of_an_attachment_is_shown_under_its_heading(form):
    column = with_text(QLabel, "Fil", form)
    assert left(with_text(QToolButton, "Välj fil…", form), form) == left(column, form)
    assert left(with_text(QLabel, LONG_NAME, form), form) == left(column, form)


def test_a_long_file_name_leaves_room_for_what_the_attachment_is_called(form):
    called = next(w for w in form.findChildren(QLineEdit) if w.text() == "Remissvar")
    shown = with_text(QLabel, LONG_NAME, form)
    assert 100 <= shown.width() < called.width()
    shown.grab()
    assert shown.toolTip() == LONG_NAME


def test_why_a_file_cannot_be_kept_is_said_at_the_attachment(form, qtbot, monkeypatch, tmp_path):
    missing = str(tmp_path / "finns inte.pdf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (missing, ""))
    with_text(QToolButton, "Välj fil…", form).click()
    (told,) = [strip.text for strip in form.findChildren(MessageStrip) if strip.text]
    assert told == f"Filen {missing} kan inte läsas: filen eller mappen finns inte."
