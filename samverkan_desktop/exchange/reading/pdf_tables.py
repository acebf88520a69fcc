"""Tables in a PDF without tags: lines whose pieces stand in columns."""

from collections.abc import Iterator, Sequence

from samverkan_desktop.domain.text import Span, normal_spans
from samverkan_desktop.exchange.reading.model import Cell, Look, Place, ReadParagraph, ReadTable
from samverkan_desktop.exchange.reading.pdf_characters import flowing
from samverkan_desktop.exchange.reading.pdf_lines import FACT, Line, Segment

_GAP = 2.5  # points between columns


def tables_apart(lines: Sequence[Line], leading: float) -> Iterator[list[Line] | ReadTable]:
    """Yield stretches of plain lines, and tables between them, in order."""
    plain: list[Line] = []
    at = 0
    while at < len(lines):
        length = _table_length(lines[at:], leading)
        if length:
            if plain:
                yield plain
                plain = []
            yield _table(lines[at : at + length], leading)
            at += length
        else:
            plain.append(lines[at])
            at += 1
    if plain:
        yield plain


def _table_length(lines: Sequence[Line], leading: float) -> int:
    """Return how many lines from here stand in columns."""
    if len(lines[0].segments) < 2:
        return 0
    length = 1
    columns = _columns(lines[:1])
    for at in range(1, len(lines)):
        line, above = lines[at], lines[at - 1]
        several = len(line.segments) > 1
        far = line.page != above.page or line.bottom - above.bottom > 3.2 * leading
        if far or not (_aligned if several else _fits)(line, columns):
            break
        columns = _columns(lines[: at + 1])
        if several:
            length = at + 1
        elif not any(len(later.segments) > 1 for later in lines[at + 1 : at + 3]):
            ends_close = line.bottom - above.bottom < 1.3 * leading
            return at + 1 if ends_close and at == length else length
    return length


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the columns: stretches that segments cover, parted by gaps that go all through."""
    edges = sorted((s.left, s.right) for line in lines for s in line.segments)
    out: list[tuple[float, float]] = []
    for left, right in edges:
        if out and left < out[-1][1] + _GAP:
            out[-1] = (out[-1][0], max(out[-1][1], right))
        else:
            out.append((left, right))
    return out


def _fits(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line of one segment stands in one column only."""
    segment = line.segments[0]
    if len(columns) < 2:
        return False
    inside = [c for c in columns if segment.left < c[1] + _GAP and segment.right > c[0] - _GAP]
    return (
        len(inside) == 1
        and segment.right < columns[-1][1] + 40
        and (inside[0] != columns[0] or segment.right <= columns[1][0] - _GAP)
    )


def _aligned(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the segments of a line leave the gaps between the columns open."""
    joined = _columns_with(columns, line)
    return len(joined) >= 2 and len(joined) >= len(columns) - 1


def _columns_with(columns: Sequence[tuple[float, float]], line: Line) -> list[tuple[float, float]]:
    edges = sorted([*columns, *((s.left, s.right) for s in line.segments)])
    out: list[tuple[float, float]] = []
    for left, right in edges:
        if out and left < out[-1][1] + _GAP:
            out[-1] = (out[-1][0], max(out[-1][1], right))
        else:
            out.append((left, right))
    return out


def _table(lines: Sequence[Line], leading: float) -> ReadTable:
    columns = _columns(lines)
    ruled = sum(line.is_ruled_off for line in lines) > 1
    rows: list[list[list[Segment]]] = []
    above: Line | None = None
    for line in lines:
        cells: list[list[Segment]] = [[] for _ in columns]
        for segment in line.segments:
            at = max((i for i, c in enumerate(columns) if c[0] <= segment.left + 1), default=0)
            cells[at].append(segment)
        if (
            above is not None
            and rows
            and (not line.is_ruled_off if ruled else _same_row(above, line, cells, leading))
        ):
            for old, new in zip(rows[-1], cells, strict=True):
                old.extend(new)
        else:
            rows.append(cells)
        above = line
    first = lines[0].segments[0]
    place = Place(lines[0].page + 1, first.left, first.top, columns[-1][1], lines[-1].bottom)
    return ReadTable(tuple(tuple(_cell(cell) for cell in row) for row in rows), place=place)


def _same_row(above: Line, line: Line, cells: Sequence[list[Segment]], leading: float) -> bool:
    """Whether a line is the second of a row: close to the one before, and not in all columns."""
    close = line.bottom - above.bottom < 1.12 * leading
    return close and not all(cells) and (not cells[0] or cells[0][0].text[:1].islower())


def _cell(segments: Sequence[Segment]) -> Cell:
    if not segments:
        return ()
    lines: list[list[Segment]] = []
    for segment in segments:
        apart = lines and (FACT.fullmatch(segment.text) or FACT.fullmatch(lines[-1][-1].text))
        if apart or not lines:
            lines.append([])
        lines[-1].append(segment)
    return tuple(_paragraph(line, tight=number > 0) for number, line in enumerate(lines))


def _paragraph(segments: Sequence[Segment], *, tight: bool) -> ReadParagraph:
    runs = [run for segment in segments for run in segment.runs]
    parts = flowing([(Span(r.text, bold=r.font.bold, italic=r.font.italic), r) for r in runs])
    bold = all(segment.bold for segment in segments)
    return ReadParagraph(normal_spans(parts), Look(bold=bold, tight=tight))
