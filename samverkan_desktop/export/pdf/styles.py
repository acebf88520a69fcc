"""How the document looks: measures in points, colours, and the styles of text.

The page has two left edges, as Swedish municipal reports often do: text stands on the inner one, in
lines of about 70 characters; the sender's address, and what is too wide for the text, on the outer.
"""

from dataclasses import dataclass
from typing import NewType

# The operator that sets a fill colour.
Colour = NewType("Colour", str)

BLACK = Colour("0 g")
GREY = Colour("0.35 g")
RULE = Colour("0.45 g")
HAIRLINE = Colour("0.75 g")
LINK = Colour("0.04 0.25 0.55 rg")
RED = Colour("0.7 0.05 0.1 rg")

_MM = 72 / 25.4

PAGE_WIDTH, PAGE_HEIGHT = 210 * _MM, 297 * _MM
OUTER, INNER = 20 * _MM, 56 * _MM
RIGHT = PAGE_WIDTH - 24 * _MM
TEXT_WIDTH, WIDE_WIDTH = RIGHT - INNER, RIGHT - OUTER
COLUMN_GAP = 14.0
HALF_WIDTH = (TEXT_WIDTH - COLUMN_GAP) / 2

BOTTOM = 20 * _MM
HEADER_TOP = PAGE_HEIGHT - 15 * _MM
FIRST_TOP, LATER_TOP = PAGE_HEIGHT - 42 * _MM, PAGE_HEIGHT - 29 * _MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style of text. `before` and `after` are the space around it; the larger of two counts.

    What `heads` something stands on the same page as that, isn't split, and has lines of about the
    same length.
    """

    size: float
    leading: float
    sans: bool = False
    bold: bool = False
    italic: bool = False
    colour: Colour = BLACK
    before: float = 0.0
    after: float = 0.0
    heads: bool = False

    @property
    def ascent(self) -> float:
        """Return how far the baseline is below the top of a line."""
        return self.leading / 2 + self.size * 0.33


BODY = Style(size=11.5, leading=15.3, after=7.7)
ITEM = Style(size=11.5, leading=15.3, after=3.5)
QUOTE = Style(size=11, leading=15, after=7)

# The title, a section's heading, and the two levels inside a section.
HEADINGS = (
    Style(size=19, leading=23.5, sans=True, bold=True, before=38, after=5, heads=True),
    Style(size=13, leading=17, sans=True, bold=True, before=20, after=5, heads=True),
    Style(size=11, leading=15, sans=True, bold=True, before=15, after=3, heads=True),
    Style(size=11.5, leading=15, bold=True, italic=True, before=12, after=2, heads=True),
)
SUBTITLE = Style(size=12.5, leading=16.5, sans=True, after=6, heads=True)
NOTICE = Style(size=10, leading=14, sans=True, bold=True, before=8, after=6, heads=True)

HEAD_LABEL = Style(size=8, leading=12, sans=True, bold=True)
HEAD_LINE = Style(size=9, leading=12.5, sans=True)

CAPTION = Style(size=9, leading=12, sans=True, bold=True, before=10, after=5, heads=True)
FIGURE_CAPTION = Style(size=9, leading=12, sans=True, after=12, colour=GREY)
CELL = Style(size=9, leading=12, sans=True)
CELL_HEAD = Style(size=9, leading=12, sans=True, bold=True)

SIGNER = Style(size=11, leading=14.5)
SIGNER_ROLE = Style(size=9, leading=12.5, sans=True, colour=GREY)
SIGNER_ANCHOR = Style(size=6, leading=9, sans=True, colour=GREY)
FIELD_HEIGHT, FIELD_GAP = 50.0, 3.0

SENDER = Style(size=7, leading=9.6, sans=True, colour=GREY)
SENDER_NAME = Style(size=7, leading=9.6, sans=True, bold=True, colour=GREY)

HEADER_NAME = Style(size=9.5, leading=12.5, sans=True, bold=True)
HEADER = Style(size=8.5, leading=12.5, sans=True, colour=GREY)
HEADER_LATER = Style(size=8, leading=11.5, sans=True, colour=GREY)
SECRET = Style(size=8.5, leading=12, sans=True, bold=True, colour=RED)

INDENT = 17.0  # of a list's text from its marks
QUOTE_INDENT = 20.0
CELL_PADDING = 4.2  # above and below
GUTTER = 16.0  # between columns
LOGO_WIDTH, LOGO_HEIGHT = INNER - OUTER - 12, 56.0
LARGEST_IMAGE = 430.0  # its height
