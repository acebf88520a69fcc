"""A table whose rows have come, gone or changed since: an edit finds its row, or tells it can't."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samverkan_desktop.domain.review import BlockEdit, Edit, Suggestion, TextEdit
from samverkan_desktop.domain.reviewing import OrphanError, accept, is_orphan
from samverkan_desktop.domain.seating import with_rows
from samverkan_desktop.domain.text import Paragraph, Table, spans, spans_text

Rows = list[tuple[str, ...]]
SENT = [("virke", ""), ("arbete", ""), ("summa", "")]


def table(rows: Rows) -> Table:
    return Table((spans("Post"), spans("tkr")), tuple(tuple(map(spans, r)) for r in rows), id="t")


def rows_of(now: Table) -> Rows:
    return [tuple(map(spans_text, row)) for row in now.rows]


def suggestion(edit: Edit, rows: Rows, name: str = "a") -> Suggestion:
    made = Suggestion(id=name, author="Anna", at=None, section="arendet", edits=(edit,))
    return with_rows(made, (table(rows),))


def cell(rows: Rows, row: int, new: str = "450") -> TextEdit:
    text = rows[row][1]
    return TextEdit(
        block="t", spot=f"rows.{row}.1", start=0, end=len(text), before=text, removed=text,
        inserted=spans(new),
    )  # fmt: skip


def row_edit(at: int, removed: Rows, new: Rows) -> BlockEdit:
    def boxed(rows: Rows) -> tuple[Table, ...]:
        return (replace(table(rows), id=""),) if rows else ()

    after = f"rows.{at - 1}" if at else ""
    return BlockEdit(after=after, removed=boxed(removed), inserted=boxed(new), inside="t")


NEW = ("moms", "9")
KINDS = {
    "cell": (cell, lambda row: [(row[0], "450")]),
    "gone": (lambda rows, at: row_edit(at, [rows[at]], []), lambda _: []),
    "new": (lambda rows, at: row_edit(at, [], [NEW]), lambda row: [NEW, row]),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_row_that_was_put_in_above_misleads_nobody(kind: str, at: int) -> None:
    edit, becomes = KINDS[kind]
    now = [("frakt", ""), *SENT]
    made = accept((table(now),), suggestion(edit(SENT, at), SENT), ())
    assert rows_of(made.content[0]) == [
        now[0], *SENT[:at], *becomes(SENT[at]), *SENT[at + 1 :]
    ]  # fmt: skip


def test_what_has_lost_its_row_is_found_when_that_is_back() -> None:
    """Though another suggestion has been accepted meanwhile."""
    lost, new = suggestion(cell(SENT, 1), SENT), suggestion(row_edit(0, [], [NEW]), SENT, "b")
    without = (table([SENT[0], SENT[2]]),)
    assert is_orphan(without, lost)
    reviewed = accept(without, new, [lost, new])
    assert reviewed.left == (lost,)
    back = (table([NEW, *SENT]),)
    assert rows_of(accept(back, lost, ()).content[0])[2] == ("arbete", "450")
    assert is_orphan((Paragraph(spans("Ingen tabell."), "t"),), lost)


def test_a_change_beside_a_cell_does_no_harm() -> None:
    now = [SENT[0], ("arbete och resor", ""), SENT[2]]
    made = accept((table(now),), suggestion(cell(SENT, 1), SENT), ())
    assert rows_of(made.content[0])[1] == ("arbete och resor", "450")


def test_of_rows_that_look_alike_none_is_guessed() -> None:
    sent = [("", ""), ("", ""), ("summa", "")]
    for now in ([("a", ""), *sent], sent[1:]):
        assert is_orphan((table(now),), suggestion(cell(sent, 0), sent))
        assert not is_orphan((table(sent),), suggestion(cell(sent, 0), sent))


def test_a_row_that_two_have_taken_out_stays_gone() -> None:
    gone = row_edit(1, [SENT[1]], [])
    one, other = (suggestion(gone, SENT, name) for name in "ab")
    both = replace(suggestion(cell(SENT, 1), SENT, "c"), edits=(cell(SENT, 1), cell(SENT, 2)))
    reviewed = accept((table(SENT),), one, [one, other, with_rows(both, (table(SENT),))])
    for now in (reviewed.content, (table([("frakt", ""), SENT[0], SENT[2]]),)):
        assert [is_orphan(now, left) for left in reviewed.left] == [True, True]


@given(st.data())
def test_an_edit_finds_its_row_or_tells_that_it_can_not(data: st.DataObject) -> None:
    """Whatever one thing was done to the table since, and however alike its rows are."""
    texts = st.sampled_from(["", "a", "b"])
    sent: Rows = data.draw(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
    at = data.draw(st.integers(0, len(sent) - 1))
    where = data.draw(st.integers(0, len(sent) - 1))
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    edit, becomes = KINDS[kind]
    pieces = [[row] for row in sent]
    right = [becomes(row) if n == at else [row] for n, row in enumerate(sent)]
    done = data.draw(st.sampled_from(["put in", "take out", "change"]))
    assume((kind, done, where) != ("new", "put in", at))  # both in one place, in either order
    new: tuple[str, str] = data.draw(st.tuples(texts, texts))
    for rows in (pieces, right):
        if done == "put in":
            rows[where].insert(0, new)
        elif where != at:
            rows[where] = [new] if done == "change" else []
        elif done == "change":
            row = (new[0], sent[at][1])
            rows[where] = [row] if rows is pieces else becomes(row)
        elif rows is pieces or kind == "new":
            rows[where] = [NEW] if rows is right else []
    now = [row for piece in pieces for row in piece]
    try:
        made = accept((table(now),), suggestion(edit(sent, at), sent), ())
    except OrphanError:
        return
    assert rows_of(made.content[0]) == [row for piece in right for row in piece]
