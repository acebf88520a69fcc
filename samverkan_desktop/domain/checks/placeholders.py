"""Gaps that were to be filled in: the dots of a phrase, "XX", "[…]", merge fields, "Dnr saknas"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samverkan_desktop.domain.checks.finding import Finding, Matter, Piece, Rule, Severity
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.typography import clean

_PLACEHOLDER = re.compile(
    r"""
      \[\s*(?:…|\.\.\.|[xX]+|(?:fyll|skriv)\s+(?:i|in|här)\b[^\]]*|namn|datum|belopp|text|ort)\s*\]
    | \b(?:X{2,4}|x{2,4})\b
    | \b(?:ÅÅÅÅ|ÅÅ|20ÅÅ|20XX|20xx|åååå)(?:[-/]?(?:MM|mm)[-/]?(?:DD|dd))?\b
    | «\w+» | <<\w+>> | \{\{[^}]*\}\}
    | \?\?+
    | \b(?:TODO|TBD|FYLL\ I|Lorem\ ipsum)\b
    | \b[Kk]licka\ (?:eller\ tryck\ )?här\ för\ att\ (?:ange|lägga)\b
    | \b(?:[Dd]nr|[Dd]iarienummer)\ saknas\b
    """,
    re.VERBOSE,
)
_DOTS = re.compile(r"\.{3,}|…")
_DOTS_AT_AN_END = re.compile(rf"^\W*(?:{_DOTS.pattern})|(?:{_DOTS.pattern})\W*$")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field beside the sections' text, as it is called in a message."""

    name: str
    text: str
    section: str | None = None


def placeholder_left(matter: Matter) -> Iterator[Finding]:
    """Find a gap in the document: it isn't finished (usual practice)."""
    for field in _fields(matter):
        if match := _PLACEHOLDER.search(field.text) or _DOTS_AT_AN_END.search(field.text):
            message = f"Fyll i ”{match[0].strip()}” i {field.name}."
            yield Finding("placeholder", Severity.ERROR, field.section, None, message)
    for piece in matter.pieces:
        if match := _PLACEHOLDER.search(piece.text):
            yield _in_piece(piece, match[0])


def phrase_unfilled(matter: Matter) -> Iterator[Finding]:
    """Find a phrase of the template whose … is not filled in; in a decision any … at all."""
    gap = _phrase_gaps(matter.template)
    decision = matter.template.decision_slot.key
    for piece in matter.pieces:
        dots = _DOTS if piece.section == decision else gap
        text = _DOTS.sub("…", piece.text)
        if "…" in text and not piece.quoted and (match := dots.search(text)):
            yield _in_piece(piece, match[0])


def _fields(matter: Matter) -> Iterator[_Field]:
    draft, decision = matter.draft, matter.template.decision_slot.key
    yield _Field("fältet Rubrik", clean(draft.title))
    yield _Field("fältet Underrubrik", clean(draft.subtitle))
    yield _Field(f"fältet {matter.dnr_label}", clean(draft.dnr))
    yield _Field("fältet Remittentens dnr", clean(draft.referral.sender_dnr))
    yield _Field("fältet Nämnd", clean(draft.committee))
    yield _Field(f"fältet Namn under {matter.template.labels.officer}", clean(draft.officer.name))
    for group in draft.decision:
        yield _Field("inledningen till beslutet", clean(group.lead_in or ""), decision)
    for person in draft.signatories:
        yield _Field("underskrifterna", clean(f"{person.name} {person.role}"))
    for attachment in draft.attachments:
        yield _Field("bilagorna", clean(attachment.title))
    for entry in matter.entries:
        if not entry.section.hidden and not entry.section.is_empty:
            reason = clean(entry.section.not_applicable or "")
            yield _Field(f"rubriken ”{entry.heading}”", clean(entry.heading), entry.key)
            yield _Field(f"skälet under ”{entry.heading}”", reason, entry.key)


def _phrase_gaps(template: Template) -> re.Pattern[str]:
    """Return a pattern for … with the words that stand beside it in one of the phrases."""
    phrases = [*template.decision.phrases, *(p for slot in template.slots for p in slot.phrases)]
    gaps = {gap for phrase in phrases for gap in _gaps(phrase)}
    return re.compile("|".join(sorted(gaps)) or r"(?!)")


def _gaps(phrase: str) -> Iterator[str]:
    before, *rest = phrase.split("…")
    for after in rest:
        words, following = before.split()[-2:], after.split()[:2]
        if words:
            yield rf"\b{_spaced(words)}\s*…"
        if len(following) == 2 or (following and not words):
            yield rf"…\s*{_spaced(following)}(?!\w)"
        before = after


def _spaced(words: list[str]) -> str:
    return r"\s+".join(map(re.escape, words))


def _in_piece(piece: Piece, found: str) -> Finding:
    message = f"Fyll i det som saknas: ”{found}”."
    return Finding("placeholder", Severity.ERROR, piece.section, piece.block, message)


RULES: tuple[Rule, ...] = (placeholder_left, phrase_unfilled)
