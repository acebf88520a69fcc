"""Full-text search: how words are matched, and what a hit shows.

Every word typed is the beginning of a word in the text, and each may stand in another part of the
draft.
"""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from samverkan_desktop.domain.typography import clean
from samverkan_desktop.store.index import fold, index_changed
from samverkan_desktop.store.summary import SUMMARY_COLUMNS, DraftSummary, read_summary

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


def find(connection: sqlite3.Connection, words: str, limit: int) -> list[SearchHit]:
    """Return the drafts outside the bin that have every word.

    Those with every word in their head (title, dnr, …) come first, then the last changed.
    """
    if _phrases(words):
        index_changed(connection)
    return find_indexed(connection, words, limit)


def find_indexed(connection: sqlite3.Connection, words: str, limit: int) -> list[SearchHit]:
    """Return what `find` would, of what has been indexed: nothing is written."""
    phrases = _phrases(words)
    if not phrases:
        return []
    everywhere = " AND ".join(f'"{phrase}" *' for phrase in phrases)
    first = _matching(connection, f"head : ({everywhere})", limit)
    others = _matching(connection, everywhere, limit) if len(first) < limit else []
    numbers = list(dict.fromkeys(first + others))[:limit]
    return [_hit(connection, number, phrases) for number in numbers]


def _phrases(words: str) -> list[str]:
    """Return what is searched for, the longest first: "2023/740" is a phrase of two words."""
    folded = {" ".join(fold(word).split()) for word in clean(words).split()}
    return sorted(folded - {""}, key=len, reverse=True)


def _matching(connection: sqlite3.Connection, query: str, limit: int) -> list[int]:
    """Return the numbers of drafts outside the bin, the last changed first.

    `query` is FTS5's: https://www.sqlite.org/fts5.html#full_text_query_syntax.
    """
    rows = connection.execute(
        "SELECT number FROM drafts WHERE deleted_at IS NULL "
        "AND number IN (SELECT rowid FROM words WHERE words MATCH ?) "
        "ORDER BY changed_at DESC, number DESC LIMIT ?",
        (query, limit),
    )
    return [number for (number,) in rows]


def _hit(connection: sqlite3.Connection, number: int, phrases: Sequence[str]) -> SearchHit:
    *row, keys, shown, head, body = connection.execute(
        f"SELECT {', '.join(SUMMARY_COLUMNS)}, keys, shown, head, body "
        "FROM drafts JOIN words ON words.rowid = number WHERE number = ?",
        (number,),
    ).fetchone()
    at = _first_place(body, phrases)
    at = _first_place(head, phrases) if at < 0 else at + len(head)
    snippet, marks = _snippet(shown, head + body, at, phrases)
    return SearchHit(read_summary(row), snippet, marks, keys.split("\n")[shown.count("\n", 0, at)])


def _first_place(folded: str, phrases: Sequence[str]) -> int:
    """Return where the longest phrase that is there begins, or -1."""
    padded = f" {folded}"  # so that every word has a space before it; str.find is what is quick
    for phrase in phrases:
        first_word = phrase.partition(" ")[0]
        pattern = _pattern([phrase])
        at = padded.find(f" {first_word}")
        while at >= 0:
            if pattern.match(folded, at):
                return at
            at = padded.find(f" {first_word}", at + 1)
    return -1


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    alternatives = "|".join(phrase.replace(" ", " +") for phrase in phrases)
    return re.compile(rf"(?<!\S)(?:{alternatives})")


def _snippet(
    shown: str, folded: str, at: int, phrases: Sequence[str]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut out the text around a place, at spaces where there are any, and mark the phrases in it.

    The parts of a draft are lines of `shown`; the snippet stays within one.
    """
    first, last = shown.rfind("\n", 0, at) + 1, shown.find("\n", at)
    last = last if last >= 0 else len(shown)
    start, end = first, last
    if at - first > _BEFORE:
        start = shown.find(" ", at - _BEFORE, at) + 1 or at - _BEFORE
    if last - start > _AROUND:
        space = shown.rfind(" ", at, start + _AROUND)
        end = space if space > at else start + _AROUND
    left, right = "… " if start > first else "", " …" if end < last else ""
    marks = (match.span() for match in _pattern(phrases).finditer(folded[start:end]))
    inside = tuple((a + len(left), b + len(left)) for a, b in marks)
    return f"{left}{shown[start:end]}{right}", inside
