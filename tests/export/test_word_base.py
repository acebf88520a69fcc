"""The base document: made by its script, checked when it is opened."""

import runpy
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from word_documents import EMPTY, FOLDERS, ROOT, to_word

from samverkan_desktop.domain.errors import ResourceError
from samverkan_desktop.files import Folders

BASE = FOLDERS.resources / "word" / "base.docx"


def content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def other(tmp_path: Path) -> Folders:
    """Folders with a base document of their own."""
    (tmp_path / "word").mkdir()
    shutil.copy(BASE, tmp_path / "word")
    return replace(FOLDERS, resources=tmp_path)


def change(folders: Folders, member: str, old: str, new: str) -> None:
    path = folders.resources / "word" / "base.docx"
    members = content(path)
    assert old in members[member].decode()
    members[member] = members[member].decode().replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)


def test_what_is_shipped_is_what_the_script_makes(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    made = tmp_path / "base.docx"
    runpy.run_path(str(ROOT / "packaging" / "word_base.py"))["main"](made)
    assert content(made) == content(BASE)


def test_a_style_that_is_missing_is_named(other):
    change(other, "word/styles.xml", 'w:val="Beslutspunkt"', 'w:val="Punkt"')
    with pytest.raises(ResourceError, match=r"word/base\.docx \(formatmallen Beslutspunkt\)"):
        to_word(EMPTY, folders=other)


def test_a_list_that_is_missing_is_named(other):
    change(other, "word/numbering.xml", '<w:name w:val="Bilagor"/>', "")
    with pytest.raises(ResourceError, match=r"word/base\.docx \(listan Bilagor\)"):
        to_word(EMPTY, folders=other)


def test_styles_are_found_by_name_whatever_ids_a_word_has_given_them(other):
    change(other, "word/styles.xml", 'w:styleId="Heading2"', 'w:styleId="Rubrik2"')
    to_word(EMPTY, folders=other)


@pytest.mark.parametrize("damage", ["empty", "no zip", "no styles", "broken part", "gone"])
def test_a_damaged_base_is_one_clear_error(other, damage):
    path = other.resources / "word" / "base.docx"
    match damage:
        case "empty":
            path.write_bytes(b"")
        case "no zip":
            path.write_bytes(b"hej" * 1000)
        case "no styles":
            change(other, "word/_rels/document.xml.rels", "/styles", "/stiler")
        case "broken part":
            change(other, "word/numbering.xml", "</w:numbering>", "")
        case "gone":
            path.unlink()
    with pytest.raises(ResourceError, match=r"word/base\.docx"):
        to_word(EMPTY, folders=other)
