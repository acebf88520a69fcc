"""A new library file made of what is left of a damaged one, and of a backup."""

import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from samverkan_desktop.domain.account import HEAD_NAME, DraftAccount
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.store.connection import connect, translated
from samverkan_desktop.store.drafts import put_draft
from samverkan_desktop.store.kept_rows import (
    Source,
    put_files,
    put_history,
    put_journals,
    put_reviews,
)
from samverkan_desktop.store.remains import Remains
from samverkan_desktop.store.rescued_draft import RescuedDraft, filled
from samverkan_desktop.store.salvage import ids, numbers, rescue
from samverkan_desktop.store.summary import summary_of
from samverkan_desktop.store.versions import read_version, read_versions

# The tables of what lies beside a draft's own text.
_ROWS_BESIDE = {"files", "blobs", "pieces", "versions"}

Templates = Mapping[str, frozenset[str]]  # the keys of the sections, by template


def rebuild(
    path: Path,
    remains: Remains,
    backup: Callable[[], Remains | None],
    templates: Templates,
    heed: Callable[[int, int], None],
) -> tuple[tuple[DraftAccount, ...], int]:
    """Make a library at `path`; return what became of each draft, and of how many journals.

    `backup` gives what is in the newest sound backup, and is asked for once it is needed.
    `templates` are those installed. `heed` is told how far it has come, and may raise to stop.

    Raises StorageError; what has been written by then is of no use.
    """
    connect(path, 0).close()
    with translated(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("BEGIN")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        work = _Rebuilding(connection, remains, backup, templates)
        accounts = work.run(heed)
        connection.execute("COMMIT")
        return accounts, work.broken_journals


@dataclass(slots=True)
class _Rebuilding:
    connection: sqlite3.Connection
    remains: Remains
    backup: Callable[[], Remains | None]
    templates: Templates
    ids: set[str] = field(default_factory=set)
    backup_ids: dict[str, int] = field(default_factory=dict)
    broken_journals: int = 0

    def run(self, heed: Callable[[int, int], None]) -> tuple[DraftAccount, ...]:
        known = numbers(self.remains)
        accounts: list[DraftAccount] = []
        for done, number in enumerate(known):
            heed(done, len(known))
            accounts += self._rescued(number)
        if "drafts" not in self.remains.whole:
            accounts += self._forgotten()
        # All of a journal that the backup can give is in the damaged file too, if that is whole
        sources = [self.remains]
        if not {"journal", "ends"} <= self.remains.whole and (backup := self.backup()):
            sources.append(backup)
        self.broken_journals = put_journals(self.connection, sources)
        return tuple(accounts)

    def _rescued(self, number: int) -> Iterator[DraftAccount]:
        """Write what is left of a draft, and tell."""
        rescued = rescue(self.remains, number)
        own: list[Source] = [(self.remains, number)]
        work = _Work(rescued, lost_versions=put_history(self.connection, number, own))
        if not rescued.is_whole and (older := self._last_version(number)):
            work.whole, work.from_history = _filled(rescued, older)
        if work.whole.is_empty and work.whole.is_nameless:
            return
        work.lost_files = put_files(self.connection, number, own)
        put_reviews(self.connection, number, own)
        if not work.is_whole or not self.remains.whole >= _ROWS_BESIDE:
            self._complete(work, own)
        work.lost_files |= self._unnamed_files(work.whole)
        yield self._written(work.whole, work.account())

    def _complete(self, work: "_Work", own: list[Source]) -> None:
        """Take what a draft lacks out of the backup."""
        found = self._in_backup(work.whole)
        if found is None:
            return
        there, number = rescue(*found), work.whole.number
        if work.whole.changed_at is None:
            changed, deleted = there.changed_at, there.deleted_at
            work.whole = replace(work.whole, changed_at=changed, deleted_at=deleted)
        if not work.whole.is_whole or work.whole.is_nameless:
            work.whole, work.from_backup = _filled(work.whole, there.draft)
        work.lost_files = put_files(self.connection, number, [*own, found])
        put_reviews(self.connection, number, [*own, found])
        work.lost_versions = put_history(self.connection, number, [*own, found])

    def _forgotten(self) -> Iterator[DraftAccount]:
        """Write the drafts that are in the backup alone."""
        backup = self.backup()
        if backup is None:
            return
        for number in numbers(backup):
            rescued = rescue(backup, number)
            if rescued.draft.id not in self.ids:
                new = replace(rescued, number=self._free_number(number))
                put_files(self.connection, new.number, [(backup, number)])
                put_history(self.connection, new.number, [(backup, number)])
                put_reviews(self.connection, new.number, [(backup, number)])
                yield self._written(new, DraftAccount(id="", title="", is_from_backup=True))

    def _written(self, rescued: RescuedDraft, account: DraftAccount) -> DraftAccount:
        draft = self._with_template(rescued.draft)
        if draft.id in self.ids:
            draft = replace(draft, id=uuid.uuid4().hex)
        self.ids.add(draft.id)
        summary = summary_of(draft, rescued.changed_at or datetime.now(UTC))
        summary = replace(summary, deleted_at=rescued.deleted_at)
        put_draft(self.connection, draft, summary, rescued.number)
        in_bin = rescued.deleted_at is not None
        return replace(account, id=draft.id, title=draft.title, is_in_bin=in_bin)

    def _with_template(self, draft: Draft) -> Draft:
        """Give a draft without a template the one whose sections it has most of."""
        if draft.template:
            return draft
        keys = {section.key for section in draft.sections}
        likest = max(self.templates, key=lambda t: (len(self.templates[t] & keys), t), default="")
        return replace(draft, template=likest)

    def _in_backup(self, rescued: RescuedDraft) -> Source | None:
        """Return where the backup has the same draft, if it does."""
        backup = self.backup()
        if backup is None:
            return None
        if not self.backup_ids:
            self.backup_ids = ids(backup)
        number = self.backup_ids.get(rescued.draft.id)
        if rescued.is_nameless and rescued.number in self.backup_ids.values():
            there = rescue(backup, rescued.number).draft
            if set(there.sections) & set(rescued.draft.sections):
                number = rescued.number
        return (backup, number) if number is not None else None

    def _last_version(self, number: int) -> Draft | None:
        """Return the newest version of a draft that can be read."""
        for version in reversed(read_versions(self.connection, number)):
            with suppress(LookupError, ValueError, SamverkanError):
                return read_version(self.connection, number, version.number)
        return None

    def _unnamed_files(self, rescued: RescuedDraft) -> frozenset[str]:
        """Return the files that a draft refers to and that aren't there."""
        names = "SELECT name FROM files WHERE draft = ?"
        there = self.connection.execute(names, (rescued.number,)).fetchall()
        return rescued.draft.file_names() - {name for (name,) in there}

    def _free_number(self, wanted: int) -> int:
        taken = self.connection.execute("SELECT 1 FROM drafts WHERE number = ?", (wanted,))
        if taken.fetchone() is None:
            return wanted
        highest = self.connection.execute("SELECT max(number) FROM drafts").fetchone()
        return int(highest[0]) + 1


@dataclass(slots=True)
class _Work:
    """A draft on its way into the new library, and what has been found out about it."""

    whole: RescuedDraft
    lost_versions: int = 0
    lost_files: frozenset[str] = frozenset()
    from_history: tuple[str, ...] = ()
    from_backup: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        listed = self.whole.changed_at is not None and not self.whole.is_nameless
        return listed and self.whole.is_whole and not (self.lost_versions or self.lost_files)

    def account(self) -> DraftAccount:
        draft, whole = self.whole.draft, self.whole
        return DraftAccount(
            id=draft.id,
            title=draft.title,
            plain=_names(draft, whole.plain),
            lost=(*(() if whole.has_head else (HEAD_NAME,)), *_names(draft, whole.gone)),
            more_lost=whole.more_gone,
            is_doubtful=whole.is_doubtful,
            from_history=self.from_history,
            from_backup=self.from_backup,
            lost_files=tuple(sorted(self.lost_files)),
            lost_versions=self.lost_versions,
        )


def _filled(rescued: RescuedDraft, older: Draft) -> tuple[RescuedDraft, tuple[str, ...]]:
    """Return a draft with what it lacks out of an older one, and the names of that."""
    after = filled(rescued, older)
    before = {section.key: section for section in rescued.draft.sections}
    taken = tuple(
        section.key
        for section in older.sections
        if after.draft.section(section.key) != before.get(section.key)
    )
    head = () if rescued.has_head else (HEAD_NAME,)
    return after, (*head, *_names(after.draft, taken))


def _names(draft: Draft, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return what sections are called."""
    sections = (draft.section(key) for key in keys)
    return tuple((s.heading if s else None) or k for s, k in zip(sections, keys, strict=True))
