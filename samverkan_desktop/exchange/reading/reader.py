"""The one way in: bytes of any kind to the pieces that they say."""

from collections.abc import Callable

from samverkan_desktop.domain.errors import (
    NoTextError,
    TooLargeFileError,
    UnknownKindError,
)
from samverkan_desktop.exchange.reading.encoding import Decoded, decoded
from samverkan_desktop.exchange.reading.kinds import Kind, kind_of
from samverkan_desktop.exchange.reading.model import ReadDocument

MOST_BYTES = 60_000_000
MOST_CHARACTERS, MOST_PIECES = 2_000_000, 20_000
_TOO_LONG = "den är mycket längre än ett tjänsteutlåtande"

Step = Callable[[int, int], None]


def read_file(data: bytes, name: str, step: Step) -> ReadDocument:
    """Return what a file says. `step` is told how far it has come, and may raise.

    Raises UnknownKindError, EncryptedFileError, NoTextError, TooLargeFileError,
    UnreadablePartError or UnreadableFileError.
    """
    if len(data) > MOST_BYTES:
        reason = f"den är på {len(data) // 1_000_000} MB, och högst {MOST_BYTES // 1_000_000} läses"
        raise TooLargeFileError(name, reason)
    if not data.strip(b"\0 \t\r\n"):
        raise NoTextError(name)
    document = _read(kind_of(data, name), data, name, step)
    if len(document.pieces) > MOST_PIECES:
        raise TooLargeFileError(name, _TOO_LONG)
    if not document.text().strip():
        raise NoTextError(name)
    return document


def _read(kind: Kind, data: bytes, name: str, step: Step) -> ReadDocument:
    match kind:
        case Kind.PDF:
            from samverkan_desktop.exchange.reading.pdf import read_pdf

            return read_pdf(data, name, step)
        case Kind.WORD:
            from samverkan_desktop.exchange.reading.word import read_word

            return read_word(data, name, step)
        case _:
            return _read_text(data, name)


def _read_text(data: bytes, name: str) -> ReadDocument:
    from samverkan_desktop.exchange.reading.markdown import looks_like_markdown, read_markdown
    from samverkan_desktop.exchange.reading.text import read_text

    found = decoded(data)
    if found is None:
        raise UnknownKindError(name, "Den innehåller inte läsbar text")
    _check_length(found, name)
    notes = (found.note,) if found.note else ()
    if looks_like_markdown(found.text):
        return read_markdown(found.text, notes)
    return read_text(found.text, notes=notes)


def _check_length(found: Decoded, name: str) -> None:
    lines = found.text.count("\n") + found.text.count("\r")
    if len(found.text) > MOST_CHARACTERS or lines > 3 * MOST_PIECES:
        raise TooLargeFileError(name, _TOO_LONG)
