"""Spans to runs: each with its font, and with its place in the structure."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from samverkan_desktop.domain.links import uri
from samverkan_desktop.domain.text import Spans, spans_text
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.export.pdf.canvas import Artifact, Link
from samverkan_desktop.export.pdf.fonts import Font, Fonts
from samverkan_desktop.export.pdf.lines import TextLine, set_lines
from samverkan_desktop.export.pdf.structure import Element, language_tag
from samverkan_desktop.export.pdf.styles import LINK, Style
from samverkan_desktop.export.pdf.words import Run


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets text in the document's fonts. Every method may raise MissingGlyphError."""

    fonts: Fonts

    def text(
        self, text: str, style: Style, element: Element, width: float, left: float = 0.0
    ) -> tuple[TextLine, ...]:
        """Set plain text as the content of an element."""
        run = Run(text, self._font(style), style.size, style.colour, element.content())
        return set_lines([run], style, width, left)

    def artifact(
        self, text: str, style: Style, width: float, left: float = 0.0
    ) -> tuple[TextLine, ...]:
        """Set what stands at the top of each page and is no part of the text."""
        run = Run(clean(text), self._font(style), style.size, style.colour, Artifact.HEADER)
        return set_lines([run], style, width, left)

    def label(self, text: str, style: Style, element: Element, right: float) -> TextLine:
        """Set the mark of a list item so that it ends at `right`."""
        (line,) = self.text(text, style, element, width=math.inf)
        return TextLine(line.pieces, line.height, line.ascent, right - line.width)

    def label_width(self, text: str, style: Style) -> float:
        """Return the width of a list item's mark."""
        return self._font(style).measure(text)[0] * style.size

    def runs(self, spans: Spans, style: Style, element: Element) -> list[Run]:
        """Return spans as runs, with elements for links and other languages under `element`."""
        return list(self._runs(spans, style, element))

    def spans(
        self, spans: Spans, style: Style, element: Element, width: float, left: float = 0.0
    ) -> tuple[TextLine, ...]:
        """Set spans as the content of an element."""
        return set_lines(self._runs(spans, style, element), style, width, left)

    def _runs(self, spans: Spans, style: Style, element: Element) -> Iterator[Run]:
        for address, linked in groupby(spans, key=lambda span: span.link):
            group = tuple(linked)
            link = _link(address, spans_text(group), element) if address else None
            parent, colour = (link.element, LINK) if link else (element, style.colour)
            for language, alike in groupby(group, key=lambda span: span.language):
                tag = language_tag(language or "")
                holder = parent.element("Span", language=tag) if tag else parent
                content = holder.content()
                for span in alike:
                    font = self._font(style, bold=span.bold, italic=span.italic)
                    yield Run(span.text, font, style.size, colour, content, link)

    def _font(self, style: Style, *, bold: bool = False, italic: bool = False) -> Font:
        family = self.fonts.sans if style.sans else self.fonts.serif
        return family.font(bold=style.bold or bold, italic=style.italic or italic)


def _link(address: str, text: str, element: Element) -> Link | None:
    target = uri(address)
    said = " ".join(text.split())
    return Link(element.element("Link"), target, said) if target and said else None
