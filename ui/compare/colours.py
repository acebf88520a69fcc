"""What changed words look like, in light and dark.

Text on its ground has at least 4.5:1 (WCAG 2.1, 1.4.3), and no change is told by colour alone
(1.4.1): what is new is underlined, what is gone struck through, each line has a sign before it.
"""

from dataclasses import dataclass

from PySide6.QtGui import QPalette

from samverkan_desktop.domain.comparing import Change, Kind
from ui.theme import is_dark


@dataclass(frozen=True, slots=True)
class Ink:
    """A text colour, the ground it stands on, and a line through or under the words."""

    text: str
    ground: str
    line: str = "none"

    @property
    def css(self) -> str:
        """Return it as Qt's rich text has it."""
        return f"color:{self.text};background-color:{self.ground};text-decoration:{self.line}"


@dataclass(frozen=True, slots=True)
class Colours:
    """The inks for words, for lines that were moved, and for remarks."""

    words: dict[Kind, Ink]
    moved: Ink
    quiet: str
    link: str


SIGNS = {
    Change.SAME: "",
    Change.CHANGED: "≠",
    Change.ADDED: "+",
    Change.REMOVED: "−",
    Change.MOVED: "→",
    Change.LEFT: "←",
}

_LIGHT = {
    Kind.ADDED: Ink("#0b3d1a", "#d3efd9", "underline"),
    Kind.REMOVED: Ink("#6b0f16", "#fadcdc", "line-through"),
    Kind.RESTYLED: Ink("#453700", "#fdf0c0"),
}
_DARK = {
    Kind.ADDED: Ink("#c9f2d5", "#173f29", "underline"),
    Kind.REMOVED: Ink("#ffd5d8", "#57222b", "line-through"),
    Kind.RESTYLED: Ink("#f7e9b5", "#4a3f16"),
}
_MOVED_LIGHT, _MOVED_DARK = Ink("#12336e", "#e0eafb"), Ink("#d5e3ff", "#22375c")


def colours_of(palette: QPalette) -> Colours:
    """Return the colours for a light or dark palette."""
    dark = is_dark(palette)
    return Colours(
        words=_DARK if dark else _LIGHT,
        moved=_MOVED_DARK if dark else _MOVED_LIGHT,
        quiet=palette.color(QPalette.ColorRole.PlaceholderText).name(),
        link=palette.color(QPalette.ColorRole.Link).name(),
    )
