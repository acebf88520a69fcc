"""Icons: Lucide's line drawings (resources/icons, ISC licence) in the palette's text colour."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from samverkan_desktop.domain.errors import ResourceError

# Pixels: the sizes in use, and the double of each for high-DPI screens.
_SIZES = (16, 20, 24, 32, 40, 48)


def icon(name: str, resources: Path, palette: QPalette) -> QIcon:
    """Return `resources/icons/<name>.svg` as an icon that is readable on the palette's buttons.

    An icon doesn't follow a change between light and dark: ask for a new one in `changeEvent` when
    the event is a PaletteChange.

    Raises ResourceError when the drawing is missing or damaged.
    """
    made = QIcon()
    modes = (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    )
    for mode, group in modes:
        colour = palette.color(group, QPalette.ColorRole.ButtonText)
        for pixmap in _pixmaps(resources / "icons" / f"{name}.svg", colour):
            made.addPixmap(pixmap, mode)
    return made


def _pixmaps(path: Path, colour: QColor) -> list[QPixmap]:
    """Return a drawing in each size; a window has most of its drawings on many buttons."""
    keys = [f"{path} {colour.name()} {size}" for size in _SIZES]
    known = [QPixmap() for _ in keys]
    if all(map(QPixmapCache.find, keys, known)):
        return known
    renderer = _renderer(path, colour)
    made = [_pixmap(renderer, size) for size in _SIZES]
    for key, pixmap in zip(keys, made, strict=True):
        QPixmapCache.insert(key, pixmap)
    return made


def _renderer(path: Path, colour: QColor) -> QSvgRenderer:
    try:
        drawing = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"icons/{path.name}") from error
    renderer = QSvgRenderer(QByteArray(_coloured(drawing, colour).encode()))
    if not renderer.isValid():
        raise ResourceError(f"icons/{path.name}")
    return renderer


def _coloured(drawing: str, colour: QColor) -> str:
    return drawing.replace("currentColor", colour.name())


def _pixmap(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
