"""Word files of any origin: paragraphs with their looks, real lists and tables, pictures."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from samverkan_desktop.domain.text import spans
from samverkan_desktop.exchange.office.markup import Element
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.reading.markdown import looks_like_markdown, read_markdown
from samverkan_desktop.exchange.reading.model import (
    Cell,
    Edge,
    ListMark,
    Look,
    Piece,
    ReadDocument,
    ReadImage,
    ReadParagraph,
    ReadTable,
    Running,
    Side,
    Style,
)
from samverkan_desktop.exchange.reading.tabbed import with_columns
from samverkan_desktop.exchange.reading.text import read_text
from samverkan_desktop.exchange.word import looks
from samverkan_desktop.exchange.word.content import Grid, Item, Line, Role, Run, Story
from samverkan_desktop.exchange.word.counting import Counting
from samverkan_desktop.exchange.word.names import W, val
from samverkan_desktop.exchange.word.remarks import read_remarks
from samverkan_desktop.exchange.word.story import read_story
from samverkan_desktop.exchange.word.styles import Styles
from samverkan_desktop.exchange.word.texts import written_runs

Step = Callable[[int, int], None]

_SHOWN_IMAGES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff"}
_TIGHT = 3.0  # points between two paragraphs that belong together
# Styles of text that was never written in a word processor: each line is a paragraph.
_TYPEWRITER = {"plain text", "preformatted text", "html preformatted"}
_MOSTLY = 0.9
_TYPED = "Dokumentet är ren text, rad för rad, och har lästs som det."
_STYLES = {
    Role.TITLE: Style.HEADING,
    Role.SECTION: Style.HEADING,
    Role.HEADING: Style.HEADING,
    Role.SUBTITLE: Style.SUBTITLE,
    Role.QUOTE: Style.QUOTE,
    Role.CAPTION: Style.CAPTION,
    Role.FIGURE_CAPTION: Style.CAPTION,
}
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_word(data: bytes, name: str, step: Step) -> ReadDocument:
    """Return what a Word file says, every tracked change accepted.

    Raises UnreadableFileError and what `step` raises.
    """
    package = Package(data, name)
    story = read_story(package)
    if _is_typed(story):  # a text file that was opened and saved in Word or LibreOffice
        text = "\n".join(line.final_text for line in story.lines())
        if looks_like_markdown(text):
            return replace(read_markdown(text, (_TYPED,)), kind="docx")
        return read_text(text, "docx", (_TYPED,))
    reader = _Reader(package, Styles(package), Counting.of(package))
    pieces: list[Piece] = []
    for done, item in enumerate(story.items):
        step(done, len(story.items))
        pieces += reader.pieces(item)
    pieces += [ReadParagraph(spans(text), is_sure=False) for _, text in story.notes if text]
    properties = _properties(package)
    return ReadDocument(
        kind="docx",
        pieces=tuple(_with_sizes([*with_columns(pieces)], reader.sizes)),
        running=tuple(_running(story)),
        title=properties.get("title", ""),
        author=properties.get("creator", ""),
        language=reader.language,
        notes=tuple(_notes(package, story, reader)),
    )


@dataclass(slots=True)
class _Reader:
    package: Package
    styles: Styles
    counting: Counting
    sizes: Counter[float] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    _defaults: Element | None = None
    _below: float | None = None  # the room under the paragraph before, None after an empty one

    def __post_init__(self) -> None:
        for part in self.package.related(self.package.main, "styles"):
            self._defaults = self.package.xml(part).find(W + "docDefaults")

    @property
    def language(self) -> str:
        """Return the language that the file says it is in."""
        lang = None
        if self._defaults is not None:
            lang = self._defaults.find(f"{W}rPrDefault/{W}rPr/{W}lang")
        return val(lang)

    def pieces(self, item: Item) -> Iterator[Piece]:
        """Yield what a line or table says."""
        if isinstance(item, Grid):
            self._below = None
            yield self._table(item)
            for line in (line for row in item.rows for cell in row.cells for line in cell):
                yield from self._images(line, item.key)
            return
        yield from self._images(item, item.key)
        paragraph = self._paragraph(item)
        if paragraph is not None:
            yield paragraph
        elif not any(run.picture for run in item.runs):
            self._below = None

    def _paragraph(self, line: Line) -> ReadParagraph | None:
        alive = [run for run in line.runs if run.deleted is None and not run.picture]
        text = written_runs(alive)
        if not "".join(span.text for span in text).strip():
            return None
        seen = looks.Look() if line.element is None else self._look(line.element)
        above = None if self._below is None else self._below + seen.above
        self._below = seen.below
        self.sizes[seen.size] += len(line.text)
        look = Look(
            style=_style(line, seen),
            level=seen.level,
            bold=seen.bold,
            italic=seen.italic,
            size=seen.size,
            tight=above is not None and above <= _TIGHT,
            side=Side(seen.side),
            indent=seen.indent,
        )
        is_continued = line.kind.role is Role.CONTINUED
        return ReadParagraph(text, look, self._mark(line), continues=is_continued, key=line.key)

    def _look(self, paragraph: Element) -> looks.Look:
        return looks.look_of(paragraph, self.styles, self._defaults)

    def _mark(self, line: Line) -> ListMark | None:
        kind = line.kind
        number = kind.number or self.styles.number_of(line.element)
        if kind.role is not Role.ITEM and not (kind.role is Role.ATTACHMENT and number):
            return None
        text = self.counting.next_mark(number, kind.level) or ("1." if kind.numbered else "•")
        is_numbered = kind.numbered or any(c.isalnum() for c in text)
        return ListMark(text, is_numbered, kind.level, self.counting.run_of(number))

    def _table(self, grid: Grid) -> ReadTable:
        rows = [row for row in grid.rows if row.deleted is None]
        headers = sum(1 for row in rows if row.is_header)
        cells = tuple(tuple(self._cell(cell) for cell in row.cells) for row in rows)
        return ReadTable(
            cells, headers or None, is_layout=not grid.has_borders and not headers, key=grid.key
        )

    def _cell(self, lines: tuple[Line, ...]) -> Cell:
        self._below = None
        return tuple(p for line in lines if (p := self._paragraph(line)) is not None)

    def _images(self, line: Line, key: str) -> Iterator[ReadImage]:
        for run in line.runs:
            if run.picture and run.deleted is None:
                yield from self._image(run, key)

    def _image(self, run: Run, key: str) -> Iterator[ReadImage]:
        member = PurePosixPath(run.picture)
        if member.suffix.lower() not in _SHOWN_IMAGES or not self.package.has(run.picture):
            self.left_out.append(run.alt or member.name)
            return
        yield ReadImage(self.package.read(run.picture), member.name, run.alt, key=key)


def _is_typed(story: Story) -> bool:
    """Whether a file is nothing but lines as on a typewriter, columns made with spaces."""
    lines = [item for item in story.items if isinstance(item, Line) and item.text.strip()]
    typed = sum(line.style.lower() in _TYPEWRITER for line in lines)
    is_plain = len(lines) == sum(1 for line in story.lines() if line.text.strip())
    return is_plain and not story.pictures and typed > _MOSTLY * len(lines)


def _style(line: Line, look: looks.Look) -> Style:
    if line.style.lower() == "title":
        return Style.TITLE
    if look.level is not None:
        return Style.HEADING
    return _STYLES.get(line.kind.role, Style.BODY)


def _with_sizes(pieces: list[Piece], sizes: Counter[float]) -> Iterator[Piece]:
    """Give sizes relative to that of most of the text."""
    body = max(sizes, key=lambda size: sizes[size]) if sizes else 1.0
    for piece in pieces:
        match piece:
            case ReadParagraph():
                yield _relative(piece, body)
            case ReadTable():
                rows = tuple(
                    tuple(tuple(_relative(p, body) for p in cell) for cell in row)
                    for row in piece.rows
                )
                yield replace(piece, rows=rows)
            case _:
                yield piece


def _relative(paragraph: ReadParagraph, body: float) -> ReadParagraph:
    if not paragraph.is_sure:
        return paragraph
    look = replace(paragraph.look, size=round(paragraph.look.size / body, 2))
    return replace(paragraph, look=look)


def _running(story: Story) -> Iterator[Running]:
    for kind, text, is_first in story.around:
        if text.strip():
            yield Running(Edge(kind), text.replace("\t", "\n"), first_page=is_first)


def _notes(package: Package, story: Story, reader: _Reader) -> Iterator[str]:
    if any(line.has_changes for line in story.lines()):
        yield "Dokumentet har spårade ändringar. De har lästs in som om de vore accepterade."
    if count := len(read_remarks(package)):
        yield f"Dokumentets kommentarer ({count}) har inte lästs in."
    if story.notes:
        yield f"{len(story.notes)} fotnoter eller textrutor står sist bland det inlästa."
    for name in reader.left_out:
        yield f"Bilden ”{name}” är i ett format som inte kan visas och har inte lästs in."


def _properties(package: Package) -> Mapping[str, str]:
    out: dict[str, str] = {}
    for part in package.related("", "core-properties"):
        root = package.xml(part)
        for name in ("title", "creator"):
            out[name] = " ".join((root.findtext(_DC + name) or "").split())
    return out
