"""Backups from the command line: what they print, and that nothing is lost by them."""

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.commands.answers import Answer, one_sentence


def test_a_backup_is_made_listed_and_restored(run, filled, library: Path, folders) -> None:
    assert run("backups").out.startswith("Det finns inga säkerhetskopior i ")
    assert run("backups", "--json").json == []
    made = run("backup")
    path = Path(made.out.strip())
    assert (made.code, made.err) == (0, "")
    assert path.parent == library.parent / "Säkerhetskopior"
    (told,) = run("backups", "--json").json
    assert told["file"] == str(path)
    assert told["drafts"] == len(filled)
    assert (told["verdict"], told["of_this_library"]) == ("good", True)
    line = run("backups").out
    assert re.match(rf"\d{{4}}-\d\d-\d\d \d\d\.\d\d  {len(filled)} ärenden  kontrollerad  ", line)

    one = next(iter(filled.values()))
    run("delete", one)
    answer = run("restore-backup", path)
    assert answer.code == 0
    assert f"{len(filled)} ärenden" in answer.out
    assert one in run("list", "--json").out
    before = Path(re.search(r"kvar i (.*)", answer.out)[1])
    assert before in [Path(each["file"]) for each in run("backups", "--json").json]
    assert run("restore-backup", before).code == 0
    assert one not in run("list", "--json").out


def test_a_folder_of_ones_own_is_used_and_nothing_in_it_is_removed(run, filled, tmp_path) -> None:
    folder = tmp_path / "usb"
    first = Path(run("backup", folder).out.strip())
    assert first.parent == folder
    os.utime(first, (0, 0))
    record = first.with_name(f"{first.name}.json")
    record.write_text(
        record.read_text("utf-8").replace('"made_at": "20', '"made_at": "19'), "utf-8"
    )
    second = Path(run("backup", folder).out.strip())
    assert [each["file"] for each in run("backups", folder, "--json").json] == [
        str(second),
        str(first),
    ]
    assert run("backup", tmp_path / "finns" / "inte").code == 3


def test_what_is_damaged_or_no_backup_is_told(run, filled, library: Path, tmp_path) -> None:
    path = Path(run("backup").out.strip())
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM parts WHERE part <> ''")
        raw.commit()
    before = library.read_bytes()
    for file in (path, tmp_path / "borta.samverkandb", Path(__file__)):
        answer = run("restore-backup", file)
        assert answer.code == 3
        assert answer.err.endswith(".\n")
        assert file.name in answer.err
        assert not answer.out
    assert library.read_bytes() == before


def test_a_lost_library_is_restored_and_a_damaged_one_set_aside(run, filled, library) -> None:
    path = run("backup").out.strip()
    library.unlink()
    assert run("backup") == Answer(3, "", run("backup").err)
    assert not library.exists()  # a wrong path must not give a backup of nothing
    assert "kvar i" not in run("restore-backup", path).out
    assert len(run("list", "--json").json) == len(filled)
    library.write_bytes(b"skrot")
    answer = run("restore-backup", path)
    aside = Path(re.search(r"undan som (.*)", answer.out)[1])
    assert aside.read_bytes() == b"skrot"
    assert len(run("list", "--json").json) == len(filled)


def test_one_of_another_library_is_shown_as_that(run, filled, folders, tmp_path) -> None:
    run("backup")
    run("--library", tmp_path / "annat.db", "list")
    assert "av ett annat bibliotek" in run("--library", tmp_path / "annat.db", "backups").out


def test_the_policy_decides_where(run, filled, folders, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HEMKATALOG", str(tmp_path / "hem"))
    policy = folders.site_config / "policy.toml"
    policy.write_text('backup_folder = "$HEMKATALOG/kopior"', encoding="utf-8")
    assert Path(run("backup").out.strip()).parent == tmp_path / "hem" / "kopior"
    policy.write_text("backup_folder = 7", encoding="utf-8")
    assert one_sentence(run("backup"))
