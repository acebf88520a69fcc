"""What the window works with, put together once at the start."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.files import Folders
from samverkan_desktop.settings import Settings, load_settings
from samverkan_desktop.store.library import Library
from ui.tasks import TaskRunner


@dataclass(frozen=True, slots=True)
class Workplace:
    """The open library, what is installed, and where the window keeps its own state."""

    library: Library
    catalogue: Catalogue
    folders: Folders
    runner: TaskRunner

    def settings(self) -> Settings:
        """Return the settings in force now.

        Raises InvalidFieldError or UnreadableFileError.
        """
        return load_settings(self.folders)

    def window_state(self) -> QSettings:
        """Return where sizes and places are remembered; they are no settings of the user's."""
        path = self.folders.user_config / "window.ini"
        return QSettings(str(path), QSettings.Format.IniFormat)
