"""Plain text in columns: which lines stand together, and the table that they are."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from samverkan_desktop.domain.text import spans
from samverkan_desktop.exchange.reading.model import Cell, Look, Place, ReadParagraph, ReadTable
from samverkan_desktop.exchange.reading.text_lines import TextLine


def blocks_of_lines(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Part the lines where columns begin or end."""
    block: list[TextLine] = []
    starts: set[int] = set()  # where its columns begin; none while it has no columns
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if block and not _goes_with(block[-1], starts, line, following):
            yield block
            block, starts = [], set()
        block.append(line)
        if line.has_columns:
            starts.update(at for at, _ in line.segments)
    if block:
        yield block


def _goes_with(
    last: TextLine, starts: set[int], line: TextLine, following: TextLine | None
) -> bool:
    if not starts:
        return not line.has_columns
    if not line.tight:
        return False
    if line.has_columns:
        return ("\t" in line.text) == ("\t" in last.text)
    if "\t" in line.text:
        return False
    return (line.indent in starts and line.indent > 0) or _is_part_of_row(starts, line, following)


def _is_part_of_row(starts: set[int], line: TextLine, following: TextLine | None) -> bool:
    """Whether a line alone in the first column is part of a row: rows follow it, with no gap."""
    inner = sorted(starts)[1:2]
    return (
        following is not None
        and following.tight
        and following.has_columns
        and "\t" not in following.text
        and line.indent in starts
        and bool(inner)
        and len(line.text) < inner[0]
    )


def table_of_lines(block: Sequence[TextLine]) -> ReadTable | None:
    """Return lines with columns as a table, or None when they are only text with a wide gap."""
    tabs = any("\t" in line.text for line in block)
    starts = _columns(block, 0) if tabs else _covered(block)
    if len(starts) < 2:
        starts = _columns(block, 2)
    if len(starts) < 2:
        return None
    rows: list[tuple[Cell, ...]] = []
    begun = ""  # the beginning of a row's first cell, which stands on a line of its own
    for index, line in enumerate(block):
        text = line.segments[0][1]
        if not tabs and index and len(line.segments) == 1 and line.indent == starts[0]:
            if text[:1].islower() and rows and not begun:
                rows[-1] = (_longer(rows[-1][0], text), *rows[-1][1:])
                continue
            if _is_unfinished(text) or begun:
                begun = f"{begun} {text}".strip()
                continue
        cells: list[Cell] = [()] * len(starts)
        for number, (at, piece) in enumerate(line.segments):
            column = max((i for i, start in enumerate(starts) if start <= at), default=0)
            said = f"{begun} {piece}".strip() if number == 0 and column == 0 else piece
            earlier = cells[column]
            cells[column] = (*earlier, ReadParagraph(spans(said), Look(tight=bool(earlier))))
        begun = ""
        rows.append(tuple(cells))
    return ReadTable(tuple(rows), place=Place(block[0].page))


def _longer(cell: Cell, text: str) -> Cell:
    said = f"{cell[-1].text} {text}" if cell else text
    return (*cell[:-1], ReadParagraph(spans(said)))


def _is_unfinished(text: str) -> bool:
    """Whether a cell can't end so: its row goes on on the next line."""
    return text.endswith(("-", ",", " och", " eller", " samt", " för", " av", " i", " till"))


def _columns(block: Sequence[TextLine], near: int) -> list[int]:
    """Return where columns begin; starts that lie near each other are one column."""
    starts = sorted({at for line in block for at, _ in line.segments})
    return starts[:1] + [b for a, b in pairwise(starts) if b - a > near]


def _covered(block: Sequence[TextLine]) -> list[int]:
    """Return where the columns begin that no line writes across: numbers are set to the right."""
    edges = sorted((at, at + len(text)) for line in block for at, text in line.segments)
    out: list[list[int]] = []
    for left, right in edges:
        if out and left <= out[-1][1] + 1:
            out[-1][1] = max(out[-1][1], right)
        else:
            out.append([left, right])
    return [left for left, _ in out]
