"""What a Word file says: its lines in order, with every tracked change still in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from samverkan_desktop.exchange.office.markup import Element

PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Revision:
    """Who made a tracked change and when (17.13.5). `move` names the move that it is a part of."""

    author: str
    at: datetime | None
    move: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a run, of those that rich text can have."""

    bold: bool = False
    italic: bool = False
    link: str = ""


PLAIN = Marks()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the same marks and the same history.

    `inserted` and `deleted` may both be there: somebody deleted what another had put in. With
    `formatted`, the marks were `before` until that change. `picture` is the member that a character
    PICTURE shows, `alt` its alternative text.
    """

    text: str
    marks: Marks = PLAIN
    inserted: Revision | None = None
    deleted: Revision | None = None
    formatted: Revision | None = None
    before: Marks = PLAIN
    picture: str = ""
    alt: str = ""


class Role(StrEnum):
    """What a paragraph is by its style."""

    BODY = "body"
    HEADING = "heading"
    ITEM = "item"
    CONTINUED = "continued"  # a further paragraph of a list item
    ATT_LINE = "att-line"
    QUOTE = "quote"
    CAPTION = "caption"
    FIGURE = "figure"
    FIGURE_CAPTION = "figure caption"
    TABLE_END = "table end"
    SECTION = "section"
    TITLE = "title"
    SUBTITLE = "subtitle"
    NOTICE = "notice"
    HEAD = "head"
    SIGNATURE = "signature"
    ATTACHMENT = "attachment"
    SENDER = "sender"


@dataclass(frozen=True, slots=True)
class Kind:
    """A role; `level` is of a heading (2, 3) or list (from 0), `numbered` and `number` of a list.

    `number` is the list that an item says that it belongs to (w:numId), which isn't compared.
    """

    role: Role = Role.BODY
    level: int = 0
    numbered: bool = False
    number: str = field(default="", compare=False)


BODY = Kind()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `inserted` and `deleted` tell of its mark (17.13.5.15, 17.13.5.20).

    With `changed`, it was of the kind `before` until that change (17.13.5.29). `key` is the tag of
    the content control that it stands in. `spots` are where comments begin and end: (id, character,
    whether it begins there).
    """

    runs: tuple[Run, ...] = ()
    kind: Kind = BODY
    inserted: Revision | None = None
    deleted: Revision | None = None
    changed: Revision | None = None
    before: Kind = BODY
    key: str = ""
    spots: tuple[tuple[str, int, bool], ...] = ()
    style: str = ""  # the name of its style
    element: Element | None = field(default=None, compare=False, repr=False)

    @property
    def text(self) -> str:
        """Return all its characters, deleted ones too."""
        return "".join(run.text for run in self.runs)

    @property
    def final_text(self) -> str:
        """Return its characters when every change is accepted."""
        return "".join(run.text for run in self.runs if run.deleted is None)

    @property
    def has_changes(self) -> bool:
        """Whether anything in it is a tracked change."""
        mine = (self.inserted, self.deleted, self.changed)
        runs = ((run.inserted, run.deleted, run.formatted) for run in self.runs)
        return any(one is not None for ones in (mine, *runs) for one in ones)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with the lines of each cell (17.13.5.16, 17.13.5.12)."""

    cells: tuple[tuple[Line, ...], ...]
    inserted: Revision | None = None
    deleted: Revision | None = None
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. A cell that covers several columns is followed by empty ones."""

    rows: tuple[Row, ...]
    key: str = ""
    has_borders: bool = True

    def lines(self) -> Iterator[Line]:
        """Yield every line in it."""
        for row in self.rows:
            for cell in row.cells:
                yield from cell


Item = Line | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that a file says. `notes` are (what, text) of what stands in no line: text boxes, notes.

    `around` are the headers and footers: (name, text, whether on the first page alone).
    """

    items: tuple[Item, ...]
    notes: tuple[tuple[str, str], ...] = ()
    around: tuple[tuple[str, str, bool], ...] = ()
    pictures: tuple[str, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Yield every line, those of tables too."""
        for item in self.items:
            if isinstance(item, Grid):
                yield from item.lines()
            else:
                yield item
