"""Writing a document as PDF, Word and plain text: all the files asked for, or none."""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError, WriteError
from samverkan_desktop.domain.export_errors import ExportNotRecordedError
from samverkan_desktop.domain.file_names import safe_file_name
from samverkan_desktop.domain.house_style import HouseStyle
from samverkan_desktop.domain.journal import Act
from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.files import Folders, read_bytes, reason, replacing, write_bytes
from samverkan_desktop.settings import Settings
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.versions import content_hash

# Return the content of one of the draft's files by its name, or raise a SamverkanError.
Files = Callable[[str], bytes]

_Writer = Callable[[Document, Files, BinaryIO, Folders, Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """The files to be written.

    With `carry_draft` the Word file has the draft in it, hidden sections too, and can be read in
    again without loss.
    """

    pdf: Path | None = None
    docx: Path | None = None
    carry_draft: bool = True
    text: Path | None = None


def composed(
    draft: Draft, template: Template, catalogue: Catalogue, settings: Settings
) -> Document:
    """Return the document to be written, with the administration's logo and what is set.

    Raises UnreadableFileError.
    """
    logo = catalogue.logo_of(draft.organisation.name)
    style = HouseStyle(
        logo=read_bytes(logo) if logo else b"", signature_anchors=settings.signature_anchors
    )
    return compose(draft, template, style)


def export(
    document: Document,
    draft: Draft,
    files: Files,
    outputs: Outputs,
    folders: Folders,
    progress: Progress,
) -> tuple[Path, ...]:
    """Write a document, composed of a draft, in every form asked for; return what was written.

    Each file is written under a temporary name first; when all are complete they take their places.

    Raises WriteError, ExportError, ResourceError, JobCancelledError and what `files` raises; every
    path has then what it had before. ValueError when two outputs are the same file.
    """
    wanted = _wanted(outputs, draft)
    if len({path.resolve() for path, _ in wanted}) < len(wanted):
        raise ValueError("two outputs are the same file")
    with contextlib.ExitStack() as stack:
        for path, _ in wanted:
            stack.enter_context(_put_back_on_failure(path))
        temporaries = [stack.enter_context(replacing(path)) for path, _ in wanted]
        for number, (path, write) in enumerate(wanted):
            share = _share(progress, number, len(wanted))
            with _told_as(path), temporaries[number].open("wb") as out:
                write(document, files, out, folders, share)
            share(1, 1)
    return tuple(path for path, _ in wanted)


def record_export(library: Library, draft: Draft, written: Iterable[Path]) -> None:
    """Keep the version of a draft that was written to files; the journal names them by hash.

    Raises ExportNotRecordedError.
    """
    try:
        version = library.history.keep(draft.id, Reason.EXPORTED)
        detail = {"sha256": content_hash(draft)}
        if version.sha256 == detail["sha256"]:  # it wasn't changed meanwhile
            detail["version"] = str(version.number)
        files = {path.name: _fingerprint(path) for path in written}
        library.history.record(draft.id, Act.EXPORTED, {**detail, **files})
    except SamverkanError as error:
        raise ExportNotRecordedError(str(error)) from error


def _fingerprint(path: Path) -> str:
    """Return a file's SHA-256 (hex) and length in bytes: a signer that appends leaves both true."""
    data = read_bytes(path)
    return f"{hashlib.sha256(data).hexdigest()} {len(data)}"


def suggested_name(draft: Draft) -> str:
    """Return a file name, without ".pdf" and the like, of the draft's dnr and title.

    It is at most 100 characters, never empty, and good on every system.
    """
    return safe_file_name(f"{draft.dnr} {draft.title}") or "Tjänsteutlåtande"


def library_files(
    path: Path, draft_id: str, open_library: Callable[[Path], Library] = Library.open
) -> Files:
    """Return a reader of a draft's files that any thread may use."""

    def read(name: str) -> bytes:
        with open_library(path) as library:
            return library.file(draft_id, name)

    return read


def _wanted(outputs: Outputs, draft: Draft) -> list[tuple[Path, _Writer]]:
    write_docx = partial(_write_word, draft if outputs.carry_draft else None)
    pairs = ((outputs.pdf, _write_pdf), (outputs.docx, write_docx), (outputs.text, _write_text))
    return [(path, write) for path, write in pairs if path is not None]


def _write_pdf(
    document: Document, files: Files, out: BinaryIO, folders: Folders, progress: Progress
) -> None:
    from samverkan_desktop.export.pdf.writer import write_pdf

    write_pdf(document, files, out, folders, progress)


def _write_word(
    carried: Draft | None,
    document: Document,
    files: Files,
    out: BinaryIO,
    folders: Folders,
    progress: Progress,
) -> None:
    from samverkan_desktop.export.word import write_word

    write_word(document, files, out, folders, progress, carried)


def _write_text(
    document: Document, _files: Files, out: BinaryIO, _folders: Folders, _progress: Progress
) -> None:
    from samverkan_desktop.export.text import write_text

    out.write(write_text(document).encode("utf-8"))


def _share(progress: Progress, number: int, count: int) -> Progress:
    """Return a progress that is one part of the whole, in hundredths of a file."""

    def part(done: int, total: int, /) -> None:
        progress(100 * number + 100 * done // max(total, 1), 100 * count)

    return part


@contextlib.contextmanager
def _told_as(path: Path) -> Iterator[None]:
    """Tell a system's error as one about the file that the user named."""
    try:
        yield
    except OSError as error:
        raise WriteError(path, reason(error)) from error


@contextlib.contextmanager
def _put_back_on_failure(path: Path) -> Iterator[None]:
    """Put back a file that was replaced, if a later one couldn't be: it was open in Word, say."""
    target = path.resolve()  # a link stays
    if target.exists() and not target.is_file():
        raise WriteError(path, "det är ingen vanlig fil")
    with _told_as(path):
        before = target.read_bytes() if target.exists() else None
    try:
        yield
    except BaseException:
        if target.exists() and before is None:
            target.unlink()
        elif before is not None and target.read_bytes() != before:
            write_bytes(target, before)
        raise
