"""Opens the preview's PDF and draws its pages, beside the window."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from samverkan_desktop.domain.errors import JobCancelledError
from samverkan_desktop.domain.progress import Progress
from ui.preview_pdf import PdfPages
from ui.tasks import Task, TaskRunner


@dataclass(frozen=True, slots=True)
class Want:
    """A page that is wanted as a picture, `scale` pixels to a point."""

    page: int
    scale: float


class PageLoader(QObject):
    """Holds the open PDF. The window asks, and is answered by signals.

    The runner's thread is the only one that PDFium is used in.
    """

    opened = Signal(object)  # PdfPages, of which the window reads sizes and bookmarks only
    drawn = Signal(object, QImage)  # Want, its picture
    failed = Signal(object)  # Exception

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._pages: PdfPages | None = None
        self._tasks: dict[Want, Task] = {}
        self._turn = 0  # counts what was asked to be open; an answer to an older turn is dropped

    def open(self, data: bytes) -> None:
        """Open a PDF in place of the one that is open, which stays if this one is damaged."""
        self._turn += 1
        self._runner.run(partial(_open, data), partial(self._take, self._turn), self._complain)

    def close(self) -> None:
        """Close the PDF that is open or being opened."""
        self._turn += 1
        self._replace(None)

    def want(self, wanted: Collection[Want]) -> None:
        """Draw these pages, and forget what was wanted before and isn't any more."""
        for want in [want for want in self._tasks if want not in wanted]:
            self._tasks.pop(want).cancel()
        if self._pages is not None:
            for want in wanted:
                if want not in self._tasks:
                    self._tasks[want] = self._draw(self._pages, want)

    def _draw(self, pages: PdfPages, want: Want) -> Task:
        told = partial(self._tell, pages, want)
        return self._runner.run(partial(_picture, pages, want), told, self._complain)

    def _tell(self, pages: PdfPages, want: Want, picture: QImage) -> None:
        if pages is self._pages and self._tasks.pop(want, None) is not None:
            self.drawn.emit(want, picture)

    def _take(self, turn: int, pages: PdfPages) -> None:
        if turn == self._turn:
            self._replace(pages)
            self.opened.emit(pages)
        else:
            self._discard(pages)

    def _replace(self, pages: PdfPages | None) -> None:
        self.want(())
        if self._pages is not None:
            self._discard(self._pages)
        self._pages = pages

    def _discard(self, pages: PdfPages) -> None:
        self._runner.run(partial(_close, pages), lambda _: None, self._complain)

    def _complain(self, error: Exception) -> None:
        if not isinstance(error, JobCancelledError):
            self.failed.emit(error)


def _open(data: bytes, _progress: Progress) -> PdfPages:
    return PdfPages(data)


def _picture(pages: PdfPages, want: Want, _progress: Progress) -> QImage:
    return pages.picture(want.page, want.scale)


def _close(pages: PdfPages, _progress: Progress) -> None:
    pages.close()
