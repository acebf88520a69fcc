"""A damaged library mended: what is told, what the backup gives, and what is left alone."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from samverkan_desktop.domain.account import HEAD_NAME, Account, DraftAccount
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import (
    JobCancelledError,
    LibraryDamagedError,
    LibraryLockedError,
    LibraryNewerError,
    LibraryUnavailableError,
    MendingError,
    UnreadableFileError,
)
from samverkan_desktop.domain.text import paragraph, plain_text
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.services import mending
from samverkan_desktop.services.mending import examine, mend
from samverkan_desktop.store.library import Library

PAGE = 4096
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def clock() -> datetime:
    return NOW


def long_text(what: str, length: int = 60) -> Section:
    said = (replace(paragraph(f"{what} stycke {i}. " * 12), id=f"{what}{i}") for i in range(length))
    return Section(key=what, content=tuple(said))


def a_draft(name: str) -> Draft:
    sections = (
        long_text(f"{name}-kort", 2),
        long_text(f"{name}-lång"),
        long_text(f"{name}-sist", 3),
    )
    return Draft(id=name, template="stockholm-remissvar", title=f"Om {name}", sections=sections)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed library with three drafts, of which one has a file and one is in the bin."""
    path = tmp_path / "bibliotek.samverkandb"
    with Library.open(path, author="Anna") as library:
        for name in ("lekplats", "cykelväg"):
            library.add(a_draft(name), {"karta.png": b"karta " * 3000})
        library.add(a_draft("skola"))
        library.delete("skola")
    return path


@pytest.fixture
def backup(path: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "kopior" / "kopia.samverkandb"
    copy.parent.mkdir()
    shutil.copy(path, copy)
    os.utime(copy, (NOW.timestamp(), NOW.timestamp()))
    return copy


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in ("PRAGMA foreign_keys = ON", "PRAGMA secure_delete = ON", *statements):
            raw.execute(statement)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def pages_of(path: Path, table: str, kind: str) -> list[int]:
    which = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ?"
    with closing(sqlite3.connect(path)) as raw:
        return [page for (page,) in raw.execute(which, (table, kind))]


def zero_pages(path: Path, table: str, *kinds: str) -> None:
    """Put zeros over the pages of a table."""
    pages = [page for kind in kinds or ("leaf",) for page in pages_of(path, table, kind)]
    assert pages
    with path.open("rb+") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(bytes(PAGE))


def zero_header(path: Path) -> None:
    with path.open("rb+") as file:
        file.write(bytes(100))


def everything(path: Path) -> dict[str, Draft]:
    with Library.open(path) as library:
        return {s.id: library.load(s.id) for s in (*library.summaries(), *library.bin())}


def told(account: Account, draft_id: str) -> DraftAccount:
    return next(draft for draft in account.drafts if draft.id == draft_id)


def test_a_sound_library_is_told_and_left_alone(path: Path) -> None:
    before = path.read_bytes()
    counts = examine(path)
    assert (counts.drafts, counts.in_bin, counts.versions, counts.files) == (2, 1, 3, 2)
    assert path.read_bytes() == before


def test_a_damaged_library_is_set_aside_and_the_drafts_are_there(path: Path) -> None:
    zero_header(path)
    damaged, before = path.read_bytes(), path.stat().st_mode
    with pytest.raises(LibraryDamagedError):
        examine(path)
    account = mend(path, clock=clock)
    assert examine(path).drafts == 2
    assert account.set_aside.name == "bibliotek skadad 2026-03-01 09.30.00.samverkandb"
    assert account.set_aside.read_bytes() == damaged
    assert path.stat().st_mode == before
    assert sorted(p.name for p in path.parent.glob("*bibl*")) == sorted(
        [path.name, account.set_aside.name]
    )
    lines = list(account.sentences())
    assert "var skadat och har lagats" in lines[0]
    assert lines[1] == "Alla 3 ärenden är hela."
    assert lines[-1] == f"Den skadade filen finns kvar: {account.set_aside}"


def test_the_bin_the_files_the_versions_and_the_journal_come_along(path: Path) -> None:
    with Library.open(path, author="Anna") as library:
        version = library.history.keep("lekplats", Reason.NAMED, "klar")
        journal = library.history.journal("lekplats")
        changed = [s.changed_at for s in library.summaries()]
    zero_header(path)
    mend(path)
    with Library.open(path) as library:
        assert [s.id for s in library.bin()] == ["skola"]
        assert [s.changed_at for s in library.summaries()] == changed
        assert library.file("cykelväg", "karta.png") == b"karta " * 3000
        assert library.history.versions("lekplats")[-1] == version
        assert library.history.draft("lekplats", version.number) == a_draft("lekplats")
        assert library.history.journal("lekplats") == journal
        assert library.history.problems() == ()
        assert {hit.summary.id for hit in library.search("lekplats stycke")} == {"lekplats"}


def test_mending_twice_keeps_both_damaged_files(path: Path) -> None:
    for _ in range(2):
        zero_header(path)
        mend(path, clock=clock)
    assert len(list(path.parent.glob("* skadad *"))) == 2


def test_a_lost_draft_comes_from_the_backup(path: Path, backup: Path) -> None:
    sql(path, "DELETE FROM drafts WHERE id = 'lekplats'")
    zero_pages(path, "drafts")
    account = mend(path, [backup])
    assert everything(path) == {n: a_draft(n) for n in ("lekplats", "cykelväg", "skola")}
    assert told(account, "lekplats").is_from_backup
    assert account.backup_of == date(2026, 3, 1)
    assert any(
        "”Om lekplats”: Hela ärendet är hämtat ur säkerhetskopian från 2026-03-01." in line
        for line in account.sentences()
    )
    with Library.open(path) as library:
        assert library.file("lekplats", "karta.png") == b"karta " * 3000
        assert library.history.versions("lekplats")


def test_what_the_list_told_of_a_draft_comes_from_the_backup(path: Path, backup: Path) -> None:
    zero_pages(path, "drafts")
    mend(path, [backup])
    assert everything(path) == {n: a_draft(n) for n in ("lekplats", "cykelväg", "skola")}
    with Library.open(path) as library, Library.open(backup) as other:
        assert library.bin() == other.bin()
        assert library.summaries() == other.summaries()


def test_a_draft_erased_since_the_backup_stays_erased(path: Path, backup: Path) -> None:
    sql(path, "DELETE FROM drafts WHERE id = 'lekplats'")
    zero_pages(path, "parts", "overflow")
    mend(path, [backup])
    assert set(everything(path)) == {"cykelväg", "skola"}


def test_what_a_draft_lacks_comes_from_the_backup_and_the_rest_is_the_newest(
    path: Path, backup: Path
) -> None:
    with Library.open(path) as library:
        old = library.load("lekplats")
        new = replace(old, title="Ny titel", sections=(long_text("nytt", 1), *old.sections))
        library.save(new, old)
    sql(path, "DELETE FROM versions", "DELETE FROM pieces")
    sql(path, "UPDATE parts SET value = '', text = '' WHERE part = 'lekplats-sist'")
    account = mend(path, [backup])
    assert everything(path)["lekplats"] == new
    assert told(account, "lekplats").from_backup == ("lekplats-sist",)
    assert told(account, "cykelväg").is_whole


def test_newer_text_is_kept_beside_the_older_from_the_backup(path: Path, backup: Path) -> None:
    sql(path, "DELETE FROM versions", "DELETE FROM pieces")
    broken = """{"type":"paragraph","spans":[{"text":"Nyskrivet idag"}"""
    sql(path, f"UPDATE parts SET value = '{broken}', text = '' WHERE part = 'lekplats-sist'")
    mend(path, [backup])
    sections = everything(path)["lekplats"].sections
    assert sections[:3] == a_draft("lekplats").sections
    assert sections[3].heading == "Räddad text: lekplats-sist"
    assert plain_text(sections[3].content) == "Nyskrivet idag"


def test_a_lost_head_is_told_and_made_of_the_list(path: Path) -> None:
    sql(path, "DELETE FROM versions", "DELETE FROM pieces")
    sql(path, "UPDATE parts SET value = 'x', text = 'Beslutet lyder' WHERE part = '' AND draft = 1")
    account = mend(path)
    draft = everything(path)["lekplats"]
    assert (draft.title, draft.template) == ("Om lekplats", "stockholm-remissvar")
    assert plain_text(draft.sections[0].content) == "Beslutet lyder"
    assert draft.sections[1:] == a_draft("lekplats").sections
    assert told(account, "lekplats").lost == (HEAD_NAME,)


def test_sections_of_a_draft_that_nothing_tells_of_are_rescued(path: Path) -> None:
    sql(path, "DELETE FROM parts WHERE part = '' AND draft = 1", "DELETE FROM versions")
    sql(path, "DELETE FROM pieces")
    zero_pages(path, "drafts")
    keys = frozenset(s.key for s in a_draft("lekplats").sections)
    account = mend(path, templates={"a": frozenset(), "b": keys, "c": frozenset({"x"})})
    (draft,) = (d for d in everything(path).values() if d.title == "Om lekplats")
    assert draft.id != "lekplats"
    assert draft.template == "b"
    assert draft.sections == a_draft("lekplats").sections
    assert told(account, draft.id).lost == (HEAD_NAME,)


def test_a_draft_of_which_only_versions_are_left_is_the_newest_of_them(path: Path) -> None:
    zero_pages(path, "drafts")
    zero_pages(path, "parts", "leaf", "overflow")
    account = mend(path)
    assert everything(path) == {n: a_draft(n) for n in ("lekplats", "cykelväg", "skola")}
    assert HEAD_NAME in told(account, "lekplats").from_history


def test_a_draft_without_a_name_is_known_by_the_backup(path: Path, backup: Path) -> None:
    sql(path, "DELETE FROM versions", "DELETE FROM pieces")
    sql(path, "DELETE FROM parts WHERE part = '' AND draft = 1")
    zero_pages(path, "drafts")
    account = mend(path, [backup])
    assert everything(path) == {n: a_draft(n) for n in ("lekplats", "cykelväg", "skola")}
    assert told(account, "lekplats").from_backup == (HEAD_NAME,)


def test_a_look_alike_in_the_backup_is_another_draft(path: Path, backup: Path) -> None:
    sql(path, "DELETE FROM versions", "DELETE FROM pieces")
    sql(
        path, "DELETE FROM parts WHERE part IN ('', 'lekplats-lång', 'lekplats-sist') AND draft = 1"
    )
    changed = """{"key":"lekplats-kort","content":"Ny text"}"""
    sql(path, f"UPDATE parts SET value = '{changed}' WHERE part = 'lekplats-kort'")
    sql(path, "DELETE FROM words")
    zero_pages(path, "drafts")
    mend(path, [backup])
    found = everything(path)
    assert found.pop("lekplats") == a_draft("lekplats")
    (rescued,) = (d for d in found.values() if d.title == "Räddat ärende")
    assert plain_text(rescued.sections[0].content) == "Ny text"


def test_a_row_that_says_nothing_makes_no_draft(path: Path) -> None:
    sql(path, "PRAGMA foreign_keys = OFF", "INSERT INTO parts VALUES (77, '', 0, 'x', '')")
    zero_pages(path, "drafts")
    assert len(mend(path).drafts) == 3


def test_two_drafts_of_one_name_are_both_kept(path: Path) -> None:
    sql(
        path,
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO parts SELECT 77, part, position, value, text FROM parts WHERE draft = 1",
    )
    zero_pages(path, "drafts")
    mend(path)
    found = everything(path).values()
    assert [d.title for d in found].count("Om lekplats") == 2


def test_a_library_that_has_only_its_tables_left_becomes_an_empty_one(path: Path) -> None:
    sql(path, "DELETE FROM drafts")
    account = mend(path)
    assert everything(path) == {}
    assert "Inga ärenden fanns kvar." in list(account.sentences())


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE parts SET value = '{}' WHERE part = ''",
        "UPDATE parts SET value = replace(value, 'lekplats', 'lekplatt') WHERE part = ''",
        "UPDATE pieces SET data = x'00'",
        "UPDATE words_content SET c3 = 'annat' WHERE id = 1",
    ],
)
def test_what_sqlite_does_not_see_is_damage_too(path: Path, damage: str) -> None:
    sql(path, damage)
    with pytest.raises(LibraryDamagedError):
        examine(path)
    mend(path)
    examine(path)


def test_versions_that_can_not_be_read_are_counted(path: Path, backup: Path) -> None:
    sql(path, "UPDATE pieces SET data = x'00' WHERE draft = 1")
    shutil.copy(path, path.with_name("kopia.db"))
    account = told(mend(path), "lekplats")
    assert account.lost_versions == 1
    assert list(account.sentences(None)) == ["1 tidigare version saknas."]
    shutil.move(path.with_name("kopia.db"), path)
    assert told(mend(path, [backup]), "lekplats").is_whole


def test_a_file_whose_content_has_changed_comes_from_the_backup(path: Path, backup: Path) -> None:
    (page, *_) = pages_of(path, "blobs", "overflow")
    with path.open("rb+") as file:
        file.seek((page - 1) * PAGE + 900)
        file.write(b"X")
    with pytest.raises(LibraryDamagedError):
        examine(path)
    aside = mend(path, [backup]).set_aside
    with Library.open(path) as library:
        assert library.file("lekplats", "karta.png") == b"karta " * 3000
    shutil.move(aside, path)
    account = mend(path)
    assert told(account, "lekplats").lost_files == ("karta.png",)


def test_a_backup_that_is_damaged_itself_is_passed_over(path: Path, backup: Path) -> None:
    (backup.parent / "ny.samverkandb").write_bytes(b"ingen databas" * 999)
    path.write_bytes(b"")
    account = mend(path, [backup.parent / "ny.samverkandb", backup.parent / "borta", backup])
    assert set(everything(path)) == {"lekplats", "cykelväg", "skola"}
    assert all(draft.is_from_backup for draft in account.drafts)


def test_a_broken_journal_is_told(path: Path) -> None:
    with Library.open(path) as library:
        library.history.keep("lekplats", Reason.NAMED, "klar")
    sql(
        path,
        "DROP TRIGGER journal_never_shrinks",
        "DELETE FROM journal WHERE draft_id = 'lekplats' AND number = 1",
    )
    account = mend(path)
    assert account.broken_journals == 1
    assert "Journalen saknar rader för 1 ärende." in list(account.sentences())


def test_a_library_that_is_open_elsewhere_is_not_mended(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from samverkan_desktop.store.library import Library\n"
        "library = Library.open(Path(sys.argv[1])); library.summaries()\n"
        "print('öppet', flush=True); sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as other:
        assert other.stdout.readline() == "öppet\n"
        with pytest.raises(LibraryLockedError):
            mend(path)
        other.stdin.write("\n")
        other.stdin.flush()
    mend(path)


def refused(path: Path, error: type[Exception], match: str | None = None) -> None:
    """Mending is refused, and not a byte is different."""
    before = {p: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}
    with pytest.raises(error, match=match):
        mend(path)
    assert {p: p.read_bytes() for p in path.parent.iterdir() if p.is_file()} == before


def test_a_newer_library_is_refused(path: Path) -> None:
    sql(
        path,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('library', '9999_framtiden', '2090-01-01')",
    )
    zero_header(path)
    refused(path, LibraryNewerError)


@pytest.mark.parametrize("content", [b"", b"Ett brev, ingen databas. " * 400])
def test_what_has_nothing_of_a_library_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "brev.samverkandb"
    path.write_bytes(content)
    refused(path, MendingError, "inget i den som går att läsa")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "annat.db"
    sql(path, "CREATE TABLE drafts (a)", "INSERT INTO drafts VALUES ('x')")
    with pytest.raises(UnreadableFileError, match="annat programs"):
        examine(path)
    refused(path, MendingError)


def test_a_library_whose_mark_is_damaged_is_still_a_library(path: Path) -> None:
    with path.open("rb+") as file:
        file.seek(68)
        file.write(b"XXXX")
    with pytest.raises(LibraryDamagedError):
        examine(path)
    assert mend(path).drafts[0].is_whole


def test_no_library_is_made_by_looking_for_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailableError, match="finns inte"):
        examine(tmp_path / "b.db")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_damaged_file(path: Path) -> None:
    zero_header(path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, limits[1]))
    try:
        refused(path, MendingError, "disken är full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    mend(path)


def test_mending_can_be_stopped(path: Path) -> None:
    zero_header(path)

    def stop_late(done: int, _total: int) -> None:
        if done > 60:
            raise JobCancelledError

    before = path.read_bytes()
    with pytest.raises(JobCancelledError):
        mend(path, progress=stop_late)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("at", range(6))
def test_there_is_a_library_whenever_the_computer_stops(
    at: int, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log beside it included: it would be taken for the new library's."""
    with_log(path)
    steps = iter(range(100))

    def stopping(method: Callable[..., object]) -> Callable[..., object]:
        def step(self: Path, *args: object, **kwargs: object) -> object:
            if (self.name.startswith("biblio") or args) and next(steps) == at:
                os._exit(7)
            return method(self, *args, **kwargs)

        return step

    child = os.fork()
    if not child:
        for name in ("hardlink_to", "unlink", "replace", "rename"):
            setattr(Path, name, stopping(getattr(Path, name)))
        mend(path)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in {7, 0}
    mend(path)
    assert everything(path)["lekplats"].title == "Ändrad"


def with_log(path: Path) -> None:
    """Leave the last change in the log beside a library, as a crash does; damage the library."""
    copy = path.with_name("öppen.db")
    shutil.copy(path, copy)
    with Library.open(copy) as library:
        old = library.load("lekplats")
        library.save(replace(old, title="Ändrad"), old)
        for suffix in ("", "-wal", "-shm"):
            shutil.copy(f"{copy}{suffix}", f"{path}{suffix}")
    copy.unlink()
    zero_header(path)


def test_where_files_have_one_name_each_they_are_moved(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with_log(path)
    account = mend(path)
    assert everything(path)["lekplats"].title == "Ändrad"
    assert account.set_aside.with_name(account.set_aside.name + "-wal").exists()


def test_a_failed_last_step_puts_everything_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_log(path)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "open elsewhere")

    monkeypatch.setattr(Path, "replace", refuse)
    refused(path, MendingError, "behörighet")


def test_a_log_that_sqlite_would_pass_over_is_noticed(path: Path) -> None:
    """Frames after a damaged one were saved, and SQLite would throw them away."""
    copy = path.with_name("öppen.db")
    shutil.copy(path, copy)
    with Library.open(copy) as library:
        for title in ("Ett", "Två", "Tre"):
            old = library.load("lekplats")
            library.save(replace(old, title=title), old)
        for suffix in ("", "-wal"):
            shutil.copy(f"{copy}{suffix}", f"{path}{suffix}")
    mending.check_before_opening(path)
    log = path.with_name(path.name + "-wal")
    data = bytearray(log.read_bytes())
    data[32 + 24 + 50] ^= 1
    log.write_bytes(data)
    with pytest.raises(LibraryDamagedError):
        mending.check_before_opening(path)
    mend(path)
    assert everything(path)["lekplats"].title == "Tre"


def test_a_file_cut_to_nothing_with_a_log_is_noticed(path: Path) -> None:
    with_log(path)
    path.write_bytes(b"")
    with pytest.raises(LibraryDamagedError):
        mending.check_before_opening(path)
