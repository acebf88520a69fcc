"""What is in a backup, and how a draft or the whole library comes back from it.

Each function opens the library for itself and may run in any thread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.backup import Backup, Occasion
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft, with_files_renamed
from samverkan_desktop.domain.errors import (
    LibraryLockedError,
    UnknownDraftError,
    UnknownTemplateError,
)
from samverkan_desktop.domain.progress import Progress, silent
from samverkan_desktop.domain.text import plain_text
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.services.backing_up import Clock, Place, has_changed, local_time, make
from samverkan_desktop.store import backup_records as records
from samverkan_desktop.store import proving
from samverkan_desktop.store.copying import settle, write_over
from samverkan_desktop.store.library import DraftSummary, Library
from samverkan_desktop.store.replacing import place_file, set_aside

# How often the present state is copied again because somebody changed it meanwhile.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class RestoredLibrary:
    """What a whole restore did: how many drafts the library has now, where the state before is.

    `before` is None when there was no library, or one so damaged that it was `set_aside`.
    """

    drafts: int
    before: Backup | None = None
    set_aside: Path | None = None


def contents(backup: Path, progress: Progress = silent) -> tuple[DraftSummary, ...]:
    """Return the drafts in a backup, the last changed first, then those in its bin.

    Raises UnsoundBackupError or another StorageError.
    """
    with proving.looked_into(backup, progress) as library:
        return (*library.summaries(), *library.bin())


def draft_in(backup: Path, draft_id: str, progress: Progress = silent) -> Draft:
    """Return a draft as it is in a backup.

    Raises UnknownDraftError when the backup lacks it, UnsoundBackupError, another StorageError.
    """
    with proving.looked_into(backup, progress) as library:
        return library.load(draft_id)


def text_of(draft: Draft, catalogue: Catalogue) -> str:
    """Return what a draft says, as plain text; also one whose document type isn't installed."""
    from samverkan_desktop.export.text import write_text

    try:
        return write_text(compose(draft, catalogue.template(draft.template)))
    except UnknownTemplateError:
        pieces = (draft.title, *(plain_text(section.content) for section in draft.sections))
        return "\n\n".join(piece for piece in pieces if piece)


def restore_draft(backup: Path, library: Path, draft_id: str, author: str = "") -> Draft:
    """Take a draft back out of a backup, with its files; return it as it is in the library now.

    One that the library lacks comes with its versions. One that it has keeps its present state as a
    version and gets the backup's text as a new one; it is taken out of the bin. `author` is who
    does it, as in Library.open.

    Raises UnknownDraftError when the backup lacks it, UnsoundBackupError or another StorageError.
    """
    note = f"säkerhetskopian {backup.stem}"
    with (
        proving.looked_into(backup, silent) as past,
        Library.open(library, author=author) as present,
    ):
        draft = past.load(draft_id)
        files = {name: past.file(draft_id, name) for name in past.file_names(draft_id)}
        if _has(present, draft_id):
            _put_back(present, draft, files, note)
        else:
            present.carry_over(draft_id, past.path, note)
        return present.load(draft_id)


def restore_library(
    backup: Backup, place: Place, progress: Progress = silent, clock: Clock = local_time
) -> RestoredLibrary:
    """Make the whole library what it was in a backup; others may have it open.

    The backup is proved first, and the present state backed up. A library that is too damaged for
    that is set aside beside the new one. Until the end the old library is there, then the new one.

    Raises UnsoundBackupError, BackupError, another StorageError or JobCancelledError; the library
    is then as it was.
    """
    with proving.proved_again(backup, proving.part(progress, 0, 40)) as proof:
        with Library.open(proof.scratch) as library:
            drafts = len(library.summaries())
        settle(proof.scratch)
        if not place.library.exists():
            place_file(proof.scratch, place.library)
            return RestoredLibrary(drafts)
        if not proving.is_sound(place.library):
            aside = set_aside(place.library, clock())
            place_file(proof.scratch, place.library)
            return RestoredLibrary(drafts, set_aside=aside)
        before = _back_up_present(place, proving.part(progress, 40, 80), clock)
        write_over(proof.scratch, place.library, proving.part(progress, 80, 100))
        return RestoredLibrary(drafts, before)


def _back_up_present(place: Place, progress: Progress, clock: Clock) -> Backup:
    """Back up what is about to be replaced, again if somebody wrote to it meanwhile.

    Raises BackupError; LibraryLockedError when somebody writes all the time.
    """
    for _ in range(_TRIES):
        made = make(place, Occasion.BEFORE_RESTORE, progress, clock)
        if not has_changed(place, made):
            return made
        records.remove_backup(made.path)
    raise LibraryLockedError(place.library)


def _has(library: Library, draft_id: str) -> bool:
    try:
        library.file_names(draft_id)
    except UnknownDraftError:
        return False
    return True


def _put_back(present: Library, draft: Draft, files: Mapping[str, bytes], note: str) -> None:
    """Give a draft an earlier text and files; what it is now is kept as a version first."""
    present.load(draft.id)  # told as damage when it can't be read, and so not be kept either
    present.history.keep(draft.id, Reason.BEFORE, f"återställning ur {note}")
    names = {name: present.add_file(draft.id, name, data) for name, data in files.items()}
    present.restore(draft.id)
    present.save(with_files_renamed(draft, names), present.load(draft.id))
    present.history.keep(draft.id, Reason.RESTORED, note)
