"""The structure tree of a tagged PDF (ISO 32000-1, 14.7): its elements and what they hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

from samverkan_desktop.exchange.reading.model import Style

_STYLES = (
    (("quot", "citat"), Style.QUOTE),
    (("caption", "bildtext", "beskrivning"), Style.CAPTION),
    (("subtitle", "underrubrik"), Style.SUBTITLE),
)
_DEEPEST = 60


@dataclass(slots=True)
class Node:
    """An element of the tree. `kids` are elements, and (page, tag) of what is drawn."""

    role: str
    element: Dictionary
    kids: "list[Node | tuple[int, int]]" = field(default_factory=list)
    style: Style | None = None

    def nodes(self) -> "Iterator[Node]":
        """Yield the elements directly inside."""
        yield from (kid for kid in self.kids if isinstance(kid, Node))


def read_tree(opened: pikepdf.Pdf, root: Dictionary) -> Node:
    """Return the tree under its root, as it is in the file."""
    tree = _TreeReader(opened, root)
    top = Node("Document", root)
    tree.add(top, root.get("/K"), 0, 0)
    return top


class _TreeReader:
    """Reads the structure tree (ISO 32000-1, 14.7.2); a tree that leads to itself is cut off."""

    def __init__(self, opened: pikepdf.Pdf, root: Dictionary) -> None:
        self._numbers = {page.obj.objgen: index for index, page in enumerate(opened.pages)}
        roles = root.get("/RoleMap")
        self._roles = dict(roles.items()) if isinstance(roles, Dictionary) else {}
        self._seen: set[tuple[int, int]] = set()

    def add(self, node: Node, kids: object, page: int, depth: int) -> None:
        """Add what stands in an element: elements, and what is drawn on a page."""
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary):
                self._element(node, kid, page, depth)
            elif isinstance(kid, int):
                node.kids.append((page, kid))

    def _element(self, node: Node, kid: Dictionary, page: int, depth: int) -> None:
        at = kid.get("/Pg")
        page = self._numbers.get(at.objgen, page) if isinstance(at, Dictionary) else page
        if kid.get("/Type") == Name.MCR:
            node.kids.append((page, int(kid.MCID)))
        elif "/S" in kid and depth < _DEEPEST and self._is_new(kid):
            name = str(kid.S)
            inner = Node(_role(name, self._roles), kid, style=_named_style(name))
            node.kids.append(inner)
            self.add(inner, kid.get("/K"), page, depth + 1)

    def _is_new(self, kid: Dictionary) -> bool:
        if kid.objgen == (0, 0):
            return True
        new = kid.objgen not in self._seen
        self._seen.add(kid.objgen)
        return new


def _named_style(name: str) -> Style | None:
    """Return what a program's own name for an element tells, where its role is only "P"."""
    name = name.casefold()
    for words, style in _STYLES:
        if any(word in name for word in words):
            return style
    return None


def _role(name: str, roles: Mapping[str, object]) -> str:
    for _ in range(5):
        if name not in roles:
            break
        name = str(roles[name])
    return name.removeprefix("/")
