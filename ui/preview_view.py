"""The pages of the preview: scrolling, zoom, and what is clicked."""

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ui.preview_layout import PageBox, PageLayout, Size, Spot, fitting_scale
from ui.preview_loader import Want
from ui.theme import is_dark

# Zoom 1 shows a page in its real size, as far as the screen tells how large its pixels are.
POINTS_PER_INCH = 72
SMALLEST, LARGEST = 0.25, 4.0
STEPS = (SMALLEST, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, LARGEST)
# One notch of a wheel turns this much (QWheelEvent), and with Ctrl zooms by this factor.
NOTCH, NOTCH_ZOOM = 120, 1.1
# A page is drawn with at most this many pixels (100 MB) and enlarged beyond that.
MOST_PIXELS = 25_000_000
# Pictures of this many pages before and after those in sight are kept.
KEPT = 2

# The very top, with the space above the first page.
TOP = Spot(0, -1.0)
_CORNER = QPoint()


@dataclass(frozen=True, slots=True)
class _Picture:
    image: QImage
    want: Want | None  # None: of the document shown before


class PageView(QAbstractScrollArea):
    """Shows white pages on the window's colour. It asks for the pictures that it needs."""

    wanted = Signal(object)  # tuple of Want: the pages in sight, and the next
    page_changed = Signal(int, int)  # the page in sight from 1, how many there are
    zoom_changed = Signal(float)
    spot_clicked = Signal(object)  # Spot

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[Size, ...] = ()
        self._zoom: float | None = None  # None: as wide as the view
        self._layout = PageLayout((), 1.0)
        self._pictures: dict[int, _Picture] = {}
        self._spot = TOP
        self._pressed = QPoint()
        self._keys = {
            Qt.Key.Key_Home: lambda: self.go_to(TOP),
            Qt.Key.Key_End: lambda: self.go_to(Spot(len(self._sizes), 1.0)),
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,  # the same key without Shift on an English keyboard
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit_width,
            Qt.Key.Key_Return: self._click_in_sight,
            Qt.Key.Key_Enter: self._click_in_sight,
        }
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        # Always there, so that the width to fit to doesn't depend on the height that comes of it.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMinimumWidth(160)

    # What is shown

    def show_pages(self, sizes: tuple[Size, ...], spot: Spot) -> None:
        """Show a document with pages of these sizes, in points, from a spot on.

        The pictures of the document shown before stay until there are new ones.
        """
        self._sizes = sizes
        self._pictures = {
            page: replace(old, want=None)
            for page, old in self._pictures.items()
            if page < len(sizes)
        }
        self._lay_out(spot)

    def show_picture(self, want: Want, image: QImage) -> None:
        """Show a page's picture."""
        self._pictures[want.page] = _Picture(image, want)
        self.viewport().update()

    def forget(self) -> None:
        """Show nothing."""
        self._pictures.clear()
        self.show_pages((), TOP)

    @property
    def spot(self) -> Spot:
        """Return the spot at the top of the view."""
        return self._spot

    def go_to(self, spot: Spot) -> None:
        """Scroll so that a spot is at the top, as far as there is something to scroll."""
        if self._layout.boxes:
            self.verticalScrollBar().setValue(self._layout.y(spot))

    def sees(self, spot: Spot) -> bool:
        """Whether a spot is in sight, with some lines under it."""
        if not self._layout.boxes:
            return False
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        return top <= self._layout.y(spot) < top + height * 3 // 4

    # Zoom

    @property
    def zoom(self) -> float:
        """Return the zoom in use: 1 is real size."""
        return self._layout.scale / self._real_size()

    @property
    def fits_width(self) -> bool:
        """Whether the zoom follows the view's width."""
        return self._zoom is None

    def fit_width(self) -> None:
        """Make pages as wide as the view, also when it changes."""
        self._zoom = None
        self._lay_out(self._spot)

    def set_zoom(self, zoom: float, around: QPoint = _CORNER) -> None:
        """Set the zoom; what is at the point `around` of the view stays there."""
        if not self._layout.boxes:
            return
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        fixed = self._layout.spot(down.value() + around.y())
        share = (around.x() - self._left()) / self._layout.width
        self._zoom = min(max(zoom, SMALLEST), LARGEST)
        self._lay_out(self._spot)
        down.setValue(self._layout.y(fixed) - around.y())
        across.setValue(round(share * self._layout.width) - around.x())

    def zoom_in(self) -> None:
        """Go to the next larger step."""
        larger = (step for step in STEPS if step > self.zoom + 0.01)
        self.set_zoom(next(larger, LARGEST), self._middle())

    def zoom_out(self) -> None:
        """Go to the next smaller step."""
        smaller = (step for step in reversed(STEPS) if step < self.zoom - 0.01)
        self.set_zoom(next(smaller, SMALLEST), self._middle())

    def _middle(self) -> QPoint:
        """Return the middle of the view's width, at its top: text is read from there."""
        return QPoint(self.viewport().width() // 2, 0)

    def _real_size(self) -> float:
        return self.logicalDpiX() / POINTS_PER_INCH

    # Layout

    def _lay_out(self, spot: Spot) -> None:
        """Place the pages anew, with a spot at the top."""
        area, bars = self.viewport().size(), (self.horizontalScrollBar(), self.verticalScrollBar())
        if self._zoom is None:
            scale = fitting_scale(self._sizes, area.width())
        else:
            scale = self._zoom * self._real_size()
        self._layout = PageLayout(self._sizes, scale)
        across = 0 if self._zoom is None else self._layout.width - area.width()
        down = self._layout.height - area.height()
        top = self._layout.y(spot) if self._layout.boxes else 0
        with QSignalBlocker(bars[1]):  # on the way it has values that mean nothing
            for bar, most, step in zip(bars, (across, down), area.toTuple(), strict=True):
                bar.setRange(0, max(0, most))
                bar.setPageStep(step)
                bar.setSingleStep(max(1, step // 20))
            bars[1].setValue(top)
        self._tell()
        if bars[1].value() == top:
            self._spot = spot  # unrounded, so that resizing doesn't make it wander
        self.zoom_changed.emit(self.zoom)

    def scrollContentsBy(self, _across: int, _down: int) -> None:  # noqa: N802 - Qt's name
        """Follow the scroll bars."""
        self._tell()

    def _tell(self) -> None:
        """Tell which page is in sight and which pictures are needed."""
        self.viewport().update()
        if not self._layout.boxes:
            return
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        self._spot = self._layout.spot(top)
        # As other readers count: the page in the middle of the view.
        self.page_changed.emit(self._layout.spot(top + height // 2).page + 1, len(self._sizes))
        self._ask()

    def _ask(self) -> None:
        top = self.verticalScrollBar().value()
        seen = self._layout.seen(top, top + self.viewport().height())
        kept = range(seen.start - KEPT, seen.stop + KEPT)
        self._pictures = {page: p for page, p in self._pictures.items() if page in kept}
        wants = [
            self._want(page) for page in range(seen.start, min(seen.stop + 1, len(self._sizes)))
        ]
        fresh = {picture.want for picture in self._pictures.values()}
        self.wanted.emit(tuple(want for want in wants if want not in fresh))

    def _want(self, page: int) -> Want:
        width, height = self._sizes[page]
        most = math.sqrt(MOST_PIXELS / (width * height))
        return Want(page, min(self._layout.scale * self.devicePixelRatioF(), most))

    def _place(self, box: PageBox) -> QRect:
        """Return where a page is in the view now."""
        top = box.top - self.verticalScrollBar().value()
        return QRect(box.left + self._left(), top, box.width, box.height)

    def _left(self) -> int:
        """Return where the layout's left edge is in the view."""
        aside = max(0, self.viewport().width() - self._layout.width) // 2
        return aside - self.horizontalScrollBar().value()

    # Painting and input

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the pages that are in sight."""
        painter = QPainter(self.viewport())
        window = self.palette().color(QPalette.ColorRole.Window)
        painter.fillRect(event.rect(), window.darker(140 if is_dark(self.palette()) else 112))
        top = self.verticalScrollBar().value()
        for page in self._layout.seen(top, top + self.viewport().height()):
            self._paint_page(painter, page)

    def _paint_page(self, painter: QPainter, page: int) -> None:
        place = self._place(self._layout.boxes[page])
        painter.fillRect(place, Qt.GlobalColor.white)  # paper is white in the dark, too
        picture = self._pictures.get(page)
        if picture is None:
            return
        if picture.want == self._want(page) and not self._is_enlarged(picture):
            picture.image.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(place.topLeft(), picture.image)  # pixel for pixel
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, picture.image)

    def _is_enlarged(self, picture: _Picture) -> bool:
        scale = self._layout.scale * self.devicePixelRatioF()
        return picture.want is not None and picture.want.scale < scale

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the place, and the width if it is fitted."""
        super().resizeEvent(event)
        self._lay_out(self._spot)

    def event(self, event: QEvent) -> bool:
        """Draw anew on a screen with other pixels."""
        if event.type() is QEvent.Type.DevicePixelRatioChange and self._layout.boxes:
            self._ask()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll, or zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = NOTCH_ZOOM ** (event.angleDelta().y() / NOTCH)
            self.set_zoom(self.zoom * factor, event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom, go to an end, or to the section in sight; the rest is scrolling."""
        act = self._keys.get(Qt.Key(event.key()))
        if act is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        else:
            act()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where a click began."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show that a page can be clicked."""
        over = self._spot_under(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell what was clicked."""
        at = event.position().toPoint()
        moved = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        spot = self._spot_under(at)
        if event.button() is Qt.MouseButton.LeftButton and spot is not None and not moved:
            self.spot_clicked.emit(spot)

    def _spot_under(self, at: QPoint) -> Spot | None:
        if not self._layout.boxes:
            return None
        spot = self._layout.spot(at.y() + self.verticalScrollBar().value())
        return spot if self._place(self._layout.boxes[spot.page]).contains(at) else None

    def _click_in_sight(self) -> None:
        """Do with a key what a click in the upper part of the view does."""
        if self._layout.boxes:
            top, height = self.verticalScrollBar().value(), self.viewport().height()
            self.spot_clicked.emit(self._layout.spot(top + height // 4))
