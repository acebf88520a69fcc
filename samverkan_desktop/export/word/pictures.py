"""Image files as Word takes them: upright, no finer than a printer shows, without a camera's notes.

A photo says where and when it was taken, and with what; that isn't for the public.
"""

import io
import zlib
from dataclasses import dataclass, field

from PIL import Image, ImageOps

_FINEST = 300  # dots an inch; finer isn't seen in print and makes the file larger
_USUAL_DPI = 96.0  # what Word takes an image to have that doesn't say
_LARGEST = 100_000_000  # pixels; a larger image is a mistake or an attack
_QUALITY = 88
_POINTS = 72  # an inch

_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}
# What may stand in a file beside the image; all else is a note of some kind.
_HARMLESS = {
    "adobe", "adobe_transform", "aspect", "chromaticity", "dpi", "gamma", "icc_profile",
    "interlace", "jfif", "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive",
    "srgb", "transparency",
}  # fmt: skip


class BadImageError(Exception):
    """The data is no image that can be shown."""


# What Pillow raises for data that is cut off, damaged or made to hurt.
_FAILURES = (
    OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, MemoryError,
    zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file, its kind ("png" or "jpeg"), and the size in points to show it in."""

    data: bytes = field(repr=False)
    kind: str
    width: float
    height: float


def read_picture(data: bytes, width: float, height: float) -> Picture:
    """Return an image to be shown no larger than `width` × `height` points, and never enlarged.

    Raises BadImageError.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _LARGEST:
                raise BadImageError
            return _picture(image, data, (width, height))
    except _FAILURES as error:
        raise BadImageError from error


def _picture(image: Image.Image, data: bytes, room: tuple[float, float]) -> Picture:
    image.load()  # raises when the data is damaged
    upright = ImageOps.exif_transpose(image)
    points = _POINTS / _dots_an_inch(image)
    scale = min(1.0, room[0] / (upright.width * points), room[1] / (upright.height * points))
    width, height = upright.width * points * scale, upright.height * points * scale
    finest = max(1, round(width * _FINEST / _POINTS)), max(1, round(height * _FINEST / _POINTS))
    kind = "jpeg" if image.format == "JPEG" else "png"
    if upright.width > finest[0]:
        data = _written_anew(_smooth(upright).resize(finest, Image.Resampling.LANCZOS), kind)
    elif not _is_plain(image, data):
        data = _written_anew(_smooth(upright), kind)
    return Picture(data, kind, width, height)


def _is_plain(image: Image.Image, data: bytes) -> bool:
    """Whether the file can be used as it is: nothing else is in it, and nothing after it."""
    end = _ENDS.get(image.format or "")
    is_whole = end is not None and data.endswith(end)
    return is_whole and image.mode in _MODES and set(image.info) <= _HARMLESS


def _dots_an_inch(image: Image.Image) -> float:
    """Return the resolution that the image says it has, when that can be true."""
    said = image.info.get("dpi")
    if isinstance(said, tuple) and 50 <= said[0] <= 1200:
        return float(said[0])
    return _USUAL_DPI


def _smooth(image: Image.Image) -> Image.Image:
    """Return the image in a form whose points can be averaged: not a palette."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _written_anew(image: Image.Image, kind: str) -> bytes:
    """Return the points of an image as a file, and nothing else of it."""
    out = io.BytesIO()
    image.info.clear()
    if kind == "jpeg":
        image.save(out, "JPEG", quality=_QUALITY)
    else:
        image.save(out, "PNG")
    return out.getvalue()
