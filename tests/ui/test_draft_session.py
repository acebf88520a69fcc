"""An open draft: what is typed is in the library soon, whatever happens on the way."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.domain.outline import put_section
from samverkan_desktop.domain.text import paragraph
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store.history import History
from samverkan_desktop.store.library import Library
from ui import version_keeper
from ui.draft_session import DraftSession


@pytest.fixture
def session(qapp, library: Library, catalogue: Catalogue, draft: Draft) -> Iterator[DraftSession]:
    made = DraftSession(library, catalogue.template(draft.template), draft)
    yield made
    made._timer.stop()  # or what is left unsaved is tried in a library that is closed


def titled(title: str):
    return lambda draft: replace(draft, title=title)


def test_an_edit_is_in_the_library_soon_without_anyone_asking(qtbot, session, library):
    with qtbot.waitSignal(session.saved, timeout=3000):
        session.edit(titled("Remiss om parker"))
    assert library.load("arende-1").title == "Remiss om parker"
    assert not session.has_unsaved


def test_a_steady_typist_is_saved_too(qtbot, session, library):
    """Edits that keep coming don't push the saving ahead of them."""
    saved = []
    session.saved.connect(saved.append)
    typed = iter(range(100_000))

    def type_on_until_saved() -> bool:
        session.edit(titled(f"Rubrik {next(typed)}"))
        return bool(saved)

    qtbot.waitUntil(type_on_until_saved, timeout=3000)
    assert library.load("arende-1").title.startswith("Rubrik ")


def test_text_that_an_editor_holds_is_read_when_the_draft_is_asked_for(session, library):
    section = Section(key="bakgrund", content=(paragraph("Nämnden frågar."),))
    session.edit_later("bakgrund", lambda draft: put_section(draft, session.template, section))
    assert session.has_unsaved
    assert session.draft.section("bakgrund") == section
    assert session.save()
    assert library.load("arende-1").section("bakgrund").content[0].spans == section.content[0].spans


def test_a_failed_save_keeps_the_text_says_so_and_tries_again(qtbot, session, library, monkeypatch):
    write = Library.save

    def full(self, draft, previous):
        raise WriteError(self.path, "disken är full")

    monkeypatch.setattr(Library, "save", full)
    saved = []
    session.saved.connect(saved.append)
    with qtbot.waitSignal(session.save_failed, timeout=3000) as failure:
        session.edit(titled("Det här får inte försvinna"))
    assert "disken är full" in failure.args[0]
    assert session.has_unsaved
    assert saved == []
    assert library.load("arende-1").title == "Remiss om lekplatser"
    monkeypatch.setattr(Library, "save", write)
    with qtbot.waitSignal(session.saved, timeout=3000):
        pass
    assert library.load("arende-1").title == "Det här får inte försvinna"


def test_an_edit_that_changes_nothing_is_no_edit(session):
    session.edit(titled("Remiss om lekplatser"))
    assert not session.has_unsaved


def test_moving_a_section_writes_the_order_into_the_draft(session):
    keys = [entry.key for entry in session.entries]
    session.move_section(keys[2], -1)
    assert [entry.key for entry in session.entries] == [keys[0], keys[2], keys[1], *keys[3:]]
    assert [section.key for section in session.draft.sections][:2] == [keys[0], keys[2]]


def test_the_first_section_does_not_move_above_the_top(session):
    keys = [entry.key for entry in session.entries]
    session.move_section(keys[0], -1)
    assert [entry.key for entry in session.entries] == keys


def test_a_removed_section_does_not_come_back_from_an_editor_that_held_it(session):
    own = Section(key="egen_1", heading="Eget", content=(paragraph("Text"),))
    session.arrange(lambda draft: replace(draft, sections=(*draft.sections, own)))
    session.edit_later("section egen_1", lambda draft: put_section(draft, session.template, own))
    session.remove_section("egen_1")
    assert session.draft.section("egen_1") is None


def reasons(library: Library) -> list[Reason]:
    return [version.reason for version in library.history.versions("arende-1")]


def test_the_state_before_the_first_edit_is_a_version(session, library, draft):
    library.save(replace(draft, title="Ändrad av ett annat program"), draft)
    session._on_disk = session._draft = library.load("arende-1")
    session.edit(titled("Omskriven"))
    assert session.save()
    kept = library.history.versions("arende-1")
    before = library.history.draft("arende-1", kept[-1].number)
    assert before.title == "Ändrad av ett annat program"
    assert [version.reason for version in kept] == [Reason.BEGUN, Reason.BEGUN]


def test_a_pause_after_five_minutes_of_writing_keeps_a_version(
    qtbot, library, catalogue, draft, monkeypatch
):
    monkeypatch.setattr(version_keeper, "SPACING_MS", 150)
    monkeypatch.setattr(version_keeper, "PAUSE_MS", 30)
    session = DraftSession(library, catalogue.template(draft.template), draft)
    session.edit(titled("Först"))
    session.save()
    assert reasons(library) == [Reason.BEGUN]
    with qtbot.waitSignal(session.kept, timeout=3000) as kept:
        session.edit(titled("Sedan"))
    assert kept.args[0].reason is Reason.WRITTEN
    assert library.history.draft("arende-1", 2).title == "Sedan"


def test_a_pause_sooner_than_that_keeps_none(qtbot, library, catalogue, draft, monkeypatch):
    monkeypatch.setattr(version_keeper, "PAUSE_MS", 10)
    session = DraftSession(library, catalogue.template(draft.template), draft)
    session.edit(titled("Först"))
    qtbot.waitUntil(lambda: not session._keeper._pause.isActive())
    session.save()
    assert reasons(library) == [Reason.BEGUN]


def test_who_never_pauses_gets_versions_too(qtbot, library, catalogue, draft, monkeypatch):
    monkeypatch.setattr(version_keeper, "LONGEST_MS", 200)
    session = DraftSession(library, catalogue.template(draft.template), draft)
    kept = []
    session.kept.connect(kept.append)
    typed = iter(range(100_000))

    def type_on_until_kept() -> bool:
        session.edit(titled(f"Rubrik {next(typed)}"))
        return bool(kept)

    qtbot.waitUntil(type_on_until_kept, timeout=3000)
    assert library.history.draft("arende-1", kept[0].number).title.startswith("Rubrik ")


def test_a_version_that_can_not_be_kept_is_told_and_the_text_is_saved(
    qtbot, session, library, monkeypatch
):
    def full(self, draft_id, reason, note=""):
        raise WriteError("bibliotek", "disken är full")

    session.edit(titled("Det här är sparat"))
    session.save()
    monkeypatch.setattr(History, "keep", full)
    with qtbot.waitSignal(session.save_failed) as failure:
        assert session.keep(Reason.NAMED, "Klar") is None
    assert "disken är full" in failure.args[0]
    assert library.load("arende-1").title == "Det här är sparat"
