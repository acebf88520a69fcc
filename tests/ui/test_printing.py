"""Printing, to a file: the same pages as the PDF, the ones that were chosen, or none."""

import io
import threading

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QProgressDialog,
    QWidget,
)
from small_pdf import made_pdf

from samverkan_desktop.domain.export_errors import ExportError, PrintError
from ui import printing
from ui.printing import PrintRun, chosen_pages
from ui.tasks import TaskRunner


@pytest.fixture
def runner(qapp):
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def run(runner, window):
    return PrintRun(runner, TaskRunner(runner), "Ny cykelväg", window)


def print_dialog(window: QWidget, qtbot) -> QPrintDialog:
    def is_there() -> bool:
        return any(dialog.isVisible() for dialog in window.findChildren(QPrintDialog))

    qtbot.waitUntil(is_there)
    return next(d for d in window.findChildren(QPrintDialog) if d.isVisible())


def accept(dialog: QPrintDialog, path) -> None:
    """Answer as "Print to file" does, wherever the machine has printers."""
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(100)  # quick
    dialog.done(QDialog.DialogCode.Accepted)


def pages_of(path) -> list[tuple[float, float, bool]]:
    """Width and height in points of each page, and whether anything is on it."""
    document = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))
    out = []
    for page in document:
        picture = page.render(scale=0.5).to_pil().convert("L")
        darkest, _ = picture.getextrema()
        out.append((round(page.get_width()), round(page.get_height()), darkest < 120))
        page.close()
    document.close()
    return out


def test_all_pages_are_printed(run, window, qtbot, tmp_path):
    run.start(lambda _progress: made_pdf(3))
    dialog = print_dialog(window, qtbot)
    assert dialog.windowTitle() == "Skriv ut"
    assert (dialog.minPage(), dialog.maxPage()) == (1, 3)
    with qtbot.waitSignal(run.ended):
        accept(dialog, tmp_path / "ut.pdf")
    assert pages_of(tmp_path / "ut.pdf") == [(595, 842, True)] * 3


def test_the_print_dialog_can_be_left(run, window, qtbot, tmp_path):
    run.start(lambda _progress: made_pdf(1))
    dialog = print_dialog(window, qtbot)
    failures = []
    run.failed.connect(failures.append)
    with qtbot.waitSignal(run.ended):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert failures == []


def test_a_document_that_cannot_be_made_is_told(run, window, qtbot):
    def broken(_progress):
        raise ExportError("Bilden karta.png kan inte visas.")

    failures = []
    run.failed.connect(failures.append)
    with qtbot.waitSignal(run.ended):
        run.start(broken)
    assert "karta.png" in str(failures[0])
    assert not window.findChildren(QPrintDialog)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(run, window, qtbot, tmp_path):
    run.start(lambda _progress: made_pdf(1))
    dialog = print_dialog(window, qtbot)
    with qtbot.waitSignal(run.failed) as failed:
        accept(dialog, tmp_path / "finns inte" / "ut.pdf")
    assert isinstance(failed.args[0], PrintError)


def test_printing_can_be_stopped(run, window, qtbot, tmp_path, monkeypatch):
    drawn, first, go = [], threading.Event(), threading.Event()
    real = printing._draw_page

    def draw(*place):
        drawn.append(place[-1])
        real(*place)
        first.set()
        go.wait(10)

    monkeypatch.setattr(printing, "_draw_page", draw)
    run.start(lambda _progress: made_pdf(40))
    dialog = print_dialog(window, qtbot)
    failures = []
    run.failed.connect(failures.append)
    accept(dialog, tmp_path / "ut.pdf")
    qtbot.waitUntil(first.is_set)
    with qtbot.waitSignal(run.ended):
        window.findChild(QProgressDialog).canceled.emit()
        go.set()
    assert failures == []
    assert drawn == [0]
    assert list(tmp_path.iterdir()) == []


def printer(**settings) -> QPrinter:
    made = QPrinter()
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    for name, value in settings.items():
        getattr(made, name)(value)
    return made


def test_the_pages_that_were_chosen(qapp):
    some = printer(setPrintRange=QPrinter.PrintRange.PageRange)
    some.setFromTo(2, 3)
    assert chosen_pages(some, 5) == [1, 2]
    assert chosen_pages(printer(), 3) == [0, 1, 2]


def test_the_last_page_first(qapp):
    assert chosen_pages(printer(setPageOrder=QPrinter.PageOrder.LastPageFirst), 3) == [2, 1, 0]


def test_copies_where_the_printer_makes_none_itself(qapp):
    several = printer(setCopyCount=2, setCollateCopies=True)
    assert not several.supportsMultipleCopies()
    assert chosen_pages(several, 2) == [0, 1, 0, 1]
    several.setCollateCopies(False)
    assert chosen_pages(several, 2) == [0, 0, 1, 1]
