"""The search index: what can be found of a draft, and how text is compared.

Å, ä and ö are letters of their own; other accents and upper case make no difference.
"""

import re
import sqlite3
import unicodedata

from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.text import plain_text
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.store.connection import transaction

HEAD = ""  # the part that is no section: title, dnr, names, decision

_UNUSUAL = re.compile("[^a-z0-9åäö ]")
_LETTERS = {"ø": "ö", "æ": "ä", "ł": "l", "đ": "d", "ð": "d", "ß": "s", "ı": "i", "ς": "σ"}


def part_text(value: Draft | Section) -> str:
    """Return what can be found of a part of a draft, on one line."""
    text = _section_text(value) if isinstance(value, Section) else _head_text(value)
    return " ".join(clean(text).split())


def index_draft(connection: sqlite3.Connection, number: int) -> None:
    """Index a draft as it is now; runs inside a transaction."""
    rows = connection.execute(
        "SELECT part, text FROM parts WHERE draft = ? ORDER BY position", (number,)
    ).fetchall()
    shown = "\n".join(text for _, text in rows)
    head, body = len(rows[0][1]), fold(shown)
    connection.execute(
        "INSERT OR REPLACE INTO words (rowid, keys, shown, head, body) VALUES (?, ?, ?, ?, ?)",
        (number, "\n".join(part for part, _ in rows), shown, body[:head], body[head:]),
    )


def index_changed(connection: sqlite3.Connection) -> None:
    """Index the drafts that have been saved since they were last indexed."""
    if connection.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone():
        with transaction(connection):
            for (number,) in connection.execute("SELECT draft FROM unindexed").fetchall():
                index_draft(connection, number)
            connection.execute("DELETE FROM unindexed")


def fold(text: str) -> str:
    """Return text as it is compared, character for character.

    Letters are lower case and only å, ä and ö have marks; what is no letter or digit is a space.
    """
    # İ is the only letter whose small form is two characters
    return _UNUSUAL.sub(_fold_letter, text.replace("İ", "I").lower())


def _fold_letter(match: re.Match[str]) -> str:
    letter = _LETTERS.get(match[0], match[0])
    if letter in "åäö":
        return letter
    if not letter.isalnum():
        return " "
    decomposed = unicodedata.normalize("NFD", letter)
    return decomposed[0] if all(map(unicodedata.combining, decomposed[1:])) else letter


def _head_text(draft: Draft) -> str:
    officer, organisation, referral = draft.officer, draft.organisation, draft.referral
    pieces = (
        *(draft.title, draft.dnr, draft.subtitle, draft.committee),
        *(officer.name, officer.role, organisation.name, organisation.department),
        *(referral.sender, referral.sender_dnr, *referral.consulted),
        *(group.lead_in or "" for group in draft.decision),
        *(plain_text(item) for group in draft.decision for item in group.items),
        *(signatory.name for signatory in draft.signatories),
        *(attachment.title for attachment in draft.attachments),
        *(approval.name for approval in draft.approvals),
        draft.flags.confidential or "",
    )
    return " · ".join(piece for piece in pieces if piece.strip())


def _section_text(section: Section) -> str:
    pieces = (section.heading, section.not_applicable, plain_text(section.content))
    return "\n".join(piece for piece in pieces if piece)
