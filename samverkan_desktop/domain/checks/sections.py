"""The sections: those asked for are there, and what is there can be read by everyone."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import zip_longest
from pathlib import PurePath

from samverkan_desktop.domain.checks.finding import Finding, Matter, Rule, Severity
from samverkan_desktop.domain.outline import Entry
from samverkan_desktop.domain.template import Need
from samverkan_desktop.domain.text import Block, Blocks, Heading, Image, is_empty, spans_text, walk
from samverkan_desktop.domain.typography import clean

_NO_REASON = re.compile(
    r"(?:(?:ej|inte)\s+(?:tillämpligt|aktuellt|relevant)|nej|ingen|inget|[-–])?[.!]?", re.IGNORECASE
)
_LONG_ENOUGH_TO_BE_A_COPY = 12


def required_empty(matter: Matter) -> Iterator[Finding]:
    """Find a required section that says nothing (the city's guide or standard document)."""
    for entry in _wanted(matter, Need.REQUIRED):
        if entry.section.hidden:
            message = f"Avsnittet ”{entry.heading}” måste finnas men är dolt. Visa det igen."
        elif entry.section.is_empty:
            or_reason = _or_reason(entry)
            message = f"Skriv något under ”{entry.heading}”{or_reason}. Avsnittet måste finnas."
        elif entry.section.not_applicable is not None and not _may_be_ruled_out(entry):
            message = (
                f"Skriv något under ”{entry.heading}”. Avsnittet kan inte vara ej tillämpligt."
            )
        else:
            continue
        yield Finding("required_empty", Severity.ERROR, entry.key, None, message)


def recommended_empty(matter: Matter) -> Iterator[Finding]:
    """Find a perspective neither given nor ruled out (barnkonventionen art. 3; cities' guides)."""
    for entry in _wanted(matter, Need.RECOMMENDED):
        if entry.section.hidden or entry.section.is_empty:
            message = f"Skriv något under ”{entry.heading}”{_or_reason(entry)}."
            yield Finding("recommended_empty", Severity.WARNING, entry.key, None, message)


def reason_missing(matter: Matter) -> Iterator[Finding]:
    """Find "ej tillämpligt" without a reason for the nämnd to judge: a tick-box isn't enough."""
    for entry in _shown(matter):
        reason = entry.section.not_applicable
        if reason is not None and _NO_REASON.fullmatch(clean(reason)):
            message = f"Skriv varför ”{entry.heading}” inte är tillämpligt."
            yield Finding("reason_missing", Severity.ERROR, entry.key, None, message)


def text_unused(matter: Matter) -> Iterator[Finding]:
    """Find text that isn't printed: nothing that was written disappears without a word."""
    for entry in matter.entries:
        section = entry.section
        if is_empty(section.content) or entry.is_decision:
            continue
        if section.hidden:
            message = f"Avsnittet ”{entry.heading}” är dolt och skrivs inte ut."
            yield Finding("text_hidden", Severity.HINT, entry.key, None, message)
        elif section.not_applicable is not None:
            message = (
                f"”{entry.heading}” har både text och ”ej tillämpligt”. Texten skrivs inte ut:"
                " ta bort den eller markeringen."
            )
            yield Finding("text_unused", Severity.WARNING, entry.key, None, message)


def heading_missing(matter: Matter) -> Iterator[Finding]:
    """Find a section without a heading to find it by (WCAG 2.1, 1.3.1 and 2.4.6)."""
    for entry in _shown(matter):
        if not clean(entry.heading) and not entry.section.is_empty:
            message = _about_key(entry.key, [slot.key for slot in matter.template.slots])
            yield Finding("heading_missing", Severity.WARNING, entry.key, None, message)


def _about_key(key: str, known: list[str]) -> str:
    near = get_close_matches(key.casefold(), known, 1)
    if near:
        return (
            f"Ändra nyckeln ”{key}”, som inte finns i mallen (menade du ”{near[0]}”?), eller ge"
            " avsnittet en rubrik."
        )
    return f"Ge det egna avsnittet ”{key}” en rubrik."


def heading_level(matter: Matter) -> Iterator[Finding]:
    """Find a skipped heading level (PDF/UA-1, ISO 14289-1, 7.4.2)."""
    for entry, blocks in matter.written():
        deepest = 1
        for heading in _headings(blocks):
            if heading.level > deepest + 1:
                message = (
                    f"Rubriken ”{_text(heading)}” är på nivå {heading.level} utan någon på nivå"
                    f" {deepest + 1} före. Ändra nivån."
                )
                yield _error("heading_level", entry, heading.id, message)
            deepest = max(deepest, heading.level)


def heading_without_text(matter: Matter) -> Iterator[Finding]:
    """Find a heading that announces nothing (usual practice)."""
    for entry, blocks in matter.written():
        filled = [block for block in blocks if not is_empty((block,))]
        for block, following in zip_longest(filled, filled[1:]):
            if isinstance(block, Heading) and _announces_nothing(block, following):
                message = f"Skriv något under rubriken ”{_text(block)}” eller ta bort den."
                severity, id_ = Severity.WARNING, block.id or None
                yield Finding("heading_without_text", severity, entry.key, id_, message)


def _announces_nothing(heading: Heading, following: Block | None) -> bool:
    if isinstance(following, Heading):
        return following.level <= heading.level
    return following is None


def alt_missing(matter: Matter) -> Iterator[Finding]:
    """Find an image that isn't described in words (WCAG 2.1, 1.1.1; lagen 2018:1937 10 §)."""
    for entry, blocks in matter.written():
        for image in (block for block in walk(blocks) if isinstance(block, Image)):
            alt = clean(image.alt).casefold()
            if alt in ("", image.file.casefold(), PurePath(image.file).stem.casefold()):
                message = f"Beskriv i ord vad bilden {image.file} visar."
                yield _error("alt_missing", entry, image.id, message)


def copied_text(matter: Matter) -> Iterator[Finding]:
    """Find a paragraph that stands in two sections (the guides ask for short documents)."""
    first: dict[str, str] = {}
    for piece in matter.pieces:
        if piece.quoted or piece.text.count(" ") < _LONG_ENOUGH_TO_BE_A_COPY:
            continue
        section = first.setdefault(piece.text, piece.section)
        if section != piece.section:
            heading = next(entry.heading for entry in matter.entries if entry.key == section)
            message = f"Samma stycke står också under ”{heading}”. Stryk det ena eller korta ned."
            yield Finding("copied_text", Severity.HINT, piece.section, piece.block, message)


def _shown(matter: Matter) -> Iterator[Entry]:
    return (entry for entry in matter.entries if not entry.section.hidden and not entry.is_decision)


def _wanted(matter: Matter, need: Need) -> Iterator[Entry]:
    return (entry for entry in matter.entries if entry.need is need and not entry.is_decision)


def _may_be_ruled_out(entry: Entry) -> bool:
    return entry.slot is not None and entry.slot.not_applicable


def _or_reason(entry: Entry) -> str:
    return ", eller varför det inte är tillämpligt" if _may_be_ruled_out(entry) else ""


def _headings(blocks: Blocks) -> Iterator[Heading]:
    for block in walk(blocks):
        if isinstance(block, Heading) and not is_empty((block,)):
            yield block


def _text(heading: Heading) -> str:
    return clean(spans_text(heading.spans))


def _error(code: str, entry: Entry, block: str, message: str) -> Finding:
    return Finding(code, Severity.ERROR, entry.key, block or None, message)


RULES: tuple[Rule, ...] = (
    required_empty,
    recommended_empty,
    reason_missing,
    text_unused,
    heading_missing,
    heading_level,
    heading_without_text,
    alt_missing,
    copied_text,
)
