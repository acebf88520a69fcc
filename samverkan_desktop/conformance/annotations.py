"""Rules for links, signature fields and other annotations."""

from collections import Counter
from collections.abc import Callable, Iterator

from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.rules import PDF, UA, A, Place, Rule, once
from samverkan_desktop.conformance.tree import Node
from samverkan_desktop.conformance.values import (
    Value,
    entry,
    identity,
    items,
    keys,
    name,
    text,
    whole,
)

_PRINT = 1 << 2
_UNSEEN = 1 << 0 | 1 << 1 | 1 << 5 | 1 << 8  # Invisible, Hidden, NoView, ToggleNoView
_FORBIDDEN = frozenset({"3D", "Sound", "Screen", "Movie", "TrapNet", "FileAttachment", "RichMedia"})
_WITHOUT_LOOK = frozenset({"Popup", "Link"})
_SIGNATURES_EXIST = 1 << 0


def _annotations(pdf: OpenedPdf, *kinds: str) -> Iterator[tuple[int, Value]]:
    """Yield annotations with their page number; of all kinds when none is named."""
    for page in pdf.pages:
        for annotation in page.annotations:
            if not kinds or name(entry(annotation, "Subtype")) in kinds:
                yield page.number, annotation


def _owner(pdf: OpenedPdf, annotation: Value) -> Node | None:
    """Return the element that holds an annotation."""
    key = identity(annotation)
    holding = (node for node in pdf.nodes if any(identity(held) == key for held in node.objects))
    return next(holding, None)


def _not_in(kind: str, role: str) -> Callable[[OpenedPdf], Iterator[Place]]:
    """Return what finds annotations of a kind that no element of a role holds."""

    def broken(pdf: OpenedPdf) -> Iterator[Place]:
        held = {identity(thing) for node in pdf.of_role(role) for thing in node.objects}
        for page, annotation in _annotations(pdf, kind):
            if identity(annotation) not in held:
                yield Place(page)

    return broken


def _lost(pdf: OpenedPdf) -> Iterator[Place]:
    """Find annotations whose way back leads to another element than the one that holds them."""
    holders = {identity(held): node for node in pdf.nodes for held in node.objects}
    for page, annotation in _annotations(pdf, "Link", "Widget"):
        holder = holders.get(identity(annotation))
        key = whole(entry(annotation, "StructParent"))
        back = pdf.parents.get(-1 if key is None else key)
        if holder is not None and identity(back) != holder.key:
            yield Place(page, holder.path)


def _linkless(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.of_role("Link"):
        if not any(inner.objects for inner in node.walk()):
            yield Place(node.page, node.path)


def _silent_links(pdf: OpenedPdf) -> Iterator[Place]:
    for page, link in _annotations(pdf, "Link"):
        if not text(entry(link, "Contents")).strip():
            yield Place(page)


def _deaf_links(pdf: OpenedPdf) -> Iterator[Place]:
    for page, link in _annotations(pdf, "Link"):
        if entry(link, "A") is None and entry(link, "Dest") is None:
            yield Place(page)


def _unordered(pdf: OpenedPdf) -> Iterator[Place]:
    for page in pdf.pages:
        if page.annotations and name(entry(page.page, "Tabs")) != "S":
            yield Place(page.number)


def _unseen(pdf: OpenedPdf) -> Iterator[Place]:
    for page, annotation in _annotations(pdf):
        flags = whole(entry(annotation, "F")) or 0
        shown = flags & _PRINT and not flags & _UNSEEN
        if not shown and name(entry(annotation, "Subtype")) != "Popup":
            yield Place(page)


def _forbidden(pdf: OpenedPdf) -> Iterator[Place]:
    for page, annotation in _annotations(pdf, *_FORBIDDEN):
        yield Place(page, detail=name(entry(annotation, "Subtype")))


def _faceless(pdf: OpenedPdf) -> Iterator[Place]:
    for page, annotation in _annotations(pdf):
        if name(entry(annotation, "Subtype")) in _WITHOUT_LOOK:
            continue
        if keys(entry(annotation, "AP")) != ["N"]:
            yield Place(page)


def _field(annotation: Value, key: str) -> Value:
    """Return an entry of a field, which the field above it may have for it."""
    found = entry(annotation, key)
    return entry(annotation, "Parent", key) if found is None else found


def _untold_fields(pdf: OpenedPdf) -> Iterator[Place]:
    for page, widget in _annotations(pdf, "Widget"):
        if not text(_field(widget, "TU")).strip():
            yield Place(page, detail=text(_field(widget, "T")))


def _names(pdf: OpenedPdf) -> list[tuple[int, str]]:
    return [(page, text(_field(widget, "T"))) for page, widget in _annotations(pdf, "Widget")]


def _bad_names(pdf: OpenedPdf) -> Iterator[Place]:
    count = Counter(name for _, name in _names(pdf))
    for page, given in _names(pdf):
        if not given or "." in given or count[given] > 1:
            yield Place(page, detail=given)


def _unlisted(pdf: OpenedPdf) -> Iterator[Place]:
    fields = items(entry(pdf.catalog, "AcroForm", "Fields"))
    listed = {
        identity(found) for field in fields for found in (field, *items(entry(field, "Kids")))
    }
    for page, widget in _annotations(pdf, "Widget"):
        if identity(widget) not in listed:
            yield Place(page, detail=text(_field(widget, "T")))


def _hidden_fields(pdf: OpenedPdf) -> Iterator[Place]:
    """Find fields of the form that stand on no page."""
    shown = {identity(widget) for _, widget in _annotations(pdf, "Widget")}
    for field in items(entry(pdf.catalog, "AcroForm", "Fields")):
        if not {identity(field), *(identity(kid) for kid in items(entry(field, "Kids")))} & shown:
            yield Place(detail=text(entry(field, "T")))


def _unflagged(pdf: OpenedPdf) -> bool:
    flags = whole(entry(pdf.catalog, "AcroForm", "SigFlags")) or 0
    signed = any(name(_field(w, "FT")) == "Sig" for _, w in _annotations(pdf, "Widget"))
    return signed and not flags & _SIGNATURES_EXIST


def _acting_fields(pdf: OpenedPdf) -> Iterator[Place]:
    for page, widget in _annotations(pdf, "Widget"):
        if {"A", "AA"} & set(keys(widget)):
            yield Place(page, detail=text(_field(widget, "T")))


RULES = (
    Rule(
        "link.element",
        f"{UA} 7.18.5",
        "Länken ligger inte i ett länkelement.",
        _not_in("Link", "Link"),
    ),
    Rule("link.empty", f"{UA} 7.18.5", "Länkelementet har ingen länk i sig.", _linkless),
    Rule("link.contents", f"{UA} 7.18.5", "Länken saknar beskrivning.", _silent_links),
    Rule("link.target", f"{PDF} 12.5.6.5", "Länken leder ingenstans.", _deaf_links),
    Rule(
        "annotation.owner",
        f"{PDF} 14.7.4.4",
        "Länken eller fältet leder tillbaka till fel element (StructParent).",
        _lost,
    ),
    Rule(
        "annotation.tabs",
        f"{UA} 7.18.3",
        "Tabbtangenten följer inte läsordningen på sidan (Tabs).",
        _unordered,
    ),
    Rule(
        "annotation.flags",
        f"{A} 6.3.2",
        "En länk eller ett fält är dolt eller skrivs inte ut.",
        _unseen,
    ),
    Rule("annotation.kind", f"{A} 6.3.1", "Sidan har något som inte är tillåtet: {}.", _forbidden),
    Rule(
        "annotation.look",
        f"{A} 6.3.3",
        "Ett fält eller en kommentar saknar utseende (AP).",
        _faceless,
    ),
    Rule(
        "field.element",
        f"{UA} 7.18.4",
        "Fältet ligger inte i ett formulärelement.",
        _not_in("Widget", "Form"),
    ),
    Rule("field.tooltip", f"{UA} 7.18.1", "Fältet ”{}” saknar beskrivning (TU).", _untold_fields),
    Rule(
        "field.name",
        f"{PDF} 12.7.3.2",
        "Fältets namn ”{}” är tomt, har en punkt eller finns flera gånger.",
        _bad_names,
    ),
    Rule("field.listed", f"{PDF} 12.7.2", "Fältet ”{}” står inte i formulärets lista.", _unlisted),
    Rule("field.shown", f"{PDF} 12.7.2", "Fältet ”{}” finns inte på någon sida.", _hidden_fields),
    Rule("field.action", f"{A} 6.4.1", "Fältet ”{}” gör något när det används.", _acting_fields),
    Rule(
        "form.appearances",
        f"{A} 6.4.1",
        "Läsprogrammet ska rita om fälten (NeedAppearances); då ändras filen.",
        once(lambda pdf: entry(pdf.catalog, "AcroForm", "NeedAppearances") is True),
    ),
    Rule(
        "form.xfa",
        f"{A} 6.4.2",
        "Filen har ett XFA-formulär.",
        once(lambda pdf: entry(pdf.catalog, "AcroForm", "XFA") is not None),
    ),
    Rule(
        "form.signatures",
        f"{PDF} 12.7.2",
        "Formuläret säger inte att filen har underskriftsfält (SigFlags).",
        once(_unflagged),
    ),
)
