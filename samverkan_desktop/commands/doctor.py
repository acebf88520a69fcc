"""The command that checks a library, and mends it when it is damaged."""

import dataclasses
from argparse import Namespace
from typing import TYPE_CHECKING

from samverkan_desktop.commands.place import Place, open_library
from samverkan_desktop.commands.printing import one_line, say, say_json
from samverkan_desktop.domain.errors import LibraryDamagedError

if TYPE_CHECKING:
    from samverkan_desktop.domain.account import Account
    from samverkan_desktop.services.mending import Counts


def doctor(options: Namespace, place: Place) -> int:
    """Print whether the library is sound; mend it when it isn't, and print what became of it."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services import mending

    try:
        mending.look_before_opening(place.library, place.folders)
        counts = mending.examine(place.library)
    except LibraryDamagedError:
        keys = mending.section_keys(load_catalogue(place.folders))
        backups = mending.good_backups(place.library, place.folders)
        account = mending.mend(place.library, backups, keys)
        if options.json:
            say_json(_plain(account))
        else:
            say(*map(one_line, account.sentences()))
        return 1
    with open_library(place) as library:
        problems = library.history.problems()
    if options.json:
        say_json({"sound": not problems, **dataclasses.asdict(counts), "problems": problems})
    else:
        say(_sentence(counts) if not problems else "Biblioteket är helt, men inte dess historik.")
        say(*map(one_line, problems))
    return int(bool(problems))


def _sentence(counts: "Counts") -> str:
    in_bin = f" ({counts.in_bin} i papperskorgen)" if counts.in_bin else ""
    return (
        f"Biblioteket är helt. Ärenden: {counts.drafts + counts.in_bin}{in_bin}. "
        f"Versioner: {counts.versions}. Filer: {counts.files}."
    )


def _plain(account: "Account") -> dict[str, object]:
    drafts = [{"whole": d.is_whole, **dataclasses.asdict(d)} for d in account.drafts]
    return {
        "sound": False,
        "mended": True,
        "set_aside": str(account.set_aside),
        "backup_of": account.backup_of,
        "broken_journals": account.broken_journals,
        "drafts": drafts,
    }
