"""Paper: the pages of the PDF, drawn at the printer's resolution."""

import math
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QProgressDialog, QWidget

from samverkan_desktop.domain.errors import JobCancelledError, SamverkanError
from samverkan_desktop.domain.export_errors import PrintError
from samverkan_desktop.domain.progress import Progress
from ui.preview_making import MadePdf
from ui.preview_pdf import PdfPages
from ui.tasks import Task, TaskRunner

POINTS_PER_INCH = 72
# Beyond this nobody sees a difference, and a page needs 140 MB already.
FINEST = 600
# Drawing keeps the window waiting, so a page is drawn in strips of so many rows. Each goes a little
# under the next: a printer with other dots would round a row away between them.
STRIP, OVERLAP = 400, 24
# Paper that differs less from the page is of the same size: A4 is no whole number of dots.
SAME_SIZE = 0.99
# A run that takes longer than this tells how far it has come.
SLOW_MS = 700


class PrintRun(QObject):
    """One time of printing: makes the PDF, asks for printer and pages, prints. Then it is gone.

    `jobs` makes the PDF, `pages` is the runner that PDFium lives in.
    """

    failed = Signal(object)  # Exception
    ended = Signal()  # printed, cancelled or failed

    def __init__(
        self, jobs: TaskRunner, pages: TaskRunner, name: str, window: QWidget | None
    ) -> None:
        super().__init__(window)
        self._jobs, self._pages, self._name, self._window = jobs, pages, name, window
        self._document: PdfPages | None = None
        self._task: Task | None = None
        self._bar = _progress_dialog(window)
        self._bar.canceled.connect(self._cancel)
        self.ended.connect(self._clean_up)

    def start(self, make: Callable[[Progress], MadePdf]) -> None:
        """Print what `make` makes."""
        self._task = self._jobs.run(make, self._open, self._fail, self._show_progress)

    def _open(self, made: MadePdf) -> None:
        self._task = self._pages.run(partial(_open, made.data), self._ask, self._fail)

    def _ask(self, document: PdfPages) -> None:
        self._document = document
        self._bar.reset()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle("Skriv ut")
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(document.sizes))
        dialog.finished.connect(partial(self._print, printer, document))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def _print(self, printer: QPrinter, document: PdfPages, answer: int) -> None:
        if answer != QDialog.DialogCode.Accepted:
            self.ended.emit()
            return
        pages = chosen_pages(printer, len(document.sizes))
        job = partial(_draw, printer, document, pages)
        self._task = self._pages.run(job, self._tell_done, self._fail, self._show_progress)

    def _tell_done(self, _result: None) -> None:
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, JobCancelledError):
            self.failed.emit(error)
        self.ended.emit()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setMaximum(total)
        self._bar.setValue(min(done, total - 1))  # at its end the dialog would close

    def _clean_up(self) -> None:
        if self._document is not None:
            self._pages.run(partial(_close, self._document), lambda _: None, self.failed.emit)
        self._bar.deleteLater()
        self.deleteLater()


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Return the pages to print, from 0, in the order that they are printed in."""
    pages = list(range(count))
    if printer.printRange() is QPrinter.PrintRange.PageRange:
        ranges = printer.pageRanges()
        pages = [page for page in pages if ranges.isEmpty() or ranges.contains(page + 1)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    if printer.supportsMultipleCopies() or printer.copyCount() < 2:
        return pages
    if printer.collateCopies():
        return pages * printer.copyCount()
    return [page for page in pages for _ in range(printer.copyCount())]


def _progress_dialog(window: QWidget | None) -> QProgressDialog:
    # Not modal: a modal one handles events in setValue, in the middle of whatever is going on.
    bar = QProgressDialog("Förbereder utskriften …", "Avbryt", 0, 100, window)
    bar.setWindowTitle("Skriv ut")
    bar.setMinimumDuration(SLOW_MS)
    bar.setAutoReset(False)
    bar.reset()
    return bar


def _open(data: bytes, _progress: Progress) -> PdfPages:
    return PdfPages(data)


def _close(document: PdfPages, _progress: Progress) -> None:
    document.close()


def _draw(printer: QPrinter, document: PdfPages, pages: Sequence[int], progress: Progress) -> None:
    """Draw pages on a printer; a run that is stopped leaves nothing, as far as it can."""
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintError
    try:
        for done, page in enumerate(pages):
            progress(done, len(pages))
            if done and not printer.newPage():
                raise PrintError
            _draw_page(painter, printer, document, page)
    except SamverkanError:
        printer.abort()
        painter.end()
        if printer.outputFileName():  # "printed" to a file: half of one looks like a whole
            Path(printer.outputFileName()).unlink(missing_ok=True)
        raise
    painter.end()


def _draw_page(painter: QPainter, printer: QPrinter, document: PdfPages, page: int) -> None:
    dots = math.ceil(printer.resolution() / FINEST)  # whole printer dots to a pixel: no blur
    scale = printer.resolution() / dots / POINTS_PER_INCH
    picture = document.picture(page, scale)
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    fit = min(paper.width() / picture.width(), paper.height() / picture.height()) / dots
    size = dots if fit > SAME_SIZE else dots * fit  # smaller only where the paper is
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # no JPEG round letters
    for top in range(0, picture.height(), STRIP):
        strip = picture.copy(0, top, picture.width(), min(STRIP + OVERLAP, picture.height() - top))
        place = QRectF(0, top * size, strip.width() * size, strip.height() * size)
        painter.drawImage(place, strip)
