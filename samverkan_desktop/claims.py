"""Who works in a library: one window at a time, on one computer at a time.

The system's lock on a file beside the library decides where it can: it goes with the process that
holds it, however that ends. A note in another file beside says who holds it and since when, and is
written anew all the time. Where there are no locks, or where they don't reach from one computer to
another (some network folders), the note decides: it is stale when its process is dead, or, from
another computer, when it hasn't been written for `PATIENCE`. That is measured by the file server's
clock alone, or by how long this computer has watched it unchanged, so that clocks that jump, or
differ between computers, do no harm.
"""

import contextlib
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from samverkan_desktop.claim_notes import (
    Holder,
    last_written,
    mode_of,
    myself,
    note_file,
    read_note,
    write_note,
)
from samverkan_desktop.computer import is_running
from samverkan_desktop.domain.errors import WriteError
from samverkan_desktop.files import make_folder, reason

RENEWED_EVERY = 15.0  # seconds
PATIENCE = 90.0  # seconds without a sign of life from another computer
_MOST_DRAFTS = 50  # named in a note

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Claimed:
    """The library is this process's. `crashed` is the holder before, if it came to a bad end."""

    claim: "Claim"
    crashed: Holder | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody else works in the library; `holder` is None when nobody says who."""

    holder: Holder | None


@dataclass(frozen=True, slots=True)
class Unclaimable:
    """Nobody can work in the library; `reason` is a Swedish clause."""

    reason: str


def claim(
    library: Path, *, clock: Clock = lambda: datetime.now(UTC)
) -> Claimed | Held | Unclaimable:
    """Make a library this process's own, unless somebody works in it. Nothing is raised."""
    try:
        make_folder(library.parent)
        lock = _lock(library)
    except (Timeout, BlockingIOError):
        return Held(read_note(library))
    except WriteError as error:
        return Unclaimable(_clause(error))
    except OSError as error:  # the folder can't be written to
        holder = read_note(library)
        return Held(holder) if holder and not _is_stale(holder, library) else _unclaimable(error)
    before = read_note(library)
    if before is not None and not _is_stale(before, library, locked=lock is not None):
        _let_go(lock)
        return Held(before)
    try:
        made = Claim(library, lock, myself(clock()), clock)
    except OSError as error:
        _let_go(lock)
        return _unclaimable(error)
    return Claimed(made, before)


class Claim:
    """A library held by this process, from now until `release`."""

    def __init__(self, library: Path, lock: FileLock | None, holder: Holder, clock: Clock) -> None:
        self._library, self._lock, self._holder, self._clock = library, lock, holder, clock
        self._place = _identity(_lock_file(library))
        write_note(library, holder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def renew(self) -> Held | None:
        """Give a sign of life; return who has taken the library over meanwhile, if anybody has.

        That happens when this computer has been asleep or cut off. A folder that can't be reached
        now may be back the next time.
        """
        there = read_note(self._library)
        if there is not None and there.token != self._holder.token:
            return Held(there)
        if not self._library.parent.is_dir():  # locking would make it
            return None
        with contextlib.suppress(OSError):
            if self._lock is not None and _identity(_lock_file(self._library)) != self._place:
                return self._lock_again()
            self._holder = replace(self._holder, seen=self._clock())
            write_note(self._library, self._holder)
        return None

    def note_draft(self, draft_id: str) -> None:
        """Say that a draft is written in this sitting, for whoever finds it after a crash."""
        if self._holder.drafts[-1:] != (draft_id,):
            others = (known for known in self._holder.drafts if known != draft_id)
            self._holder = replace(self._holder, drafts=(*others, draft_id)[-_MOST_DRAFTS:])
            self.renew()

    def release(self) -> None:
        """End the claim: a clean end leaves no note."""
        there = read_note(self._library)
        if there is not None and there.token == self._holder.token:
            with contextlib.suppress(OSError):
                os.truncate(note_file(self._library), 0)  # where a reader keeps it from going
                note_file(self._library).unlink()
        _let_go(self._lock)

    def _lock_again(self) -> Held | None:
        """Lock anew: the folder was away, and the lock went with it."""
        try:
            lock = _lock(self._library)
        except Timeout:
            return Held(read_note(self._library))
        _let_go(self._lock)
        self._lock, self._place = lock, _identity(_lock_file(self._library))
        write_note(self._library, self._holder)
        return None


class Watch:
    """Looks from outside whether a holder still works. It compares no clocks: it watches."""

    def __init__(self, library: Path, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._library, self._monotonic = library, monotonic
        self._mark: object = None
        self._since = monotonic()

    def is_free(self) -> bool:
        """Whether the holder has ended, or has given no sign of life for `PATIENCE`."""
        holder = read_note(self._library)
        if holder is None:
            return True
        if holder.is_here:
            return not is_running(holder.pid, holder.started)
        mark = (holder.token, last_written(self._library))
        if mark != self._mark:
            self._mark, self._since = mark, self._monotonic()
        return self._monotonic() - self._since > PATIENCE


def _lock(library: Path) -> FileLock | None:
    """Lock a file beside the library; None where the file system has no locks.

    Raises Timeout when it is locked already, OSError when the folder can't be written to.
    """
    path = _lock_file(library)
    lock = FileLock(path, mode=mode_of(library), thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire(blocking=False)
    except (Timeout, PermissionError, FileNotFoundError, NotADirectoryError):
        raise
    except NotImplementedError:
        return None
    except OSError:
        if not os.access(library.parent, os.W_OK):
            raise
        return None
    return lock


def _let_go(lock: FileLock | None) -> None:
    if lock is not None:
        with contextlib.suppress(OSError):
            lock.release()


def _is_stale(holder: Holder, library: Path, *, locked: bool = False) -> bool:
    """Whether a holder has gone without a word. `locked`: the lock was free to take."""
    if holder.is_here:
        return locked or not is_running(holder.pid, holder.started)
    now, written = _server_time(library.parent), last_written(library)
    return now is not None and written is not None and now - written > PATIENCE


def _server_time(folder: Path) -> float | None:
    """Return what the clock of the folder's own computer says, seconds; None if it won't tell."""
    probe = folder / f".samverkan-{secrets.token_hex(8)}.tmp"
    try:
        probe.write_bytes(b"?")
        return probe.stat().st_mtime
    except OSError:
        return None
    finally:
        with contextlib.suppress(OSError):
            probe.unlink(missing_ok=True)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _lock_file(library: Path) -> Path:
    return library.with_name(library.name + ".lock")


def _unclaimable(error: OSError) -> Unclaimable:
    return Unclaimable(reason(error))


def _clause(error: WriteError) -> str:
    cause = error.__cause__
    return reason(cause) if isinstance(cause, OSError) else str(error)
