"""What a file is, told by its first bytes and never by its name."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
_RESAVE = "öppna den i Word och spara den som Word-dokument (.docx)"

_BEGINNINGS = (
    (b"%PDF-", "det är en PDF, inte ett Word-dokument"),
    (b"{\\rtf", f"det är RTF; {_RESAVE}"),
    (b"\x89PNG", "det är en bild"),
    (b"\xff\xd8\xff", "det är en bild"),
    (b"GIF8", "det är en bild"),
    (b"MZ", "det är ett program, inte ett Word-dokument"),
    (b"\x7fELF", "det är ett program, inte ett Word-dokument"),
    (b"<!doctype html", f"det är en webbsida; {_RESAVE}"),
    (b"<html", f"det är en webbsida; {_RESAVE}"),
    (b"<?xml", f"det är XML; {_RESAVE}"),
)


def why_no_package(data: bytes) -> str:
    """Return why a file is no Office package, as a Swedish clause; "" when it may be one."""
    if data.startswith(b"PK\x03\x04"):
        return ""
    if data.startswith(_OLE):
        return _compound_file(data)
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    known = (why for beginning, why in _BEGINNINGS if start.lower().startswith(beginning.lower()))
    if not data:
        return "filen är tom"
    return next(known, "det är inget Word-dokument")


def _compound_file(data: bytes) -> str:
    """Tell a document that has a password ([MS-OFFCRYPTO] 2.3.4) from one of Word 97-2003."""
    if _named(data, "EncryptedPackage"):
        return "den har ett lösenord; ta bort det i Word (Arkiv, Info, Skydda dokument)"
    if _named(data, "WordDocument"):
        return f"det är ett Word-dokument i det gamla formatet (.doc); {_RESAVE}"
    return f"det är en fil i ett gammalt Office-format; {_RESAVE}"


def _named(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def why_no_document(content_type: str) -> str:
    """Return why a package's main part is no text document, as a Swedish clause, else ""."""
    kinds = (
        ("macroenabled", "den innehåller makron; spara den som Word-dokument (.docx) utan makron"),
        ("wordprocessingml.document.main+xml", ""),
        ("wordprocessingml.template.main+xml", ""),
        ("spreadsheetml", "det är ett kalkylblad, inte ett Word-dokument"),
        ("presentationml", "det är en presentation, inte ett Word-dokument"),
    )
    known = (why for sign, why in kinds if sign in content_type.lower())
    return next(known, "det är inget Word-dokument")
