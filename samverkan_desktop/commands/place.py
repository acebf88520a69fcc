"""Where a command works, and how it finds the draft that the user named."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from samverkan_desktop.files import Folders
from samverkan_desktop.private import make_private_folder

if TYPE_CHECKING:
    from samverkan_desktop.domain.draft import Draft
    from samverkan_desktop.domain.template import Template
    from samverkan_desktop.services.exporting import Files
    from samverkan_desktop.store.library import Library

WAIT = 3.0  # seconds, while another program writes to the library


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command works."""

    folders: Folders
    given: str | None  # the library that was named, if any

    @property
    def library(self) -> Path:
        """Return the library file; raises InvalidFieldError or UnreadableFileError."""
        if self.given:
            return Path(self.given)
        from samverkan_desktop.settings import library_path  # takes longer than to list all drafts

        return library_path(self.folders, None)


Command = Callable[[Namespace, Place], int]


def open_library(place: Place) -> "Library":
    """Open the library that the user named; raises StorageError or UnreadableFileError."""
    from samverkan_desktop.store.library import Library

    if place.library == place.folders.library:
        make_private_folder(place.folders.user_data)
    return Library.open(place.library, wait=WAIT)


def given(draft: str, place: Place) -> tuple["Draft", "Template", "Files"]:
    """Return the draft that the user named, by id or as a file, its template and its files."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services import exporting, writing

    if is_file(draft):
        path = Path(draft)
        value, files = writing.read_json(path), writing.files_beside(path)
    else:
        with open_library(place) as library:
            value = library.load(library.resolve(draft))
        files = exporting.library_files(place.library, value.id)
    return value, load_catalogue(place.folders).template(value.template), files


def is_file(draft: str) -> bool:
    """Whether the user named a draft as a file, and not by its id."""
    return draft.lower().endswith(".json")
