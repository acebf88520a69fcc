"""One paragraph (17.3.1) with all that can stand in it, as a line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from samverkan_desktop.exchange.office.markup import Element
from samverkan_desktop.exchange.office.package import Relation
from samverkan_desktop.exchange.word.content import (
    PICTURE,
    PLAIN,
    Kind,
    Line,
    Marks,
    Revision,
    Role,
    Run,
)
from samverkan_desktop.exchange.word.names import MC, WP, A, M, O, R, V, W, revision, val
from samverkan_desktop.exchange.word.styles import Styles

_REVISIONS = {W + "ins", W + "moveTo", W + "del", W + "moveFrom"}
_LINKS = {W + "hyperlink", W + "fldSimple"}
_INSERTING = {W + "ins", W + "moveTo"}
# What only wraps runs.
_WRAPS = {
    W + name
    for name in ("smartTag", "customXml", "sdtContent", "bdo", "dir", "ruby", "rubyBase", "sdt")
}
# Fonts of symbols have their own characters in the private use area (17.3.3.30).
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0E0: "→", 0xF0E8: "→", 0xF0FC: "✓", 0xF02D: "–"}
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"?([^"\s]*)', re.IGNORECASE)


# Who changed the marks of a run, and what they were before.
_Old = tuple[Revision, Marks] | None


def _symbol(element: Element) -> str:
    try:
        point = int(val(element, "char"), 16)
    except ValueError:
        return "\N{REPLACEMENT CHARACTER}"
    if point in _SYMBOLS:
        return _SYMBOLS[point]
    if 0xF020 <= point <= 0xF07E:  # an ordinary character of the font
        return chr(point - 0xF000)
    return chr(point) if 0x20 <= point < 0xD800 else "\N{REPLACEMENT CHARACTER}"


# What stands in a run for text (17.3.3).
_TEXTS: dict[str, Callable[[Element], str]] = {
    W + "t": lambda element: element.text or "",
    W + "delText": lambda element: element.text or "",
    W + "sym": _symbol,
    W + "tab": lambda _: "\t",
    W + "ptab": lambda _: "\t",
    W + "br": lambda _: "\n",
    W + "cr": lambda _: "\n",
    W + "noBreakHyphen": lambda _: "\N{NON-BREAKING HYPHEN}",
    W + "softHyphen": lambda _: "\N{SOFT HYPHEN}",
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a paragraph refers to: styles, addresses, notes at the foot of a page."""

    styles: Styles
    relations: Mapping[str, Relation] = field(default_factory=dict)
    footnotes: Mapping[str, str] = field(default_factory=dict)
    endnotes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds for a run where it stands."""

    inserted: Revision | None = None
    deleted: Revision | None = None
    link: str = ""


@dataclass(slots=True)
class _Field:
    """A complex field (17.16.18) that has been begun and not ended."""

    code: str = ""
    shows_result: bool = False

    @property
    def link(self) -> str:
        match = _HYPERLINK.match(self.code)
        return match[1] if match else ""


@dataclass(slots=True)
class ParagraphReader:
    """Reads the paragraphs of one story, in order: a field or a move may go on over several."""

    source: Source
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _moves: dict[str, str] = field(default_factory=dict)
    _runs: list[Run] = field(default_factory=list)
    _spots: list[tuple[str, int, bool]] = field(default_factory=list)
    _at: int = 0

    def line(self, paragraph: Element, key: str, pending: list[tuple[str, bool]]) -> Line:
        """Return a paragraph as a line; `pending` are comment marks that stood before it."""
        self._runs, self._at = [], 0
        self._spots = [(name, 0, begins) for name, begins in pending]
        properties = paragraph.find(W + "pPr")
        for child in paragraph:
            if child.tag != W + "pPr":
                self._inline(child, _State())
        # a field whose code has no end in its paragraph must not hide the rest of the file
        self._fields = [each for each in self._fields if each.shows_result]
        styles = self.source.styles
        line = Line(
            runs=tuple(_joined(self._runs)),
            kind=_with_picture(styles.kind(properties), self._runs),
            key=key,
            spots=tuple(self._spots),
            style=styles.name(properties),
            element=paragraph,
        )
        return line if properties is None else self._with_history(line, properties)

    def mark(self, element: Element) -> None:
        """Note where a move begins or ends (17.13.5.24, 17.13.5.28)."""
        if element.tag in (W + "moveFromRangeStart", W + "moveToRangeStart"):
            self._moves[val(element, "id")] = val(element, "name")
        elif element.tag in (W + "moveFromRangeEnd", W + "moveToRangeEnd"):
            self._moves.pop(val(element, "id"), None)

    def _with_history(self, line: Line, properties: Element) -> Line:
        mark = properties.find(W + "rPr")
        inserted = deleted = None
        if mark is not None:
            for child in mark:
                if child.tag in _INSERTING:
                    inserted = self._revision(child)
                elif child.tag in _REVISIONS:
                    deleted = self._revision(child)
        changed = properties.find(W + "pPrChange")
        if changed is None:
            numbered = properties.find(f"{W}numPr/{W}ins")  # numbering put in (17.13.5.17)
            if numbered is not None and line.kind.role is Role.ITEM:
                return replace(
                    line, inserted=inserted, deleted=deleted, changed=self._revision(numbered),
                    before=Kind(),
                )  # fmt: skip
            return replace(line, inserted=inserted, deleted=deleted)
        before = self.source.styles.kind(changed.find(W + "pPr"))
        return replace(
            line, inserted=inserted, deleted=deleted, changed=revision(changed),
            before=_with_picture(before, self._runs),
        )  # fmt: skip

    def _revision(self, element: Element) -> Revision:
        is_move = element.tag in (W + "moveFrom", W + "moveTo")
        name = next(reversed(self._moves.values()), "") if is_move else ""
        return revision(element, name)

    def _inline(self, element: Element, state: _State) -> None:
        """Read what may stand in a paragraph."""
        tag = str(element.tag)
        if tag == W + "r":
            self._run(element, state)
        elif tag in _LINKS or tag in _REVISIONS or tag in _WRAPS:
            self._children(element, self._inside(element, state))
        elif tag in (W + "commentRangeStart", W + "commentRangeEnd"):
            self._spots.append((val(element, "id"), self._at, tag.endswith("Start")))
        elif tag == MC + "AlternateContent":
            self._children(_alternative(element), state)
        elif tag in (M + "oMath", M + "oMathPara"):
            text = "".join(t.text or "" for t in element.iter(M + "t"))
            self._add(text, PLAIN, state)
        else:
            self.mark(element)

    def _inside(self, element: Element, state: _State) -> _State:
        """Return what holds for what stands in an element."""
        if element.tag in _INSERTING:
            return replace(state, inserted=self._revision(element))
        if element.tag in _REVISIONS:
            return replace(state, deleted=self._revision(element))
        if element.tag == W + "hyperlink":
            return replace(state, link=self._address(element))
        if element.tag == W + "fldSimple":
            return replace(state, link=_Field(val(element, "instr")).link or state.link)
        return state

    def _children(self, element: Element, state: _State) -> None:
        for child in element:
            self._inline(child, state)

    def _run(self, element: Element, state: _State) -> None:
        properties = element.find(W + "rPr")
        shown = (each.link for each in reversed(self._fields) if each.shows_result)
        link = state.link or next(filter(None, shown), "")
        marks = self._marks(properties, link)
        changed = None if properties is None else properties.find(W + "rPrChange")
        old: _Old = None
        if changed is not None:
            before = self._marks(changed.find(W + "rPr"), link)
            old = (revision(changed), before) if before != marks else None
        for child in element:
            self._content(child, marks, state, old)

    def _content(self, element: Element, marks: Marks, state: _State, old: _Old) -> None:
        """Read what may stand in a run (17.3.3)."""
        tag = str(element.tag)
        if tag in _TEXTS:
            self._add(_TEXTS[tag](element), marks, state, old)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            self._drawing(element, state)
        elif tag == MC + "AlternateContent":
            for child in _alternative(element):
                self._content(child, marks, state, old)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            is_foot = tag.endswith("footnoteReference")
            known = self.source.footnotes if is_foot else self.source.endnotes
            text = known.get(val(element, "id"), "")
            self.notes.append(("fotnot" if is_foot else "slutnot", text))
        else:
            self._field(element)

    def _add(self, text: str, marks: Marks, state: _State, old: _Old = None) -> None:
        if not text or any(not each.shows_result for each in self._fields):
            return
        formatted, before = old or (None, PLAIN)
        self._runs.append(Run(text, marks, state.inserted, state.deleted, formatted, before))
        self._at += len(text)

    def _drawing(self, element: Element, state: _State) -> None:
        for box in element.iter(W + "txbxContent"):
            text = "\n".join(_paragraph_texts(box))
            if text:
                self.notes.append(("textruta", text))
        if element.find(f".//{O}signatureline") is not None:
            return
        found = [blip.get(R + "embed") for blip in element.iter(A + "blip")]
        found += [data.get(R + "id") for data in element.iter(V + "imagedata")]
        for relation_id in found[:1]:
            relation = self.source.relations.get(str(relation_id or ""))
            if relation is None or relation.is_external:
                self.notes.append(("bild", "en bild som inte finns i filen"))
                continue
            described = next(element.iter(WP + "docPr"), None)
            alt = "" if described is None else str(described.get("descr", ""))
            self.pictures.append(relation.target)
            self._runs.append(
                Run(PICTURE, PLAIN, state.inserted, state.deleted, picture=relation.target, alt=alt)
            )
            self._at += 1

    def _field(self, element: Element) -> None:
        """Follow where a field begins, shows its result and ends; its code is no text."""
        kind = val(element, "fldCharType") if element.tag == W + "fldChar" else ""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()
        elif element.tag in (W + "instrText", W + "delInstrText") and self._fields:
            self._fields[-1].code += element.text or ""

    def _marks(self, properties: Element | None, link: str) -> Marks:
        styles = self.source.styles
        return Marks(styles.has_mark(properties, "b"), styles.has_mark(properties, "i"), link)

    def _address(self, element: Element) -> str:
        relation = self.source.relations.get(str(element.get(R + "id", "")))
        anchor = val(element, "anchor")
        address = relation.target if relation is not None and relation.is_external else ""
        return f"{address}#{anchor}" if address and anchor else address


def _alternative(element: Element) -> Element:
    """Return the one of several forms that is read (ECMA-376 part 3, 7.6): the one for all."""
    fallback = element.find(MC + "Fallback")
    choice = element.find(MC + "Choice")
    found = fallback if fallback is not None and len(fallback) else choice
    return element.makeelement(W + "none") if found is None else found


def _paragraph_texts(box: Element) -> Iterator[str]:
    for paragraph in box.iter(W + "p"):
        text = "".join(t.text or "" for t in paragraph.iter(W + "t"))
        if text:
            yield text


def _with_picture(kind: Kind, runs: list[Run]) -> Kind:
    """Return the kind of a paragraph that may be nothing but a picture."""
    is_picture = any(run.picture for run in runs) and not any(
        run.text.strip() for run in runs if not run.picture
    )
    return Kind(Role.FIGURE) if is_picture and kind.role is Role.BODY else kind


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Yield runs with those that differ in text alone put together."""
    held: Run | None = None
    for run in runs:
        if held is not None and not run.picture and replace(held, text=run.text) == run:
            held = replace(held, text=held.text + run.text)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held
