"""Tracked changes in a Word file of ours, as raw WordprocessingML like Word writes it.

`Edited` changes a file the way its user would with "Spåra ändringar" on; `shown` says what Word
would show, written without any of the program's own code.
"""

import io
import itertools
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree
from word_documents import W, find

AT = "2026-03-04T09:30:00Z"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, *children: etree._Element, **attributes: object) -> etree._Element:
    made = etree.Element(W + tag, {W + k: str(v) for k, v in attributes.items()})
    made.extend(children)
    return made


def run(text: str, *marks: str, deleted: bool = False) -> etree._Element:
    made = w("r")
    if marks:
        made.append(w("rPr", *(w(mark) for mark in marks)))
    t = w("delText" if deleted else "t")
    t.text = text
    t.set(_SPACE, "preserve")
    made.append(t)
    return made


@dataclass
class Edited:
    """A file being changed by several people."""

    docx: bytes
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(900))
    remarks: list[tuple[str, str, str, str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.docx)) as package:
            self.members = {name: package.read(name) for name in package.namelist()}
        self.root = etree.fromstring(self.members["word/document.xml"])

    def by(self, author: str, at: str = AT) -> dict[str, object]:
        return {"id": next(self.numbers), "author": author, "date": at}

    # Finding

    def paragraphs(self, key: str | None = None) -> list[etree._Element]:
        path = ".//w:p" if key is None else f".//w:sdt[w:sdtPr/w:tag/@w:val='{key}']//w:p"
        return find(self.root, path)

    def paragraph(self, begins: str) -> etree._Element:
        found = [p for p in self.paragraphs() if text_of(p).startswith(begins)]
        assert len(found) == 1, (begins, [text_of(p) for p in found])
        return found[0]

    # Changing

    def insert(self, p: etree._Element, at: int, text: str, author: str, *marks: str) -> None:
        """Type text at a character of a paragraph."""
        _put(p, at, w("ins", run(text, *marks), **self.by(author)))

    def delete(self, p: etree._Element, start: int, end: int, author: str) -> None:
        """Delete characters; those that somebody else put in are marked as both."""
        for r in list(_runs_between(p, start, end)):
            parent = r.getparent()
            if parent.tag == W + "del":
                continue
            if parent.tag == W + "ins" and parent.get(W + "author") == author:
                parent.remove(r)
                if not len(parent):
                    parent.getparent().remove(parent)
                continue
            gone = w("del", **self.by(author))
            r.addprevious(gone)
            gone.append(r)
            for t in r.iter(W + "t"):
                t.tag = W + "delText"

    def embolden(self, p: etree._Element, start: int, end: int, author: str) -> None:
        """Make characters bold, tracked (17.13.5.31)."""
        for r in list(_runs_between(p, start, end)):
            properties = r.find(W + "rPr")
            if properties is None:
                properties = w("rPr")
                r.insert(0, properties)
            if properties.find(W + "rPrChange") is not None or properties.find(W + "b") is not None:
                continue
            before = w("rPr", *(deepcopy(child) for child in properties))
            at = 1 if properties.find(W + "rStyle") is not None else 0
            properties.insert(at, w("b"))
            properties.append(w("rPrChange", before, **self.by(author)))

    def split(self, p: etree._Element, at: int, author: str) -> etree._Element:
        """Press Enter in a paragraph: the first part has the new mark (17.13.5.20)."""
        first = w("p")
        properties = p.find(W + "pPr")
        first.append(deepcopy(properties) if properties is not None else w("pPr"))
        for part in list(_pieces_before(p, at)):
            first.append(part)
        _mark_properties(first).clear()
        _mark_properties(first).append(w("ins", **self.by(author)))
        p.addprevious(first)
        return first

    def join(self, p: etree._Element, author: str) -> None:
        """Delete a paragraph's mark: it is one with the next (17.13.5.15)."""
        mark = _mark_properties(p)
        if mark.find(W + "ins") is None and mark.find(W + "del") is None:
            mark.insert(0, w("del", **self.by(author)))

    def delete_paragraph(self, p: etree._Element, author: str) -> None:
        self.delete(p, 0, len(text_of(p)), author)
        self.join(p, author)

    def add_after(
        self, p: etree._Element, text: str, author: str, style: str = ""
    ) -> etree._Element:
        """Press Enter at the end of a paragraph and type: a new one with the old one's mark."""
        first = self.split(p, len(text_of(p)), author)
        for part in [e for e in p if e.tag != W + "pPr"]:
            p.remove(part)
        p.append(w("ins", run(text), **self.by(author)))
        if style:
            p.find(W + "pPr/" + W + "pStyle").set(W + "val", style)
        return first

    def add_row(self, tr: etree._Element, texts: list[str], author: str) -> None:
        """Put a row in after another (17.13.5.16)."""
        row = deepcopy(tr)
        properties = row.find(W + "trPr")
        if properties is None:
            properties = w("trPr")
            row.insert(0, properties)
        for old in properties.findall(W + "tblHeader"):
            properties.remove(old)
        properties.append(w("ins", **self.by(author)))
        for cell, text in zip(row.findall(W + "tc"), texts, strict=True):
            p = cell.find(W + "p")
            for part in [e for e in p if e.tag != W + "pPr"]:
                p.remove(part)
            p.append(w("ins", run(text), **self.by(author)))
        tr.addnext(row)

    def delete_row(self, tr: etree._Element, author: str) -> None:
        properties = tr.find(W + "trPr")
        if properties is None:
            properties = w("trPr")
            tr.insert(0, properties)
        properties.append(w("del", **self.by(author)))
        for p in tr.iter(W + "p"):
            self.delete(p, 0, len(text_of(p)), author)

    def style(self, p: etree._Element, style: str, author: str) -> None:
        """Choose another style, tracked (17.13.5.29)."""
        properties = p.find(W + "pPr")
        before = w("pPr", *(deepcopy(e) for e in properties if e.tag != W + "rPr"))
        properties.find(W + "pStyle").set(W + "val", style)
        for numbering in properties.findall(W + "numPr"):
            properties.remove(numbering)
        properties.append(w("pPrChange", before, **self.by(author)))

    def move(self, p: etree._Element, after: etree._Element, author: str) -> None:
        """Move a whole paragraph (17.13.5.22, 17.13.5.25)."""
        copy = deepcopy(p)
        for tag, where in (("moveFrom", p), ("moveTo", copy)):
            runs = where.findall(W + "r")
            number = next(self.numbers)
            start = w(f"{tag}RangeStart", id=number, name="move1", author=author, date=AT)
            wrapped = w(tag, **self.by(author))
            runs[0].addprevious(start)
            start.addnext(wrapped)
            wrapped.extend(runs)
            wrapped.addnext(w(f"{tag}RangeEnd", id=number))
            _mark_properties(where).insert(0, w(tag, **self.by(author)))
        after.addnext(copy)

    def comment(
        self, begin: tuple[etree._Element, int], end: tuple[etree._Element, int],
        author: str, text: str, answers: str = "", done: bool = False,
    ) -> str:  # fmt: skip
        """Comment on what stands from one place to another; return the comment's number."""
        number = str(next(self.numbers))
        _put(end[0], end[1], w("commentRangeEnd", id=number))
        _put(begin[0], begin[1], w("commentRangeStart", id=number))
        last = end[0].find(f"{W}commentRangeEnd[@{W}id='{number}']")
        last.addnext(w("r", w("commentReference", id=number)))
        self.remarks.append((number, author, text, answers, done))
        return number

    # Saving

    def save(self, saved_by: str = "Kim Sparare", **replaced: bytes) -> bytes:
        self.members["word/document.xml"] = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        core = self.members["docProps/core.xml"].decode()
        start = core.index("<cp:lastModifiedBy>") + len("<cp:lastModifiedBy>")
        core = core[:start] + saved_by + core[core.index("</cp:lastModifiedBy>") :]
        self.members["docProps/core.xml"] = core.encode()
        if self.remarks:
            self._add_comments()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in {**self.members, **replaced}.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                package.writestr(info, data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _add_comments(self) -> None:
        comments = etree.Element(W + "comments", nsmap={"w": W[1:-1], "w14": W14[1:-1]})
        extended = etree.Element(W15 + "commentsEx", nsmap={"w15": W15[1:-1]})
        ids = {number: f"{int(number):08X}" for number, *_ in self.remarks}
        for number, author, text, answers, done in self.remarks:
            p = w("p", run(text))
            p.set(W14 + "paraId", ids[number])
            comments.append(w("comment", p, id=number, author=author, date=AT, initials="X"))
            entry = etree.SubElement(
                extended,
                W15 + "commentEx",
                {W15 + "paraId": ids[number], W15 + "done": str(int(done))},
            )
            if answers:
                entry.set(W15 + "paraIdParent", ids[answers])
        relations = etree.fromstring(self.members["word/_rels/document.xml.rels"])
        types = etree.fromstring(self.members["[Content_Types].xml"])
        for kind, root, content in (
            ("comments", comments, "comments+xml"),
            ("commentsExtended", extended, "commentsExtended+xml"),
        ):
            self.members[f"word/{kind}.xml"] = etree.tostring(root)
            base = (
                _RELATION
                if kind == "comments"
                else _RELATION.replace(
                    "openxmlformats.org/officeDocument/2006", "microsoft.com/office/2011"
                )
            )
            etree.SubElement(
                relations,
                f"{{{relations.nsmap[None]}}}Relationship",
                {"Id": f"rId{kind}", "Type": base + kind, "Target": f"{kind}.xml"},
            )
            etree.SubElement(
                types,
                f"{{{types.nsmap[None]}}}Override",
                {"PartName": f"/word/{kind}.xml", "ContentType": _TYPES + content},
            )
        self.members["word/_rels/document.xml.rels"] = etree.tostring(relations)
        self.members["[Content_Types].xml"] = etree.tostring(types)


# What Word shows


def text_of(p: etree._Element) -> str:
    """All characters of a paragraph, those taken out too."""
    return "".join(_char(e) for e in p.iter(W + "t", W + "delText", W + "br", W + "tab"))


def shown(container: etree._Element, accept: bool) -> list[str]:
    """The lines that are left when every change is accepted, or rejected; empty ones are not."""
    hiding = {"del", "moveFrom"} if accept else {"ins", "moveTo"}
    out, held = [], ""
    for p in container.iter(W + "p"):
        rows = list(p.iterancestors(W + "tr"))
        if any(_has(row, "trPr", hiding) for row in rows):
            continue
        for element in p.iter(W + "t", W + "delText", W + "br", W + "tab"):
            around = {a.tag.removeprefix(W) for a in element.iterancestors()}
            if not around & hiding and "pPr" not in around:
                held += _char(element)
        if _has(p, "pPr/w:rPr", hiding):
            continue  # the mark is not there: one with the next
        out.append(held)
        held = ""
    return [line for line in (*out, held) if line]


def _has(element: etree._Element, path: str, tags: set[str]) -> bool:
    return any(find(element, f"w:{path}/w:{tag}") for tag in tags)


def _char(element: etree._Element) -> str:
    if element.tag in (W + "br", W + "tab"):
        inside = any(a.tag == W + "pPr" for a in element.iterancestors())
        return "" if inside else "\n" if element.tag == W + "br" else "\t"
    return element.text or ""


# Taking paragraphs apart


def _mark_properties(p: etree._Element) -> etree._Element:
    properties = p.find(W + "pPr")
    if properties is None:
        properties = w("pPr")
        p.insert(0, properties)
    mark = properties.find(W + "rPr")
    if mark is None:
        mark = w("rPr")
        changed = properties.find(W + "pPrChange")
        if changed is not None:
            changed.addprevious(mark)
        else:
            properties.append(mark)
    return mark


def _leaf_runs(p: etree._Element) -> list[etree._Element]:
    return [r for r in p.iter(W + "r") if not any(a.tag == W + "pPr" for a in r.iterancestors())]


def _divide(p: etree._Element, at: int) -> None:
    """Make the runs, and what they stand in, end at a character."""
    met = 0
    for r in _leaf_runs(p):
        for t in [e for e in r if e.tag in (W + "t", W + "delText")]:
            text = t.text or ""
            if met < at < met + len(text):
                later = deepcopy(r)
                place = list(r).index(t)
                for e in list(r)[place + 1 :]:
                    r.remove(e)
                kept = later[place]
                for e in list(later)[:place]:
                    if e.tag != W + "rPr":
                        later.remove(e)
                t.text, kept.text = text[: at - met], text[at - met :]
                for each in (t, kept):
                    each.set(_SPACE, "preserve")
                r.addnext(later)
                _divide_around(r, p)
                return
            met += len(text)
        met += sum(1 for e in r if e.tag in (W + "br", W + "tab"))


def _divide_around(r: etree._Element, p: etree._Element) -> None:
    """Let what a run stands in end after it."""
    inner = r
    while (outer := inner.getparent()) is not p:
        rest = list(outer[list(outer).index(inner) + 1 :])
        if rest:
            later = etree.Element(outer.tag, outer.attrib)
            later.extend(rest)
            outer.addnext(later)
        inner = outer


def _spans(p: etree._Element) -> list[tuple[etree._Element, int, int]]:
    out, at = [], 0
    for r in _leaf_runs(p):
        length = len(text_of(r))
        out.append((r, at, at + length))
        at += length
    return out


def _runs_between(p: etree._Element, start: int, end: int) -> list[etree._Element]:
    _divide(p, start)
    _divide(p, end)
    return [r for r, a, b in _spans(p) if start <= a and b <= end and b > a]


def _pieces_before(p: etree._Element, at: int) -> list[etree._Element]:
    _divide(p, at)
    out, met = [], 0
    for child in [e for e in p if e.tag != W + "pPr"]:
        met += len(text_of(child))
        if met > at:
            break
        out.append(child)
    return out


def _put(p: etree._Element, at: int, what: etree._Element) -> None:
    """Put an element on the paragraph's own level at a character."""
    before = _pieces_before(p, at)
    if before:
        before[-1].addnext(what)
    else:
        place = 1 if p.find(W + "pPr") is not None else 0
        p.insert(place, what)
