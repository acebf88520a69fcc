"""A library and the files beside it are the user's alone, however open new files are."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.store.connection import transaction
from samverkan_desktop.store.library import Library
from tests.faults.work import open_at

pytestmark = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX systems")


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    """What the program makes is made as open as it asks for."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {path.suffix.partition("-")[2]: path.stat().st_mode & 0o777 for path in folder.iterdir()}


@pytest.mark.parametrize(("mode", "beside"), [("wal", ["wal", "shm"]), ("truncate", ["journal"])])
def test_all_files_of_a_library_are_the_users_alone(
    path: Path, mode: str, beside: list[str]
) -> None:
    with open_at(path, mode) as library:
        library.add(Draft(id="a", template="t", title="T"))
        with transaction(library._file.connection):
            library._file.connection.execute("UPDATE drafts SET title = 'U'")
            assert modes(path.parent) == dict.fromkeys(["", *beside], 0o600)
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_sorting_and_the_like_puts_nothing_in_files_elsewhere(library: Library) -> None:
    assert library._file.connection.execute("PRAGMA temp_store").fetchone() == (2,)
