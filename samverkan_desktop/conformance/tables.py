"""Rules for tables: their parts, a regular grid, and headers that cells can be told by."""

from collections.abc import Iterator

from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.rules import UA, Place, Rule, at
from samverkan_desktop.conformance.tree import Node
from samverkan_desktop.conformance.values import items, name, whole

_PARTS = ("THead", "TBody", "TFoot")
_MOST = 1000  # columns or rows that a cell may span
_ABOVE = {
    "TR": ("Table", *_PARTS),
    "TH": ("TR",),
    "TD": ("TR",),
    "THead": ("Table",),
    "TBody": ("Table",),
    "TFoot": ("Table",),
}
_BELOW = {
    "Table": ("TR", *_PARTS, "Caption"),
    "THead": ("TR",),
    "TBody": ("TR",),
    "TFoot": ("TR",),
    "TR": ("TH", "TD"),
}


def _stray(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.of_role(*_ABOVE):
        if node.parent is None or node.parent.role not in _ABOVE[node.role]:
            yield at(node)


def _foreign(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.of_role(*_BELOW):
        if node.marked:
            yield at(node)
        for kid in node.kids:
            if kid.role not in _BELOW[node.role]:
                yield at(kid)


def _parts(pdf: OpenedPdf) -> Iterator[Place]:
    """Find tables with two heads, or a head and no body, or a caption in the middle."""
    for table in pdf.of_role("Table"):
        roles = [kid.role for kid in table.kids]
        captions = [i for i, role in enumerate(roles) if role == "Caption"]
        misplaced = len(captions) > 1 or any(i not in (0, len(roles) - 1) for i in captions)
        lacking = ("THead" in roles or "TFoot" in roles) and "TBody" not in roles
        if misplaced or lacking or roles.count("THead") > 1 or roles.count("TFoot") > 1:
            yield at(table)


def _rows(table: Node) -> list[list[Node]]:
    """Return the rows of each part of a table; rows never span from one part to another."""
    parts = [kid.kids for kid in table.kids if kid.role in _PARTS]
    return [[row for row in part if row.role == "TR"] for part in (*parts, table.kids)]


def _irregular(pdf: OpenedPdf) -> Iterator[Place]:
    for table in pdf.of_role("Table"):
        widths = [(row, width) for part in _rows(table) for row, width in _widths(part)]
        for row, width in widths:
            if width != widths[0][1]:
                yield at(row, f"{width} kolumner, inte {widths[0][1]}")


def _widths(rows: list[Node]) -> Iterator[tuple[Node, int]]:
    """Yield how many columns each row fills, cells from rows above included."""
    below: list[tuple[int, int]] = []  # rows left, columns
    for row in rows:
        reaching = sum(columns for _, columns in below)
        cells = [(_span(cell, "RowSpan"), _span(cell, "ColSpan")) for cell in row.kids]
        yield row, reaching + sum(columns for _, columns in cells)
        left = [(count - 1, columns) for count, columns in (*below, *cells)]
        below = [(count, columns) for count, columns in left if count]


def _span(cell: Node, key: str) -> int:
    return min(max(whole(cell.attribute("Table", key)) or 1, 1), _MOST)


def _headless(pdf: OpenedPdf) -> Iterator[Place]:
    for table in pdf.of_role("Table"):
        if not any(node.role == "TH" for node in table.walk()):
            yield at(table)


def _unscoped(pdf: OpenedPdf) -> Iterator[Place]:
    """Find header cells that no cell can be told by, neither by scope nor by name."""
    for table in pdf.of_role("Table"):
        cells = [node for node in table.walk() if node.role in ("TD", "TH")]
        data = [cell for cell in cells if cell.role == "TD"]
        named = bool(data) and all(items(cell.attribute("Table", "Headers")) for cell in data)
        for cell in cells:
            scope = name(cell.attribute("Table", "Scope"))
            if cell.role == "TH" and scope not in ("Row", "Column", "Both") and not named:
                yield at(cell)


RULES = (
    Rule("table.stray", f"{UA} 7.2", "En del av en tabell ligger på fel ställe.", _stray),
    Rule("table.content", f"{UA} 7.2", "I tabellen ligger något utanför cellerna.", _foreign),
    Rule(
        "table.parts",
        f"{UA} 7.2",
        "Tabellens huvud, kropp och rubrik är inte ordnade som de ska.",
        _parts,
    ),
    Rule("table.irregular", f"{UA} 7.2", "Tabellens rader är olika långa: {}.", _irregular),
    Rule("table.header", f"{UA} 7.5", "Tabellen saknar rubrikceller.", _headless),
    Rule(
        "table.scope",
        f"{UA} 7.5",
        "Rubrikcellen säger inte vilka celler den gäller (Scope).",
        _unscoped,
    ),
)
