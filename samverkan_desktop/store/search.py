"""Full-text search: what is indexed of a draft, how words are matched, and what a hit shows.

Å, ä and ö are letters of their own; other accents and upper case make no difference. Every word
typed is the beginning of a word in the text, and each may stand in another part of the draft.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.text import plain_text
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.store.summary import SUMMARY_COLUMNS, DraftSummary, read_summary

HEAD = ""  # the part that is no section: title, dnr, names, decision

_LETTERS = {"ø": "ö", "æ": "ä", "ł": "l", "đ": "d", "ð": "d", "ß": "s", "ı": "i"}
_BEFORE, _AROUND = 40, 140  # characters of a snippet before the first hit, and in all


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A draft found. `snippet` is text around the words, `marks` where they are in it (from, to).

    `section` is the key of the section that the snippet is from, or empty for the head.
    """

    summary: DraftSummary
    snippet: str
    marks: tuple[tuple[int, int], ...]
    section: str


def put_part(connection: sqlite3.Connection, draft: int, part: str, value: Draft | Section) -> None:
    """Index a part of a draft anew."""
    text = _section_text(value) if isinstance(value, Section) else _head_text(value)
    shown = " ".join(clean(text).split())
    connection.execute(
        "INSERT INTO search_parts (draft, part) VALUES (?, ?) ON CONFLICT DO NOTHING", (draft, part)
    )
    connection.execute(
        "INSERT OR REPLACE INTO search_words (rowid, shown, folded) "
        "SELECT id, ?, ? FROM search_parts WHERE draft = ? AND part = ?",
        (shown, fold(shown), draft, part),
    )


def remove_part(connection: sqlite3.Connection, draft: int, part: str) -> None:
    """Take a part of a draft out of the index."""
    connection.execute("DELETE FROM search_parts WHERE draft = ? AND part = ?", (draft, part))


def find(connection: sqlite3.Connection, words: str, limit: int) -> list[SearchHit]:
    """Return the drafts outside the bin that have every word.

    Those with words in their head (title, dnr, …) come first, then the last changed.
    """
    phrases = _phrases(words)
    if not phrases:
        return []
    rows = connection.execute(_query(len(phrases)), (*map(_match, phrases), limit)).fetchall()
    count = len(SUMMARY_COLUMNS)
    return [
        _hit(connection, read_summary(row[:count]), phrases, _best_part(row[count:]))
        for row in rows
    ]


def fold(text: str) -> str:
    """Return text as it is compared, character for character.

    Letters are lower case and only å, ä and ö have marks; what is no letter or digit is a space.
    """
    return "".join(map(_fold_letter, text))


def _head_text(draft: Draft) -> str:
    """Return what can be found of a draft beside its sections."""
    officer, organisation, referral = draft.officer, draft.organisation, draft.referral
    decision = (plain_text(item) for group in draft.decision for item in group.items)
    pieces = (
        *(draft.title, draft.dnr, draft.subtitle, draft.committee),
        *(officer.name, officer.role, organisation.name, organisation.department),
        *(referral.sender, referral.sender_dnr, *referral.consulted),
        *(group.lead_in or "" for group in draft.decision),
        *decision,
        *(signatory.name for signatory in draft.signatories),
        *(attachment.title for attachment in draft.attachments),
        *(approval.name for approval in draft.approvals),
        draft.flags.confidential or "",
    )
    return " · ".join(piece for piece in pieces if piece.strip())


def _section_text(section: Section) -> str:
    pieces = (section.heading, section.not_applicable, plain_text(section.content))
    return "\n".join(piece for piece in pieces if piece)


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    if not letter.isalnum():
        return " "
    lower = letter.lower()
    if len(lower) != 1:
        return letter
    plain = _LETTERS.get(lower, lower)
    decomposed = unicodedata.normalize("NFD", plain)
    only_marks = all(map(unicodedata.combining, decomposed[1:]))
    return decomposed[0] if only_marks and plain not in "åäö" else plain


def _phrases(words: str) -> list[str]:
    """Return what is searched for: a phrase for each word typed, since "2023/740" is two words."""
    folded = {" ".join(fold(word).split()) for word in clean(words).split()}
    return sorted(folded - {""}, key=len, reverse=True)


def _match(phrase: str) -> str:
    """Return an FTS5 query: https://www.sqlite.org/fts5.html#fts5_prefix_queries."""
    return f'folded : "{phrase}" *'


def _query(count: int) -> str:
    """Return the question for `count` phrases; each row has the summary and a part per phrase.

    The part is the first one made, so the head if that has the phrase; `in_head` is of that part:
    https://www.sqlite.org/lang_select.html#bareagg.
    """
    found = ", ".join(
        f"found{i} (draft, part, in_head) AS MATERIALIZED ("
        " SELECT p.draft, min(p.id), p.part = ''"
        " FROM search_words w JOIN search_parts p ON p.id = w.rowid"
        " WHERE w.search_words MATCH ? GROUP BY p.draft)"
        for i in range(count)
    )
    columns = ", ".join(f"drafts.{column}" for column in SUMMARY_COLUMNS)
    parts = ", ".join(f"found{i}.part" for i in range(count))
    joins = " ".join(f"JOIN found{i} ON found{i}.draft = drafts.number" for i in range(count))
    in_head = " + ".join(f"found{i}.in_head" for i in range(count))
    return (
        f"WITH {found} SELECT {columns}, {parts} FROM drafts {joins} WHERE deleted_at IS NULL "
        f"ORDER BY {in_head} DESC, changed_at DESC, drafts.number DESC LIMIT ?"
    )


def _best_part(parts: Sequence[int]) -> int:
    """Return the part where most words are; a section, made after the head, rather than that."""
    return max(parts, key=lambda part: (parts.count(part), part))


def _hit(
    connection: sqlite3.Connection, summary: DraftSummary, phrases: Iterable[str], part: int
) -> SearchHit:
    shown, folded, section = connection.execute(
        "SELECT shown, folded, part FROM search_words JOIN search_parts ON id = search_words.rowid "
        "WHERE search_words.rowid = ?",
        (part,),
    ).fetchone()
    snippet, marks = _snippet(shown, _marks(folded, phrases))
    return SearchHit(summary, snippet, marks, section)


def _marks(folded: str, phrases: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the phrases are, in order and apart."""
    alternatives = "|".join(phrase.replace(" ", " +") for phrase in phrases)
    pattern = re.compile(rf"(?<!\S)(?:{alternatives})")
    return [match.span() for match in pattern.finditer(folded)]


def _snippet(
    text: str, marks: Sequence[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut out the text around the first mark, at spaces where there are any, and move the marks."""
    first, last = marks[0] if marks else (0, 0)
    start, end = 0, len(text)
    if first > _BEFORE:
        start = text.find(" ", first - _BEFORE, first) + 1 or first - _BEFORE
    if end > start + _AROUND:
        space = text.rfind(" ", last, start + _AROUND)
        end = space if space >= 0 else max(start + _AROUND, last)
    left, right = "… " if start else "", " …" if end < len(text) else ""
    shift = len(left) - start
    inside = ((a + shift, b + shift) for a, b in marks if b <= end)
    return f"{left}{text[start:end]}{right}", tuple(inside)
