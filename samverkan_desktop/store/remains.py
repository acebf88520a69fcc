"""Where the rows of a library file lie that may be damaged: found without SQLite.

First the rows that the tables lead to, as SQLite would, but around what is damaged; then those on
pages that nothing leads to any more, as SQLite's own `.recover` finds them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from samverkan_desktop.store.cells import (
    Cell,
    Value,
    cells_on,
    children_on,
    is_empty,
    is_text,
    read_row,
)
from samverkan_desktop.store.pages import Image, Pages
from samverkan_desktop.store.schema import MIGRATION_SET

Owner = int | str
Key = int | str | None

# What the tables are called in the file, and the columns that tell whose a row is, and which one.
NAMES = {
    "drafts": "drafts",
    "parts": "parts",
    "blobs": "blobs",
    "files": "files",
    "pieces": "pieces",
    "versions": "versions",
    "journal": "journal",
    "journal_ends": "ends",
    "suggestions": "suggestions",
    "comments": "comments",
    "words_content": "words",
    "_sqlite_migrations": "steps",
}
# Where a row was found: its table leads to it; nothing does; the page is told to be free; the page
# has been written anew since. No sound file has rows that nothing leads to.
LED_TO, LOST, FREE, OLDER = range(4)

_BY_ROWID = {"drafts", "words", "steps"}
_KEYED = {"parts", "files", "pieces", "versions", "journal", "suggestions", "comments"}


@dataclass(slots=True)
class Remains:
    """The rows found: by table, whose they are (a draft's number or id, a SHA-256), and their key.

    Of several rows with the same key the one to be preferred comes first. `whole` are the tables
    that lead to all of their rows.
    """

    pages: Pages
    rows: dict[str, dict[Owner, dict[Key, list[Cell]]]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    def of(self, table: str, owner: Owner) -> dict[Key, list[Cell]]:
        """Return the rows of a table that belong to an owner, by key."""
        return self.rows[table].get(owner, {})

    def read(self, cells: Iterable[Cell]) -> Iterator[Sequence[Value]]:
        """Yield the values of rows, those that can be read whole."""
        rows = (read_row(self.pages, cell) for cell in cells)
        return (row.values for row in rows if row is not None and row.is_whole)

    def steps(self) -> frozenset[str]:
        """Return the names of the migrations that the file tells."""
        cells = [cell for keyed in self.rows["steps"].values() for cell in keyed.get(None, [])]
        return frozenset(str(row[2]) for row in self.read(cells) if row[1] == MIGRATION_SET)


def gather(pages: Pages, heed: Callable[[], None] = lambda: None) -> Remains:
    """Look through all pages of a file. `heed` is called between them, and may raise to stop."""
    remains = Remains(pages, {table: {} for table in NAMES.values()})
    free = pages.free()
    led_to: set[int] = set()
    for name, root in _roots(pages).items():
        for cell in _led_to(remains, name, root, led_to):
            _place(remains, cell)
        heed()
    for page in pages.numbers:
        for image, rank in _left(pages, page, led_to, free):
            for cell in cells_on(image, pages.layout, rank)[0]:
                _place(remains, cell)
                if rank == LOST:
                    remains.whole.discard(cell.table)
        if page % 256 == 0:
            heed()
    _settle(remains)
    return remains


def _roots(pages: Pages) -> dict[str, int]:
    """Return the root page of each table that the first page still tells of (section 2.6)."""
    out: dict[str, int] = {}
    for page in _walk(pages, 1, set(), lambda _: None):
        for cell in cells_on(page, pages.layout, LED_TO)[0]:
            row = read_row(pages, cell) if cell.table == "schema" else None
            kind, name, _, root, _ = row.values if row else (None,) * 5
            if kind == "table" and name in NAMES and isinstance(root, int):
                out[NAMES[str(name)]] = root
    return out


def _led_to(remains: Remains, table: str, root: int, seen: set[int]) -> Iterator[Cell]:
    """Yield the rows that a table leads to, and note whether those are all."""
    broken: list[int] = []
    for image in _walk(remains.pages, root, seen, broken.append):
        cells, is_whole = cells_on(image, remains.pages.layout, LED_TO)
        if not is_whole or any(cell.table != table for cell in cells):
            broken.append(image.page)
        yield from cells
    if not broken:
        remains.whole.add(table)


def _walk(pages: Pages, root: int, seen: set[int], note: Callable[[int], None]) -> Iterator[Image]:
    """Yield the pages with rows that a table leads to, each page of the file at most once."""
    waiting = [root]
    while waiting:
        page = waiting.pop()
        if not pages.has(page) or page in seen:
            note(page)
            continue
        image = pages.newest(page)
        children, is_whole = children_on(image, pages.layout)
        if children:
            seen.add(page)
            if not is_whole:
                note(page)
            waiting += reversed(children)
        elif cells_on(image, pages.layout, LED_TO)[0] or is_empty(image):
            seen.add(page)
            yield image
        else:
            note(page)


def _left(
    pages: Pages, page: int, led_to: set[int], free: frozenset[int]
) -> Iterator[tuple[Image, int]]:
    """Yield what else a page holds or has held, and how its rows rank.

    A page in the log that isn't sound may be another's: the one before it counts as well.
    """
    if page not in led_to:
        yield pages.newest(page), FREE if page in free else LOST
    rank = LOST
    newer = pages.newest(page)
    for image in pages.older(page):
        if pages.is_sound(newer):
            rank = OLDER
        yield image, rank
        newer = image


def _place(remains: Remains, cell: Cell) -> None:
    """Put a row where it belongs, if it tells so."""
    if cell.table not in remains.rows:
        return
    if cell.table in _BY_ROWID:
        owner: Owner = cell.rowid
        key: Key = None
    else:
        row = read_row(remains.pages, cell, 2 if cell.table in _KEYED else 1)
        if row is None or not all(isinstance(v, int) or is_text(v) for v in row.values):
            return
        owner, key = cast("tuple[Owner, Key]", (*row.values, None)[:2])
    remains.rows[cell.table].setdefault(owner, {}).setdefault(key, []).append(cell)


def _settle(remains: Remains) -> None:
    """Put the newest row of each key first, and pass over those that were deleted.

    A row that no page but a free one has, or none but one from before, was deleted or moved, unless
    its table is damaged.
    """
    for table, owners in remains.rows.items():
        is_whole = table in remains.whole
        counting = {LED_TO, LOST} if is_whole else {LED_TO, LOST, FREE}
        for keyed in owners.values():
            for key, cells in list(keyed.items()):
                if any(cell.rank in counting for cell in cells):
                    cells.sort(key=_preference(sure=is_whole))
                else:
                    del keyed[key]


def _preference(*, sure: bool) -> Callable[[Cell], tuple[int, ...]]:
    """Return what to sort by: what a whole table leads to; else what was written last."""
    if sure:
        return lambda cell: (cell.rank, -cell.age, -cell.rowid)
    return lambda cell: (cell.rank == FREE, -cell.age, cell.rank, -cell.rowid)
