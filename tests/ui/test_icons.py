from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QPalette

from samverkan_desktop.domain.errors import ResourceError
from samverkan_desktop.files import standard_folders
from ui.icons import icon

RESOURCES = standard_folders().resources
DRAWINGS = sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))


def palette_with_text(colour: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.ButtonText, QColor(colour))
    return palette


def colours_of(shown: QIcon) -> set[str]:
    image = shown.pixmap(24).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_shipped_drawing_can_be_shown(qapp, name):
    assert colours_of(icon(name, RESOURCES, palette_with_text("#102030")))


def test_an_icon_is_drawn_in_the_colour_of_the_text(qapp):
    assert colours_of(icon("bold", RESOURCES, palette_with_text("#ff0000"))) == {"#ff0000"}
    assert colours_of(icon("bold", RESOURCES, palette_with_text("#0000ff"))) == {"#0000ff"}


def test_a_missing_drawing_is_named_in_swedish(qapp, tmp_path: Path):
    with pytest.raises(ResourceError, match=r"icons/saknas\.svg"):
        icon("saknas", tmp_path, QPalette())


def test_a_damaged_drawing_is_named_in_swedish(qapp, tmp_path: Path):
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "trasig.svg").write_text("inte en bild")
    with pytest.raises(ResourceError, match=r"icons/trasig\.svg"):
        icon("trasig", tmp_path, QPalette())


def test_the_licence_of_the_drawings_is_shipped_with_them():
    assert "ISC License" in (RESOURCES / "icons" / "LICENSE").read_text(encoding="utf-8")
