"""XML from anywhere: no document type, no entities, nothing fetched, bounded size (OPC 8.1.4).

ECMA-376 part 2 (OPC) forbids document type declarations and other encodings than UTF-8 and UTF-16.
"""

import re

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type

# Python keeps a text that isn't ASCII in up to four bytes a character.
MOST_ASCII, MOST_BYTES = 48 * 2**20, 16 * 2**20
# Tags and attributes of a part: each costs libxml2 some hundred bytes, however short it is.
MOST_NODES = 700_000
_DECLARED = re.compile(r"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii"}
# ISO/IEC 29500 strict has other names for the same vocabulary.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
)


class BadMarkupError(Exception):
    """XML that isn't read; the message is a Swedish clause."""


def parse(data: bytes) -> Element:
    """Return the root of a part.

    Raises BadMarkupError.
    """
    if len(data) > (MOST_ASCII if data.isascii() else MOST_BYTES):
        raise BadMarkupError("en del av den är orimligt stor")
    text = _decoded(data)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadMarkupError("den innehåller en dokumenttyp, som ett Word-dokument aldrig har")
    if text.count("<") + text.count('="') + text.count("='") > MOST_NODES:
        raise BadMarkupError("en del av den är orimligt stor")
    encoded = _transitional(_DECLARATION.sub("", text, 1).encode("utf-8", "surrogatepass"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(encoded, parser)
    except (etree.XMLSyntaxError, ValueError, RecursionError) as error:
        raise BadMarkupError("en del av den är skadad") from error
    if _is_too_deep(root):
        raise BadMarkupError("en del av den har orimligt många nivåer")
    return root


def _decoded(data: bytes) -> str:
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadMarkupError("en del av den är skadad") from error
    declared = _DECLARED.match(text[:400])
    if declared and declared[1].lower() not in _ENCODINGS:
        raise BadMarkupError("en del av den har en otillåten teckenkodning")
    return text


def _transitional(data: bytes) -> bytes:
    if b"purl.oclc.org/ooxml" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


_DEEPEST = 200


def _is_too_deep(root: Element) -> bool:
    """Whether elements stand deeper in one another than Python's stack should follow."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False
