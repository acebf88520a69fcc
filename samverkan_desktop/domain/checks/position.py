"""A referral's answer: the stand in one plain sentence, and the facts of who asks and by when.

When all answers are put together, only the stand may be left of each (kommunstyrelsen's reports).
Only templates with a slot that asks for a position are referrals' answers.
"""

import re
from collections.abc import Iterator

from samverkan_desktop.domain.checks.finding import Finding, Matter, Rule, Severity
from samverkan_desktop.domain.draft import Position
from samverkan_desktop.domain.template import SlotCheck
from samverkan_desktop.domain.typography import clean

_STAND = re.compile(
    r"\b(?:tillstyrk|avstyrk|avstå[rt]?\b|ställ(?:er|a)\s+sig\s+(?:\w+\s+)?(?:positiv|negativ|bakom"
    r"|frågande|tveksam)|(?:ser|är)\s+(?:\w+\s+)?(?:positiv|negativ)|instämm|delar\s+(?:\w+\s+)?bedöm"
    r"|välkomn|inga\s+(?:\w+\s+)?(?:synpunkter|invändningar)|ingen\s+erinran"
    r"|(?:inget|ingenting)\s+att\s+(?:invända|erinra)|stöder|stödjer|motsätter\s+sig)",
    re.IGNORECASE,
)
_FOR, _AGAINST = re.compile(r"\btillstyrk", re.IGNORECASE), re.compile(r"\bavstyrk", re.IGNORECASE)


def position_missing(matter: Matter) -> Iterator[Finding]:
    """Find an answer without a stand: tillstyrker, delvis, avstyrker or avstår."""
    if _is_answer(matter) and matter.draft.referral.position is None:
        message = "Välj Ståndpunkt: tillstyrker, tillstyrker delvis, avstyrker eller avstår."
        yield Finding("position_missing", Severity.WARNING, None, None, message)


def position_unsaid(matter: Matter) -> Iterator[Finding]:
    """Find a section that doesn't say the stand, where the template asks for it."""
    for entry, text in matter.asking_for(SlotCheck.POSITION):
        if text and not _STAND.search(text):
            message = f"Skriv i en mening under ”{entry.heading}” vad förvaltningen anser."
            yield Finding("position_unsaid", Severity.WARNING, entry.key, None, message)


def position_contradicted(matter: Matter) -> Iterator[Finding]:
    """Find a stand in the text that isn't the one chosen."""
    wrong = {Position.APPROVE: (_AGAINST, _FOR), Position.REJECT: (_FOR, _AGAINST)}
    position = matter.draft.referral.position
    if position not in wrong:
        return
    other, same = wrong[position]
    for entry, text in matter.asking_for(SlotCheck.POSITION):
        if other.search(text) and not same.search(text):
            message = (
                f"Ståndpunkten är ”{position}” men under ”{entry.heading}” står något annat."
                " Ändra det som är fel."
            )
            yield Finding("position_contradicted", Severity.WARNING, entry.key, None, message)


def referral_facts_missing(matter: Matter) -> Iterator[Finding]:
    """Find an answer that lacks who asks, under which number or by when (real documents)."""
    referral = matter.draft.referral
    facts = {
        "Remittent": clean(referral.sender),
        "Remittentens dnr": clean(referral.sender_dnr),
        "Svar senast": referral.reply_by,
    }
    missing = [name for name, value in facts.items() if not value]
    if missing and _is_answer(matter):
        message = f"Fyll i remissens uppgifter: {', '.join(missing)}."
        yield Finding("referral_facts_missing", Severity.WARNING, None, None, message)


def _is_answer(matter: Matter) -> bool:
    return any(SlotCheck.POSITION in slot.checks for slot in matter.template.slots)


RULES: tuple[Rule, ...] = (
    position_missing,
    position_unsaid,
    position_contradicted,
    referral_facts_missing,
)
