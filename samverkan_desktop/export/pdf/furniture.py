"""What stands at the top of every page, as an artifact: it is no part of the text."""

from samverkan_desktop.domain.document import Furniture
from samverkan_desktop.domain.export_errors import MissingCharacterError, UnreadableLogoError
from samverkan_desktop.export.pdf.canvas import Artifact, Rectangle, Sheet
from samverkan_desktop.export.pdf.fonts import MissingGlyphError
from samverkan_desktop.export.pdf.images import BadImageError, Picture, read_picture
from samverkan_desktop.export.pdf.inline import Setter
from samverkan_desktop.export.pdf.lines import TextLine
from samverkan_desktop.export.pdf.pages import Frame
from samverkan_desktop.export.pdf.styles import (
    BOTTOM,
    COLUMN_GAP,
    FIRST_TOP,
    HALF_WIDTH,
    HEADER,
    HEADER_LATER,
    HEADER_NAME,
    HEADER_TOP,
    INNER,
    LATER_TOP,
    LOGO_HEIGHT,
    LOGO_WIDTH,
    OUTER,
    SECRET,
    TEXT_WIDTH,
)
from samverkan_desktop.export.pdf.svg import read_svg

_PAGE_WIDTH = 90.0  # room for "Sida 100 (100)"
_BELOW = 26.0  # between a header and the text
_LEAST = 300.0  # that even a very high header leaves for the text


class Header:
    """The head of the first page, in two columns, and the line at the top of those after it.

    Raises MissingCharacterError or UnreadableLogoError.
    """

    def __init__(self, setter: Setter, furniture: Furniture) -> None:
        self._setter, self._page_label = setter, furniture.page_label
        try:
            self._secret = self._set_secret(furniture, HALF_WIDTH)
            self._name = setter.artifact(furniture.document_name, HEADER_NAME, HALF_WIDTH)
            self._facts = tuple(
                line
                for fact in (furniture.dnr, furniture.date)
                for line in setter.artifact(fact, HEADER, HALF_WIDTH)
            )
            self._later = setter.artifact(
                _joined(furniture), HEADER_LATER, TEXT_WIDTH - _PAGE_WIDTH
            )
            self._later_secret = self._set_secret(furniture, TEXT_WIDTH)
            self._logo = _read_logo(furniture.logo)
        except MissingGlyphError as error:
            raise MissingCharacterError(error.character, "i sidhuvudet") from error

    def first_frame(self, foot: float) -> Frame:
        """Return the room for text on the first page; `foot` is the height of what is below."""
        left = _height(self._name) + _height(self._secret)
        right = _height(self._facts) + HEADER.leading
        top = _top(FIRST_TOP, max(left, right))
        return Frame(top, BOTTOM, BOTTOM + foot)

    def later_frame(self) -> Frame:
        """Return the room for text on the other pages."""
        height = _height(self._later) + _height(self._later_secret)
        return Frame(_top(LATER_TOP, height), BOTTOM, BOTTOM)

    def draw(self, sheet: Sheet, page: int, pages: int) -> None:
        """Draw the header of a page; the first is 1."""
        number = self._setter.artifact(
            f"{self._page_label} {page} ({pages})",
            HEADER if page == 1 else HEADER_LATER,
            _PAGE_WIDTH,
        )
        if page == 1:
            self._draw_logo(sheet)
            right = INNER + HALF_WIDTH + COLUMN_GAP
            _draw(sheet, (*self._name, *self._secret), INNER)
            _draw(sheet, (*self._facts, *number), right)
        else:
            _draw(sheet, (*self._later, *self._later_secret), INNER)
            _draw(sheet, number, INNER + TEXT_WIDTH - max(line.width for line in number))

    def _draw_logo(self, sheet: Sheet) -> None:
        """Draw the logo in the outer margin; whose it is can be read in the sender's address."""
        if self._logo is not None:
            bottom = HEADER_TOP - self._logo.height
            place = Rectangle(OUTER, bottom, self._logo.width, self._logo.height)
            sheet.image(Artifact.HEADER, self._logo, place)

    def _set_secret(self, furniture: Furniture, width: float) -> tuple[TextLine, ...]:
        return self._setter.artifact(furniture.confidential, SECRET, width)


def _read_logo(data: bytes) -> Picture | None:
    if not data:
        return None
    read = read_svg if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else read_picture
    try:
        return read(data, LOGO_WIDTH, LOGO_HEIGHT)
    except BadImageError as error:
        raise UnreadableLogoError from error


def _joined(furniture: Furniture) -> str:
    return "  ·  ".join(filter(None, (furniture.document_name, furniture.dnr, furniture.date)))


def _height(lines: tuple[TextLine, ...]) -> float:
    return sum(line.height for line in lines)


def _top(usual: float, header: float) -> float:
    return max(BOTTOM + _LEAST, min(usual, HEADER_TOP - header - _BELOW))


def _draw(sheet: Sheet, lines: tuple[TextLine, ...], left: float) -> None:
    y = HEADER_TOP
    for line in lines:
        line.draw(sheet, left, y)
        y -= line.height
