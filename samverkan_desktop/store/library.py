"""The library: every draft, its files and its history, in one SQLite file.

A Library belongs to the thread that opened it. Another thread opens the same path for itself: both
may read and write at the same time, a write waits for the other's to end.
"""

import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from samverkan_desktop.computer import login_name
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import (
    AmbiguousDraftError,
    ChangedElsewhereError,
    DraftExistsError,
    NotInBinError,
    StorageError,
    TracesLeftError,
    UnknownDraftError,
)
from samverkan_desktop.domain.journal import Act
from samverkan_desktop.domain.text import Blocks, with_ids
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store import blobs, search
from samverkan_desktop.store.carrying import carry_over
from samverkan_desktop.store.connection import connect
from samverkan_desktop.store.drafts import (
    insert_draft,
    number_of,
    update_draft,
    update_row,
)
from samverkan_desktop.store.erasing import empty_log, erase_draft
from samverkan_desktop.store.history import History, keep_and_tell
from samverkan_desktop.store.journal import add_entry
from samverkan_desktop.store.known_drafts import KnownDrafts, read_dated
from samverkan_desktop.store.open_file import Clock, OpenFile
from samverkan_desktop.store.reviews import Reviews
from samverkan_desktop.store.search import SearchHit
from samverkan_desktop.store.summary import SUMMARY_COLUMNS, DraftSummary, read_summary, write_time

__all__ = ["DraftSummary", "Library", "SearchHit"]


class Library:
    """An open library. Every method raises StorageError when the file can't be read or written.

    What is written is on the disk when the method returns; what fails has changed nothing.
    """

    can_write = True

    def __init__(self, file: OpenFile) -> None:
        self._file = file
        self.history = History(file)
        self.reviews = Reviews(file)
        self._known = KnownDrafts()
        self._news = 0

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        wait: float = 3.0,
        clock: Clock = lambda: datetime.now(UTC),
        author: str = "",
    ) -> Self:
        """Open the library at `path`, or make one there.

        `wait` is how many seconds to wait when another program is writing. `author` is who works
        here, as versions and the journal will say: the name at login unless given.

        Raises LibraryDamagedError, LibraryNewerError, LibraryLockedError, LibraryUnavailableError,
        WriteError, or UnreadableFileError when the file is something else; it is then untouched.
        """
        connected = partial(connect, path, wait)
        return cls(OpenFile(path, connected, clock, author or login_name()))

    @property
    def path(self) -> Path:
        """Return the library's file."""
        return self._file.path

    @property
    def author(self) -> str:
        """Return who works here, as versions and the journal say."""
        return self._file.author

    def close(self) -> None:
        """Close the file; the library can't be used any more."""
        self._file.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def add(
        self,
        draft: Draft,
        files: Mapping[str, bytes] | None = None,
        reason: Reason = Reason.BEGUN,
    ) -> Draft:
        """Add a draft with its files, and return it as it was added: every block has an id.

        It is the draft's first version, kept for `reason`.

        Raises DraftExistsError; ValueError when the draft has no id.
        """
        if not draft.id:
            raise ValueError("a draft in the library needs an id")
        draft = _with_block_ids(draft)
        now = self._file.clock()
        with self._file.writing() as connection:
            if connection.execute("SELECT 1 FROM drafts WHERE id = ?", (draft.id,)).fetchone():
                raise DraftExistsError(draft.id)
            number = insert_draft(connection, draft, now)
            for name, data in (files or {}).items():
                blobs.put_named_file(connection, number, name, data)
            who = self._file.author
            keep_and_tell(connection, (number, draft.id), (reason, ""), who, now)
            self._known.learn(draft, now)
        return draft

    def carry_over(self, draft_id: str, other: Path, note: str) -> None:
        """Add a draft as it is in another library file, with its files, versions and journal.

        It comes to stand outside the bin. A journal of it that is here already is continued; `note`
        is what it then says of where the draft came from.

        Raises DraftExistsError, UnknownDraftError; StorageError about the other file.
        """
        carry_over(self._file, draft_id, other, note)

    def load(self, draft_id: str) -> Draft:
        """Return a draft, also one that is in the bin.

        Raises UnknownDraftError.
        """
        with self._file.reading() as connection:
            draft, changed_at = read_dated(connection, draft_id)
        self._known.learn(draft, changed_at)
        return draft

    def save(self, draft: Draft, previous: Draft) -> None:
        """Write what differs from `previous`, the draft as it was last loaded, added or saved.

        Raises UnknownDraftError, or ChangedElsewhereError when the library has something else than
        `previous`: another process has written it.
        """
        if draft != previous:
            now = self._file.clock()
            with self._file.writing() as connection:
                if not self._known.is_stored(connection, previous):
                    raise ChangedElsewhereError(draft.id)
                update_draft(connection, draft, previous, now)
            self._known.learn(draft, now)

    def is_stored(self, draft: Draft) -> bool:
        """Whether the library has this value of a draft, so that no other process has changed it.

        Raises UnknownDraftError.
        """
        with self._file.reading() as connection:
            return self._known.is_stored(connection, draft)

    def has_news(self) -> bool:
        """Whether another process has written anything since this was last asked."""
        with self._file.reading() as connection:
            before = self._news
            self._news = int(connection.execute("PRAGMA data_version").fetchone()[0])
        return self._news != before

    def summaries(self) -> list[DraftSummary]:
        """Return every draft outside the bin, the last changed first."""
        return self._summaries("deleted_at IS NULL ORDER BY changed_at DESC, number DESC")

    def lists(self, draft_id: str) -> bool:
        """Whether there is such a draft outside the bin."""
        asked = "SELECT 1 FROM drafts WHERE id = ? AND deleted_at IS NULL"
        with self._file.reading() as connection:
            return connection.execute(asked, (draft_id,)).fetchone() is not None

    def bin(self) -> list[DraftSummary]:
        """Return the drafts in the bin, the last deleted first."""
        return self._summaries("deleted_at IS NOT NULL ORDER BY deleted_at DESC, number DESC")

    def search(self, words: str, limit: int = 100) -> list[SearchHit]:
        """Return at most `limit` drafts outside the bin where every word typed begins a word.

        Those that have every word in their head (title, dnr, names, decision) come first, then the
        last changed. No text is wrong: signs that are part of no word are passed over. What has
        been saved since the last search is indexed first, which is a write.
        """
        with self._file.reading() as connection:
            return search.find(connection, words, limit)

    def delete(self, draft_id: str) -> None:
        """Move a draft to the bin.

        Raises UnknownDraftError.
        """
        self._mark(draft_id, Act.DELETED)

    def restore(self, draft_id: str) -> None:
        """Take a draft out of the bin.

        Raises UnknownDraftError.
        """
        self._mark(draft_id, Act.UNDELETED)

    def erase(self, draft_id: str) -> None:
        """Erase a draft in the bin, with its files and versions, so that no disk holds its text.

        Its journal stays, which has no text in it.

        Raises UnknownDraftError or NotInBinError; TracesLeftError when the draft is erased, but the
        disk may hold its text until the library is closed.
        """
        with self._file.writing() as connection:
            number = number_of(connection, draft_id)
            if not _is_in_bin(connection, number):
                raise NotInBinError(draft_id)
            erase_draft(connection, number)
            add_entry(connection, draft_id, Act.ERASED, {}, self._file.author, self._file.clock())
        try:
            with self._file.reading() as connection:
                empty_log(connection, self.path)
        except StorageError as error:
            raise TracesLeftError(self.path) from error

    def resolve(self, prefix: str) -> str:
        """Return the id that is `prefix` or the only one that begins with it, in the bin or not.

        Raises UnknownDraftError or AmbiguousDraftError.
        """
        beginning = "SELECT id FROM drafts WHERE substr(id, 1, ?) = ?"
        with self._file.reading() as connection:
            ids = connection.execute(beginning, (len(prefix), prefix))
            found = [str(draft_id) for (draft_id,) in ids]
        if prefix in found:
            return prefix
        if not prefix or not found:
            raise UnknownDraftError(prefix)
        if len(found) > 1:
            raise AmbiguousDraftError(prefix)
        return found[0]

    def add_file(self, draft_id: str, name: str, data: bytes) -> str:
        """Keep a file with a draft; return the name that it got, to be used in the draft.

        A name never changes content: another file of the same name becomes "karta-2.png".

        Raises UnknownDraftError.
        """
        with self._file.writing() as connection:
            return blobs.put_file(connection, number_of(connection, draft_id), name, data)

    def file(self, draft_id: str, name: str) -> bytes:
        """Return the content of one of a draft's files.

        Raises UnknownDraftError, or UnreadableFileError when the draft has no such file.
        """
        with self._file.reading() as connection:
            number = number_of(connection, draft_id)
            return blobs.read_file(connection, self.path, number, name)

    def file_names(self, draft_id: str) -> frozenset[str]:
        """Return the names of all files kept with a draft.

        Raises UnknownDraftError.
        """
        with self._file.reading() as connection:
            return blobs.file_names(connection, number_of(connection, draft_id))

    def _mark(self, draft_id: str, act: Act) -> None:
        """Put a draft into the bin or take it out, unless that is where it is."""
        with self._file.writing() as connection:
            number, now = number_of(connection, draft_id), self._file.clock()
            if _is_in_bin(connection, number) != (act is Act.DELETED):
                deleted_at = write_time(now) if act is Act.DELETED else None
                update_row(connection, number, {"deleted_at": deleted_at})
                add_entry(connection, draft_id, act, {}, self._file.author, now)

    def _summaries(self, which: str) -> list[DraftSummary]:
        question = f"SELECT {', '.join(SUMMARY_COLUMNS)} FROM drafts WHERE {which}"
        with self._file.reading() as connection:
            return [read_summary(row) for row in connection.execute(question)]


def _is_in_bin(connection: sqlite3.Connection, number: int) -> bool:
    asked = "SELECT deleted_at IS NOT NULL FROM drafts WHERE number = ?"
    return bool(connection.execute(asked, (number,)).fetchone()[0])


def _with_block_ids(draft: Draft) -> Draft:
    taken: set[str] = set()

    def named(content: Blocks) -> Blocks:
        return with_ids(content, lambda: uuid.uuid4().hex, taken)

    return replace(
        draft,
        decision=tuple(replace(g, items=tuple(map(named, g.items))) for g in draft.decision),
        sections=tuple(replace(s, content=named(s.content)) for s in draft.sections),
    )
