"""The library file while it is open: the connection, lent for reading or for one whole change."""

import contextlib
import getpass
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from samverkan_desktop.domain.errors import (
    InvalidFieldError,
    LibraryDamagedError,
    NewerFormatError,
)
from samverkan_desktop.store.connection import transaction, translated

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """What Library and History share. `author` is who works here, as versions and journal say."""

    path: Path
    connection: sqlite3.Connection
    clock: Clock
    author: str

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
        with translated(self.path), transaction(self.connection):
            yield self.connection


def login_name() -> str:
    """Return the name that this user has on this computer, "okänd" where it has none."""
    try:
        return getpass.getuser()
    except (
        OSError,
        KeyError,
        ImportError,
    ):  # no such user; ImportError on Windows without USERNAME
        return "okänd"
