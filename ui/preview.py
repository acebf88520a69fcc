"""The preview: the very PDF that an export writes, kept up with what is being written."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from samverkan_desktop.domain.progress import Progress
from ui.labels import quiet_label
from ui.messages import MessageStrip, sentence
from ui.preview_layout import Spot
from ui.preview_loader import PageLoader
from ui.preview_making import MadePdf, places
from ui.preview_pdf import PdfPages
from ui.preview_view import TOP, PageView
from ui.preview_zoom import ZoomBar
from ui.printing import PrintRun
from ui.tasks import Task, TaskRunner
from ui.theme import GAP, MARGIN, TIGHT

# Makes the PDF from values, in a thread.
MakePdf = Callable[[Progress], MadePdf]

# The document is made anew when nothing has changed for this long.
PAUSE_MS = 80
# Work that takes longer than this is told.
SLOW_MS = 600
# A part that is gone to has this share of a page above it.
AIR = 0.03


class PreviewPanel(QWidget):
    """Shows a document's pages, and takes the reader between them and the form."""

    section_clicked = Signal(str)  # the key of a part of the document

    def __init__(self, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._pages_runner = TaskRunner(runner)  # PDFium's own: a long job doesn't stop scrolling
        self._make: MakePdf | None = None  # what is to be shown when the pause is over
        self._task: Task | None = None
        self._turn = 0  # counts what was asked for; an answer to an older turn is dropped
        self._draft = ""
        self._headings: tuple[tuple[str, str], ...] = ()  # of what is being opened
        self._tops: Mapping[str, Spot] = {}  # where each part of what is shown begins
        self._spots: dict[str, Spot] = {}  # where the reader was in other drafts
        self._awaited = ""  # a part that was gone to and isn't in the document yet
        self._pause = QTimer(self, singleShot=True)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._loader = PageLoader(self._pages_runner, self)
        self._strip = MessageStrip(self)
        self._placeholder = _placeholder(self)
        self._view = PageView(self)
        self._page_label, self._busy_label = quiet_label("", self), quiet_label("", self)
        self._zoom_bar = ZoomBar(self._view, self)
        self._lay_out()
        self._connect()
        self._show_page(0, 0)

    # What is shown

    def show_document(self, make: MakePdf, draft: str = "") -> None:
        """Show what `make` makes, soon; `draft` tells one document from another.

        The same document keeps the reader's place, another one is shown where it was left. While
        the panel is folded away nothing is made.
        """
        if draft != self._draft:
            self.clear()
            self._draft = draft
        self._make = make
        if self.isVisible():
            self._pause.start(PAUSE_MS if self._is_filled else 0)

    def clear(self) -> None:
        """Show no document."""
        if self._is_filled:
            self._spots[self._draft] = self._view.spot
        self._drop_run()
        self._make, self._draft, self._tops, self._awaited = None, "", {}, ""
        self._loader.close()
        self._view.forget()
        self._strip.tell("")
        self._stack.setCurrentWidget(self._placeholder)
        self._show_page(0, 0)

    def go_to_section(self, key: str) -> None:
        """Bring a part of the document into sight; nothing moves when it is already.

        A part that isn't printed yet is brought into sight when it is.
        """
        top = self._tops.get(key)
        self._awaited = "" if top else key
        if top is not None and not self._view.sees(top):
            self._view.go_to(Spot(top.page, top.height - AIR))

    def print_document(self, make: MakePdf, name: str = "") -> PrintRun:
        """Print what `make` makes, after asking for printer and pages; `name` is for the queue."""
        run = PrintRun(self._runner, self._pages_runner, name, self.window())
        run.failed.connect(self._complain)
        run.start(make)
        return run

    @property
    def _is_filled(self) -> bool:
        return self._stack.currentWidget() is self._view

    # Making it

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Make what was asked for before the panel was seen.

        Not already when it is shown: at the program's start the window would have to share the
        processor with a thread that imports ReportLab, and be painted that much later.
        """
        super().paintEvent(event)
        if self._make is not None and not self._pause.isActive():
            self._pause.start(0)

    def _run(self) -> None:
        make = self._make
        if make is None or not self.isVisible():
            return
        self._drop_run()
        self._make = None
        self._slow.start()
        turn = self._turn
        self._task = self._runner.run(make, partial(self._open, turn), partial(self._fail, turn))

    def _drop_run(self) -> None:
        self._turn += 1
        self._pause.stop()
        self._rest()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _open(self, turn: int, made: MadePdf) -> None:
        if turn == self._turn:
            self._headings = made.headings
            self._loader.open(made.data)

    def _fail(self, turn: int, error: Exception) -> None:
        if turn == self._turn:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        self._rest()
        stale = "Förhandsvisningen är inte uppdaterad. " if self._is_filled else ""
        self._strip.tell(stale + sentence(error))

    def _show(self, pages: PdfPages) -> None:
        self._rest()
        self._strip.tell("")
        spot = self._view.spot if self._is_filled else self._spots.get(self._draft, TOP)
        self._tops = places(self._headings, pages.bookmarks)
        self._stack.setCurrentWidget(self._view)
        self._view.show_pages(pages.sizes, spot)
        if self._awaited:
            self.go_to_section(self._awaited)

    def _rest(self) -> None:
        self._slow.stop()
        self._busy_label.setText("")

    # The reader

    def _click(self, spot: Spot) -> None:
        """Tell which part a spot is in: the last that begins above it, else the first."""
        here = (spot.page, spot.height)
        above = [key for key, top in self._tops.items() if (top.page, top.height) <= here]
        for key in (*above[-1:], *self._tops)[:1]:
            self.section_clicked.emit(key)

    def _show_page(self, page: int, count: int) -> None:
        text = f"Sida {page} av {count}" if count else ""
        self._page_label.setText(text)
        self._view.setAccessibleDescription(text)
        self._zoom_bar.setVisible(count > 0)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._run)
        self._slow.timeout.connect(lambda: self._busy_label.setText("Uppdaterar …"))
        self._loader.opened.connect(self._show)
        self._loader.drawn.connect(self._view.show_picture)
        self._loader.failed.connect(self._complain)
        self._view.wanted.connect(self._loader.want)
        self._view.page_changed.connect(self._show_page)
        self._view.spot_clicked.connect(self._click)

    def _lay_out(self) -> None:
        self.setAccessibleName("Förhandsvisning")
        self._view.setObjectName("preview-pages")
        self._view.setAccessibleName("Dokumentets sidor")
        self._page_label.setObjectName("preview-page")
        self._stack = QStackedLayout()
        self._stack.addWidget(self._placeholder)
        self._stack.addWidget(self._view)
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP, 0, GAP, TIGHT)
        foot.addWidget(self._page_label)
        foot.addWidget(self._busy_label, 1)
        foot.addWidget(self._zoom_bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(self._strip)
        column.addLayout(self._stack, 1)
        column.addLayout(foot)


def _placeholder(parent: QWidget) -> QLabel:
    label = quiet_label("Här visas dokumentet, precis som det blir i PDF-filen.", parent)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    label.setMargin(MARGIN)
    return label
