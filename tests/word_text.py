"""What a Word file says, read independently of how it was written.

`word_text(docx)` gives the lines of the body, in document order (those in content controls, frames
and tables among them), and apart from it what stands in the headers and in the footer of the first
page. A line is a paragraph or a part of one between forced line breaks; a table row is one line
with tabs between its cells; an image is "[Bild: alt]". `Line.mark` is the mark of a list item as
Word counts it ("1.", "b.", "•"), which is no part of its text.

To compare with plain text: `word_text(docx).lines()` has the sender's address, which is in the
footer, where the document has it: before the attest table.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@dataclass(frozen=True)
class Line:
    """A line, and where it stands: its paragraph style's name, and the content control's tag."""

    text: str
    mark: str = ""
    style: str = ""
    part: str = ""

    @property
    def as_text(self) -> str:
        """The line with its mark; a bullet is "-", since plain text knows no other."""
        mark = "-" if self.mark in {"•", "◦", "▪"} else self.mark
        return f"{mark} {self.text}".lstrip()


@dataclass(frozen=True)
class WordText:
    body: list[Line]
    first_header: list[str]
    header: list[str]
    first_footer: list[str]

    def lines(self) -> list[str]:
        """All lines in the order of the document, without marks and without the headers."""
        return [line.text for line in self.in_order()]

    def in_order(self) -> list[Line]:
        """The lines of the body, with the sender's where the document has them."""
        sender = [Line(text, part="organisation") for text in self.first_footer]
        before = [line for line in self.body if line.part != "approvals"]
        return [*before, *sender, *(line for line in self.body if line.part == "approvals")]


def words(text: str) -> list[str]:
    """The words, without the marks of a quotation: plain text has them, Word shows it otherwise."""
    return text.replace(">", " ").split()


def word_text(docx: bytes) -> WordText:
    return Package(docx).text()


@dataclass
class Lists:
    """Counts list items as Word does (ECMA-376 part 1, 17.9).

    Lists made of one definition count on from one another. One that says so begins anew, once. An
    item makes the levels below it begin anew.
    """

    numbering: etree._Element
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def mark(self, number: str, level: int) -> str:
        num = self.numbering.find(f"{W}num[@{W}numId='{number}']")
        definition = num.find(f"{W}abstractNumId").get(f"{W}val")
        override = num.find(f"{W}lvlOverride[@{W}ilvl='{level}']")
        self._count(definition, number, level, override)
        described = override.find(f"{W}lvl") if override is not None else None
        if described is None:
            described = self._definition(definition).find(f"{W}lvl[@{W}ilvl='{level}']")
        text = described.find(f"{W}lvlText").get(f"{W}val")
        form = described.find(f"{W}numFmt").get(f"{W}val")
        shown = NUMERALS[form](self.counts[definition, level])
        return text.replace(f"%{level + 1}", shown)

    def _definition(self, number: str) -> etree._Element:
        return self.numbering.find(f"{W}abstractNum[@{W}abstractNumId='{number}']")

    def _count(
        self, definition: str, number: str, level: int, override: etree._Element | None
    ) -> None:
        start = override.find(f"{W}startOverride") if override is not None else None
        if start is not None and (number, level) not in self.begun:
            self.begun.add((number, level))
            self.counts[definition, level] = int(start.get(f"{W}val"))
        else:
            self.counts[definition, level] = self.counts.get((definition, level), 0) + 1
        for deeper in range(level + 1, 9):
            self.counts.pop((definition, deeper), None)


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * (1 + (count - 1) // 26)


def _roman(count: int) -> str:
    tens, ones = divmod(count, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]


NUMERALS = {
    "decimal": str,
    "lowerLetter": _letters,
    "lowerRoman": _roman,
    "bullet": lambda _: "",
}


class Package:
    """The parts of a Word file that hold text, and what text depends on."""

    def __init__(self, docx: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            self._members = {name: package.read(name) for name in package.namelist()}
        self.document = self.xml("word/document.xml")
        styles = self.xml("word/styles.xml")
        self.styles = {s.get(f"{W}styleId"): s for s in styles.iter(f"{W}style")}
        self._lists = Lists(self.xml("word/numbering.xml"))

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self._members[name])

    def text(self) -> WordText:
        return WordText(
            body=list(self._lines(self.document.find(f"{W}body"), "")),
            first_header=self.story("headerReference", "first"),
            header=self.story("headerReference", "default"),
            first_footer=self.story("footerReference", "first"),
        )

    def story(self, kind: str, page: str) -> list[str]:
        """The lines of a header or footer; none when the file doesn't have it."""
        relations = self.xml("word/_rels/document.xml.rels")
        targets = {r.get("Id"): r.get("Target") for r in relations}
        for reference in self.document.iter(f"{W}{kind}"):
            if reference.get(f"{W}type") == page:
                root = self.xml(f"word/{targets[reference.get(f'{R}id')]}")
                return [line.text for line in self._lines(root, "") if line.text]
        return []

    def _lines(self, parent: etree._Element, part: str) -> Iterator[Line]:
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element, part)
            elif element.tag == f"{W}tbl":
                for row in element.iter(f"{W}tr"):
                    cells = (" ".join(self._texts(cell)) for cell in row.iter(f"{W}tc"))
                    yield Line("\t".join(cells), style="(table)", part=part)
            elif element.tag == f"{W}sdt":
                tag = element.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
                yield from self._lines(element.find(f"{W}sdtContent"), tag)

    def _texts(self, cell: etree._Element) -> list[str]:
        return [line.text for line in self._lines(cell, "") if line.text]

    def _paragraph(self, paragraph: etree._Element, part: str) -> Iterator[Line]:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        style_id = found.get(f"{W}val") if found is not None else "Normal"
        name = self.styles[style_id].find(f"{W}name").get(f"{W}val")
        mark = self._mark(paragraph, style_id)
        for text in plain(paragraph).split("\n"):
            yield Line(text, mark, name, part)
            mark = ""

    def _mark(self, paragraph: etree._Element, style_id: str) -> str:
        of_style = self.styles[style_id].find(f"{W}pPr/{W}numPr")
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number, level = (_place(own, name) or _place(of_style, name) for name in ("numId", "ilvl"))
        return self._lists.mark(number, int(level or 0)) if number else ""


def _place(properties: etree._Element | None, name: str) -> str | None:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found.get(f"{W}val") if found is not None else None


def plain(paragraph: etree._Element) -> str:
    """The text of a paragraph; a forced line break is a newline."""
    pieces = []
    for element in paragraph.iter():
        match element.tag:
            case t if t == f"{W}t":
                pieces.append(element.text or "")
            case t if t == f"{W}br":
                pieces.append("\n")
            case t if t == f"{W}tab" and element.getparent().tag == f"{W}r":
                pieces.append("\t")
            case t if t == f"{WP}docPr":
                pieces.append(f"[Bild: {element.get('descr')}]")
    return "".join(pieces)
