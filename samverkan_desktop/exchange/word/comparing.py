"""A section as it came back beside the section that was sent: what to suggest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from samverkan_desktop.domain.text import Blocks, Image, Table
from samverkan_desktop.exchange.word.accounting import NOTHING, Account, account_of
from samverkan_desktop.exchange.word.aligning import Aligning, Atom, Effort
from samverkan_desktop.exchange.word.arranging import Arranging, New
from samverkan_desktop.exchange.word.building import Names
from samverkan_desktop.exchange.word.content import Grid, Item, Revision, Role
from samverkan_desktop.exchange.word.finals import Final, final_lines
from samverkan_desktop.exchange.word.grids import ComparingGrids
from samverkan_desktop.exchange.word.sent import SentGrid, SentItem, SentLine
from samverkan_desktop.exchange.word.texts import Event, Piece, Proposal, text_proposals
from samverkan_desktop.exchange.word.trail import Spot, Step, Trail, trail_of

_CAPTIONS = (Role.CAPTION, Role.FIGURE_CAPTION)


@dataclass(frozen=True, slots=True)
class Untold:
    """What was changed in a line that shows nothing stored there: a text that the program adds."""

    before: str
    after: str
    revisions: tuple[Revision, ...]


@dataclass(slots=True)
class Compared:
    """What a section gave. `pictures` are members of the file, by the names of new images."""

    proposals: list[Proposal] = field(default_factory=list)
    untold: list[Untold] = field(default_factory=list)
    trail: Trail = ()
    pictures: dict[str, str] = field(default_factory=dict)
    account: Account = NOTHING


@dataclass(slots=True)
class Comparing:
    """Compares one section. `names` gives ids to new blocks; `who` saved the file last."""

    sent: Sequence[SentItem]
    file: Sequence[Item]
    stored: Blocks
    names: Names
    who: Revision
    effort: Effort
    _events: dict[int, list[Event]] = field(default_factory=dict)
    _new: dict[int, New] = field(default_factory=dict)  # by the number of the final line

    def compare(self) -> Compared:
        """Return what has been changed in the section."""
        flow = Aligning(self.sent, self.file, self.who, self.effort).flow()
        finals = final_lines(flow, self.file, self.sent)
        self._name_new(finals)
        self._distribute(flow, finals)
        captions = dict(self._captions(finals))
        grids = ComparingGrids(self.names, self.who, self.effort)
        arranging = Arranging(
            self.sent, finals, self.stored, self.names, self.who, self._new, captions, grids
        )
        proposals = [
            *self._text_proposals(finals),
            *self._caption_proposals(captions),
            *arranging.proposals(self._events),
        ]
        return Compared(
            proposals,
            list(self._untold(finals)),
            tuple(self._trail(flow, grids)) if _has_comments(self.file) else (),
            arranging.pictures,
            account_of(flow) + grids.account,
        )

    def _name_new(self, finals: Sequence[Final]) -> None:
        """Give new lines a name; one put in where an item had no text is new, in its place."""
        for at, final in enumerate(finals):
            if final.carrier is not None:
                sent = self.sent[final.carrier]
                is_place = isinstance(sent, SentLine) and not sent.block and bool(sent.frames)
                if not is_place or not final.alive:
                    continue
                self._new[at] = New(self._name(final), sent.frames)
                final.carrier = None
            elif final.item is not None and final.alive:
                self._new[at] = New(self._name(final))

    def _name(self, final: Final) -> str:
        people = {atom.inserted for atom in final.atoms if atom.inserted}
        told = sorted((one.author, str(one.at)) for one in people)
        return self.names.new("leaf", "".join(atom.char for atom in final.alive), told)

    # Which characters belong to which line

    def _distribute(self, flow: Sequence[Atom], finals: Sequence[Final]) -> None:
        splits = _splits(flow)
        for at, final in enumerate(finals):
            home = final.carrier
            for atom in final.atoms:
                if atom.base is not None:
                    home = atom.base[0]
                    if not atom.is_mark:
                        self._sent_atom(atom, at, final, splits)
                elif atom.inserted is not None and not atom.is_mark:
                    self._put_atom(atom, at, final, home)

    def _sent_atom(self, atom: Atom, at: int, final: Final, splits: dict[int, Revision]) -> None:
        line, index = atom.base or (0, 0)
        if atom.deleted is not None:
            self._add(line, Event(atom, index, taken=atom.deleted))
        elif final.carrier == line:
            self._add(line, Event(atom, index))
        else:  # it has come to stand in another line
            merges = (a.deleted for a in final.atoms if a.is_mark and a.deleted is not None)
            by = next(merges, splits.get(line, self.who))
            tied = self._new[at].name if at in self._new else self._leaf_id(line)
            ties = frozenset({f"leaf {tied}"})
            self._add(line, Event(atom, index, taken=by, ties=ties))
            event = Event(atom, put=by, ties=ties)
            if at in self._new:
                self._new[at].events.append(event)
            elif final.carrier is not None:
                self._add(final.carrier, event)

    def _put_atom(self, atom: Atom, at: int, final: Final, home: int | None) -> None:
        event = Event(atom, put=atom.inserted)
        if at in self._new:
            self._new[at].events.append(event)
        elif atom.is_alive and final.carrier is not None:
            self._add(final.carrier, event)
        elif home is not None:
            self._add(home, event)

    def _add(self, line: int, event: Event) -> None:
        self._events.setdefault(line, []).append(event)

    def _leaf_id(self, line: int) -> str:
        leaf = self.sent[line].leaf
        return leaf.id if leaf is not None else f"line {line}"

    # Texts

    def _text_proposals(self, finals: Sequence[Final]) -> Iterator[Proposal]:
        carried = {final.carrier for final in finals}
        for line, events in self._events.items():
            item = self.sent[line]
            if not isinstance(item, SentLine) or not item.block or isinstance(item.leaf, Image):
                continue
            told = events
            if item.leaf is not None and line not in carried:  # it goes as a block
                told = [_without_taking(event) for event in events if not _is_pulled(event)]
            piece = Piece(item.block, item.spot, item.stored, item.at, list(item.marks()))
            yield from text_proposals(piece, told, self.who)

    def _captions(self, finals: Sequence[Final]) -> Iterator[tuple[int, Table | Image]]:
        """Yield the new lines that are captions of a table after or an image before them."""
        for at in self._new:
            kind = finals[at].kind
            if kind is None or kind.role not in _CAPTIONS:
                continue
            for near in (at + 1, at - 1):
                carrier = finals[near].carrier if 0 <= near < len(finals) else None
                leaf = self.sent[carrier].leaf if carrier is not None else None
                if isinstance(leaf, Table | Image) and not leaf.caption:
                    yield at, leaf
                    break

    def _caption_proposals(self, captions: dict[int, Table | Image]) -> Iterator[Proposal]:
        for at, leaf in captions.items():
            piece = Piece(leaf.id, "caption", (), (0,), ())
            yield from text_proposals(piece, self._new[at].events, self.who)

    def _untold(self, finals: Sequence[Final]) -> Iterator[Untold]:
        """Yield what was changed where nothing is stored."""
        after: dict[int, str] = {}
        for final in finals:
            if final.carrier is not None and isinstance(self.sent[final.carrier], SentLine):
                after[final.carrier] = "".join(atom.char for atom in final.alive)
        for line, item in enumerate(self.sent):
            if isinstance(item, SentGrid):
                continue
            events = self._events.get(line, [])
            people = [e.taken or e.put for e in events]
            told = tuple(dict.fromkeys(one for one in people if one is not None))
            if not item.block:
                if told and not item.frames:
                    yield Untold(item.text, after.get(line, ""), told)
                continue
            added = [e for e in events if e.taken and item.at[e.index] == item.at[e.index + 1]]
            if added and line in after and not isinstance(item.leaf, Image):
                yield Untold("".join(e.atom.char for e in added), "", told)

    # Where characters stand in the draft

    def _trail(self, flow: Sequence[Atom], grids: ComparingGrids) -> Iterator[Step]:
        places = dict(self._places())
        pieces = [_spots(item) for item in self.sent]
        by_line: dict[int, list[tuple[str, Spot | None]]] = {}
        for atom in flow:
            if atom.line < 0 or atom.is_mark:
                continue
            spot = places.get(id(atom))
            if atom.base is not None:
                spot = pieces[atom.base[0]].get(atom.base[1], spot)
            by_line.setdefault(atom.line, []).append((atom.char, spot))
        for number, there in enumerate(self.file):
            if isinstance(there, Grid):
                yield from grids.trails.get(id(there), ())
            else:
                yield from trail_of(there, by_line.get(number, ()))

    def _places(self) -> Iterator[tuple[int, Spot]]:
        """Yield where each character that was put in is to stand."""
        for new in self._new.values():
            for offset, event in enumerate(new.events):
                yield id(event.atom), Spot(new.name, "", offset, offset + 1)
        for line, events in self._events.items():
            item = self.sent[line]
            if not isinstance(item, SentLine) or not item.block:
                continue
            last = 0
            for event in events:
                last = max(last, event.index + 1)
                if event.index < 0 and event.atom.base is None:
                    yield id(event.atom), Spot(item.block, item.spot, item.at[last], item.at[last])


def _has_comments(items: Sequence[Item]) -> bool:
    """Whether a comment begins or ends in the section."""
    lines = (item.lines() if isinstance(item, Grid) else (item,) for item in items)
    return any(line.spots for inside in lines for line in inside)


def _splits(flow: Sequence[Atom]) -> dict[int, Revision]:
    """Return who broke a line sent in two, for each that was broken."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    marks = [(at, a.inserted) for at, a in enumerate(flow) if a.is_mark and a.inserted]
    for at, atom in enumerate(flow):
        if atom.base is not None and not atom.is_mark:
            first.setdefault(atom.base[0], at)
            last[atom.base[0]] = at
    out = {}
    for line, start in first.items():
        found = next((by for at, by in marks if start < at < last[line]), None)
        if found is not None:
            out[line] = found
    return out


def _is_pulled(event: Event) -> bool:
    """Whether a character was put there from another line."""
    return event.put is not None and event.atom.base is not None


def _without_taking(event: Event) -> Event:
    if event.put is not None:
        return event
    return Event(event.atom, event.index, is_kept=True)


def _spots(item: SentItem) -> dict[int, Spot]:
    if isinstance(item, SentGrid) or not item.block:
        return {}
    pairs = enumerate(zip(item.at, item.at[1:], strict=False))
    return {i: Spot(item.block, item.spot, start, end) for i, (start, end) in pairs}
