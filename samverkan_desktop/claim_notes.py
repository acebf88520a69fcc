"""The note beside a library: who works in it, since when, and what they have written."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from samverkan_desktop.computer import (
    full_name,
    host_name,
    login_name,
    machine_id,
    process_start,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who works in a library. Times are what the holder's own clock said, for people to read."""

    user: str
    name: str = ""  # the full name, where the system knows it
    host: str
    machine: str
    pid: int
    started: str  # when the process began, as `computer.process_start` has it
    since: datetime
    seen: datetime
    token: str  # this sitting's own
    drafts: tuple[str, ...] = ()  # written in this sitting

    @property
    def is_here(self) -> bool:
        """Whether it is a process on this computer."""
        return self.machine == machine_id()

    @property
    def is_me(self) -> bool:
        """Whether it is this user, on this computer."""
        return self.is_here and self.user == login_name()


def myself(now: datetime) -> Holder:
    """Return this process as a holder from now on."""
    pid = os.getpid()
    return Holder(
        user=login_name(),
        name=full_name(),
        host=host_name(),
        machine=machine_id(),
        pid=pid,
        started=process_start(pid),
        since=now,
        seen=now,
        token=secrets.token_hex(8),
    )


def note_file(library: Path) -> Path:
    """Return the file that the note of a library is in."""
    return library.with_name(library.name + ".user")


def mode_of(library: Path) -> int:
    """Return the permissions of the files beside: who may read the library may know who has it."""
    try:
        return library.stat().st_mode & 0o666
    except OSError:
        return 0o600


def write_note(library: Path, holder: Holder) -> None:
    """Write the note in its place: a file that is replaced would disturb a synchronised folder.

    Raises OSError.
    """
    text = json.dumps(asdict(holder), ensure_ascii=False, default=datetime.isoformat)
    handle = os.open(note_file(library), os.O_CREAT | os.O_RDWR, mode_of(library))
    try:
        data = text.encode("utf-8")
        os.write(handle, data + b" " * (-len(data) % 1024))
        os.ftruncate(handle, -(-len(data) // 1024) * 1024)
    finally:
        os.close(handle)


def read_note(library: Path) -> Holder | None:
    """Return who says that they work in a library, None when nobody does or it can't be read."""
    try:
        fields: Any = json.loads(note_file(library).read_bytes())
        known = {key: value for key, value in fields.items() if key in Holder.__slots__}
        times = {key: datetime.fromisoformat(fields[key]) for key in ("since", "seen")}
        return Holder(**{**known, **times, "drafts": tuple(map(str, fields["drafts"]))})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def last_written(library: Path) -> float | None:
    """Return when the note was written, by the clock of the folder's own computer; seconds."""
    try:
        return note_file(library).stat().st_mtime
    except OSError:
        return None
