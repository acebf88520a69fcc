"""samverkan doctor: what it says of a library, what it does to a damaged one, its exit code."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.answers import Answer, one_sentence

Run = Callable[..., Answer]


def zero_header(path: Path) -> None:
    with path.open("rb+") as file:
        file.write(bytes(100))


def test_a_sound_library_is_told(run: Run, filled: dict[str, str], library: Path) -> None:
    first = next(iter(filled.values()))
    run("delete", first)
    answer = run("doctor")
    assert answer.code == 0
    assert answer.out == (
        f"Biblioteket är helt. Ärenden: {len(filled)} (1 i papperskorgen). "
        f"Versioner: {len(filled)}. Filer: 0.\n"
    )
    plain = run("doctor", "--json").json
    assert plain["sound"] is True
    assert (plain["drafts"], plain["in_bin"]) == (len(filled) - 1, 1)
    assert plain["problems"] == []


def test_a_damaged_library_is_mended_and_told(
    run: Run, filled: dict[str, str], library: Path
) -> None:
    before = {draft_id: run("show", draft_id, "--json").out for draft_id in filled.values()}
    zero_header(library)
    assert run("list").code == 3
    answer = run("doctor")
    assert answer.code == 1
    assert answer.err == ""
    lines = answer.out.splitlines()
    assert lines[0] == f"Biblioteket {library} var skadat och har lagats."
    assert lines[1] == f"Alla {len(filled)} ärenden är hela."
    assert " skadad " in lines[-1]
    assert {draft_id: run("show", draft_id, "--json").out for draft_id in before} == before
    assert run("doctor").code == 0


def test_the_account_as_json(run: Run, filled: dict[str, str], library: Path) -> None:
    zero_header(library)
    plain = run("doctor", "--json").json
    assert (plain["sound"], plain["mended"], plain["backup_of"]) == (False, True, None)
    assert {d["id"]: d["whole"] for d in plain["drafts"]} == dict.fromkeys(filled.values(), True)
    assert Path(plain["set_aside"]).exists()


@pytest.mark.parametrize("log", [None, b"rest"])
def test_what_is_lost_comes_from_the_newest_backup(
    log: bytes | None, run: Run, filled: dict[str, str], library: Path
) -> None:
    assert run("backup").code == 0
    before = {draft_id: run("show", draft_id, "--json").out for draft_id in filled.values()}
    library.write_bytes(b"")
    if log is not None:
        library.with_name(library.name + "-wal").write_bytes(log)
    answer = run("doctor")
    assert answer.code == 1
    assert "hämtat ur säkerhetskopian från" in answer.out
    assert {draft_id: run("show", draft_id, "--json").out for draft_id in before} == before


def test_what_can_not_be_mended_is_left(run: Run, library: Path) -> None:
    library.write_bytes(b"ett brev " * 999)
    answer = run("doctor")
    assert answer.code == 3
    assert one_sentence(Answer(0, "", answer.err.replace("läsa. ", "läsa, ")))
    assert library.read_bytes() == b"ett brev " * 999


def test_there_has_to_be_a_library(run: Run, library: Path) -> None:
    answer = run("doctor")
    assert answer.code == 3
    assert "finns inte" in answer.err
    assert not library.exists()


def test_a_history_that_somebody_changed_is_told(
    run: Run, filled: dict[str, str], library: Path, monkeypatch
) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(library)) as raw:
        raw.execute("DROP TRIGGER journal_never_changes")
        raw.execute("UPDATE journal SET who = 'någon annan' WHERE number = 1")
        raw.commit()
    answer = run("doctor")
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert lines[0] == "Biblioteket är helt, men inte dess historik."
    assert len(lines) == 1 + len(filled)
    assert len(list(library.parent.glob("* skadad *"))) == 0
    assert run("doctor", "--json").json["sound"] is False
