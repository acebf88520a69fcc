"""What is drawn on a page, and as what: marked content, artifacts, or neither."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from samverkan_desktop.conformance.typefaces import Typeface, Typefaces
from samverkan_desktop.conformance.values import Value, entry, name, whole

_DEEPEST = 12  # forms drawn inside one another
_PAINT = frozenset({"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"})

_Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Artifact(NamedTuple):
    """What an artifact says that it is (ISO 32000-1, 14.8.2.2)."""

    kind: str
    subtype: str


@dataclass(eq=False, slots=True)
class Marked:
    """A marked-content sequence that is real content (`mcid`) or an artifact.

    `low` and `high` are the heights of its lowest and highest line of text, in points.
    """

    tag: str
    mcid: int | None = None
    artifact: Artifact | None = None
    inside: "Marked | None" = None
    words: list[str] = field(default_factory=list)
    images: int = 0
    low: float = float("inf")
    high: float = float("-inf")

    @property
    def text(self) -> str:
        """Return the text that it shows."""
        return "".join(self.words)


@dataclass(eq=False, slots=True)
class PageContent:
    """What is drawn on a page; the first has number 1. `unmarked` is drawn as neither."""

    page: Value
    number: int
    marked: list[Marked] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    cmyk: bool = False
    readable: bool = True

    @property
    def real(self) -> list[Marked]:
        """Return what is content and no artifact, in the order of drawing."""
        return [marked for marked in self.marked if marked.mcid is not None]

    @property
    def artifacts(self) -> list[Marked]:
        """Return the artifacts that show text."""
        return [marked for marked in self.marked if marked.artifact and marked.text.strip()]

    @property
    def annotations(self) -> list[Value]:
        """Return the page's annotations."""
        found = entry(self.page, "Annots")
        return list(found) if isinstance(found, pikepdf.Array) else []


def read_page(page: pikepdf.Page, number: int, typefaces: Typefaces) -> PageContent:
    """Return what is drawn on a page, and note in `typefaces` which characters it shows."""
    found = PageContent(page.obj, number)
    reader = _Reader(found, typefaces)
    try:
        reader.read(page.obj, page.resources)
    except (pikepdf.PdfError, *_ODD) as error:
        found.readable = False
        found.unmarked.append(type(error).__name__)
    found.readable = found.readable and reader.is_closed
    return found


# What operands of a wrong number or kind lead to.
_ODD = (ValueError, TypeError, IndexError, AttributeError, ArithmeticError, RecursionError)


class _Reader:
    """Follows the operators of a page (ISO 32000-1, annex A)."""

    def __init__(self, found: PageContent, typefaces: Typefaces) -> None:
        self._found, self._typefaces = found, typefaces
        self._open: list[Marked | None] = []
        self._matrix, self._kept = _UPRIGHT, list[_Matrix]()
        self._font: Typeface | None = None
        self._resources: Value = None
        self._line = (0.0, 0.0)
        self._scale = (1.0, 1.0)
        self._depth = 0
        self._acts: dict[str, Callable[[Sequence[Value]], object]] = {
            "BMC": self._begin, "BDC": self._begin, "EMC": self._end,
            "Tf": self._set_font, "Tj": self._show, "TJ": self._show,
            "'": self._show, '"': self._show, "Do": self._draw,
            "q": self._keep, "Q": self._restore, "cm": self._transform,
            "BT": self._begin_text, "Tm": self._place_text,
            "Td": self._move_text, "TD": self._move_text,
        }  # fmt: skip

    @property
    def is_closed(self) -> bool:
        """Whether every marked content that began has ended."""
        return not self._open

    def read(self, content: Value, resources: Value) -> None:
        """Follow a page's content, or that of a form drawn on it."""
        outside, self._resources = self._resources, resources
        for instruction in pikepdf.parse_content_stream(content):
            code = str(instruction.operator)
            act = self._acts.get(code)
            if act is not None:
                act(list(instruction.operands))
            elif code in _PAINT:
                self._paint(code)
            elif code in ("k", "K"):
                self._found.cmyk = True
        self._resources = outside

    def _begin(self, operands: Sequence[Value]) -> None:
        outer = self._open[-1] if self._open else None
        properties = self._properties(operands)
        mcid = whole(entry(properties, "MCID"))
        tag = name(operands[0])
        if tag == "Artifact":
            kind, subtype = (name(entry(properties, key)) for key in ("Type", "Subtype"))
            made = Marked(tag, artifact=Artifact(kind, subtype), inside=outer)
        elif mcid is not None and not self._depth:
            made = Marked(tag, mcid, inside=outer)
        else:  # a span inside of what it belongs to
            self._open.append(outer)
            return
        self._found.marked.append(made)
        self._open.append(made)

    def _properties(self, operands: Sequence[Value]) -> Value:
        if len(operands) < 2:
            return None
        given = operands[1]
        named = name(given)
        return entry(self._resources, "Properties", named) if named else given

    def _end(self, _operands: Sequence[Value]) -> None:
        self._open.pop()

    def _set_font(self, operands: Sequence[Value]) -> None:
        font = entry(self._resources, "Font", name(operands[0]))
        self._font = self._typefaces.of(font) if font is not None else None

    def _show(self, operands: Sequence[Value]) -> None:
        marked = self._paint("Tj")
        shown = operands[-1]
        strings = shown if isinstance(shown, pikepdf.Array) else [shown]
        for string in strings:
            if isinstance(string, pikepdf.String) and self._font is not None:
                text = self._font.show(bytes(string), self._found.number)
                if marked is not None:
                    marked.words.append(text)
        if marked is not None:
            height = self._height()
            marked.low, marked.high = min(marked.low, height), max(marked.high, height)

    def _paint(self, code: str) -> Marked | None:
        marked = self._open[-1] if self._open else None
        if marked is None:
            self._found.unmarked.append(code)
        return marked

    def _draw(self, operands: Sequence[Value]) -> None:
        marked = self._paint("Do")
        drawn = entry(self._resources, "XObject", name(operands[0]))
        if marked is not None and name(entry(drawn, "Subtype")) == "Image":
            marked.images += 1
        if name(entry(drawn, "Subtype")) == "Form" and self._depth < _DEEPEST:
            self._depth += 1
            kept, self._open = self._open, self._open[-1:]
            self.read(drawn, entry(drawn, "Resources") or self._resources)
            self._open = kept
            self._depth -= 1

    def _keep(self, _operands: Sequence[Value]) -> None:
        self._kept.append(self._matrix)

    def _restore(self, _operands: Sequence[Value]) -> None:
        self._matrix = self._kept.pop()

    def _transform(self, operands: Sequence[Value]) -> None:
        a, b, c, d, e, f = map(float, operands)
        m = self._matrix
        self._matrix = (
            a * m[0] + b * m[2], a * m[1] + b * m[3], c * m[0] + d * m[2], c * m[1] + d * m[3],
            e * m[0] + f * m[2] + m[4], e * m[1] + f * m[3] + m[5],
        )  # fmt: skip

    def _begin_text(self, _operands: Sequence[Value]) -> None:
        self._line, self._scale = (0.0, 0.0), (1.0, 1.0)

    def _place_text(self, operands: Sequence[Value]) -> None:
        a, _, _, d, e, f = map(float, operands)
        self._line, self._scale = (e, f), (a, d)

    def _move_text(self, operands: Sequence[Value]) -> None:
        x, y = map(float, operands)
        self._line = (self._line[0] + x * self._scale[0], self._line[1] + y * self._scale[1])

    def _height(self) -> float:
        """Return how high on the page the text stands."""
        return self._line[0] * self._matrix[1] + self._line[1] * self._matrix[3] + self._matrix[5]
