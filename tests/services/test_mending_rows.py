"""Single rows and pages of a damaged library: what each costs, and that it costs nothing else."""

import os
import sqlite3
import struct
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Section
from samverkan_desktop.domain.errors import LibraryDamagedError
from samverkan_desktop.domain.text import paragraph, plain_text
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.services.mending import check_quickly, mend
from samverkan_desktop.store.library import Library
from tests.services.test_mending import (
    PAGE,
    a_draft,
    everything,
    pages_of,
    path,
    sql,
    told,
    zero_pages,
)

__all__ = ["path"]
WHOLE = {name: a_draft(name) for name in ("lekplats", "cykelväg", "skola")}
NO_HASH = f"CAST(x'{'ff' * 64}' AS TEXT)"  # as long as one, of bytes that are no text


def put(path: Path, at: int, data: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(at, os.SEEK_SET if at >= 0 else os.SEEK_END)
        file.write(data)


def pointer(path: Path, page: int, which: int = 0) -> int:
    """Where a page tells where a cell of it is."""
    kind = path.read_bytes()[(page - 1) * PAGE]
    return (page - 1) * PAGE + (12 if kind == 5 else 8) + 2 * which


def test_damage_that_is_met_while_working_is_told(path: Path) -> None:
    check_quickly(path, 1.0)
    put(path, pointer(path, pages_of(path, "parts", "leaf")[0]), b"\0\0")
    with pytest.raises(LibraryDamagedError):
        check_quickly(path, 1.0)


def test_pages_that_one_wrong_number_cuts_off_are_found(path: Path) -> None:
    (top,) = pages_of(path, "parts", "internal")
    put(path, pointer(path, top), b"\xff\xff")
    account = mend(path)
    assert everything(path) == WHOLE
    assert all(draft.is_whole for draft in account.drafts)


def test_what_was_on_a_page_that_is_cut_off_and_empty_is_missed(path: Path) -> None:
    (top,) = pages_of(path, "parts", "internal")
    data, place = path.read_bytes(), pointer(path, top, 1)
    at = (top - 1) * PAGE + int.from_bytes(data[place : place + 2], "big")
    put(path, (int.from_bytes(data[at : at + 4], "big") - 1) * PAGE, bytes(PAGE))
    put(path, place, b"\xff\xff")
    account = mend(path)
    assert everything(path) == WHOLE
    assert any(draft.from_history for draft in account.drafts)


def test_a_section_that_one_wrong_number_hides_comes_from_a_version(path: Path) -> None:
    put(path, pointer(path, pages_of(path, "parts", "leaf")[0], 1), b"\0\0")
    account = mend(path)
    assert everything(path) == WHOLE
    assert [draft.from_history for draft in account.drafts if draft.from_history] != []


def test_a_row_that_claims_more_than_the_file_holds_is_none(path: Path) -> None:
    """A section of a gigabyte, by what the row says of itself."""

    def number(value: int) -> bytes:
        shifts = range(7 * 4, -1, -7)
        return bytes(((value >> shift) & 0x7F) | (0x80 if shift else 0) for shift in shifts)

    size = 2**30
    record = b"\x01\x13\x01" + number(13 + 2 * size) + b"\x0d"  # of draft 99: "nya", at 1, so much
    header = bytes([len(record) + 1]) + record
    whole = len(header) + 1 + 3 + 1 + size
    least = (PAGE - 12) * 32 // 255 - 23
    kept = least + (whole - least) % (PAGE - 4)
    kept = kept if kept <= PAGE - 35 else least
    cell = number(whole) + b"\x63" + (header + b"\x63nya\x01").ljust(kept, b"x") + b"\0\0\0\2"
    page = bytearray(PAGE)
    page[0], page[3:5] = 13, b"\0\1"
    page[8:10] = struct.pack(">H", PAGE - len(cell))
    page[PAGE - len(cell) :] = cell
    with path.open("ab") as file:
        file.write(page)
    zero_pages(path, "drafts")
    mend(path)
    assert everything(path) == WHOLE


def test_an_erased_draft_stays_erased(path: Path) -> None:
    """Though its rows are on pages that are free now, as an older version left them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("DELETE FROM drafts WHERE id = 'cykelväg'")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    zero_pages(path, "drafts")
    assert b'"key":"cykelv' in path.read_bytes()
    mend(path)
    assert everything(path) == {name: WHOLE[name] for name in ("lekplats", "skola")}


@pytest.mark.parametrize("head", ["value", "'x'"])
def test_a_title_that_is_no_text_comes_from_elsewhere(path: Path, head: str) -> None:
    """From the draft itself, or where that is lost too, from what search knows."""
    sql(path, "DELETE FROM versions", "DELETE FROM pieces")
    sql(path, f"UPDATE parts SET value = {head} WHERE part = '' AND draft = 1")
    at = path.read_bytes().index(b"lekplatsstockholm-remissvarOm lekplats")
    put(path, at + len("lekplatsstockholm-remissvarO"), b"\xff")
    mend(path)
    titles = {draft.title: draft.sections for draft in everything(path).values()}
    assert titles == {draft.title: draft.sections for draft in WHOLE.values()}


def test_half_an_index_of_words_tells_no_titles(path: Path) -> None:
    sql(path, "DELETE FROM versions", "DELETE FROM pieces")
    sql(path, "UPDATE words_content SET c1 = c1 || char(10) || 'mer' WHERE id = 1")
    sql(path, "UPDATE parts SET value = 'x', text = '' WHERE part = '' AND draft = 1")
    mend(path)
    found = everything(path)["lekplats"]
    assert (found.title, found.sections) == ("Om lekplats", a_draft("lekplats").sections)


@pytest.fixture
def quoting(path: Path) -> Path:
    """With a section newer than any version, that says "så" and is no JSON any more."""
    draft = a_draft("lekplats")
    new = Section(key="ny", content=(paragraph('Vi säger "så" här.'),))
    with Library.open(path) as library:
        library.save(replace(draft, sections=(*draft.sections, new)), draft)
    sql(
        path,
        r"""UPDATE parts SET value = replace(value, '\"', '\q'), text = '' WHERE part = 'ny'""",
    )
    return path


def test_a_wrong_character_after_a_backslash_costs_no_text(quoting: Path) -> None:
    account = mend(quoting)
    assert (
        plain_text(everything(quoting)["lekplats"].sections[-1].content) == r"Vi säger \qså\q här."
    )
    assert told(account, "lekplats").plain == ("ny",)


def test_what_no_version_has_stays_as_text(quoting: Path) -> None:
    """While what they do have comes from there."""
    sql(quoting, "UPDATE parts SET value = '', text = '' WHERE part = 'lekplats-sist'")
    account = told(mend(quoting), "lekplats")
    assert (account.from_history, account.plain) == (("lekplats-sist",), ("ny",))
    assert everything(quoting)["lekplats"].sections[:3] == a_draft("lekplats").sections


def test_a_file_that_nothing_names_rightly_is_told_as_lost(path: Path) -> None:
    sql(path, "PRAGMA foreign_keys = OFF", f"UPDATE files SET sha256 = {NO_HASH} WHERE draft = 1")
    account = mend(path)
    assert told(account, "lekplats").lost_files == ("karta.png",)
    assert told(account, "cykelväg").is_whole


def test_a_version_that_nothing_names_rightly_is_counted(path: Path) -> None:
    off = ("DROP TRIGGER versions_never_change", "PRAGMA foreign_keys = OFF")
    sql(path, *off, f"UPDATE versions SET tree = {NO_HASH} WHERE draft = 1")
    sql(path, off[1], f"INSERT INTO pieces VALUES (1, '{'a' * 64}', {NO_HASH}, x'00')")
    account = mend(path)
    assert told(account, "lekplats").lost_versions == 1
    with Library.open(path) as library:
        assert library.history.versions("lekplats") == ()
        assert len(library.history.versions("cykelväg")) == 1
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT count(*) FROM pieces WHERE draft = 1").fetchone() == (0,)


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        ("UPDATE journal SET at = 'i går' WHERE draft_id = 'lekplats'", 1),
        (f"UPDATE journal_ends SET sha256 = {NO_HASH} WHERE draft_id = 'lekplats'", 0),
    ],
)
def test_a_journal_is_ended_where_it_can_be(path: Path, damage: str, broken: int) -> None:
    sql(path, "DROP TRIGGER journal_never_changes", damage)
    assert mend(path).broken_journals == broken
    with Library.open(path) as library:
        assert len(library.history.problems()) == broken


def test_a_log_that_began_anew_and_lost_its_header_gives_the_newest(path: Path) -> None:
    """Most of its frames are older: they were copied into the file long ago."""
    copies = (
        path.with_name("bibliotek-2.samverkandb"),
        path.with_name("bibliotek-2.samverkandb-wal"),
    )
    with Library.open(path) as library:
        for title in ("En", "Två", "Tre"):
            draft = library.load("lekplats")
            library.save(replace(draft, title=title), draft)
            library.history.keep("lekplats", Reason.NAMED, title)
        library._file.connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        draft = library.load("lekplats")
        library.save(replace(draft, title="Fyra"), draft)
        for copy, suffix in zip(copies, ("", "-wal"), strict=True):
            copy.write_bytes(path.with_name(path.name + suffix).read_bytes())
    put(copies[1], 0, bytes(32))
    mend(copies[0])
    assert everything(copies[0])["lekplats"].title == "Fyra"
