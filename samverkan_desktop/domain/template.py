"""The template: which sections a document type has, in which order, under which headings."""

import re
from dataclasses import dataclass, field
from enum import StrEnum


class Need(StrEnum):
    """How much a section is asked for."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class SlotKind(StrEnum):
    """What a slot holds."""

    TEXT = "text"
    DECISION = "decision"


class DecisionForm(StrEnum):
    """How proposed decisions are written.

    sentence: one sentence unnumbered, several numbered. numbered: always numbered. att_lines:
    "att …" lines under a lead-in. infinitive: numbered infinitives under a lead-in.
    """

    SENTENCE = "sentence"
    NUMBERED = "numbered"
    ATT_LINES = "att_lines"
    INFINITIVE = "infinitive"


class SlotCheck(StrEnum):
    """Checks that only some sections ask for."""

    STANDS_ALONE = "stands_alone"
    MENTIONS_MONEY = "mentions_money"
    POSITION = "position"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place for a section."""

    key: str
    heading: str
    need: Need
    kind: SlotKind = SlotKind.TEXT
    help: str = ""
    not_applicable: bool = False
    checks: tuple[SlotCheck, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """How this document type words its proposed decision."""

    form: DecisionForm
    lead_ins: tuple[str, ...] = ()
    default_lead_in: str = ""
    phrases: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DnrRule:
    """What the registry number is called, and which forms are usual (others only warn)."""

    label: str = "Dnr"
    pattern: str = ""
    example: str = ""
    help: str = ""

    def is_usual(self, dnr: str) -> bool:
        """Whether the number has one of the usual forms."""
        return not self.pattern or re.search(self.pattern, dnr) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words that the document itself puts in, where a city has its own."""

    officer: str = "Handläggare"
    phone: str = "Telefon"
    email: str = "E-post"
    to: str = "Till"
    attachment: str = "Bilaga"
    attachments: str = "Bilagor"
    switchboard: str = "Växel"
    fax: str = "Fax"
    page: str = "Sida"
    not_applicable: str = "Ej tillämpligt"
    immediate_approval: str = "Omedelbar justering"
    immediate_approval_item: str = "Paragrafen justeras omedelbart."
    confidential: str = "Sekretess"
    approved_by: str = "Attesterat av"
    approval_text: str = "Detta dokument har godkänts digitalt av följande personer:"
    approval_name: str = "Namn"
    approval_date: str = "Datum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A document type. Exactly one slot is the decision."""

    id: str
    name: str
    group: str
    document_name: str
    decision: DecisionRule
    slots: tuple[Slot, ...]
    description: str = ""
    subtitle: str = ""
    language: str = "sv-SE"
    dnr: DnrRule = field(default_factory=DnrRule)
    labels: Labels = field(default_factory=Labels)

    def slot(self, key: str) -> Slot | None:
        """Return the slot with this key, if the template has it."""
        return next((slot for slot in self.slots if slot.key == key), None)

    @property
    def decision_slot(self) -> Slot:
        """Return the slot of the proposed decision."""
        return next(slot for slot in self.slots if slot.kind is SlotKind.DECISION)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationProfile:
    """An administration as it is shipped or set up by IT: prefilled in new drafts.

    `logo` is a PNG or SVG file; in the profile's own file it is named from where that lies.
    """

    id: str
    name: str
    committee: str
    former_names: tuple[str, ...] = ()
    templates: tuple[str, ...] = ("*",)
    switchboard: str = ""
    email: str = ""
    web: str = ""
    street: str = ""
    postal_box: str = ""
    postal_address: str = ""
    logo: str = ""
