"""Whether a section is just as it was sent: most are, and then nothing more need be compared."""

from collections.abc import Sequence
from itertools import chain

from samverkan_desktop.exchange.word.aligning import as_one_line
from samverkan_desktop.exchange.word.content import Grid, Item, Line, Role
from samverkan_desktop.exchange.word.sent import SentGrid, SentItem, SentLine
from samverkan_desktop.exchange.word.texts import has_same_marks


def is_untouched(sent: Sequence[SentItem], items: Sequence[Item]) -> bool:
    """Whether nothing has been changed or commented on. Empty paragraphs are nothing."""
    there = [item for item in items if not _is_nothing(item)]
    ours = [item for item in sent if isinstance(item, SentGrid) or item.text]
    return len(there) == len(ours) and all(map(_is_same, ours, there))


def _is_nothing(item: Item) -> bool:
    if isinstance(item, Grid):
        return False
    return not item.text and not item.has_changes and not item.spots


def _is_same(sent: SentItem, item: Item) -> bool:
    if isinstance(sent, SentLine):
        if not isinstance(item, Line) or not _is_same_line(sent, item):
            return False
        return item.kind == sent.kind or item.kind.role in (Role.CAPTION, Role.FIGURE_CAPTION)
    if not isinstance(item, Grid) or any(row.inserted or row.deleted for row in item.rows):
        return False
    if [len(row) for row in sent.rows] != [len(row.cells) for row in item.rows]:
        return False
    cells = chain.from_iterable(row.cells for row in item.rows)
    lines = (as_one_line(cell) if len(cell) != 1 else cell[0] for cell in cells)
    return all(map(_is_same_line, chain.from_iterable(sent.rows), lines))


def _is_same_line(sent: SentLine, line: Line) -> bool:
    if line.text != sent.text or line.has_changes or line.spots:
        return False
    marks = sent.marks()
    return all(
        has_same_marks(run.marks, mark)
        for run in line.runs
        for mark, _ in zip(marks, run.text, strict=False)
    )
