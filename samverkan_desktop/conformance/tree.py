"""The structure tree of a file (ISO 32000-1, 14.7), as values in reading order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from samverkan_desktop.conformance.values import Value, entry, identity, items, name, text, whole

_DEEPEST = 200  # elements inside one another; a deeper tree is an attack on its readers


class BadTreeError(Exception):
    """The structure tree can't be followed; the message is a Swedish clause."""


@dataclass(eq=False, slots=True)
class Node:
    """A structure element.

    `marked` is its own content: pages, counted from 1 (0 for none of the file's), and MCIDs.
    `objects` are the annotations that it holds.
    """

    role: str
    element: Value
    parent: "Node | None"
    kids: "list[Node]" = field(default_factory=list)
    marked: list[tuple[int, int]] = field(default_factory=list)
    objects: list[Value] = field(default_factory=list)

    @property
    def key(self) -> tuple[int, int]:
        """Return what tells the element from all others."""
        return identity(self.element)

    @property
    def path(self) -> str:
        """Return the way to the element: "Document > Sect[2] > P"."""
        if self.parent is None:
            return self.role
        alike = [kid for kid in self.parent.kids if kid.role == self.role]
        index = f"[{alike.index(self) + 1}]" if len(alike) > 1 else ""
        return f"{self.parent.path} > {self.role}{index}"

    @property
    def page(self) -> int | None:
        """Return the page where the element begins."""
        pages = (page for node in self.walk() for page, _ in node.marked if page)
        return next(pages, None)

    def walk(self) -> "Iterator[Node]":
        """Yield the element and all below it in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def content(self) -> list[tuple[int, int]]:
        """Return the marked content of the element and all below it."""
        return [mark for node in self.walk() for mark in node.marked]

    def attribute(self, owner: str, key: str) -> Value:
        """Return an attribute (ISO 32000-1, 14.7.5) or None."""
        for attributes in items(entry(self.element, "A")):
            if name(entry(attributes, "O")) == owner and entry(attributes, key) is not None:
                return entry(attributes, key)
        return None

    def said(self, key: str) -> str:
        """Return a text that stands in for the content, such as Alt."""
        return text(entry(self.element, key)).strip()


def read_tree(root: Value, pages: Mapping[tuple[int, int], int]) -> list[Node]:
    """Return the elements at the top of a StructTreeRoot; `pages` are page numbers by object.

    Raises BadTreeError.
    """
    reader = _Reader(entry(root, "RoleMap"), pages)
    return [reader.node(kid, None, None, 0) for kid in items(entry(root, "K"))]


def read_numbers(tree: Value, depth: int = 0) -> Iterator[tuple[int, Value]]:
    """Yield keys and values of a number tree (ISO 32000-1, 7.9.7).

    Raises BadTreeError.
    """
    if depth > _DEEPEST:
        raise BadTreeError("sidornas register över element är för djupt")
    numbers = items(entry(tree, "Nums"))
    for key, value in zip(numbers[::2], numbers[1::2], strict=False):
        if isinstance(key, int):
            yield key, value
    for kid in items(entry(tree, "Kids")):
        yield from read_numbers(kid, depth + 1)


class _Reader:
    def __init__(self, role_map: Value, pages: Mapping[tuple[int, int], int]) -> None:
        self._role_map, self._pages = role_map, pages
        self._seen: set[tuple[int, int]] = set()

    def node(self, element: Value, parent: Node | None, page: Value, depth: int) -> Node:
        """Return an element with all below it; `page` is the one that its parent names."""
        key = identity(element)
        if (key in self._seen and key != (0, 0)) or depth > _DEEPEST:
            raise BadTreeError("strukturträdet går i ring eller är för djupt")
        self._seen.add(key)
        node = Node(self._role(name(entry(element, "S"))), element, parent)
        page = entry(element, "Pg") or page
        for kid in items(entry(element, "K")):
            self._add(node, kid, page, depth)
        return node

    def _add(self, node: Node, kid: Value, page: Value, depth: int) -> None:
        mcid = whole(kid)
        kind = name(entry(kid, "Type"))
        if mcid is not None:
            node.marked.append((self._number(page), mcid))
        elif kind == "MCR":
            mcid = whole(entry(kid, "MCID"))
            node.marked.append(
                (self._number(entry(kid, "Pg") or page), -1 if mcid is None else mcid)
            )
        elif kind == "OBJR":
            node.objects.append(entry(kid, "Obj"))
        elif name(entry(kid, "S")):
            node.kids.append(self.node(kid, node, page, depth + 1))

    def _number(self, page: Value) -> int:
        return self._pages.get(identity(page), 0)

    def _role(self, role: str) -> str:
        """Return the standard role that a role stands for (ISO 32000-1, 14.7.3)."""
        seen = {role}
        while mapped := name(entry(self._role_map, role)):
            if mapped in seen:
                raise BadTreeError("elementens roller är översatta i ring")
            seen.add(mapped)
            role = mapped
        return role
