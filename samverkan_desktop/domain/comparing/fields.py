"""The head of a draft in fields, called what the form calls them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from samverkan_desktop.domain.comparing.lines import Line, entry
from samverkan_desktop.domain.composition import APPROVALS, ATTACHMENTS, SIGNATURES
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.template import DnrRule, Template
from samverkan_desktop.domain.typography import clean

# The key of what is asked about; like those in composition, it has a space that no section's has.
CONSULTED = "consulted "

# What isn't compared as a field: who the draft is, its text, and its lists.
_ELSEWHERE = {"id", "decision", "sections", "signatories", "attachments", "approvals"}
_IN_LISTS = {"referral.consulted"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in the draft format, its label in the form, its value, and that shown."""

    name: str
    label: str
    value: object
    shown: str


def head_fields(draft: Draft, template: Template) -> list[Field]:
    """Return the fields of the head, in the form's order."""
    found = dict(_values(draft))
    return [
        Field(name, label, found[name], _shown(name, found[name], template))
        for name, label in labels(template).items()
    ]


def head_lists(draft: Draft, template: Template) -> dict[str, tuple[str, list[Line]]]:
    """Return by key the lists of the head: what each is called, and its lines."""
    people = [entry(person.name, person.role) for person in draft.signatories]
    attached = [entry(a.title, a.file or "", setting=a.file or "") for a in draft.attachments]
    approved = [entry(a.name, a.role, _date(a.date)) for a in draft.approvals]
    asked = [entry(name) for name in draft.referral.consulted]
    return {
        CONSULTED: ("Remissinstanser", asked),
        SIGNATURES: ("Underskrifter", people),
        ATTACHMENTS: (template.labels.attachments, attached),
        APPROVALS: (template.labels.approved_by, approved),
    }


def labels(template: Template) -> dict[str, str]:
    """Return what the form calls each field, by its name in the draft format; in its order."""
    own = template.labels
    officer, office = own.officer, "Förvaltning"
    return {
        "template": "Mall",
        "title": "Rubrik",
        "subtitle": "Underrubrik",
        "dnr": clean(template.dnr.label) or DnrRule().label,
        "committee": "Nämnd",
        "meeting_date": "Sammanträde",
        "document_date": "Dokumentdatum",
        "flags.immediate_approval": "Omedelbar justering",
        "flags.confidential": "Sekretess",
        "language": "Språk",
        "officer.name": f"{officer}: namn",
        "officer.role": f"{officer}: titel",
        "officer.phone": f"{officer}: {own.phone.lower()}",
        "officer.email": f"{officer}: {own.email.lower()}",
        "referral.sender": "Remittent",
        "referral.sender_dnr": "Remittentens dnr",
        "referral.reply_by": "Svar senast",
        "referral.position": "Ståndpunkt",
        "organisation.name": office,
        "organisation.department": f"{office}: avdelning",
        "organisation.street": f"{office}: gatuadress",
        "organisation.postal_box": f"{office}: box",
        "organisation.postal_address": f"{office}: postadress",
        "organisation.switchboard": f"{office}: växel",
        "organisation.fax": f"{office}: fax",
        "organisation.email": f"{office}: e-post",
        "organisation.web": f"{office}: webbplats",
    }


def _values(draft: Draft) -> Iterator[tuple[str, object]]:
    for own in fields(draft):
        value = getattr(draft, own.name)
        if own.name in _ELSEWHERE:
            continue
        if not is_dataclass(value):
            yield own.name, value
            continue
        for inner in fields(value):
            name = f"{own.name}.{inner.name}"
            if name not in _IN_LISTS:
                yield name, getattr(value, inner.name)


def _shown(name: str, value: object, template: Template) -> str:
    match value:
        case bool():
            return yes_or_no(value)
        case date():
            return _date(value)
        case None:
            return ""
    if name == "flags.confidential":
        return str(value) or "utan lagrum"
    if name == "template" and value == template.id:
        return f"{template.group}, {template.name}"
    return str(value)


def yes_or_no(value: bool) -> str:  # noqa: FBT001 - the value itself
    """Return a yes or a no, in Swedish."""
    return "Ja" if value else "Nej"


def _date(value: date | None) -> str:
    return value.isoformat() if value else ""
