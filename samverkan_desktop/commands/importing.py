"""The command that reads old documents into the library."""

import dataclasses
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from samverkan_desktop.commands.place import Place, open_library
from samverkan_desktop.commands.printing import one_line, say, say_json, shown_title

if TYPE_CHECKING:
    from samverkan_desktop.services.importing import ReadResult


def import_files(options: Namespace, place: Place) -> int:
    """Add a draft for each file and say where everything went; 1 when something found no place.

    All files are read before anything is added.
    """
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services.importing import keep_read, read_document

    catalogue = load_catalogue(place.folders)
    read = [read_document(path, catalogue, place.folders) for path in options.files]
    with open_library(place) as library:
        for result in read:
            keep_read(library, result)
    if options.json:
        say_json([_plain(result) for result in read])
    else:
        for result in read:
            _tell(result)
    return int(not all(result.report.is_complete for result in read))


def _tell(result: "ReadResult") -> None:
    from samverkan_desktop.exchange.recognising.report import lines_of

    say(result.draft.id, shown_title(result.draft.title))
    say(*(f"  {one_line(line)}" for line in lines_of(result.report)))


def _plain(result: "ReadResult") -> dict[str, Any]:
    return {
        "id": result.draft.id,
        "title": result.draft.title,
        **dataclasses.asdict(result.report),
        "complete": result.report.is_complete,
    }
