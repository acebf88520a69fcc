"""Rules for the structure tree as such, and for its agreement with what is drawn."""

from collections import Counter
from collections.abc import Iterator

from samverkan_desktop.conformance.opened import OpenedPdf
from samverkan_desktop.conformance.rules import PDF, UA, Place, Rule, Severity, at, once
from samverkan_desktop.conformance.tree import Node
from samverkan_desktop.conformance.values import Value, entry, identity, items, name, whole

# The standard structure types (ISO 32000-1, 14.8.4).
_ROLES = frozenset(
    {
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI"),
        *("Index", "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6"),
        *("L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
        *("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    }
)


def _foreign_roles(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.nodes:
        if node.role not in _ROLES:
            yield at(node, node.role)


def _wrong_parents(pdf: OpenedPdf) -> Iterator[Place]:
    root = identity(entry(pdf.catalog, "StructTreeRoot"))
    for node in pdf.nodes:
        above = node.parent.key if node.parent else root
        if identity(entry(node.element, "P")) != above:
            yield at(node)


def _owners(pdf: OpenedPdf) -> dict[tuple[int, int], list[Node]]:
    """Return the elements that hold each marked content, by page and MCID."""
    owners: dict[tuple[int, int], list[Node]] = {}
    for node in pdf.nodes:
        for mark in node.marked:
            owners.setdefault(mark, []).append(node)
    return owners


def _drawn(pdf: OpenedPdf) -> Counter[tuple[int, int]]:
    return Counter(
        (page.number, marked.mcid)
        for page in pdf.pages
        for marked in page.real
        if marked.mcid is not None
    )


def _held_twice(pdf: OpenedPdf) -> Iterator[Place]:
    for nodes in _owners(pdf).values():
        for node in nodes[1:]:
            yield at(node)


def _drawn_twice(pdf: OpenedPdf) -> Iterator[Place]:
    for (page, mcid), count in _drawn(pdf).items():
        if count > 1:
            yield Place(page, detail=str(mcid))


def _never_drawn(pdf: OpenedPdf) -> Iterator[Place]:
    drawn = _drawn(pdf)
    for mark, nodes in _owners(pdf).items():
        if mark not in drawn:
            yield at(nodes[0])


def _never_held(pdf: OpenedPdf) -> Iterator[Place]:
    owners = _owners(pdf)
    for page in pdf.pages:
        for marked in page.real:
            if (page.number, marked.mcid) not in owners:
                yield Place(page.number, detail=marked.text.strip()[:60])


def _page_keys(pdf: OpenedPdf) -> Iterator[Place]:
    """Find pages whose content can't be led back to elements."""
    for page in pdf.pages:
        key = whole(entry(page.page, "StructParents"))
        if page.real and (key is None or key not in pdf.parents):
            yield Place(page.number)


def _wrong_owners(pdf: OpenedPdf) -> Iterator[Place]:
    owners = _owners(pdf)
    for page in pdf.pages:
        key = whole(entry(page.page, "StructParents"))
        listed = items(pdf.parents.get(-1 if key is None else key))
        if not listed:
            continue  # told by the rule before
        for marked in page.real:
            nodes = owners.get((page.number, marked.mcid or 0), [])
            if nodes and _named(listed, marked.mcid or 0) != nodes[0].key:
                yield at(nodes[0])


def _named(listed: list[Value], mcid: int) -> tuple[int, int]:
    return identity(listed[mcid]) if mcid < len(listed) else (0, 0)


def _next_key(pdf: OpenedPdf) -> bool:
    after = whole(entry(pdf.catalog, "StructTreeRoot", "ParentTreeNextKey"))
    return after is not None and after <= max(pdf.parents, default=-1)


def _out_of_order(pdf: OpenedPdf) -> Iterator[Place]:
    """Find pages that are read in another order than they are drawn in.

    What is drawn last on the first page may be read earlier: an address at its foot.
    """
    places = {
        (page.number, marked.mcid): index
        for page in pdf.pages
        for index, marked in enumerate(page.real)
    }
    read: dict[int, list[tuple[int, Node]]] = {}
    for node in (block for top in pdf.tops for block in _blocks(top)):
        for page, index in _first_drawn(node, places).items():
            read.setdefault(page, []).append((index, node))
    for page, order in read.items():
        drawn = [index for index, _ in order]
        back = [i for i in range(1, len(drawn)) if drawn[i] < drawn[i - 1]]
        if back and not (page == 1 and len(back) == 1 and _has_foot(drawn, back[0])):
            yield at(order[back[0]][1])


def _has_foot(drawn: list[int], back: int) -> bool:
    """Whether the order goes back only because what is drawn last is read just before `back`."""
    first, last = drawn[back], drawn[-1]
    return all(index < first or index > last for index in drawn[:back])


def _blocks(node: Node) -> Iterator[Node]:
    """Yield the elements that have text of their own, with the inline ones in it."""
    if node.marked:
        yield node
    else:
        for kid in node.kids:
            yield from _blocks(kid)


def _first_drawn(node: Node, places: dict[tuple[int, int | None], int]) -> dict[int, int]:
    """Return where on each page the drawing of an element begins."""
    first: dict[int, int] = {}
    for mark in node.content():
        if mark in places:
            first[mark[0]] = min(places[mark], first.get(mark[0], places[mark]))
    return first


def _untyped(pdf: OpenedPdf) -> Iterator[Place]:
    for node in pdf.nodes:
        if name(entry(node.element, "Type")) not in ("", "StructElem"):
            yield at(node)


RULES = (
    Rule(
        "structure.missing",
        f"{UA} 7.1",
        "Filen är inte taggad: den har inget strukturträd.",
        once(lambda pdf: not pdf.nodes and not pdf.broken),
    ),
    Rule(
        "structure.broken",
        f"{PDF} 14.7",
        "Strukturträdet kan inte följas.",
        once(lambda pdf: bool(pdf.broken)),
    ),
    Rule("structure.type", f"{PDF} 14.7.2", "Elementet är av okänd sort.", _untyped),
    Rule(
        "structure.role",
        f"{UA} 7.1",
        "Elementet {} är inget som standarden känner till.",
        _foreign_roles,
    ),
    Rule(
        "structure.parent",
        f"{UA} 7.1",
        "Elementet pekar inte på det element som det ligger i.",
        _wrong_parents,
    ),
    Rule(
        "structure.held-twice",
        f"{PDF} 14.7.4.2",
        "Samma innehåll läses upp två gånger.",
        _held_twice,
    ),
    Rule(
        "structure.drawn-twice",
        f"{PDF} 14.7.4.2",
        "Två stycken innehåll på sidan har samma nummer (MCID {}).",
        _drawn_twice,
    ),
    Rule(
        "structure.never-drawn",
        f"{PDF} 14.7.4.2",
        "Elementet pekar på innehåll som inte finns på sidan.",
        _never_drawn,
    ),
    Rule(
        "structure.never-held",
        f"{UA} 7.1",
        "Innehållet ”{}” hör inte till något element och läses aldrig upp.",
        _never_held,
    ),
    Rule(
        "structure.page-key",
        f"{PDF} 14.7.4.4",
        "Sidans innehåll leder inte tillbaka till strukturträdet (StructParents).",
        _page_keys,
    ),
    Rule(
        "structure.owner",
        f"{PDF} 14.7.4.4",
        "Sidans innehåll leder tillbaka till fel element (ParentTree).",
        _wrong_owners,
    ),
    Rule(
        "structure.next-key",
        f"{PDF} 14.7.2",
        "Nästa lediga nummer i ParentTree är redan använt.",
        once(_next_key),
    ),
    Rule(
        "structure.order",
        f"{UA} 7.2",
        "Läsordningen är en annan än den ordning som sidan är ritad i.",
        _out_of_order,
        Severity.WARNING,
    ),
)
