"""Rich text as HTML and as plain text, for other programs to paste."""

from collections.abc import Iterator
from html import escape
from itertools import chain

from samverkan_desktop.domain.text import (
    Align,
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
    spans_text,
)


def to_html(blocks: Blocks) -> str:
    """Return blocks as an HTML document; a single paragraph is text without a block around it."""
    match blocks:
        case (Paragraph(spans=parts),):
            body = _spans_html(parts)
        case _:
            body = "".join(_html(block) for block in blocks)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'


def _html(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p>{_spans_html(block.spans)}</p>"
        case Heading():
            return f"<h{block.level}>{_spans_html(block.spans)}</h{block.level}>"
        case BulletList():
            return f"<ul>{_items_html(block.items)}</ul>"
        case NumberedList():
            return f"<ol>{_items_html(block.items)}</ol>"
        case Quote():
            return f"<blockquote>{''.join(map(_html, block.blocks))}</blockquote>"
        case Image():  # the file stays here; what it shows is said
            return f"<p>[{escape(block.alt)}]</p>" + _caption_html(block.caption)
        case Table():
            return _table_html(block)


def _items_html(items: tuple[ListItem, ...]) -> str:
    return "".join(f"<li>{''.join(_item_html(item))}</li>" for item in items)


def _item_html(item: ListItem) -> Iterator[str]:
    for at, block in enumerate(item.blocks):
        if at == 0 and isinstance(block, Paragraph):
            yield _spans_html(block.spans)
        else:
            yield _html(block)


def _caption_html(caption: Spans) -> str:
    return f"<p><i>{_spans_html(caption)}</i></p>" if caption else ""


def _table_html(table: Table) -> str:
    caption = f"<caption>{_spans_html(table.caption)}</caption>" if table.caption else ""
    rows = [_row_html(table, "th", table.header)]
    rows += [_row_html(table, "td", row) for row in table.rows]
    return f'<table border="1" cellspacing="0" cellpadding="4">{caption}{"".join(rows)}</table>'


def _row_html(table: Table, tag: str, row: tuple[Spans, ...]) -> str:
    cells = (
        f'<{tag} align="{_html_align(table.column(at).align)}">{_spans_html(parts)}</{tag}>'
        for at, parts in enumerate(row)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _html_align(align: Align) -> str:
    return "right" if align is Align.DECIMAL else align.value


def _spans_html(parts: Spans) -> str:
    return "".join(map(_span_html, parts))


def _span_html(span: Span) -> str:
    text = escape(span.text).replace("\n", "<br>")
    if span.bold:
        text = f"<b>{text}</b>"
    if span.italic:
        text = f"<i>{text}</i>"
    if span.language is not None:
        text = f'<span lang="{escape(span.language)}">{text}</span>'
    if span.link is not None:
        text = f'<a href="{escape(span.link)}">{text}</a>'
    return text


def to_text(blocks: Blocks) -> str:
    """Return blocks as plain text: a line for each, list marks, tabs between cells."""
    return "\n".join(line for block in blocks for line in _text(block))


def _text(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Heading():
            yield spans_text(block.spans)
        case BulletList():
            yield from chain.from_iterable(_marked("• ", item) for item in block.items)
        case NumberedList():
            numbered = enumerate(block.items, start=1)
            yield from chain.from_iterable(_marked(f"{at}. ", item) for at, item in numbered)
        case Quote():
            yield from chain.from_iterable(map(_text, block.blocks))
        case Image():
            yield from filter(None, (f"[{block.alt}]", spans_text(block.caption)))
        case Table():
            yield from filter(None, (spans_text(block.caption),))
            yield from map(_row_text, (block.header, *block.rows))


def _row_text(row: tuple[Spans, ...]) -> str:
    return "\t".join(spans_text(cell).replace("\n", " ") for cell in row)


def _marked(mark: str, item: ListItem) -> Iterator[str]:
    lines = [line for block in item.blocks for line in _text(block)]
    for at, line in enumerate(lines):
        yield (mark if at == 0 else " " * len(mark)) + line
