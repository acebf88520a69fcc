"""What a suggestion's section holds, as blocks: also the proposed decision, which is no section.

A decision is seen as its groups one after another, each a paragraph for its lead-in (if it has one)
and a numbered list of its items.
"""

from dataclasses import replace
from itertools import zip_longest

from samverkan_desktop.domain.draft import DecisionGroup, Draft
from samverkan_desktop.domain.template import SlotKind, Template
from samverkan_desktop.domain.text import (
    Blocks,
    BulletList,
    ListItem,
    NumberedList,
    Paragraph,
    spans,
    spans_text,
)


def decision_key(template: Template) -> str:
    """Return the key of the section that stands for the proposed decision."""
    return next(slot.key for slot in template.slots if slot.kind is SlotKind.DECISION)


def content_of(draft: Draft, template: Template, key: str) -> Blocks | None:
    """Return the blocks of a section or of the decision, None when the draft hasn't it."""
    if key == decision_key(template):
        return decision_blocks(draft.decision)
    section = draft.section(key)
    return section.content if section is not None else None


def with_content(draft: Draft, template: Template, key: str, content: Blocks) -> Draft:
    """Return the draft with other blocks in a section or in the decision.

    Raises KeyError when the draft has no such section.
    """
    if key == decision_key(template):
        return replace(draft, decision=decision_groups(content))
    if draft.section(key) is None:
        raise KeyError(key)
    sections = (replace(s, content=content) if s.key == key else s for s in draft.sections)
    return replace(draft, sections=tuple(sections))


def decision_blocks(groups: tuple[DecisionGroup, ...]) -> Blocks:
    """Return a decision as blocks. No block of a draft has an id with a space in it."""
    out: list[Paragraph | NumberedList] = []
    for number, group in enumerate(groups):
        if group.lead_in is not None:
            out.append(Paragraph(spans(group.lead_in), f"lead {number}"))
        items = tuple(ListItem(item) for item in group.items)
        out.append(NumberedList(items, f"items {number}"))
    return tuple(out)


def decision_groups(blocks: Blocks) -> tuple[DecisionGroup, ...]:
    """Return the groups of a decision that has been seen, and perhaps changed, as blocks.

    What is no lead-in and no list becomes an item: it must be printed.
    """
    groups: list[DecisionGroup] = []
    lead_in: str | None = None
    for block, following in zip_longest(blocks, blocks[1:]):
        leads = isinstance(following, BulletList | NumberedList)
        match block:
            case Paragraph() if leads:
                lead_in = spans_text(block.spans)
            case BulletList() | NumberedList():
                groups.append(
                    DecisionGroup(lead_in=lead_in, items=tuple(i.blocks for i in block.items))
                )
                lead_in = None
            case _ if groups:
                last = groups[-1]
                groups[-1] = replace(last, items=(*last.items, (block,)))
            case _:
                groups.append(DecisionGroup(items=((block,),)))
    return tuple(groups)
