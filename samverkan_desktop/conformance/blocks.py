"""Rules for headings, lists and illustrations."""

import re
from collections.abc import Iterator

from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.rules import UA, Place, Rule, at
from samverkan_desktop.conformance.values import entry, items, name, text

_LEVEL = re.compile(r"H([1-6])")


def _skipped(pdf: OpenedPdf) -> Iterator[Place]:
    before = 0
    for node in pdf.nodes:
        found = _LEVEL.fullmatch(node.role)
        if found:
            level = int(found[1])
            if level > before + 1:
                yield at(node, f"H{level} efter {f'H{before}' if before else 'inget'}")
            before = level


def _unnumbered(pdf: OpenedPdf) -> Iterator[Place]:
    levels = [node for node in pdf.nodes if _LEVEL.fullmatch(node.role)]
    for node in pdf.of_role("H"):
        if levels:
            yield at(node)


def _empty_headings(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.nodes:
        if _LEVEL.fullmatch(node.role) and not node.content():
            yield at(node)


def _list_kids(pdf: OpenedPdf) -> Iterator[Place]:
    """Find what a list may not hold: only a caption first, items, and lists."""
    for node in pdf.of_role("L"):
        for i, kid in enumerate(node.kids):
            if kid.role not in ("L", "LI") and not (kid.role == "Caption" and i == 0):
                yield at(kid)


def _item_kids(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.of_role("LI"):
        roles = [kid.role for kid in node.kids]
        if roles.count("LBody") != 1 or not set(roles) <= {"Lbl", "LBody"} or node.marked:
            yield at(node)


def _stray_items(pdf: OpenedPdf) -> Iterator[Place]:
    above = {"LI": ("L",), "LBody": ("LI",), "Lbl": ("LI", "Note", "Form")}
    for node in pdf.of_role(*above):
        if node.parent is None or node.parent.role not in above[node.role]:
            yield at(node)


def _unnamed_marks(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.of_role("L"):
        marks = any(kid.role == "Lbl" for item in node.kids for kid in item.kids)
        if marks and name(node.attribute("List", "ListNumbering")) in ("", "None"):
            yield at(node)


def _silent(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.of_role("Figure", "Formula"):
        if not (node.said("Alt") or node.said("ActualText")):
            yield at(node)


def _unplaced(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.of_role("Figure"):
        box = items(node.attribute("Layout", "BBox"))
        if len(box) != 4 or not (box[0] < box[2] and box[1] < box[3]):
            yield at(node)


def _empty_figures(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.of_role("Figure"):
        if not node.content():
            yield at(node)


def _unnamed_notes(pdf: OpenedPdf) -> Iterator[Place]:
    seen: set[str] = set()
    for node in pdf.of_role("Note"):
        identifier = text(entry(node.element, "ID"))
        if not identifier or identifier in seen:
            yield at(node)
        seen.add(identifier)


def _images_elsewhere(pdf: OpenedPdf) -> Iterator[Place]:
    """Find images that are drawn as something else than an illustration."""
    illustrated = {mark for node in pdf.of_role("Figure", "Formula") for mark in node.content()}
    for page in pdf.pages:
        for marked in page.real:
            if marked.images and (page.number, marked.mcid) not in illustrated:
                yield Place(page.number)


RULES = (
    Rule("heading.skipped", f"{UA} 7.4.2", "En rubriknivå hoppas över: {}.", _skipped),
    Rule(
        "heading.mixed",
        f"{UA} 7.4.4",
        "Filen blandar rubriker med och utan nivå.",
        _unnumbered,
    ),
    Rule("heading.empty", f"{UA} 7.4.2", "Rubriken är tom.", _empty_headings),
    Rule(
        "list.content",
        f"{UA} 7.2",
        "I listan ligger något som inte är en punkt.",
        _list_kids,
    ),
    Rule(
        "list.item",
        f"{UA} 7.2",
        "Listpunkten har inte en text (LBody) och högst ett märke (Lbl).",
        _item_kids,
    ),
    Rule("list.stray", f"{UA} 7.2", "En del av en lista ligger utanför listan.", _stray_items),
    Rule(
        "list.numbering",
        f"{UA} 7.6",
        "Listan har märken men säger inte vilken sort (ListNumbering).",
        _unnamed_marks,
    ),
    Rule(
        "figure.alt",
        f"{UA} 7.3",
        "Bilden saknar alternativtext.",
        _silent,
    ),
    Rule(
        "figure.box",
        f"{UA} 7.3",
        "Bilden säger inte var på sidan den står (BBox).",
        _unplaced,
    ),
    Rule("figure.empty", f"{UA} 7.3", "Bilden visar ingenting.", _empty_figures),
    Rule(
        "figure.elsewhere",
        f"{UA} 7.3",
        "En bild är taggad som något annat än en bild.",
        _images_elsewhere,
    ),
    Rule("note.id", f"{UA} 7.9", "Noten saknar eget id.", _unnamed_notes),
)
