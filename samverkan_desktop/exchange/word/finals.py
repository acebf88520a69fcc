"""The lines that Word would show with every change accepted, and which line sent each one is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from samverkan_desktop.domain.text import Image
from samverkan_desktop.exchange.word.aligning import Atom
from samverkan_desktop.exchange.word.content import PICTURE, Grid, Item, Kind, Revision, Role
from samverkan_desktop.exchange.word.sent import SentItem, SentLine


@dataclass(slots=True, eq=False)
class Final:
    """A line as it would be. `atoms` are all that stand in it, those taken out too.

    `carrier` is the line sent that it is, None for a new one. With `changed`, that is who made it
    the kind that it is.
    """

    atoms: list[Atom] = field(default_factory=list)
    kind: Kind | None = None  # None for a table
    carrier: int | None = None
    changed: Revision | None = None
    item: Item | None = None

    @property
    def alive(self) -> list[Atom]:
        """Return the characters that are there when every change is accepted."""
        return [atom for atom in self.atoms if atom.is_alive and not atom.is_mark]


def final_lines(
    flow: Sequence[Atom], file: Sequence[Item], sent: Sequence[SentItem]
) -> list[Final]:
    """Return the lines of a flow, each with the line sent that it is.

    What was taken out at the end, with the mark after it, stands in a last line of no kind.
    """
    out: list[Final] = []
    current = Final()
    for atom in flow:
        current.atoms.append(atom)
        if atom.is_mark and atom.is_alive:
            _close(current, file[atom.line])
            out.append(current)
            current = Final()
    if current.atoms:
        last = max((atom.line for atom in current.atoms), default=-1)
        if current.alive and last >= 0:
            _close(current, file[last])
        out.append(current)
    apart = [part for final in out for part in _pictures_apart(final)]
    _carry(apart, sent)
    return apart


def _pictures_apart(final: Final) -> Iterator[Final]:
    """Yield the text of a line, then each picture in it: a picture stands by itself in a draft."""
    pictures = [atom for atom in final.alive if atom.char == PICTURE]
    if not pictures or len(pictures) == len(final.alive) == 1:
        yield final
        return
    rest = [atom for atom in final.atoms if atom not in pictures]
    kind = Kind() if final.kind is not None and final.kind.role is Role.FIGURE else final.kind
    yield replace(final, atoms=rest, kind=kind)
    for picture in pictures:
        yield replace(final, atoms=[picture], kind=Kind(Role.FIGURE))


def _close(final: Final, item: Item) -> None:
    final.item = item
    if not isinstance(item, Grid):
        final.kind, final.changed = item.kind, item.changed


def _carry(finals: Sequence[Final], sent: Sequence[SentItem]) -> None:
    """Find which line sent each line is: one that it has most of, and that has most of it there.

    A line whose every word has been replaced is the one whose mark it has.
    """
    shares = [Counter(a.base[0] for a in final.alive if a.base) for final in finals]
    homes: dict[int, tuple[int, int]] = {}  # line sent: (how much of it, which final)
    for at, share in enumerate(shares):
        for line, count in share.items():
            if count > homes.get(line, (0, 0))[0]:
                homes[line] = count, at
    for at, (final, share) in enumerate(zip(finals, shares, strict=True)):
        own = [line for line in share if homes[line][1] == at]
        if own:
            final.carrier = max((share[line], -line, line) for line in own)[2]
        elif final.item is not None and not share:
            base = final.atoms[-1].base
            if base is not None and base[0] not in homes and _may_be(final, sent[base[0]]):
                final.carrier = base[0]


def _may_be(final: Final, sent: SentItem) -> bool:
    """Whether a line with nothing of a line sent but its mark can be that line."""
    if not isinstance(sent, SentLine) or isinstance(final.item, Grid):
        return False
    return not isinstance(sent.leaf, Image)
