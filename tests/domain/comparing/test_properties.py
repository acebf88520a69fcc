"""What must hold for any two drafts: nothing is dropped, whichever comes first."""

import itertools
from collections import Counter
from dataclasses import fields, is_dataclass, replace

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan_desktop.domain.comparing import Change, Kind, Piece, Row, compare
from samverkan_desktop.domain.comparing.alignment import align, longest_increasing
from samverkan_desktop.domain.comparing.lines import decision_lines, text_lines
from samverkan_desktop.domain.comparing.words import compare_words
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.template import (
    DecisionForm,
    DecisionRule,
    Need,
    Slot,
    SlotKind,
    Template,
)
from samverkan_desktop.domain.text import Blocks, normal_spans, paragraph, spans_text, with_ids

TEMPLATE = Template(
    id="stockholm-remissvar",
    name="Remissvar",
    group="Prov",
    document_name="Prov",
    decision=DecisionRule(form=DecisionForm.SENTENCE),
    slots=(
        Slot(key="forslag", heading="Förslag", need=Need.REQUIRED, kind=SlotKind.DECISION),
        *(
            Slot(key=key, heading=key.capitalize(), need=Need.RECOMMENDED)
            for key in strategies.SECTION_KEYS[:7]
        ),
    ),
)


def glued(pieces: tuple[Piece, ...], side: str):
    return normal_spans(span for piece in pieces for span in getattr(piece, side))


@given(strategies.spans(), strategies.spans())
def test_the_pieces_are_both_texts_with_all_their_marks(old, new):
    pieces = compare_words(old, new)
    assert glued(pieces, "old") == old
    assert glued(pieces, "new") == new


@given(strategies.spans(), strategies.spans())
def test_what_is_called_the_same_is_and_what_is_not_is_not(old, new):
    for piece in compare_words(old, new):
        before, after = spans_text(piece.old), spans_text(piece.new)
        match piece.kind:
            case Kind.SAME:
                assert piece.old == piece.new
            case Kind.RESTYLED:
                assert (before, piece.old != piece.new) == (after, True)
            case Kind.ADDED:
                assert (before, bool(after)) == ("", True)
            case Kind.REMOVED:
                assert (bool(before), after) == (True, "")


@given(strategies.spans(), strategies.spans())
def test_words_turned_around(old, new):
    there, back = compare_words(old, new), compare_words(new, old)
    assert Counter(there) == Counter(turned_piece(piece) for piece in back)


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_aligned_items_are_equal_and_in_order(old, new):
    pairs = align(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in itertools.pairwise(pairs))
    assert align(new, old) == [(j, i) for i, j in pairs]


@given(st.permutations(range(8)))
def test_no_increasing_subsequence_is_longer(values):
    found = longest_increasing(values)
    assert found == sorted(found)
    picked = [values[index] for index in found]
    assert picked == sorted(picked)
    longest = max(
        size
        for size in range(1, 9)
        if any(list(some) == sorted(some) for some in itertools.combinations(values, size))
    )
    assert len(found) == longest


def turned_piece(piece: Piece) -> Piece:
    kinds = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    return Piece(kinds.get(piece.kind, piece.kind), piece.new, piece.old)


@st.composite
def revised(draw: st.DrawFn, blocks: Blocks) -> Blocks:
    """The blocks in another order, some gone, some new, some with other text, some with new ids."""
    kept = [block for block in draw(st.permutations(blocks)) if draw(st.integers(0, 3))]
    changed = [
        replace(block, spans=draw(strategies.spans()))
        if hasattr(block, "spans") and not draw(st.integers(0, 2))
        else replace(block, id=f"n{block.id}" if draw(st.booleans()) else block.id)
        for block in kept
    ]
    new = with_ids(
        draw(strategies.blocks(max_size=1)), map(str, itertools.count(10_000)).__next__, set()
    )
    return (*changed, *new)


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Draft, Draft]:
    """Two drafts: any two, or one and what became of it."""
    old = draw(strategies.drafts())
    if draw(st.booleans()):
        return old, draw(strategies.drafts())
    sections = draw(st.permutations(old.sections))
    sections = [replace(s, content=draw(revised(s.content))) for s in sections]
    return old, replace(old, sections=tuple(sections[: draw(st.integers(0, 4))]))


def rows_of(comparison) -> list[Row]:
    return [row for part in comparison.parts for row in part.rows]


def lines_of(draft: Draft) -> Counter:
    lines = [*decision_lines(draft.decision)]
    for section in draft.sections:
        lines += text_lines(section.content)
    return Counter(lines)


@settings(max_examples=40)
@given(two_versions())
def test_every_line_of_both_versions_is_there_once(versions):
    old, new = versions
    rows = [r for part in compare(old, new, TEMPLATE).parts if part.is_section for r in part.rows]
    rows = [row for row in rows if row.line.form.kind != "field"]
    here = [row for row in rows if row.change is not Change.LEFT]
    assert Counter(row.old for row in here if row.old) == lines_of(old)
    assert Counter(row.new for row in here if row.new) == lines_of(new)


@settings(max_examples=40)
@given(two_versions())
def test_a_move_has_two_places(versions):
    comparison = compare(*versions, TEMPLATE)
    moved = {row.move: row for row in rows_of(comparison) if row.change is Change.MOVED}
    left = {row.move: row for row in rows_of(comparison) if row.change is Change.LEFT}
    assert moved.keys() == left.keys()
    assert all(moved[number].old == left[number].old for number in moved)


@settings(max_examples=40)
@given(two_versions())
def test_rows_say_what_their_lines_are(versions):
    for row in rows_of(compare(*versions, TEMPLATE)):
        assert glued(row.pieces, "old") == (row.old.spans if row.old else ())
        if row.change is not Change.LEFT:
            assert glued(row.pieces, "new") == (row.new.spans if row.new else ())
        if row.change is Change.SAME:
            assert (row.old.spans, row.old.form) == (row.new.spans, row.new.form)


@settings(max_examples=40)
@given(strategies.drafts())
def test_a_draft_does_not_differ_from_itself(draft):
    comparison = compare(draft, draft, TEMPLATE)
    assert comparison.is_empty
    assert comparison.stops() == ()


TURNED = {
    Change.SAME: Change.SAME,
    Change.CHANGED: Change.CHANGED,
    Change.ADDED: Change.REMOVED,
    Change.REMOVED: Change.ADDED,
    Change.MOVED: Change.LEFT,
    Change.LEFT: Change.MOVED,
}


def turned_row(row: Row) -> tuple:
    change = TURNED[row.change]
    if row.change in {Change.MOVED, Change.LEFT}:
        return (change,)
    pieces = Counter(turned_piece(piece) for piece in row.pieces)
    return change, row.new, row.old, frozenset(pieces.items())


def plain_row(row: Row) -> tuple:
    if row.change in {Change.MOVED, Change.LEFT}:
        return (row.change,)
    return row.change, row.old, row.new, frozenset(Counter(row.pieces).items())


@settings(max_examples=40)
@given(two_versions())
def test_drafts_turned_around(versions):
    old, new = versions
    there, back = compare(old, new, TEMPLATE), compare(new, old, TEMPLATE)
    changes = {part.key: TURNED[part.change] for part in back.parts}
    changes |= {part.key: part.change for part in back.parts if part.change is Change.MOVED}
    assert {part.key: part.change for part in there.parts} == changes
    for part in there.parts:
        other = next(p for p in back.parts if p.key == part.key)
        assert Counter(map(plain_row, part.rows)) == Counter(map(turned_row, other.rows))


@settings(max_examples=40)
@given(two_versions())
def test_stops_are_in_order_and_name_every_change(versions):
    comparison = compare(*versions, TEMPLATE)
    stops = comparison.stops()
    assert stops == tuple(sorted(stops, key=lambda stop: (stop.part, stop.first)))
    told = {(s.part, row) for s in stops for row in range(s.first, s.last + 1)}
    for number, part in enumerate(comparison.parts):
        for index, row in enumerate(part.rows):
            if row.change not in {Change.SAME, Change.LEFT}:
                assert (number, index) in told


def leaves(value: object, path: tuple[str, ...] = ()):
    """Every field of a draft that is no part of another."""
    for own in fields(value):
        inner = getattr(value, own.name)
        if is_dataclass(inner):
            yield from leaves(inner, (*path, own.name))
        else:
            yield (*path, own.name)


def put(value: object, path: tuple[str, ...], new: object) -> object:
    if len(path) == 1:
        return replace(value, **{path[0]: new})
    inner = put(getattr(value, path[0]), path[1:], new)
    return replace(value, **{path[0]: inner})


def taken(value: object, path: tuple[str, ...]) -> object:
    return getattr(value, path[0]) if len(path) == 1 else taken(getattr(value, path[0]), path[1:])


HEAD = [path for path in leaves(Draft(template="", title="")) if path not in {("id",)}]


@pytest.mark.parametrize("path", HEAD, ids=".".join)
@settings(max_examples=10)
@given(data=st.data())
def test_every_field_that_differs_is_reported(path, data):
    one, other = data.draw(strategies.drafts()), data.draw(strategies.drafts())
    if path == ("template",):
        other = replace(other, template="annan-mall")
    changed = put(one, path, taken(other, path))
    if path in {("sections",), ("decision",)}:
        expected = printed(one) != printed(changed)
        assert not expected or not compare(one, changed, TEMPLATE).is_empty
    else:
        assert compare(one, changed, TEMPLATE).is_empty == (taken(one, path) == taken(other, path))


def printed(draft: Draft):
    """What the sections and the decision say, with their order, and without ids of blocks."""
    ids = itertools.count()

    def bare(blocks: Blocks) -> Blocks:
        return with_ids(without_ids(blocks), lambda: f"{next(ids)}", set())

    decision = [(g.lead_in, [bare(item) for item in g.items]) for g in draft.decision]
    sections = [replace(s, content=bare(s.content)) for s in draft.sections]
    blank = Section(key="")
    return decision, [s for s in sections if replace(s, key="") != blank]


def without_ids(blocks: Blocks) -> Blocks:
    from samverkan_desktop.domain.comparing.sections import _without_ids

    return _without_ids(blocks)


def test_the_same_text_with_new_ids_is_the_same():
    one = Draft(
        template="prov",
        title="",
        sections=(Section(key="barn", content=(paragraph("Ett barn."), paragraph("Två barn."))),),
    )
    ids = itertools.count()
    content = with_ids(one.sections[0].content, lambda: f"{next(ids)}", set())
    other = replace(one, sections=(replace(one.sections[0], content=content),))
    assert compare(one, other, TEMPLATE).is_empty
