"""Markdown (CommonMark with tables) to rich text, without losing a visible character.

Where CommonMark would drop or change something that the writer sees, it is kept as text: raw HTML,
link reference definitions, the numbers of a list that doesn't begin at 1, cells beyond a table's
header row, and what nests deeper than any document does.
"""

import re
from dataclasses import replace
from itertools import groupby
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
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
    paragraph,
    spans,
)

# Levels of tokens: a quote is one, a list and its items are two. What is read here can always be
# written as JSON and read again. The parser has no limit, since it drops what lies below it.
_MAX_LEVEL = 40
_PARSER = (
    MarkdownIt("commonmark", {"html": False, "maxNesting": 1_000_000})
    .enable("table")
    .disable(["code", "html_block", "reference"])
)
_ALIGNS = {"text-align:right": Align.RIGHT, "text-align:center": Align.CENTER}


def read_blocks(text: str) -> Blocks:
    """Return Markdown text as blocks, without ids."""
    text = re.sub(r"\r\n?", "\n", text).replace("\0", "")
    try:
        tokens = _PARSER.parse(text)
        if all(token.level <= _MAX_LEVEL for token in tokens):
            return _blocks(SyntaxTreeNode(_with_all_cells(tokens, text.split("\n"))))
    except RecursionError:
        pass
    return tuple(paragraph(part) for part in re.split(r"\n{2,}", text) if part)


def read_spans(text: str) -> Spans:
    """Return one line of Markdown as spans."""
    try:
        return _inline(SyntaxTreeNode(_PARSER.parseInline(text)).children[0].children)
    except RecursionError:
        return spans(text)


def _with_all_cells(tokens: list[Token], lines: list[str]) -> list[Token]:
    """Put in the cells that a row has beyond its table's header row."""
    out: list[Token] = []
    row, cells = 0, 0
    for token in tokens:
        if token.type == "tr_open" and token.map:
            row, cells = token.map[0], 0
        elif token.type == "td_open":
            cells += 1
        elif token.type == "tr_close" and cells:
            for content in _cells(lines[row])[cells:]:
                inline = _PARSER.parseInline(content.strip())
                out += [Token("td_open", "td", 1), *inline, Token("td_close", "td", -1)]
        out.append(token)
    return out


def _cells(line: str) -> list[str]:
    """Split a table row, which may stand in a quote or a list, at its pipes."""
    text = line.lstrip("> \t").rstrip()
    return escapedSplit(text.removeprefix("|").removesuffix("|"))


def _blocks(node: SyntaxTreeNode) -> Blocks:
    return tuple(block for child in node.children for block in _block(child))


def _block(node: SyntaxTreeNode) -> Blocks:
    match node.type:
        case "paragraph":
            return _paragraph(node.children[0])
        case "heading":
            level = min(max(int(node.tag[1]), 2), 3)
            return (Heading(level, _inline(node.children[0].children)),)
        case "bullet_list":
            return (BulletList(_items(node)),)
        case "ordered_list":
            return _ordered_list(node)
        case "blockquote":
            return (Quote(_blocks(node)),)
        case "table":
            return (_table(node),)
        case _:  # a code fence: its text, line for line; a rule has none
            text = node.content.rstrip("\n")
            return (paragraph(text),) if text else ()


def _items(node: SyntaxTreeNode) -> tuple[ListItem, ...]:
    return tuple(ListItem(_blocks(item) or (Paragraph(),)) for item in node.children)


def _ordered_list(node: SyntaxTreeNode) -> Blocks:
    """Return a list, or paragraphs with the writer's numbers if it doesn't begin at 1."""
    if node.attrs.get("start", 1) == 1:
        return (NumberedList(_items(node)),)
    return tuple(
        block
        for item in node.children
        for block in _after(f"{item.info}{item.markup} ", _blocks(item))
    )


def _after(number: str, blocks: Blocks) -> Blocks:
    match blocks:
        case (Paragraph() as first, *rest):
            return (replace(first, spans=normal_spans((Span(number), *first.spans))), *rest)
        case _:
            return (paragraph(number), *blocks)


def _paragraph(inline: SyntaxTreeNode) -> Blocks:
    """Return a paragraph; an image in it stands between the text before and after it."""
    out: list[Block] = []
    for are_images, nodes in groupby(inline.children, lambda child: child.type == "image"):
        if are_images:
            out += [Image(unquote(str(node.attrs["src"])), node.content) for node in nodes]
        elif text := _inline(list(nodes)):
            out.append(Paragraph(text))
    return tuple(out)


def _table(node: SyntaxTreeNode) -> Table:
    header_row, *bodies = node.children
    aligns = [
        _ALIGNS.get(str(cell.attrs.get("style")), Align.LEFT)
        for cell in header_row.children[0].children
    ]
    header = _row(header_row.children[0])
    rows = [_row(row) for body in bodies for row in body.children]
    width = max(map(len, (header, *rows)))
    plain = all(align is Align.LEFT for align in aligns)
    return Table(
        _padded(header, width),
        tuple(_padded(row, width) for row in rows),
        columns=() if plain else tuple(map(Column, aligns)),
    )


def _row(row: SyntaxTreeNode) -> tuple[Spans, ...]:
    return tuple(_inline(cell.children[0].children) for cell in row.children)


def _padded(row: tuple[Spans, ...], width: int) -> tuple[Spans, ...]:
    return row + ((),) * (width - len(row))


def _inline(nodes: list[SyntaxTreeNode]) -> Spans:
    return normal_spans(_spans(nodes, Span("")))


def _spans(nodes: list[SyntaxTreeNode], marks: Span) -> list[Span]:
    out: list[Span] = []
    for child in nodes:
        match child.type:
            case "strong":
                out += _spans(child.children, replace(marks, bold=True))
            case "em":
                out += _spans(child.children, replace(marks, italic=True))
            case "link":
                link = str(child.attrs["href"]) or None
                out += _spans(child.children, replace(marks, link=link))
            case "softbreak":
                out.append(replace(marks, text=" "))
            case "hardbreak":
                out.append(replace(marks, text="\n"))
            case _:  # text, code and images: what they say
                out.append(replace(marks, text=child.content))
    return out
