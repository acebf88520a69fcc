"""Money: how much, and where it comes from (guides ask for amount, period, financing)."""

import re
from collections.abc import Iterator

from samverkan_desktop.domain.checks.finding import Finding, Matter, Rule, Severity
from samverkan_desktop.domain.template import Need, SlotCheck

_CURRENCY = r"(?:kr|tkr|mkr|mnkr|kronor|(?:tusen|miljon(?:er)?|miljard(?:er)?)\s+kronor)\b"
_AMOUNT = re.compile(rf"\d(?:[\d\s]*\d)?(?:,\d+)?\s*{_CURRENCY}")
# An amount, or a table whose header says in what its numbers are
_AMOUNT_OR_TABLE = re.compile(rf"{_AMOUNT.pattern}|\b{_CURRENCY}.*\d", re.DOTALL)
_COST = re.compile(
    r"\b(?:(?:drift|genomförande|hyres|investerings|kapital|lokal|mer|personal|total|års)?kostnad"
    r"(?:en|er|erna)?|kostar?|utgift(?:en|er|erna)?)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:inga|ingen|inget|inte|utan|saknar|saknas|oförändra\w+|ryms|inom|osäker\w*)\b",
    re.IGNORECASE,
)
_FINANCING = re.compile(
    r"finansier|budget|ryms|ram\b|ramen\b|anslag|bidrag|medel\b|medlen\b|intäkt|avgift|omfördel"
    r"|betala|täck|bekosta|står\s+för|ersätt|förskott|\blån(?:et|en)?\b|uppgick|utfall",
    re.IGNORECASE,
)


def amount_missing(matter: Matter) -> Iterator[Finding]:
    """Find a cost without an amount, unless it is said that there is none, or why."""
    for entry, text in matter.asking_for(SlotCheck.MENTIONS_MONEY):
        costs = [sentence for sentence in _sentences(text) if _COST.search(sentence)]
        if (
            costs
            and not _AMOUNT_OR_TABLE.search(text)
            and not any(_NONE.search(cost) for cost in costs)
        ):
            message = f"Ange belopp under ”{entry.heading}”, eller varför det inte går."
            yield Finding("amount_missing", Severity.WARNING, entry.key, None, message)


def financing_missing(matter: Matter) -> Iterator[Finding]:
    """Find an amount to be spent without its source: whose budget, which grant."""
    for entry, text in matter.asking_for(SlotCheck.MENTIONS_MONEY):
        if _COST.search(text) and _AMOUNT.search(text) and not _FINANCING.search(text):
            message = f"Skriv under ”{entry.heading}” hur kostnaden finansieras."
            yield Finding("financing_missing", Severity.WARNING, entry.key, None, message)


def money_elsewhere(matter: Matter) -> Iterator[Finding]:
    """Find money in a matter whose section about it is empty, where the template has one."""
    mentioned = next((match for p in matter.pieces if (match := _AMOUNT.search(p.text))), None)
    for entry, text in matter.asking_for(SlotCheck.MENTIONS_MONEY):
        ruled_out = entry.section.not_applicable is not None
        if mentioned and not text and not ruled_out and entry.need is Need.OPTIONAL:
            message = f"Ärendet nämner ”{mentioned[0]}”. Överväg att fylla i ”{entry.heading}”."
            yield Finding("money_elsewhere", Severity.HINT, entry.key, None, message)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|\n", text)


RULES: tuple[Rule, ...] = (amount_missing, financing_missing, money_elsewhere)
