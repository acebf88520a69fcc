"""References that lead nowhere, and one registry number written in two ways."""

import re
from collections.abc import Iterator
from itertools import pairwise

from samverkan_desktop.domain.checks.finding import Finding, Matter, Rule, Severity
from samverkan_desktop.domain.template import SlotCheck
from samverkan_desktop.domain.typography import clean

# "bilaga 3", "bilagorna 1–3", "bilaga 1 och 4"; not "lagens bilaga 2", "bilaga 2 till avtalet"
_ATTACHMENT = re.compile(
    r"(?<!s )\bbilag(?:a|orna|or)\s+(\d{1,2}(?:(?:\s*[–,-]\s*|\s+(?:och|samt)\s+)\d{1,2})*)\b"
    r"(?!\s+(?:till|i|av)\s+(?!(?:detta|det här|tjänste)))",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:(?:ovan|nedan)(?:stående|nämnda?)?(?! vid\b)|bilag(?:a|an|or|orna))\b", re.IGNORECASE
)


def attachment_absent(matter: Matter) -> Iterator[Finding]:
    """Find a reference to an attachment that isn't there (it is part of the basis)."""
    count = sum(bool(clean(attachment.title)) for attachment in matter.draft.attachments)
    for piece in matter.pieces:
        for match in _ATTACHMENT.finditer(piece.text):
            highest = max(map(int, re.findall(r"\d+", match[1])))
            if highest > count:
                has = {0: "inga bilagor", 1: "bara en bilaga"}.get(count, f"bara {count} bilagor")
                message = (
                    f"Texten hänvisar till ”{match[0]}” men ärendet har {has}. Lägg till bilagan"
                    " eller ändra hänvisningen."
                )
                severity = Severity.WARNING
                yield Finding("attachment_absent", severity, piece.section, piece.block, message)


def stands_alone(matter: Matter) -> Iterator[Finding]:
    """Find "ovan" and "bilaga" in the summary: it is copied to the kallelse and minutes alone."""
    alone = {entry.key: entry for entry, _ in matter.asking_for(SlotCheck.STANDS_ALONE)}
    for piece in matter.pieces:
        if piece.section in alone and (match := _ELSEWHERE.search(piece.text)):
            message = (
                f"”{alone[piece.section].heading}” ska kunna läsas ensam. Skriv om så att"
                f" ”{match[0]}” inte behövs."
            )
            yield Finding("stands_alone", Severity.WARNING, piece.section, piece.block, message)


def dnr_two_ways(matter: Matter) -> Iterator[Finding]:
    """Find a registry number written in two ways: a search finds only one of them."""
    texts = [(clean(text), None, None) for text in (matter.draft.title, matter.draft.subtitle)]
    pieces = [*texts, *((piece.text, piece.section, piece.block) for piece in matter.pieces)]
    for dnr in dict.fromkeys(map(_one_line, (matter.draft.dnr, matter.draft.referral.sender_dnr))):
        variants = _variants(dnr)
        for text, section, block in pieces:
            written = [_one_line(match[0]) for match in variants.finditer(text)]
            for other in (number for number in written if number != dnr):
                message = f"Numret {dnr} är också skrivet ”{other}”. Skriv det likadant överallt."
                yield Finding("dnr_two_ways", Severity.WARNING, section, block, message)


def _variants(dnr: str) -> re.Pattern[str]:
    """Return a pattern for every way to write the number; for none if it is too short to tell."""
    parts = re.findall(r"\d+|[^\W\d_]+", dnr)
    if sum(part.isdigit() for part in parts) < 2 or sum(map(len, parts)) < 5:
        return re.compile(r"(?!)")
    pattern = parts[0]
    for one, other in pairwise(parts):
        fewest = 1 if one.isdigit() and other.isdigit() else 0
        pattern += rf"[\s.:/–-]{{{fewest},3}}{other}"
    return re.compile(rf"(?<![\w./–-]){pattern}(?![\w/–-]|\.\d)", re.IGNORECASE)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


RULES: tuple[Rule, ...] = (attachment_absent, stands_alone, dnr_two_ways)
