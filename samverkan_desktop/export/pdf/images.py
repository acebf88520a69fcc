"""Images as PDF/A-2 takes them: grey or sRGB, opaque, no finer than a printer shows."""

import io
import zlib
from dataclasses import dataclass, field

from PIL import ExifTags, Image, ImageOps

_FINEST = 300  # dots an inch; finer isn't seen in print and makes the file larger
_USUAL_DPI = 96.0
_LARGEST = 100_000_000  # pixels; a larger image is a mistake or an attack
_QUALITY = 88


class BadImageError(Exception):
    """The data is no image that can be shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image XObject, or a form as large as one: 1 × 1 (ISO 32000-1, 8.10.1).

    It has its dictionary's entries, its encoded data, and the size to show it in, in points.
    """

    entries: str
    data: bytes = field(repr=False)
    width: float
    height: float


def read_picture(data: bytes, width: float, height: float) -> Picture:
    """Return an image to be shown no larger than `width` × `height` points.

    Raises BadImageError.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _LARGEST:
                raise BadImageError
            return _picture(image, data, (width, height))
    except _FAILURES as error:
        raise BadImageError from error


# What Pillow raises for data that is cut off, damaged or made to hurt.
_FAILURES = (
    OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, MemoryError,
    zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def _picture(image: Image.Image, data: bytes, room: tuple[float, float]) -> Picture:
    turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
    upright = ImageOps.exif_transpose(image)
    points = 72 / _dots_an_inch(image)
    scale = min(1.0, room[0] / (upright.width * points), room[1] / (upright.height * points))
    width, height = upright.width * points * scale, upright.height * points * scale
    finest = max(1, round(width * _FINEST / 72)), max(1, round(height * _FINEST / 72))
    is_jpeg = image.format == "JPEG"
    if is_jpeg and not turned and image.mode in ("L", "RGB") and image.width <= finest[0]:
        image.load()  # raises when the data is damaged
        return Picture(_entries(image, "DCTDecode"), data, width, height)
    plain = _opaque(upright)
    if plain.width > finest[0]:
        plain = plain.resize(finest, Image.Resampling.LANCZOS)
    if is_jpeg:
        return Picture(_entries(plain, "DCTDecode"), _as_jpeg(plain), width, height)
    return Picture(_entries(plain, "FlateDecode"), zlib.compress(plain.tobytes(), 9), width, height)


def _dots_an_inch(image: Image.Image) -> float:
    """Return the resolution that the image says it has, when that can be true."""
    said = image.info.get("dpi")
    if isinstance(said, tuple) and 50 <= said[0] <= 1200:
        return float(said[0])
    return _USUAL_DPI


def _opaque(image: Image.Image) -> Image.Image:
    """Return the image in grey or RGB; what is transparent shows the white of the page."""
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), rgba).convert("RGB")
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _as_jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _entries(image: Image.Image, encoding: str) -> str:
    space = "DeviceGray" if image.mode == "L" else "DeviceRGB"
    return (
        f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
        f"/ColorSpace/{space}/BitsPerComponent 8/Filter/{encoding}"
    )
