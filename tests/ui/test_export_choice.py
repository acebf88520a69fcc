"""File names are judged while they are typed, with one sentence."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan_desktop.domain.file_names import safe_file_name
from ui.export_choice import ExportChoice, name_problem


def choice(folder: Path, name: str = "Svar på remiss", *, word=True, pdf=True) -> ExportChoice:
    return ExportChoice(folder, name, word, pdf)


def test_the_files_are_named_by_their_format(tmp_path):
    assert [p.name for p in choice(tmp_path).files] == [
        "Svar på remiss.docx",
        "Svar på remiss.pdf",
    ]
    assert [p.name for p in choice(tmp_path, word=False).files] == ["Svar på remiss.pdf"]
    assert choice(tmp_path).problem == ""


@pytest.mark.parametrize(
    "typed", ["ärende.pdf", "ärende.docx", "ärende.PDF", " ärende ", "ärende.pdf  "]
)
def test_a_suffix_that_was_typed_is_not_doubled(tmp_path, typed):
    assert [p.name for p in choice(tmp_path, typed).files] == ["ärende.docx", "ärende.pdf"]


def test_a_dot_in_the_name_is_kept(tmp_path):
    assert choice(tmp_path, "Dnr 1.5.1", word=False).files[0].name == "Dnr 1.5.1.pdf"


def test_spaces_are_made_one(tmp_path):
    assert choice(tmp_path, " Svar \t på  remiss").stem == "Svar på remiss"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Skriv ett filnamn."),
        ("   ", "Skriv ett filnamn."),
        ("KS 2031/7", "”/”"),
        ("vad?", "”?”"),
        ("a\x07b", "osynligt tecken"),
        ("nul", "Windows"),
        ("slut.", "punkt"),
        ("x" * 201, "för långt"),
        ("å" * 101, "för långt"),
    ],
)
def test_what_a_system_would_refuse_is_said(tmp_path, name, words):
    assert words in choice(tmp_path, name).problem


@given(st.text(max_size=220))
def test_every_name_that_is_let_through_is_safe(name):
    if not name_problem(name):
        assert safe_file_name(name, longest=200) == name


def test_a_format_and_a_folder_are_needed(tmp_path):
    assert choice(tmp_path, word=False, pdf=False).problem == "Välj minst ett format."
    assert choice(tmp_path / "borta").problem == "Mappen finns inte."
    assert choice(Path()).problem == "Välj en mapp."
    (tmp_path / "fil").write_text("")
    assert choice(tmp_path / "fil").problem == "Mappen finns inte."


def test_a_folder_that_may_not_be_written_to(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "behörighet" in choice(tmp_path).problem


def test_files_that_would_be_replaced_are_named(tmp_path):
    assert choice(tmp_path).note == ""
    (tmp_path / "Svar på remiss.pdf").write_text("")
    assert choice(tmp_path).note == "Filen Svar på remiss.pdf finns redan och ersätts."
    (tmp_path / "Svar på remiss.docx").write_text("")
    assert "Svar på remiss.docx och Svar på remiss.pdf" in choice(tmp_path).note
    assert choice(tmp_path).problem == ""


def test_a_folder_in_the_way_is_a_problem(tmp_path):
    (tmp_path / "Svar på remiss.pdf").mkdir()
    assert "mapp som heter Svar på remiss.pdf" in choice(tmp_path).problem
