"""Sentences that a referral's facts give, written into a section when the officer asks for them."""

import re
from datetime import date

from samverkan_desktop.domain.draft import Draft, Position

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

_POSITIONS = {
    Position.APPROVE: "Förvaltningen tillstyrker förslaget.",
    Position.APPROVE_PARTLY: "Förvaltningen tillstyrker delvis förslaget.",
    Position.REJECT: "Förvaltningen avstyrker förslaget.",
    Position.ABSTAIN: "Förvaltningen avstår från att yttra sig över förslaget.",
}

# Words that a title often begins with and that have a small letter inside a sentence. Others keep
# their capital: it may be a name.
_COMMON_NOUNS = {
    "Ansökan", "Betänkande", "Betänkandet", "Detaljplan", "Förslag", "Förslaget", "Föreskrifter",
    "Handlingsplan", "Motion", "Motionen", "Plan", "Program", "Programmet", "Promemoria", "Remiss",
    "Remissen", "Riktlinjer", "Skrivelse", "Skrivelsen", "Strategi", "Utredning", "Yttrande",
    "Översyn", "Överenskommelse",
}  # fmt: skip


def long_date(day: date) -> str:
    """Return a date as it is written in running text: "den 27 oktober 2023"."""
    return f"den {day.day} {_MONTHS[day.month - 1]} {day.year}"


def enumeration(names: tuple[str, ...]) -> str:
    """Return names as a Swedish enumeration: "A, B samt C"."""
    filled = [name.strip() for name in names if name.strip()]
    if len(filled) < 2:
        return "".join(filled)
    return f"{', '.join(filled[:-1])} samt {filled[-1]}"


def request_sentence(draft: Draft) -> str:
    """Say who asked for the opinion, on what and by when; empty when the sender is unknown."""
    referral = draft.referral
    sender = referral.sender.strip()
    if not sender:
        return ""
    by = f" senast {long_date(referral.reply_by)}" if referral.reply_by else ""
    return f"{sender} har begärt nämndens yttrande över {_subject(draft)}{by}."


def consulted_sentence(draft: Draft) -> str:
    """Say which bodies were consulted; empty when none are named."""
    consulted = tuple(name for name in draft.referral.consulted if name.strip())
    if not consulted:
        return ""
    verb = "Remissinstanser är" if len(consulted) > 1 else "Remissinstans är"
    return f"{verb} {enumeration(consulted)}."


def position_sentence(draft: Draft) -> str:
    """Say which stand the administration takes; empty when none is chosen."""
    position = draft.referral.position
    return _POSITIONS[position] if position else ""


def sentences(draft: Draft) -> tuple[str, ...]:
    """Return every sentence that the facts give, in the order a report has them."""
    made = (request_sentence(draft), consulted_sentence(draft), position_sentence(draft))
    return tuple(sentence for sentence in made if sentence)


def _subject(draft: Draft) -> str:
    """Return the title as the object of a sentence, without the sender's dnr at its end."""
    title = " ".join(draft.title.split())
    dnr = " ".join(draft.referral.sender_dnr.split())
    if dnr:
        title = re.sub(rf"[ ,(–-]*(?:[Dd]nr:? )?{re.escape(dnr)}\)?$", "", title)
    if not title:
        return "remissen"
    first = title.split()[0]
    return title[0].lower() + title[1:] if first in _COMMON_NOUNS else title
