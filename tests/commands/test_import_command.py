"""`samverkan import`: old documents become drafts, and where everything went is told."""

from pathlib import Path

import pytest

from tests.commands.answers import one_sentence

DOCUMENTS = Path(__file__).parents[1] / "exchange" / "documents"
EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"


def test_a_document_becomes_a_draft(run):
    answer = run("import", DOCUMENTS / "nacka.txt")
    assert answer.code == 0
    draft_id, title, *report = answer.out.splitlines()
    assert title == "Cykelgarage vid Orminge centrum"
    assert "  Mall: Nacka kommun, Tjänsteskrivelse (säkert)" in report
    assert run("show", draft_id, "--json").json["dnr"] == "KFKS 2024/217"
    assert "inläst" in run("versions", draft_id).out


def test_what_found_no_place_is_told_and_lies_in_a_section(run, tmp_path: Path):
    path = tmp_path / "udda.txt"
    path.write_text("Titeln\n\nUnder\n\nDet här är en mening utan rubrik.\n\nBakgrund\n\nText.\n")
    answer = run("import", path)
    assert answer.code == 1
    assert "  Utan plats, ligger i Övrigt: Det här är en mening utan rubrik." in answer.out
    shown = run("show", answer.out.split("\n")[0], "--json").json
    assert [s["heading"] for s in shown["sections"] if s["key"] == "ovrigt"] == ["Övrigt"]


def test_the_report_as_json(run):
    (answer,) = run("import", DOCUMENTS / "kristinehamn.txt", "--json").json
    assert answer["complete"] is True
    assert answer["unfilled"][0] == "<<Handläggare>>"
    assert {"where": "Diarienummer", "text": "Ks/2015:214"}.items() <= next(
        placed for placed in answer["placed"] if placed["where"] == "Diarienummer"
    ).items()


def test_a_file_that_cant_be_read_stops_all(run, tmp_path: Path):
    bad = tmp_path / "a.doc"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    answer = run("import", DOCUMENTS / "nacka.txt", bad)
    assert answer.code == 2
    assert one_sentence(answer) or answer.err.count("\n") == 1
    assert "Words gamla format .doc" in answer.err
    assert run("list").out == "Det finns inga ärenden.\n"


def test_a_draft_in_json_is_refused_with_the_right_way(run):
    draft = EXAMPLES / "goteborg-avtal.json"
    answer = run("import", DOCUMENTS / "nacka.txt", draft)
    assert answer.code == 2
    assert "”samverkan new FIL”" in answer.err
    assert run("list").out == "Det finns inga ärenden.\n"
    assert run("new", draft).code == 0


def test_a_template_is_chosen_by_its_name(run):
    guessed = run("import", DOCUMENTS / "tyreso.txt").out
    assert "  Mall: Nacka kommun, Tjänsteskrivelse (osäkert)" in guessed
    answer = run("import", DOCUMENTS / "tyreso.txt", "--template", "stockholm-remissvar")
    draft_id, _, *report = answer.out.splitlines()
    assert "  Mall: Stockholms stad, Svar på remiss (valt)" in report
    assert run("show", draft_id, "--json").json["template"] == "stockholm-remissvar"


@pytest.mark.parametrize("name", ["stockholm", ""])
def test_a_template_that_isnt_there_is_told_before_anything_is_kept(run, name: str):
    answer = run("import", DOCUMENTS / "tyreso.txt", "--template", name)
    assert answer.code == 2
    assert f"mallen ”{name}” finns inte; ”samverkan templates” visar" in answer.err
    assert run("list").out == "Det finns inga ärenden.\n"


def test_what_our_own_text_says_comes_in_again(run, filled, tmp_path: Path):
    for name, draft_id in filled.items():
        text = tmp_path / f"{name}.txt"
        assert run("export", draft_id, "--text", text).code == 0
        again = run("import", text)
        first, second = (
            run("show", found, "--json").json for found in (draft_id, again.out.split("\n")[0])
        )
        assert second["title"] == first["title"]
        for field in ("signatories", "approvals", "committee", "meeting_date"):
            assert second[field] == first[field], (name, field)
        assert [a["title"] for a in second["attachments"]] == [
            a["title"] for a in first["attachments"]
        ]
        # Plain text doesn't tell a sub-heading from a section that others have ("Tidplan").
        own = [s["key"] for s in first["sections"]]
        assert [s["key"] for s in second["sections"] if s["key"] in own] == own, name
