"""Changing what the lines at a cursor are: headings, lists, quotes. One undo step each."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtGui import QTextBlock, QTextCursor, QTextTable

from ui.editor import nesting
from ui.editor.arranging import arrange, previous_path
from ui.editor.formats import (
    Facts,
    Property,
    Role,
    block_format,
    facts_of,
    path_of,
    table_at,
    table_format,
)
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
            put(place.block, replace(facts, level=level, path=path, role=Role.TEXT))
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
    new = nesting.adopt(run.paths, run.chosen[-1])
    for place, old, path in zip(run.places, run.paths, new, strict=True):
        if path != old:
            place.move(path)
    arrange_at(cursor)
    cursor.endEditBlock()


def begins_item(block: QTextBlock) -> bool:
    """Whether a block begins a list item."""
    return bool(nesting.begins_item(facts_of(block).path, previous_path(block)))


def is_nested(block: QTextBlock) -> bool:
    """Whether a block stands in a list inside another."""
    return sum(step.is_list for step in facts_of(block).path) > 1


@dataclass(frozen=True, slots=True)
class _Place:
    """One line of the document: a text block, or a whole table."""

    block: QTextBlock
    table: QTextTable | None

    @property
    def facts(self) -> Facts:
        return facts_of(self.block)

    @property
    def path(self) -> Path:
        return path_of(self.table.format() if self.table else self.block.blockFormat())

    @property
    def end(self) -> int:
        """Return the last position in the line."""
        if self.table is not None:
            return self.table.lastPosition()
        return self.block.position() + self.block.length() - 1

    @property
    def is_text(self) -> bool:
        """Whether this may become a heading or a list item of its own."""
        plain = self.table is None and self.facts.role in (Role.TEXT, Role.FILLER)
        return plain and not has_image(self.block)

    def move(self, path: Path) -> None:
        if self.table is not None:
            made = self.table.format()
            self.table.setFormat(table_format(made.stringProperty(Property.ID), path))
            return
        facts = self.facts
        in_list = any(step.is_list for step in path)
        put(self.block, replace(facts, path=path, level=0 if in_list else facts.level))


class _Run:
    """The chosen lines, and all around them in the same lists and quotes, with one more beside."""

    def __init__(self, cursor: QTextCursor) -> None:
        document = cursor.document()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        last = document.findBlock(end)
        if end > start and end == last.position():  # the selection ends before this line
            end -= 1
        inside_table = bool(cursor.currentTable()) and cursor.currentTable() == table_at(
            document.findBlock(start)
        )
        self.places = list(_around(document.findBlock(start), end))
        self.paths: Paths = [place.path for place in self.places]
        self.chosen = [
            at
            for at, place in enumerate(self.places)
            if place.end >= start and place.block.position() <= end
        ]
        self.texts = [at for at in self.chosen if self.places[at].is_text and not inside_table]

    def chosen_texts(self) -> list[_Place]:
        return [self.places[at] for at in self.texts]


def _around(first: QTextBlock, end: int) -> Iterator[_Place]:
    block = _first_in_line(first)
    while (before := block.previous()).isValid():
        block = _first_in_line(before)
        if not _place_at(block).path:
            break
    while block.isValid():
        place = _place_at(block)
        yield place
        if place.block.position() > end and not place.path:
            break
        block = first.document().findBlock(place.end).next()


def _place_at(block: QTextBlock) -> _Place:
    return _Place(block, table_at(block))


def _first_in_line(block: QTextBlock) -> QTextBlock:
    table = table_at(block)
    return block if table is None else block.document().findBlock(table.firstPosition())


def _move(cursor: QTextCursor, move: _Move) -> bool:
    run = _Run(cursor)
    new = move(run.paths, run.chosen)
    if new == run.paths:
        return False
    _apply(cursor, run, new)
    return True


def _apply(cursor: QTextCursor, run: _Run, new: Paths) -> None:
    with one_undo_step(cursor):
        for place, old, path in zip(run.places, run.paths, new, strict=True):
            if path != old:
                place.move(path)
        arrange(run.places[0].block, run.places[-1].block)
