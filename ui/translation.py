"""Qt's own words (standard buttons, context menus, file and print dialogs) in Swedish."""

from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from samverkan_desktop.domain.errors import ResourceError

_FILE = "qtbase_sv.qm"


def install_swedish(app: QCoreApplication) -> None:
    """Make Qt speak Swedish, with Swedish dates and numbers.

    Raises ResourceError when Qt's translation is missing.
    """
    QLocale.setDefault(QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden))
    translator = QTranslator(app)
    if not any(translator.load(str(folder / _FILE)) for folder in _folders()):
        raise ResourceError(_FILE)
    app.installTranslator(translator)


def _folders() -> tuple[Path, ...]:
    """Return where the translation may lie: where Qt says, or beside PySide6 (frozen bundle)."""
    package = Path(PySide6.__file__).parent
    return (
        Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        package / "Qt" / "translations",
        package / "translations",
    )
