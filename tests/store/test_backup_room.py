"""Backups where there is no room for them: told as that, and the older ones stay."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samverkan_desktop.domain.backup import Verdict
from samverkan_desktop.domain.errors import BackupError, ScratchError, WriteError
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.store import backup_records as records
from samverkan_desktop.store.backup import check_again
from samverkan_desktop.store.copying import write_over
from tests.faults.small_disks import largest_file, small_disk
from tests.store.test_backup import NOW, everything_in, filled, folder, make, names

__all__ = ["filled", "folder"]


@pytest.fixture
def full_disk() -> Iterator[Path]:
    """A disk with room for one backup of `filled`, not for two."""
    with small_disk("700k") as disk:
        yield disk


def test_a_full_disk_leaves_the_older_backup_and_no_half_one(filled: Path, full_disk: Path) -> None:
    older = make(filled, full_disk)
    assert older.size > 350_000
    with pytest.raises(BackupError, match=r"disken är full.*finns är kvar"):
        make(filled, full_disk)
    assert names(full_disk) == [older.path.name, f"{older.path.name}.json"]
    assert check_again(older, silent, lambda: NOW).verdict is Verdict.GOOD


def test_no_room_to_try_a_backup_is_told_as_that(
    filled: Path, folder: Path, full_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(filled, folder)
    (full_disk / "annat").write_bytes(bytes(500_000))
    monkeypatch.setattr(tempfile, "tempdir", str(full_disk))
    with pytest.raises(ScratchError, match=r"kunde inte provas .*: disken är full"):
        check_again(made, silent, lambda: NOW)
    assert records.read_backups(folder) == (made,)  # that says nothing of the backup
    with pytest.raises(BackupError, match="kunde inte provas i"):
        make(filled, folder)
    assert records.read_backups(folder) == (made,)
    monkeypatch.setattr(tempfile, "tempdir", str(full_disk / "borta"))
    with pytest.raises(ScratchError, match="finns inte"):
        check_again(made, silent, lambda: NOW)


def test_a_limit_on_file_size_leaves_the_older_backup(filled: Path, folder: Path) -> None:
    """As a full disk does, for those who may not mount one."""
    older = make(filled, folder)
    with largest_file(200_000), pytest.raises(BackupError, match=r"disken är full.*finns är kvar"):
        make(filled, folder)
    assert names(folder) == [older.path.name, f"{older.path.name}.json"]
    with largest_file(200_000), pytest.raises(ScratchError, match="kunde inte provas"):
        check_again(older, silent, lambda: NOW)
    assert check_again(older, silent, lambda: NOW).verdict is Verdict.GOOD


def test_a_limit_on_file_size_leaves_the_library_that_is_restored(
    filled: Path, folder: Path
) -> None:
    made = make(filled, folder)
    before = everything_in(filled)
    with largest_file(200_000), pytest.raises(WriteError, match="disken är full"):
        write_over(made.path, filled, silent)
    assert everything_in(filled) == before
