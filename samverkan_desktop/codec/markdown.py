"""Markdown (CommonMark with tables) to rich text. Raw HTML is text."""

from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from samverkan_desktop.domain.text import (
    Align,
    Block,
    Blocks,
    BulletList,
    Column,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
    normal_spans,
    spans,
)

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "html_block"])
_ALIGNS = {"text-align:right": Align.RIGHT, "text-align:center": Align.CENTER}


def read_blocks(text: str) -> Blocks:
    """Return Markdown text as blocks, without ids."""
    return _blocks(SyntaxTreeNode(_PARSER.parse(text)))


def read_spans(text: str) -> Spans:
    """Return one line of Markdown as spans."""
    tokens = _PARSER.parseInline(text)
    return _inline(SyntaxTreeNode(tokens).children[0]) if tokens else ()


def _blocks(node: SyntaxTreeNode) -> Blocks:
    return tuple(block for child in node.children for block in _block(child))


def _block(node: SyntaxTreeNode) -> list[Block]:
    match node.type:
        case "paragraph":
            return _paragraph(node)
        case "heading":
            return [Heading(min(max(int(node.tag[1]), 2), 3), _inline(node.children[0]))]
        case "bullet_list":
            return [BulletList(_items(node))]
        case "ordered_list":
            return [NumberedList(_items(node))]
        case "blockquote":
            return [Quote(_blocks(node))]
        case "table":
            return [_table(node)]
        case _:  # a code fence: its text, line for line; a rule has none
            text = node.content.rstrip("\n")
            return [Paragraph(spans(text))] if text else []


def _items(node: SyntaxTreeNode) -> tuple[ListItem, ...]:
    return tuple(ListItem(_blocks(item) or (Paragraph(),)) for item in node.children)


def _paragraph(node: SyntaxTreeNode) -> list[Block]:
    inline = node.children[0]
    only = inline.children[0] if len(inline.children) == 1 else None
    if only is not None and only.type == "image":
        return [Image(str(only.attrs["src"]), only.content)]
    return [Paragraph(_inline(inline))]


def _table(node: SyntaxTreeNode) -> Table:
    header_row, *bodies = node.children
    cells = header_row.children[0].children
    columns = tuple(Column(_ALIGNS.get(str(cell.attrs.get("style")), Align.LEFT)) for cell in cells)
    rows = tuple(_row(row) for body in bodies for row in body.children)
    plain = all(column == Column() for column in columns)
    return Table(_row(header_row.children[0]), rows, columns=() if plain else columns)


def _row(row: SyntaxTreeNode) -> tuple[Spans, ...]:
    return tuple(_inline(cell.children[0]) if cell.children else () for cell in row.children)


def _inline(node: SyntaxTreeNode) -> Spans:
    return normal_spans(_spans(node, Span("")))


def _spans(node: SyntaxTreeNode, marks: Span) -> list[Span]:
    out: list[Span] = []
    for child in node.children:
        match child.type:
            case "strong":
                out += _spans(child, replace(marks, bold=True))
            case "em":
                out += _spans(child, replace(marks, italic=True))
            case "link":
                out += _spans(child, replace(marks, link=str(child.attrs["href"])))
            case "softbreak":
                out.append(replace(marks, text=" "))
            case "hardbreak":
                out.append(replace(marks, text="\n"))
            case _:  # text, code and images: what they say
                out.append(replace(marks, text=child.content))
    return out
