"""Sentences that a referral's facts give, written into a section when the officer asks for them."""

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


def long_date(day: date) -> str:
    """Return a date as it is written in running text: "den 27 oktober 2023"."""
    return f"den {day.day} {_MONTHS[day.month - 1]} {day.year}"


def enumeration(names: tuple[str, ...]) -> str:
    """Return names as a Swedish enumeration: "A, B samt C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} samt {names[-1]}"


def request_sentence(draft: Draft) -> str:
    """Say who asked for the opinion, on what and by when; empty when the sender is unknown."""
    referral = draft.referral
    if not referral.sender:
        return ""
    by = f" senast {long_date(referral.reply_by)}" if referral.reply_by else ""
    return f"{referral.sender} har begärt nämndens yttrande över {_subject(draft)}{by}."


def consulted_sentence(draft: Draft) -> str:
    """Say which bodies were consulted; empty when none are named."""
    consulted = draft.referral.consulted
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
    title = draft.title.strip()
    dnr = draft.referral.sender_dnr.strip()
    if dnr and title.endswith(dnr):
        title = title.removesuffix(dnr).rstrip(" ,(–-")
    if not title:
        return "remissen"
    first = title.split()[0]
    return title if first.isupper() and len(first) > 1 else title[0].lower() + title[1:]
