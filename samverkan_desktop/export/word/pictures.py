"""Image files as Word takes them: upright, no finer than a printer shows, without a camera's notes.

A photo says where and when it was taken, and with what; that isn't for the public.
"""

import io
from dataclasses import dataclass, field

from PIL import Image

from samverkan_desktop.export.pictures import QUALITY, BadImageError, opened, shown

__all__ = ["BadImageError", "Picture", "read_picture"]

_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}
# What may stand in a file beside the image; all else is a note of some kind.
_HARMLESS = {
    "adobe", "adobe_transform", "aspect", "chromaticity", "dpi", "gamma", "icc_profile",
    "interlace", "jfif", "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive",
    "srgb", "transparency",
}  # fmt: skip


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
    with opened(data) as image:
        return _picture(image, data, (width, height))


def _picture(image: Image.Image, data: bytes, room: tuple[float, float]) -> Picture:
    image.load()  # raises when the data is damaged
    made = shown(image, *room)
    kind = "jpeg" if image.format == "JPEG" else "png"
    if made.is_too_fine:
        smooth = _smooth(made.upright).resize(made.finest, Image.Resampling.LANCZOS)
        data = _written_anew(smooth, kind)
    elif not _is_plain(image, data):
        data = _written_anew(_smooth(made.upright), kind)
    return Picture(data, kind, made.width, made.height)


def _is_plain(image: Image.Image, data: bytes) -> bool:
    """Whether the file can be used as it is: nothing else is in it, and nothing after it."""
    end = _ENDS.get(image.format or "")
    is_whole = end is not None and data.endswith(end)
    return is_whole and image.mode in _MODES and set(image.info) <= _HARMLESS


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
        image.save(out, "JPEG", quality=QUALITY)
    else:
        image.save(out, "PNG")
    return out.getvalue()
