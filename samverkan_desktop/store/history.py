"""The history of drafts in an open library: their versions and their journals."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.journal import Act, JournalEntry, broken
from samverkan_desktop.domain.version import Reason, Version, thinned
from samverkan_desktop.store import journal, versions
from samverkan_desktop.store.drafts import number_of, read_draft, update_draft
from samverkan_desktop.store.index import HEAD
from samverkan_desktop.store.open_file import OpenFile

_ACTS = {Reason.RESTORED: Act.RESTORED, Reason.IMPORTED: Act.IMPORTED}


class History:
    """Part of a Library. Every method raises StorageError, and UnknownDraftError for no such draft.

    A version never changes. What is written is on the disk when the method returns.
    """

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def keep(self, draft_id: str, reason: Reason, note: str = "") -> Version:
        """Keep a draft as it is stored now as a version; the journal tells what it changed.

        A version that nobody asked for, of a draft that hasn't changed since the last one, isn't
        kept again: the last one is returned.
        """
        with self._file.writing() as connection:
            draft = (number_of(connection, draft_id), draft_id)
            who, now = self._file.author, self._file.clock()
            return keep_and_tell(connection, draft, (reason, note), who, now)

    def put_back(self, draft: Draft, note: str) -> Version:
        """Make a draft what it once was, and keep that as a version; `note` says when it was so.

        What it is until then is kept as a version first. All of it is done, or nothing.
        """
        file = self._file
        with file.writing() as connection:
            known, who, now = (number_of(connection, draft.id), draft.id), file.author, file.clock()
            before = (Reason.BEFORE, f"återställning av {note}")
            keep_and_tell(connection, known, before, who, now)
            update_draft(connection, draft, read_draft(connection, draft.id), now)
            return keep_and_tell(connection, known, (Reason.RESTORED, note), who, now)

    def versions(self, draft_id: str) -> tuple[Version, ...]:
        """Return a draft's versions, the oldest first."""
        with self._file.reading() as connection:
            return versions.read_versions(connection, number_of(connection, draft_id))

    def draft(self, draft_id: str, number: int) -> Draft:
        """Return a draft as it was in a version.

        Raises UnknownVersionError; LibraryDamagedError when it isn't what was kept.
        """
        with self._file.reading() as connection:
            return versions.read_version(connection, number_of(connection, draft_id), number)

    def thin(self, draft_id: str) -> int:
        """Let go of versions by the rule of `domain.version.thinned`; return how many went."""
        with self._file.reading() as connection:
            draft = number_of(connection, draft_id)
            gone = thinned(versions.read_versions(connection, draft), self._file.clock())
        if gone:
            with self._file.writing() as connection:
                versions.drop_versions(connection, draft, gone)
        return len(gone)

    def journal(self, draft_id: str) -> tuple[JournalEntry, ...]:
        """Return the journal of a draft, also of one that has been erased; the oldest first."""
        with self._file.reading() as connection:
            return journal.read_journal(connection, draft_id)

    def record(self, draft_id: str, act: Act, detail: Mapping[str, str]) -> None:
        """Add an entry to a draft's journal."""
        file = self._file
        with file.writing() as connection:
            number_of(connection, draft_id)
            journal.add_entry(connection, draft_id, act, detail, file.author, file.clock())

    def problems(self) -> tuple[str, ...]:
        """Return what is not as it was written in any journal or version, in Swedish sentences."""
        with self._file.reading() as connection:
            ids = sorted(journal.journal_ids(connection))
            drafts = connection.execute("SELECT number, id FROM drafts ORDER BY number").fetchall()
        found = [sentence for draft_id in ids for sentence in self._broken_entries(draft_id)]
        return (
            *found,
            *(s for number, draft_id in drafts for s in self._changed(number, draft_id)),
        )

    def _broken_entries(self, draft_id: str) -> Iterable[str]:
        with self._file.reading() as connection:
            entries = journal.read_journal(connection, draft_id)
            end = journal.read_end(connection, draft_id)
        for number in broken(entries, end):
            yield f"Journalen för {draft_id}: rad {number} saknas eller har ändrats."

    def _changed(self, draft: int, draft_id: str) -> Iterable[str]:
        with self._file.reading() as connection:
            known = versions.read_versions(connection, draft)
        for version in known:
            try:
                with self._file.reading() as connection:
                    versions.read_version(connection, draft, version.number)
            except SamverkanError:
                yield f"Ärendet {draft_id}: version {version.number} är inte som den sparades."


def keep_and_tell(
    connection: sqlite3.Connection,
    draft: tuple[int, str],
    why: tuple[Reason, str],
    who: str,
    now: datetime,
) -> Version:
    """Keep a version of a draft (number and id), inside a transaction, and tell the journal."""
    kept = versions.keep_version(connection, draft, why, who, now)
    if kept.changed:
        reason, note = why
        number, sha256 = kept.version.number, kept.version.sha256
        detail = {"version": str(number), "sha256": sha256, "parts": _named(kept.changed)}
        act = _ACTS.get(reason, Act.EDITED if number > 1 else Act.CREATED)
        told = {**detail, "note": note} if note else detail
        journal.add_entry(connection, draft[1], act, told, who, now)
    return kept.version


def _named(parts: Iterable[str]) -> str:
    """Return the keys of parts with a space between; the head has none of its own."""
    return " ".join(part if part != HEAD else "ärendeuppgifter" for part in parts)
