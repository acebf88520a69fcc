"""Bytes that no sound file has: each is told for what it is, and nothing is read past it."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Section
from samverkan_desktop.domain.errors import LibraryDamagedError, LibraryNewerError
from samverkan_desktop.store import cells, page_log, pages, proving, salvage, soundness
from samverkan_desktop.store.backup_records import UnsoundBackupError
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.rescued_text import kept_text
from samverkan_desktop.store.setting_aside import is_in_use
from tests.store.test_history import draft


def test_a_record_whose_header_is_cut_in_a_number_is_no_record() -> None:
    assert cells._header(bytes([3, 0x80, 0x80])) is None


def test_a_journal_that_is_shorter_than_its_header_gives_nothing_back() -> None:
    assert page_log.journal_frames(io.BytesIO(b"\xd9\xd5"), 4096) == []


def test_a_frame_of_no_page_is_passed_over(tmp_path: Path) -> None:
    frame = page_log.Frame(page=0, at=0, ends=False, is_sound=True)
    with (tmp_path / "b.db").open("wb+") as file:
        read = pages.Pages(file, io.BytesIO(), pages.Layout(4096), 0, [frame])
        assert read.numbers == []


def test_text_without_a_place_gets_a_section_of_its_own_each_time() -> None:
    sections: list[Section] = []
    for _ in range(3):
        sections.append(kept_text(sections, "Räddat.", "bakgrund"))
    assert len({section.key for section in sections}) == 3


@pytest.mark.parametrize("value", [None, 7, b"{}", "{", "[1]"])
def test_a_part_that_is_no_json_object_is_not_read_as_one(value: object) -> None:
    assert salvage._read_value(salvage.HEAD, value) is None


def test_a_file_that_is_not_there_is_in_nobodys_use(tmp_path: Path) -> None:
    assert not is_in_use(tmp_path / "finns-inte.db")


def test_a_backup_of_a_newer_version_is_told_as_one(tmp_path: Path) -> None:
    with (
        pytest.raises(UnsoundBackupError, match="nyare version"),
        proving._told_unsound(tmp_path / "b.db"),
    ):
        raise LibraryNewerError(tmp_path / "b.db")


@pytest.mark.parametrize(
    "damage",
    [
        'UPDATE parts SET value = replace(value, \'"id":"a"\', \'"id":"b"\') WHERE part = \'\'',
        "UPDATE pieces SET data = zeroblob(9)",
        "UPDATE parts SET value = '[]' WHERE part = 'arendet'",
        "UPDATE blobs SET data = x'00'",
    ],
)
def test_content_that_was_changed_is_found_by_the_whole_check(path: Path, damage: str) -> None:
    with Library.open(path) as library:
        library.add(draft(), {"karta.png": b"bild"})
    soundness.check(path, 1.0)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(damage)
        raw.commit()
    with pytest.raises(LibraryDamagedError):
        soundness.check(path, 1.0)
