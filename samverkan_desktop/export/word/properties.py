"""What the file says about itself, and its bytes: the same document gives the same file."""

import datetime
import io
import zipfile
from typing import BinaryIO

from docx.document import Document as WordDocument

from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.export.word.xml import safe

_LONGEST = 255  # characters that Word keeps of a property
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)  # the earliest date of a zip member
_FIRST_YEAR = 1601  # Windows knows no earlier dates


def set_properties(word: WordDocument, document: Document) -> None:
    """Set title, author and the like; the dates are the document's own, never the clock's."""
    properties, ours = word.core_properties, document.properties
    properties.title = _line(ours.title)
    properties.author = properties.last_modified_by = _line(ours.author)
    properties.subject = _line(ours.subject)
    properties.keywords = _line(ours.keywords)
    properties.language = _line(document.language)
    if document.furniture.date:
        date = datetime.datetime.fromisoformat(document.furniture.date)
        if date.year >= _FIRST_YEAR:
            properties.created = properties.modified = date


def save(word: WordDocument, out: BinaryIO) -> None:
    """Write the file with fixed dates on its members."""
    packed = io.BytesIO()
    word.save(packed)
    with zipfile.ZipFile(packed) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for member in made.infolist():
            entry = zipfile.ZipInfo(member.filename, _NO_CLOCK)
            entry.create_system = 0  # the same on every platform
            fixed.writestr(entry, made.read(member), zipfile.ZIP_DEFLATED)


def _line(text: str) -> str:
    line = safe(" ".join(clean(text).split("\n")))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
