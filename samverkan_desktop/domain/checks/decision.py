"""The proposed decision: it goes straight into the minutes and is carried out from them alone.

The public writing guides of several cities ask for independent sentences, one action in each,
without references to a text that the minutes don't hold.
"""

import re
from collections.abc import Iterator

from samverkan_desktop.domain.checks.finding import Finding, Matter, Rule, Severity
from samverkan_desktop.domain.template import DecisionForm
from samverkan_desktop.domain.text import is_empty, plain_text
from samverkan_desktop.domain.typography import clean

# "enligt förslaget", "i enlighet med föreliggande förslag"; not "enligt förslaget till taxa"
_REFERS = re.compile(
    r"\b(?:enligt|i enlighet med)\s+(?:"
    r"ovan\w*|det ovan\w*|vad som (?:anges|sägs|står) ovan"
    r"|(?:föreliggande|framlagt|bifogat|upprättat|detta|nämnt)\s+förslag\b"
    r"|(?:förvaltningens\s+)?förslag(?:et)?\b(?!\s+(?:till|om|från|i|på|den)\b))",
    re.IGNORECASE,
)


def decision_missing(matter: Matter) -> Iterator[Finding]:
    """Find a matter without a proposal, or with one that isn't printed: nothing to decide on."""
    items = [item for group in matter.draft.decision for item in group.items]
    if all(is_empty(item) for item in items):
        message = "Skriv ett förslag till beslut. Välj gärna en av mallens formuleringar."
    elif any(entry.is_decision and entry.section.hidden for entry in matter.entries):
        message = "Förslaget till beslut är dolt och skrivs inte ut. Visa avsnittet igen."
    else:
        return
    yield _finding(matter, "decision_missing", Severity.ERROR, message)


def decision_refers(matter: Matter) -> Iterator[Finding]:
    """Find "enligt föreliggande förslag", which says nothing in the minutes (cities' guides)."""
    for piece in matter.pieces:
        if piece.section == matter.template.decision_slot.key:
            for match in _REFERS.finditer(piece.text):
                message = (
                    f"Skriv ut vad som beslutas i stället för ”{match[0]}”. Beslutet ska gå att"
                    " förstå av protokollet ensamt."
                )
                severity = Severity.WARNING
                yield Finding("decision_refers", severity, piece.section, piece.block, message)


def decision_att(matter: Matter) -> Iterator[Finding]:
    """Find "att …" where the city writes whole sentences (guides of Malmö and Nacka)."""
    if matter.template.decision.form is DecisionForm.ATT_LINES:
        return
    for group in matter.draft.decision:
        for item in group.items:
            if clean(plain_text(item)).casefold().startswith("att "):
                message = "Skriv beslutet som en hel mening i presens, utan ”att”."
                yield _finding(matter, "decision_att", Severity.HINT, message)


def decision_text_unused(matter: Matter) -> Iterator[Finding]:
    """Find text in the decision's section, which only holds its place: items are printed."""
    for entry in matter.entries:
        if entry.is_decision and not is_empty(entry.section.content):
            message = "Texten under förslaget till beslut skrivs inte ut. Flytta den till en punkt."
            yield _finding(matter, "decision_text_unused", Severity.WARNING, message)


def _finding(matter: Matter, code: str, severity: Severity, message: str) -> Finding:
    return Finding(code, severity, matter.template.decision_slot.key, None, message)


RULES: tuple[Rule, ...] = (decision_missing, decision_refers, decision_att, decision_text_unused)
