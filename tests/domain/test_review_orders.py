"""Any suggestions in any content: judged in any order, the text is what they say together."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import blocks

from samverkan_desktop.domain.review import BlockEdit, Edit, Suggestion, TextEdit
from samverkan_desktop.domain.reviewing import accept, accept_all, is_orphan, reject
from samverkan_desktop.domain.seating import with_rows
from samverkan_desktop.domain.spots import spots, with_spans_at
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
    Table,
    cut,
    normal_spans,
    spans,
    spans_text,
    with_ids,
)

LAST = 1_000_000  # a row that is taken out stands after those put in before it

Node = Block | ListItem | tuple[Spans, ...]


@dataclass
class Reviewing:
    """Draws edits of a content, and tells what it is to be with some of them made."""

    draw: st.DrawFn
    edits: list[Edit] = field(default_factory=list)
    moves: dict[int, tuple[int, Block]] = field(default_factory=dict)  # what goes, by what comes
    numbers: Iterator[int] = field(default_factory=itertools.count)
    texts: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    slots: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    gone: dict[tuple[str, int], int] = field(default_factory=dict)
    kinds: dict[tuple[str, int], int] = field(default_factory=dict)

    def _add(self, edit: Edit) -> int:
        self.edits.append(edit)
        return len(self.edits) - 1

    def level(self, nodes: Sequence[Node], box: Block | None) -> None:
        """Suggest something about what stands beside one another, and in it."""
        inside = box.id if box else ""
        names = ["", *(_name(node, at) for at, node in enumerate(nodes))]
        for at in range(len(nodes) + 1):
            if at and not names[at]:
                continue
            for _ in range(self.draw(st.sampled_from([0, 0, 0, 1, 2]))):
                self._put_in(at, names[at], box)
            if at < len(nodes) and names[at + 1]:
                node = nodes[at]
                what = self.draw(st.sampled_from(["", "", "", "take out", "change", "move"]))
                if what == "take out" or (what == "move" and not inside):
                    last = LAST if isinstance(box, Table) else 0
                    edit = BlockEdit(
                        after=names[at], removed=_boxed(box, node), inside=inside, order=last
                    )
                    self.gone[inside, at] = self._add(edit)
                if what == "change" and isinstance(node, Paragraph):
                    heading = Heading(2, node.spans, node.id)
                    edit = BlockEdit(after="", removed=(node,), inserted=(heading,), inside=inside)
                    self.kinds[inside, at] = self._add(edit)
                self._within(node)
                if what == "move" and not inside and at:
                    self._move(node, self.gone["", at], self.draw(st.integers(0, at - 1)), names)

    def _put_in(self, at: int, after: str, box: Block | None) -> None:
        inside = box.id if box else ""
        new = Paragraph(spans("Nytt."), f"n{next(self.numbers)}")
        made: Node = new
        if isinstance(box, Table):
            made = tuple(spans(f"ny{i}") for i, _ in enumerate(box.header))
        elif isinstance(box, BulletList | NumberedList):
            made = ListItem((new,))
        own = self.slots.setdefault((inside, at), [])
        edit = BlockEdit(after=after, inserted=_boxed(box, made), inside=inside, order=len(own))
        own.append(self._add(edit))

    def _move(self, block: Block, gone: int, to: int, names: Sequence[str]) -> None:
        own = self.slots.setdefault(("", to), [])
        edit = BlockEdit(after=names[to], inserted=(block,), order=len(own))
        own.append(self._add(edit))
        self.moves[own[-1]] = gone, block

    def _within(self, node: Node) -> None:
        if isinstance(node, ListItem):
            for block in node.blocks:
                self._within(block)
        elif isinstance(node, Quote):
            self.level(node.blocks, node)
        elif isinstance(node, BulletList | NumberedList):
            self.level(node.items, node)
        elif not isinstance(node, tuple):
            for spot, part in spots(node):
                self._text(node.id, spot, spans_text(part))
            if isinstance(node, Table):
                self.level(node.rows, node)

    def _text(self, block: str, spot: str, text: str) -> None:
        cuts = sorted(self.draw(st.lists(st.integers(0, len(text)), max_size=4)))
        for order, (start, end) in enumerate(zip(cuts[::2], cuts[1::2], strict=False)):
            edit = TextEdit(
                block=block, spot=spot, start=start, end=end, before=text, order=order,
                removed=text[start:end], inserted=spans(self.draw(st.sampled_from(["", "x", "å"]))),
            )  # fmt: skip
            self.texts.setdefault((block, spot), []).append(self._add(edit))

    def result(self, nodes: Sequence[Node], box: Block | None, made: set[int]) -> tuple[Node, ...]:
        """What the nodes are to be with these edits made."""
        inside = box.id if box else ""
        out: list[Node] = []
        for at in range(len(nodes) + 1):
            for one in self.slots.get((inside, at), []):
                if one in made and one in self.moves:
                    out.append(self._made(self.moves[one][1], made))
                elif one in made:
                    out += _unboxed(box, self.edits[one].inserted)
            if at < len(nodes) and self.gone.get((inside, at)) not in made:
                node = self._made(nodes[at], made)
                if self.kinds.get((inside, at)) in made:
                    node = Heading(2, node.spans, node.id)
                if isinstance(box, Table):
                    node = self._row(box, at, made)
                out.append(node)
        return tuple(out)

    def _row(self, table: Table, at: int, made: set[int]) -> tuple[Spans, ...]:
        return tuple(
            self._spans(table.id, f"rows.{at}.{i}", cell, made)
            for i, cell in enumerate(table.rows[at])
        )

    def _made(self, node: Node, made: set[int]) -> Node:
        if isinstance(node, ListItem):
            return ListItem(tuple(self._made(block, made) for block in node.blocks))
        if isinstance(node, tuple):
            return node
        if isinstance(node, Quote):
            return replace(node, blocks=self.result(node.blocks, node, made))
        if isinstance(node, BulletList | NumberedList):
            return replace(node, items=self.result(node.items, node, made))
        out: Block = node
        for spot, part in spots(node):
            out = with_spans_at(out, spot, self._spans(node.id, spot, part, made))
        if isinstance(out, Table):
            return replace(out, rows=self.result(node.rows, node, made))
        return out

    def _spans(self, block: str, spot: str, part: Spans, made: set[int]) -> Spans:
        out: list = []
        last = 0
        for one in self.texts.get((block, spot), []):
            if one in made:
                edit = self.edits[one]
                out += [*cut(part, last, edit.start), *edit.inserted]
                last = edit.end
        return normal_spans((*out, *cut(part, last)))


def _name(node: Node, at: int) -> str:
    if isinstance(node, tuple):
        return f"rows.{at}"
    if isinstance(node, ListItem):
        return node.blocks[0].id if node.blocks else ""
    return node.id


def _boxed(box: Block | None, node: Node) -> Blocks:
    if isinstance(box, Table):
        return (Table(box.header, (node,)),)
    if isinstance(box, BulletList | NumberedList):
        return (replace(box, items=(node,), id=""),)
    return (node,)


def _unboxed(box: Block | None, made: Blocks) -> Sequence[Node]:
    if isinstance(box, Table):
        return made[0].rows
    if isinstance(box, BulletList | NumberedList):
        return made[0].items
    return made


@st.composite
def reviewed(draw: st.DrawFn) -> tuple[Blocks, Reviewing]:
    numbers = itertools.count()
    content = with_ids(draw(blocks(max_size=3)), lambda: f"b{next(numbers)}", set())
    reviewing = Reviewing(draw)
    reviewing.level(content, None)
    return content, reviewing


def _suggestions(reviewing: Reviewing) -> dict[str, set[int]]:
    """The edits of each suggestion: a move is one, of two edits."""
    moved = {gone: new for new, (gone, _) in reviewing.moves.items()}
    return {
        str(n): {n, moved.get(n, n)}
        for n in range(len(reviewing.edits))
        if n not in reviewing.moves
    }


@given(reviewed(), st.randoms(use_true_random=False), st.data())
def test_any_are_judged_in_any_order(
    given_: tuple[Blocks, Reviewing], chance: random.Random, data: st.DataObject
) -> None:
    content, reviewing = given_
    knows_rows = data.draw(st.booleans())
    groups = _suggestions(reviewing)
    every = [
        suggestion(name, *(reviewing.edits[n] for n in sorted(g))) for name, g in groups.items()
    ]
    every = [with_rows(one, content) for one in every] if knows_rows else every
    chosen = {name for name in groups if data.draw(st.booleans())}
    left = tuple(chance.sample(every, len(every)))
    now = content
    while left:
        if left[0].id in chosen:
            made = accept(now, left[0], left)
            now, left = made.content, made.left
        else:
            left = reject(left[0], left)
    assert now == reviewing.result(content, None, set().union(*(groups[n] for n in chosen)))


def suggestion(name: str, *edits: Edit) -> Suggestion:
    return Suggestion(id=name, author="Anna", at=None, section="arendet", edits=edits)


P, Q = Paragraph(spans("Ett stycke."), "p"), Paragraph(spans("Ett till."), "q")


def edit_of(block: str, spot: str = "") -> TextEdit:
    return TextEdit(
        block=block, spot=spot, start=0, end=3, before="Ett", removed="Ett", inserted=spans("Två")
    )


def test_text_of_every_kind_can_be_changed() -> None:
    ett, two = spans("Ett"), spans("Två")
    places = [("h", ""), ("i", "caption"), ("t", "caption"), ("t", "header.1"), ("t", "rows.0.1")]
    every = [suggestion(str(n), edit_of(*place)) for n, place in enumerate([*places, ("x", "")])]

    def content(text: Spans) -> Blocks:
        inner = NumberedList((ListItem((Quote((Paragraph(text, "x"),), "c"),)),), "l")
        table = Table(((), text), (((), text),), text, id="t")
        return (Heading(2, text, "h"), Image("a.png", "", text, "i"), table, inner)

    assert accept_all(content(ett), every) == content(two)


@pytest.mark.parametrize("new", ["Två", "Ett Ett"])
def test_of_two_changes_of_the_same_words_one_is_made(new: str) -> None:
    content = (Paragraph(spans("Ett"), "p"),)
    one = suggestion("1", replace(edit_of("p"), inserted=spans(new)))
    other = suggestion("2", edit_of("p"))
    reviewed = accept(content, one, [one, other])
    assert reviewed.content == (Paragraph(spans(new), "p"),)
    assert is_orphan(reviewed.content, reviewed.left[0])


def test_a_quote_goes_as_others_have_left_it() -> None:
    quote = Quote((P, Q), "c")
    gone = suggestion("1", BlockEdit(after="", removed=(quote,)))
    less = suggestion("2", BlockEdit(after="", removed=(P,), inside="c"))
    for order in ([gone, less], [less, gone]):
        assert accept_all((quote,), order) == ()
    older = suggestion("3", BlockEdit(after="", removed=(replace(quote, blocks=(Q,)),)))
    reviewed = accept((quote, P), less, [older])  # P stood elsewhere when that was suggested
    assert reviewed.content == (replace(quote, blocks=(Q,)), P)
    assert accept(reviewed.content, reviewed.left[0], ()).content == (P,)


def test_one_row_of_several_alike_is_taken_out_once() -> None:
    """Though two people have suggested it: the other row isn't theirs."""
    table = Table((spans("Post"),), ((spans("?"),), (spans("?"),), (spans("Summa"),)), id="t")
    row = BlockEdit(after="", removed=(replace(table, rows=table.rows[:1], id=""),), inside="t")
    one, other = suggestion("1", row), suggestion("2", row)
    cell = suggestion(
        "3", replace(edit_of("t", "rows.2.0"), end=5, before="Summa", removed="Summa")
    )
    reviewed = accept((table,), one, [one, other, cell])
    assert [is_orphan(reviewed.content, left) for left in reviewed.left] == [True, False]
    again = accept(reviewed.content, reviewed.left[1], reviewed.left)
    assert again.content[0].rows == ((spans("?"),), (spans("Två"),))
