"""What the preview shows: a document as the PDF of an export, and where its parts are."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samverkan_desktop.domain.document import Document, Part, SectionHeading, Title
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.files import Folders
from ui.preview_layout import Spot

if TYPE_CHECKING:
    from samverkan_desktop.export.pdf.layouts import Layouts


@dataclass(frozen=True, slots=True)
class MadePdf:
    """A PDF, and the keys of its parts with their headings, in its order."""

    data: bytes
    headings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a PDF's outline: a heading, and where it stands."""

    title: str
    spot: Spot


class PdfMaker:
    """Makes one PDF after another, each sparing the work that the one before has done.

    It is made on the main thread and used in the one that the preview's jobs run in.
    """

    def __init__(self) -> None:
        self._layouts: Layouts | None = None

    def make(
        self,
        document: Document,
        files: Callable[[str], bytes],
        folders: Folders,
        progress: Progress,
    ) -> MadePdf:
        """Make the PDF of a document.

        Raises ExportError, ResourceError, and what `progress` raises.
        """
        from samverkan_desktop.export.pdf.layouts import Layouts  # imports ReportLab
        from samverkan_desktop.export.pdf.writer import write_pdf

        self._layouts = self._layouts or Layouts()
        out = io.BytesIO()
        write_pdf(document, files, out, folders, progress, self._layouts)
        return MadePdf(out.getvalue(), headings(document))


def headings(document: Document) -> tuple[tuple[str, str], ...]:
    """Return the key and heading of each part; the first part has the top of the first page."""
    return tuple(
        (part.key, _heading(part))
        for i, part in enumerate(document.parts)
        if i == 0 or _heading(part)
    )


def places(
    headings: Sequence[tuple[str, str]], bookmarks: Sequence[Bookmark]
) -> Mapping[str, Spot]:
    """Return where each part begins, in reading order.

    The PDF has a bookmark for each heading in the document's order, and others for the headings
    inside sections.
    """
    found: dict[str, Spot] = {}
    left = iter(bookmarks)
    for key, heading in headings:
        if not heading:
            found[key] = Spot(0, 0.0)
            continue
        here = next((b for b in left if b.title.split() == heading.split()), None)
        if here is None:
            break
        found[key] = here.spot
    return found


def _heading(part: Part) -> str:
    texts = (e.text for e in part.elements if isinstance(e, Title | SectionHeading))
    return next(texts, "")
