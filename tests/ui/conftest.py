"""What tests of the window share: a workplace with a real library in a temporary folder."""

from collections.abc import Iterator

import pytest

from samverkan_desktop.catalogue import Catalogue, load_catalogue
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.files import Folders
from samverkan_desktop.store.library import Library


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    from pathlib import Path

    resources = Path(__file__).resolve().parents[2] / "resources"
    nowhere = Path("/nonexistent")
    return load_catalogue(Folders(resources, nowhere, nowhere, nowhere))


@pytest.fixture
def library(folders: Folders) -> Iterator[Library]:
    with Library.open(folders.library) as opened:
        yield opened


@pytest.fixture
def draft(library: Library) -> Draft:
    """A draft of a real document type, in the library."""
    value = Draft(id="arende-1", template="stockholm-remissvar", title="Remiss om lekplatser")
    return library.add(value)
