"""compose(draft, template): the one place where a draft becomes the document that is printed."""

import re
from collections.abc import Iterator
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
from samverkan_desktop.domain.draft import DecisionGroup, Draft, Section
from samverkan_desktop.domain.house_style import HouseStyle
from samverkan_desktop.domain.outline import Entry, outline
from samverkan_desktop.domain.template import DecisionForm, Labels, Template
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Spans,
    is_empty,
    is_language,
    map_spans,
    paragraph,
    plain_text,
    spans,
    spans_text,
)
from samverkan_desktop.domain.typography import NBSP, clean, typeset, typeset_text

# "Paragrafen justeras omedelbart", "förklara paragrafen omedelbart justerad"
_IMMEDIATE_APPROVAL = re.compile(
    r"justera\w*\W(?:\w+\W)?omedelbar|omedelbar\w*\Wjuster", re.IGNORECASE
)
_ENDED = re.compile(r"[.,;:!?…]”?$|\b(?:samt|och)$")

# Keys of the parts that are no sections; a section's key never has a space.
HEAD, TITLE = "head ", "title "
SIGNATURES, ATTACHMENTS = "signatures ", "attachments "
ORGANISATION, APPROVALS = "organisation ", "approvals "


def compose(draft: Draft, template: Template, style: HouseStyle | None = None) -> Document:
    """Return the document that the draft says, in reading order and typeset.

    Nothing is printed without content: no label without a value, no heading without a text.
    """
    style = style or HouseStyle()
    parts = (
        Part(HEAD, tuple(_head(draft, template.labels))),
        Part(TITLE, tuple(_title(draft, template.labels))),
        *(
            Part(entry.key, tuple(_entry(entry, draft, template)))
            for entry in outline(draft, template)
        ),
        Part(SIGNATURES, tuple(_signatures(draft, style))),
        Part(ATTACHMENTS, tuple(_attachments(draft, template.labels))),
        Part(ORGANISATION, tuple(_organisation(draft, template.labels))),
        Part(APPROVALS, tuple(_approvals(draft, template.labels))),
    )
    return Document(
        language=draft.language if is_language(draft.language) else template.language,
        properties=_properties(draft),
        furniture=_furniture(draft, template, style),
        parts=tuple(part for part in parts if part.elements),
    )


def _plain_line(text: str) -> str:
    line = re.sub(r"\n+", " ", clean(text))
    return line if line.strip() else ""


def _one_line(text: str) -> str:
    """Return a field as it is printed; a line break in it is a space."""
    return typeset_text(_plain_line(text))


def _lines(*values: str) -> tuple[str, ...]:
    return tuple(line for value in values if (line := _one_line(value)))


def _labelled(label: str, value: str, separator: str = ": ") -> str:
    value = _plain_line(value)
    return f"{label}{separator}{value}" if label and value else value


def _head(draft: Draft, labels: Labels) -> Iterator[Element]:
    officer = draft.officer
    left = _lines(
        officer.name,
        officer.role,
        _labelled(labels.phone, officer.phone),
        _labelled(labels.email, officer.email),
    )
    meeting = draft.meeting_date.isoformat() if draft.meeting_date else ""
    committee = _lines(draft.committee)
    right = (*committee, *_lines(meeting))
    if left or right:
        yield Head(
            LabelledLines(labels.officer if left else "", left),
            LabelledLines(labels.to if committee else "", right),
        )


def _title(draft: Draft, labels: Labels) -> Iterator[Element]:
    if title := _one_line(draft.title):
        yield Title(title)
    if subtitle := _one_line(draft.subtitle):
        yield Subtitle(subtitle)
    if draft.flags.immediate_approval:
        yield Notice(labels.immediate_approval)


def _entry(entry: Entry, draft: Draft, template: Template) -> Iterator[Element]:
    if entry.section.hidden:
        return
    body = (
        _decision(draft, template)
        if entry.is_decision
        else _section_body(entry.section, template.labels)
    )
    if body:
        if heading := _one_line(entry.heading):
            yield SectionHeading(heading)
        yield from body


def _section_body(section: Section, labels: Labels) -> tuple[Element, ...]:
    if section.not_applicable is not None:
        return (paragraph(typeset_text(f"{labels.not_applicable}. {section.not_applicable}")),)
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
            case Image():
                out.append(replace(block, alt=_one_line(block.alt)))
            case _ if not is_empty((block,)):
                out.append(block)
    return tuple(out)


def _decision(draft: Draft, template: Template) -> tuple[Element, ...]:
    groups = [(g.lead_in, tuple(filter(None, map(printable, g.items)))) for g in draft.decision]
    groups = [(lead_in, items) for lead_in, items in groups if items]
    if groups and draft.flags.immediate_approval and not says_immediate_approval(draft.decision):
        lead_in, items = groups[-1]
        sentence = paragraph(typeset_text(template.labels.immediate_approval_item))
        groups[-1] = (lead_in, (*items, (sentence,)))
    form = template.decision.form
    return tuple(e for lead_in, items in groups for e in _decision_group(lead_in, items, form))


def says_immediate_approval(decision: tuple[DecisionGroup, ...]) -> bool:
    """Whether an item of the decision says, as printed, that the paragraph is adjusted at once."""
    return any(
        _IMMEDIATE_APPROVAL.search(plain_text(printable(item)))
        for group in decision
        for item in group.items
    )


def _decision_group(
    lead_in: str | None, items: tuple[Blocks, ...], form: DecisionForm
) -> Iterator[Element]:
    if lead := _one_line(lead_in or ""):
        yield paragraph(lead)
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
    if not _ENDED.search(text):
        parts = (*parts, *spans(ending))
    return (replace(first, spans=typeset(parts)), *item[1:])


def _signatures(draft: Draft, style: HouseStyle) -> Iterator[Element]:
    lines = [(_one_line(person.name), _one_line(person.role)) for person in draft.signatories]
    persons = [(name, role) for name, role in lines if name or role]
    signatures = tuple(
        Signature(name, role, f"[Underskrift_{i}]" if style.signature_anchors else "")
        for i, (name, role) in enumerate(persons, 1)
    )
    if signatures:
        yield Signatures(signatures)


def _attachments(draft: Draft, labels: Labels) -> Iterator[Element]:
    titles = _lines(*(attachment.title for attachment in draft.attachments))
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
    persons = [(_one_line(", ".join(_lines(a.name, a.role))), a.date) for a in draft.approvals]
    rows = tuple((who, day.isoformat() if day else "") for who, day in persons if who)
    if rows:
        yield SectionHeading(labels.approved_by)
        yield paragraph(labels.approval_text)
        yield ApprovalTable((labels.approval_name, labels.approval_date), rows)


def _furniture(draft: Draft, template: Template, style: HouseStyle) -> Furniture:
    secret = draft.flags.confidential
    dnr = _labelled(template.dnr.label, draft.dnr, NBSP)
    mark = "" if secret is None else " – ".join(_lines(template.labels.confidential, secret))
    return Furniture(
        document_name=template.document_name,
        dnr=dnr.replace(" ", NBSP),  # not typeset: a registry number is printed as it is
        date=draft.document_date.isoformat() if draft.document_date else "",
        page_label=template.labels.page,
        confidential=mark,
        logo=style.logo,
    )


def _properties(draft: Draft) -> Properties:
    author = filter(None, map(_plain_line, (draft.officer.name, draft.organisation.name)))
    return Properties(
        title=_one_line(draft.title),
        author=", ".join(author),
        subject=_one_line(draft.subtitle),
        keywords=_plain_line(draft.dnr),
    )
