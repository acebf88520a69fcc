"""Looks: the platform's own, light or dark, and the few measures that every panel shares."""

import sys
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.focus_ring import FocusRing

Appearance = Literal["system", "light", "dark"]

# Distances in device-independent pixels: between things that belong together, between groups, and
# from the edge of a panel or dialog.
TIGHT, GAP, MARGIN = 4, 8, 12

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}

_Role = QPalette.ColorRole

# Every text has at least 4.5:1 against what is behind it, and the accent, which draws the focus,
# at least 3:1 (WCAG 2.1, 1.4.3 and 1.4.11).
_LIGHT = {
    _Role.Window: "#f2f2f2",
    _Role.WindowText: "#1c1c1c",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f7f7f7",
    _Role.Text: "#1c1c1c",
    _Role.PlaceholderText: "#666666",
    _Role.Button: "#f2f2f2",
    _Role.ButtonText: "#1c1c1c",
    _Role.BrightText: "#b3001b",
    _Role.ToolTipBase: "#fffbe6",
    _Role.ToolTipText: "#1c1c1c",
    _Role.Highlight: "#1a5fb4",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#1a5fb4",
    _Role.Link: "#1a5fb4",
    _Role.LinkVisited: "#613583",
}
_DARK = {
    _Role.Window: "#2a2a2a",
    _Role.WindowText: "#ececec",
    _Role.Base: "#1f1f1f",
    _Role.AlternateBase: "#262626",
    _Role.Text: "#ececec",
    _Role.PlaceholderText: "#a6a6a6",
    _Role.Button: "#3a3a3a",
    _Role.ButtonText: "#ececec",
    _Role.BrightText: "#ff9d94",
    _Role.ToolTipBase: "#3a3a2e",
    _Role.ToolTipText: "#ececec",
    _Role.Highlight: "#2a66b0",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#78aeed",
    _Role.Link: "#8ab8f0",
    _Role.LinkVisited: "#c9a7e0",
}
_OUTLINED = (
    *("QLineEdit", "QAbstractSpinBox", "QComboBox", "QCheckBox", "QRadioButton"),
    *("QTextEdit", "QPlainTextEdit", "QListView", "QTreeView", "QTableView"),
)
_OUTLINE = {"light": "#bcbcbc", "dark": "#b4b4b4"}
_DISABLED = {"light": ("#8a8a8a", "#dcdcdc"), "dark": ("#7d7d7d", "#3d3d3d")}


def apply_theme(app: QApplication, appearance: Appearance) -> None:
    """Show the program in the system's colours, or in light or dark.

    May be called again at any time. "system" follows the system when it changes.
    """
    _theme_of(app).apply(appearance)


def palette(*, dark: bool) -> QPalette:
    """Return the colours for a platform that has no style of its own."""
    colours = _DARK if dark else _LIGHT
    # The constructor derives the shades of frames and shadows from these two.
    made = QPalette(QColor(colours[_Role.Button]), QColor(colours[_Role.Window]))
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    grey, shade = _DISABLED["dark" if dark else "light"]
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(grey))
    made.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(shade))
    return made


def is_dark(colours: QPalette) -> bool:
    """Whether light text stands on a dark window."""
    window, text = colours.color(_Role.Window), colours.color(_Role.WindowText)
    return window.lightness() < text.lightness()


class _Theme(QObject):
    """Belongs to the application, and keeps its colours right when the system's change."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._native = not sys.platform.startswith("linux")
        if not self._native:
            app.setStyle("Fusion")
            FocusRing(app)
            app.styleHints().colorSchemeChanged.connect(self._paint)
        self._appearance: Appearance = "system"

    def apply(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._app.styleHints().setColorScheme(_SCHEMES[appearance])
        self._paint()

    def _paint(self) -> None:
        # A plain X or Wayland desktop ignores setColorScheme, so Fusion gets its colours from here.
        if not self._native:
            scheme = _SCHEMES[self._appearance]
            if scheme is Qt.ColorScheme.Unknown:
                scheme = self._app.styleHints().colorScheme()
            _paint_fusion(self._app, dark=scheme is Qt.ColorScheme.Dark)


def _paint_fusion(app: QApplication, *, dark: bool) -> None:
    colours = palette(dark=dark)
    app.setPalette(colours)
    # Fusion draws an outline in a darker shade of Window, too faint on a light window and unseen on
    # a dark one. These widgets paint no Window of their own: it only gives them their outline.
    colours.setColor(_Role.Window, QColor(_OUTLINE["dark" if dark else "light"]))
    for name in _OUTLINED:
        app.setPalette(colours, name)  # type: ignore[arg-type]  # takes str, the stub says bytes


def _theme_of(app: QApplication) -> _Theme:
    return app.findChild(_Theme) or _Theme(app)
