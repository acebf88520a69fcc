"""The commands for a draft's history, as IT and an auditor use them."""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.answers import one_sentence, write_json


@pytest.fixture
def draft(run, tmp_path: Path) -> str:
    sections = [{"key": "bakgrund", "content": "Parken är gammal."}]
    path = write_json(tmp_path / "a.json", title="Parken", sections=sections)
    return run("new", path).out.strip()


def rename(library: Path, title: str) -> None:
    from dataclasses import replace

    from samverkan_desktop.store.library import Library

    with Library.open(library) as opened:
        (summary,) = opened.summaries()
        old = opened.load(summary.id)
        opened.save(replace(old, title=title), old)


def test_a_draft_goes_back_to_a_version_and_forward_again(run, draft, library) -> None:
    rename(library, "Torget")
    assert run("revert", draft, 1).out == "Ärendet är återställt och har fått version 3.\n"
    assert run("show", draft, "--json").json["title"] == "Parken"
    assert run("revert", draft[:8], 2).code == 0
    assert run("show", draft, "--json").json["title"] == "Torget"
    lines = run("versions", draft).out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4"]
    assert "före återställning av version 1" in lines[1]
    assert "återställd från version 2" in lines[3]


def test_one_section_goes_back(run, draft, library) -> None:
    rename(library, "Torget")
    assert run("revert", draft, 1, "--section", "bakgrund").code == 0
    assert run("show", draft, "--json").json["title"] == "Torget"
    refused = run("revert", draft, 1, "--section", "finns-inte")
    assert refused.code == 2
    assert one_sentence(refused)


def test_a_version_has_the_hash_of_its_json(run, draft) -> None:
    shown = run("show", draft, "--json").out
    (version,) = run("versions", draft, "--json").json
    assert version["sha256"] == hashlib.sha256(shown.encode()).hexdigest()
    refused = run("revert", draft, 7)
    assert refused.code == 2
    assert "ingen version 7" in refused.err


def test_an_export_is_a_milestone_with_the_hash_of_each_file(run, draft, tmp_path) -> None:
    pdf = tmp_path / "ut.pdf"
    assert run("export", draft, "--pdf", pdf).code == 0
    last = run("journal", draft, "--json").json[-1]
    data = pdf.read_bytes()
    assert last["act"] == "exported"
    assert last["detail"]["ut.pdf"] == f"{hashlib.sha256(data).hexdigest()} {len(data)}"
    (_, version) = run("versions", draft, "--json").json
    assert (version["reason"], last["detail"]["version"]) == ("exported", "2")


def test_the_journal_tells_what_was_done(run, draft) -> None:
    run("delete", draft)
    run("restore", draft)
    lines = run("journal", draft).out.splitlines()
    assert [line.split("  ")[3] for line in lines] == [
        "skapat",
        "lagt i papperskorgen",
        "taget ur papperskorgen",
    ]


def test_the_journal_names_sections_by_their_headings_and_files_with_their_size(
    run, draft, tmp_path
) -> None:
    run("export", draft, "--text", tmp_path / "ut.txt")
    first, last = run("journal", draft).out.splitlines()
    assert "avsnitt: ärendeuppgifter, Bakgrund" in first
    size = (tmp_path / "ut.txt").stat().st_size
    assert f"ut.txt, {size} byte, SHA-256 " in last


def test_verify_tells_a_whole_library_from_a_changed_one(run, draft, library) -> None:
    answer = run("verify", library)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("journaler och versioner är som de skrevs.\n")
    with closing(sqlite3.connect(library)) as raw:
        raw.execute("DROP TRIGGER journal_never_shrinks")
        raw.execute("DELETE FROM journal")
        raw.commit()
    answer = run("verify", library)
    assert answer.code == 1
    assert f"Journalen för {draft}: rad 1 saknas eller har ändrats." in answer.out
    assert run("verify", library, "--json").json[0]["compliant"] is False


def test_verify_tells_of_a_database_that_is_no_library(run, tmp_path) -> None:
    path = tmp_path / "annat.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE t (a)")
    answer = run("verify", path)
    assert (answer.code, one_sentence(answer)) == (2, True)
    assert json.loads(run("verify", path, "--json").out)[0]["error"]


def test_what_is_only_looked_at_in_a_pipe_is_no_milestone(run, draft) -> None:
    assert "Parken är gammal." in run("export", draft, "--text", "-").out
    assert len(run("versions", draft).out.splitlines()) == 1
