"""What stands around the text: title, registry number, names, attachments, secrecy.

A tjänsteutlåtande always has a handläggare, a nämnd, a title and signatures (both samples of real
documents, and the public guides of several cities). The messages call a field what the form does.
"""

import re
from collections.abc import Iterator

from samverkan_desktop.domain.checks.finding import Finding, Matter, Rule, Severity
from samverkan_desktop.domain.typography import clean

_NO_DNR = re.compile(r"\bsaknas\b", re.IGNORECASE)


def title_missing(matter: Matter) -> Iterator[Finding]:
    """Find a missing title: it is what the public list shows (WCAG 2.1, 2.4.2)."""
    if not clean(matter.draft.title):
        message = "Skriv en rubrik. Den syns i kallelsen och på sammanträdets webbsida."
        yield Finding("title_missing", Severity.ERROR, None, None, message)


def dnr_missing(matter: Matter) -> Iterator[Finding]:
    """Find a matter without a number (offentlighets- och sekretesslagen 5 kap. 2 §)."""
    if not clean(matter.draft.dnr):
        message = f"Fyll i {matter.dnr_label}. Du får numret av registrator."
        yield Finding("dnr_missing", Severity.WARNING, None, None, message)


def dnr_unusual(matter: Matter) -> Iterator[Finding]:
    """Find a number of none of the organisation's usual forms; others exist, so it only warns."""
    dnr, rule = _one_line(matter.draft.dnr), matter.template.dnr
    if dnr and not rule.is_usual(dnr) and not _NO_DNR.search(dnr):
        example = f" Det brukar se ut som {rule.example}." if rule.example else ""
        message = f"Kontrollera {matter.dnr_label} ”{dnr}”.{example}"
        yield Finding("dnr_unusual", Severity.WARNING, None, None, message)


def dnr_of_sender(matter: Matter) -> Iterator[Finding]:
    """Find the sender's number in place of the own one: a referral has both (real documents)."""
    own, theirs = _one_line(matter.draft.dnr), _one_line(matter.draft.referral.sender_dnr)
    if own and own.casefold() == theirs.casefold():
        message = (
            f"{matter.dnr_label} och Remittentens dnr är samma nummer, {own}. Skriv nämndens eget"
            " i det första fältet och remittentens i det andra."
        )
        yield Finding("dnr_of_sender", Severity.WARNING, None, None, message)


def committee_missing(matter: Matter) -> Iterator[Finding]:
    """Find a document addressed to nobody: it goes to the deciding body (usual practice)."""
    if not clean(matter.draft.committee):
        message = "Fyll i Nämnd, den som ärendet går till."
        yield Finding("committee_missing", Severity.WARNING, None, None, message)


def officer_missing(matter: Matter) -> Iterator[Finding]:
    """Find a document with nobody to ask (förvaltningslagen 6 and 7 §§, help and access)."""
    if not clean(matter.draft.officer.name):
        message = f"Fyll i namn under {matter.template.labels.officer}."
        yield Finding("officer_missing", Severity.WARNING, None, None, message)


def signatory_missing(matter: Matter) -> Iterator[Finding]:
    """Find a document that nobody signs. No law demands it: usual practice."""
    if not any(clean(person.name) for person in matter.draft.signatories):
        message = "Lägg till en underskrift, till exempel förvaltningschefens."
        yield Finding("signatory_missing", Severity.WARNING, None, None, message)


def attachment_unnamed(matter: Matter) -> Iterator[Finding]:
    """Find a file without a name: it isn't listed, so it isn't part of what is decided on."""
    for attachment in matter.draft.attachments:
        if attachment.file and not clean(attachment.title):
            message = f"Ge bilagan {attachment.file} ett namn. Utan namn skrivs den inte ut."
            yield Finding("attachment_unnamed", Severity.ERROR, None, None, message)


def confidential(matter: Matter) -> Iterator[Finding]:
    """Remind of a secret matter: neutral title, not published (the nämnd secretary's routine)."""
    if matter.draft.flags.confidential is not None:
        message = (
            "Ärendet har sekretess. Publicera inte dokumentet, och kontrollera att rubriken inte"
            " röjer något."
        )
        yield Finding("confidential", Severity.WARNING, None, None, message)


def confidential_without_law(matter: Matter) -> Iterator[Finding]:
    """Find secrecy without its provision (offentlighets- och sekretesslagen 5 kap. 5 §)."""
    secret = matter.draft.flags.confidential
    if secret is not None and "§" not in secret:
        message = "Ange lagrummet under Sekretess, till exempel ”OSL 26 kap. 1 §”."
        yield Finding("confidential_without_law", Severity.WARNING, None, None, message)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


RULES: tuple[Rule, ...] = (
    title_missing,
    dnr_missing,
    dnr_unusual,
    dnr_of_sender,
    committee_missing,
    officer_missing,
    signatory_missing,
    attachment_unnamed,
    confidential,
    confidential_without_law,
)
