"""The facts of a remiss, from the sentences that say them. The text stays as it is."""

import re

from samverkan_desktop.domain.draft import Draft, Referral
from samverkan_desktop.domain.text import plain_text
from samverkan_desktop.exchange.recognising.patterns import find_dnr, read_date
from samverkan_desktop.exchange.recognising.report import Certainty, Log
from samverkan_desktop.exchange.recognising.stand import find_stand

_REQUEST = re.compile(
    r"(?P<sender>[A-ZÅÄÖ][\w-]+(?: [\w-]+){0,4}?) har "
    r"(?:begärt|bett om|remitterat|skickat|översänt|inbjudit|gett)"
    r"[^.]{0,300}?(?:yttrande|remiss|yttra|synpunkter|svar)"
)
_BY = re.compile(
    r"(?:senast|före|sista (?:svars)?dag(?:en)?(?: är)?|svarstiden går ut)[^.\d]{0,40}?"
    r"(?P<date>(?:den )?\d{1,2} \w+ \d{4}|\d{4}-\d\d-\d\d)"
)
_CONSULTED = re.compile(r"[Rr]emissinstans(?:er|erna)? är (?P<names>[^.]{3,600})\.")
_NAMES = re.compile(r",\s+|\s+(?:samt|och)\s+(?=[A-ZÅÄÖ]|samtliga|alla|övriga)")


def is_referral(title: str, subtitle: str) -> bool:
    """Whether a matter answers a remiss."""
    return (
        re.search(r"\bremiss|\byttrande över|\bsvar på remiss", f"{title} {subtitle}", re.I)
        is not None
    )


def read_referral(draft: Draft, sender_dnr: str, log: Log) -> Referral:
    """Return who asks, under which number, by when, who else was asked, and the stand taken.

    The sender's dnr is the one in the title, if it isn't the document's own.
    """
    text, title, own_dnr = plain_text(draft.all_blocks()), draft.title, draft.dnr
    number = find_dnr(title)
    other = sender_dnr or (number if number != own_dnr else "")
    request = _REQUEST.search(text)
    by = _BY.search(text)
    consulted = _CONSULTED.search(text)
    names = _NAMES.split(consulted["names"]) if consulted else []
    stand, certainty = find_stand(text, (draft.organisation.name, draft.committee))
    found = Referral(
        sender=request["sender"] if request else "",
        sender_dnr=other,
        reply_by=read_date(by["date"]) if by else None,
        consulted=tuple(name.strip(" ,") for name in names if name.strip(" ,")),
        position=stand,
    )
    for where, value in (
        ("Remittent", found.sender),
        ("Remittentens diarienummer", "" if sender_dnr else other),
        ("Remissinstanser", ", ".join(found.consulted)),
        ("Svar senast", by["date"] if by and found.reply_by else ""),
    ):
        if value:
            log.place(where, value, Certainty.LIKELY)
    if stand:
        log.place("Ståndpunkt", str(stand), certainty)
    else:
        log.notes.append("Ståndpunkten gick inte att läsa ut ur texten. Välj den i formuläret.")
    return found
