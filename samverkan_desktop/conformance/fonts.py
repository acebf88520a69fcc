"""Rules for fonts: embedded, with every character that is shown, and the way back to text."""

from collections.abc import Iterator

from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.rules import UA, A, Place, Rule
from samverkan_desktop.conformance.truetype import BadFontError
from samverkan_desktop.conformance.typefaces import Typeface
from samverkan_desktop.conformance.values import entry, name

_TOLERANCE = 1.0  # thousandths of the text size
_NOT_TEXT = frozenset({"\0", "\ufeff", "\ufffe"})


def _place(typeface: Typeface, detail: str = "") -> Place:
    return Place(typeface.page, detail=detail or typeface.name)


def _missing(pdf: OpenedPdf) -> Iterator[Place]:
    """Look at every font of the file: an appearance of a field may have one too."""
    pages = {typeface.name: typeface.page for typeface in pdf.typefaces.all}
    for thing in pdf.file.objects:
        if name(entry(thing, "Type")) != "Font" or name(entry(thing, "Subtype")).startswith("CIDF"):
            continue
        typeface = Typeface(thing)
        if typeface.kind != "Type3" and typeface.program is None:
            yield Place(pages.get(typeface.name), detail=typeface.name)
    for typeface in pdf.typefaces.unnumbered:
        if typeface.kind != "Type3" and typeface.program is None:
            yield _place(typeface)


def _unreadable(pdf: OpenedPdf) -> Iterator[Place]:
    for typeface in pdf.typefaces.all:
        if typeface.used and typeface.characters is None and not typeface.is_readable:
            yield _place(typeface)


def _unmapped(pdf: OpenedPdf) -> Iterator[Place]:
    for typeface in pdf.typefaces.all:
        characters = typeface.characters
        if characters is None:
            continue  # told by the rule before
        if any(set(characters.get(code, "\0")) & _NOT_TEXT for code in typeface.used):
            yield _place(typeface)


def _private(pdf: OpenedPdf) -> Iterator[Place]:
    for typeface in pdf.typefaces.all:
        shown = "".join((typeface.characters or {}).get(code, "") for code in typeface.used)
        if any("\ue000" <= char <= "\uf8ff" or char >= "\U000f0000" for char in shown):
            yield _place(typeface)


def _glyphless(pdf: OpenedPdf) -> Iterator[Place]:
    """Find codes that show the missing character, in fonts such as those that we write."""
    for typeface in _programs(pdf):
        try:
            program = typeface.truetype()
        except BadFontError:
            yield _place(typeface)
            continue
        if not all(map(program.glyph, typeface.used)):
            yield _place(typeface)


def _wrong_widths(pdf: OpenedPdf) -> Iterator[Place]:
    for typeface in _programs(pdf):
        try:
            program = typeface.truetype()
            pairs = [(typeface.width(c), program.width(program.glyph(c))) for c in typeface.used]
        except BadFontError:
            continue  # told by the rule before
        if any(said is None or abs(said - true) > _TOLERANCE for said, true in pairs):
            yield _place(typeface)


def _programs(pdf: OpenedPdf) -> Iterator[Typeface]:
    for typeface in pdf.typefaces.all:
        if typeface.is_simple_symbolic and typeface.program is not None:
            yield typeface


RULES = (
    Rule("font.embedded", f"{A} 6.2.11.4.1", "Typsnittet {} är inte inbäddat.", _missing),
    Rule(
        "font.unicode",
        f"{UA} 7.21.7",
        "Text i typsnittet {} går inte att läsa eller kopiera (ToUnicode saknas).",
        _unreadable,
    ),
    Rule(
        "font.unmapped",
        f"{UA} 7.21.7",
        "Tecken i typsnittet {} har ingen text bakom sig (ToUnicode).",
        _unmapped,
    ),
    Rule(
        "font.private",
        f"{A} 6.2.11.7.3",
        "Tecken i typsnittet {} har bara privata koder.",
        _private,
    ),
    Rule(
        "font.glyph",
        f"{UA} 7.21.8",
        "Typsnittet {} kan inte läsas eller saknar ett tecken som visas.",
        _glyphless,
    ),
    Rule(
        "font.widths",
        f"{UA} 7.21.5",
        "Tecken i typsnittet {} är inte så breda som filen säger.",
        _wrong_widths,
    ),
)
