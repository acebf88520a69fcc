"""What Word and PDF share of an image: how it is opened, and how large it is shown."""

import contextlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps

QUALITY = 88  # of a JPEG that is written anew
_FINEST = 300  # dots an inch; finer isn't seen in print and makes the file larger
_USUAL_DPI = 96.0  # what Word takes an image to have that doesn't say
_LARGEST = 100_000_000  # pixels; a larger image is a mistake or an attack
_POINTS = 72  # an inch


class BadImageError(Exception):
    """The data is no image that can be shown."""


# What Pillow raises for data that is cut off, damaged or made to hurt.
_FAILURES = (
    OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, MemoryError,
    zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """An image turned as a camera meant it, its size in points, and the most pixels of use."""

    upright: Image.Image
    width: float
    height: float
    finest: tuple[int, int]

    @property
    def is_too_fine(self) -> bool:
        """Whether the image has more pixels than can be seen."""
        return self.upright.width > self.finest[0]


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """Lend an image; what goes wrong with it in the block is the image's fault.

    Raises BadImageError.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _LARGEST:
                raise BadImageError
            yield image
    except _FAILURES as error:
        raise BadImageError from error


def shown(image: Image.Image, width: float, height: float) -> Shown:
    """Return an image as it is shown: no larger than this many points, and never enlarged."""
    upright = ImageOps.exif_transpose(image)
    points = _POINTS / _dots_an_inch(image)
    scale = min(1.0, width / (upright.width * points), height / (upright.height * points))
    width, height = upright.width * points * scale, upright.height * points * scale
    finest = max(1, round(width * _FINEST / _POINTS)), max(1, round(height * _FINEST / _POINTS))
    return Shown(upright, width, height, finest)


def _dots_an_inch(image: Image.Image) -> float:
    """Return the resolution that the image says it has, when that can be true."""
    said = image.info.get("dpi")
    if isinstance(said, tuple) and 50 <= said[0] <= 1200:
        return float(said[0])
    return _USUAL_DPI
