"""The fields of the head: what each kind of value is taken for, and told of in the report."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from samverkan_desktop.domain.draft import Flags, Officer
from samverkan_desktop.domain.text import spans
from samverkan_desktop.exchange.reading.model import ReadParagraph
from samverkan_desktop.exchange.recognising.fields import (
    Labelled,
    address_field,
    capital,
    is_body,
    is_organisation,
    is_role,
    labelled,
    without_purpose,
)
from samverkan_desktop.exchange.recognising.patterns import EMAIL, PHONE, find_date, is_person
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded

_FIELD_NAMES = {
    "name": "namn", "role": "titel", "phone": "telefon", "email": "e-post", "street": "gatuadress",
    "postal_box": "box", "postal_address": "postadress", "switchboard": "växel", "fax": "fax",
    "web": "webbplats", "department": "avdelning",
}  # fmt: skip


_HOMELESS = {"sender_date": "Ert datum"}


@dataclass(slots=True)
class HeadData:
    """What the head says, collected line by line."""

    officer: dict[str, str] = field(default_factory=dict)
    organisation: dict[str, str] = field(default_factory=dict)
    committee: str = ""
    meeting_date: datetime.date | None = None
    document_date: datetime.date | None = None
    dnr: str = ""
    sender_dnr: str = ""
    document_name: str = ""
    labelled_title: str = ""
    immediate: bool = False
    confidential: str | None = None
    rest: list[ReadParagraph] = field(default_factory=list)
    homeless: list[ReadParagraph] = field(default_factory=list)  # known, but a draft has no place
    in_officer: bool = False  # the lines under the officer's name are still about them
    right: bool = False  # the lines under the committee's name

    def as_officer(self) -> Officer:
        """Return the case officer."""
        return Officer(**self.officer)

    def flags(self) -> Flags:
        """Return what sets the matter apart."""
        return Flags(immediate_approval=self.immediate, confidential=self.confidential)


class HeadFields:
    """Keeps a value under its field, if it is of the field's kind."""

    def __init__(self, vocabulary: Vocabulary, log: Log) -> None:
        self._vocabulary, self._log = vocabulary, log
        self.data = HeadData()
        self._stores: dict[str, Callable[[Labelled, Certainty], bool]] = {
            "officer": self._store_officer,
            **dict.fromkeys(("role", "phone", "email"), self._store_reach),
            "committee": self._store_committee,
            **dict.fromkeys(("meeting_date", "document_date"), self._store_date),
            **dict.fromkeys(("dnr", "sender_dnr"), self._store_number),
            "sender": self._store_from,
            "sender_date": self._store_homeless,
            "title": self._store_title,
            "page": self._store_page,
            **dict.fromkeys(("switchboard", "fax", "web", "street"), self._store_sender),
            "postal": self._store_postal,
        }

    def store(self, hit: Labelled, certainty: Certainty) -> bool:
        """Keep a value under its label's field; false when it is not of the field's kind."""
        store = self._stores.get(hit.field)
        return store is not None and store(hit, certainty)

    def _store_reach(self, hit: Labelled, _certainty: Certainty) -> bool:
        """Keep a role, a phone or an e-mail address: the officer's, or else the sender's."""
        if self.data.in_officer or not self.data.organisation:
            return self.keep(self.data.officer, hit.field, hit.value)
        part = "switchboard" if hit.field == "phone" else hit.field
        return part != "role" and self.keep(self.data.organisation, part, hit.value)

    def _store_committee(self, hit: Labelled, certainty: Certainty) -> bool:
        data, value = self.data, capital(without_purpose(hit.value))
        self._make_room(certainty)
        if not is_body(value, self._vocabulary):
            certainty = Certainty.GUESS
        if data.committee or (not is_body(value, self._vocabulary) and len(value) > 70):
            return False
        data.committee, data.right = value, True
        self._tell_body(hit.value, value, certainty)
        return True

    def another_body(self, text: str) -> None:
        """Keep a further body that the document is addressed to."""
        value = capital(without_purpose(text))
        self.data.committee = f"{self.data.committee}, {value}"
        self._tell_body(text, value, Certainty.LIKELY)

    def _tell_body(self, text: str, kept: str, certainty: Certainty) -> None:
        tell = self._log.place if text == kept else self._log.convert
        tell("Nämnd", text, certainty)

    def _store_number(self, hit: Labelled, certainty: Certainty) -> bool:
        if not re.search(r"\d", hit.value):  # "Vår referens" is a number or a person
            return (
                hit.field == "dnr" and is_person(hit.value) and self._store_officer(hit, certainty)
            )
        if getattr(self.data, hit.field) or len(hit.value) > 60:
            return False
        setattr(self.data, hit.field, hit.value)
        own = hit.field == "dnr"
        self._log.place(
            "Diarienummer" if own else "Remittentens diarienummer", hit.value, certainty
        )
        return True

    def _store_from(self, hit: Labelled, certainty: Certainty) -> bool:
        """Keep who a document is from: an administration, a person, or one after the other."""
        parts = [part.strip() for part in hit.value.split(",")]
        kept = {"organisation": "", "officer": ""}
        for part in parts:
            known = is_organisation(part, self._vocabulary)
            kept["organisation" if known else "officer"] = part
        if len(parts) > 2 or (kept["officer"] and not is_person(kept["officer"])):
            return False
        for fields, value in zip(
            (self.data.organisation, self.data.officer), kept.values(), strict=True
        ):
            if value:
                self.keep(fields, "name", value, certainty)
        return True

    def _store_homeless(self, hit: Labelled, _certainty: Certainty) -> bool:
        """Keep what a draft has no field for as it was, with its label."""
        label = hit.label or _HOMELESS[hit.field]
        self.data.homeless.append(ReadParagraph(spans(f"{label}: {hit.value}")))
        return True

    def _store_title(self, hit: Labelled, _certainty: Certainty) -> bool:
        if self.data.labelled_title:
            return False
        self.data.labelled_title = hit.value
        return True

    def _store_page(self, hit: Labelled, _certainty: Certainty) -> bool:
        self._log.take(hit.value, Why.FURNITURE)
        return True

    def _store_sender(self, hit: Labelled, _certainty: Certainty) -> bool:
        return self.keep(self.data.organisation, hit.field, hit.value)

    def _store_postal(self, hit: Labelled, _certainty: Certainty) -> bool:
        part = address_field(hit.value) or "postal_address"
        return self.keep(self.data.organisation, part, hit.value)

    def _make_room(self, certainty: Certainty) -> None:
        """Let a body that the head only begins with be the sender when another is addressed."""
        data = self.data
        if certainty is Certainty.SURE and data.committee and "name" not in data.organisation:
            self._log.moved(data.committee, "Nämnd", "Förvaltning: namn")
            data.organisation["name"], data.committee = data.committee, ""

    def _store_officer(self, hit: Labelled, certainty: Certainty) -> bool:
        """Keep the officer's name; after it on the line stand a role or how to reach them."""
        value = hit.value
        self.data.in_officer = True
        name, *others = [part.strip() for part in re.split(r"\s*[,;|]\s*|\s{2,}", value)]
        if not name or len(name) > 60 or (len(name.split()) > 5 and not is_person(name)):
            return False
        self.keep(self.data.officer, "name", name, certainty)
        for part in others:
            inner = labelled(part, self._vocabulary)
            said = inner.value if inner and inner.value else part
            if EMAIL.fullmatch(said):
                self.keep(self.data.officer, "email", said)
            elif PHONE.fullmatch(said):
                self.keep(self.data.officer, "phone", said)
            elif is_person(said) and not is_role(said, self._vocabulary):
                self.keep(self.data.officer, "name", said)
            else:
                self.keep(self.data.officer, "role", said)
            if inner and inner.value:
                self._log.take(inner.label, Why.LABEL)
        return True

    def address(self, text: str) -> bool:
        """Keep a part of the sender's address, told by its look."""
        name = address_field(text)
        return bool(name) and self.keep(self.data.organisation, name, text)

    def _store_date(self, hit: Labelled, certainty: Certainty) -> bool:
        name, value = hit.field, hit.value
        found = find_date(value)
        if not found or getattr(self.data, name) is not None:
            return False
        setattr(self.data, name, found[0])
        where = "Sammanträdesdatum" if name == "meeting_date" else "Dokumentets datum"
        self._log.convert(where, value, certainty)
        return True

    def keep(
        self, fields: dict[str, str], name: str, value: str, certainty: Certainty = Certainty.LIKELY
    ) -> bool:
        """Keep a value; a second of the same kind stands after the first."""
        earlier = fields.get(name)
        if earlier and folded(earlier) == folded(value):
            self._log.take(value, Why.REPEATED)
            return True
        fields[name] = f"{earlier}, {value}" if earlier else value
        whose = "Handläggare" if fields is self.data.officer else "Förvaltning"
        self._log.place(f"{whose}: {_FIELD_NAMES[name]}", value, certainty)
        return True
