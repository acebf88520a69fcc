"""write_word: the whole file."""

from collections.abc import Callable
from typing import BinaryIO

from docx.oxml.ns import qn

from samverkan_desktop.codec.travelling import control_name
from samverkan_desktop.domain.composition import (
    APPROVALS,
    ATTACHMENTS,
    HEAD,
    ORGANISATION,
    SIGNATURES,
    TITLE,
)
from samverkan_desktop.domain.document import Document, Part
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.export.word.base import open_base
from samverkan_desktop.export.word.carrying import carry
from samverkan_desktop.export.word.elements import part_heading, write_part
from samverkan_desktop.export.word.flow import settle_tables
from samverkan_desktop.export.word.furniture import write_furniture
from samverkan_desktop.export.word.properties import save, set_properties
from samverkan_desktop.export.word.target import Target
from samverkan_desktop.export.word.xml import Element, w
from samverkan_desktop.files import Folders

# What Word calls the parts that have no heading of their own.
_NAMES = {
    TITLE: "Rubrik",
    SIGNATURES: "Underskrifter",
    ATTACHMENTS: "Bilagor",
    ORGANISATION: "Avsändare",
    APPROVALS: "Attester",
}


def write_word(
    document: Document,
    files: Callable[[str], bytes],
    out: BinaryIO,
    folders: Folders,
    progress: Progress,
    carried: Draft | None = None,
) -> None:
    """Write the document as a Word file; `files` gives the content of an image by its name.

    With `carried`, the draft that was composed, the file can be read in again without loss.

    The same document gives the same bytes, and nothing is written to `out` before all is made.

    Raises ResourceError when the base document lacks something, UnreadableImageError, and what
    `files` and `progress` raise.
    """
    target = Target(open_base(folders), files)
    word = target.base.document
    set_properties(word, document)
    _set_language(target, document.language)
    write_furniture(target, document)
    body = word.element.body
    body.clear_content()
    for done, part in enumerate(document.parts):
        progress(done, len(document.parts))
        for element in _in_control(target, part, list(write_part(target, part))):
            body.sectPr.addprevious(element)
    settle_tables(target, body)
    if carried is not None:
        carry(target, carried)
    save(word, out)
    progress(len(document.parts), len(document.parts))


def _in_control(target: Target, part: Part, content: list[Element]) -> list[Element]:
    """Return what a part holds in a content control, so that it is found again in a changed file.

    The control can't be deleted; all in it can be edited. The head is known by its styles instead,
    since LibreOffice loses the frames in a control.
    """
    if not content or part.key == HEAD:
        return content
    control = w(
        "sdt",
        w(
            "sdtPr",
            w("alias", val=control_name(part_heading(part) or _NAMES.get(part.key, part.key))),
            w("tag", val=control_name(part.key.strip())),
            w("id", val=next(target.ids)),
            w("lock", val="sdtLocked"),
        ),
        w("sdtContent", *content),
    )
    return [control]


def _set_language(target: Target, language: str) -> None:
    for element in target.base.document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    for element in target.base.document.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), language)
