"""Who works in a library: one at a time, whatever ends, sleeps or lies about the time."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from samverkan_desktop import claim_notes
from samverkan_desktop.claims import PATIENCE, Claimed, Held, Unclaimable, Watch, claim
from samverkan_desktop.computer import login_name, machine_id, process_start

ROOT = Path(__file__).resolve().parent.parent
NINE = datetime(2026, 11, 25, 9, 12, tzinfo=UTC)

# Claims a library, notes a draft, says so, and waits to be killed or told to end.
CHILD = """
import sys
from pathlib import Path
from samverkan_desktop import claims

outcome = claims.claim(Path(sys.argv[1]))
outcome.claim.note_draft("arende-7")
print("claimed", flush=True)
sys.stdin.read()
outcome.claim.release()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "delad" / "bibliotek.samverkandb"


@contextmanager
def another_process(path: Path) -> Iterator[subprocess.Popen]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout.readline() == "claimed\n"
        yield child
    finally:
        child.stdin.close()
        child.wait(timeout=20)
        child.stdout.close()


def note_of(path: Path) -> Path:
    return path.with_name(path.name + ".user")


def leave_note(path: Path, **changes: object) -> None:
    """What somebody on another computer has written, unless told otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = {
        "user": "annek",
        "name": "Anna Ek",
        "host": "DATOR-7",
        "machine": "DATOR-7:4711",
        "pid": 4711,
        "started": "x:1",
        "since": NINE.isoformat(),
        "seen": NINE.isoformat(),
        "token": "hennes",
        "drafts": [],
    }
    note_of(path).write_text(json.dumps({**fields, **changes}), encoding="utf-8")


def grow_old(path: Path, seconds: float) -> None:
    """Let the file server have written the note earlier."""
    then = note_of(path).stat().st_mtime - seconds
    os.utime(note_of(path), (then, then))


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that answers every lock call with "no locks available"."""

    def refuse(self: FileLock, *_args: object, **_options: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(FileLock, "acquire", refuse)


def test_a_free_library_is_claimed_and_the_note_says_who_has_it(path: Path) -> None:
    outcome = claim(path, clock=lambda: NINE)
    assert isinstance(outcome, Claimed)
    assert outcome.crashed is None
    with outcome.claim:
        note = json.loads(note_of(path).read_text("utf-8"))
        assert (note["user"], note["pid"], note["since"]) == (
            login_name(),
            os.getpid(),
            NINE.isoformat(),
        )
        assert note_of(path).stat().st_mode & 0o077 == 0


def test_a_clean_end_leaves_nothing_to_recover(path: Path) -> None:
    claim(path).claim.release()
    assert not note_of(path).exists()
    again = claim(path)
    assert isinstance(again, Claimed)
    assert again.crashed is None
    again.claim.release()


def test_another_process_is_told_who_has_it(path: Path) -> None:
    with another_process(path) as child:
        outcome = claim(path)
        assert isinstance(outcome, Held)
        assert outcome.holder.pid == child.pid
        assert outcome.holder.is_me


def test_a_killed_holder_is_recognised_at_once_and_what_it_wrote_is_known(path: Path) -> None:
    with another_process(path) as child:
        child.send_signal(signal.SIGKILL)
        child.wait(timeout=20)
        outcome = claim(path)
        assert isinstance(outcome, Claimed)
        assert outcome.crashed.pid == child.pid
        assert outcome.crashed.drafts == ("arende-7",)
        outcome.claim.release()


@pytest.mark.usefixtures("no_locks")
def test_without_locks_a_living_process_still_has_the_library(path: Path) -> None:
    with another_process(path):
        assert isinstance(claim(path), Held)


@pytest.mark.usefixtures("no_locks")
def test_without_locks_a_killed_process_has_it_no_more(path: Path) -> None:
    with another_process(path) as child:
        child.kill()
        child.wait(timeout=20)
        outcome = claim(path)
        assert isinstance(outcome, Claimed)
        assert outcome.crashed.pid == child.pid
        outcome.claim.release()


@pytest.mark.usefixtures("no_locks")
def test_another_process_with_a_dead_holders_number_is_not_the_holder(path: Path) -> None:
    """Numbers of processes are used again: this one lives, and began at another time."""
    leave_note(path, machine=machine_id(), pid=os.getpid(), started="en annan start:1")
    outcome = claim(path)
    assert isinstance(outcome, Claimed)
    outcome.claim.release()
    leave_note(path, machine=machine_id(), pid=os.getpid(), started=process_start(os.getpid()))
    assert isinstance(claim(path), Held)


@pytest.mark.parametrize("hours", [-24 * 365, 0, 24 * 365])
def test_the_clock_of_another_computer_makes_no_difference(path: Path, hours: int) -> None:
    said = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
    leave_note(path, since=said, seen=said)
    outcome = claim(path)
    assert isinstance(outcome, Held)
    assert (outcome.holder.name, outcome.holder.host) == ("Anna Ek", "DATOR-7")
    assert not outcome.holder.is_me
    grow_old(path, PATIENCE + 5)
    taken = claim(path)
    assert isinstance(taken, Claimed)
    assert taken.crashed.name == "Anna Ek"
    taken.claim.release()


def test_a_note_that_a_newer_version_wrote_is_understood(path: Path) -> None:
    leave_note(path, colour="blue")
    assert isinstance(claim(path), Held)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"user": "x"}', '{"since": 3}'])
def test_a_broken_note_locks_nobody_out(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    note_of(path).write_text(text, encoding="utf-8")
    outcome = claim(path)
    assert isinstance(outcome, Claimed)
    outcome.claim.release()


def test_a_folder_that_cannot_be_made_is_a_reason_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    outcome = claim(tmp_path / "fil" / "b.samverkandb")
    assert outcome == Unclaimable("det finns redan en fil med det namnet")


def test_a_write_protected_folder_is_a_reason(path: Path, monkeypatch) -> None:
    def refuse(self: FileLock, *_args: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(FileLock, "acquire", refuse)
    assert claim(path) == Unclaimable("du har inte behörighet")
    leave_note(path)
    assert isinstance(claim(path), Held)


def test_a_full_disk_is_a_reason_and_nothing_is_held(path: Path, monkeypatch) -> None:
    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(claim_notes.os, "write", full)
        assert claim(path) == Unclaimable("disken är full")
    outcome = claim(path)
    assert isinstance(outcome, Claimed)
    outcome.claim.release()


def test_a_holder_that_slept_learns_that_another_has_taken_over(path: Path) -> None:
    with claim(path).claim as mine:
        assert mine.renew() is None
        leave_note(path)
        assert mine.renew().holder.name == "Anna Ek"
    assert note_of(path).exists(), "the other's note was taken away"


def test_a_holder_whose_folder_was_away_has_it_again_when_it_is_back(path: Path) -> None:
    with claim(path).claim as mine:
        shutil.rmtree(path.parent)
        assert mine.renew() is None
        path.parent.mkdir()
        assert mine.renew() is None
        assert json.loads(note_of(path).read_text("utf-8"))["pid"] == os.getpid()
        assert isinstance(claim(path), Held)


def test_a_folder_that_comes_back_with_another_in_it_is_the_others(path: Path) -> None:
    with claim(path).claim as mine:
        shutil.rmtree(path.parent)
        with another_process(path):
            assert isinstance(mine.renew(), Held)


def test_a_folder_that_comes_back_with_anothers_old_lock_is_locked_anew(path: Path) -> None:
    with claim(path).claim as mine:
        shutil.rmtree(path.parent)
        with another_process(path):
            pass
        assert mine.renew() is None
        assert isinstance(claim(path), Held)


def test_a_clock_that_jumps_back_does_no_harm(path: Path) -> None:
    times = iter([NINE, NINE - timedelta(days=400), NINE - timedelta(days=800)])
    with claim(path, clock=lambda: next(times)).claim as mine:
        assert mine.renew() is None
        mine.note_draft("a")
        assert isinstance(claim(path), Held)


@pytest.fixture
def seconds() -> Iterator[list[float]]:
    """This computer's own count of seconds, to be moved by hand."""
    return [0.0]


def watching(path: Path, seconds: list[float]) -> Watch:
    return Watch(path, monotonic=lambda: seconds[0])


def test_a_reader_sees_that_the_library_was_left(path: Path, seconds) -> None:
    leave_note(path)
    watch = watching(path, seconds)
    assert not watch.is_free()
    note_of(path).unlink()
    assert watch.is_free()


def test_a_reader_waits_for_a_sign_of_life_by_its_own_watch(path: Path, seconds) -> None:
    leave_note(path)
    watch = watching(path, seconds)
    assert not watch.is_free()
    seconds[0] += PATIENCE - 1
    assert not watch.is_free()
    grow_old(path, 3600)  # the server's clock was set back, and the note was written again
    assert not watch.is_free()
    seconds[0] += PATIENCE - 1
    assert not watch.is_free()
    seconds[0] += 2
    assert watch.is_free()


def test_a_reader_on_the_same_computer_sees_a_killed_holder_at_once(path: Path, seconds) -> None:
    watch = watching(path, seconds)
    with another_process(path) as child:
        assert not watch.is_free()
        child.kill()
        child.wait(timeout=20)
        assert watch.is_free()


def test_drafts_are_named_in_the_order_they_were_last_written(path: Path) -> None:
    with claim(path).claim as mine:
        for draft_id in ("a", "b", "a", "a"):
            mine.note_draft(draft_id)
        assert json.loads(note_of(path).read_text("utf-8"))["drafts"] == ["b", "a"]
