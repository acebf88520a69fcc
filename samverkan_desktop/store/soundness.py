"""Whether a library file is sound: SQLite's own checks, and what only this program can check."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from samverkan_desktop.domain.errors import LibraryDamagedError, SamverkanError
from samverkan_desktop.store.cells import rows_on
from samverkan_desktop.store.connection import connect, translated
from samverkan_desktop.store.drafts import number_of, read_draft
from samverkan_desktop.store.page_log import is_broken
from samverkan_desktop.store.pages import open_pages
from samverkan_desktop.store.setting_aside import is_in_use
from samverkan_desktop.store.versions import read_version, read_versions

_QUICK = ("PRAGMA quick_check(1)", "PRAGMA foreign_key_check")
# The search index is checked by itself: https://www.sqlite.org/fts5.html, 6.5
_WHOLE = ("PRAGMA integrity_check(1)", "PRAGMA foreign_key_check")
_INDEX = "INSERT INTO words (words, rank) VALUES ('integrity-check', 0)"

Heed = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a library holds."""

    drafts: int
    in_bin: int
    versions: int
    files: int


def check_before_opening(path: Path) -> None:
    """Look for damage that SQLite would pass over, and with it what had been saved.

    It deletes the log beside a file that is cut to nothing, and reads a log no further than to the
    first frame that isn't sound. A log that another program is writing isn't looked at. Must not be
    asked while this program has the library open (setting_aside.is_in_use).

    Raises LibraryDamagedError; LibraryUnavailableError when the file can't be read.
    """
    log = path.with_name(path.name + "-wal")
    if not path.exists() or not log.exists() or not log.stat().st_size or is_in_use(path):
        return
    with open_pages(path, rows_on) as pages:
        if not path.stat().st_size or is_broken(pages.frames):
            raise LibraryDamagedError(path)


def check_quickly(path: Path, wait: float) -> None:
    """Let SQLite look through the file, in seconds also when it is large.

    Raises LibraryDamagedError, or another StorageError.
    """
    with translated(path), closing(connect(path, wait)) as connection:
        _check(connection, path, _QUICK)


def check(path: Path, wait: float, heed: Heed = lambda _done, _total: None) -> Counts:
    """Check everything: pages, indexes, the search index, every draft, version and file.

    `heed` is told how far it has come, and may raise to stop.

    Raises LibraryDamagedError, or another StorageError.
    """
    with translated(path), closing(connect(path, wait)) as connection:
        _check(connection, path, _WHOLE)
        connection.execute("BEGIN")
        try:
            connection.execute(_INDEX)
        finally:
            connection.execute("ROLLBACK")
        _check_drafts(connection, path, heed)
        for digest, data in connection.execute("SELECT sha256, data FROM blobs"):
            if hashlib.sha256(data).hexdigest() != digest:
                raise LibraryDamagedError(path)
        return Counts(*_counts(connection))


def _check(connection: sqlite3.Connection, path: Path, questions: tuple[str, ...]) -> None:
    for question in questions:
        if connection.execute(question).fetchall() not in ([], [("ok",)]):
            raise LibraryDamagedError(path)


def _check_drafts(connection: sqlite3.Connection, path: Path, heed: Heed) -> None:
    ids = [draft_id for (draft_id,) in connection.execute("SELECT id FROM drafts").fetchall()]
    for done, draft_id in enumerate(ids):
        heed(done, len(ids))
        try:
            if read_draft(connection, draft_id).id != draft_id:
                raise LibraryDamagedError(path)
            number = number_of(connection, draft_id)
            for version in read_versions(connection, number):
                read_version(connection, number, version.number)
        except (SamverkanError, LookupError, TypeError, ValueError) as error:
            raise LibraryDamagedError(path) from error


def _counts(connection: sqlite3.Connection) -> Iterator[int]:
    for question in (
        "drafts WHERE deleted_at IS NULL",
        "drafts WHERE deleted_at IS NOT NULL",
        "versions",
        "files",
    ):
        yield connection.execute(f"SELECT count(*) FROM {question}").fetchone()[0]
