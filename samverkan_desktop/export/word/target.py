"""What a document is written into: the opened base document and what is counted while writing."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.document import DocumentPart
from docx.parts.image import ImagePart

from samverkan_desktop.export.word.base import Base, Style
from samverkan_desktop.export.word.xml import Element, paragraph

# Measures of the base document, in twentieths of a point.
TEXT_WIDTH = 7370
OUTER = 2041  # from the text to the outer edge of the page, left of it
STEP = 340  # how far a list level is indented
QUOTE_INDENT = 400
_LEAST_WIDTH = 2400


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document a block stands."""

    section: str  # the heading that it stands under, for errors
    bullets: int = 0  # in how many lists of each kind
    numbers: int = 0
    quotes: int = 0  # in how many quotations

    @property
    def lists(self) -> int:
        """Return in how many lists it stands."""
        return self.bullets + self.numbers

    @property
    def left(self) -> int:
        """Return how far from the left margin its text begins, in twentieths of a point.

        However deep it stands, there is room for text.
        """
        return min(STEP * self.lists + QUOTE_INDENT * self.quotes, TEXT_WIDTH - _LEAST_WIDTH)


@dataclass(slots=True)
class Target:
    """A Word file being made. `files` gives the content of an image by its name."""

    base: Base
    files: Callable[[str], bytes]
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    images: dict[bytes, str] = field(default_factory=dict)  # relationships, by what they lead to

    @property
    def part(self) -> DocumentPart:
        """Return the main part of the file."""
        return self.base.document.part

    def paragraph(self, style: Style, content: Iterable[Element], *properties: Element) -> Element:
        """Return a paragraph; `properties` beside its style stand in the order of the schema."""
        return paragraph(self.base.style_ids[style], content, *properties)

    def image_id(self, data: bytes, kind: str) -> str:
        """Return the relationship to an image; the same image is kept once."""
        if data not in self.images:
            package = self.part.package
            name = package.next_partname(f"/word/media/image%d.{kind}")
            image = ImagePart(name, f"image/{kind}", data)
            self.images[data] = self.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
        return self.images[data]

    def hyperlink_id(self, address: str) -> str:
        """Return the relationship to an address outside the file."""
        return self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
