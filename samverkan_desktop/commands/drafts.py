"""The commands for drafts in the library: add, list, search, show, copy, throw away, take back."""

import dataclasses
import itertools
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from samverkan_desktop.commands.place import Place, open_library
from samverkan_desktop.commands.printing import one_line, say, say_json, shown_title
from samverkan_desktop.domain.outline import State, outline
from samverkan_desktop.domain.text import word_count

if TYPE_CHECKING:
    from samverkan_desktop.domain.draft import Draft
    from samverkan_desktop.domain.template import Template
    from samverkan_desktop.store.library import DraftSummary, Library

SHORTEST_ID = 8
_STATES = {State.EMPTY: "tomt", State.BEGUN: "påbörjat", State.DONE: "klart"}


def new(options: Namespace, place: Place) -> int:
    """Add a draft from a file and print its id."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services.writing import add_from_json

    with open_library(place) as library:
        draft = add_from_json(library, options.file, load_catalogue(place.folders))
    say(draft.id)
    return 0


def list_drafts(options: Namespace, place: Place) -> int:
    """Print the drafts outside the bin."""
    with open_library(place) as library:
        _list(library, library.summaries(), "Det finns inga ärenden.", as_json=options.json)
    return 0


def list_bin(options: Namespace, place: Place) -> int:
    """Print the drafts in the bin."""
    with open_library(place) as library:
        _list(library, library.bin(), "Papperskorgen är tom.", as_json=options.json)
    return 0


def search(options: Namespace, place: Place) -> int:
    """Print the drafts that have all words, and where; 1 when there is none."""
    words = " ".join(options.words)
    with open_library(place) as library:
        hits = library.search(words)
        if options.json:
            found = [{**_plain(h.summary), "snippet": h.snippet, "marks": h.marks} for h in hits]
            say_json(
                [{**plain, "section": h.section} for plain, h in zip(found, hits, strict=True)]
            )
        elif not hits:
            say(f"Inget ärende innehåller ”{one_line(words)}”.")
        else:
            length = _id_length(library)
            for hit in hits:
                say(_line(hit.summary, length), f"    {hit.snippet}")
    return int(not hits)


def show(options: Namespace, place: Place) -> int:
    """Print a draft: what it is and how far its sections have come."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.codec.draft_json import write_draft

    with open_library(place) as library:
        draft = library.load(library.resolve(options.draft))
        binned = any(summary.id == draft.id for summary in library.bin())
    if options.json:
        sys.stdout.write(write_draft(draft).decode("utf-8"))
        return 0
    template = load_catalogue(place.folders).template(draft.template)
    say(*_head_lines(draft, template))
    if binned:
        say(f"Ligger i papperskorgen; samverkan restore {draft.id} tar tillbaka det.")
    say("")
    for entry in outline(draft, template):
        words = "" if entry.is_decision else f", {word_count(entry.section.content)} ord"
        hidden = ", dolt" if entry.section.hidden else ""
        say(f"{one_line(entry.heading)}: {_STATES[entry.state]}{words}{hidden}")
    return 0


def duplicate(options: Namespace, place: Place) -> int:
    """Copy a draft and print the copy's id."""
    from samverkan_desktop.services import writing

    with open_library(place) as library:
        say(writing.duplicate(library, library.resolve(options.draft)).id)
    return 0


def delete(options: Namespace, place: Place) -> int:
    """Move a draft to the bin."""
    with open_library(place) as library:
        draft_id = library.resolve(options.draft)
        library.delete(draft_id)
    say(f"Ärendet ligger i papperskorgen; samverkan restore {draft_id} tar tillbaka det.")
    return 0


def restore(options: Namespace, place: Place) -> int:
    """Take a draft out of the bin."""
    with open_library(place) as library:
        library.restore(library.resolve(options.draft))
    say("Ärendet är tillbaka.")
    return 0


def _list(
    library: "Library", summaries: "list[DraftSummary]", nothing: str, *, as_json: bool
) -> None:
    if as_json:
        say_json([_plain(summary) for summary in summaries])
    else:
        length = _id_length(library)
        say(*(_line(summary, length) for summary in summaries) if summaries else (nothing,))


def _plain(summary: "DraftSummary") -> dict[str, Any]:
    return dataclasses.asdict(summary)


def _id_length(library: "Library") -> int:
    """Return how many characters are enough to tell all ids apart."""
    ids = {summary.id for summary in library.summaries() + library.bin()}
    lengths = itertools.count(SHORTEST_ID)
    return next(n for n in lengths if len({draft_id[:n] for draft_id in ids}) == len(ids))


def _line(summary: "DraftSummary", id_length: int) -> str:
    meeting = summary.meeting_date.isoformat() if summary.meeting_date else "utan datum"
    parts = (summary.id[:id_length], meeting, one_line(summary.dnr), shown_title(summary.title))
    return "  ".join(part for part in parts if part)


def _head_lines(draft: "Draft", template: "Template") -> list[str]:
    meeting = draft.meeting_date.isoformat() if draft.meeting_date else ""
    fields = (
        ("Id", draft.id),
        ("Mall", f"{template.group}, {template.name}"),
        (template.dnr.label, draft.dnr),
        ("Nämnd", draft.committee),
        ("Sammanträde", meeting),
        ("Handläggare", draft.officer.name),
    )
    return [shown_title(draft.title), *(f"{n}: {one_line(value)}" for n, value in fields if value)]
