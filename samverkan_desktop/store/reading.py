"""A library that somebody else works in, opened to be read."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn, Self

from samverkan_desktop.domain.errors import LibraryReadOnlyError
from samverkan_desktop.store import search
from samverkan_desktop.store.connection import connect_to_read
from samverkan_desktop.store.library import Library, SearchHit
from samverkan_desktop.store.open_file import Clock, OpenFile


class ReadOnlyLibrary(Library):
    """An open library where every method that writes raises LibraryReadOnlyError.

    Nothing of the file or beside it is changed, and it isn't brought up to date.
    """

    can_write = False

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        wait: float = 3.0,
        clock: Clock = lambda: datetime.now(UTC),
        author: str = "",
    ) -> Self:
        """Open the library at `path`, which must be there, for reading.

        Raises LibraryDamagedError, LibraryNewerError, LibraryOlderError, LibraryLockedError,
        LibraryUnavailableError, or UnreadableFileError when the file is something else.
        """
        return cls(_ReadOnlyFile(path, partial(connect_to_read, path, wait), clock, author))

    def search(self, words: str, limit: int = 100) -> list[SearchHit]:
        """Return what Library.search would, of what was indexed when somebody last searched."""
        with self._file.reading() as connection:
            return search.find_indexed(connection, words, limit)


class _ReadOnlyFile(OpenFile):
    def writing(self) -> NoReturn:
        raise LibraryReadOnlyError(self.path)
