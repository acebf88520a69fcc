"""The commands for a draft's history: its versions, its journal, and going back."""

import dataclasses
from argparse import Namespace
from datetime import datetime

from samverkan_desktop.commands.place import Place, open_library
from samverkan_desktop.commands.printing import one_line, say, say_json
from samverkan_desktop.domain.journal import Act

_ACTS = {
    Act.CREATED: "skapat",
    Act.EDITED: "ändrat",
    Act.EXPORTED: "exporterat",
    Act.IMPORTED: "inläst",
    Act.REVIEWED: "granskat",
    Act.APPROVED: "godkänt",
    Act.RESTORED: "återställt",
    Act.DELETED: "lagt i papperskorgen",
    Act.UNDELETED: "taget ur papperskorgen",
    Act.ERASED: "raderat för gott",
}


def versions(options: Namespace, place: Place) -> int:
    """Print a draft's versions, the oldest first."""
    with open_library(place) as library:
        found = library.history.versions(library.resolve(options.draft))
    if options.json:
        say_json([dataclasses.asdict(version) for version in found])
        return 0
    for version in found:
        say(
            _line(
                str(version.number),
                _time(version.at),
                version.author,
                version.why,
                version.sha256[:12],
            )
        )
    return 0


def revert(options: Namespace, place: Place) -> int:
    """Make a draft, or one section of it, what it was in a version; print the new version."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services.restoring import restore_section, restore_version

    with open_library(place) as library:
        draft_id = library.resolve(options.draft)
        if options.section is None:
            version = restore_version(library, draft_id, options.version)
        else:
            template = load_catalogue(place.folders).template(library.load(draft_id).template)
            decision = template.decision_slot.key
            version = restore_section(library, draft_id, options.version, options.section, decision)
    say(f"Ärendet är återställt och har fått version {version.number}.")
    return 0


def journal(options: Namespace, place: Place) -> int:
    """Print what has been done with a draft, the oldest first."""
    with open_library(place) as library:
        entries = library.history.journal(library.resolve(options.draft))
    if options.json:
        say_json([dataclasses.asdict(entry) for entry in entries])
        return 0
    for entry in entries:
        detail = ", ".join(f"{name} {value}" for name, value in entry.detail.items())
        say(_line(str(entry.number), _time(entry.at), entry.who, _ACTS[entry.act], detail))
    return 0


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H.%M}"


def _line(*parts: str) -> str:
    return "  ".join(shown for part in parts if (shown := one_line(part)))
