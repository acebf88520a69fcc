"""What has been changed in the arrangement of blocks, as edits of what is stored."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from samverkan_desktop.domain.review import BlockEdit
from samverkan_desktop.domain.spots import find_block
from samverkan_desktop.domain.text import Blocks, BulletList, Heading, NumberedList
from samverkan_desktop.exchange.word.building import Node, blocks_of, items_of
from samverkan_desktop.exchange.word.content import Revision
from samverkan_desktop.exchange.word.texts import Proposal, Ties

# Who has put in or taken out a leaf, and what that belongs together with.
Doing = Callable[[str], tuple[tuple[Revision, ...], Ties]]


@dataclass(frozen=True, slots=True)
class Differing:
    """Compares the arrangement that was sent with what it has become."""

    stored: Blocks
    put: Doing
    taken: Doing
    inner: Callable[[str], Iterable[Proposal]]  # what others did inside a new leaf

    def proposals(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[Proposal]:
        """Yield the edits that make one arrangement the other."""
        yield from self._level(old, new, "")

    def _level(self, old: Sequence[Node], new: Sequence[Node], inside: str) -> Iterator[Proposal]:
        olds, news = [node.key for node in old], [node.key for node in new]
        matcher = SequenceMatcher(None, olds, news, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                for before, now in zip(old[i1:i2], new[j1:j2], strict=True):
                    yield from self._same(before, now, inside)
            else:
                yield from self._removals(old[i1:i2], inside, ["", *olds][i1 : i2 + 1])
                yield from self._insertions(new[j1:j2], inside, olds[i1 - 1] if i1 else "")

    def _same(self, old: Node, new: Node, inside: str) -> Iterator[Proposal]:
        """Yield what differs in a block that is still there."""
        if old.frame is not None and new.frame is not None:
            yield from self._level(old.nodes, new.nodes, old.key)
        elif old.block is not None and new.block is not None:
            if _looks(old) != _looks(new):
                yield self._replacement(old, new, inside)
        elif [_looks(node) for node in old.nodes] != [_looks(node) for node in new.nodes]:
            yield self._replacement(old, new, inside)
        else:
            for before, after in zip(old.nodes, new.nodes, strict=True):
                yield from self._same(before, after, inside)

    def _replacement(self, old: Node, new: Node, inside: str) -> Proposal:
        """Return the edit that puts a block in the place of another, or an item of an item."""
        kept = set(new.leaves())
        gone = [leaf for leaf in old.leaves() if leaf not in kept]
        return self._proposal(
            BlockEdit(
                after="",
                removed=self._stored(old, inside),
                inserted=self._made((new,), inside),
                inside=inside,
            ),
            put=list(new.leaves()),
            gone=gone,
        )

    def _removals(
        self, nodes: Sequence[Node], inside: str, before: Sequence[str]
    ) -> Iterator[Proposal]:
        for node, after in zip(nodes, before, strict=False):
            edit = BlockEdit(after=after, removed=self._stored(node, inside), inside=inside)
            yield self._proposal(edit, put=(), gone=list(node.leaves()))

    def _insertions(self, nodes: Sequence[Node], inside: str, after: str) -> Iterator[Proposal]:
        runs: list[list[Node]] = []
        for node in nodes:
            doers = self._doers(node)
            if runs and (not doers or not self._doers(runs[-1][0]) or doers == self._run(runs[-1])):
                runs[-1].append(node)
            else:
                runs.append([node])
        for order, run in enumerate(runs):
            edit = BlockEdit(
                after=after, inserted=self._made(run, inside), inside=inside, order=order
            )
            leaves = [leaf for node in run for leaf in node.leaves()]
            yield self._proposal(edit, put=leaves, gone=())

    def _doers(self, node: Node) -> set[str]:
        return {rev.author for leaf in node.leaves() for rev in self.put(leaf)[0]}

    def _run(self, nodes: Sequence[Node]) -> set[str]:
        return {author for node in nodes for author in self._doers(node)}

    def _proposal(self, edit: BlockEdit, put: Sequence[str], gone: Sequence[str]) -> Proposal:
        revisions: list[Revision] = []
        ties: set[str] = {f"leaf {leaf}" for leaf in (*put, *gone)}
        for doing, leaves in ((self.put, put), (self.taken, gone)):
            for leaf in leaves:
                by, more = doing(leaf)
                revisions += by
                ties |= more
        nested = tuple(one for leaf in put for one in self.inner(leaf))
        return Proposal(edit, tuple(dict.fromkeys(revisions)), frozenset(ties), nested)

    def _stored(self, node: Node, inside: str) -> Blocks:
        """Return a block or item that is taken out just as it is stored."""
        if node.block is not None or node.frame is not None:
            found = find_block(self.stored, node.key)
            return (found,) if found is not None else blocks_of((node,))
        box = find_block(self.stored, inside)
        if not isinstance(box, BulletList | NumberedList):
            return ()
        items = tuple(item for item in box.items if item.blocks and item.blocks[0].id == node.key)
        return (replace(box, items=items, id=""),)

    def _made(self, nodes: Sequence[Node], inside: str) -> Blocks:
        box = find_block(self.stored, inside) if inside else None
        if isinstance(box, BulletList | NumberedList):
            return (replace(box, items=items_of(nodes), id=""),)
        return blocks_of(nodes)


def _looks(node: Node) -> tuple[str, object]:
    """Return what makes a block another one, whatever its text."""
    if node.block is None:
        return node.key, None
    level = node.block.level if isinstance(node.block, Heading) else 0
    return node.key, (type(node.block), level)
