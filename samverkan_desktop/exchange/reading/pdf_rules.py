"""Drawn lines of a PDF page: they tell columns and rows apart where gaps don't."""

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

_MOST = 3000  # drawn objects that are looked at on a page
_THIN = 2.5  # points


@dataclass(frozen=True, slots=True)
class Rules:
    """Upright lines as (x, top, bottom) and level ones as (y, left, right), from the top left."""

    upright: tuple[tuple[float, float, float], ...] = ()
    level: tuple[tuple[float, float, float], ...] = ()

    def part(self, left: float, right: float, height: float) -> bool:
        """Whether an upright line stands between two places on a line of text."""
        return any(left < x < right and top <= height <= end for x, top, end in self.upright)

    def lie_between(self, above: float, below: float, left: float, right: float) -> bool:
        """Whether a level line lies between two lines of text, over some of their width."""
        return any(above < y < below and x < right and left < end for y, x, end in self.level)


def page_rules(document: pdfium.PdfDocument, number: int) -> Rules:
    """Return the lines and the edges of the boxes that are drawn on a page."""
    page = document[number]
    try:
        return _rules(page, page.get_height())
    finally:
        page.close()


def _rules(page: pdfium.PdfPage, height: float) -> Rules:
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for at, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if at > _MOST:
            break
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(item.raw, left, bottom, right, top):
            continue
        x, end, y, low = left.value, right.value, height - top.value, height - bottom.value
        wide, high = end - x > _THIN, low - y > _THIN
        if high and not wide:
            upright.append(((x + end) / 2, y - 1, low + 1))
        elif wide and not high:
            level.append(((y + low) / 2, x, end))
        elif wide and high and low - y < 0.5 * height:
            upright += [(x, y, low), (end, y, low)]
            level += [(y, x, end), (low, x, end)]
    return Rules(tuple(upright), tuple(level))
