"""The structure tree: what a screen reader is told (ISO 32000-1, 14.7; roles: 14.8.4).

The tree is made first and says the reading order. Drawing changes nothing in it: which marked
content on which page shows a piece of it is written down in `Marks`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from samverkan_desktop.export.pdf.objects import PdfFile, Ref, text_string

# Elements that are written although they show nothing: a table needs its grid.
_NEEDED = frozenset({"Document", "TR", "TH", "TD"})


@dataclass(eq=False, slots=True)
class Element:
    """A structure element; its kids are in reading order."""

    role: str
    attributes: str = ""  # a ready attribute dictionary
    alt: str = ""
    language: str = ""
    kids: "list[Element | Content]" = field(default_factory=list)

    def element(
        self, role: str, *, attributes: str = "", alt: str = "", language: str = ""
    ) -> "Element":
        """Add an element after the kids so far, and return it."""
        kid = Element(role, attributes, alt, language)
        self.kids.append(kid)
        return kid

    def content(self) -> "Content":
        """Add a place for content after the kids so far, and return it."""
        kid = Content(self)
        self.kids.append(kid)
        return kid


@dataclass(eq=False, slots=True)
class Content:
    """A piece of an element's own content. It may be drawn on several pages."""

    element: Element


def language_tag(text: str) -> str:
    """Return a language as PDF takes it (ISO 32000-1, 14.9.2.2), or "" when it is no such tag."""
    return text if _LANGUAGE_TAG.fullmatch(text) else ""


_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


class Marks:
    """Where the structure was drawn: marked content, annotations and boxes by page index."""

    def __init__(self, pages: int) -> None:
        self.owners: list[list[Element]] = [[] for _ in range(pages)]
        self.shown: dict[Content, list[tuple[int, int]]] = {}
        self.annotations: dict[Element, list[tuple[int, Ref]]] = {}
        self.annotated: list[Element] = []
        self.boxes: dict[Element, str] = {}

    def begin(self, content: Content, page: int) -> int:
        """Return the MCID of a new marked-content sequence for `content`."""
        owners = self.owners[page]
        owners.append(content.element)
        self.shown.setdefault(content, []).append((page, len(owners) - 1))
        return len(owners) - 1

    def annotate(self, element: Element, page: int, annotation: Ref) -> None:
        """Note that an annotation belongs to an element."""
        self.annotations.setdefault(element, []).append((page, annotation))
        self.annotated.append(element)

    @property
    def next_key(self) -> int:
        """Return the ParentTree key of the next annotation; a page's key is its index."""
        return len(self.owners) + len(self.annotated)

    def place(self, element: Element, box: str) -> None:
        """Note an illustration's bounding box (ISO 32000-1, 14.8.5.4.3)."""
        self.boxes[element] = f"<</O/Layout/Placement/Block/BBox{box}>>"


def write_structure(file: PdfFile, root: Element, marks: Marks, pages: Sequence[Ref]) -> Ref:
    """Write the tree and the way back from marked content to it; return the StructTreeRoot."""
    return _Writer(file, marks, pages).write(root)


class _Writer:
    def __init__(self, file: PdfFile, marks: Marks, pages: Sequence[Ref]) -> None:
        self._file, self._marks, self._pages = file, marks, pages
        self._refs: dict[Element, Ref] = {}

    def write(self, root: Element) -> Ref:
        tree = self._file.reserve()
        top = self._element(root, tree)
        parents = self._file.add(f"<</Nums[{' '.join(self._parents())}]>>")
        self._file.define(
            tree,
            f"<</Type/StructTreeRoot/K {top}/ParentTree {parents}"
            f"/ParentTreeNextKey {self._marks.next_key}>>",
        )
        return tree

    def _element(self, element: Element, parent: Ref) -> Ref | None:
        """Write an element and those below it; one that shows nothing is left out."""
        ref = self._file.reserve()
        page, kids = self._kids(element, ref)
        if not kids and element.role not in _NEEDED:
            return None  # the reserved object stays null
        self._refs[element] = ref
        entries = [f"<</Type/StructElem/S/{element.role}/P {parent}"]
        if page is not None:
            entries.append(f"/Pg {self._pages[page]}")
        if kids:
            entries.append(f"/K[{' '.join(kids)}]" if len(kids) > 1 else f"/K {kids[0]}")
        attributes = element.attributes + self._marks.boxes.get(element, "")
        if attributes:
            entries.append(f"/A[{attributes}]")
        if element.alt:
            entries.append(f"/Alt{text_string(element.alt)}")
        if element.language:
            entries.append(f"/Lang{text_string(element.language)}")
        self._file.define(ref, "".join(entries) + ">>")
        return ref

    def _kids(self, element: Element, ref: Ref) -> tuple[int | None, list[str]]:
        """Return the page that plain MCIDs are on, and all kids as they are written."""
        page: int | None = None
        kids: list[str] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                inner = self._element(kid, ref)
                if inner is not None:
                    kids.append(inner)
                continue
            for at, mcid in self._marks.shown.get(kid, ()):
                page = at if page is None else page
                kids.append(str(mcid) if at == page else self._elsewhere(at, mcid))
        for at, annotation in self._marks.annotations.get(element, ()):
            kids.append(f"<</Type/OBJR/Obj {annotation}/Pg {self._pages[at]}>>")
        return page, kids

    def _elsewhere(self, page: int, mcid: int) -> str:
        return f"<</Type/MCR/Pg {self._pages[page]}/MCID {mcid}>>"

    def _parents(self) -> list[str]:
        """Return the number tree from pages and annotations to their elements."""
        entries: list[str] = []
        for page, owners in enumerate(self._marks.owners):
            refs = " ".join(self._refs[owner] for owner in owners)
            entries += (str(page), self._file.add(f"[{refs}]"))
        for key, owner in enumerate(self._marks.annotated, len(self._marks.owners)):
            entries += (str(key), self._refs[owner])
        return entries
