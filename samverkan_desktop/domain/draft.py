"""The draft: everything an officer writes about one matter, as one immutable value."""

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from samverkan_desktop.domain.text import Block, Blocks, Image, is_empty, walk


class Position(StrEnum):
    """The stand taken on a referral (ståndpunkt)."""

    APPROVE = "tillstyrker"
    APPROVE_PARTLY = "tillstyrker delvis"
    REJECT = "avstyrker"
    ABSTAIN = "avstår"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """The case officer (handläggare)."""

    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The administration (förvaltning) that writes the report, and where it is found."""

    name: str = ""
    department: str = ""
    street: str = ""
    postal_box: str = ""
    postal_address: str = ""
    switchboard: str = ""
    fax: str = ""
    email: str = ""
    web: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """The facts of a remiss: who asks, under which dnr, by when, and who else was asked."""

    sender: str = ""
    sender_dnr: str = ""
    reply_by: datetime.date | None = None
    consulted: tuple[str, ...] = ()
    position: Position | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """What sets a matter apart: omedelbar justering, and the lagrum of a sekretess."""

    immediate_approval: bool = False
    confidential: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionGroup:
    """Proposed decisions of one deciding body: an optional lead-in, and items of blocks."""

    lead_in: str | None = None
    items: tuple[Blocks, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the report.

    `key` is a slot of the template, or the officer's own. `heading` replaces the template's.
    `not_applicable` is the reason why the section is answered "ej tillämpligt". A section whose key
    is the template's decision slot holds no content: it says where the decision stands and what its
    heading is.
    """

    key: str
    heading: str | None = None
    content: Blocks = ()
    not_applicable: str | None = None
    hidden: bool = False
    done: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the officer has marked it so, or given the reason why it doesn't apply."""
        return self.done or bool((self.not_applicable or "").strip())

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written."""
        return self.not_applicable is None and is_empty(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Someone who is to sign."""

    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A bilaga; `file` names one of the draft's files when it is kept with the draft."""

    title: str = ""
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A digital approval (attest), as it is printed."""

    name: str = ""
    role: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A tjänsteutlåtande being written. Editing makes a new value."""

    template: str
    title: str
    id: str = ""
    subtitle: str = ""
    dnr: str = ""
    language: str = "sv-SE"
    committee: str = ""
    meeting_date: datetime.date | None = None
    document_date: datetime.date | None = None
    officer: Officer = field(default_factory=Officer)
    organisation: Organisation = field(default_factory=Organisation)
    referral: Referral = field(default_factory=Referral)
    flags: Flags = field(default_factory=Flags)
    decision: tuple[DecisionGroup, ...] = ()
    sections: tuple[Section, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    approvals: tuple[Approval, ...] = ()

    def section(self, key: str) -> Section | None:
        """Return the section with this key, if the draft has it."""
        return next((section for section in self.sections if section.key == key), None)

    def all_blocks(self) -> Blocks:
        """Return the blocks of every decision item and section, in the order they are kept."""
        out: list[Block] = []
        for group in self.decision:
            for item in group.items:
                out.extend(item)
        for section in self.sections:
            out.extend(section.content)
        return tuple(out)

    def file_names(self) -> frozenset[str]:
        """Return the names of all files that the draft refers to."""
        images = {block.file for block in walk(self.all_blocks()) if isinstance(block, Image)}
        return frozenset(images | {a.file for a in self.attachments if a.file})


def with_section(draft: Draft, section: Section) -> Draft:
    """Return the draft with the section of the same key replaced.

    Raises KeyError when the draft has no such section.
    """
    if draft.section(section.key) is None:
        raise KeyError(section.key)
    sections = tuple(section if old.key == section.key else old for old in draft.sections)
    return replace(draft, sections=sections)


def with_files_renamed(draft: Draft, names: Mapping[str, str]) -> Draft:
    """Return the draft with its images and attachments naming files by their new names."""

    def renamed(value: Any) -> Any:  # noqa: ANN401 - any part of a draft
        if isinstance(value, tuple):
            return tuple(map(renamed, value))
        if not dataclasses.is_dataclass(value) or isinstance(value, type):
            return value
        changes = {f.name: renamed(getattr(value, f.name)) for f in dataclasses.fields(value)}
        if isinstance(value, Image | Attachment) and value.file is not None:
            changes["file"] = names.get(value.file, value.file)
        return replace(value, **changes)

    renamed_draft: Draft = renamed(draft)
    return renamed_draft
