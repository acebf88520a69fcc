"""What every reader gives and the recogniser takes: the pieces of a document in reading order.

A reader says what it sees and nothing more: words, marks, looks, where on which page. It never
decides what a piece *is* in a tjänsteutlåtande; that is for `exchange.recognising`, once for all
kinds of files. A hint that the format doesn't give is left out, never guessed.
"""

from dataclasses import dataclass
from enum import StrEnum

from samverkan_desktop.domain.text import Spans, spans_text


class Style(StrEnum):
    """What the format itself says that a paragraph is (a Word style, a PDF tag, Markdown)."""

    UNKNOWN = "unknown"  # the format has no styles, or says nothing
    BODY = "body"
    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"  # with `Look.level`
    QUOTE = "quote"
    CAPTION = "caption"


class Side(StrEnum):
    """How a paragraph is set."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands: the page counted from 1, and points from the page's top left."""

    page: int
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0


@dataclass(frozen=True, slots=True)
class ListMark:
    """A mark that the format knows as one (Word's numbering, a PDF's Lbl, Markdown).

    `text` is the mark as it is shown ("–", "2.", "b)"). `depth` counts from 0. `list_id` is the
    same for the items of one list where the format tells; a new one starts the numbers again. A
    mark that was typed as text ("- ", "1. ") stays in the text: the recogniser sees to it.
    """

    text: str
    numbered: bool = False
    depth: int = 0
    list_id: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph looks like, as far as the reader knows.

    `level` is the level of a heading style, 1 outermost. `bold` and `italic`: the whole of it.
    `size` is relative to the body text. `tight` says that it follows the piece before without a
    blank line or extra space: "Handläggare" and the name under it. `indent` is in points or, in
    plain text, in characters.
    """

    style: Style = Style.UNKNOWN
    level: int | None = None
    bold: bool = False
    italic: bool = False
    size: float = 1.0
    tight: bool = False
    side: Side = Side.LEFT
    indent: float = 0


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph: its lines already joined where they were only wrapped.

    A newline in the text is a line break that was really there. `is_sure` is false when the reader
    had to guess where the paragraph begins or ends.

    `continues` marks a further paragraph of a list item: it has no mark of its own, and belongs to
    the item before. `key` is the section that the format itself says that the paragraph belongs to
    (a content control's tag), for files that we wrote.
    """

    spans: Spans
    look: Look = Look()
    mark: ListMark | None = None
    place: Place | None = None
    continues: bool = False
    key: str = ""
    is_sure: bool = True

    @property
    def text(self) -> str:
        """Return the characters, without the mark of a list."""
        return spans_text(self.spans)


Cell = tuple[ReadParagraph, ...]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table, cell by cell; a cell that covers several columns or rows stands in the first.

    `header_rows` is None when the format doesn't tell. `is_layout` is true when the format says
    that it only places things side by side (no borders, a head or signatures). `caption` is the
    table's own where the format ties one to it.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int | None = None
    is_layout: bool = False
    place: Place | None = None
    caption: Spans = ()
    key: str = ""

    def words(self) -> str:
        """Return the text of the table, a line for each cell."""
        cells = (p.text for row in self.rows for cell in row for p in cell)
        return "\n".join((spans_text(self.caption), *cells))


@dataclass(frozen=True, slots=True)
class ReadImage:
    """A picture with its file's bytes; `name` is a suggestion for the file's name."""

    data: bytes
    name: str
    alt: str = ""
    caption: Spans = ()
    place: Place | None = None
    key: str = ""


Piece = ReadParagraph | ReadTable | ReadImage


class Edge(StrEnum):
    """Which running text."""

    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Running:
    """Text that the reader knows stands at the top or foot of pages, outside the body.

    Given once however many pages it stands on. `first_page` is true when it stands on the first
    page only: it often holds the document's name, dnr, date or the sender.
    """

    edge: Edge
    text: str  # a line for each line
    first_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """Everything that a file says.

    `title` and `author` are what the file says of itself (its properties). `notes` are Swedish
    sentences about what the reader had to guess or leave out, for the report: the encoding, a page
    """

    kind: str  # "txt", "md", "pdf", "docx"
    pieces: tuple[Piece, ...]
    running: tuple[Running, ...] = ()
    title: str = ""
    author: str = ""
    language: str = ""
    pages: int = 0
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """Return all the words, running text last: what has to be accounted for."""
        parts: list[str] = []
        for piece in self.pieces:
            match piece:
                case ReadParagraph():
                    parts.append(piece.text)
                case ReadTable():
                    parts.append(piece.words())
                case ReadImage():
                    parts.extend((piece.alt, spans_text(piece.caption)))
        return "\n".join((*parts, *(running.text for running in self.running)))
