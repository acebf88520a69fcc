"""The library file while it is open: the connection, lent for reading or for one whole change."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from samverkan_desktop.domain.errors import (
    InvalidFieldError,
    LibraryDamagedError,
    LibraryGoneError,
    NewerFormatError,
)
from samverkan_desktop.store.connection import transaction, translated

Clock = Callable[[], datetime]


class OpenFile:
    """What Library and History share. `author` is who works here, as versions and journal say."""

    def __init__(
        self, path: Path, connect: Callable[[], sqlite3.Connection], clock: Clock, author: str
    ) -> None:
        self.path, self.clock, self.author = path, clock, author
        self._connect = connect
        self.connection = connect()
        self._identity = _identity(path)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection; values that were never written so are damage.

        Raises StorageError.
        """
        try:
            with translated(self.path):
                yield self.connection
        except (InvalidFieldError, NewerFormatError, LookupError, TypeError, ValueError) as error:
            raise LibraryDamagedError(self.path) from error

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for a change that is done as a whole or not at all.

        Raises StorageError.
        """
        self._come_back()
        with translated(self.path), transaction(self.connection):
            yield self.connection
        self._make_sure()

    def _come_back(self) -> None:
        """Open the file anew if it has been away, or another is in its place.

        A file that was moved or deleted while it is open can still be written to on Linux, and
        everything in it is gone when it is closed.

        Raises LibraryGoneError, and what the opening raises.
        """
        found = _identity(self.path)
        if found is None:
            raise LibraryGoneError(self.path)
        if found != self._identity:
            connection = self._connect()
            self.connection.close()
            self.connection, self._identity = connection, _identity(self.path)

    def _make_sure(self) -> None:
        """Raise LibraryGoneError when what was just written isn't where it will be looked for."""
        if _identity(self.path) != self._identity:
            raise LibraryGoneError(self.path)


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another at the same place, None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
