"""Bookmarks: the headings as an outline to jump by (ISO 32000-1, 12.3.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from samverkan_desktop.export.pdf.canvas import Anchor
from samverkan_desktop.export.pdf.objects import PdfFile, Ref, number, text_string
from samverkan_desktop.export.pdf.styles import OUTER


@dataclass(slots=True)
class _Entry:
    level: int
    ref: Ref
    text: str = ""
    target: str = ""
    kids: "list[_Entry]" = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many entries are shown below this one."""
        return len(self.kids) + sum(kid.count for kid in self.kids)


def write_bookmarks(file: PdfFile, anchors: Sequence[tuple[Anchor, Ref, float]]) -> Ref | None:
    """Write the outline of headings with the page and height where each stands."""
    if not anchors:
        return None
    root = _Entry(0, file.reserve())
    open_entries = [root]
    for anchor, page, top in anchors:
        while open_entries[-1].level >= anchor.level:
            open_entries.pop()
        target = f"[{page}/XYZ {number(OUTER)} {number(top)} null]"
        entry = _Entry(anchor.level, file.reserve(), anchor.text, target)
        open_entries[-1].kids.append(entry)
        open_entries.append(entry)
    file.define(root.ref, f"<</Type/Outlines{_kids(root)}>>")
    _write_kids(file, root)
    return root.ref


def _kids(entry: _Entry) -> str:
    if not entry.kids:
        return ""
    return f"/First {entry.kids[0].ref}/Last {entry.kids[-1].ref}/Count {entry.count}"


def _write_kids(file: PdfFile, parent: _Entry) -> None:
    for i, entry in enumerate(parent.kids):
        before = f"/Prev {parent.kids[i - 1].ref}" if i else ""
        after = f"/Next {parent.kids[i + 1].ref}" if i + 1 < len(parent.kids) else ""
        file.define(
            entry.ref,
            f"<</Title{text_string(entry.text)}/Parent {parent.ref}{before}{after}"
            f"/Dest{entry.target}{_kids(entry)}>>",
        )
        _write_kids(file, entry)
