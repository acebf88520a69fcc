"""Moving a library to a better place: a whole one there, the old one under a name that says so."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import StorageError, WriteError
from samverkan_desktop.files import Folders
from samverkan_desktop.places import Kind, Place
from samverkan_desktop.services import moving
from samverkan_desktop.services.moving import better_place, move_library
from samverkan_desktop.settings import Settings, library_path, load_settings, save_settings
from samverkan_desktop.store.library import Library

DAY = date(2026, 11, 25)


@pytest.fixture
def synced(tmp_path: Path, folders: Folders) -> Path:
    """A library in a synchronised folder, chosen in the settings."""
    path = tmp_path / "OneDrive" / "bibliotek.samverkandb"
    with Library.open(path) as library:
        library.add(Draft(id="d", template="t", title="Utkast"))
    save_settings(folders, replace(Settings(), library=str(path)))
    return path


@pytest.fixture(autouse=True)
def own_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever disk the tests run on, the user's own folder is on this computer."""
    monkeypatch.setattr(moving, "place_of", lambda _path: Place(Kind.LOCAL))


def test_the_library_is_in_the_new_place_and_the_old_file_says_what_it_is(synced, folders) -> None:
    moved = move_library(synced, folders.library, folders, DAY)
    assert not synced.exists()
    assert moved.left.name == "bibliotek (flyttat 2026-11-25).samverkandb"
    assert library_path(folders, None) == folders.library == moved.now
    for path in (moved.now, moved.left):
        with Library.open(path) as library:
            assert library.load("d").title == "Utkast"


def test_a_move_can_be_taken_back_with_what_was_written_since(synced, folders) -> None:
    moved = move_library(synced, folders.library, folders, DAY)
    with Library.open(moved.now) as library:
        library.add(Draft(id="e", template="t", title="Skrivet efter flytten"))
    back = move_library(moved.now, moved.before, folders, DAY)
    assert library_path(folders, None) == synced == back.now
    with Library.open(synced) as library:
        assert {summary.id for summary in library.summaries()} == {"d", "e"}


def test_no_file_that_is_there_is_replaced(synced: Path, folders: Folders) -> None:
    with Library.open(folders.library) as library:
        library.add(Draft(id="x", template="t", title="En annan"))
    target = better_place(synced, folders)
    assert target.name == "bibliotek-2.samverkandb"
    move_library(synced, target, folders, DAY)
    assert library_path(folders, None) == target
    with Library.open(folders.library) as library:
        assert library.load("x").title == "En annan"


def test_a_second_move_the_same_day_keeps_both_old_files(synced: Path, folders: Folders) -> None:
    move_library(synced, folders.library, folders, DAY)
    move_library(folders.library, synced, folders, DAY)
    again = move_library(synced, folders.library, folders, DAY)
    assert again.left.name == "bibliotek (flyttat 2026-11-25)-2.samverkandb"


def test_a_move_that_fails_changes_nothing(synced, folders, monkeypatch) -> None:
    def refuse(*_args: object) -> None:
        raise WriteError(folders.user_config, "disken är full")

    monkeypatch.setattr(moving, "save_settings", refuse)
    with pytest.raises(WriteError):
        move_library(synced, folders.library, folders, DAY)
    assert not folders.library.exists()
    assert load_settings(folders).library == str(synced)
    with Library.open(synced) as library:
        assert library.load("d").title == "Utkast"


def test_an_old_file_that_cannot_be_renamed_stays(synced, folders, monkeypatch) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    moved = move_library(synced, folders.library, folders, DAY)
    assert moved.left is None
    assert synced.exists()


def test_where_it_decides_nothing_is_offered(synced: Path, folders: Folders) -> None:
    (folders.site_config / "policy.toml").write_text(f'library = "{synced}"', encoding="utf-8")
    assert better_place(synced, folders) is None


def test_where_the_users_own_folder_is_no_better_nothing_is_offered(
    synced, folders, monkeypatch
) -> None:
    monkeypatch.setattr(moving, "place_of", lambda _path: Place(Kind.NETWORK, "en nätverksmapp"))
    assert better_place(synced, folders) is None


def test_a_library_that_is_damaged_is_not_moved(synced: Path, folders: Folders) -> None:
    with synced.open("rb+") as file:
        file.seek(4096)
        file.write(bytes(40 * 1024))
    with pytest.raises(StorageError):
        move_library(synced, folders.library, folders, DAY)
    assert not folders.library.exists()
    assert synced.exists()
    assert list(folders.library.parent.glob(".samverkan-*")) == []
