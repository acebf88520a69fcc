"""A draft as lines that a person can check against the document it came from."""

from collections.abc import Iterator

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    NumberedList,
    Quote,
    Table,
    spans_text,
)


def draft_outline(draft: Draft) -> str:
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    officer, organisation, referral = draft.officer, draft.organisation, draft.referral
    fields = {
        "mall": draft.template,
        "titel": draft.title,
        "underrubrik": draft.subtitle,
        "dnr": draft.dnr,
        "nämnd": draft.committee,
        "sammanträde": draft.meeting_date,
        "datum": draft.document_date,
        "handläggare": _joined(officer.name, officer.role, officer.phone, officer.email),
        "förvaltning": _joined(*(getattr(organisation, n) for n in organisation.__slots__)),
        "remiss": _joined(
            referral.sender, referral.sender_dnr, str(referral.reply_by or ""), *referral.consulted,
            str(referral.position or ""),
        ),
        "omedelbar": "ja" if draft.flags.immediate_approval else "",
        "sekretess": draft.flags.confidential,
    }  # fmt: skip
    yield from (f"{name}: {value}" for name, value in fields.items() if value)
    for group in draft.decision:
        yield f"BESLUT {group.lead_in or ''}".rstrip()
        for number, item in enumerate(group.items, 1):
            first, *rest = list(_blocks(item, 1))
            yield f"  {number}. {first.strip()}"
            yield from rest
    for section in draft.sections:
        yield f"[{section.key}] {section.heading or ''}".rstrip()
        if section.not_applicable is not None:
            yield f"  ej tillämpligt: {section.not_applicable}"
        yield from _blocks(section.content, 1)
    yield from (f"underskrift: {_joined(s.name, s.role)}" for s in draft.signatories)
    yield from (f"bilaga: {a.title}" for a in draft.attachments)
    for approval in draft.approvals:
        yield f"attest: {_joined(approval.name, approval.role, str(approval.date or ''))}"


def _joined(*values: str) -> str:
    return " | ".join(value for value in values if value)


def _blocks(blocks: Blocks, depth: int) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, depth)


def _block(block: Block, depth: int) -> Iterator[str]:
    space = "  " * depth
    match block:
        case BulletList() | NumberedList():
            for number, item in enumerate(block.items, 1):
                mark = f"{number}." if isinstance(block, NumberedList) else "-"
                first, *rest = list(_blocks(item.blocks, depth + 1)) or [""]
                yield f"{space}{mark} {first.strip()}"
                yield from rest
        case Quote():
            yield from (f"{space}> {line.strip()}" for line in _blocks(block.blocks, 0))
        case Table():
            yield from _table(block, space)
        case Image():
            yield f"{space}BILD {block.alt}"
        case Heading():
            yield f"{space}{'#' * block.level} {spans_text(block.spans)}"
        case _:
            yield space + spans_text(block.spans).replace("\n", " / ")


def _table(table: Table, space: str) -> Iterator[str]:
    if table.caption:
        yield f"{space}TABELL {spans_text(table.caption)}"
    for row in (table.header, *table.rows):
        yield space + "| " + " | ".join(spans_text(cell).replace("\n", "/") for cell in row)
