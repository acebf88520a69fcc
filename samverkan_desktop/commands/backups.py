"""The commands for backups: make one, list them, restore the whole library."""

from argparse import Namespace
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samverkan_desktop.commands.place import Place
from samverkan_desktop.commands.printing import say, say_json
from samverkan_desktop.domain.backup import Backup, Occasion, Verdict
from samverkan_desktop.domain.progress import silent

if TYPE_CHECKING:
    from samverkan_desktop.services import backing_up

VERDICTS = {
    Verdict.GOOD: "kontrollerad",
    Verdict.UNVERIFIED: "inte kontrollerad",
    Verdict.DAMAGED: "skadad",
}


def backup(options: Namespace, place: Place) -> int:
    """Make a backup and print its path; in a folder of the user's own nothing is removed."""
    from samverkan_desktop.services import backing_up

    found = _place(place, options.folder)
    if options.folder is None:
        made = backing_up.back_up(found, Occasion.ASKED)
    else:
        made = backing_up.make(found, Occasion.ASKED, silent, backing_up.local_time)
    say(str(made.path))
    return 0


def list_backups(options: Namespace, place: Place) -> int:
    """Print the backups in the folder, the newest first."""
    from samverkan_desktop.services import backing_up

    found = _place(place, options.folder)
    listed = [(each, backing_up.is_of(each, place.library)) for each in backing_up.backups(found)]
    if options.json:
        say_json([_plain(each, is_own=own) for each, own in listed])
    elif not listed:
        say(f"Det finns inga säkerhetskopior i {found.folder}.")
    else:
        say(*(_line(each, is_own=own) for each, own in listed))
    return 0


def restore_backup(options: Namespace, place: Place) -> int:
    """Make the whole library what it was in a backup, and print where the present one is kept."""
    from samverkan_desktop.services import restoring_backups
    from samverkan_desktop.store.backup_records import read_backup

    chosen = read_backup(options.file)
    done = restoring_backups.restore_library(chosen, _place(place, None))
    say(f"Biblioteket är återställt ur {options.file.name}: {_drafts(done.drafts)}.")
    if done.before is not None:
        say(f"Som det var nyss finns det kvar i {done.before.path}")
    if done.set_aside is not None:
        say(f"Det förra gick inte att läsa och har lagts undan som {done.set_aside}")
    return 0


def _place(place: Place, folder: Path | None) -> "backing_up.Place":
    from samverkan_desktop.services import backing_up
    from samverkan_desktop.settings import load_settings

    found = backing_up.place_of(place.library, load_settings(place.folders))
    return found if folder is None else replace(found, folder=folder)


def _plain(backup: Backup, *, is_own: bool) -> dict[str, Any]:
    record = backup.record
    return {
        "file": str(backup.path),
        "made_at": backup.at,
        "drafts": backup.drafts,
        "size": backup.size,
        "verdict": backup.verdict.value,
        "verified_at": record.verified_at if record else None,
        "made_by": record.made_by if record else None,
        "occasion": record.occasion.value if record else None,
        "sha256": record.sha256 if record else None,
        "of_this_library": is_own,
    }


def _line(backup: Backup, *, is_own: bool) -> str:
    parts = [
        _when(backup.at),
        _drafts(backup.drafts) if backup.drafts is not None else "okänt antal ärenden",
        VERDICTS[backup.verdict],
        str(backup.path),
    ]
    if backup.record is not None and not is_own:
        parts.insert(3, "av ett annat bibliotek")
    return "  ".join(parts)


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H.%M}"


def _drafts(count: int) -> str:
    return f"{count} ärende" if count == 1 else f"{count} ärenden"
