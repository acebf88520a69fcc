"""A tagged PDF: its structure tree says what is a heading, a list, a table, and in which order."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary

from samverkan_desktop.domain.text import Span, Spans, normal_spans, spans, spans_text
from samverkan_desktop.exchange.reading.joining import LIST_MARK
from samverkan_desktop.exchange.reading.model import (
    Cell,
    ListMark,
    Look,
    Piece,
    Place,
    ReadDocument,
    ReadImage,
    ReadParagraph,
    ReadTable,
    Style,
)
from samverkan_desktop.exchange.reading.pdf_characters import (
    Run,
    flowing,
    lines_of_runs,
    with_breaks,
)
from samverkan_desktop.exchange.reading.pdf_images import page_images
from samverkan_desktop.exchange.reading.pdf_running import Text, as_running
from samverkan_desktop.exchange.reading.pdf_structure import Node, read_tree

_INLINE = {"Span", "Link", "Quote", "Code", "Reference", "Em", "Strong", "Sub", "Note", "Annot"}
_HEADING = re.compile(r"H(?P<level>[1-6])?")
# The share of the text that may stand outside the tree without being marked as page furniture.
_LOOSE = 0.03


def read_tagged(
    document: pdfium.PdfDocument, data: bytes, pages: Sequence[Sequence[Run]], *, is_own: bool
) -> ReadDocument | None:
    """Return what the tree says, or None when there is none that holds the text."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        root = opened.Root.get("/StructTreeRoot")
        if not isinstance(root, Dictionary):
            return None
        reader = _Reader(opened, document, pages, is_own=is_own)
        pieces = tuple(reader.pieces(read_tree(opened, root)))
        language = str(opened.Root.get("/Lang", ""))
    loose = reader.loose()
    whole = sum(len(run.text) for page in pages for run in page)
    if sum(len(run.text) for _, run in loose if not run.is_artifact) > _LOOSE * whole:
        return None
    heights = [document.get_page_size(number)[1] for number in range(len(pages))]
    texts = [
        Text(number, text, top, heights[number])
        for number in range(len(pages))
        for text, top in lines_of_runs([run for page, run in loose if page == number])
    ]
    return ReadDocument(kind="pdf", pieces=pieces, running=as_running(texts), language=language)


class _Reader:
    def __init__(
        self,
        opened: pikepdf.Pdf,
        document: pdfium.PdfDocument,
        pages: Sequence[Sequence[Run]],
        *,
        is_own: bool,
    ) -> None:
        self._document, self._is_own, self._pages = document, is_own, pages
        self._in_data_table = False
        rights = sorted(run.right for page in pages for run in page)
        self._right = rights[int(0.97 * (len(rights) - 1))] if rights else 0.0
        self._runs: dict[tuple[int, int], list[Run]] = {}
        self._loose: list[tuple[int, Run]] = []
        for number, page in enumerate(pages):
            for run in page:
                if run.tag >= 0 and not run.is_artifact:
                    self._runs.setdefault((number, run.tag), []).append(run)
                elif run.text.strip():
                    self._loose.append((number, run))
        self._used: set[tuple[int, int]] = set()
        self._lists = count(1)

    def pieces(self, node: Node, style: Style = Style.BODY) -> Iterator[Piece]:
        """Yield what stands in an element, in order."""
        heading = _HEADING.fullmatch(node.role)
        if heading or node.role == "Title":
            yield from self._heading(node, int(heading["level"] or 1) if heading else 1)
        elif node.role == "L":
            yield from self._list(node, 0)
        elif node.role == "Table":
            yield from self._table(node)
        elif node.role == "Figure":
            yield from self._figure(node)
        elif node.role == "Caption":
            yield from self._paragraph(node, Style.CAPTION)
        elif _is_text(node):
            yield from self._paragraph(node, node.style or style)
        else:
            inner = Style.QUOTE if node.role == "BlockQuote" else style
            yield from self._mixed(node, inner)

    def loose(self) -> list[tuple[int, Run]]:
        """Return the runs that no element holds."""
        left = [
            (at[0], run) for at, runs in self._runs.items() if at not in self._used for run in runs
        ]
        return [*self._loose, *left]

    def _mixed(self, node: Node, style: Style) -> Iterator[Piece]:
        """Yield elements, and what is drawn between them as paragraphs."""
        direct: list[Node | tuple[int, int]] = []
        for kid in node.kids:
            if isinstance(kid, Node) and kid.role not in _INLINE:
                yield from self._paragraph(Node("P", node.element, direct), style)
                direct = []
                yield from self.pieces(kid, Style.BODY if style is Style.HEADING else style)
            else:
                direct.append(kid)
        yield from self._paragraph(Node("P", node.element, direct), style)

    def _heading(self, node: Node, level: int) -> Iterator[Piece]:
        for made in self._mixed(node, Style.HEADING):
            if not isinstance(made, ReadParagraph) or made.look.style is not Style.HEADING:
                yield made
                continue
            plain = normal_spans(replace(span, bold=False) for span in made.spans)
            look = replace(made.look, style=Style.HEADING, level=level, bold=False)
            yield replace(made, spans=plain, look=look)

    def _paragraph(
        self, node: Node, style: Style, mark: ListMark | None = None
    ) -> Iterator[ReadParagraph]:
        heading = style in (Style.HEADING, Style.TITLE)
        parts = self._spans(node) if heading else self._spans_with_breaks(node)
        runs = [run for at in _drawn(node) for run in self._runs.get(at, ())]
        if spans_text(parts).strip():
            bold = not self._is_own and all(run.font.bold for run in runs if run.text.strip())
            places = [at[0] + 1 for at in _drawn(node)]
            place = Place(places[0]) if places else None
            yield ReadParagraph(parts, Look(style=style, bold=bold), mark, place)

    def _spans(self, node: Node) -> Spans:
        """Return an element's text; lines are joined, and a word broken at a hyphen is whole."""
        return flowing(list(self._marked_runs(node, Span(""))), keep_hyphens=self._is_own)

    def _spans_with_breaks(self, node: Node) -> Spans:
        """Return an element's text; a line that had room for the next word was broken on purpose.

        How wide a heading or a cell of a data table may be isn't known, nor is it asked of our own
        files, where a break is a rare thing.
        """
        pages = {page for page, _ in _drawn(node)}
        if self._is_own or self._in_data_table or len(pages) != 1:
            return self._spans(node)
        runs = list(self._marked_runs(node, Span("")))
        room = self._room(pages.pop(), [run for _, run in runs])
        return flowing(with_breaks(runs, room))

    def _room(self, page: int, runs: Sequence[Run]) -> float:
        """Return where the lines of an element must end: at what stands beside it, or the text."""
        if not runs:
            return 0.0
        left, tags = min(run.left for run in runs), {run.tag for run in runs}
        top, bottom = min(run.top for run in runs), max(run.bottom for run in runs)
        beside = [
            other.left - 6
            for other in self._pages[page]
            if other.tag not in tags
            and other.left > left + 20
            and other.top < bottom - 1
            and other.bottom > top + 1
        ]
        return min(beside, default=self._right)

    def _marked_runs(self, node: Node, marks: Span) -> Iterator[tuple[Span, Run]]:
        for kid in node.kids:
            if isinstance(kid, Node):
                yield from self._marked_runs(kid, _marked(kid, marks))
                continue
            self._used.add(kid)
            for run in self._runs.get(kid, ()):
                font = run.font
                yield replace(marks, text=run.text, bold=font.bold, italic=font.italic), run

    def _list(self, node: Node, depth: int) -> Iterator[Piece]:
        name = f"list{next(self._lists)}"
        numbered = "Decimal" in str(node.element.get("/A", "")) or _numbering(node)
        for item in node.nodes():
            if item.role == "L":
                yield from self._list(item, depth + 1)
                continue
            label = next((kid for kid in item.nodes() if kid.role == "Lbl"), None)
            text = spans_text(self._spans(label)).strip() if label else ""
            counted = numbered or bool(re.search(r"\w", text.strip("o")))
            mark = ListMark(text, counted, depth, name)
            rest = Node(item.role, item.element, [kid for kid in item.kids if kid is not label])
            yield from self._item(rest, mark)

    def _item(self, node: Node, mark: ListMark) -> Iterator[Piece]:
        first = True
        for kid in self._parts_of_item(node):
            if kid.role == "L":
                yield from self._list(kid, mark.depth + 1)
            elif kid.role in {"Table", "Figure"}:
                yield from self.pieces(kid)
            else:
                for made in self._paragraph(kid, Style.BODY, mark):
                    if not mark.text and LIST_MARK.match(made.text):
                        yield replace(
                            made, mark=None, look=replace(made.look, indent=self._left(kid))
                        )
                    else:
                        yield made if first else replace(made, continues=True)
                    first = False

    def _left(self, node: Node) -> float:
        """Return where an element begins, in points from the left."""
        lefts = [run.left for at in _drawn(node) for run in self._runs.get(at, ())]
        return round(lefts[0]) if lefts else 0

    def _parts_of_item(self, node: Node) -> Iterator[Node]:
        """Yield the blocks of a list item, whatever they are wrapped in."""
        if _is_text(node):
            yield node
            return
        direct: list[Node | tuple[int, int]] = []
        for kid in node.kids:
            if isinstance(kid, Node) and kid.role not in _INLINE:
                if direct:
                    yield Node("P", node.element, direct)
                    direct = []
                if kid.role in {"L", "Table", "Figure"} or _is_text(kid):
                    yield kid
                else:
                    yield from self._parts_of_item(kid)
            else:
                direct.append(kid)
        if direct:
            yield Node("P", node.element, direct)

    def _table(self, node: Node) -> Iterator[Piece]:
        """Yield a table, and after it the pictures that stand in its cells."""
        self._in_data_table = any(cell.role == "TH" for row in _rows(node) for cell in row.nodes())
        caption: Spans = ()
        rows: list[tuple[Cell, ...]] = []
        images: list[ReadImage] = []
        headers = 0
        for row in _rows(node):
            if row.role == "Caption":
                caption = self._spans(row)
                continue
            cells = [cell for cell in row.nodes() if cell.role in {"TH", "TD"}]
            headers += (
                bool(cells) and all(cell.role == "TH" for cell in cells) and headers == len(rows)
            )
            rows.append(tuple(cell for kid in cells for cell in self._cells(kid, images)))
        self._in_data_table = False
        places = [at[0] + 1 for at in _drawn(node)]
        place = Place(places[0]) if places else None
        yield ReadTable(tuple(rows), headers or None, place=place, caption=caption)
        yield from images

    def _cells(self, node: Node, images: list[ReadImage]) -> Iterator[Cell]:
        """Yield a cell, and empty ones for the other columns that it covers."""
        pieces = list(self.pieces(Node("Sect", node.element, node.kids)))
        images += [piece for piece in pieces if isinstance(piece, ReadImage)]
        inner = tuple(p for piece in pieces for p in _paragraphs_of(piece))
        plain = tuple(
            replace(p, spans=normal_spans(replace(s, bold=False) for s in p.spans))
            if node.role == "TH"
            else p
            for p in inner
        )
        yield plain
        wide = re.search(r"ColSpan'?: (\d+)", repr(node.element.get("/A", "")))
        yield from ((),) * (min(int(wide[1]), 50) - 1 if wide else 0)

    def _figure(self, node: Node) -> Iterator[Piece]:
        alt = str(node.element.get("/Alt", ""))
        tags = set(_drawn(node))
        captions = [kid for kid in node.nodes() if kid.role == "Caption"]
        caption = self._spans(captions[0]) if captions else ()
        for page in sorted({at[0] for at in tags}):
            pictures = page_images(self._document, page, {t for p, t in tags if p == page})
            for number, image in enumerate(picture for picture in pictures if picture.data):
                name = f"sida{page + 1}-bild{number + 1}.{image.suffix}"
                yield ReadImage(image.data, name, alt, caption, image.place)
                alt, caption = "", ()
        if alt:
            yield ReadParagraph(spans(f"[Bild: {alt}]"), Look(style=Style.CAPTION))


def _paragraphs_of(piece: Piece) -> Iterator[ReadParagraph]:
    """Yield the text of what stands in a cell; a table inside it loses its columns."""
    match piece:
        case ReadParagraph():
            yield piece
        case ReadTable():
            yield from (p for row in piece.rows for cell in row for p in cell)
        case _:
            pass


def _is_text(node: Node) -> bool:
    return bool(node.kids) and all(
        not isinstance(kid, Node) or (kid.role in _INLINE and _is_inline(kid)) for kid in node.kids
    )


def _is_inline(node: Node) -> bool:
    return all(kid.role in _INLINE for kid in node.nodes())


def _drawn(node: Node) -> Iterator[tuple[int, int]]:
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _drawn(kid)
        else:
            yield kid


def _rows(node: Node) -> Iterator[Node]:
    for kid in node.nodes():
        if kid.role in {"TR", "Caption"}:
            yield kid
        elif kid.role in {"THead", "TBody", "TFoot"}:
            yield from _rows(kid)


def _numbering(node: Node) -> bool:
    attributes = node.element.get("/A")
    for one in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(one, Dictionary) and "/ListNumbering" in one:
            return str(one.ListNumbering) not in {
                "/None",
                "/Disc",
                "/Circle",
                "/Square",
                "/Unordered",
            }
    return False


def _marked(node: Node, marks: Span) -> Span:
    """Return the marks inside an inline element: its language, its address."""
    language = str(node.element.get("/Lang", "")) or marks.language
    link = marks.link
    kids = node.element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if node.role == "Link" and isinstance(kid, Dictionary) and "/Obj" in kid:
            address = kid.Obj.get("/A", Dictionary()).get("/URI")
            link = str(address) if address is not None else link
    return replace(marks, language=language, link=link)
