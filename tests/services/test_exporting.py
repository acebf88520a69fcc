"""Export: all the files asked for, or none, and what was there before."""

import os
import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.catalogue import load_catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import (
    JobCancelledError,
    SamverkanError,
    UnreadableFileError,
    WriteError,
)
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.text import Image, paragraph
from samverkan_desktop.files import Folders, write_bytes
from samverkan_desktop.services.exporting import Outputs, export, library_files, suggested_name
from samverkan_desktop.store.library import Library

DRAFT = Draft(
    id="a",
    template="stockholm-remissvar",
    title="Nya cykelbanor",
    sections=(Section(key="arendet", content=(paragraph("Banorna blir bredare."),)),),
)


@pytest.fixture
def template(folders: Folders) -> Template:
    return load_catalogue(folders).template("stockholm-remissvar")


def no_files(name: str) -> bytes:
    raise UnreadableFileError(name, "den finns inte")


def all_in(folder: Path) -> Outputs:
    return Outputs(pdf=folder / "u.pdf", docx=folder / "u.docx", text=folder / "u.txt")


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_form_is_written(tmp_path: Path, folders: Folders, template: Template) -> None:
    out = tmp_path / "ut"
    out.mkdir()
    written = export(compose(DRAFT, template), DRAFT, no_files, all_in(out), folders, silent)
    assert written == (out / "u.pdf", out / "u.docx", out / "u.txt")
    assert sorted(content(out)) == ["u.docx", "u.pdf", "u.txt"]
    assert (out / "u.pdf").read_bytes().startswith(b"%PDF-")
    assert zipfile.is_zipfile(out / "u.docx")
    text = (out / "u.txt").read_text(encoding="utf-8")
    assert "Nya cykelbanor" in text
    assert "Banorna blir bredare." in text


def test_only_what_is_asked_for_is_written(
    tmp_path: Path, folders: Folders, template: Template
) -> None:
    path = tmp_path / "u.txt"
    assert export(
        compose(DRAFT, template), DRAFT, no_files, Outputs(text=path), folders, silent
    ) == (path,)
    assert export(compose(DRAFT, template), DRAFT, no_files, Outputs(), folders, silent) == ()
    assert path.is_file()


def test_progress_goes_from_nothing_to_all_of_it_over_all_files(
    tmp_path: Path, folders: Folders, template: Template
) -> None:
    seen: list[float] = []

    def watch(done: int, total: int, /) -> None:
        seen.append(done / total)

    export(compose(DRAFT, template), DRAFT, no_files, all_in(tmp_path), folders, watch)
    assert seen == sorted(seen)
    assert seen[-1] == 1
    assert 0 <= seen[0] < 1 / 3


def test_a_stopped_export_leaves_what_was_there(
    tmp_path: Path, folders: Folders, template: Template
) -> None:
    out = tmp_path / "ut"
    out.mkdir()
    (out / "u.pdf").write_bytes(b"gammal")

    def stop(done: int, total: int, /) -> None:
        if done / total > 0.5:
            raise JobCancelledError

    with pytest.raises(JobCancelledError):
        export(compose(DRAFT, template), DRAFT, no_files, all_in(out), folders, stop)
    assert content(out) == {"u.pdf": b"gammal"}


def test_a_missing_image_stops_all_forms(
    tmp_path: Path, folders: Folders, template: Template
) -> None:
    out = tmp_path / "ut"
    out.mkdir()
    image = Section(key="arendet", content=(Image("karta.png", "Karta"),))
    with pytest.raises(SamverkanError, match=r"karta\.png"):
        export(
            compose(replace(DRAFT, sections=(image,)), template),
            DRAFT,
            no_files,
            all_in(out),
            folders,
            silent,
        )
    assert content(out) == {}


@pytest.mark.parametrize("name", ["u.pdf", "u.docx", "u.txt"])
def test_one_place_that_can_not_be_written_stops_all_and_is_named(
    name: str, tmp_path: Path, folders: Folders, template: Template
) -> None:
    out = tmp_path / "ut"
    out.mkdir()
    (out / name).mkdir()
    with pytest.raises(WriteError, match=name):
        export(compose(DRAFT, template), DRAFT, no_files, all_in(out), folders, silent)
    assert list(out.iterdir()) == [out / name]


def test_a_folder_that_is_missing_or_a_file_is_told(
    tmp_path: Path, folders: Folders, template: Template
) -> None:
    (tmp_path / "fil").write_bytes(b"i vagen")
    for folder in (tmp_path / "finns-inte", tmp_path / "fil"):
        with pytest.raises(WriteError, match=r"u\.txt"):
            export(
                compose(DRAFT, template),
                DRAFT,
                no_files,
                Outputs(text=folder / "u.txt"),
                folders,
                silent,
            )
    assert (tmp_path / "fil").read_bytes() == b"i vagen"


def test_a_device_is_not_replaced_by_a_file(folders: Folders, template: Template) -> None:
    for device in (Path("/dev/null"), Path("/dev/full")):
        with pytest.raises(WriteError, match="ingen vanlig fil"):
            export(compose(DRAFT, template), DRAFT, no_files, Outputs(pdf=device), folders, silent)
        assert device.is_char_device()


@pytest.mark.parametrize("before", [{}, {"u.pdf": b"gammal pdf", "u.txt": b"gammal text"}])
def test_when_the_last_rename_fails_the_others_are_taken_back(
    before: dict[str, bytes],
    tmp_path: Path,
    folders: Folders,
    template: Template,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on Windows, when the Word file is open in Word."""
    out = tmp_path / "ut"
    out.mkdir()
    for name, data in before.items():
        write_bytes(out / name, data)
    usual = Path.replace

    def replace_unless_open(self: Path, target: Path) -> Path:
        if target.name == "u.docx":
            raise PermissionError(13, "open in Word")
        return usual(self, target)

    monkeypatch.setattr(Path, "replace", replace_unless_open)
    with pytest.raises(WriteError, match=r"u\.docx"):
        export(compose(DRAFT, template), DRAFT, no_files, all_in(out), folders, silent)
    assert content(out) == before


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_disk_that_takes_no_more_leaves_the_old_files(
    tmp_path: Path, folders: Folders, template: Template
) -> None:
    out = tmp_path / "ut"
    out.mkdir()
    export(compose(DRAFT, template), DRAFT, no_files, all_in(out), folders, silent)
    before = content(out)
    longer = replace(DRAFT, title="En annan titel")
    with file_size_limit(2000), pytest.raises(WriteError, match=r"u\.pdf.*Inget har ändrats"):
        export(compose(longer, template), longer, no_files, all_in(out), folders, silent)
    assert content(out) == before


def test_two_forms_in_one_file_are_a_mistake_of_the_caller(
    tmp_path: Path, folders: Folders, template: Template
) -> None:
    same = Outputs(pdf=tmp_path / "u", docx=tmp_path / "." / "u")
    with pytest.raises(ValueError, match="same file"):
        export(compose(DRAFT, template), DRAFT, no_files, same, folders, silent)
    assert not (tmp_path / "u").exists()


def test_files_are_read_from_the_library_by_any_thread(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    with Library.open(path) as library:
        library.add(DRAFT, {"karta.png": b"bild"})
        read = library_files(path, "a")
        assert read("karta.png") == b"bild"
        with pytest.raises(UnreadableFileError):
            read("annan.png")


@pytest.mark.parametrize(
    ("dnr", "title", "name"),
    [
        ("KS 2023/740", "Remiss om cykelbanor", "KS 2023-740 Remiss om cykelbanor"),
        ("", "Remiss: del 1/2?", "Remiss-del 1-2"),
        ("1.6-216/2013", "", "1.6-216-2013"),
        ("", "", "Tjänsteutlåtande"),
        ("", " ... ", "Tjänsteutlåtande"),
        ("", "aux", "_aux"),
    ],
)
def test_a_name_is_suggested_from_dnr_and_title(dnr: str, title: str, name: str) -> None:
    assert suggested_name(replace(DRAFT, dnr=dnr, title=title)) == name


@given(st.text(), st.text())
def test_any_draft_has_a_name_that_can_be_used(dnr: str, title: str) -> None:
    name = suggested_name(replace(DRAFT, dnr=dnr, title=title))
    assert 0 < len(name) <= 100
    assert len(os.fsencode(f".{name}.docx")) < 255
