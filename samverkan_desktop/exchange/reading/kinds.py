"""What kind of document a file is, told by what is in it and not by what it is called."""

import re
from enum import StrEnum

from samverkan_desktop.domain.errors import UnknownKindError


class Kind(StrEnum):
    """A kind that can be read."""

    TEXT = "txt"
    MARKDOWN = "md"
    PDF = "pdf"
    WORD = "docx"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How other kinds begin, and what the user is told.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (rb"\{\\rtf", "Den är i formatet RTF. Öppna den i Word och spara den som .docx"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|BM.{4}\0\0\0\0", "Den är en bild, inget dokument"),
    (rb"MZ|\x7fELF|#!", "Den är ett program, inget dokument"),
    (
        rb"(?i)\s*<(?:!doctype html|html)\b",
        "Den är en webbsida. Kopiera texten och klistra in den",
    ),
    (rb"\s*<\?xml", "Den är i formatet XML, som inte läses in"),
    (rb"SQLite format 3\0", "Den är ett bibliotek eller en databas, inget dokument"),
    (rb"%!PS", "Den är i formatet PostScript. Gör en PDF av den först"),
    (rb"\xffWPC", "Den är i WordPerfects format. Öppna den och spara den som .docx eller PDF"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", "Den är ett packat arkiv. Packa upp den först"),
)
# A draft of ours, told before other JSON; and what begins as JSON does and no document.
_DRAFT = re.compile(rb'"format"\s*:\s*"samverkan-draft/')
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*(?:"|\})|\[\s*[\[{"])')
_MAIL = re.compile(rb"(?:[A-Z][\w-]*: [^\n]*\n|[ \t][^\n]*\n)*?(?:Message-ID|MIME-Version): ", re.I)
# Zip files by a part that each has.
_PACKED = (
    (b"xl/workbook", "Den är ett kalkylblad. Kopiera tabellen och klistra in den i ett ärende"),
    (b"ppt/presentation", "Den är ett bildspel, inget dokument"),
)


def looks_like_json(data: bytes) -> bool:
    """Whether a file begins as JSON does, and no document."""
    return _JSON.match(data) is not None


def is_draft(data: bytes) -> bool:
    """Whether a file is a draft in JSON, which is opened and not read in."""
    return looks_like_json(data) and _DRAFT.search(data) is not None


def kind_of(data: bytes, name: str) -> Kind:
    """Return the kind of a file.

    Raises UnknownKindError when it is of a kind that can't be read.
    """
    if data.startswith(_OLE):
        raise UnknownKindError(name, _old_office(data))
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data, name)
    for beginning, reason in _OTHERS:
        if re.match(beginning, data[:200], re.DOTALL):
            raise UnknownKindError(name, reason)
    return _text_kind(data, name)


def _is_values(data: bytes) -> bool:
    """Whether each line has as many semicolons as the others: a CSV file."""
    lines = [line for line in data[:4000].split(b"\n")[:20] if line.strip()]
    counts = {line.count(b";") for line in lines}
    return len(lines) > 2 and len(counts) == 1 and counts.pop() > 0


def _text_kind(data: bytes, name: str) -> Kind:
    if is_draft(data):
        reason = (
            "Den är redan ett ärende från Samverkan, i JSON."
            " Lägg till det med ”samverkan new FIL” eller släpp filen på fönstret"
        )
        raise UnknownKindError(name, reason)
    if looks_like_json(data) or name.lower().endswith(".json"):
        raise UnknownKindError(name, "Den är i formatet JSON men inget ärende från Samverkan")
    if _is_values(data):
        reason = "Den är en tabell med semikolon. Öppna den i Excel och kopiera tabellen därifrån"
        raise UnknownKindError(name, reason)
    if _MAIL.match(data[:4000]):
        raise UnknownKindError(name, "Den är ett e-brev. Spara det bifogade dokumentet för sig")
    return Kind.TEXT


def _old_office(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "Den är skyddad med lösenord. Spara en kopia utan lösenord och läs in den"
    if "WordDocument".encode("utf-16-le") in data:
        return "Den är i Words gamla format .doc. Öppna den i Word och spara den som .docx"
    return "Den är i ett äldre Office-format. Öppna den och spara den som .docx eller PDF"


def _zip_kind(data: bytes, name: str) -> Kind:
    if b"word/document.xml" in data or b"word/document2.xml" in data:
        return Kind.WORD
    if b"application/vnd.oasis.opendocument.text" in data[:200]:
        reason = "Den är i formatet ODT. Öppna den i LibreOffice och spara den som .docx"
        raise UnknownKindError(name, reason)
    for part, reason in _PACKED:
        if part in data:
            raise UnknownKindError(name, reason)
    raise UnknownKindError(name, "Den är ett packat arkiv eller en annan sorts Office-fil")
