"""Pictures on a PDF page, as files of their own, and where among the text they stand."""

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from samverkan_desktop.exchange.reading.model import Piece, Place, ReadImage

_MOST_PIXELS = 25_000_000
_SMALLEST = 24  # pixels; what is smaller is an ornament
_HEADER = 0.13  # of the page's height, at its top: where a logotype stands


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes, the suffix that tells its kind, and where it stands.

    No bytes: it is there, but can't be read.
    """

    data: bytes
    suffix: str
    place: Place


def page_images(
    document: pdfium.PdfDocument, number: int, tags: set[int] | None
) -> Iterator[Picture]:
    """Yield the pictures of a page, those of the given tags only when tags are given."""
    page = document[number]
    try:
        height = page.get_height()
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
            tag = raw.FPDFPageObj_GetMarkedContentID(item.raw)
            if (tags is None or tag in tags) and min(item.get_px_size()) >= _SMALLEST:
                yield Picture(_png(item), "png", _place(item, number + 1, height))
    finally:
        page.close()


def _png(item: pdfium.PdfImage) -> bytes:
    width, height = item.get_px_size()
    if width * height > _MOST_PIXELS:
        return b""
    try:
        image = item.get_bitmap(render=False).to_pil()
    except (pdfium.PdfiumError, ValueError, OSError):
        return b""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _place(item: pdfium.PdfImage, page: int, height: float) -> Place:
    """Return where a picture stands; only the page where it is drawn by way of a form."""
    if item.level:
        return Place(page)
    left, bottom, right, top = item.get_bounds()
    return Place(page, left, height - top, right, height - bottom)


def with_images(
    pieces: Sequence[Piece], document: pdfium.PdfDocument, body_left: float
) -> tuple[list[Piece], list[str]]:
    """Put each picture of an untagged file where it stands; tell of those that are left out.

    What stands in a header or a margin, or on several pages, is a logotype.
    """
    found = [
        (picture, document.get_page_size(number)[1])
        for number in range(len(document))
        for picture in page_images(document, number, None)
    ]
    on_pages: dict[bytes, set[int]] = defaultdict(set)
    for picture, _ in found:
        on_pages[picture.data].add(picture.place.page)
    out, notes = list(pieces), []
    for picture, height in found:
        place = picture.place
        if not picture.data:
            notes.append(f"En bild på sida {place.page} kunde inte läsas.")
        elif len(on_pages[picture.data]) > 1 or _is_beside(place, height, body_left):
            notes.append(
                f"En bild i sidhuvudet eller marginalen på sida {place.page} lästes inte in."
            )
        else:
            name = f"sida{place.page}.{picture.suffix}"
            out.insert(_index(out, place), ReadImage(picture.data, name, place=place))
    return out, notes


def _is_beside(place: Place, height: float, body_left: float) -> bool:
    if not place.bottom:
        return False
    return (place.top + place.bottom) / 2 < _HEADER * height or place.right < body_left + 2


def _index(pieces: Sequence[Piece], place: Place) -> int:
    """Return where a picture belongs: before the first piece that stands under its middle."""
    middle = (place.top + place.bottom) / 2 or float("inf")
    for index, piece in enumerate(pieces):
        other = piece.place
        if other and (other.page > place.page or (other.page == place.page and other.top > middle)):
            return index
    return len(pieces)
