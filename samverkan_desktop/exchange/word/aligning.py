"""A part of a file beside the same part as it was sent: each character is sent, put in or gone.

The characters of both stand in one flow, paragraph marks among them. Of each it is told which
character sent it is, who put it in and who took it out. What no tracked change tells is the doing
of whoever saved the file last.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from samverkan_desktop.exchange.word.content import PLAIN, Grid, Item, Line, Marks, Revision, Run
from samverkan_desktop.exchange.word.pairing import pairs
from samverkan_desktop.exchange.word.sent import SentGrid, SentItem, SentLine

TABLE = "\0"  # stands for a whole table; no XML can hold it
_MARK = "\1"
_TOKEN = re.compile(r"[^\W_]+ ?|.", re.DOTALL)
_FOLDED = str.maketrans(
    {"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\N{NON-BREAKING HYPHEN}": "-"}
)


@dataclass(slots=True, eq=False)
class Atom:
    """A character, or a paragraph mark (with no character).

    `base` is the line sent and the character of it, its mark after the last; None when it wasn't
    sent. `line` is which of the file's lines it stands in, -1 when it isn't in the file.
    """

    char: str
    line: int
    marks: Marks = PLAIN
    inserted: Revision | None = None
    deleted: Revision | None = None
    formatted: Revision | None = None
    base: tuple[int, int] | None = None
    run: Run | None = None

    @property
    def is_mark(self) -> bool:
        """Whether it is a paragraph mark."""
        return not self.char

    @property
    def is_alive(self) -> bool:
        """Whether it is there when every change is accepted."""
        return self.deleted is None


@dataclass(slots=True)
class Effort:
    """How much comparing of untracked edits is left, in pairs of words: a file may be hostile."""

    left: int = 4_000_000

    def spend(self, pairs: int) -> bool:
        """Whether there is enough left, which is then less."""
        if pairs > self.left:
            return False
        self.left -= pairs
        return True


@dataclass(slots=True)
class Aligning:
    """One part being aligned. `who` saved the file last."""

    sent: Sequence[SentItem]
    file: Sequence[Item]
    who: Revision
    effort: Effort = field(default_factory=Effort)
    _known_marks: dict[int, list[Marks]] = field(default_factory=dict)

    def flow(self) -> list[Atom]:
        """Return all characters, those sent in their order and each once."""
        atoms = [atom for n, item in enumerate(self.file) for atom in _atoms(n, item)]
        there = [(at, atom) for at, atom in enumerate(atoms) if atom.inserted is None]
        lines = _lines([atom for _, atom in there])
        gone: dict[int, list[Atom]] = {}  # before which atom of the flow
        ours, theirs = [_folded(_text(item)) for item in self.sent], [text for _, text in lines]
        starts = [*(start for start, _ in lines), len(there)]
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                self._take(there[starts[j1] : starts[j2]], i1, i2)
                continue
            for (a1, a2), (b1, b2) in pairs(ours[i1:i2], theirs[j1:j2]):
                span = starts[j1 + b1], starts[j1 + b2]
                self._compare(there, span, (i1 + a1, i1 + a2), (gone, len(atoms)))
        out: list[Atom] = []
        for at in range(len(atoms) + 1):
            out += gone.get(at, ())
            out += atoms[at : at + 1]
        return out

    def _take(self, there: Sequence[tuple[int, Atom]], first: int, last: int) -> None:
        """Note that lines of the file are lines that were sent; the last mark may be missing."""
        places = ((n, i) for n in range(first, last) for i in range(len(_text(self.sent[n])) + 1))
        for (_, atom), base in zip(there, places, strict=False):
            atom.base = base

    def _compare(
        self,
        there: list[tuple[int, Atom]],
        span: tuple[int, int],
        lines: tuple[int, int],
        out: tuple[dict[int, list[Atom]], int],
    ) -> None:
        """Find what of some lines sent is in a stretch of the file; note what is gone or new."""
        gone, length = out
        ours = [
            (n, i, char)
            for n in range(*lines)
            for i, char in enumerate((*_text(self.sent[n]), _MARK))
        ]
        theirs = there[span[0] : span[1]]
        a = _folded("".join(char for _, _, char in ours))
        b = _folded("".join(atom.char or _MARK for _, atom in theirs))
        for tag, i1, i2, j1, j2 in self._opcodes(a, b):
            if tag == "equal":
                for (n, i, _), (_, atom) in zip(ours[i1:i2], theirs[j1:j2], strict=True):
                    atom.base = n, i
                continue
            at = span[0] + j1
            where = there[at - 1][0] + 1 if at else 0
            for n, i, char in ours[i1:i2]:
                marks = self._marks(n, i)
                ghost = Atom(char if char != _MARK else "", -1, marks, deleted=self.who)
                ghost.base = n, i
                gone.setdefault(min(where, length), []).append(ghost)
            for _, atom in theirs[j1:j2]:
                atom.inserted = self.who

    def _opcodes(self, a: str, b: str) -> Iterator[tuple[str, int, int, int, int]]:
        """Yield how one text becomes the other, word by word."""
        ours, theirs = _TOKEN.findall(a), _TOKEN.findall(b)
        if not self.effort.spend(len(ours) * len(theirs)):
            yield "replace", 0, len(a), 0, len(b)
            return
        starts, ends = _starts(ours), _starts(theirs)
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        codes = list(_cleaned(matcher.get_opcodes(), ours))
        for tag, i1, i2, j1, j2 in codes:
            yield tag, starts[i1], starts[i2], ends[j1], ends[j2]

    def _marks(self, line: int, at: int) -> Marks:
        """Return the marks that a character was sent with."""
        if line not in self._known_marks:
            item = self.sent[line]
            self._known_marks[line] = list(item.marks()) if isinstance(item, SentLine) else []
        marks = self._known_marks[line]
        return marks[at] if at < len(marks) else PLAIN


def _cleaned(
    codes: Sequence[tuple[str, int, int, int, int]], ours: Sequence[str]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the steps without those where a lone space or comma is all that stays the same."""
    held: tuple[int, int, int, int] | None = None
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        is_inner = 0 < number < len(codes) - 1
        is_slight = i2 - i1 == 1 and not ours[i1].strip("\n,.;:-– ") and ours[i1] != _MARK
        if tag == "equal" and not (is_inner and is_slight):
            if held is not None:
                yield "replace", *held
                held = None
            yield tag, i1, i2, j1, j2
        else:
            held = (held[0], i2, held[2], j2) if held is not None else (i1, i2, j1, j2)
    if held is not None:
        yield "replace", *held


def _starts(tokens: Sequence[str]) -> list[int]:
    out = [0]
    for token in tokens:
        out.append(out[-1] + len(token))
    return out


def _atoms(number: int, item: Item) -> Iterator[Atom]:
    if isinstance(item, Grid):
        inserted, deleted = _whole_table(item)
        for char in (TABLE, ""):
            yield Atom(char, number, PLAIN, inserted, deleted)
        return
    for run in item.runs:
        for char in run.text:
            yield Atom(char, number, run.marks, run.inserted, run.deleted, run.formatted, None, run)
    yield Atom("", number, PLAIN, item.inserted, item.deleted)


def _whole_table(grid: Grid) -> tuple[Revision | None, Revision | None]:
    """Return who put in or took out a table, which is done row by row (17.13.5.12, 17.13.5.16)."""
    rows = grid.rows
    inserted = rows[0].inserted if rows and all(row.inserted for row in rows) else None
    deleted = rows[0].deleted if rows and all(row.deleted for row in rows) else None
    return inserted, deleted


def _lines(atoms: Sequence[Atom]) -> list[tuple[int, str]]:
    """Return the lines of a flow: where each begins, and its text."""
    out: list[tuple[int, str]] = []
    start = 0
    for at, atom in enumerate(atoms):
        if atom.is_mark:
            out.append((start, _folded("".join(one.char for one in atoms[start:at]))))
            start = at + 1
    if start < len(atoms):
        out.append((start, _folded("".join(one.char for one in atoms[start:]))))
    return out


def _text(item: SentItem) -> str:
    return TABLE if isinstance(item, SentGrid) else item.text


def _folded(text: str) -> str:
    return text.translate(_FOLDED)


def as_one_line(lines: Sequence[Line]) -> Line:
    """Return the lines of a table cell as one, with a line break for each mark but the last."""
    runs: list[Run] = []
    spots: list[tuple[str, int, bool]] = []
    at = 0
    for line in lines:
        if runs or line is not lines[0]:
            before = lines[lines.index(line) - 1]
            runs.append(Run("\n", PLAIN, before.inserted, before.deleted))
            at += 1
        spots += [(name, at + start, begins) for name, start, begins in line.spots]
        runs += line.runs
        at += len(line.text)
    return Line(runs=tuple(runs), spots=tuple(spots))
