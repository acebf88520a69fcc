"""Markdown: headings with their level, the rest through the draft format's own reader."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from samverkan_desktop.codec.markdown import read_blocks, read_spans
from samverkan_desktop.domain.text import (
    Block,
    BulletList,
    Heading,
    Image,
    NumberedList,
    Paragraph,
    Quote,
    Table,
    spans,
)
from samverkan_desktop.exchange.reading.model import (
    ListMark,
    Look,
    Piece,
    ReadDocument,
    ReadParagraph,
    ReadTable,
    Style,
)

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_SIGNS = re.compile(
    r"^(?:#{1,6} \S.*|\*\*[^*\n]+\*\*.*|\|.*\|\s*\n\|[ :|-]+\|.*|\[[^\]\n]+\]\([^)\n]+\).*)$",
    re.MULTILINE,
)
_SHORT = 60
# A label in bold begins a line of a head, however long the lines are.
_LABEL = re.compile(r"[ \t]*\n(?P<label>\*\*[^*\n]{2,30}(?::\*\*|\*\*:))")


def looks_like_markdown(text: str) -> bool:
    """Whether a text has what only Markdown has: headings with #, bold lines, tables, links."""
    return _SIGNS.search(text) is not None


def read_markdown(text: str, notes: tuple[str, ...] = ()) -> ReadDocument:
    """Return what a Markdown text says. Images are named in the notes, never fetched."""
    reader = _Reader()
    text = re.sub(r"\r\n?", "\n", text)
    pieces = tuple(reader.pieces(text))
    return ReadDocument(kind="md", pieces=pieces, notes=(*notes, *reader.notes))


class _Reader:
    def __init__(self) -> None:
        self.notes: list[str] = []
        self._lists = count(1)

    def pieces(self, text: str) -> Iterator[Piece]:
        for level, part in _parts(text.split("\n")):
            if level:
                look = Look(style=Style.HEADING, level=level)
                yield ReadParagraph(read_spans(part), look)
            else:
                for block in read_blocks(_with_breaks(part)):
                    yield from self._block(block, None)

    def _block(
        self, block: Block, mark: ListMark | None, style: Style = Style.BODY
    ) -> Iterator[Piece]:
        match block:
            case Paragraph():
                yield ReadParagraph(block.spans, Look(style=style), mark)
            case Heading():
                look = Look(style=Style.HEADING, level=block.level)
                yield ReadParagraph(block.spans, look)
            case BulletList() | NumberedList():
                yield from self._list(block, mark.depth + 1 if mark else 0)
            case Quote():
                for inner in block.blocks:
                    yield from self._block(inner, mark, Style.QUOTE)
            case Table():
                rows = tuple(
                    tuple((ReadParagraph(cell),) if cell else () for cell in row)
                    for row in (block.header, *block.rows)
                )
                yield ReadTable(rows, header_rows=1)
            case Image():
                self.notes.append(
                    f"Bilden {block.file} ligger i en egen fil och har inte lästs in."
                )
                yield ReadParagraph(spans(block.alt), Look(style=Style.CAPTION))

    def _list(self, block: BulletList | NumberedList, depth: int) -> Iterator[Piece]:
        name = f"list{next(self._lists)}"
        for number, item in enumerate(block.items, 1):
            numbered = isinstance(block, NumberedList)
            mark = ListMark(f"{number}." if numbered else "–", numbered, depth, name)
            for place, inner in enumerate(item.blocks):
                for piece in self._block(inner, mark):
                    if place and isinstance(piece, ReadParagraph) and piece.mark is mark:
                        yield replace(piece, continues=True)
                    else:
                        yield piece


def _parts(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield headings with their level, and the text between them with level 0."""
    text: list[str] = []
    fenced = False
    for line in lines:
        fenced ^= _FENCE.match(line) is not None
        heading = None if fenced else _HEADING.fullmatch(line)
        underlined = not fenced and _UNDERLINE.fullmatch(line) and text and text[-1].strip()
        if heading:
            yield from _text(text)
            yield len(heading["marks"]), heading["text"] or ""
            text = []
        elif underlined and (len(text) < 2 or not text[-2].strip()):
            above = text.pop()
            yield from _text(text)
            yield (1 if "=" in line else 2), above.strip()
            text = []
        else:
            text.append(line)
    yield from _text(text)


def _text(lines: list[str]) -> Iterator[tuple[int, str]]:
    if any(line.strip() for line in lines):
        yield 0, "\n".join(lines)


def _with_breaks(text: str) -> str:
    """Keep the line breaks of an address or a head, which CommonMark reads as spaces.

    Lines that are all short were not wrapped; where one is long, they were.
    """
    blocks = re.split(r"(\n[ \t]*\n)", text)
    return "".join(_kept_breaks(block) if block.strip() else block for block in blocks)


def _kept_breaks(block: str) -> str:
    lines = block.split("\n")
    if any(line[:1] in {"|", ">"} for line in lines):
        return block
    if any(len(line) > _SHORT for line in lines):
        return _LABEL.sub(r"  \n\g<label>", block)
    return "  \n".join(line.rstrip().removesuffix("\\") for line in lines)
