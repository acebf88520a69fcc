"""The examples: drafts that work, written without touching anything else."""

from pathlib import Path

import pytest

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.codec.draft_json import read_draft
from samverkan_desktop.domain.errors import ResourceError, WriteError
from samverkan_desktop.files import Folders
from samverkan_desktop.services.examples import examples, write_examples
from samverkan_desktop.services.writing import add_from_json
from samverkan_desktop.store.library import Library


def test_every_example_can_be_added_to_a_library(folders: Folders, tmp_path: Path) -> None:
    paths = write_examples(folders, tmp_path / "mapp" / "exempel")
    assert [path.name for path in paths] == [path.name for path in examples(folders)]
    with Library.open(tmp_path / "b.db") as library:
        for path in paths:
            assert add_from_json(library, path, load_catalogue(folders)).title


def test_writing_them_again_is_no_problem_but_nothing_else_is_replaced(
    folders: Folders, tmp_path: Path
) -> None:
    first = write_examples(folders, tmp_path)[0]
    write_examples(folders, tmp_path)
    first.write_text("mitt eget", encoding="utf-8")
    others = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    with pytest.raises(WriteError, match=first.name):
        write_examples(folders, tmp_path)
    assert first.read_text(encoding="utf-8") == "mitt eget"
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == others


def test_a_file_in_the_way_is_told(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("i vägen", encoding="utf-8")
    with pytest.raises(WriteError):
        write_examples(folders, tmp_path / "fil")


def test_a_program_without_examples_says_so(tmp_path: Path) -> None:
    nowhere = Folders(tmp_path, tmp_path, tmp_path, tmp_path)
    with pytest.raises(ResourceError, match="examples"):
        examples(nowhere)


def test_examples_use_only_plain_files(folders: Folders) -> None:
    for path in examples(folders):
        draft = read_draft(path.read_bytes(), path.name)
        assert all((path.parent / name).is_file() for name in draft.file_names())
