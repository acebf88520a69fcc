"""What a screen reader is told: the text of a tagged PDF, read through its structure tree.

`structure_text(pdf)` gives one string for each element that holds text of its own (a paragraph, a
heading, a table cell, a caption …), in the order of the structure tree, which is the reading
order. Links and language spans are part of the element they stand in. Page headers, rules and
repeated table headers are artifacts and not in the tree, so they are left out; so are the marks of
list items ("1.", "•") and the alternative texts of images, since neither is text that somebody
wrote as running text. To compare with other formats, compare words:
`" ".join(structure_text(pdf)).split()`; a non-breaking space comes out as a plain space, a forced
line break as a space.

`structure_lines(pdf)` gives everything in the same order as pairs of a role and a text, list marks
("Lbl") and the alternative texts of images ("Figure") and the tooltips of signature fields ("Form")
among them: the form to pick other things from.

`structure_outline(pdf)` is the same as indented lines, with the attributes that matter: for golden
files.
"""

import functools
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Name

# Elements inside the text of another one.
INLINE = {"/Span", "/Link", "/Reference", "/Quote", "/Code"}


@dataclass
class Node:
    """A structure element, with its children and texts in order."""

    role: str
    element: pikepdf.Dictionary
    kids: "list[Node | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the element itself and of the inline elements in it."""
        own = (kid if isinstance(kid, str) else kid.text if kid.inline else "" for kid in self.kids)
        return "".join(own)

    @property
    def inline(self) -> bool:
        return self.role in INLINE

    def walk(self) -> "Iterator[tuple[int, Node]]":
        """Every element that is not inline, with its depth."""
        yield 0, self
        for kid in self.kids:
            if isinstance(kid, Node) and not kid.inline:
                for depth, node in kid.walk():
                    yield depth + 1, node


def structure_text(pdf: bytes) -> list[str]:
    """Return the text of each element in reading order, without list marks and alt texts."""
    return [text for role, text in structure_lines(pdf) if role not in ("Lbl", "Figure", "Form")]


def structure_lines(pdf: bytes) -> list[tuple[str, str]]:
    """Return (role, text) of each element with a text, in reading order."""
    lines = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for _, node in read_tree(opened).walk():
            text = _said(node)
            if text:
                lines.append((node.role.removeprefix("/"), text))
    return lines


def structure_outline(pdf: bytes) -> str:
    """Return the tree as indented lines."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        lines = [
            f"{'  ' * depth}{node.role.removeprefix('/')}{_attributes(node)} {_said(node)}".rstrip()
            for depth, node in read_tree(opened).walk()
        ]
    return "\n".join(lines) + "\n"


def read_tree(opened: pikepdf.Pdf) -> Node:
    """Return the structure tree's one top element with its texts in place."""
    root = opened.Root.StructTreeRoot
    texts = {page.objgen: _marked_texts(page) for page in opened.pages}
    (top,) = _kids(root)
    return _node(top, None, texts)


def _said(node: Node) -> str:
    if node.role == "/Figure":
        return str(node.element.get(Name.Alt, ""))
    if node.role == "/Form":
        return str(_field(node).get(Name.TU, ""))
    return re.sub(r"[ \n]+", " ", node.text).strip()


def _field(node: Node) -> pikepdf.Dictionary:
    return next(k.Obj for k in _kids(node.element) if _is_a(k, Name.OBJR))


def _attributes(node: Node) -> str:
    given = node.element.get(Name.A, [])
    entries = given if isinstance(given, pikepdf.Array) else [given] if given else []
    found = [
        f"{key}={str(entry[f'/{key}'])[1:]}"
        for entry in entries
        for key in ("Scope", "ListNumbering")
        if f"/{key}" in entry
    ]
    if Name.Lang in node.element:
        found.append(f"Lang={node.element.Lang}")
    return f" [{' '.join(found)}]" if found else ""


def _kids(element: pikepdf.Dictionary) -> list[pikepdf.Object]:
    kids = element.get(Name.K)
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _is_a(kid: pikepdf.Object, kind: Name) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get(Name.Type) == kind


def _node(
    element: pikepdf.Dictionary,
    page: pikepdf.Object | None,
    texts: dict[tuple[int, int], dict[int, str]],
) -> Node:
    page = element.get(Name.Pg, page)
    node = Node(str(element.S), element)
    for kid in _kids(element):
        if isinstance(kid, int):
            node.kids.append(texts[page.objgen][int(kid)])
        elif _is_a(kid, Name.MCR):
            node.kids.append(texts[kid.get(Name.Pg, page).objgen][int(kid.MCID)])
        elif not _is_a(kid, Name.OBJR):
            node.kids.append(_node(kid, page, texts))
    return node


def _marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each marked-content sequence of a page."""
    texts: dict[int, str] = {}
    open_marks: list[_Mark] = []
    decoder: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        mark = open_marks[-1] if open_marks else _Mark()
        match str(operator):
            case "BDC" | "BMC":
                open_marks.append(_opened(operands, mark, texts))
            case "EMC":
                open_marks.pop()
            case "Tf":
                decoder = _decoder(page.Resources.Font[str(operands[0])])
            case "Tj" | "TJ":
                if mark.mcid is not None and not mark.replaced:
                    texts[mark.mcid] += _shown(operands[0], decoder)
    assert not open_marks, "a marked-content sequence is not closed"
    return texts


@dataclass(frozen=True)
class _Mark:
    """A marked-content sequence; its text may be replaced by an ActualText."""

    mcid: int | None = None
    replaced: bool = False


def _opened(operands: list[pikepdf.Object], outer: _Mark, texts: dict[int, str]) -> _Mark:
    properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
    if Name.MCID in properties:
        mcid = int(properties.MCID)
        assert mcid not in texts, f"MCID {mcid} is used twice on a page"
        texts[mcid] = ""
        return _Mark(mcid)
    if Name.ActualText in properties:
        if outer.mcid is not None:
            texts[outer.mcid] += str(properties.ActualText)
        return _Mark(outer.mcid, replaced=True)
    return outer if outer.mcid is not None else _Mark()


def _shown(operand: pikepdf.Object, decoder: dict[int, str]) -> str:
    strings = operand if isinstance(operand, pikepdf.Array) else [operand]
    return "".join(
        decoder[byte]
        for string in strings
        if isinstance(string, pikepdf.String)
        for byte in bytes(string)
    )


def _decoder(font: pikepdf.Dictionary) -> dict[int, str]:
    """Return a font's ToUnicode map: one byte to the characters it stands for."""
    return _read_cmap(font.ToUnicode.read_bytes())


@functools.lru_cache(maxsize=64)
def _read_cmap(data: bytes) -> dict[int, str]:
    cmap = data.decode("latin-1")
    found = {}
    for section in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", section):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found
