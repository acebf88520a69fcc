"""The commands for a draft's history: its versions, its journal, and going back."""

import dataclasses
from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime

from samverkan_desktop.commands.place import Place, open_library
from samverkan_desktop.commands.printing import one_line, say, say_json
from samverkan_desktop.domain.draft import Draft
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

# What else the journal notes, by name; a hash is cut to what tells versions apart.
_DETAILS = {
    "version": "version",
    "note": "anteckning:",
    "file": "fil",
    "suggestions": "förslag:",
    "comments": "kommentarer:",
    "sha256": "SHA-256",
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
        draft_id = library.resolve(options.draft)
        entries = library.history.journal(draft_id)
        headings = {} if options.json else _headings(library.load(draft_id), place)
    if options.json:
        say_json([dataclasses.asdict(entry) for entry in entries])
        return 0
    for entry in entries:
        detail = "; ".join(_told(name, value, headings) for name, value in entry.detail.items())
        say(_line(str(entry.number), _time(entry.at), entry.who, _ACTS[entry.act], detail))
    return 0


def _headings(draft: Draft, place: Place) -> dict[str, str]:
    """Return the headings of a draft's sections; none when its template isn't installed."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.domain.outline import outline

    template = load_catalogue(place.folders).templates.get(draft.template)
    found = outline(draft, template) if template else ()
    return {entry.key: entry.heading for entry in found}


def _told(name: str, value: str, headings: Mapping[str, str]) -> str:
    """Return one thing that the journal notes about an act, in words."""
    if name == "parts":
        return f"avsnitt: {', '.join(headings.get(key, key) for key in value.split())}"
    if name in _DETAILS:
        return f"{_DETAILS[name]} {value[:12] if name == 'sha256' else value}"
    sha256, _, size = value.partition(" ")  # a file that was written
    return f"{name}, {size} byte, SHA-256 {sha256[:12]}"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H.%M}"


def _line(*parts: str) -> str:
    return "  ".join(shown for part in parts if (shown := one_line(part)))
