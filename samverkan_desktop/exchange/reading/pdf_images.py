"""Pictures on a PDF page, as files of their own."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

_MOST_PIXELS = 25_000_000
_SMALLEST = 24  # pixels; what is smaller is an ornament


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes and the suffix that tells its kind."""

    data: bytes
    suffix: str


def page_images(
    document: pdfium.PdfDocument, number: int, tags: set[int] | None
) -> Iterator[Picture]:
    """Yield the pictures of a page, those of the given tags only when tags are given."""
    page = document[number]
    try:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
            tag = raw.FPDFPageObj_GetMarkedContentID(item.raw)
            if tags is None or tag in tags:
                picture = _picture(item)
                if picture:
                    yield picture
    finally:
        page.close()


def _picture(item: pdfium.PdfImage) -> Picture | None:
    width, height = item.get_px_size()
    if min(width, height) < _SMALLEST or width * height > _MOST_PIXELS:
        return None
    try:
        image = item.get_bitmap(render=False).to_pil()
    except (pdfium.PdfiumError, ValueError, OSError):
        return None
    out = io.BytesIO()
    image.save(out, "PNG")
    return Picture(out.getvalue(), "png")
