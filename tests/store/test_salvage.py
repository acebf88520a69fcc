"""A damaged file: never a traceback, and every draft whose pages are there comes back as it was."""

import random
import shutil
import sqlite3
import struct
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samverkan_desktop.domain.errors import MendingError
from samverkan_desktop.services.mending import mend
from samverkan_desktop.store.cells import rows_on
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.pages import Layout, Pages, open_pages
from samverkan_desktop.store.remains import NAMES, gather
from tests.store import damaging
from tests.store.damaging import PAGE, Sound

DAMAGES = 200  # here; bench/damage.py does 2,000


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """A closed library."""
    return damaging.make(tmp_path_factory.mktemp("hel") / "b.db", 10)


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """A library with a log beside it, as a crash leaves it."""
    folder = tmp_path_factory.mktemp("logg")
    return damaging.with_log(folder / "b.db", folder / "början.db", 10)


def copied(sound: Sound, folder: Path) -> Sound:
    folder.mkdir(parents=True, exist_ok=True)
    for beside in ("", "-wal"):
        source = sound.path.with_name(sound.path.name + beside)
        if source.exists():
            shutil.copy(source, folder / source.name)
    return replace(sound, path=folder / sound.path.name)


def brought_back(copy: Sound) -> dict[str, object]:
    """Mend, and return the drafts and the ids of those in the bin."""
    mend(copy.path)
    with Library.open(copy.path) as library:
        in_bin = frozenset(s.id for s in library.bin())
        ids = in_bin | {s.id for s in library.summaries()}
        return {"": in_bin, **{draft_id: library.load(draft_id) for draft_id in ids}}


@pytest.mark.parametrize("kind", ["sound", "logged"])
def test_a_random_damage_takes_only_what_it_hit(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    whole: Sound = request.getfixturevalue(kind)
    lost, checked = [], 0
    for seed in range(DAMAGES // 2):
        copy = copied(whole, tmp_path / str(seed))
        damage = damaging.at_random(copy, random.Random(seed))
        spared = {d for d, needed in whole.needed.items() if not needed & damage.pages}
        try:
            found = brought_back(copy)
        except MendingError:  # there is nothing left in the file
            found = {"": frozenset()}
        for draft_id in spared:
            in_bin = (draft_id in found[""]) == (draft_id in whole.in_bin)
            if found.get(draft_id) != whole.drafts[draft_id] or not in_bin:
                lost.append(f"{seed} {damage.name}: {draft_id}")
        checked += len(spared)
        shutil.rmtree(copy.path.parent)
    assert lost == []
    assert checked > DAMAGES  # or the damages were too many to say anything


def test_a_sound_library_comes_back_as_it_was(sound: Sound, tmp_path: Path) -> None:
    copy = copied(sound, tmp_path)
    before = contents(copy.path)
    account = mend(copy.path)
    assert all(draft.is_whole for draft in account.drafts)
    assert contents(copy.path) == before


def test_what_a_log_holds_comes_back(logged: Sound, tmp_path: Path) -> None:
    found = brought_back(copied(logged, tmp_path))
    assert {d: found[d] for d in logged.drafts} == logged.drafts


def contents(path: Path) -> dict[str, list[tuple]]:
    """The rows of all tables but those of the search index."""
    with closing(sqlite3.connect(path)) as raw:
        tables = [t for t in NAMES if t not in {"words_content", "_sqlite_migrations"}]
        return {t: sorted(map(repr, raw.execute(f"SELECT * FROM {t}"))) for t in tables}


def test_the_same_rows_are_found_as_sqlite_finds(sound: Sound) -> None:
    with open_pages(sound.path, rows_on) as pages:
        remains = gather(pages)
        own = {t: sum(map(len, owners.values())) for t, owners in remains.rows.items()}
    with closing(sqlite3.connect(sound.path)) as raw:
        for name, table in NAMES.items():
            count = raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            assert own[table] == count, name
            assert table in remains.whole


@pytest.mark.parametrize("size", [512, 1024, 8192, 65536])
def test_every_page_size_is_read(size: int, sound: Sound, tmp_path: Path) -> None:
    copy = copied(sound, tmp_path)
    with closing(sqlite3.connect(copy.path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute(f"PRAGMA page_size = {size}")
        raw.execute("VACUUM")
    overwrite(copy.path, 0, bytes(100))  # the size has to be found out
    found = brought_back(copy)
    assert {d: found[d] for d in sound.drafts} == sound.drafts


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        file.write(data)


def test_a_wrong_page_size_in_the_header_is_seen_through(sound: Sound, tmp_path: Path) -> None:
    for size in (512, 8192, 3, 0):
        copy = copied(sound, tmp_path / str(size))
        overwrite(copy.path, 16, size.to_bytes(2, "big"))
        found = brought_back(copy)
        assert {d: found[d] for d in sound.drafts} == sound.drafts


def test_an_interrupted_change_is_taken_back(sound: Sound, tmp_path: Path) -> None:
    """As on a network folder, where a rollback journal holds the pages as they were."""
    copy = copied(sound, tmp_path / "a")
    with closing(sqlite3.connect(copy.path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = TRUNCATE")
        raw.execute("PRAGMA cache_size = 1")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE parts SET value = replace(value, '§', '?')")
        half = replace(copy, path=tmp_path / "b.db")
        for suffix in ("", "-journal"):
            shutil.copy(f"{copy.path}{suffix}", f"{half.path}{suffix}")
        raw.execute("ROLLBACK")
    assert b"?003?" in half.path.read_bytes()
    overwrite(half.path, 0, bytes(100))
    found = brought_back(half)
    assert {d: found[d] for d in sound.drafts} == sound.drafts


def pages_of(path: Path, table: str, kind: str) -> list[int]:
    """The numbers of a table's pages, as SQLite tells them."""
    which = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ?"
    with closing(sqlite3.connect(path)) as raw:
        return [page for (page,) in raw.execute(which, (table, kind))]


def test_removed_sections_do_not_come_back(sound: Sound, tmp_path: Path) -> None:
    """From a library whose free pages weren't cleared, as older ones' weren't."""
    copy = copied(sound, tmp_path)
    shorter = {d: replace(draft, sections=draft.sections[:1]) for d, draft in sound.drafts.items()}
    with Library.open(copy.path) as library:
        library._file.connection.execute("PRAGMA secure_delete = OFF")
        for draft_id, draft in shorter.items():
            library.save(draft, sound.drafts[draft_id])
        library._file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with open_pages(copy.path, rows_on) as pages:
        free = [page for page in pages.free() if rows_on(pages.newest(page).data, pages.layout)]
        rows = sum(map(len, gather(pages).rows["parts"].values()))
    assert free  # pages with rows that were removed
    assert rows == 2 * len(shorter)
    (root,) = pages_of(copy.path, "drafts_by_change", "leaf")
    overwrite(copy.path, (root - 1) * PAGE, bytes(PAGE))  # an index: no row is lost
    found = brought_back(copy)
    assert {d: found[d] for d in shorter} == shorter


def test_pages_that_a_table_no_longer_leads_to_are_found(sound: Sound, tmp_path: Path) -> None:
    """Its topmost page leads to one page fewer, and looks sound."""
    copy = copied(sound, tmp_path)
    (top,) = pages_of(copy.path, "parts", "internal")
    data = copy.path.read_bytes()
    (count,) = struct.unpack_from(">H", data, (top - 1) * PAGE + 3)
    overwrite(copy.path, (top - 1) * PAGE + 3, struct.pack(">H", count - 1))
    with open_pages(copy.path, rows_on) as pages:
        assert "parts" not in gather(pages).whole
    found = brought_back(copy)
    assert {d: found[d] for d in sound.drafts} == sound.drafts


def damaged_section(sound: Sound, folder: Path) -> tuple[Sound, str, str]:
    """Spoil the JSON of one section, and return the draft and the section."""
    copy = copied(sound, folder)
    draft = next(d for d in sound.drafts.values() if len(d.sections) > 2)
    key = draft.sections[1].key
    with closing(sqlite3.connect(copy.path)) as raw:
        number = raw.execute("SELECT number FROM drafts WHERE id = ?", (draft.id,)).fetchone()[0]
        raw.execute(
            "UPDATE parts SET value = substr(value, 1, length(value) - 3) || '???' "
            "WHERE draft = ? AND part = ?",
            (number, key),
        )
        raw.execute("DELETE FROM versions")  # or they would help
        raw.commit()
    return copy, draft.id, key


def test_a_section_that_is_no_json_any_more_is_kept_as_text(sound: Sound, tmp_path: Path) -> None:
    from samverkan_desktop.domain.text import plain_text

    copy, draft_id, key = damaged_section(sound, tmp_path)
    account = next(d for d in mend(copy.path).drafts if d.id == draft_id)
    assert account.plain == (key,)
    with Library.open(copy.path) as library:
        after, before = library.load(draft_id), sound.drafts[draft_id]
    assert [s.key for s in after.sections] == [s.key for s in before.sections]
    for one, other in zip(before.sections, after.sections, strict=True):
        if one.key == key:
            words = plain_text(one.content).split()
            assert plain_text(other.content).split() == words
        else:
            assert one == other


def test_a_byte_that_is_no_text_costs_one_character(sound: Sound, tmp_path: Path) -> None:
    copy = copied(sound, tmp_path)
    data, word = copy.path.read_bytes(), "§ nämnden".encode()
    for page in pages_of(copy.path, "parts", "overflow"):
        at = data.find(word, (page - 1) * PAGE, page * PAGE)
        if at > 0:
            break
    overwrite(copy.path, at + 5, b"\xff")
    account = mend(copy.path)
    (told,) = (draft for draft in account.drafts if not draft.is_whole)
    assert told.is_doubtful
    with Library.open(copy.path) as library:
        text = str(library.load(told.id))
    assert text.count("\N{REPLACEMENT CHARACTER}") == 1


def test_a_chain_that_goes_round_ends_and_the_last_version_helps(
    sound: Sound, tmp_path: Path
) -> None:
    copy = copied(sound, tmp_path)
    for page in pages_of(copy.path, "parts", "overflow"):
        overwrite(copy.path, (page - 1) * PAGE, page.to_bytes(4, "big"))
    account = mend(copy.path)
    assert any(draft.from_history for draft in account.drafts)
    with Library.open(copy.path) as library:
        for draft_id, draft in sound.drafts.items():
            keys = {s.key for s in library.load(draft_id).sections}
            assert keys >= {s.key for s in draft.sections}


def leaf(*cells: bytes) -> bytes:
    """A page of a table with these cells."""
    page = bytearray(PAGE)
    page[0] = 13
    at = PAGE
    for i, cell in enumerate(cells):
        at -= len(cell)
        page[at : at + len(cell)] = cell
        struct.pack_into(">H", page, 8 + 2 * i, at)
    struct.pack_into(">H", page, 3, len(cells))
    return bytes(page)


HUGE = b"\xff\xff\xff\xff\xff\xff\xff\xff\xff"  # the largest number there is


@pytest.mark.parametrize(
    "cell",
    [
        HUGE + b"\x01",
        HUGE + HUGE + b"\x06" + HUGE,
        b"\x05\x01\x7f\x01\x01\x01\x01",
        b"\x00\x00",
        b"\x0a\x01\x0a" + b"\x81" * 9,
        b"",
    ],
)
def test_absurd_sizes_are_no_rows(cell: bytes) -> None:
    assert rows_on(leaf(cell), Layout(PAGE)) == 0


def number_of_four(value: int) -> bytes:
    """A number as SQLite writes it, in four bytes."""
    return bytes(((value >> shift) & 0x7F) | (0x80 if shift else 0) for shift in (21, 14, 7, 0))


def test_rows_that_share_one_long_chain_are_read_in_bounded_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As only somebody who means ill could make them."""
    length = 600_000
    pages = length // (PAGE - 4) + 1
    text = length - 70 - 4
    serial = 13 + 2 * text
    varint = number_of_four(serial)
    record = b"\x01\x0f\x01" + varint + b"\x0d"  # int, text of one, int, text, empty text
    header = bytes([len(record) + 1]) + record
    whole = len(header) + 1 + 1 + 1 + text
    size = number_of_four(whole)
    least = (PAGE - 12) * 32 // 255 - 23
    kept = least + (whole - least) % (PAGE - 4)
    kept = kept if kept <= PAGE - 35 else least
    body = (header + b"\x01a\x01" + b"x" * kept)[:kept]
    cell = size + b"\x01" + body + (3).to_bytes(4, "big")
    chain = [(i + 4 if i + 1 < pages else 0).to_bytes(4, "big") + b"x" * 4092 for i in range(pages)]
    full = max(1, (PAGE - 100) // (len(cell) + 2))
    path = tmp_path / "b.db"
    path.write_bytes(
        bytes(PAGE) + leaf(*[cell] * full) + b"".join(chain) + leaf(*[cell] * full) * 60
    )
    read: list[int] = []
    usual = Pages._beside_of
    monkeypatch.setattr(Pages, "_beside_of", lambda s, p, of: read.append(p) or usual(s, p, of))
    mend(path)
    assert len(read) < 40 * pages
    with Library.open(path) as library:
        (draft,) = (library.load(s.id) for s in library.summaries())
    assert len(draft.sections) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(junk=st.binary(max_size=3 * PAGE), log=st.binary(max_size=9000))
def test_any_bytes_give_no_other_error(junk: bytes, log: bytes, tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    path.write_bytes(junk)
    path.with_name("b.db-wal").write_bytes(log)
    with pytest.raises(MendingError, match="går att läsa"):
        mend(path)
    assert path.read_bytes() == junk
    assert path.with_name("b.db-wal").read_bytes() == log


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.data())
def test_pages_of_any_content_give_no_other_error(
    sound: Sound, tmp_path: Path, data: st.DataObject
) -> None:
    copy = copied(sound, tmp_path / "w")
    count = copy.path.stat().st_size // PAGE
    cells = st.lists(st.binary(min_size=1, max_size=60), max_size=20)
    for page in data.draw(st.lists(st.integers(1, count), max_size=20)):
        content = leaf(*data.draw(cells)) if data.draw(st.booleans()) else b"\x05" * PAGE
        overwrite(copy.path, (page - 1) * PAGE, content)
    try:
        mend(copy.path)
    except MendingError:
        pass
    finally:
        shutil.rmtree(tmp_path / "w")
