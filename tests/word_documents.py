"""Documents to write as Word files, and ways to look into these, for the tests of Word."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree
from PIL import Image as Picture

from samverkan_desktop.domain.document import (
    Document,
    Element,
    Furniture,
    Part,
    Properties,
    SectionHeading,
)
from samverkan_desktop.domain.progress import Progress, silent
from samverkan_desktop.export.word import write_word
from samverkan_desktop.files import Folders

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = Folders(resources=ROOT / "resources", user_data=ROOT, user_config=ROOT, site_config=ROOT)

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
W = f"{{{NAMES['w']}}}"

FURNITURE = Furniture("Tjänsteutlåtande", "Dnr 7/2025", "2025-02-03", "Sida", "")
EMPTY = Document("sv-SE", Properties("Bryggan", "Ada Ö", "Anmälan", "7/2025"), FURNITURE, ())


def no_files(name: str) -> bytes:
    raise KeyError(name)


def document(*parts: Part, **fields: object) -> Document:
    return replace(EMPTY, parts=parts, **fields)


def section(*elements: Element, key: str = "arendet", heading: str = "Ärendet") -> Part:
    return Part(key, (SectionHeading(heading), *elements))


def to_word(
    made: Document,
    files: Callable[[str], bytes] = no_files,
    folders: Folders = FOLDERS,
    progress: Progress = silent,
) -> bytes:
    out = io.BytesIO()
    write_word(made, files, out, folders, progress)
    return out.getvalue()


def members(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def xml(docx: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(members(docx)[name])


def find(root: etree._Element, path: str) -> list[etree._Element]:
    return root.xpath(path, namespaces=NAMES)


def values(root: etree._Element, path: str) -> list[str]:
    """The w:val of every element on the path."""
    return [element.get(f"{W}val") for element in find(root, path)]


def picture(width: int, height: int, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", (width, height), "lightsteelblue").save(out, kind, **options)
    return out.getvalue()
