"""Blocks of rich text to paragraphs and tables."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
    Table,
    spans_text,
)
from samverkan_desktop.export.word.base import ListKind, Style
from samverkan_desktop.export.word.images import drawing
from samverkan_desktop.export.word.lists import item_of, new_list
from samverkan_desktop.export.word.runs import runs
from samverkan_desktop.export.word.tables import write_table
from samverkan_desktop.export.word.target import QUOTE_INDENT, STEP, Place, Target
from samverkan_desktop.export.word.xml import Element, w

_HEADINGS = {2: Style.HEADING_2, 3: Style.HEADING_3}
_STYLED_LEVELS = 5  # how many levels of a list have a style of their own


@dataclass(frozen=True, slots=True)
class Mark:
    """What makes a paragraph an item: its style, and its list where the style doesn't say it."""

    style: Style
    number: str | None = None


def write_blocks(target: Target, blocks: Blocks, place: Place) -> Iterator[Element]:
    """Yield the paragraphs and tables of blocks.

    Raises UnreadableImageError.
    """
    for block, following in itertools.zip_longest(blocks, blocks[1:]):
        yield from write_block(target, block, place, is_lead_in=leads_in(block, following))


def leads_in(block: object, following: object) -> bool:
    """Whether a paragraph announces what follows, and may not end a page before it."""
    if not isinstance(block, Paragraph) or following is None:
        return False
    announces = spans_text(block.spans).rstrip().endswith(":")
    return announces or isinstance(following, BulletList | NumberedList)


def write_block(
    target: Target, block: Block, place: Place, *, is_lead_in: bool = False
) -> Iterator[Element]:
    """Yield the paragraphs and tables of one block.

    Raises UnreadableImageError.
    """
    match block:
        case Paragraph():
            yield _text(target, block.spans, place, is_lead_in=is_lead_in)
        case Heading():
            yield _moved(target, _HEADINGS[block.level], block.spans, place)
        case BulletList() | NumberedList():
            items = [item.blocks for item in block.items]
            mark, inside = _list(target, block, place)
            yield from write_items(target, items, mark, place, inside)
        case Quote():
            yield from write_blocks(target, block.blocks, replace(place, quotes=place.quotes + 1))
        case Table():
            yield from write_table(target, block, place)
        case Image():
            yield from _figure(target, block, place)


def write_items(
    target: Target, items: Sequence[Blocks], mark: Mark, place: Place, inside: Place
) -> Iterator[Element]:
    """Yield the items of a list that stands at `place`; what they hold more stands `inside`.

    Each item has its mark once. Where it doesn't begin with a paragraph, one without text has it.
    """
    for blocks in items:
        match blocks:
            case (Paragraph() as first, *rest):
                yield _item(target, first.spans, mark, place)
            case rest:
                yield _item(target, (), mark, place)
        yield from write_blocks(target, tuple(rest), inside)


def _list(target: Target, block: BulletList | NumberedList, place: Place) -> tuple[Mark, Place]:
    """Return the mark of a list's items, and the place inside them."""
    if isinstance(block, BulletList):
        is_usual = place.bullets == place.lists  # the style's own list has the right marks then
        number = (
            None if is_usual else new_list(target, ListKind.BULLETS, place.lists, place.bullets)
        )
        mark = Mark(_level_style("List Bullet", place.lists), number)
        return mark, replace(place, bullets=place.bullets + 1)
    number = new_list(target, ListKind.NUMBERS, place.lists, place.numbers)
    mark = Mark(_level_style("List Number", place.lists), number)
    return mark, replace(place, numbers=place.numbers + 1)


def _item(target: Target, spans: Spans, mark: Mark, place: Place) -> Element:
    properties: list[Element] = []
    if mark.number is not None:
        properties.append(item_of(mark.number, place.lists))
    elif place.lists >= _STYLED_LEVELS:
        properties.append(w("numPr", w("ilvl", val=place.lists)))
    if place.quotes:
        properties.append(w("ind", left=place.left + STEP, hanging=STEP))
    return target.paragraph(mark.style, runs(target, spans), *properties)


def _text(target: Target, spans: Spans, place: Place, *, is_lead_in: bool) -> Element:
    if place.quotes:
        return _moved(target, Style.QUOTE, spans, place, QUOTE_INDENT)
    if place.lists:
        style = _level_style("List Continue", place.lists - 1)
        return _moved(target, style, spans, place, STEP * min(place.lists, _STYLED_LEVELS))
    return target.paragraph(Style.LEAD_IN if is_lead_in else Style.NORMAL, runs(target, spans))


def _moved(target: Target, style: Style, spans: Spans, place: Place, by_style: int = 0) -> Element:
    """Return a paragraph that begins where its place is; a style may do that by itself."""
    moved = [w("ind", left=place.left)] if place.left != by_style else []
    return target.paragraph(style, runs(target, spans), *moved)


def _figure(target: Target, image: Image, place: Place) -> Iterator[Element]:
    moved = [w("ind", left=place.left)] if place.left else []
    yield target.paragraph(Style.FIGURE, [w("r", drawing(target, image, place))], *moved)
    if image.caption:
        yield _moved(target, Style.FIGURE_CAPTION, image.caption, place)


def _level_style(name: str, level: int) -> Style:
    """Return the style of a list level, counted from 0; the deepest styled one serves the rest."""
    number = min(level + 1, _STYLED_LEVELS)
    return Style(name if number == 1 else f"{name} {number}")
