"""A whole Word file (17.2) read into a story: its body, and what stands around and beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from samverkan_desktop.exchange.office.markup import Element
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.content import Grid, Item, Line, Revision, Row, Story
from samverkan_desktop.exchange.word.names import MC, W, is_on, number, revision, val
from samverkan_desktop.exchange.word.paragraphs import ParagraphReader, Source
from samverkan_desktop.exchange.word.styles import Styles

_WIDEST = 63  # columns, which is the most that Word makes (17.4.17)
_WRAPS = {
    *(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "del")),
    MC + "AlternateContent",
}
_AS_TEXT = {W + "tab": "\t", W + "br": "\n", W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_COMMENTS = {W + "commentRangeStart": True, W + "commentRangeEnd": False}


def read_story(package: Package) -> Story:
    """Read a file's document part and what it refers to.

    Raises UnreadableFileError.
    """
    main = package.main
    source = Source(
        Styles(package),
        package.relations(main),
        _notes(package, "footnotes"),
        _notes(package, "endnotes"),
    )
    reader = _Body(ParagraphReader(source))
    body = package.xml(main).find(W + "body")
    items = () if body is None else tuple(reader.items(body, ""))
    paragraphs = reader.paragraphs
    return Story(
        items=items,
        notes=tuple(paragraphs.notes),
        around=tuple(_around(package, source)),
        pictures=tuple(paragraphs.pictures),
    )


@dataclass(slots=True)
class _Body:
    paragraphs: ParagraphReader
    pending: list[tuple[str, bool]] = field(default_factory=list)  # comment marks between lines

    def items(self, container: Element, key: str) -> Iterator[Item]:
        """Yield the lines and tables in an element, those in content controls too."""
        for child in container:
            yield from self._item(child, key)

    def _item(self, element: Element, key: str) -> Iterator[Item]:
        tag = element.tag
        if tag == W + "p":
            pending, self.pending = self.pending, []
            yield self.paragraphs.line(element, key, pending)
        elif tag == W + "tbl":
            yield self._grid(element, key)
        elif tag in _WRAPS:
            own = val(element.find(f"{W}sdtPr/{W}tag"))
            yield from self.items(_content(element), own or key)
        elif tag == W + "altChunk":
            self.paragraphs.notes.append(("infogat dokument", "ett dokument som inte läses"))
        elif tag in _COMMENTS:
            self.pending.append((val(element, "id"), _COMMENTS[tag]))
        else:
            self.paragraphs.mark(element)

    def _grid(self, table: Element, key: str) -> Grid:
        rows = [row for row in self._rows(table, key) if row.cells]
        width = min(max((len(row.cells) for row in rows), default=0), _WIDEST)
        even = tuple(_as_wide(row, width) for row in rows)
        return Grid(even, key, has_borders=_has_borders(table))

    def _rows(self, container: Element, key: str) -> Iterator[Row]:
        for child in container:
            if child.tag == W + "tr":
                yield self._row(child, key)
            elif child.tag in _WRAPS:
                yield from self._rows(_content(child), key)
            elif child.tag in _COMMENTS:
                self.pending.append((val(child, "id"), _COMMENTS[child.tag]))

    def _row(self, row: Element, key: str) -> Row:
        properties = row.find(W + "trPr")
        inserted = deleted = None
        is_header = False
        cells: list[tuple[Line, ...]] = []
        if properties is not None:
            inserted = _change(properties, "ins")
            deleted = _change(properties, "del")
            is_header = is_on(properties.find(W + "tblHeader"))
            before = number(val(properties.find(W + "gridBefore")))
            cells += [()] * min(before, _WIDEST)
        for cell in self._cells(row):
            span = number(val(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
            lines = tuple(_lines_of(self.items(cell, key)))
            cells += [lines, *[()] * min(span - 1, _WIDEST)]
        return Row(tuple(cells[:_WIDEST]), inserted, deleted, is_header)

    def _cells(self, container: Element) -> Iterator[Element]:
        for child in container:
            if child.tag == W + "tc":
                yield child
            elif child.tag in _WRAPS:
                yield from self._cells(_content(child))


def _content(element: Element) -> Element:
    """Return what holds the content of a wrapping element: of several forms, the first with any."""
    forms = (element.find(name) for name in (W + "sdtContent", MC + "Choice", MC + "Fallback"))
    return next((form for form in forms if form is not None and len(form)), element)


def _lines_of(items: Iterator[Item]) -> Iterator[Line]:
    """Yield the lines of a cell; a table in it becomes its lines, one after another."""
    for item in items:
        if isinstance(item, Grid):
            yield from item.lines()
        else:
            yield item


def _change(properties: Element, name: str) -> Revision | None:
    element = properties.find(W + name)
    return None if element is None else revision(element)


def _as_wide(row: Row, width: int) -> Row:
    if len(row.cells) == width:
        return row
    cells = (*row.cells, *[()] * (width - len(row.cells)))
    return Row(cells[:width], row.inserted, row.deleted, row.is_header)


def _has_borders(table: Element) -> bool:
    """Whether a table has lines of its own, or a style that may give it some (17.4.38)."""
    borders = table.find(f"{W}tblPr/{W}tblBorders")
    if borders is not None:
        return any(val(border) not in ("", "none", "nil") for border in borders)
    return bool(val(table.find(f"{W}tblPr/{W}tblStyle")) not in ("", "TableNormal"))


def _notes(package: Package, kind: str) -> dict[str, str]:
    """Return the texts of footnotes or endnotes by id (17.11)."""
    out = {}
    for part in package.related(package.main, kind):
        for note in package.xml(part):
            if val(note, "type") in ("", "normal"):
                out[val(note, "id")] = _text(note)
    return out


def _around(package: Package, source: Source) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts of headers and footers: which, the text, whether of the first page alone."""
    body = package.xml(package.main)
    for kind in ("header", "footer"):
        for reference in body.iter(f"{W}{kind}Reference"):
            named = (value for name, value in reference.items() if name.endswith("}id"))
            relation = source.relations.get(str(next(iter(named), "")))
            if relation is not None and package.has(relation.target):
                text = _text(package.xml(relation.target))
                yield kind, text, val(reference, "type") == "first"


def _text(root: Element) -> str:
    """Return the text of a header, footer or note, a line for each paragraph."""
    return "\n".join(line for line in _paragraphs(root) if line.strip())


def _paragraphs(element: Element) -> Iterator[str]:
    """Yield the text of each paragraph; those of a text box come after the one it stands in."""
    if element.tag == W + "p":
        boxes: list[Element] = []
        yield "".join(_own_text(element, boxes))
        for box in boxes:
            yield from _paragraphs(box)
        return
    for child in _content(element) if element.tag in _WRAPS else element:
        yield from _paragraphs(child)


def _own_text(element: Element, boxes: list[Element]) -> Iterator[str]:
    """Yield the text of an element, and put the text boxes in it aside."""
    for child in _content(element) if element.tag in _WRAPS else element:
        tag = str(child.tag)
        if tag == W + "txbxContent":
            boxes.append(child)
        elif tag == W + "t":
            yield child.text or ""
        elif tag in _AS_TEXT:
            yield _AS_TEXT[tag]
        elif tag not in (W + "pPr", W + "del", W + "moveFrom"):
            yield from _own_text(child, boxes)
