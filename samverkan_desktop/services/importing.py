"""Old documents in: a file of any kind becomes a draft and a report; nothing is kept by itself."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import TooLargeFileError, UnreadableFileError
from samverkan_desktop.domain.progress import Progress, silent
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.exchange.reading.reader import MOST_BYTES, read_file
from samverkan_desktop.exchange.recognising.recogniser import recognise
from samverkan_desktop.exchange.recognising.report import Report
from samverkan_desktop.exchange.recognising.vocabulary import load_vocabulary
from samverkan_desktop.files import Folders, read_bytes, reason
from samverkan_desktop.services.writing import new_id
from samverkan_desktop.store.library import Library

LONGEST = 60.0  # seconds for one file


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A draft with an id that is in no library yet, its files, and where everything went."""

    draft: Draft
    files: Mapping[str, bytes]
    report: Report


def read_document(
    path: Path, catalogue: Catalogue, folders: Folders, progress: Progress = silent
) -> ReadResult:
    """Return what a file would be as a draft.

    Raises InputError (what is wrong with the file), ResourceError, and what `progress` raises.
    """
    data = _bytes(path)
    vocabulary = load_vocabulary(folders, catalogue)
    document = read_file(data, path.name, _timed(path, progress))
    found = recognise(document, catalogue, vocabulary)
    return ReadResult(replace(found.draft, id=new_id()), found.files, found.report)


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
