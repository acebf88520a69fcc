"""`samverkan verify`: what IT sees of a file, and the exit code a script goes by."""

import json
from pathlib import Path

import pytest
from mutants import MUTANTS
from pdf_documents import one_of_each, to_pdf

from samverkan_desktop import cli

GOOD = to_pdf(one_of_each())


def broken(name: str) -> bytes:
    return next(mutant for mutant in MUTANTS if mutant.name == name).make(GOOD)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    contents = {
        "bra.pdf": GOOD,
        "fel.pdf": broken("figure without alt"),
        "varning.pdf": broken("reading order swapped"),
        "text.pdf": b"Hej",
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return {name: str(tmp_path / name) for name in contents}


def test_a_good_file_is_told_so(files, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["verify", files["bra.pdf"]]) == 0
    assert capsys.readouterr().out == f"{files['bra.pdf']}: följer PDF/UA-1 och PDF/A-2a.\n"


def test_a_defect_is_told_with_its_place_and_rule(files, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["verify", files["fel.pdf"]]) == 1
    assert capsys.readouterr().out == (
        f"{files['fel.pdf']}: följer inte PDF/UA-1 och PDF/A-2a.\n"
        "    Fel: sida 2, Document > Sect[4] > Figure: "
        "Bilden saknar alternativtext (ISO 14289-1 7.3).\n"
    )


def test_a_warning_is_told_and_does_not_fail_the_file(files, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["verify", files["varning.pdf"]]) == 0
    assert "    Varning: sida 1, " in capsys.readouterr().out


def test_several_files_are_all_told_about(files, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["verify", files["fel.pdf"], files["text.pdf"], files["bra.pdf"]]) == 2
    out, err = capsys.readouterr()
    assert err == f"Filen {files['text.pdf']} kan inte läsas: det är ingen PDF-fil.\n"
    assert out.splitlines()[0].endswith("fel.pdf: följer inte PDF/UA-1 och PDF/A-2a.")
    assert out.splitlines()[-1].endswith("bra.pdf: följer PDF/UA-1 och PDF/A-2a.")


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["verify", str(tmp_path / "nix.pdf")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "nix.pdf kan inte läsas" in err


def test_programs_get_json(files, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["verify", "--json", *files.values()]) == 2
    verdicts = {Path(v["file"]).name: v for v in json.loads(capsys.readouterr().out)}
    assert verdicts["bra.pdf"]["compliant"]
    assert verdicts["bra.pdf"]["findings"] == []
    assert verdicts["varning.pdf"]["compliant"]
    assert verdicts["text.pdf"]["error"].endswith("det är ingen PDF-fil.")
    assert not verdicts["fel.pdf"]["compliant"]
    assert verdicts["fel.pdf"]["findings"] == [
        {
            "code": "figure.alt",
            "severity": "error",
            "message": "Bilden saknar alternativtext.",
            "clause": "ISO 14289-1 7.3",
            "page": 2,
            "path": "Document > Sect[4] > Figure",
        }
    ]
