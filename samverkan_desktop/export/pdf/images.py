"""Images as PDF/A-2 takes them: grey or sRGB, opaque, no finer than a printer shows."""

import io
import zlib
from dataclasses import dataclass, field

from PIL import ExifTags, Image

from samverkan_desktop.export.pictures import QUALITY, BadImageError, opened, shown

__all__ = ["BadImageError", "Picture", "read_picture"]


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
    with opened(data) as image:
        return _picture(image, data, (width, height))


def _picture(image: Image.Image, data: bytes, room: tuple[float, float]) -> Picture:
    turned = image.getexif().get(ExifTags.Base.Orientation, 1) != 1
    made = shown(image, *room)
    is_jpeg = image.format == "JPEG"
    if is_jpeg and not turned and image.mode in ("L", "RGB") and not made.is_too_fine:
        image.load()  # raises when the data is damaged
        return Picture(_entries(image, "DCTDecode"), data, made.width, made.height)
    plain = _opaque(made.upright)
    if made.is_too_fine:
        plain = plain.resize(made.finest, Image.Resampling.LANCZOS)
    encoding = "DCTDecode" if is_jpeg else "FlateDecode"
    encoded = _as_jpeg(plain) if is_jpeg else zlib.compress(plain.tobytes(), 9)
    return Picture(_entries(plain, encoding), encoded, made.width, made.height)


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
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _entries(image: Image.Image, encoding: str) -> str:
    space = "DeviceGray" if image.mode == "L" else "DeviceRGB"
    return (
        f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
        f"/ColorSpace/{space}/BitsPerComponent 8/Filter/{encoding}"
    )
