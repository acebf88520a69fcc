"""What tests of the window share: a workplace with a real library in a temporary folder."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from samverkan_desktop.catalogue import Catalogue, load_catalogue
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.files import Folders, standard_folders
from samverkan_desktop.store.library import Library
from tests.ui.editing import Files
from ui.collecting import Collector
from ui.editor.section_editor import SectionEditor


@pytest.fixture(autouse=True)
def collector(qapp: QApplication) -> Iterator[None]:
    """Garbage is collected in this thread only, as in the program: there are widgets in it."""
    made = Collector(qapp)
    yield
    made.collect_due()
    made.deleteLater()
    gc.enable()


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


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[SectionEditor]:
    """An editor in a window of its own, with the focus."""
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    window = QWidget()
    made = SectionEditor(Files(), standard_folders().resources, window)
    QVBoxLayout(window).addWidget(made)
    window.resize(600, 300)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    made.setFocus()
    yield made
    window.close()
