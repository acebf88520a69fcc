"""A small PDF with parts that can be gone to, for tests that only look at pages."""

import io

from reportlab.pdfgen.canvas import Canvas

from ui.preview_making import MadePdf

WIDTH, HEIGHT = 595.0, 842.0


def small_pdf(pages: int, mark: str = "") -> bytes:
    """Pages of A4; the part `del-1` begins at the top of page 1, `mitt-1` in its middle, …"""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    for number in range(1, pages + 1):
        for level, (key, y) in enumerate(parts(number)):
            canvas.bookmarkPage(key, fit="XYZ", left=0, top=y)
            canvas.addOutlineEntry(heading(key), key, level)
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(72, y - 20, f"{heading(key)} {mark}")
        canvas.setFont("Helvetica", 11)
        for line in range(20):
            canvas.drawString(72, 750 - 15 * line, f"Rad {line + 1} på sidan {number}. {mark}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def made_pdf(pages: int, mark: str = "") -> MadePdf:
    """The same, with what the preview must know about it."""
    keys = [key for number in range(1, pages + 1) for key, _ in parts(number)]
    return MadePdf(small_pdf(pages, mark), tuple((key, heading(key)) for key in keys))


def parts(number: int) -> list[tuple[str, int]]:
    return [(f"del-{number}", 800), (f"mitt-{number}", 421)]


def heading(key: str) -> str:
    return f"Rubrik för {key}"
