"""Drawing on pages, where nothing can be drawn without saying what it is.

Text and images are drawn for a `Content` of the structure tree; rules and page furniture are
artifacts (ISO 32000-1, 14.8.2.2). Coordinates are points from the lower left corner of the page.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from samverkan_desktop.export.pdf.embedding import EmbeddedFonts
from samverkan_desktop.export.pdf.fonts import Face
from samverkan_desktop.export.pdf.images import Picture
from samverkan_desktop.export.pdf.objects import PdfFile, Ref, number, numbers, text_string
from samverkan_desktop.export.pdf.structure import Content, Element, Marks
from samverkan_desktop.export.pdf.styles import PAGE_HEIGHT, PAGE_WIDTH, Colour


class Artifact(Enum):
    """What is drawn but is no part of the document's text."""

    LAYOUT = "/Artifact <</Type/Layout>> BDC"
    HEADER = "/Artifact <</Type/Pagination/Subtype/Header>> BDC"
    REPEATED = "/Artifact <</Type/Pagination>> BDC"


Mark = Content | Artifact


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its element, where it leads, and what it is called."""

    element: Element
    uri: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line in one face and colour that shows one content.

    `shift` is how far it stands from where the piece before it ends, in text from right to left.
    """

    text: str
    width: float
    face: Face
    size: float
    colour: Colour
    mark: Mark
    link: Link | None = None
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """A heading that the bookmarks lead to; level 1 is the outermost."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A place on a page."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def array(self) -> str:
        """Return it as a PDF rectangle."""
        return numbers(self.left, self.bottom, self.left + self.width, self.bottom + self.height)


class Canvas:
    """The pages of a file while they are drawn, and what they share."""

    def __init__(self, file: PdfFile, pages: int) -> None:
        self.file = file
        self.marks = Marks(pages)
        self.fonts = EmbeddedFonts()
        self.fields: list[Ref] = []
        self.anchors: list[tuple[Anchor, Ref, float]] = []
        self.pages = [file.reserve() for _ in range(pages)]
        self._pictures: dict[Picture, Ref] = {}

    def picture(self, picture: Picture) -> Ref:
        """Return an image object, the same one for the same picture."""
        if picture not in self._pictures:
            ref = self.file.add_stream(picture.entries, picture.data, compress=False)
            self._pictures[picture] = ref
        return self._pictures[picture]


class Sheet:
    """One page being drawn."""

    def __init__(self, canvas: Canvas, index: int) -> None:
        self._canvas, self._index = canvas, index
        self._code: list[str] = []
        self._mark: Mark | None = None
        self._in_text = False
        self._font, self._colour = "", ""
        self._instead: Artifact | None = None
        self._underlines: list[tuple[Rectangle, Colour]] = []
        self._pictures: list[Ref] = []
        self._annotations: list[Ref] = []

    def text(self, left: float, baseline: float, pieces: Sequence[Piece]) -> None:
        """Show the pieces of a line one after another, and make their links work."""
        x, pen = left, None
        for piece in pieces:
            if not self._begin(self._instead or piece.mark) or not self._in_text:
                pen = None
            if not self._in_text:
                self._code.append("BT")
                self._in_text = True
            if pen != x + piece.shift:
                self._code.append(f"1 0 0 1 {number(x + piece.shift)} {number(baseline)} Tm")
            self._show(piece)
            pen = x + piece.shift + piece.width
            x += piece.width
        self._follow_links(left, baseline, pieces)

    def fill(self, place: Rectangle, colour: Colour) -> None:
        """Fill a rectangle (a rule, a mark) as an artifact."""
        self._begin(self._instead or Artifact.LAYOUT)
        self._leave_text()
        self._set_colour(colour)
        self._code.append(_rectangle(place))

    def image(self, mark: Mark, picture: Picture, place: Rectangle) -> None:
        """Show an image that fills `place`."""
        ref = self._canvas.picture(picture)
        if ref not in self._pictures:
            self._pictures.append(ref)
        self._begin(mark)
        self._leave_text()
        matrix = f"{number(place.width)} 0 0 {number(place.height)}"
        name = f"/I{self._pictures.index(ref)}"
        self._code.append(f"q {matrix} {number(place.left)} {number(place.bottom)} cm {name} Do Q")
        if isinstance(mark, Content):
            self._canvas.marks.place(mark.element, place.array)

    def field(self, element: Element, name: str, label: str, place: Rectangle) -> None:
        """Put an empty signature field (ISO 32000-1, 12.7.4.5): its element is a Form.

        It is printed (F 4), says what it is (TU) and has an empty appearance, as PDF/A-2 (6.3.3)
        and PDF/UA-1 (7.18) ask.
        """
        file = self._canvas.file
        box = numbers(0, 0, place.width, place.height)
        look = file.add_stream(f"/Type/XObject/Subtype/Form/BBox{box}/Resources<<>>", b"")
        widget = self._annotate(
            element,
            f"/Subtype/Widget/FT/Sig/T{text_string(name)}/TU{text_string(label)}/AP<</N {look}>>",
            place,
        )
        self._canvas.fields.append(widget)

    def anchor(self, anchor: Anchor, top: float) -> None:
        """Note that a bookmark leads here."""
        self._canvas.anchors.append((anchor, self._canvas.pages[self._index], top))

    @contextmanager
    def drawn_as(self, artifact: Artifact) -> Iterator[None]:
        """Draw what is drawn inside as an artifact: a header row that was read already."""
        before, self._instead = self._instead, artifact
        try:
            yield
        finally:
            self._instead = before

    def finish(self, parent: Ref, fonts: Ref) -> None:
        """Write the page."""
        self._end()
        file = self._canvas.file
        contents = file.add_stream("", "\n".join(self._code).encode("latin-1"))
        pictures = "".join(f"/I{i} {ref}" for i, ref in enumerate(self._pictures))
        entries = [
            f"<</Type/Page/Parent {parent}/MediaBox{numbers(0, 0, PAGE_WIDTH, PAGE_HEIGHT)}",
            f"/Contents {contents}/Resources<</Font {fonts}/XObject<<{pictures}>>>>",
            f"/StructParents {self._index}/Tabs/S",
        ]
        if self._annotations:
            entries.append(f"/Annots[{' '.join(self._annotations)}]")
        file.define(self._canvas.pages[self._index], "".join(entries) + ">>")

    def _begin(self, mark: Mark) -> bool:
        """Be inside the marked content of `mark`; return whether we were already."""
        if self._mark is mark:
            return True
        self._end()
        if isinstance(mark, Content):
            mcid = self._canvas.marks.begin(mark, self._index)
            self._code.append(f"/{mark.element.role} <</MCID {mcid}>> BDC")
        else:
            self._code.append(mark.value)
        self._mark = mark
        return False

    def _end(self) -> None:
        """Close the marked content that is open, and draw the underlines of its links."""
        self._leave_text()
        if self._mark is not None:
            self._code.append("EMC")
            self._mark = None
        if self._underlines:
            underlines, self._underlines = self._underlines, []
            for place, colour in underlines:
                self.fill(place, colour)
            self._end()

    def _leave_text(self) -> None:
        if self._in_text:
            self._code.append("ET")
            self._in_text = False

    def _show(self, piece: Piece) -> None:
        self._set_colour(piece.colour)
        for font, string in self._canvas.fonts.encode(piece.face, piece.text):
            setting = f"/{font} {number(piece.size)} Tf"
            if setting != self._font:
                self._code.append(setting)
                self._font = setting
            self._code.append(f"({string}) Tj")

    def _set_colour(self, colour: Colour) -> None:
        if colour != self._colour:
            self._code.append(colour)
            self._colour = colour

    def _follow_links(self, left: float, baseline: float, pieces: Sequence[Piece]) -> None:
        if self._instead is not None or all(piece.link is None for piece in pieces):
            return
        x = left
        for link, group in groupby(pieces, key=lambda piece: piece.link):
            linked = list(group)
            width = sum(piece.width for piece in linked)
            if link is not None:
                size, colour = linked[0].size, linked[0].colour
                underline = Rectangle(x, baseline - size * 0.13, width, size * 0.05)
                self._underlines.append((underline, colour))
                self._link(link, Rectangle(x, baseline - size * 0.25, width, size * 1.1))
            x += width

    def _link(self, link: Link, place: Rectangle) -> None:
        action = f"/A<</S/URI/URI{text_string(link.uri)}>>"
        contents = f"/Contents{text_string(link.text)}"
        self._annotate(link.element, f"/Subtype/Link/Border[0 0 0]{contents}{action}", place)

    def _annotate(self, element: Element, entries: str, place: Rectangle) -> Ref:
        marks, page = self._canvas.marks, self._canvas.pages[self._index]
        ref = self._canvas.file.add(
            f"<</Type/Annot{entries}/Rect{place.array}/F 4/P {page}/StructParent {marks.next_key}>>"
        )
        marks.annotate(element, self._index, ref)
        self._annotations.append(ref)
        return ref


def _rectangle(place: Rectangle) -> str:
    sides = (place.left, place.bottom, place.width, place.height)
    return f"{' '.join(map(number, sides))} re f"
