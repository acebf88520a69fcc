"""What goes wrong with a file: one clear sentence, and the file as it was."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import (
    LibraryDamagedError,
    LibraryLockedError,
    LibraryNewerError,
    LibraryUnavailableError,
    SamverkanError,
    UnreadableFileError,
    WriteError,
)
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.store import connection
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.schema import MIGRATIONS
from tests.faults.small_disks import largest_file, small_disk

ORDINARY_USER = 65534


def long_draft(draft_id: str) -> Draft:
    sections = tuple(
        Section(key=f"k{i}", content=(replace(paragraph("Lång text. " * 200), id=f"b{i}"),))
        for i in range(8)
    )
    return Draft(id=draft_id, template="t", title=f"Titel {draft_id}", sections=sections)


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed library with drafts and a file, some pages large."""
    with Library.open(path) as library:
        for number in range(6):
            library.add(long_draft(f"d{number}"), {"karta.png": bytes(range(256)) * 40})
    return path


def use_everything(path: Path) -> None:
    with Library.open(path) as library:
        library.search("lång")
        for summary in library.summaries() + library.bin():
            library.load(summary.id)
            for name in library.file_names(summary.id):
                library.file(summary.id, name)


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        file.write(data)


def damage_header(path: Path) -> None:
    overwrite(path, 0, b"\xff\xff\xff\xff")


def zero_first_page(path: Path) -> None:
    overwrite(path, 0, bytes(4096))


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def make_text(path: Path) -> None:
    path.write_text("Det här är ingen databas. " * 100, encoding="utf-8")


@pytest.mark.parametrize("damage", [damage_header, zero_first_page, cut_in_half, make_text])
def test_a_damaged_library_is_not_opened_and_not_touched(
    filled: Path, damage: Callable[[Path], None]
) -> None:
    damage(filled)
    before = filled.read_bytes()
    with pytest.raises(LibraryDamagedError, match=r"skadat"):
        Library.open(filled)
    assert filled.read_bytes() == before
    assert list(filled.parent.iterdir()) == [filled]


def test_every_zeroed_page_is_noticed_or_harmless(filled: Path) -> None:
    sound = filled.read_bytes()
    noticed = 0
    for at in range(0, len(sound), 4096):
        overwrite(filled, at, bytes(4096))
        before = filled.read_bytes()
        try:
            use_everything(filled)
        except LibraryDamagedError:
            noticed += 1
        assert filled.read_bytes() == before
        filled.write_bytes(sound)
    assert noticed > len(sound) // 4096 // 2


def test_a_draft_without_its_text_is_damage(filled: Path) -> None:
    with Library.open(filled) as library:
        with closing(sqlite3.connect(filled)) as raw:
            raw.execute("DELETE FROM parts")
            raw.execute("INSERT INTO unindexed SELECT number FROM drafts")
            raw.commit()
        with pytest.raises(LibraryDamagedError):
            library.load("d0")
        with pytest.raises(LibraryDamagedError):
            library.search("lång")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_flipped_bytes_give_no_other_error(filled: Path, data: st.DataObject) -> None:
    sound = filled.read_bytes()
    places = st.tuples(st.integers(0, len(sound) - 1), st.integers(1, 255))
    for at, change in data.draw(st.lists(places, min_size=1, max_size=20)):
        overwrite(filled, at, bytes([sound[at] ^ change]))
    before = filled.read_bytes()
    try:
        use_everything(filled)
    except SamverkanError:
        assert filled.read_bytes() == before
    finally:
        for beside in filled.parent.glob("*-*"):
            beside.unlink()
        filled.write_bytes(sound)


def test_a_changed_file_in_the_library_is_not_given_out(filled: Path) -> None:
    at = filled.read_bytes().index(bytes(range(256)))
    overwrite(filled, at + 5, b"X")
    with Library.open(filled) as library, pytest.raises(LibraryDamagedError):
        library.file("d0", "karta.png")


def from_the_future(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('library', '9999_framtiden', '2090-01-01')"
        )
        raw.commit()


def test_a_newer_library_is_not_opened_and_not_touched(filled: Path) -> None:
    from_the_future(filled)
    before = filled.read_bytes()
    with pytest.raises(LibraryNewerError, match="nyare version"):
        Library.open(filled)
    assert filled.read_bytes() == before
    assert list(filled.parent.iterdir()) == [filled]


def test_a_newer_library_left_open_by_a_crash_is_not_touched(filled: Path) -> None:
    code = (
        "import os, signal, sqlite3, sys\n"
        "raw = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        'raw.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"\n'
        "            \" VALUES ('library', '9999_framtiden', '2090-01-01')\")\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(filled)], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    log = filled.with_name(filled.name + "-wal")
    before = filled.read_bytes(), log.read_bytes()
    assert before[1]
    with pytest.raises(LibraryNewerError):
        Library.open(filled)
    assert (filled.read_bytes(), log.read_bytes()) == before


def test_a_change_interrupted_by_a_crash_is_taken_back(filled: Path) -> None:
    """As on a network folder, where a rollback journal is used."""
    code = (
        "import os, signal, sqlite3, sys\n"
        "raw = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "raw.execute('PRAGMA journal_mode = TRUNCATE')\n"
        "raw.execute('PRAGMA cache_size = 1')\n"
        "raw.execute('BEGIN IMMEDIATE')\n"
        "raw.execute('DROP TABLE _sqlite_migrations')\n"
        "raw.execute('DELETE FROM parts')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    with Library.open(filled) as library:
        before = library.load("d0")
    subprocess.run([sys.executable, "-c", code, str(filled)], check=False, timeout=60)
    assert filled.with_name(filled.name + "-journal").stat().st_size
    with Library.open(filled) as library:
        assert library.load("d0") == before


def test_another_programs_database_is_not_touched(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE drafts (a)")
        raw.commit()
    before = path.read_bytes()
    with pytest.raises(UnreadableFileError, match="annat programs"):
        Library.open(path)
    assert path.read_bytes() == before


def test_the_known_steps_are_the_steps_there_are() -> None:
    from samverkan_desktop.store import migrations

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        migrations.apply(raw)
        names = [row[0] for row in raw.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert tuple(names) == MIGRATIONS


def test_a_failed_step_leaves_no_new_library(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from samverkan_desktop.store import migrations

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(migrations.steps, "_record_applied", fail)
    with pytest.raises(SamverkanError):
        Library.open(path)
    assert list(path.parent.iterdir()) == []


def test_a_library_that_another_program_writes_is_told(filled: Path) -> None:
    with (
        Library.open(filled, wait=0.05) as library,
        closing(sqlite3.connect(filled, isolation_level=None)) as other,
    ):
        old = library.load("d0")
        new = replace(old, title="Ny titel")
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(LibraryLockedError, match="annat program"):
            library.save(new, old)
        assert library.load("d0") == old  # reading goes on

        other.execute("ROLLBACK")
        library.save(new, old)
        assert library.load("d0") == new


def let_go(other: subprocess.Popen[str], statement: str) -> None:
    if statement.startswith("BEGIN"):  # the save has begun to wait
        other.stdin.write("\n")
        other.stdin.flush()


def test_a_save_waits_for_the_others_to_end(filled: Path) -> None:
    code = (
        "import sqlite3, sys\n"
        "raw = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "raw.execute('BEGIN IMMEDIATE')\n"
        "print('låst', flush=True)\n"
        "sys.stdin.readline()\n"
        "raw.execute('ROLLBACK')\n"
    )
    with (
        Library.open(filled, wait=60) as library,
        subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", code, str(filled)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as other,
    ):
        assert other.stdout.readline() == "låst\n"
        old = library.load("d0")
        library._file.connection.set_trace_callback(lambda statement: let_go(other, statement))
        library.save(replace(old, title="Ny titel"), old)
        assert library.load("d0").title == "Ny titel"


@pytest.fixture
def full_disk() -> Iterator[Path]:
    """A disk of half a megabyte."""
    with small_disk("512k") as folder:
        yield folder


def fill_until_it_fails(library: Library) -> Draft:
    saved = library.add(Draft(id="a", template="t", title="T"))
    failure: WriteError | None = None
    while failure is None:
        assert len(saved.sections) < 500, "it never became full"
        section = Section(key=f"k{len(saved.sections)}", content=(paragraph("text " * 2000),))
        new = replace(saved, sections=(*saved.sections, section))
        try:
            library.save(new, saved)
        except WriteError as error:
            failure = error
        else:
            saved = new
    assert "disken är full" in str(failure)
    assert "Inget har ändrats" in str(failure)
    return saved


def test_a_full_disk_keeps_what_was_saved_and_recovers(full_disk: Path) -> None:
    ballast = full_disk / "annat"
    ballast.write_bytes(bytes(150_000))
    with Library.open(full_disk / "b.db") as library:
        saved = fill_until_it_fails(library)
        assert library.load("a").title == "T"
        assert len(library.load("a").sections) == len(saved.sections)
        ballast.unlink()  # the officer makes room, and the next autosave succeeds
        library.save(replace(saved, title="Efteråt"), saved)
        assert library.load("a").title == "Efteråt"
    with Library.open(full_disk / "b.db") as library:
        assert library.load("a").title == "Efteråt"


def test_a_new_library_on_a_full_disk_leaves_nothing(full_disk: Path) -> None:
    (full_disk / "annat").write_bytes(bytes(500_000))
    with pytest.raises(WriteError, match="disken är full"):
        Library.open(full_disk / "b.db")
    assert [p.name for p in full_disk.iterdir()] == ["annat"]


def test_a_limit_on_file_size_keeps_what_was_saved(path: Path) -> None:
    with Library.open(path) as library:
        with largest_file(400_000):
            saved = fill_until_it_fails(library)
            assert len(library.load("a").sections) == len(saved.sections)
        library.save(replace(saved, title="Efteråt"), saved)
        assert library.load("a").title == "Efteråt"


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Be someone whom permissions hold for; root may write everywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(ORDINARY_USER)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may come to, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="samverkan-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


def test_a_write_protected_library_can_be_read_but_not_saved_in(open_folder: Path) -> None:
    path = open_folder / "b.db"
    with Library.open(path) as library:
        old = library.add(long_draft("a"))
    path.chmod(0o444)
    before = path.read_bytes()
    with ordinary_user(), Library.open(path) as library:
        assert library.load("a") == old
        with pytest.raises(WriteError, match="skrivskyddad"):
            library.save(replace(old, title="Ny"), old)
        assert library.load("a") == old
    assert path.read_bytes() == before


def test_a_search_that_can_not_see_the_last_changes_says_so(open_folder: Path) -> None:
    path = open_folder / "b.db"
    with Library.open(path) as library:
        old = library.add(long_draft("a"))
        library.save(replace(old, title="Nyskrivet"), old)
    path.chmod(0o444)
    with ordinary_user(), Library.open(path) as library, pytest.raises(WriteError):
        library.search("nyskrivet")
    path.chmod(0o644)
    with Library.open(path) as library:
        assert library.search("nyskrivet")
    path.chmod(0o444)
    with ordinary_user(), Library.open(path) as library:
        assert library.search("nyskrivet")


def test_a_library_in_a_write_protected_folder_is_told(open_folder: Path) -> None:
    path = open_folder / "b.db"
    with Library.open(path) as library:
        library.add(long_draft("a"))
    path.chmod(0o444)
    open_folder.chmod(0o555)
    before = path.read_bytes()
    with ordinary_user(), pytest.raises(LibraryUnavailableError, match="behörighet"):
        Library.open(path)
    with ordinary_user(), pytest.raises(WriteError, match="behörighet"):
        Library.open(open_folder / "ny.db")
    with ordinary_user(), pytest.raises(WriteError, match="behörighet"):
        Library.open(open_folder / "ny" / "ny.db")
    assert path.read_bytes() == before
    assert list(open_folder.iterdir()) == [path]


def test_a_library_whose_folder_takes_no_files_beside_it_is_told(open_folder: Path) -> None:
    path = open_folder / "b.db"
    Library.open(path).close()
    path.chmod(0o666)
    open_folder.chmod(0o555)
    before = path.read_bytes()
    with ordinary_user(), pytest.raises(WriteError, match="mappen är skrivskyddad"):
        Library.open(path)
    assert path.read_bytes() == before


def test_a_library_that_may_not_be_read_is_told(open_folder: Path) -> None:
    path = open_folder / "b.db"
    Library.open(path).close()
    path.chmod(0)
    with ordinary_user(), pytest.raises(LibraryUnavailableError, match="behörighet"):
        Library.open(path)


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailableError, match="mapp"):
        Library.open(tmp_path)


def test_a_file_is_no_folder_for_a_library(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("i vägen", encoding="utf-8")
    with pytest.raises(WriteError):
        Library.open(tmp_path / "fil" / "b.db")
    with pytest.raises(WriteError):
        Library.open(Path("/proc/finns-inte/b.db"))


def journal_mode(library: Library) -> str:
    return str(library._file.connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_writes_are_logged_and_forced_to_disk(filled: Path) -> None:
    with Library.open(filled) as library:
        assert journal_mode(library) == "wal"
        assert library._file.connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert library._file.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_where_shared_memory_is_missing_a_rollback_journal_is_used(
    filled: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = connection._uri
    # this way of locking files has no shared memory, as network folders have none
    monkeypatch.setattr(connection, "_uri", lambda p, m: usual(p, m) + "&vfs=unix-dotfile")
    for place in (filled, path.with_name("ny.db")):  # one that is in WAL mode, and a new one
        with Library.open(place) as library:
            assert journal_mode(library) == "truncate"
            saved = library.add(long_draft("ny"))
            assert library.load("ny") == saved
        with Library.open(place) as library:
            assert library.load("ny") == saved


@pytest.mark.parametrize("share", ["//server/delad/b.db", "\\\\server\\delad\\b.db"])
def test_a_network_share_is_not_trusted_with_a_log(
    share: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os.path, "realpath", lambda _: share)  # as Windows resolves it
    with closing(sqlite3.connect(":memory:")) as raw:
        seen: list[str] = []
        raw.set_trace_callback(seen.append)
        connection._choose_journal(raw, Path("H:/b.db"))
    assert not any("WAL" in statement for statement in seen)
    assert any("TRUNCATE" in statement for statement in seen)


def test_odd_characters_in_the_path_are_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "åäö 100% #1?mode=ro & co" / "b;?x=1.db"
    with Library.open(path) as library:
        library.add(long_draft("a"))
    assert path.is_file()
    with Library.open(path) as library:
        assert library.load("a") == long_draft("a")
