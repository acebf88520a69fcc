"""A composed document as other typesetters take it: HTML, Typst markup, ReportLab's flowables."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from samverkan_desktop.domain.document import (
    ApprovalTable,
    Document,
    Element,
    Head,
    ItemList,
    Notice,
    OrganisationBlock,
    SectionHeading,
    Signatures,
    Subtitle,
    Title,
)
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
    Table,
    paragraph,
    spans,
)

_STYLE = """
@page { size: A4; margin: 29mm 24mm 20mm 56mm }
body { font: 11.5pt/1.33 Tinos } h1, h2, h3, h4 { font-family: Arimo }
td, th { font: 9pt Arimo; text-align: left; border-bottom: 0.5pt solid grey }
"""


def as_blocks(document: Document) -> Blocks:
    """Return the document as rich text, its title as heading 1."""
    elements = (element for part in document.parts for element in part.elements)
    return tuple(block for element in elements for block in _blocks(element))


def _blocks(element: Element) -> Iterator[Block]:
    match element:
        case Title():
            yield Heading(1, spans(element.text))
        case SectionHeading():
            yield Heading(2, spans(element.text))
        case Heading():
            yield replace(element, level=element.level + 1)
        case ItemList():
            kind = NumberedList if element.numbered else BulletList
            yield kind(tuple(map(ListItem, element.items)))
        case ApprovalTable():
            header, *rows = (tuple(map(spans, row)) for row in (element.header, *element.rows))
            yield Table(header, tuple(rows))
        case Subtitle() | Notice() | Head() | Signatures() | OrganisationBlock():
            yield from map(paragraph, _lines(element))
        case _:
            yield element


def _lines(element: Subtitle | Notice | Head | Signatures | OrganisationBlock) -> Iterator[str]:
    match element:
        case Head():
            yield from (*element.left.lines, *element.right.lines)
        case Signatures():
            yield from (f"{s.name}\n{s.role}" for s in element.signatures)
        case OrganisationBlock():
            yield from map("\n".join, element.groups)
        case _:
            yield element.text


def to_html(title: str, blocks: Blocks, fonts: Path) -> str:
    """Return a page of HTML with its fonts and measures, in Swedish."""
    faces = "".join(
        f"@font-face {{ font-family: {family}; src: url({path.as_uri()}); "
        f"font-weight: {'bold' if 'Bold' in path.stem else 'normal'}; "
        f"font-style: {'italic' if 'Italic' in path.stem else 'normal'} }}\n"
        for family in ("Tinos", "Arimo")
        for path in sorted(fonts.glob(f"{family}-*.ttf"))
    )
    head = f"<meta charset=utf-8><title>{escape(title)}</title><style>{faces}{_STYLE}</style>"
    return f'<html lang="sv"><head>{head}</head><body>{to_body(blocks)}</body></html>'


def to_body(blocks: Blocks) -> str:
    """Return blocks as HTML."""
    return "".join(map(_html, blocks))


def _html(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{marked_up(block.spans)}</h{block.level}>"
        case Paragraph():
            return f"<p>{marked_up(block.spans)}</p>"
        case BulletList() | NumberedList():
            tag = "ul" if isinstance(block, BulletList) else "ol"
            items = "".join(f"<li>{to_body(item.blocks)}</li>" for item in block.items)
            return f"<{tag}>{items}</{tag}>"
        case Quote():
            return f"<blockquote>{to_body(block.blocks)}</blockquote>"
        case Table():
            head, *rows = (
                "".join(f"<{tag}>{marked_up(cell)}</{tag}>" for cell in row)
                for tag, row in (("th", block.header), *(("td", row) for row in block.rows))
            )
            body = "".join(f"<tr>{row}</tr>" for row in rows)
            return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        case Image():
            raise ValueError(block)


def marked_up(text: Spans) -> str:
    """Return spans with the tags that HTML and ReportLab's paragraphs share."""
    out = ""
    for span in text:
        said = escape(span.text).replace("\n", "<br/>")
        said = f"<b>{said}</b>" if span.bold else said
        said = f"<i>{said}</i>" if span.italic else said
        out += f'<a href="{escape(span.link)}">{said}</a>' if span.link else said
    return out


def to_typst(title: str, blocks: Blocks) -> str:
    """Return a document in Typst's markup, in Swedish."""
    return (
        f"#set document(title: [{_typed(title)}])\n"
        '#set text(font: "Tinos", size: 11.5pt, lang: "sv")\n'
        "#set page(margin: (top: 29mm, right: 24mm, bottom: 20mm, left: 56mm))\n"
        '#show heading: set text(font: "Arimo")\n' + "".join(map(_typst, blocks))
    )


def _typst(block: Block) -> str:
    match block:
        case Heading():
            return f"#heading(level: {block.level})[{_typst_spans(block.spans)}]\n\n"
        case Paragraph():
            return f"{_typst_spans(block.spans)}\n\n"
        case BulletList() | NumberedList():
            name = "list" if isinstance(block, BulletList) else "enum"
            items = (f"[{''.join(map(_typst, item.blocks))}]" for item in block.items)
            return f"#{name}({', '.join(items)})\n\n"
        case Quote():
            return f"#quote(block: true)[{''.join(map(_typst, block.blocks))}]\n\n"
        case Table():
            head, *rows = (
                ", ".join(f"[{_typst_spans(cell)}]" for cell in row)
                for row in (block.header, *block.rows)
            )
            cells = ", ".join((f"table.header({head})", *rows))
            return f"#table(columns: {len(block.header)}, {cells})\n\n"
        case Image():
            raise ValueError(block)


def _typst_spans(text: Spans) -> str:
    out = ""
    for span in text:
        said = _typed(span.text).replace("\n", " \\\n")
        said = f"#strong[{said}]" if span.bold else said
        said = f"#emph[{said}]" if span.italic else said
        out += f"#link({_quoted(span.link)})[{said}]" if span.link else said
    return out


def _typed(text: str) -> str:
    """Escape what Typst has a meaning for; a list mark has one only where a line begins."""
    return re.sub(r"([\\#$*_`<>@\[\]=+/~'\"-])", r"\\\1", text).replace("1.", "1\\.")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
