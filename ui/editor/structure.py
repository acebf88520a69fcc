"""Changing what the lines at a cursor are: headings, lists, quotes. One undo step each."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtGui import QTextBlock, QTextCursor

from ui.editor import nesting
from ui.editor.arranging import arrange, previous_path
from ui.editor.formats import Facts, Role, block_format, facts_of
from ui.editor.images import has_image
from ui.editor.lines import Kind, Path
from ui.editor.nesting import Paths

_Move = Callable[[Sequence[Path], Sequence[int]], Paths]


@contextmanager
def one_undo_step(cursor: QTextCursor) -> Iterator[None]:
    """Make all edits inside one undo step."""
    cursor.beginEditBlock()
    try:
        yield
    finally:
        cursor.endEditBlock()


def set_level(cursor: QTextCursor, level: int) -> None:
    """Make the lines headings of this level, or paragraphs (0). A heading stands in no list."""
    with one_undo_step(cursor):
        for place in _Run(cursor).chosen_texts():
            facts = place.facts
            path = tuple(step for step in facts.path if not step.is_list) if level else facts.path
            put(place.blocks[0], replace(facts, level=level, path=path, role=Role.TEXT))
        arrange_at(cursor)


def toggle_list(cursor: QTextCursor, kind: Kind) -> None:
    """Make the lines items of a list of this kind, or take them out of it."""
    run = _Run(cursor)
    paths, chosen = run.paths, run.texts
    if not chosen:
        return
    if all(nesting.in_list(paths, at, kind) for at in chosen):
        _apply(cursor, run, nesting.leave_list(paths, chosen))
    elif not cursor.hasSelection() and nesting.list_depth(paths[chosen[0]]):
        _apply(cursor, run, nesting.set_list_kind(paths, chosen[0], kind))
    else:
        _apply(cursor, run, nesting.set_list(paths, chosen, kind))


def toggle_quote(cursor: QTextCursor) -> None:
    """Put the lines into a quote, or take them out of theirs."""
    run = _Run(cursor)
    quoted = all(any(not step.is_list for step in run.paths[at]) for at in run.chosen)
    move = nesting.unquote if quoted else nesting.quote
    _apply(cursor, run, move(run.paths, run.chosen))


def indent(cursor: QTextCursor) -> bool:
    """Move list items one level in; return whether anything moved."""
    return _move(cursor, nesting.indent)


def outdent(cursor: QTextCursor) -> bool:
    """Move list items one level out, out of the list at last; return whether anything moved."""
    return _move(cursor, nesting.outdent)


def put(block: QTextBlock, facts: Facts) -> None:
    """Make a block say `facts`; its list mark is left to `arrange`."""
    QTextCursor(block).setBlockFormat(block_format(facts))


def arrange_at(cursor: QTextCursor) -> None:
    """Make the blocks at a cursor, and the one after them, look as they are."""
    document = cursor.document()
    last = document.findBlock(cursor.selectionEnd())
    after = last.next()
    arrange(document.findBlock(cursor.selectionStart()), after if after.isValid() else last)


def tidy(cursor: QTextCursor) -> None:
    """Put right what lines were joined or deleted around: part of the edit that did it.

    What stood below an item that is gone now stands below the one before it.
    """
    cursor.joinPreviousEditBlock()
    run = _Run(cursor)
    run.move(nesting.adopt(run.paths, run.chosen[-1]))
    cursor.endEditBlock()


def begins_item(block: QTextBlock) -> bool:
    """Whether a block begins a list item."""
    return bool(nesting.begins_item(facts_of(block).path, previous_path(block)))


def is_nested(block: QTextBlock) -> bool:
    """Whether a block stands in a list inside another."""
    return sum(step.is_list for step in facts_of(block).path) > 1


@dataclass(frozen=True, slots=True)
class _Place:
    """One line of the document: a text block, or all cells of a table.

    Between two tables there is always another block; so cells in a row are of the same one.
    """

    blocks: tuple[QTextBlock, ...]

    @property
    def facts(self) -> Facts:
        return facts_of(self.blocks[0])

    @property
    def start(self) -> int:
        return self.blocks[0].position()

    @property
    def end(self) -> int:
        return self.blocks[-1].position() + self.blocks[-1].length() - 1

    @property
    def is_text(self) -> bool:
        """Whether this may become a heading or a list item of its own."""
        return self.facts.role in (Role.TEXT, Role.FILLER) and not has_image(self.blocks[0])

    def move(self, path: Path) -> None:
        in_list = any(step.is_list for step in path)
        for block in self.blocks:
            facts = facts_of(block)
            put(block, replace(facts, path=path, level=0 if in_list else facts.level))


class _Run:
    """The chosen lines, and all around them in the same lists and quotes, with one more beside."""

    def __init__(self, cursor: QTextCursor) -> None:
        document = cursor.document()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if end > start and end == document.findBlock(end).position():
            end -= 1  # the selection ends before this line
        self.places = list(_around(document.findBlock(start), end))
        self.paths: Paths = [place.facts.path for place in self.places]
        self.chosen = [
            at for at, place in enumerate(self.places) if place.end >= start and place.start <= end
        ]
        self.texts = [at for at in self.chosen if self.places[at].is_text]

    def chosen_texts(self) -> list[_Place]:
        return [self.places[at] for at in self.texts]

    def move(self, new: Paths) -> None:
        """Give the lines other paths, and make them look like it."""
        for place, old, path in zip(self.places, self.paths, new, strict=True):
            if path != old:
                place.move(path)
        arrange(self.places[0].blocks[0], self.places[-1].blocks[-1])


def _around(first: QTextBlock, end: int) -> Iterator[_Place]:
    place = _place_at(first)
    while (before := place.blocks[0].previous()).isValid():
        place = _place_at(before)
        if not place.facts.path:
            break
    while True:
        yield place
        after = place.blocks[-1].next()
        if not after.isValid() or (place.start > end and not place.facts.path):
            break
        place = _place_at(after)


def _place_at(block: QTextBlock) -> _Place:
    if not facts_of(block).role.in_table:
        return _Place((block,))
    while _is_cell(block.previous()):
        block = block.previous()
    blocks = [block]
    while _is_cell(blocks[-1].next()):
        blocks.append(blocks[-1].next())
    return _Place(tuple(blocks))


def _is_cell(block: QTextBlock) -> bool:
    return block.isValid() and facts_of(block).role.in_table


def _move(cursor: QTextCursor, move: _Move) -> bool:
    run = _Run(cursor)
    new = move(run.paths, run.chosen)
    if new == run.paths:
        return False
    _apply(cursor, run, new)
    return True


def _apply(cursor: QTextCursor, run: _Run, new: Paths) -> None:
    with one_undo_step(cursor):
        run.move(new)
