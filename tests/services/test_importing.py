"""Reading a document in keeps nothing; keeping it says in the history where it came from."""

from pathlib import Path

import pytest

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.errors import TooLargeFileError, UnreadableFileError
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.files import Folders
from samverkan_desktop.services import importing
from samverkan_desktop.services.importing import keep_read, read_document
from samverkan_desktop.store.library import Library

DOCUMENT = Path(__file__).parents[1] / "exchange" / "documents" / "nacka.txt"


def test_a_document_is_kept_only_when_it_is_asked_for(folders: Folders):
    read = read_document(DOCUMENT, load_catalogue(folders), folders)
    with Library.open(folders.library) as library:
        assert library.summaries() == []
        draft = keep_read(library, read)
        assert [summary.title for summary in library.summaries()] == [
            "Cykelgarage vid Orminge centrum"
        ]
        (version,) = library.history.versions(draft.id)
    assert version.reason is Reason.IMPORTED


def test_two_readings_are_two_drafts(folders: Folders):
    catalogue = load_catalogue(folders)
    one, other = (read_document(DOCUMENT, catalogue, folders) for _ in range(2))
    assert one.draft.id != other.draft.id


def test_a_file_that_isnt_there_is_told(folders: Folders, tmp_path: Path):
    with pytest.raises(UnreadableFileError):
        read_document(tmp_path / "borta.pdf", load_catalogue(folders), folders)


def test_a_folder_is_told(folders: Folders, tmp_path: Path):
    with pytest.raises(UnreadableFileError):
        read_document(tmp_path, load_catalogue(folders), folders)


def test_a_huge_file_is_refused_before_it_is_read(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    huge = tmp_path / "stor.pdf"
    with huge.open("wb") as file:
        file.truncate(importing.MOST_BYTES + 1)
    monkeypatch.setattr(importing, "read_bytes", lambda _path: pytest.fail("was read"))
    with pytest.raises(TooLargeFileError, match=r"stor\.pdf läses inte in: den är på 60 MB"):
        read_document(huge, load_catalogue(folders), folders)


def test_a_file_that_takes_too_long_is_given_up(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fixture = next((DOCUMENT.parents[1] / "fixtures").glob("libreoffice_plain_*.pdf"))
    monkeypatch.setattr(importing, "LONGEST", -1.0)
    with pytest.raises(TooLargeFileError, match="tar för lång tid"):
        read_document(fixture, load_catalogue(folders), folders)
