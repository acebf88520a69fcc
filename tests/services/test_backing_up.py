"""When backups are made and tried, where, and what is told when that fails."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from samverkan_desktop.domain.backup import Backup, Occasion, Verdict
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import BackupError, JobCancelledError
from samverkan_desktop.files import Folders
from samverkan_desktop.services import backing_up
from samverkan_desktop.services.backing_up import (
    Place,
    back_up,
    backups,
    is_of,
    keep_up,
    keep_up_at_start,
    last_drill,
    newest_good,
    place_of,
)
from samverkan_desktop.settings import Settings
from samverkan_desktop.store.library import Library

NOW = datetime(2026, 5, 13, 9, 14, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def place(folders: Folders) -> Place:
    with Library.open(folders.library) as library:
        library.add(Draft(id="a", template="t", title="Remiss"))
    return place_of(folders.library, Settings())


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def write(place: Place, title: str) -> None:
    with Library.open(place.library) as library:
        before = library.load("a")
        library.save(replace(before, title=title), before)


def spoil(backup: Backup) -> None:
    with closing(sqlite3.connect(backup.path)) as raw:
        raw.execute("UPDATE parts SET value = replace(value, 'Remiss', 'Xemiss')")
        raw.commit()


def test_the_first_start_makes_a_backup_and_tries_it(place: Place) -> None:
    done = keep_up_at_start(place, clock=at(NOW))
    assert done.problems == ()
    assert done.newest == newest_good(place)
    assert place.folder.stat().st_mode & 0o777 == 0o700
    assert done.drill is not None
    assert (done.drill.at, done.drill.problem) == (NOW, "")
    assert last_drill(place) == done.drill


def test_at_start_only_what_has_changed_is_backed_up(place: Place) -> None:
    keep_up_at_start(place, clock=at(NOW))
    keep_up_at_start(place, clock=at(NOW + HOUR))
    assert len(backups(place)) == 1
    write(place, "Ny")
    keep_up_at_start(place, clock=at(NOW + 2 * HOUR))
    assert len(backups(place)) == 2


def test_while_working_there_is_one_a_day(place: Place) -> None:
    keep_up(place, clock=at(NOW))
    write(place, "Samma dag")
    keep_up(place, clock=at(NOW + 3 * HOUR))
    assert len(backups(place)) == 1
    keep_up(place, clock=at(NOW + DAY))
    assert len(backups(place)) == 2
    keep_up(place, clock=at(NOW + 2 * DAY))
    assert len(backups(place)) == 2


def test_the_drill_is_weekly(place: Place) -> None:
    keep_up_at_start(place, clock=at(NOW))
    assert keep_up(place, clock=at(NOW + 6 * DAY)).drill.at == NOW
    later = keep_up(place, clock=at(NOW + 7 * DAY))
    assert later.drill.at == NOW + 7 * DAY
    assert later.newest.record.verified_at == NOW + 7 * DAY


def test_a_drill_that_fails_is_told_and_a_new_backup_is_made(place: Place) -> None:
    first = keep_up_at_start(place, clock=at(NOW)).newest
    spoil(first)
    done = keep_up(place, clock=at(NOW + 7 * DAY))
    assert done.drill.problem
    assert done.drill.backup == first.path.name
    assert len(done.problems) == 1
    assert first.path.name in done.problems[0]
    assert done.newest.at == NOW + 7 * DAY
    assert [b.verdict for b in backups(place)] == [Verdict.GOOD, Verdict.DAMAGED]
    following = keep_up(place, clock=at(NOW + 7 * DAY + HOUR))
    assert (following.drill.problem, following.problems) == ("", ())


def test_the_rule_removes_old_ones_but_nothing_that_is_not_its_own(
    place: Place, folders: Folders
) -> None:
    first = back_up(place, Occasion.REGULAR, clock=at(NOW - 400 * DAY))
    foreign = place.folder / "bibliotek 2020-01-01 000000.samverkandb"
    shutil.copy(first.path, foreign)
    other_library = folders.user_data / "annat.samverkandb"
    Library.open(other_library).close()
    other = replace(place, library=other_library)
    theirs = back_up(other, Occasion.REGULAR, clock=at(NOW - 400 * DAY))
    last = back_up(place, Occasion.REGULAR, clock=at(NOW))
    assert not first.path.exists()
    assert not list(place.folder.glob(f"{first.path.name}*"))
    assert {b.path for b in backups(place)} == {foreign, theirs.path, last.path}
    assert is_of(last, place.library)
    assert not is_of(theirs, place.library)
    assert newest_good(place) == last


def test_a_backup_that_fails_removes_none(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    old = back_up(place, Occasion.REGULAR, clock=at(NOW - 400 * DAY))
    with closing(sqlite3.connect(place.library)) as raw:
        raw.execute("UPDATE parts SET value = '{'")
        raw.commit()
    with pytest.raises(BackupError):
        back_up(place, Occasion.REGULAR, clock=at(NOW))
    assert backups(place) == (old,)
    write_nothing = keep_up_at_start(place, clock=at(NOW))
    assert write_nothing.newest.path == old.path
    assert write_nothing.problems == ()  # the list of drafts is as it was: nothing is due


def test_what_can_not_be_done_is_told_and_the_rest_is_done(place: Place) -> None:
    keep_up_at_start(place, clock=at(NOW))
    place.library.unlink()
    done = keep_up(place, clock=at(NOW + 8 * DAY))
    assert len(done.problems) == 1
    assert str(place.library) in done.problems[0]
    assert done.drill.at == NOW + 8 * DAY  # the backup was tried all the same


def test_a_folder_that_was_picked_must_be_there(place: Place, tmp_path: Path) -> None:
    picked = replace(place, folder=tmp_path / "disk" / "kopior")
    done = keep_up_at_start(picked, clock=at(NOW))
    assert len(done.problems) == 1
    assert "inte ansluten" in done.problems[0]
    assert (done.newest, done.drill) == (None, None)
    assert not picked.folder.parent.exists()
    picked.folder.parent.mkdir()
    assert keep_up_at_start(picked, clock=at(NOW)).problems == ()
    assert picked.folder.stat().st_mode & 0o777 == 0o700


def test_a_picked_folder_may_name_the_user(folders: Folders, monkeypatch) -> None:
    monkeypatch.setenv("SLUSSEN", "anna")
    found = place_of(folders.library, Settings(backup_folder=" /delad/$SLUSSEN "))
    assert found.folder == Path("/delad/anna")
    assert place_of(folders.library, Settings(backup_folder="~/k")).folder == (Path.home() / "k")
    standard = place_of(folders.library, Settings())
    assert standard.folder == standard.standard == folders.user_data / "Säkerhetskopior"


def test_what_is_due_can_be_stopped(place: Place) -> None:
    def stop(*_: object) -> None:
        raise JobCancelledError

    with pytest.raises(JobCancelledError):
        keep_up_at_start(place, stop, at(NOW))
    assert backups(place) == ()


def test_a_drill_file_of_nonsense_is_no_drill(place: Place) -> None:
    keep_up_at_start(place, clock=at(NOW))
    (place.folder / "provade.json").write_text('{"x": 1}', encoding="utf-8")
    assert last_drill(place) is None
    (place.folder / "provade.json").write_text("inget", encoding="utf-8")
    assert last_drill(place) is None
    assert keep_up(place, clock=at(NOW + HOUR)).drill.at == NOW + HOUR


def test_the_same_library_is_known_by_another_path(place: Place, tmp_path: Path) -> None:
    made = back_up(place, Occasion.REGULAR, clock=at(NOW))
    link = tmp_path / "länk"
    link.symlink_to(place.library.parent)
    assert is_of(made, link / place.library.name)
    relative = Path(os.path.relpath(place.library))
    assert is_of(made, relative)


def test_local_time_has_a_zone() -> None:
    assert backing_up.local_time().tzinfo is not None
