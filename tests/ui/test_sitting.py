"""Who works in a library, as its history says."""

from dataclasses import replace

from samverkan_desktop.domain.draft import Draft, Officer
from samverkan_desktop.files import Folders
from samverkan_desktop.settings import load_settings, save_settings
from ui.sitting import Start, begin


def test_history_names_the_officer_of_the_settings(qapp, folders: Folders) -> None:
    save_settings(folders, replace(load_settings(folders), officer=Officer(name="Kim Exempel")))
    sitting = begin(Start(folders.library), folders)
    try:
        with sitting.library as library:
            library.add(Draft(id="a", template="stockholm-anmalan", title="T"))
            assert library.history.versions("a")[0].author == "Kim Exempel"
            assert library.history.journal("a")[0].who == "Kim Exempel"
    finally:
        sitting.release()
