"""How a section's blocks are arranged now, beside how they were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from samverkan_desktop.domain.text import Block, Blocks, Image
from samverkan_desktop.exchange.word.aligning import Atom
from samverkan_desktop.exchange.word.building import Names, Unit, frames_for, leaf, tree
from samverkan_desktop.exchange.word.content import Grid, Kind, Line, Revision, Role
from samverkan_desktop.exchange.word.differing import Differing
from samverkan_desktop.exchange.word.finals import Final
from samverkan_desktop.exchange.word.grids import ComparingGrids, new_table
from samverkan_desktop.exchange.word.sent import Frames, SentGrid, SentItem, SentLine
from samverkan_desktop.exchange.word.texts import (
    NO_TIES,
    Event,
    Piece,
    Proposal,
    Ties,
    text_proposals,
    written,
)

# The kinds that a paragraph may be made by choosing a style; another one means nothing.
_CHOSEN = {
    Role.BODY, Role.HEADING, Role.ITEM, Role.CONTINUED, Role.ATT_LINE, Role.QUOTE, Role.SECTION,
    Role.TITLE,
}  # fmt: skip
_Doing = tuple[tuple[Revision, ...], Ties]
_NOTHING: _Doing = ((), NO_TIES)


@dataclass(slots=True)
class New:
    """A line that wasn't sent: its name, its place if that is known, and what it is made of."""

    name: str
    frames: Frames | None = None
    events: list[Event] = field(default_factory=list)


@dataclass(slots=True)
class Arranging:
    """Finds what has been done with whole blocks of one section."""

    sent: Sequence[SentItem]
    finals: Sequence[Final]
    stored: Blocks
    names: Names
    who: Revision
    new: Mapping[int, New]
    captions: Mapping[int, object]
    grids: ComparingGrids
    pictures: dict[str, str] = field(default_factory=dict)
    _put: dict[str, _Doing] = field(default_factory=dict)
    _taken: dict[str, _Doing] = field(default_factory=dict)
    _inner: dict[str, list[Proposal]] = field(default_factory=dict)

    def proposals(self, events: Mapping[int, Sequence[Event]]) -> Iterator[Proposal]:
        """Yield the edits of whole blocks; `events` are those of each line sent."""
        units = list(self._units())
        yield from self.grids.proposals
        carried = {final.carrier for final in self.finals}
        for line, item in enumerate(self.sent):
            if line not in carried and item.leaf is not None:
                self._taken[item.leaf.id] = self._who_took(line, events.get(line, ()))
        old = [Unit(item.frames, item.leaf) for item in self.sent if _stands(item)]
        differing = Differing(
            self.stored,
            lambda name: self._put.get(name, _NOTHING),
            lambda name: self._taken.get(name, _NOTHING),
            lambda name: self._inner.get(name, ()),
        )
        yield from differing.proposals(tree(old, self.names), tree(units, self.names))

    def _units(self) -> Iterator[Unit]:
        before: Frames = ()
        for at, final in enumerate(self.finals):
            unit = self._unit(at, final, before)
            if unit is not None:
                before = unit.frames
                yield unit

    def _unit(self, at: int, final: Final, before: Frames) -> Unit | None:
        if at in self.captions:
            return None
        if final.carrier is None:
            new = self.new.get(at)
            return self._new_unit(at, final, new, before) if new is not None else None
        item = self.sent[final.carrier]
        if isinstance(item, SentGrid):
            return self._grid_unit(item, final)
        if not _stands(item):
            return None
        kind = self._new_kind(item, final)
        if kind is None or item.leaf is None:
            return Unit(item.frames, item.leaf)
        name = item.leaf.id
        is_told = isinstance(final.item, Line) and final.item.before == item.kind
        by = final.changed if final.changed is not None and is_told else self.who
        self._put[name] = ((by,), NO_TIES)
        frames = frames_for(kind, name, before, self._frames_after(at), self.names)
        return Unit(frames, leaf(kind, item.stored, name))

    def _new_kind(self, sent: SentLine, final: Final) -> Kind | None:
        """Return the kind that a line sent has been made, None when it is what it was."""
        kind = final.kind
        if kind is None or kind == sent.kind or isinstance(sent.leaf, Image):
            return None
        if kind.role not in _CHOSEN or sent.kind.role not in _CHOSEN or sent.spot:
            return None
        mark = final.atoms[-1]
        is_own = mark.base is None or mark.base[0] == final.carrier
        is_joined = any(atom.is_mark and not atom.is_alive for atom in final.atoms)
        return kind if is_own and not is_joined else None

    def _grid_unit(self, item: SentGrid, final: Final) -> Unit:
        if not isinstance(final.item, Grid):
            return Unit(item.frames, item.leaf)
        if self.grids.compare(item, final.item):
            return Unit(item.frames, item.leaf)
        table = new_table(final.item, self.names, item.leaf)
        by = tuple(dict.fromkeys(self.grids.people(final.item))) or (self.who,)
        self._put[table.id] = (by, NO_TIES)
        self._taken[item.leaf.id] = (by, frozenset({f"leaf {table.id}"}))
        return Unit(item.frames, table)

    def _new_unit(self, at: int, final: Final, new: New, before: Frames) -> Unit | None:
        block = self._new_block(final, new)
        if block is None:
            return None
        frames = new.frames
        if frames is None:
            kind = final.kind or Kind()
            frames = frames_for(kind, block.id, before, self._frames_after(at), self.names)
        return Unit(frames, block)

    def _new_block(self, final: Final, new: New) -> Block | None:
        if isinstance(final.item, Grid):
            table = new_table(final.item, self.names, None)
            by = tuple(dict.fromkeys(self.grids.people(final.item))) or (self.who,)
            self._put[table.id] = (by, NO_TIES)
            self.grids.note(final.item, table)
            return table
        author, own, events = _by_author(new.events, final, self.who)
        others = dict.fromkeys(e.put for e in new.events if _is_mixed(e, author) and e.put)
        ties = frozenset().union(*(event.ties for event in new.events))
        moves = {f"move {one.author} {one.move}" for one in (author, *others) if one.move}
        self._put[new.name] = ((author, *others), ties | moves)
        picture = next((a.run for a in own if a.run is not None and a.run.picture), None)
        if picture is not None and final.kind is not None and final.kind.role is Role.FIGURE:
            member = PurePosixPath(picture.picture)
            name = f"{member.stem}-{new.name[:8]}{member.suffix.lower()}"
            self.pictures[name] = picture.picture
            return Image(name, picture.alt, id=new.name)
        spans = written(own)
        if not spans:
            return None
        count = sum(len(span.text) for span in spans)
        marks = [atom.marks for atom in own]
        piece = Piece(new.name, "", spans, tuple(range(count + 1)), marks)
        self._inner[new.name] = text_proposals(piece, events, self.who)
        return leaf(final.kind or Kind(), spans, new.name)

    def _frames_after(self, at: int) -> Frames:
        """Return what the next line sent stands in."""
        for final in self.finals[at + 1 :]:
            if final.carrier is not None:
                item = self.sent[final.carrier]
                if _stands(item):
                    return item.frames
        return ()

    def _who_took(self, line: int, events: Sequence[Event]) -> _Doing:
        revisions = [event.taken for event in events if event.taken is not None]
        marks = (a for final in self.finals for a in final.atoms if a.is_mark)
        own = (a.deleted for a in marks if a.base is not None and a.base[0] == line)
        revisions += [one for one in own if one is not None]
        ties = frozenset().union(*(event.ties for event in events))
        people = {one.author: one for one in reversed(revisions)}
        moves = {f"move {one.author} {one.move}" for one in revisions if one.move}
        return tuple(people.values()) or (self.who,), ties | moves


def _stands(item: SentItem) -> bool:
    """Whether a line sent stands for a block, or for the mark of an item."""
    if isinstance(item, SentGrid):
        return True
    return item.leaf is not None or (not item.block and bool(item.frames))


def _is_mixed(event: Event, author: Revision) -> bool:
    """Whether a character was moved into a line by somebody else than who made the line."""
    return event.atom.base is not None and event.put is not None and event.put != author


def _by_author(
    events: Sequence[Event], final: Final, who: Revision
) -> tuple[Revision, list[Atom], list[Event]]:
    """Return who made a new line, what that one wrote in it, and what others did with that."""
    puts = [event.put for event in events if event.put is not None]
    mark = final.atoms[-1].inserted
    author = puts[0] if puts else mark or who
    own: list[Atom] = []
    inner: list[Event] = []
    for event in events:
        put, deleted = event.put, event.atom.deleted
        if put is None:
            continue
        if put.author != author.author and event.atom.base is None:
            inner.append(event)
            continue
        if deleted is not None and deleted.author == put.author:
            continue
        inner.append(replace(event, index=len(own), put=None, taken=deleted, is_kept=True))
        own.append(event.atom)
    return author, own, inner
