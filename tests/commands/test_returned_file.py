"""`samverkan import` with a Word file that has come back."""

import json
import shutil
from pathlib import Path

from reviewed import FIXTURES

from tests.commands.answers import one_sentence


def test_it_tells_what_came_back(run, tmp_path: Path) -> None:
    answer = run("import", FIXTURES / "ord.docx")
    assert answer.code == 0
    first, second, *lines = answer.out.splitlines()
    assert first == "ord.docx: Ny brygga vid Norrviken (5b0c3f9e-4a7d-4c53-9d2c-0f6f2f6f0a11)"
    assert second == "  Ärendet fanns inte i biblioteket och har lagts till som det skickades."
    assert lines[1].startswith("  Förslag i sammanfattning: lägg till ”och 1988” (Anna Berg, 2026-")
    assert "(i ett annat förslag)" in lines[2]


def test_it_tells_comments_with_answers_and_what_stands_outside(run) -> None:
    told = run("import", FIXTURES / "kommentarer.docx", FIXTURES / "utanfor.docx").out
    assert "Kommentar om ”1974”: Stämmer årtalet? (Bo Ek" in told
    assert "Svar: Ja, enligt bygglovet. (Anna Berg" in told
    assert ", löst)" in told
    assert "Utanför avsnitten, titeln: borttaget ”Ny brygga vid Norrviken”, tillagt" in told


def test_the_same_file_again_is_told_so(run) -> None:
    run("import", FIXTURES / "ord.docx")
    assert "redan inlästa" in run("import", FIXTURES / "ord.docx").out


def test_a_file_untouched_says_so(run, filled, tmp_path: Path) -> None:
    draft_id = filled["remissvar-friytestrategi"]
    run("export", draft_id, "--docx", tmp_path / "ut.docx")
    answer = run("import", tmp_path / "ut.docx")
    assert "Jämförd med version 2, som skickades." in answer.out
    assert "Inget är ändrat i filen." in answer.out
    assert run("versions", draft_id).out.count("\n") == 2


def test_the_answer_as_json(run) -> None:
    (plain,) = json.loads(run("import", FIXTURES / "ord.docx", "--json").out)
    assert plain["new_suggestions"] == 5
    assert plain["suggestions"][0]["author"] == "Bo Ek"


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(run, tmp_path: Path) -> None:
    bad = tmp_path / "bild.docx"
    bad.write_bytes(b"\x89PNG")
    answer = run("import", bad)
    assert answer.code == 2
    assert one_sentence(answer)
    shutil.copy(FIXTURES / "ord.docx", bad)
    assert run("import", bad).code == 0


def test_a_file_that_came_back_keeps_its_template(run) -> None:
    answer = run("import", FIXTURES / "ord.docx", "--template", "stockholm-remissvar")
    assert answer.code == 2
    assert "läs in det utan --template" in answer.err
    assert run("list").out == "Det finns inga ärenden.\n"
