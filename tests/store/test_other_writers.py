"""Another process writes the same library: nobody's text is lost, and nothing is written unseen."""

import gc
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import (
    ChangedElsewhereError,
    LibraryGoneError,
    UnknownDraftError,
)
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.services import saving
from samverkan_desktop.store import connection
from samverkan_desktop.store.copying import copy_library
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.proving import new_file

BEGUN = Draft(id="d", template="t", title="Utkast")


@pytest.fixture
def other(library: Library) -> Iterator[Library]:
    """The same library, opened by another."""
    with Library.open(library.path) as opened:
        yield opened


def written(library: Library) -> tuple[Draft, Draft]:
    """What one process has loaded, and what another has made of it."""
    mine = library.add(BEGUN)
    with Library.open(library.path) as other:
        theirs = other.load("d")
        other.save(replace(theirs, title="Deras rubrik"), theirs)
    return mine, replace(mine, title="Min rubrik")


def test_what_another_has_written_is_not_written_over(library: Library) -> None:
    loaded, edited = written(library)
    with pytest.raises(ChangedElsewhereError, match="Inget har skrivits över"):
        library.save(edited, loaded)
    assert library.load("d").title == "Deras rubrik"


def test_a_draft_read_again_for_something_else_hides_no_change(library: Library) -> None:
    """As when it is duplicated while it is open: what the editor holds is still the older one."""
    loaded, edited = written(library)
    library.load("d")
    with pytest.raises(ChangedElsewhereError):
        library.save(edited, loaded)


def test_a_draft_opened_before_many_others_is_still_saved_and_guarded(library: Library) -> None:
    first, edited = written(library)
    for number in range(150):
        library.add(replace(BEGUN, id=f"annat-{number}"))
    with pytest.raises(ChangedElsewhereError):
        library.save(edited, first)
    theirs = library.load("d")
    for number in range(150):
        library.load(f"annat-{number}")
    library.save(replace(theirs, title="Vår rubrik"), theirs)
    assert library.load("d").title == "Vår rubrik"


def test_adding_thousands_of_drafts_does_not_keep_them_all_in_memory(library: Library) -> None:
    for number in range(300):
        library.add(replace(BEGUN, id=f"annat-{number}"))
    gc.collect()
    held = [one for one in gc.get_objects() if isinstance(one, Draft) and one.id[:6] == "annat-"]
    assert len(held) < 200


def test_a_draft_read_again_unchanged_can_be_saved(library: Library) -> None:
    loaded = library.add(BEGUN)
    library.load("d")
    library.save(replace(loaded, title="Ny"), loaded)
    assert library.load("d").title == "Ny"


def test_another_draft_that_was_written_meanwhile_is_no_matter(library, other) -> None:
    loaded = library.add(BEGUN)
    other.add(replace(BEGUN, id="e"))
    library.save(replace(loaded, title="Ny"), loaded)
    assert library.load("d").title == "Ny"


def test_both_texts_are_kept_the_others_as_a_version_that_stays(library: Library) -> None:
    loaded, edited = written(library)
    kept = saving.save(library, edited, loaded)
    assert library.load("d").title == "Min rubrik"
    assert kept.reason is Reason.NAMED
    assert library.history.draft("d", kept.number).title == "Deras rubrik"
    assert saving.save(library, replace(edited, title="Vidare"), edited) is None


def test_a_third_that_comes_between_is_not_written_over_either(library, monkeypatch) -> None:
    loaded, edited = written(library)
    keep = library.history.keep

    def keep_slowly(*given: object) -> object:
        with Library.open(library.path) as third:
            now = third.load("d")
            third.save(replace(now, title="Tredje"), now)
        return keep(*given)

    monkeypatch.setattr(library.history, "keep", keep_slowly)
    with pytest.raises(ChangedElsewhereError):
        saving.save(library, edited, loaded)
    monkeypatch.undo()
    kept = saving.save(library, edited, loaded)
    assert library.history.draft("d", kept.number).title == "Tredje"


def test_a_draft_that_is_gone_is_added_again(library: Library, other: Library) -> None:
    loaded = library.add(BEGUN)
    other.delete("d")
    other.erase("d")
    saving.save(library, replace(loaded, title="Skrivet sedan"), loaded)
    assert library.load("d").title == "Skrivet sedan"


def test_news_are_what_others_have_written(library: Library, other: Library) -> None:
    library.has_news()
    library.add(BEGUN)
    assert not library.has_news()
    other.add(replace(BEGUN, id="e"))
    assert library.has_news()
    assert not library.has_news()


def test_whether_a_value_is_the_stored_one(library: Library) -> None:
    loaded, edited = written(library)
    assert not library.is_stored(loaded)
    assert not library.is_stored(edited)
    assert library.is_stored(library.load("d"))
    with pytest.raises(UnknownDraftError):
        library.is_stored(replace(BEGUN, id="ingen"))


# The file or its folder goes away while it is open


def test_nothing_is_called_saved_in_a_file_that_was_deleted(library: Library) -> None:
    loaded = library.add(BEGUN)
    shutil.rmtree(library.path.parent)
    with pytest.raises(LibraryGoneError, match="finns inte längre på sin plats"):
        library.save(replace(loaded, title="Ny"), loaded)
    assert not library.path.parent.exists(), "an empty library was put in its place"


def test_a_folder_that_vanishes_in_the_middle_of_a_change_is_noticed(library, monkeypatch) -> None:
    loaded = library.add(BEGUN)
    clock = library._file.clock

    def vanish() -> object:
        shutil.rmtree(library.path.parent)
        return clock()

    def late(*given: object) -> None:
        update(*given)
        vanish()

    from samverkan_desktop.store import library as module

    update = module.update_draft
    monkeypatch.setattr(module, "update_draft", late)
    with pytest.raises(LibraryGoneError):
        library.save(replace(loaded, title="Ny"), loaded)


def test_a_file_that_comes_back_is_written_again(library: Library, tmp_path: Path) -> None:
    loaded = library.add(BEGUN)
    edited = replace(loaded, title="Ny")
    library.path.parent.rename(tmp_path / "borta")
    with pytest.raises(LibraryGoneError):
        library.save(edited, loaded)
    (tmp_path / "borta").rename(library.path.parent)
    library.save(edited, loaded)
    with Library.open(library.path) as again:
        assert again.load("d").title == "Ny"


def test_an_older_copy_in_its_place_loses_neither_text(library: Library, tmp_path: Path) -> None:
    loaded = library.add(BEGUN)
    copy_library(library.path, new_file(tmp_path / "kopia.db"), lambda _done, _total: None)
    edited = replace(loaded, title="Sparat efter kopian")
    library.save(edited, loaded)
    shutil.rmtree(library.path.parent)
    library.path.parent.mkdir()
    (tmp_path / "kopia.db").rename(library.path)
    kept = saving.save(library, replace(edited, title="Nyast"), edited)
    with Library.open(library.path) as again:
        assert again.load("d").title == "Nyast"
        assert again.history.draft("d", kept.number).title == "Utkast"


# File systems without the locks that SQLite wants


@pytest.mark.parametrize("system", ["unix-dotfile", "unix-none"])
def test_a_library_works_on_a_file_system_without_locks(path, monkeypatch, system: str) -> None:
    uri = connection._uri
    monkeypatch.setattr(connection, "_uri", lambda *given: f"{uri(*given)}&vfs={system}")
    with Library.open(path) as library:
        mode = library._file.connection.execute("PRAGMA journal_mode").fetchone()[0]
        assert mode != "wal", "a log in shared memory needs locks"
        loaded = library.add(BEGUN)
        library.save(replace(loaded, title="Ny"), loaded)
        library.search("ny")
    with Library.open(path) as again:
        assert again.load("d").title == "Ny"


def test_a_network_folder_on_linux_has_no_write_ahead_log(path, monkeypatch) -> None:
    monkeypatch.setattr(connection, "is_network", lambda _path: True)
    with Library.open(path) as library:
        library.add(BEGUN)
        mode = library._file.connection.execute("PRAGMA journal_mode").fetchone()[0]
    assert mode == "truncate"
