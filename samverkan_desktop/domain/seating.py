"""Edits about rows, which have no ids: where they belong when others have come or gone since.

The text of all rows, as it stood when the edit was suggested, goes with the edit.
"""

from dataclasses import replace

from samverkan_desktop.domain.placing import place_row
from samverkan_desktop.domain.rearranging import row_number
from samverkan_desktop.domain.review import BlockEdit, Edit, RowTexts, Suggestion, TextEdit
from samverkan_desktop.domain.spots import find_block
from samverkan_desktop.domain.text import Blocks, Table, spans_text

GONE = "rows.-"  # the row of an edit that is about one that has been taken out


def with_rows(suggestion: Suggestion, content: Blocks) -> Suggestion:
    """Return a suggestion whose edits know the rows of their tables, as they are in `content`."""
    edits = (replace(edit, rows=_rows_of(edit, content)) for edit in suggestion.edits)
    return replace(suggestion, edits=tuple(edits))


def moved(edit: Edit, followed: Edit, before: Blocks, content: Blocks) -> Edit:
    """Return an edit as it counts when another has made `content` of `before`.

    One that had lost its place before stays as it was, so that it can be found again.
    """
    if not is_seated(edit, before):
        return edit
    return replace(followed, rows=_rows_of(followed, content)) if edit.rows else followed


def seated(edit: Edit, content: Blocks) -> Edit:
    """Return an edit as it counts in the rows of `content`; as it is when nobody can tell."""
    if is_seated(edit, content) or is_gone(edit):
        return edit
    now = _rows_of(edit, content)
    if isinstance(edit, TextEdit):
        _, row, column = edit.spot.split(".")
        at = place_row(edit.rows, now, int(row), 1)
        return edit if at is None else replace(edit, spot=f"rows.{at}.{column}", rows=now)
    at = place_row(edit.rows, now, row_number(edit.after), 1 if edit.removed else 0)
    after = f"rows.{at - 1}" if at else ""
    return edit if at is None else replace(edit, after=after, rows=now)


def is_gone(edit: Edit) -> bool:
    """Whether the row that an edit is about has been taken out."""
    return (edit.spot if isinstance(edit, TextEdit) else edit.after) == GONE


def is_seated(edit: Edit, content: Blocks) -> bool:
    """Whether an edit is about the rows that there are, or about none."""
    return not edit.rows or edit.rows == _rows_of(edit, content)


def _rows_of(edit: Edit, content: Blocks) -> RowTexts:
    if isinstance(edit, BlockEdit):
        table = find_block(content, edit.inside)
    else:
        table = find_block(content, edit.block) if edit.spot.startswith("rows.") else None
    rows = table.rows if isinstance(table, Table) else ()
    return tuple(tuple(map(spans_text, row)) for row in rows)
