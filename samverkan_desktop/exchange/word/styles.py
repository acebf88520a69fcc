"""Styles and numbering: what a paragraph is, however the program that saved the file names it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samverkan_desktop.exchange.office.markup import Element
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.content import BODY, Kind, Role
from samverkan_desktop.exchange.word.names import W, is_on, number, val

_ROLES = {
    "normal": Role.BODY,
    "body text": Role.BODY,
    "inledande rad": Role.BODY,
    "brödtext efter tabell": Role.BODY,
    "tabelltext": Role.BODY,
    "tabellrubrik": Role.BODY,
    "title": Role.TITLE,
    "heading 1": Role.TITLE,
    "heading 2": Role.SECTION,
    "subtitle": Role.SUBTITLE,
    "särskild upplysning": Role.NOTICE,
    "ärendehuvud etikett": Role.HEAD,
    "ärendehuvud rad": Role.HEAD,
    "att-sats": Role.ATT_LINE,
    "bilaga numrerad": Role.ATTACHMENT,
    "bilaga onumrerad": Role.ATTACHMENT,
    "quote": Role.QUOTE,
    "intense quote": Role.QUOTE,
    "quotations": Role.QUOTE,
    "caption": Role.CAPTION,
    "bild": Role.FIGURE,
    "bildtext": Role.FIGURE_CAPTION,
    "tabellavslut": Role.TABLE_END,
    "underskrift linje": Role.SIGNATURE,
    "underskrift namn": Role.SIGNATURE,
    "underskrift befattning": Role.SIGNATURE,
    "avsändarnamn": Role.SENDER,
    "avsändaruppgifter": Role.SENDER,
}
_HEADING = re.compile(r"heading ([3-9])")
_LIST = re.compile(r"list (bullet|number|continue)(?: ([2-9]))?")
_DECISION = "beslutspunkt"
_BULLETS = {"bullet", "none", ""}
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    paragraph: Element | None  # w:pPr
    run: Element | None  # w:rPr


class Styles:
    """The styles and lists of a file."""

    def __init__(self, package: Package) -> None:
        main = package.main
        self._styles: dict[str, _Style] = {}
        self._formats: dict[tuple[str, int], str] = {}
        for part in package.related(main, "styles"):
            for element in package.xml(part).iter(W + "style"):
                self._styles[val(element, "styleId")] = _Style(
                    val(element.find(W + "name")),
                    val(element.find(W + "basedOn")),
                    element.find(W + "pPr"),
                    element.find(W + "rPr"),
                )
        for part in package.related(main, "numbering"):
            self._read_numbering(package.xml(part))

    def chain(self, style_id: str) -> Iterator[_Style]:
        """Yield a style and those that it is based on (17.7.4.3), as far as is sensible."""
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(style_id)
            style = self._styles[style_id]
            yield style
            style_id = style.parent

    def name(self, properties: Element | None) -> str:
        """Return the name of a paragraph's style, "" for the default one."""
        style_id = val(None if properties is None else properties.find(W + "pStyle"))
        return next((style.name for style in self.chain(style_id)), "")

    def kind(self, properties: Element | None) -> Kind:
        """Return what a paragraph with these properties (w:pPr) is."""
        if properties is None:
            return BODY
        style_id = val(properties.find(W + "pStyle"))
        kinds = (kind for style in self.chain(style_id) if (kind := _kind(style.name)))
        kind = next(kinds, BODY)
        if properties.find(W + "framePr") is not None and kind.role is Role.BODY:
            return Kind(Role.HEAD)
        if kind.role in (Role.BODY, Role.ITEM):
            return self._numbered(kind, properties, style_id)
        return kind

    def outline_level(self, properties: Element | None) -> int | None:
        """Return the level of a heading from 1, None for body text (17.3.1.20)."""
        if properties is None:
            return None
        style_id = val(properties.find(W + "pStyle"))
        own = [properties, *(style.paragraph for style in self.chain(style_id))]
        for each in own:
            level = None if each is None else each.find(W + "outlineLvl")
            if level is not None:
                found = number(val(level), 9)
                return found + 1 if found < 9 else None
        named = (re.fullmatch(r"heading ([1-9])", s.name.lower()) for s in self.chain(style_id))
        return next((int(match[1]) for match in named if match), None)

    def has_mark(self, run: Element | None, name: str, paragraph_style: str = "") -> bool:
        """Whether a run is bold ("b") or italic ("i"), by itself or by its styles (17.7.3)."""
        own = None if run is None else run.find(W + name)
        if own is not None:
            return is_on(own)
        style_id = val(None if run is None else run.find(W + "rStyle"))
        for style in (*self.chain(style_id), *self.chain(paragraph_style)):
            mark = None if style.run is None else style.run.find(W + name)
            if mark is not None:
                return is_on(mark)
        return False

    def format(self, number_id: str, level: int) -> str:
        """Return how the items of a list are counted ("bullet", "decimal" …), "" if unknown."""
        return self._formats.get((number_id, level), "")

    def number_of(self, paragraph: Element | None) -> str:
        """Return the list that a paragraph belongs to by its style or by itself, "" for none."""
        properties = None if paragraph is None else paragraph.find(W + "pPr")
        if properties is None:
            return ""
        own = properties.find(f"{W}numPr/{W}numId")
        if own is not None:
            return "" if val(own) == "0" else val(own)
        return self._list_of_style(val(properties.find(W + "pStyle")))[0]

    def _numbered(self, kind: Kind, properties: Element, style_id: str) -> Kind:
        own = properties.find(W + "numPr")
        number_id = val(None if own is None else own.find(W + "numId"))
        if number_id == "0":
            return BODY
        level_text = val(None if own is None else own.find(W + "ilvl"))
        if not number_id and kind.role is not Role.ITEM:
            number_id, level_text = self._list_of_style(style_id)
            if not number_id or number_id == "0":
                return kind
        level = max(0, min(number(level_text, kind.level), 8))
        if number_id and (counted := self.format(number_id, level)):
            return Kind(Role.ITEM, level, counted not in _BULLETS, number_id)
        return Kind(Role.ITEM, level, kind.numbered, number_id)

    def _list_of_style(self, style_id: str) -> tuple[str, str]:
        for style in self.chain(style_id):
            own = None if style.paragraph is None else style.paragraph.find(W + "numPr")
            if own is not None:
                return val(own.find(W + "numId")), val(own.find(W + "ilvl"))
        return "", ""

    def _read_numbering(self, root: Element) -> None:
        abstract: dict[str, dict[int, str]] = {}
        for element in root.iter(W + "abstractNum"):
            levels = {
                number(val(lvl, "ilvl")): val(lvl.find(W + "numFmt")) or "decimal"
                for lvl in element.findall(W + "lvl")
            }
            abstract[val(element, "abstractNumId")] = levels
        for element in root.iter(W + "num"):
            number_id = val(element, "numId")
            for level, counted in abstract.get(val(element.find(W + "abstractNumId")), {}).items():
                self._formats[number_id, level] = counted
            for override in element.iter(W + "lvl"):
                key = number_id, number(val(override, "ilvl"))
                self._formats[key] = val(override.find(W + "numFmt")) or "decimal"


def _kind(name: str) -> Kind | None:
    """Return what a paragraph of a style is, by the style's name; None when that says nothing."""
    name = name.lower()
    if name in _ROLES:
        return Kind(_ROLES[name])
    if name == _DECISION:
        return Kind(Role.ITEM, 0, numbered=True)
    if heading := _HEADING.fullmatch(name):
        return Kind(Role.HEADING, min(int(heading[1]) - 1, 3))
    if listed := _LIST.fullmatch(name):
        level = int(listed[2] or 1) - 1
        if listed[1] == "continue":
            return Kind(Role.CONTINUED, level)
        return Kind(Role.ITEM, level, numbered=listed[1] == "number")
    return None
