"""Old documents in: a file of any kind becomes a draft and a report; nothing is kept by itself."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import (
    SamverkanError,
    TooLargeFileError,
    UnreadableFileError,
)
from samverkan_desktop.domain.progress import Progress, silent
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.exchange.reading.kinds import is_draft, looks_like_json
from samverkan_desktop.exchange.reading.model import ReadDocument
from samverkan_desktop.exchange.reading.reader import MOST_BYTES, read_file
from samverkan_desktop.exchange.recognising.recogniser import recognise
from samverkan_desktop.exchange.recognising.report import Report
from samverkan_desktop.exchange.recognising.vocabulary import load_vocabulary
from samverkan_desktop.files import Folders, read_bytes, reason
from samverkan_desktop.services.writing import new_id
from samverkan_desktop.store.library import Library

LONGEST = 60.0  # seconds for one file
_LOOKED_AT = 4096  # bytes that tell whether a file may be JSON


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A draft with an id that is in no library yet, its files, and where everything went."""

    draft: Draft
    files: Mapping[str, bytes]
    report: Report
    document: ReadDocument  # what it was made of


def is_draft_file(path: Path) -> bool:
    """Whether a file is a draft in JSON, which is opened and not read in."""
    try:
        with path.open("rb") as file:
            return looks_like_json(file.read(_LOOKED_AT)) and is_draft(_bytes(path))
    except (OSError, SamverkanError):
        return False  # whoever reads it will tell


def read_document(
    path: Path,
    catalogue: Catalogue,
    folders: Folders,
    progress: Progress = silent,
    template: str | None = None,
) -> ReadResult:
    """Return what a file would be as a draft: of the likeliest template, unless one is named.

    Raises InputError (what is wrong with the file), UnknownTemplateError, ResourceError, and what
    `progress` raises.
    """
    chosen = catalogue.template(template) if template is not None else None
    document = read_file(_bytes(path), path.name, _timed(path, progress))
    return _recognised(document, catalogue, folders, chosen, new_id())


def with_template(
    read: ReadResult, template: str, catalogue: Catalogue, folders: Folders
) -> ReadResult:
    """Return what was read as it would be in another template; the file isn't read again.

    Raises UnknownTemplateError or ResourceError.
    """
    chosen = catalogue.template(template)
    return _recognised(read.document, catalogue, folders, chosen, read.draft.id)


def _recognised(
    document: ReadDocument,
    catalogue: Catalogue,
    folders: Folders,
    template: Template | None,
    draft_id: str,
) -> ReadResult:
    found = recognise(document, catalogue, load_vocabulary(folders, catalogue), template)
    return ReadResult(replace(found.draft, id=draft_id), found.files, found.report, document)


def keep_read(library: Library, read: ReadResult) -> Draft:
    """Add what was read to the library; its first version says that it was read in.

    Raises StorageError; nothing has been added then.
    """
    return library.add(read.draft, read.files, Reason.IMPORTED)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFileError(path, reason(error)) from error
    if size > MOST_BYTES:
        reason_why = f"den är på {size // 1_000_000} MB, och högst {MOST_BYTES // 1_000_000} läses"
        raise TooLargeFileError(path.name, reason_why)
    return read_bytes(path)


def _timed(path: Path, progress: Progress) -> Progress:
    """Return `progress`, which also stops a file that takes longer than any document should."""
    begun = time.monotonic()

    def step(done: int, total: int, /) -> None:
        progress(done, total)
        if time.monotonic() - begun > LONGEST:
            raise TooLargeFileError(path.name, "det tar för lång tid")

    return step
