"""Tables compared: cells by their text, rows that were put in or taken out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from samverkan_desktop.domain.review import BlockEdit
from samverkan_desktop.domain.text import Blocks, Spans, Table
from samverkan_desktop.exchange.word.accounting import NOTHING, Account, account_of, length
from samverkan_desktop.exchange.word.aligning import Aligning, Atom, Effort, as_one_line
from samverkan_desktop.exchange.word.building import Names
from samverkan_desktop.exchange.word.content import Grid, Line, Revision, Row
from samverkan_desktop.exchange.word.sent import SentGrid, SentLine
from samverkan_desktop.exchange.word.texts import Event, Piece, Proposal, text_proposals, written
from samverkan_desktop.exchange.word.trail import Spot, Step, trail_of

_AFTER_ALL = 1_000_000  # a row that was sent stands after those put in before it


@dataclass(slots=True)
class ComparingGrids:
    """Compares the tables of a section. `trails` are the steps of each table of the file."""

    names: Names
    who: Revision
    effort: Effort
    proposals: list[Proposal] = field(default_factory=list)
    trails: dict[int, list[Step]] = field(default_factory=dict)
    account: Account = NOTHING

    def compare(self, sent: SentGrid, grid: Grid) -> bool:
        """Note what was changed in a table; return whether it is still the same, with its columns.

        A header that was taken out, or a row put in before it, makes it another table.
        """
        pairs = list(self._pairs(sent, grid))
        if not _has_same_columns(sent, grid, pairs):
            self.note(grid, sent.leaf)
            return False
        steps: list[Step] = []
        self.trails[id(grid)] = steps
        last = 0
        for order, (number, row) in enumerate(pairs):
            if number is None:
                if row is not None:
                    self._put_in(sent.leaf, row, last, order)
                    steps += _plain_steps(row)
                continue
            last = number
            if row is None or row.deleted is not None:
                self._take_out(sent.leaf, number, row)
            else:
                for cell, lines in zip(sent.rows[number], row.cells, strict=False):
                    steps += self._cell(cell, lines)
        return True

    def _count_suggested(self, row: Row) -> None:
        lines = (line for cell in row.cells for line in cell)
        self.account += Account(suggested=length(lines))

    def note(self, grid: Grid, table: Table) -> None:
        """Let comments in a new table find their cells."""
        self.account += Account(suggested=length([grid]))
        steps: list[Step] = []
        for y, row in enumerate(row for row in grid.rows if row.deleted is None):
            for x, lines in enumerate(row.cells):
                spot = f"rows.{y - 1}.{x}" if y else f"header.{x}"
                line = as_one_line(lines)
                chars = [(c, Spot(table.id, spot, i, i + 1)) for i, c in enumerate(line.text)]
                steps += trail_of(line, chars)
        self.trails[id(grid)] = steps

    def people(self, grid: Grid) -> Iterator[Revision]:
        """Yield who has changed anything in a table."""
        for row in grid.rows:
            yield from (one for one in (row.inserted, row.deleted) if one is not None)
        for line in grid.lines():
            for run in line.runs:
                yield from (one for one in (run.inserted, run.deleted) if one is not None)

    def _pairs(self, sent: SentGrid, grid: Grid) -> Iterator[tuple[int | None, Row | None]]:
        """Yield rows that are the same, by the number of the one sent, in the order of both."""
        there = [row for row in grid.rows if row.inserted is None]
        ours = ["\t".join(cell.text for cell in row) for row in sent.rows]
        theirs = ["\t".join(_sent_text(cell) for cell in row.cells) for row in there]
        known: dict[int, int | None] = {}
        gone: dict[int, list[int]] = {}
        if len(ours) == len(theirs):
            known = {id(row): number for number, row in enumerate(there)}
        else:
            matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
            for tag, i1, i2, j1, j2 in matcher.get_opcodes():
                same = min(i2 - i1, j2 - j1) if tag in ("equal", "replace") else 0
                known |= {id(there[j1 + n]): i1 + n for n in range(same)}
                gone.setdefault(j2, []).extend(range(i1 + same, i2))
        met = 0
        for row in grid.rows:
            if row.inserted is None:
                for number in gone.pop(met, []):
                    yield number, None
                met += 1
            yield known.get(id(row)), row
        for numbers in gone.values():
            for number in numbers:
                yield number, None

    def _put_in(self, table: Table, row: Row, last: int, order: int) -> None:
        self._count_suggested(row)
        by = row.inserted or self.who
        width = len(table.header)
        cells = tuple(_written_cell(cell) for cell in row.cells[:width])
        cells += ((),) * (width - len(cells))
        after = f"rows.{last - 1}" if last else ""
        edit = BlockEdit(after=after, inserted=_rows(table, cells), inside=table.id, order=order)
        nested: tuple[Proposal, ...] = ()
        if row.deleted is not None:
            if row.deleted.author == by.author:
                return
            undone = replace(edit, removed=edit.inserted, inserted=())
            nested = (Proposal(undone, (row.deleted,)),)
        self.proposals.append(Proposal(edit, (by,), nested=nested))

    def _take_out(self, table: Table, number: int, row: Row | None) -> None:
        by = row.deleted if row is not None and row.deleted is not None else self.who
        if row is not None:
            self._count_suggested(row)
        at = number - 1
        after = f"rows.{at - 1}" if at else ""
        edit = BlockEdit(
            after=after,
            removed=_rows(table, table.rows[at]),
            inside=table.id,
            order=_AFTER_ALL,
        )
        self.proposals.append(Proposal(edit, (by,)))

    def _cell(self, cell: SentLine, lines: Sequence[Line]) -> Iterator[Step]:
        line = as_one_line(lines)
        flow = Aligning((cell,), (line,), self.who, self.effort).flow()
        added = max(len(lines) - 1, 0)  # what parts the paragraphs of a cell is no character
        self.account += account_of(flow) + Account(text=-added)
        events = [_event(atom) for atom in flow if not atom.is_mark]
        piece = Piece(cell.block, cell.spot, cell.stored, cell.at, list(cell.marks()))
        self.proposals += text_proposals(piece, events, self.who)
        chars: list[tuple[str, Spot | None]] = []
        last = 0
        for atom in flow:
            if atom.base is not None:
                last = atom.base[1] + (not atom.is_mark)
            if atom.line >= 0 and not atom.is_mark:
                start = cell.at[last - 1 if atom.base else last]
                end = cell.at[last] if atom.base else start
                chars.append((atom.char, Spot(cell.block, cell.spot, start, end)))
        return trail_of(line, chars)


def _has_same_columns(
    sent: SentGrid, grid: Grid, pairs: Sequence[tuple[int | None, Row | None]]
) -> bool:
    """Whether a table has the columns that were sent, and their header first."""
    if not grid.rows or len(grid.rows[0].cells) != len(sent.leaf.header):
        return False
    number, row = pairs[0]
    return number == 0 and row is not None and row.deleted is None


def new_table(grid: Grid, names: Names, old: Table | None) -> Table:
    """Return a table of the file, with every change accepted, as a block; `old` was there."""
    rows = [row for row in grid.rows if row.deleted is None]
    written_rows = [tuple(_written_cell(cell) for cell in row.cells) for row in rows]
    header, *rest = written_rows or [((),)]
    name = names.new("table", written_rows)
    caption = old.caption if old is not None else ()
    return Table(header, tuple(rest), caption, (), name)


def _rows(table: Table, row: tuple[Spans, ...]) -> Blocks:
    return (Table(table.header, (row,)),)


def _written_cell(lines: Sequence[Line]) -> Spans:
    line = as_one_line(lines)
    return written(
        [Atom(char, 0, run.marks) for run in line.runs if run.deleted is None for char in run.text]
    )


def _sent_text(lines: Sequence[Line]) -> str:
    """Return the text of a cell with every change rejected."""
    return "".join(run.text for run in as_one_line(lines).runs if run.inserted is None)


def _event(atom: Atom) -> Event:
    if atom.base is None:
        return Event(atom, put=atom.inserted)
    return Event(atom, atom.base[1], taken=atom.deleted)


def _plain_steps(row: Row) -> Iterator[Step]:
    for lines in row.cells:
        yield from trail_of(as_one_line(lines), ())
