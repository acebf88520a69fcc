"""The way from a composed document to a PDF file."""

from collections.abc import Callable, Sequence
from typing import BinaryIO

from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.export.pdf.bookmarks import write_bookmarks
from samverkan_desktop.export.pdf.builder import Builder
from samverkan_desktop.export.pdf.canvas import Artifact, Canvas, Sheet
from samverkan_desktop.export.pdf.fonts import load_fonts
from samverkan_desktop.export.pdf.furniture import Header
from samverkan_desktop.export.pdf.inline import Setter
from samverkan_desktop.export.pdf.layouts import Layouts
from samverkan_desktop.export.pdf.lines import TextLine
from samverkan_desktop.export.pdf.metadata import Metadata, write_output_intent
from samverkan_desktop.export.pdf.objects import PdfFile, text_string
from samverkan_desktop.export.pdf.pages import Page, put_on_pages
from samverkan_desktop.export.pdf.structure import write_structure
from samverkan_desktop.export.pdf.styles import BOTTOM, INNER, OUTER
from samverkan_desktop.files import Folders

_ABOVE_FOOT = 12.0


def write_pdf(
    document: Document,
    files: Callable[[str], bytes],
    out: BinaryIO,
    folders: Folders,
    progress: Progress,
    layouts: Layouts | None = None,
) -> None:
    """Write the document as PDF/UA-1 and PDF/A-2a, with an empty signature field a signatory.

    `files` gives the content of the images that the document names. The same document gives the
    same bytes, whenever and in whichever thread. Nothing is written before all of it is made.
    `layouts` spares setting what the last document written with them had too.

    Raises ExportError when something can't be shown as it is, ResourceError when a font is missing,
    and what `progress` raises.
    """
    fonts = load_fonts(folders)
    layouts = layouts or Layouts()
    layouts.begin()
    builder = Builder(fonts, files, layouts)
    for done, part in enumerate(document.parts):
        progress(done, len(document.parts) + 1)
        builder.add(part)
    layouts.end()
    progress(len(document.parts), len(document.parts) + 1)
    header = Header(Setter(fonts), document.furniture)
    foot = sum(line.height for line in builder.sender)
    first = header.first_frame(foot + _ABOVE_FOOT if foot else 0.0)
    pages = put_on_pages(builder.boxes, first, header.later_frame())
    file = PdfFile()
    canvas = Canvas(file, len(pages))
    sheets = [Sheet(canvas, index) for index in range(len(pages))]
    for number, (sheet, page) in enumerate(zip(sheets, pages, strict=True), 1):
        header.draw(sheet, number, len(pages))
        _draw(sheet, page)
    _draw_foot(sheets[0], builder.sender)
    out.write(_finish(canvas, sheets, builder, document))
    progress(len(document.parts) + 1, len(document.parts) + 1)


def _draw(sheet: Sheet, page: Page) -> None:
    for placed in page.placed:
        if placed.repeated:
            with sheet.drawn_as(Artifact.REPEATED):
                placed.box.draw(sheet, INNER, placed.top)
        else:
            placed.box.draw(sheet, INNER, placed.top)


def _draw_foot(sheet: Sheet, lines: Sequence[TextLine]) -> None:
    """Draw the sender's address so that it ends where the text must end."""
    top = BOTTOM + sum(line.height for line in lines)
    for line in lines:
        line.draw(sheet, OUTER, top)
        top -= line.height


def _finish(canvas: Canvas, sheets: Sequence[Sheet], builder: Builder, document: Document) -> bytes:
    """Write what the pages share, and the catalogue (ISO 32000-1, 7.7.2) that leads to it all."""
    file = canvas.file
    tree, fonts = file.reserve(), file.reserve()
    for sheet in sheets:
        sheet.finish(tree, fonts)
    file.define(fonts, canvas.fonts.write(file))
    kids = " ".join(canvas.pages)
    file.define(tree, f"<</Type/Pages/Kids[{kids}]/Count {len(canvas.pages)}>>")
    structure = write_structure(file, builder.root, canvas.marks, canvas.pages)
    metadata = Metadata(document)
    entries = [
        f"<</Type/Catalog/Pages {tree}/Lang{text_string(metadata.language)}",
        f"/MarkInfo<</Marked true>>/StructTreeRoot {structure}",
        f"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {metadata.write_xmp(file)}",
        f"/OutputIntents[{write_output_intent(file)}]",
    ]
    bookmarks = write_bookmarks(file, canvas.anchors)
    if bookmarks:
        entries.append(f"/Outlines {bookmarks}")
    if canvas.fields:  # no NeedAppearances, and no "append only" before the first signature
        entries.append(f"/AcroForm<</Fields[{' '.join(canvas.fields)}]/SigFlags 1>>")
    return file.finish(file.add("".join(entries) + ">>"), metadata.write_info(file))
