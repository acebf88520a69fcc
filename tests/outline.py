"""Rich text as a few readable lines, for tests to compare."""

from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
)


def outline(blocks: Blocks, indent: str = "") -> str:
    """Blocks as lines: marks as in Markdown, lists and quotes indented."""
    return "".join(line for block in blocks for line in lines(block, indent))


def lines(block: Block, indent: str):
    match block:
        case Paragraph():
            yield f"{indent}{marked(block.spans)}\n"
        case Heading():
            yield f"{indent}{'#' * block.level} {marked(block.spans)}\n"
        case BulletList() | NumberedList():
            mark = "-" if isinstance(block, BulletList) else "1"
            for item in block.items:
                yield f"{indent}{mark}\n{outline(item.blocks, indent + '    ')}"
        case Quote():
            yield outline(block.blocks, indent + "> ")
        case Image():
            yield f"{indent}<{block.file}: {block.alt}>\n{caption(block.caption, indent)}"
        case Table():
            rows = (block.header, *block.rows)
            yield caption(block.caption, indent) + "".join(row(cells, indent) for cells in rows)


def caption(parts: Spans, indent: str) -> str:
    return f"{indent}({marked(parts)})\n" if parts else ""


def row(cells: tuple[Spans, ...], indent: str) -> str:
    return indent + "".join(f"|{marked(cell)}" for cell in cells) + "|\n"


def marked(parts: Spans) -> str:
    return "".join(map(marked_span, parts)).replace("\n", "⏎").replace("\t", "⇥")


def marked_span(span: Span) -> str:
    text = f"**{span.text}**" if span.bold else span.text
    text = f"_{text}_" if span.italic else text
    return f"[{text}]({span.link})" if span.link else text
