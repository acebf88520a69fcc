"""The head: who writes, to whom, when, under which number; the title and the line under it."""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from samverkan_desktop.domain.draft import Flags, Officer
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable, Running, Style
from samverkan_desktop.exchange.recognising.fields import (
    Labelled,
    address_field,
    is_body,
    is_department,
    is_organisation,
    is_role,
    labelled,
    lines_of,
)
from samverkan_desktop.exchange.recognising.patterns import (
    DNR,
    EMAIL,
    PAGE_MARK,
    PAGE_MARK_INSIDE,
    PHONE,
    UNFILLED,
    find_date,
    find_dnr,
    is_date,
    is_person,
    is_rule,
)
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, close_up, folded


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

    def as_officer(self) -> Officer:
        """Return the case officer."""
        return Officer(**self.officer)

    def flags(self) -> Flags:
        """Return what sets the matter apart."""
        return Flags(immediate_approval=self.immediate, confidential=self.confidential)


class HeadReader:
    """Goes through the lines before the first heading, and running text."""

    def __init__(self, vocabulary: Vocabulary, log: Log) -> None:
        self._vocabulary, self._log = vocabulary, log
        self.data = HeadData()
        self._asked: str = ""  # the field whose label stood alone on the line before
        self._in_officer = False  # the lines under the officer's name are still about them
        self._right = False  # the lines under the committee's name
        self._stores: dict[str, Callable[[Labelled, Certainty], bool]] = {
            "officer": self._store_officer,
            **dict.fromkeys(("role", "phone", "email"), self._store_reach),
            "committee": self._store_committee,
            **dict.fromkeys(("meeting_date", "document_date"), self._store_date),
            **dict.fromkeys(("dnr", "sender_dnr"), self._store_number),
            "title": self._store_title,
            "page": self._store_page,
            **dict.fromkeys(("switchboard", "fax", "web", "street"), self._store_sender),
            "postal": self._store_postal,
        }

    def read(self, pieces: Sequence[Piece]) -> None:
        """Take what the lines say; those that say nothing known are left in `data.rest`."""
        lines = [line for piece in pieces for line in self._lines(piece)]
        for line, following in zip(lines, (*lines[1:], None), strict=False):
            if not self._line(line) and not self._officer_without_label(line, following):
                self.data.rest.append(line)
                self._in_officer = self._right = False

    def _lines(self, piece: Piece) -> list[ReadParagraph]:
        """Return a piece's lines; a table with labels at the left is read row by row."""
        if isinstance(piece, ReadTable):
            firsts = [cell.text for row in piece.rows for cell in (row[0] if row else ())]
            named = [hit for text in firsts if (hit := labelled(text, self._vocabulary))]
            if len(piece.rows) > 1 and sum(not hit.value for hit in named) > 0.6 * len(firsts):
                return [p for row in piece.rows for cell in row for p in cell]
        return lines_of([piece])

    def _officer_without_label(self, line: ReadParagraph, following: ReadParagraph | None) -> bool:
        """Take a name with a phone, an e-mail address or a role under it."""
        text = following.text if following is not None and following.look.tight else ""
        reached = EMAIL.fullmatch(text) or PHONE.fullmatch(text) or is_role(text, self._vocabulary)
        if "name" in self.data.officer or not reached or not is_person(line.text):
            return False
        self._in_officer = True
        return self._keep(self.data.officer, "name", line.text)

    def read_running(self, running: Sequence[Running], texts: Sequence[str]) -> None:
        """Take what running lines say of the document; the words are page furniture anyhow."""
        for text in (*(line for r in running for line in r.text.split("\n")), *texts):
            self._running_line(text.replace("\N{NO-BREAK SPACE}", " ").strip())

    def _running_line(self, text: str) -> None:
        data = self.data
        for part in re.split(r"\s{2,}|\t|\s\|\s", text):
            name = self._vocabulary.document_names.get(folded(part))
            secret = labelled(part, self._vocabulary) or _secret(part)
            found = find_date(part)
            number = find_dnr(PAGE_MARK_INSIDE.sub("", part))
            if name:
                data.document_name = data.document_name or name
            elif secret and secret.field == "sekretess":
                data.confidential = secret.value
            elif found and is_date(found[1]) and len(part) < 40:
                data.document_date = data.document_date or found[0]
            elif secret and secret.field == "dnr" and secret.value:
                data.dnr = data.dnr or secret.value
            elif number and not PAGE_MARK.fullmatch(part) and "@" not in part and len(part) < 40:
                data.dnr = data.dnr or number
        first = re.split(r"\s{2,}", text)[0]
        opening = re.match(r"[\w-]+", first)
        if opening and not data.document_name:
            data.document_name = self._vocabulary.document_names.get(folded(opening[0]), "")

    def _line(self, line: ReadParagraph) -> bool:
        """Take one line; false when nothing is known about it."""
        text = line.text.strip()
        if line.look.style is Style.TITLE or is_rule(text):
            return is_rule(text)
        if UNFILLED.fullmatch(text.strip(" .,:")):
            self._log.unfilled.append(text)
            self._log.take(text, Why.UNFILLED)
            self._asked = ""
            return True
        if self._in_officer and not self._asked and self._officer_line(line, text):
            return True
        return self._named(line, text) or self._with_label(text) or self._unlabelled(line, text)

    def _named(self, line: ReadParagraph, text: str) -> bool:
        """Take a document's name, a page mark, a mark of how urgent or secret the matter is."""
        name = self._vocabulary.document_names.get(folded(close_up(text)))
        if name and not (line.look.size > 1.05 and self.data.document_name):
            self.data.document_name = self.data.document_name or name
            self._log.take(text, Why.LABEL)
            return True
        if PAGE_MARK.fullmatch(text):
            self._log.take(text, Why.FURNITURE)
            return True
        if self._addressed_name(text) or self._name_and_more(line, text):
            return True
        if folded(text) == "omedelbar justering":
            self.data.immediate = True
            self._log.convert("Omedelbar justering", text, Certainty.SURE)
            return True
        secret = _secret(text)
        if secret:
            self.data.confidential = secret.value
            self._log.convert("Sekretess", text, Certainty.SURE)
            return True
        return False

    def _addressed_name(self, text: str) -> bool:
        """Take "Tjänsteskrivelse till kulturnämnden": the document's name and the body."""
        first, _, body = text.partition(" till ")
        name = self._vocabulary.document_names.get(folded(first))
        body = body[:1].upper() + body[1:]
        if not name or self.data.committee or not is_body(body, self._vocabulary):
            return False
        self.data.document_name, self.data.committee = name, body
        self._log.convert("Nämnd", text, Certainty.LIKELY)
        return True

    def _name_and_more(self, line: ReadParagraph, text: str) -> bool:
        """Take "Tjänsteskrivelse 2023-01-19": the document's name with a date or number beside."""
        first, _, rest = text.partition(" ")
        rest = rest.strip()
        name = self._vocabulary.document_names.get(folded(first))
        hit = labelled(rest, self._vocabulary)
        known = is_date(rest) or DNR.fullmatch(rest) or (hit and hit.field == "dnr")
        if not name or not known:
            return False
        self._log.take(first, Why.LABEL)
        self.data.document_name = self.data.document_name or name
        return self._with_label(rest) or self._unlabelled(line, rest)

    def _with_label(self, text: str) -> bool:
        hit = labelled(text, self._vocabulary)
        if not hit:
            return False
        if not hit.value:
            self._log.take(text, Why.LABEL)
            self._asked = hit.field
            self._in_officer = hit.field == "officer"
            self._right = hit.field == "committee"
            return True
        if UNFILLED.search(hit.value):
            self._log.unfilled.append(hit.value)
            self._log.take(text, Why.UNFILLED)
            return True
        if self._store(hit, Certainty.SURE):
            self._log.take(hit.label, Why.LABEL)
            return True
        return False

    def _unlabelled(self, line: ReadParagraph, text: str) -> bool:
        asked, self._asked = self._asked, ""
        if asked and self._store(Labelled(asked, "", text), Certainty.SURE):
            return True
        if is_date(text):
            return self._date(text)
        if EMAIL.fullmatch(text) or (PHONE.fullmatch(text) and not is_date(text)):
            field_name = "email" if "@" in text else "phone"
            owner = self._in_officer or bool(self.data.officer and not self.data.organisation)
            return self._keep(self.data.officer, field_name, text) if owner else self._address(text)
        if self._in_officer and self._officer_line(line, text):
            return True
        small = line.look.size < 1.15 and line.look.style is not Style.HEADING
        if DNR.fullmatch(text) and not self.data.dnr and small:
            return self._store(Labelled("dnr", "", text), Certainty.LIKELY)
        return self._body_or_sender(line, text)

    def _body_or_sender(self, line: ReadParagraph, text: str) -> bool:
        vocabulary, data = self._vocabulary, self.data
        plain = line.look.size < 1.15 and line.look.style is not Style.HEADING
        if is_body(text, vocabulary) and plain and (self._right or not data.committee):
            if not data.committee:
                self._right = True
                return self._store(Labelled("committee", "", text), Certainty.LIKELY)
            data.committee = f"{data.committee}, {text}"
            self._log.place("Nämnd", text, Certainty.LIKELY)
            return True
        if plain and is_organisation(text, vocabulary) and "name" not in data.organisation:
            return self._keep(data.organisation, "name", text)
        if plain and is_department(text, vocabulary) and "name" in data.organisation:
            return self._keep(data.organisation, "department", text)
        return self._address(text)

    def _officer_line(self, line: ReadParagraph, text: str) -> bool:
        officer = self.data.officer
        if is_role(text, self._vocabulary) and "name" in officer and "role" not in officer:
            return self._keep(officer, "role", text)
        if line.look.tight and is_person(text) and not officer.get("phone"):
            return self._keep(officer, "name", text)
        return False

    def _date(self, text: str) -> bool:
        if self._right and self.data.meeting_date is None:
            return self._store(Labelled("meeting_date", "", text), Certainty.LIKELY)
        if self.data.document_date is None:
            return self._store(Labelled("document_date", "", text), Certainty.LIKELY)
        return self._store(Labelled("meeting_date", "", text), Certainty.GUESS)

    def _store(self, hit: Labelled, certainty: Certainty) -> bool:
        """Keep a value under its field; false when it is not of the field's kind."""
        store = self._stores.get(hit.field)
        return store is not None and store(hit, certainty)

    def _store_reach(self, hit: Labelled, _certainty: Certainty) -> bool:
        """Keep a role, a phone or an e-mail address: the officer's, or else the sender's."""
        if self._in_officer or not self.data.organisation:
            return self._keep(self.data.officer, hit.field, hit.value)
        part = "switchboard" if hit.field == "phone" else hit.field
        return part != "role" and self._keep(self.data.organisation, part, hit.value)

    def _store_committee(self, hit: Labelled, certainty: Certainty) -> bool:
        data, value = self.data, hit.value
        self._make_room(certainty)
        if data.committee or (not is_body(value, self._vocabulary) and len(value) > 70):
            return False
        data.committee, self._right = value, True
        self._log.place("Nämnd", value, certainty)
        return True

    def _store_number(self, hit: Labelled, certainty: Certainty) -> bool:
        if getattr(self.data, hit.field) or len(hit.value) > 60:
            return False
        setattr(self.data, hit.field, hit.value)
        own = hit.field == "dnr"
        self._log.place(
            "Diarienummer" if own else "Remittentens diarienummer", hit.value, certainty
        )
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
        return self._keep(self.data.organisation, hit.field, hit.value)

    def _store_postal(self, hit: Labelled, _certainty: Certainty) -> bool:
        part = address_field(hit.value) or "postal_address"
        return self._keep(self.data.organisation, part, hit.value)

    def _make_room(self, certainty: Certainty) -> None:
        """Let a body that the head only begins with be the sender when another is addressed."""
        data = self.data
        if certainty is Certainty.SURE and data.committee and "name" not in data.organisation:
            data.organisation["name"], data.committee = data.committee, ""

    def _store_officer(self, hit: Labelled, certainty: Certainty) -> bool:
        """Keep the officer's name; after it on the line stand a role or how to reach them."""
        value = hit.value
        self._in_officer = True
        name, *others = [part.strip() for part in re.split(r"\s*[,;|]\s*|\s{2,}", value)]
        if not name or len(name) > 60 or (len(name.split()) > 5 and not is_person(name)):
            return False
        self._keep(self.data.officer, "name", name, certainty)
        for part in others:
            inner = labelled(part, self._vocabulary)
            said = inner.value if inner and inner.value else part
            if EMAIL.fullmatch(said):
                self._keep(self.data.officer, "email", said)
            elif PHONE.fullmatch(said):
                self._keep(self.data.officer, "phone", said)
            elif is_person(said) and not is_role(said, self._vocabulary):
                self._keep(self.data.officer, "name", said)
            else:
                self._keep(self.data.officer, "role", said)
            if inner and inner.value:
                self._log.take(inner.label, Why.LABEL)
        return True

    def _address(self, text: str) -> bool:
        name = address_field(text)
        return bool(name) and self._keep(self.data.organisation, name, text)

    def _store_date(self, hit: Labelled, certainty: Certainty) -> bool:
        name, value = hit.field, hit.value
        found = find_date(value)
        if not found or getattr(self.data, name) is not None:
            return False
        setattr(self.data, name, found[0])
        where = "Sammanträdesdatum" if name == "meeting_date" else "Dokumentets datum"
        self._log.convert(where, value, certainty)
        return True

    def _keep(
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


_FIELD_NAMES = {
    "name": "namn", "role": "titel", "phone": "telefon", "email": "e-post", "street": "gatuadress",
    "postal_box": "box", "postal_address": "postadress", "switchboard": "växel", "fax": "fax",
    "web": "webbplats", "department": "avdelning",
}  # fmt: skip


def _secret(text: str) -> Labelled | None:
    match = re.fullmatch(r"(Sekretess)(?: ?[–:-] ?(?P<why>.+))?", text)
    return Labelled("sekretess", match[1], match["why"] or "") if match else None
