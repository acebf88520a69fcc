"""Rules for what a file says about itself: its language, title, conformance, colours."""

import datetime
import re
from collections.abc import Iterator

import pikepdf

from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.rules import PDF, UA, A, Place, Rule, Severity, at, once
from samverkan_desktop.conformance.values import Value, entry, items, name, text, whole
from samverkan_desktop.conformance.xmp import (
    DC,
    PDFAID,
    PDFUAID,
    PREDEFINED,
    XMP,
    namespace,
)
from samverkan_desktop.conformance.xmp import PDF as PDF_PROPERTIES

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
# A language of letters alone has two or three of them (RFC 5646, 2.2.1), or is private or old.
_PRIMARY = re.compile(r"([a-z]{2,3}|[ix])(-.*)?", re.IGNORECASE)
# Entries of the information dictionary and the XMP properties that say the same. Producer is not
# among them: programs that sign a file add themselves to one of the two.
_TEXTS = {
    "Title": ("titel", f"{DC}title"),
    "Author": ("författare", f"{DC}creator"),
    "Subject": ("ämne", f"{DC}description"),
    "Keywords": ("nyckelord", f"{PDF_PROPERTIES}Keywords"),
    "Creator": ("program", f"{XMP}CreatorTool"),
}
_DATES = {
    "CreationDate": ("när den skapades", f"{XMP}CreateDate"),
    "ModDate": ("när den ändrades", f"{XMP}ModifyDate"),
}
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d'?(\d\d)?)?.*")


def _bad_language(tag: str) -> bool:
    return not (_LANGUAGE.fullmatch(tag) and _PRIMARY.fullmatch(tag))


def _element_languages(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.nodes:
        given = entry(node.element, "Lang")
        if given is not None and _bad_language(text(given)):
            yield at(node, text(given))


def _other_language(pdf: OpenedPdf) -> bool:
    """Whether XMP names languages, and the document's own isn't one of them."""
    named = pdf.xmp.properties.get(f"{DC}language", ()) if pdf.xmp else ()
    return bool(named) and text(entry(pdf.catalog, "Lang")) not in named


def _says(pdf: OpenedPdf, key: str) -> str:
    return pdf.xmp.text(key) if pdf.xmp else ""


def _undescribed(pdf: OpenedPdf) -> Iterator[Place]:
    for key in pdf.xmp.properties if pdf.xmp else ():
        if namespace(key) not in PREDEFINED and pdf.xmp and key not in pdf.xmp.described:
            yield Place(detail=key.replace("{", "").replace("}", ""))


def _differences(pdf: OpenedPdf) -> Iterator[Place]:
    if pdf.xmp is None:
        return  # told as missing
    info = entry(pdf.file.trailer, "Info")
    for key, (what, property_) in _TEXTS.items():
        if text(entry(info, key)).strip() != pdf.xmp.text(property_).strip():
            yield Place(detail=what)
    for key, (what, property_) in _DATES.items():
        said, said_in_xmp = text(entry(info, key)), pdf.xmp.text(property_)
        # A date in one place contradicts nothing: signers note theirs so in a file without dates.
        if said and said_in_xmp and _moment(said) != _xmp_moment(said_in_xmp):
            yield Place(detail=what)


def _moment(value: str) -> str:
    """Return a PDF date as an instant, or as it is when it is none."""
    found = _PDF_DATE.fullmatch(value)
    if found is None:
        return value
    parts = [
        part or start
        for part, start in zip(found.groups()[1:6], ("01", "01", "00", "00", "00"), strict=True)
    ]
    zone = (found[7] or "Z").replace("'", "")
    zone = zone if zone == "Z" else f"{zone[:3]}:{zone[3:] or '00'}"
    return _xmp_moment(f"{found[1]}-{parts[0]}-{parts[1]}T{':'.join(parts[2:])}{zone}")


def _xmp_moment(value: str) -> str:
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return value
    aware = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return aware.astimezone(datetime.UTC).replace(microsecond=0).isoformat()


def _profile(pdf: OpenedPdf) -> Value:
    """Return the profile of the file's PDF/A output intent, or None."""
    for intent in items(entry(pdf.catalog, "OutputIntents")):
        if name(entry(intent, "S")) == "GTS_PDFA1":
            return entry(intent, "DestOutputProfile")
    return None


def _bad_profile(pdf: OpenedPdf) -> bool:
    """Whether the profile isn't an ICC profile of RGB for its three channels (ISO 15076-1, 7.2)."""
    profile = _profile(pdf)
    if not isinstance(profile, pikepdf.Stream):
        return False  # told as missing
    try:
        data = profile.read_bytes()
    except pikepdf.PdfError:
        return True
    sound = (
        data[36:40] == b"acsp"
        and data[8:9] <= b"\x04"
        and data[12:16] in (b"mntr", b"prtr", b"scnr")
    )
    return not sound or data[16:20] != b"RGB " or whole(entry(profile, "N")) != 3


RULES = (
    Rule(
        "metadata.language",
        f"{UA} 7.2",
        "Dokumentets språk saknas eller är ingen språkkod.",
        once(lambda pdf: _bad_language(text(entry(pdf.catalog, "Lang")))),
    ),
    Rule(
        "metadata.element-language",
        f"{UA} 7.2",
        "”{}” är ingen språkkod.",
        _element_languages,
    ),
    Rule(
        "metadata.languages-differ",
        f"{UA} 7.2",
        "Dokumentets språk är ett annat än det som dess metadata anger.",
        once(_other_language),
        Severity.WARNING,
    ),
    Rule(
        "metadata.marked",
        f"{UA} 6.2",
        "Filen säger inte att den är taggad (MarkInfo).",
        once(lambda pdf: entry(pdf.catalog, "MarkInfo", "Marked") is not True),
    ),
    Rule(
        "metadata.suspects",
        f"{UA} 7.1",
        "Filen säger att dess taggar kan vara fel (Suspects).",
        once(lambda pdf: entry(pdf.catalog, "MarkInfo", "Suspects") is True),
    ),
    Rule(
        "metadata.xmp",
        f"{A} 6.6.2.1",
        "Metadata (XMP) saknas eller kan inte läsas.",
        once(lambda pdf: pdf.xmp is None),
    ),
    Rule(
        "metadata.title",
        f"{UA} 7.1",
        "Dokumentets titel saknas.",
        once(lambda pdf: pdf.xmp is not None and not _says(pdf, f"{DC}title").strip()),
    ),
    Rule(
        "metadata.title-shown",
        f"{UA} 7.1",
        "Fönstret visar filens namn i stället för dokumentets titel.",
        once(lambda pdf: entry(pdf.catalog, "ViewerPreferences", "DisplayDocTitle") is not True),
    ),
    Rule(
        "metadata.pdfua",
        f"{UA} 5",
        "Filen säger inte att den följer PDF/UA-1.",
        once(lambda pdf: _says(pdf, f"{PDFUAID}part") != "1"),
    ),
    Rule(
        "metadata.pdfa",
        f"{A} 6.6.4",
        "Filen säger inte att den följer PDF/A-2a.",
        once(
            lambda pdf: (
                (_says(pdf, f"{PDFAID}part"), _says(pdf, f"{PDFAID}conformance")) != ("2", "A")
            )
        ),
    ),
    Rule(
        "metadata.undescribed",
        f"{A} 6.6.2.3.1",
        "Metadata har en egenskap som ingen beskrivning förklarar: {}.",
        _undescribed,
    ),
    Rule(
        "metadata.differ",
        f"{PDF} 14.3.3",
        "Filens två uppgifter om {} är olika.",
        _differences,
        Severity.WARNING,
    ),
    Rule(
        "metadata.output-intent",
        f"{A} 6.2.3",
        "Filen säger inte vilka färger den menar (utdatamål med färgprofil).",
        once(lambda pdf: not isinstance(_profile(pdf), pikepdf.Stream)),
    ),
    Rule(
        "metadata.profile",
        f"{A} 6.2.3",
        "Färgprofilen är ingen RGB-profil som går att läsa.",
        once(_bad_profile),
    ),
)
