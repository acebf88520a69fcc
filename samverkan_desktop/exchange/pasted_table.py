"""Tables of pasted HTML: every row as wide as the widest, merged cells taken apart."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from samverkan_desktop.domain.text import (
    Align,
    Block,
    Blocks,
    BulletList,
    Column,
    Heading,
    Image,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
    normal_spans,
    spans_text,
)
from samverkan_desktop.exchange.pasted_style import DROPPED, is_dropped, style_of, tag_of

ReadCell = Callable[[HtmlElement], Blocks]

_ALIGNS = {"right": Align.RIGHT, "end": Align.RIGHT, "center": Align.CENTER}
_PARTS = ("thead", "tbody", "tfoot", "tr")
_PLACES = {"td": "tr", "th": "tr", "caption": "table"}
# More columns or rows than a cell may honestly span; browsers have such a bound too.
_MOST_SPANNED = 1000


@dataclass(frozen=True, slots=True)
class _Cell:
    blocks: Blocks
    align: Align


_NOTHING = _Cell((), Align.LEFT)


def read_table(element: HtmlElement, read: ReadCell) -> Blocks:
    """Return a table, or what stands in it if the table was only there for the layout.

    The first row is the header. A merged cell keeps its text in its first place.
    """
    strays = _strays(element, read)
    rows = [row for row in _grid(element, read) if any(cell.blocks for cell in row)]
    if _is_layout(element, rows):
        return strays + tuple(block for row in rows for cell in row for block in cell.blocks)
    header, *body = [tuple(in_lines(cell.blocks) for cell in row) for row in rows]
    aligns = [_column_align([row[at] for row in rows[1:]]) for at in range(len(header))]
    plain = all(align is Align.LEFT for align in aligns)
    return (
        *strays,
        Table(
            tuple(without_bold(cell) for cell in header),
            tuple(body),
            caption=_caption(element, read),
            columns=() if plain else tuple(map(Column, aligns)),
        ),
    )


def _strays(element: HtmlElement, read: ReadCell) -> Blocks:
    """Return what stands in a table but in no cell; like browsers, we put it before the table."""
    out = _stray_text(element.text)
    for child in element:
        if isinstance(child.tag, str):
            if tag_of(child) in _PARTS:
                out += _strays(child, read)
            elif not _has_place(child) and tag_of(child) not in DROPPED:
                out += read(child)
        out += _stray_text(child.tail)
    return out


def _has_place(child: HtmlElement) -> bool:
    parent = child.getparent()
    around = "" if parent is None else tag_of(parent)
    return _PLACES.get(tag_of(child)) == around


def _stray_text(text: str | None) -> Blocks:
    words = " ".join((text or "").split())
    return (Paragraph((Span(words),)),) if words else ()


def _is_layout(element: HtmlElement, rows: Sequence[Sequence[_Cell]]) -> bool:
    if not rows or len(rows[0]) == 1 or element.get("role") == "presentation":
        return True
    return next(element.iterdescendants("table"), None) is not None


def _rows(element: HtmlElement) -> Iterator[HtmlElement]:
    for child in element:
        if not isinstance(child.tag, str) or is_dropped(child, style_of(child)):
            continue
        if tag_of(child) == "tr":
            yield child
        if tag_of(child) in _PARTS:
            yield from _rows(child)


def _grid(element: HtmlElement, read: ReadCell) -> list[list[_Cell]]:
    """Return the cells in rows of the same length."""
    taken: set[tuple[int, int]] = set()  # by a cell that reaches down from above
    rows: list[list[_Cell]] = []
    for r, row in enumerate(_rows(element)):
        cells: list[_Cell] = []
        for cell in row:
            if not isinstance(cell.tag, str) or tag_of(cell) not in ("td", "th"):
                continue
            while (r, len(cells)) in taken:
                cells.append(_NOTHING)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            taken |= {(r + d, len(cells) + c) for d in range(1, high) for c in range(wide)}
            cells += [_Cell(read(cell), _align(cell)), *[_NOTHING] * (wide - 1)]
        rows.append(cells)
    width = max(map(len, rows), default=0)
    return [row + [_NOTHING] * (width - len(row)) for row in rows]


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MOST_SPANNED) if value.isascii() and value.isdigit() else 1


def _align(cell: HtmlElement) -> Align:
    """Return how a cell is set: itself, or its one paragraph, as Word does it."""
    only = cell[0] if len(cell) == 1 and isinstance(cell[0].tag, str) else cell
    for element in (only, cell):
        value = style_of(element).get("text-align") or (element.get("align") or "").lower()
        if value:
            return _ALIGNS.get(value, Align.LEFT)
    return Align.LEFT


def _column_align(cells: Sequence[_Cell]) -> Align:
    aligns = {cell.align for cell in cells if cell.blocks}
    return aligns.pop() if len(aligns) == 1 else Align.LEFT


def _caption(element: HtmlElement, read: ReadCell) -> Spans:
    caption = element.find("caption")
    return () if caption is None else in_lines(read(caption))


def without_bold(parts: Spans) -> Spans:
    """Return text that is bold all over as plain: where it stands makes it bold already."""
    if not all(span.bold or not span.text.strip() for span in parts):
        return parts
    return normal_spans(replace(span, bold=False) for span in parts)


def in_lines(blocks: Blocks) -> Spans:
    """Return all text of some blocks as one, a line for each."""
    lines = [line for block in blocks for line in _lines(block) if spans_text(line).strip()]
    out: list[Span] = []
    for at, line in enumerate(lines):
        out += [Span("\n"), *line] if at else line
    return normal_spans(out)


def _lines(block: Block) -> Iterator[Spans]:
    match block:
        case Paragraph() | Heading():
            yield block.spans
        case BulletList() | NumberedList():
            for number, item in enumerate(block.items, start=1):
                mark = "• " if isinstance(block, BulletList) else f"{number}. "
                yield normal_spans((Span(mark), *in_lines(item.blocks)))
        case Quote():
            yield in_lines(block.blocks)
        case Table():
            for row in (block.header, *block.rows):
                yield normal_spans(span for cell in row for span in (*cell, Span("\t")))
        case Image():
            yield block.caption
