"""A whole report typed with keys alone gives the same document as the draft it was typed from."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import (
    Approval,
    Attachment,
    DecisionGroup,
    Draft,
    Officer,
    Organisation,
    Section,
    Signatory,
)
from samverkan_desktop.domain.text import (
    BulletList,
    ListItem,
    NumberedList,
    Paragraph,
    Span,
    paragraph,
)
from samverkan_desktop.export.text import write_text
from tests.ui.keys import type_text
from tests.ui.typist import Typist
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.workplace import Workplace

KEYS = {
    "Tab": Qt.Key.Key_Tab,
    "Return": Qt.Key.Key_Return,
    "space": Qt.Key.Key_Space,
    "Delete": Qt.Key.Key_Delete,
}


class QtKeyboard:
    """Sends keys to whatever has the focus, and lets the window answer."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def press(self, *keys: str) -> None:
        for key in keys:
            *modifiers, name = key.split("+")
            code = KEYS.get(name) or Qt.Key(ord(name.upper()))
            held = Qt.KeyboardModifier.ControlModifier if modifiers else Qt.KeyboardModifier(0)
            QTest.keyClick(self._widget(), code, held)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        type_text(self._widget(), text)
        QApplication.processEvents()

    def focused(self) -> str:
        widget = self._widget()
        return widget.accessibleName() or getattr(widget, "text", str)()

    def _widget(self) -> QWidget:
        window = QApplication.activeModalWidget() or self._window
        return window.focusWidget() or window


def items(*texts: str) -> tuple[ListItem, ...]:
    return tuple(ListItem((paragraph(text),)) for text in texts)


REPORT = Draft(
    template="stockholm-beslutsarende",
    title="Nytt förråd vid idrottsplatsen",
    subtitle="Inriktningsbeslut",
    dnr="1.2.4-77/2026",
    committee="Björkhöjdens stadsdelsnämnd",
    meeting_date=date(2026, 12, 10),
    document_date=date(2026, 11, 20),
    officer=Officer(name="Åsa Öberg", role="Utredare", phone="08-508 00 000"),
    organisation=Organisation(
        name="Björkhöjdens stadsdelsförvaltning", postal_address="Exempelstad"
    ),
    decision=(
        DecisionGroup(
            items=(
                (paragraph("Stadsdelsnämnden godkänner inriktningen."),),
                (paragraph("Paragrafen justeras omedelbart."),),
            )
        ),
    ),
    sections=(
        Section(
            key="sammanfattning",
            content=(
                paragraph("Förrådet är för litet & fuktigt; <inte> bra."),
                Paragraph((Span("Ett "), Span("nytt", bold=True), Span(" förråd behövs."))),
            ),
        ),
        Section(
            key="bakgrund",
            content=(
                paragraph("Tre saker har hänt:"),
                BulletList(items("läckan i taket,", "det nya sportgolvet,", "fler lag.")),
                paragraph("Därför görs nu detta:"),
                NumberedList(items("utredning", "upphandling")),
                paragraph('Ordet "förråd" används brett.'),
            ),
        ),
    ),
    signatories=(
        Signatory(name="Örjan Ängström", role="Stadsdelsdirektör"),
        Signatory(name="Maj Exempel", role="Avdelningschef"),
    ),
    attachments=(Attachment(title="Ritning"), Attachment(title="Kalkyl")),
    approvals=(Approval(name="Örjan Ängström", role="direktör", date=date(2026, 11, 21)),),
)


def test_a_report_typed_with_keys_alone_is_the_report(qtbot, library, catalogue, folders):
    runner = TaskRunner()
    window = MainWindow(Workplace(library, catalogue, folders, runner))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=3000)
    template = catalogue.template(REPORT.template)
    headings = {slot.key: slot.heading for slot in template.slots}

    try:
        Typist(QtKeyboard(window)).write(REPORT, template, headings)
    finally:
        window.close()
        runner.close()
    (summary,) = library.summaries()
    written = library.load(summary.id)
    assert write_text(compose(written, template)) == write_text(compose(REPORT, template))
