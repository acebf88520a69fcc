"""A library that somebody else works in: all of it can be read, nothing of it is touched."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import (
    LibraryNewerError,
    LibraryOlderError,
    LibraryReadOnlyError,
    LibraryUnavailableError,
    UnreadableFileError,
)
from samverkan_desktop.domain.journal import Act
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store import connection
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.reading import ReadOnlyLibrary
from samverkan_desktop.store.schema import MIGRATIONS

DRAFT = Draft(id="d", template="t", title="Remiss om lekplatser")
RELEASED = Path(__file__).resolve().parents[1] / "files" / "0.1.0" / "bibliotek.samverkandb"


@pytest.fixture
def filled(path: Path) -> Path:
    with Library.open(path) as library:
        library.add(DRAFT, {"karta.png": b"bild"})
        library.add(replace(DRAFT, id="e", title="Slängt"))
        library.delete("e")
        library.search("remiss")
    return path


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_everything_can_be_read(filled: Path) -> None:
    with ReadOnlyLibrary.open(filled) as library:
        assert not library.can_write
        assert library.load("d").title == DRAFT.title
        assert [summary.id for summary in library.summaries()] == ["d"]
        assert [summary.id for summary in library.bin()] == ["e"]
        assert library.file("d", "karta.png") == b"bild"
        assert [hit.summary.id for hit in library.search("lekpl")] == ["d"]
        assert len(library.history.versions("d")) == 1


WRITES: list[Callable[[Library], object]] = [
    lambda library: library.add(replace(DRAFT, id="f")),
    lambda library: library.save(replace(DRAFT, title="Ny"), DRAFT),
    lambda library: library.delete("d"),
    lambda library: library.restore("e"),
    lambda library: library.erase("e"),
    lambda library: library.add_file("d", "x.png", b""),
    lambda library: library.history.keep("d", Reason.NAMED),
    lambda library: library.history.record("d", Act.EXPORTED, {}),
]


@pytest.mark.parametrize("write", WRITES)
def test_nothing_can_be_written_and_it_is_said(filled: Path, write) -> None:
    before = fingerprint(filled)
    with (
        ReadOnlyLibrary.open(filled) as library,
        pytest.raises(LibraryReadOnlyError, match="öppet för läsning"),
    ):
        write(library)
    assert fingerprint(filled) == before


def test_a_search_finds_what_is_indexed_and_indexes_nothing(filled: Path) -> None:
    with Library.open(filled) as writer, ReadOnlyLibrary.open(filled) as reader:
        loaded = writer.load("d")
        writer.save(replace(loaded, title="Remiss om parker"), loaded)
        assert reader.load("d").title == "Remiss om parker"
        assert reader.search("parker") == []
        assert [hit.summary.id for hit in reader.search("remiss")] == ["d"]
        writer.search("parker")
        assert [hit.summary.id for hit in reader.search("parker")] == ["d"]


def test_a_reader_sees_what_is_written_meanwhile_and_that_it_was(filled: Path) -> None:
    with Library.open(filled) as writer, ReadOnlyLibrary.open(filled) as reader:
        reader.has_news()
        writer.add(replace(DRAFT, id="f"))
        assert reader.has_news()
        assert {summary.id for summary in reader.summaries()} == {"d", "f"}


def test_an_older_library_is_not_brought_up_to_date_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    shutil.copyfile(RELEASED, path)
    before = fingerprint(path)
    with pytest.raises(LibraryOlderError, match="äldre version"):
        ReadOnlyLibrary.open(path)
    assert fingerprint(path) == before


def test_a_newer_library_is_refused(filled: Path) -> None:
    raw = sqlite3.connect(filled)
    raw.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        f"SELECT migration_set, '9999_later', applied_at FROM _sqlite_migrations "
        f"WHERE name = '{MIGRATIONS[0]}'"
    )
    raw.commit()
    raw.close()
    with pytest.raises(LibraryNewerError):
        ReadOnlyLibrary.open(filled)


def test_a_missing_library_is_not_made(path: Path) -> None:
    with pytest.raises(LibraryUnavailableError):
        ReadOnlyLibrary.open(path)
    assert not path.exists()


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "x.db")
    raw.execute("CREATE TABLE t (x)")
    raw.close()
    with pytest.raises(UnreadableFileError):
        ReadOnlyLibrary.open(tmp_path / "x.db")


def test_a_library_in_a_folder_where_nobody_may_write_can_be_read(filled, monkeypatch) -> None:
    monkeypatch.setattr(connection.os, "access", lambda _path, _mode: False)
    with ReadOnlyLibrary.open(filled) as library:
        assert library.load("d").title == DRAFT.title
        assert sorted(p.name for p in filled.parent.iterdir()) == [filled.name]
