"""compose(draft, template): the one place where a draft becomes the document that is printed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from samverkan_desktop.domain.document import (
    ApprovalTable,
    Document,
    Element,
    Furniture,
    Head,
    ItemList,
    LabelledLines,
    Notice,
    OrganisationBlock,
    Part,
    Properties,
    SectionHeading,
    Signature,
    Signatures,
    Subtitle,
    Title,
)
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.outline import Entry, outline
from samverkan_desktop.domain.template import DecisionForm, Labels, Template
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
    is_empty,
    map_spans,
    paragraph,
    plain_text,
    spans,
    spans_text,
)
from samverkan_desktop.domain.typography import NBSP, typeset, typeset_text

# Keys of the parts that are no sections; a section's key never has a space.
HEAD, TITLE = "head ", "title "
SIGNATURES, ATTACHMENTS = "signatures ", "attachments "
ORGANISATION, APPROVALS = "organisation ", "approvals "


def compose(draft: Draft, template: Template) -> Document:
    """Return the document that the draft says, in reading order and typeset.

    Nothing is printed without content: no label without a value, no heading without a text.
    """
    parts = (
        Part(HEAD, tuple(_head(draft, template.labels))),
        Part(TITLE, tuple(_title(draft, template.labels))),
        *(
            Part(entry.key, tuple(_entry(entry, draft, template)))
            for entry in outline(draft, template)
        ),
        Part(SIGNATURES, tuple(_signatures(draft))),
        Part(ATTACHMENTS, tuple(_attachments(draft, template.labels))),
        Part(ORGANISATION, tuple(_organisation(draft, template.labels))),
        Part(APPROVALS, tuple(_approvals(draft, template.labels))),
    )
    return Document(
        language=draft.language,
        properties=_properties(draft),
        furniture=_furniture(draft, template),
        parts=tuple(part for part in parts if part.elements),
    )


def _lines(*values: str) -> tuple[str, ...]:
    return tuple(typeset_text(value.strip()) for value in values if value.strip())


def _labelled(label: str, value: str, separator: str = ": ") -> str:
    return f"{label}{separator}{value.strip()}" if value.strip() else ""


def _head(draft: Draft, labels: Labels) -> Iterator[Element]:
    officer = draft.officer
    left = _lines(
        officer.name,
        officer.role,
        _labelled(labels.phone, officer.phone),
        _labelled(labels.email, officer.email),
    )
    meeting = draft.meeting_date.isoformat() if draft.meeting_date else ""
    right = _lines(draft.committee, meeting)
    if left or right:
        yield Head(
            LabelledLines(labels.officer if left else "", left),
            LabelledLines(labels.to if right else "", right),
        )


def _title(draft: Draft, labels: Labels) -> Iterator[Element]:
    if draft.title.strip():
        yield Title(_one_line(draft.title))
    if draft.subtitle.strip():
        yield Subtitle(_one_line(draft.subtitle))
    if draft.flags.immediate_approval:
        yield Notice(labels.immediate_approval)


def _one_line(text: str) -> str:
    return re.sub(r"[ \n]+", " ", typeset_text(text)).strip()


def _entry(entry: Entry, draft: Draft, template: Template) -> Iterator[Element]:
    if entry.section.hidden:
        return
    body = (
        _decision(draft, template)
        if entry.is_decision
        else _section_body(entry.section, template.labels)
    )
    if body:
        if entry.heading.strip():
            yield SectionHeading(_one_line(entry.heading))
        yield from body


def _section_body(section: Section, labels: Labels) -> tuple[Element, ...]:
    if section.not_applicable is not None:
        reason = section.not_applicable.strip()
        text = f"{labels.not_applicable}. {reason}" if reason else f"{labels.not_applicable}."
        return (paragraph(typeset_text(text)),)
    return printable(section.content)


def printable(blocks: Blocks) -> Blocks:
    """Return blocks as they are printed: typeset, and without the empty ones."""
    return _without_empty(map_spans(blocks, typeset))


def _without_empty(blocks: Blocks) -> Blocks:
    out: list[Block] = []
    for block in blocks:
        match block:
            case BulletList() | NumberedList():
                items = (ListItem(_without_empty(item.blocks)) for item in block.items)
                kept = replace(block, items=tuple(item for item in items if item.blocks))
                if kept.items:
                    out.append(kept)
            case Quote():
                quote = replace(block, blocks=_without_empty(block.blocks))
                if quote.blocks:
                    out.append(quote)
            case _ if not is_empty((block,)):
                out.append(block)
    return tuple(out)


def _decision(draft: Draft, template: Template) -> tuple[Element, ...]:
    groups = [(g.lead_in, tuple(filter(None, map(printable, g.items)))) for g in draft.decision]
    groups = [(lead_in, items) for lead_in, items in groups if items]
    if groups:
        lead_in, items = groups[-1]
        groups[-1] = (lead_in, _with_immediate_approval(items, draft, template))
    form = template.decision.form
    return tuple(e for lead_in, items in groups for e in _decision_group(lead_in, items, form))


def _with_immediate_approval(
    items: tuple[Blocks, ...], draft: Draft, template: Template
) -> tuple[Blocks, ...]:
    if not draft.flags.immediate_approval:
        return items
    sentence = template.labels.immediate_approval_item
    said = any("omedelbar" in plain_text(item).casefold() for item in items)
    return items if said else (*items, (paragraph(sentence),))


def _decision_group(
    lead_in: str | None, items: tuple[Blocks, ...], form: DecisionForm
) -> Iterator[Element]:
    if lead_in and lead_in.strip():
        yield paragraph(typeset_text(lead_in.strip()))
    if form is DecisionForm.ATT_LINES:
        yield ItemList(_att_lines(items), numbered=False)
    elif form is DecisionForm.SENTENCE and len(items) == 1:
        yield from items[0]
    else:
        yield ItemList(items, numbered=True)


def _att_lines(items: tuple[Blocks, ...]) -> tuple[Blocks, ...]:
    """Put "att" before each item and the punctuation of one long sentence after it.

    The officer's own "att" and punctuation are kept as they are.
    """
    last = len(items) - 1
    return tuple(
        _att_line(item, "." if i == last else ", samt" if i == last - 1 else ",")
        for i, item in enumerate(items)
    )


def _att_line(item: Blocks, ending: str) -> Blocks:
    first = item[0]
    if not isinstance(first, Paragraph):
        return item
    parts: Spans = first.spans
    text = spans_text(parts)
    if not text.casefold().startswith("att "):
        parts = (*spans("att "), *parts)
    if not text.rstrip().endswith((".", ",", ";", ":", "samt", "och")):
        parts = (*parts, *spans(ending))
    return (replace(first, spans=typeset(parts)), *item[1:])


def _signatures(draft: Draft) -> Iterator[Element]:
    signatures = tuple(
        Signature(_one_line(person.name), _one_line(person.role))
        for person in draft.signatories
        if person.name.strip() or person.role.strip()
    )
    if signatures:
        yield Signatures(signatures)


def _attachments(draft: Draft, labels: Labels) -> Iterator[Element]:
    titles = [_one_line(a.title) for a in draft.attachments if a.title.strip()]
    if titles:
        several = len(titles) > 1
        yield SectionHeading(labels.attachments if several else labels.attachment)
        yield ItemList(tuple((paragraph(title),) for title in titles), numbered=several)


def _organisation(draft: Draft, labels: Labels) -> Iterator[Element]:
    org = draft.organisation
    groups = (
        _lines(org.name, org.department),
        _lines(
            org.street,
            org.postal_box,
            org.postal_address,
            _labelled(labels.switchboard, org.switchboard, NBSP),
            _labelled(labels.fax, org.fax, NBSP),
            org.email,
            org.web,
        ),
    )
    if any(groups):
        yield OrganisationBlock(tuple(group for group in groups if group))


def _approvals(draft: Draft, labels: Labels) -> Iterator[Element]:
    rows = tuple(
        (", ".join(_lines(a.name, a.role)), a.date.isoformat() if a.date else "")
        for a in draft.approvals
        if a.name.strip() or a.role.strip()
    )
    if rows:
        yield SectionHeading(labels.approved_by)
        yield paragraph(labels.approval_text)
        yield ApprovalTable((labels.approval_name, labels.approval_date), rows)


def _furniture(draft: Draft, template: Template) -> Furniture:
    secret = draft.flags.confidential
    mark = "" if secret is None else _join(" – ", template.labels.confidential, secret)
    return Furniture(
        document_name=template.document_name,
        dnr=typeset_text(_labelled(template.dnr.label, draft.dnr, NBSP)),
        date=draft.document_date.isoformat() if draft.document_date else "",
        page_label=template.labels.page,
        confidential=typeset_text(mark),
    )


def _properties(draft: Draft) -> Properties:
    return Properties(
        title=_one_line(draft.title),
        author=_join(", ", draft.officer.name, draft.organisation.name),
        subject=_one_line(draft.subtitle),
        keywords=draft.dnr.strip(),
    )


def _join(separator: str, *values: str) -> str:
    return separator.join(_filled(values))


def _filled(values: Iterable[str]) -> list[str]:
    return [value.strip() for value in values if value.strip()]
