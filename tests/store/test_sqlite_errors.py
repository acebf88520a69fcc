"""What SQLite answers, in our words."""

import errno
import getpass
import os
import sqlite3
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import (
    LibraryDamagedError,
    LibraryLockedError,
    LibraryUnavailableError,
    SamverkanError,
    TracesLeftError,
    UnknownDraftError,
    WriteError,
)
from samverkan_desktop.store.connection import translated
from samverkan_desktop.store.library import Library


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (sqlite3.SQLITE_BUSY, LibraryLockedError, "annat program"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LibraryLockedError, "annat program"),
        (sqlite3.SQLITE_LOCKED_SHAREDCACHE, LibraryLockedError, "annat program"),
        (sqlite3.SQLITE_PROTOCOL, LibraryLockedError, "annat program"),
        (sqlite3.SQLITE_FULL, WriteError, "disken är full"),
        (sqlite3.SQLITE_READONLY_DBMOVED, WriteError, "skrivskyddad"),
        (sqlite3.SQLITE_TOOBIG, WriteError, "texten är för stor"),
        (sqlite3.SQLITE_NOMEM, WriteError, "minne räcker inte"),
        (sqlite3.SQLITE_IOERR_WRITE, WriteError, "disken är full eller svarar med fel"),
        (sqlite3.SQLITE_IOERR_FSYNC, WriteError, "disken är full eller svarar med fel"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, WriteError, "disken är full eller svarar med fel"),
        (sqlite3.SQLITE_IOERR_READ, LibraryUnavailableError, "svarar med fel, eller så"),
        (sqlite3.SQLITE_IOERR_SHORT_READ, LibraryUnavailableError, "svarar med fel, eller så"),
        (sqlite3.SQLITE_IOERR_LOCK, LibraryUnavailableError, "svarar med fel, eller så"),
        (sqlite3.SQLITE_IOERR_FSTAT, LibraryUnavailableError, "svarar med fel, eller så"),
        (sqlite3.SQLITE_IOERR_ACCESS, LibraryUnavailableError, "svarar med fel, eller så"),
        (sqlite3.SQLITE_CANTOPEN, LibraryUnavailableError, "svarar med fel, eller så"),
        (sqlite3.SQLITE_PERM, LibraryUnavailableError, "svarar med fel, eller så"),
        (sqlite3.SQLITE_CORRUPT_INDEX, LibraryDamagedError, "skadat"),
        (sqlite3.SQLITE_NOTADB, LibraryDamagedError, "skadat"),
        (sqlite3.SQLITE_ERROR, LibraryDamagedError, "skadat"),
    ],
)
def test_every_answer_has_its_sentence(
    tmp_path: Path, code: int, kind: type[SamverkanError], words: str
) -> None:
    path = tmp_path / "b.db"
    path.touch()
    with pytest.raises(SamverkanError, match=words) as told, translated(path):
        raise sqlite_error(code)
    assert type(told.value) is kind
    assert str(path) in str(told.value)


def test_a_message_that_is_no_text_is_damage(tmp_path: Path) -> None:
    with pytest.raises(LibraryDamagedError), translated(tmp_path / "b.db"):
        b"\xff".decode("utf-8")


def test_a_mistake_of_our_own_is_not_called_damage(tmp_path: Path) -> None:
    for mistake in (sqlite3.IntegrityError("twice"), sqlite3.ProgrammingError("closed")):
        with pytest.raises(type(mistake)), translated(tmp_path / "b.db"):
            raise mistake


def test_what_is_erased_but_may_be_in_the_log_is_told(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_file: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    library.add(Draft(id="a", template="t", title="T"))
    library.delete("a")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(TracesLeftError, match="Ärendet är raderat, men"):
        library.erase("a")
    with pytest.raises(UnknownDraftError):
        library.load("a")


def test_who_works_here_is_who_is_logged_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def have_none() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", lambda: "asa.oberg")
    with Library.open(path) as library:
        assert library.author == "asa.oberg"
    with Library.open(path, author="Maj") as library:
        assert library.author == "Maj"
    monkeypatch.setattr(getpass, "getuser", have_none)
    with Library.open(path) as library:
        assert library.author == "okänd"
