"""A PDF file as pages to look at, through PDFium."""

import ctypes
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QImage

from samverkan_desktop.domain.export_errors import UnviewablePdfError
from ui.preview_layout import Size, Spot
from ui.preview_making import Bookmark

if TYPE_CHECKING:
    import pypdfium2

# PDFium can do one thing at a time in a process, whichever document it is for.
_PDFIUM = threading.Lock()


class PdfPages:
    """An open PDF. It is opened, used and closed in one thread, never the window's."""

    def __init__(self, data: bytes) -> None:
        """Open a PDF.

        Raises UnviewablePdfError.
        """
        import pypdfium2

        with _PDFIUM:
            try:
                self._document = pypdfium2.PdfDocument(data)
                count = len(self._document)
                sizes = tuple(self._document.get_page_size(page) for page in range(count))
            except pypdfium2.PdfiumError as error:
                raise UnviewablePdfError from error
            self.sizes: tuple[Size, ...] = sizes
            self.bookmarks = tuple(self._outline())

    def picture(self, page: int, scale: float) -> QImage:
        """Return a page as a picture, `scale` pixels to a point.

        Raises UnviewablePdfError.
        """
        import pypdfium2

        with _PDFIUM:
            try:
                opened = self._document[page]
                try:
                    return _draw(opened, scale)
                finally:
                    opened.close()
            except pypdfium2.PdfiumError as error:
                raise UnviewablePdfError from error

    def close(self) -> None:
        """Free the document."""
        with _PDFIUM:
            self._document.close()

    def _outline(self) -> Iterator[Bookmark]:
        for entry in self._document.get_toc():
            target = entry.get_dest()
            page = target.get_index() if target else None
            if page is not None:
                yield Bookmark(entry.get_title(), Spot(page, self._share(page, *target.get_view())))

    def _share(self, page: int, mode: int, view: list[float]) -> float:
        """Return how far down its page a destination is (ISO 32000-1, table 151)."""
        from pypdfium2 import raw

        at = {raw.PDFDEST_VIEW_XYZ: 1, raw.PDFDEST_VIEW_FITH: 0}.get(mode)
        if at is None or at >= len(view):
            return 0.0
        height = self.sizes[page][1]
        return max(0.0, height - view[at]) / height


def _draw(page: "pypdfium2.PdfPage", scale: float) -> QImage:
    """Let PDFium draw straight into a picture's memory."""
    import pypdfium2

    made: list[QImage] = []

    def bitmap(width: int, height: int, **options: Any) -> pypdfium2.PdfBitmap:  # noqa: ANN401
        picture = QImage(width, height, QImage.Format.Format_RGB32)
        if picture.isNull():
            raise MemoryError
        made.append(picture)
        memory = (ctypes.c_ubyte * picture.sizeInBytes()).from_buffer(picture.bits())
        stride = picture.bytesPerLine()
        return pypdfium2.PdfBitmap.new_native(
            width, height, **options, buffer=memory, stride=stride
        )

    page.render(scale=scale, prefer_bgrx=True, bitmap_maker=bitmap).close()
    return made[0]
