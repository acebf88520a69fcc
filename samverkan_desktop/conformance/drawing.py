"""Rules for colours, images and transparency."""

from collections.abc import Iterator

import pikepdf

from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.rules import A, Place, Rule, Severity
from samverkan_desktop.conformance.values import Value, entry, items, name

_BLENDS = frozenset(
    {
        *("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten"),
        *("ColorDodge", "ColorBurn", "HardLight", "SoftLight", "Difference", "Exclusion"),
        *("Hue", "Saturation", "Color", "Luminosity"),
    }
)


def _streams(pdf: OpenedPdf, kind: str) -> Iterator[Value]:
    for thing in pdf.file.objects:
        if isinstance(thing, pikepdf.Stream) and name(entry(thing, "Subtype")) == kind:
            yield thing


def _cmyk(pdf: OpenedPdf) -> Iterator[Place]:
    for page in pdf.pages:
        if page.cmyk:
            yield Place(page.number)
    for image in _streams(pdf, "Image"):
        if name(entry(image, "ColorSpace")) == "DeviceCMYK":
            yield Place()


def _interpolated(pdf: OpenedPdf) -> Iterator[Place]:
    for image in _streams(pdf, "Image"):
        if entry(image, "Interpolate") is True or entry(image, "Alternates") is not None:
            yield Place()


def _foreign(pdf: OpenedPdf) -> Iterator[Place]:
    yield from (Place() for _ in _streams(pdf, "PS"))
    for form in _streams(pdf, "Form"):
        if entry(form, "Ref") is not None or entry(form, "OPI") is not None:
            yield Place()


def _states(pdf: OpenedPdf) -> Iterator[tuple[int, Value]]:
    for page in pdf.pages:
        states = entry(page.page, "Resources", "ExtGState")
        if isinstance(states, pikepdf.Dictionary):
            yield from ((page.number, state) for _, state in states.items())


def _blended(pdf: OpenedPdf) -> Iterator[Place]:
    for page, state in _states(pdf):
        for mode in items(entry(state, "BM")):
            if name(mode) not in _BLENDS:
                yield Place(page, detail=name(mode))


def _transparent(pdf: OpenedPdf) -> Iterator[Place]:
    for image in _streams(pdf, "Image"):
        if entry(image, "SMask") is not None:
            yield Place()
    for page, state in _states(pdf):
        opaque = all(float(entry(state, key) or 1) == 1 for key in ("ca", "CA"))
        if not opaque or name(entry(state, "SMask")) not in ("", "None"):
            yield Place(page)


def _compressed(pdf: OpenedPdf) -> Iterator[Place]:
    for thing in pdf.file.objects:
        filters = items(entry(thing, "Filter")) if isinstance(thing, pikepdf.Stream) else []
        if {name(found) for found in filters} & {"LZWDecode", "Crypt"}:
            yield Place()


RULES = (
    Rule(
        "drawing.cmyk", f"{A} 6.2.4.3", "Något har tryckfärger (CMYK); filens profil är RGB.", _cmyk
    ),
    Rule(
        "drawing.interpolated",
        f"{A} 6.2.8",
        "En bild ska jämnas ut eller bytas av läsprogrammet.",
        _interpolated,
    ),
    Rule(
        "drawing.foreign",
        f"{A} 6.2.9",
        "Filen visar innehåll ur en annan fil eller PostScript.",
        _foreign,
    ),
    Rule("drawing.blend", f"{A} 6.2.10", "Okänt sätt att blanda färger: {}.", _blended),
    Rule(
        "drawing.transparent",
        f"{A} 6.2.10",
        "Något är genomskinligt och kan se olika ut.",
        _transparent,
        Severity.WARNING,
    ),
    Rule(
        "drawing.filter",
        f"{A} 6.1.7.2",
        "En ström är packad på ett sätt som inte är tillåtet.",
        _compressed,
    ),
)
