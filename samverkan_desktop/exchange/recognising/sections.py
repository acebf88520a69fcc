"""Zones: the pieces under each heading; and the sections of the draft that they become."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from samverkan_desktop.domain.draft import Section
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.text import Blocks, Paragraph, spans, spans_text
from samverkan_desktop.exchange.reading.model import (
    Look,
    Piece,
    ReadImage,
    ReadParagraph,
    Style,
)
from samverkan_desktop.exchange.recognising.content import Files, blocks_of
from samverkan_desktop.exchange.recognising.fields import lines_of
from samverkan_desktop.exchange.recognising.outline import Found, Kind
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import folded

_CONTENTS_LINE = re.compile(r".{2,100}?(?:[ .…_]{2,}|\s)\d{1,3}")
# What stands before the first heading: a heading that nobody wrote.
_BEFORE = Found(-1, Kind.SECTION, "", Certainty.SURE)


@dataclass(slots=True)
class Zone:
    """The pieces under one heading. `written` is the heading as it stood, with its number."""

    found: Found
    pieces: list[Piece] = field(default_factory=list)
    written: str = ""
    level: int = 1
    is_close: bool = False  # the heading follows what stands before it without a gap

    @property
    def is_text(self) -> bool:
        """Whether it is a section or the decision."""
        return self.found.kind in (Kind.SECTION, Kind.DECISION)


def zones_of(pieces: Sequence[Piece], found: Sequence[Found]) -> list[Zone]:
    """Return the zones in order; the first holds what stands before any heading."""
    zones = [Zone(_BEFORE)]
    starts = {heading.index: heading for heading in found}
    for index, piece in enumerate(pieces):
        heading = starts.get(index)
        if heading and isinstance(piece, ReadParagraph):
            look = piece.look
            zones.append(Zone(heading, [], piece.text, look.level or 1, is_close=look.tight))
        else:
            zones[-1].pieces.append(piece)
    return zones


def without_contents(zones: Sequence[Zone], log: Log) -> list[Zone]:
    """Take out a table of contents: its heading, its lines, and headings that come again below."""
    out: list[Zone] = []
    inside = False
    names = Counter(folded(zone.found.text) for zone in zones)
    for zone in zones:
        names[folded(zone.found.text)] -= 1
        again = names[folded(zone.found.text)] > 0
        if zone.found.kind is Kind.CONTENTS or (inside and again and not zone.pieces):
            inside = True
            log.take(zone.written, Why.CONTENTS)
            rest = _without_contents_lines(zone.pieces, log)
            if rest and out:
                out[-1].pieces.extend(rest)
        else:
            inside = False
            out.append(zone)
    return out


def _without_contents_lines(pieces: Sequence[Piece], log: Log) -> list[Piece]:
    rest: list[Piece] = []
    for piece in pieces:
        text = "  ".join(line.text for line in lines_of([piece]))
        if _CONTENTS_LINE.fullmatch(text) and not isinstance(piece, ReadImage):
            log.take(text, Why.CONTENTS)
        else:
            rest.append(piece)
    return rest


def decision_pieces(zones: Sequence[Zone]) -> list[Piece]:
    """Return what stands under the decision's headings; a second heading leads its part in."""
    out: list[Piece] = []
    decided = [zone for zone in zones if zone.found.kind is Kind.DECISION]
    for zone in decided:
        if zone is not decided[0]:
            heading = Look(style=Style.HEADING, level=zone.level)
            out.append(ReadParagraph(spans(zone.written), heading))
        out += zone.pieces
    return out


class SectionReader:
    """Makes the sections of a draft, in the document's order."""

    def __init__(self, template: Template, files: Files, log: Log) -> None:
        self._template, self._files, self._log = template, files, log
        self._taken: set[str] = set()
        self._times: Counter[str] = Counter()
        self._slots = {folded(slot.heading): slot for slot in template.slots}

    def read(self, zones: Sequence[Zone]) -> list[Section]:
        """Return a section a zone; the decision's place is named where it isn't the template's."""
        zones = self._with_parts_inside(zones)
        exact = {
            id(zone): slot.key
            for zone in zones
            if zone.found.kind is Kind.SECTION
            and (slot := self._slots.get(folded(zone.found.text)))
        }
        reserved = set(exact.values())
        sections: list[Section] = []
        decided = False
        for zone in zones:
            if zone.found.kind is Kind.DECISION:
                if not decided:
                    sections.append(self._decision(zone))
                decided = True
                continue
            key = exact.get(id(zone)) or ("" if zone.found.key in reserved else zone.found.key)
            sections.append(self._section(zone, self._free(key or _slug(zone.found.text))))
        return self._without_needless_place(sections)

    def _with_parts_inside(self, zones: Sequence[Zone]) -> list[Zone]:
        """Put headings that the template doesn't have into an empty section before them.

        "Förvaltningens motivering till förslaget" may only hold "Bakgrund" and "Överväganden".
        """
        out: list[Zone] = []
        parent: Zone | None = None
        for zone in zones:
            is_slot = folded(zone.found.text) in self._slots
            inside = parent is not None and (
                zone.is_close or folded(parent.found.text) in self._slots
            )
            if parent is not None and inside and zone.found.kind is Kind.SECTION and not is_slot:
                look = Look(style=Style.HEADING, level=parent.level + 1)
                parent.pieces += [ReadParagraph(spans(zone.written), look), *zone.pieces]
                self._log.convert(
                    f"Underrubrik i ”{parent.found.text}”", zone.written, Certainty.LIKELY
                )
                continue
            out.append(zone)
            parent = zone if zone.found.kind is Kind.SECTION and not zone.pieces else None
        return out

    def _decision(self, zone: Zone) -> Section:
        slot = self._template.decision_slot
        heading = self._heading(zone, slot.heading)
        self._log.convert("Rubriken till beslutet", zone.written, zone.found.certainty)
        self._taken.add(slot.key)
        return Section(key=slot.key, heading=heading)

    def _section(self, zone: Zone, key: str) -> Section:
        slot = self._template.slot(key)
        heading = self._heading(zone, slot.heading if slot else "")
        shown = f"Avsnittet ”{zone.found.text}”"
        self._log.convert(shown, zone.written, zone.found.certainty)
        content = blocks_of(zone.pieces, self._files, self._log, zone.level)
        label = self._template.labels.not_applicable
        reason = _reason(content, label) if slot and slot.not_applicable else None
        if reason is not None:
            self._log.take(label, Why.LABEL)
            return Section(key=key, heading=heading, not_applicable=reason)
        return Section(key=key, heading=heading, content=content)

    def _heading(self, zone: Zone, usual: str) -> str | None:
        text = zone.found.text
        if folded(text) == folded(usual):
            return None
        return text.capitalize() if text.isupper() and len(text) > 5 else text

    def _free(self, key: str) -> str:
        """Return the key, or one with a number when a section before has it."""
        self._times[key] += 1
        name = key if self._times[key] == 1 else f"{key}-{self._times[key]}"
        while name in self._taken:
            name += "-2"
        self._taken.add(name)
        return name

    def _without_needless_place(self, sections: list[Section]) -> list[Section]:
        """Leave out the decision's place where it has the template's heading and stands there."""
        slot = self._template.decision_slot
        at = next((i for i, section in enumerate(sections) if section.key == slot.key), None)
        if at is None or sections[at].heading is not None:
            return sections
        order = [s.key for s in self._template.slots]
        before = order[: order.index(slot.key)]
        present = [section.key for section in sections if section.key != slot.key]
        nearest = next((key for key in reversed(before) if key in present), None)
        usual = present.index(nearest) + 1 if nearest is not None else 0
        return [s for s in sections if s.key != slot.key] if usual == at else sections


def _reason(content: Blocks, label: str) -> str | None:
    """Return why a section is answered "ej tillämpligt", if that is all that it says."""
    if len(content) != 1 or not isinstance(content[0], Paragraph):
        return None
    text = spans_text(content[0].spans)
    return text[len(label) + 2 :] if text.startswith(f"{label}. ") else None


def _slug(heading: str) -> str:
    """Return a key for a section that no template has."""
    plain = heading.casefold().translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "avsnitt"
