"""One sitting: a library claimed and opened for writing, or opened to be read, until it is left."""

from dataclasses import dataclass, field
from pathlib import Path

from samverkan_desktop import claims
from samverkan_desktop.claim_notes import Holder
from samverkan_desktop.claims import Claim, Claimed, Held, Unclaimable
from samverkan_desktop.domain.errors import (
    BusyWindowError,
    LibraryDamagedError,
    LibraryUnavailableError,
    UnreadableFileError,
)
from samverkan_desktop.files import Folders
from samverkan_desktop.services.moving import Moved
from samverkan_desktop.settings import load_settings
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.reading import ReadOnlyLibrary
from ui import mending
from ui.handover import Door, Request, hand_over


@dataclass(frozen=True, slots=True)
class Start:
    """What a window is opened for. `moved` and `failed` tell what was done since the last one."""

    path: Path
    request: Request = field(default_factory=Request)
    moved: Moved | None = None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """An open library and how it was come by. Without a claim it can only be read."""

    library: Library
    claim: Claim | None = None
    crashed: Holder | None = None  # the sitting before, if it came to a bad end
    holder: Holder | None = None  # who works there, when that isn't us
    why_not: str = ""  # why nobody can write: a Swedish clause
    door: Door | None = None  # where later starts knock

    def release(self) -> None:
        """Let others have the library, which has been closed."""
        if self.door is not None:
            self.door.close()
        if self.claim is not None:
            self.claim.release()


def begin(start: Start, folders: Folders, *, hands_over: bool = True) -> Sitting | None:
    """Claim and open a library; None when the window that has it has taken over the request.

    The user is asked whether to have a damaged one mended.

    Raises BusyWindowError when that window doesn't answer, and what opening the library raises.
    """
    outcome = claims.claim(start.path)
    if isinstance(outcome, Claimed):
        return _to_write(start.path, outcome, folders)
    if hands_over and isinstance(outcome, Held) and outcome.holder and outcome.holder.is_me:
        if hand_over(start.path, start.request):
            return None
        raise BusyWindowError
    return _to_read(start.path, outcome)


def _to_write(path: Path, outcome: Claimed, folders: Folders) -> Sitting:
    door = Door(path)  # before the rest: one who starts the program twice does it at once
    try:
        library = _opened(path, folders)
    except BaseException:
        door.close()
        outcome.claim.release()
        raise
    return Sitting(library, outcome.claim, outcome.crashed, door=door)


def _opened(path: Path, folders: Folders) -> Library:
    while True:
        try:
            mending.look_before_opening(path, folders)
            return Library.open(path, author=load_settings(folders).officer.name)
        except (LibraryDamagedError, UnreadableFileError) as error:
            mending.ask(path, folders, error)


def _to_read(path: Path, outcome: Held | Unclaimable) -> Sitting:
    if isinstance(outcome, Held):
        return Sitting(ReadOnlyLibrary.open(path), holder=outcome.holder)
    if not path.exists():
        raise LibraryUnavailableError(path, outcome.reason)
    return Sitting(ReadOnlyLibrary.open(path), why_not=outcome.reason)
