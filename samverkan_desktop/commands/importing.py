"""Old documents read into the library from the command line."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samverkan_desktop.commands.place import Place, open_library
from samverkan_desktop.commands.printing import one_line, say, shown_title
from samverkan_desktop.domain.errors import UsageError

if TYPE_CHECKING:
    from samverkan_desktop.services.importing import ReadResult


def read_all(
    paths: Sequence[Path], place: Place, template: str | None = None
) -> "list[ReadResult]":
    """Read documents, into the likeliest template unless one is named; nothing is kept.

    Raises InputError when one can't be read, UsageError when there is no such template.
    """
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services.importing import read_document

    catalogue = load_catalogue(place.folders)
    if template is not None and template not in catalogue.templates:
        reason = f"mallen ”{template}” finns inte; ”samverkan templates” visar vilka som finns"
        raise UsageError(reason, "samverkan import")
    return [read_document(path, catalogue, place.folders, template=template) for path in paths]


def keep_all(read: "Sequence[ReadResult]", place: Place) -> None:
    """Add what was read to the library."""
    from samverkan_desktop.services.importing import keep_read

    with open_library(place) as library:
        for result in read:
            keep_read(library, result)


def exit_code(read: "Sequence[ReadResult]") -> int:
    """Return 1 when something found no place."""
    return int(not all(result.report.is_complete for result in read))


def tell(result: "ReadResult") -> None:
    """Print where everything in a document went."""
    from samverkan_desktop.exchange.recognising.report import lines_of

    say(result.draft.id, shown_title(result.draft.title))
    say(*(f"  {one_line(line)}" for line in lines_of(result.report)))


def plain(result: "ReadResult") -> dict[str, Any]:
    """Return where everything went as what json.dumps takes."""
    return {
        "id": result.draft.id,
        "title": result.draft.title,
        **dataclasses.asdict(result.report),
        "complete": result.report.is_complete,
    }
