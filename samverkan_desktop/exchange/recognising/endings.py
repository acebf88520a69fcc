"""What stands after the text: signatories, attachments, the sender's address, approvals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from samverkan_desktop.domain.draft import Approval, Attachment, Signatory
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable
from samverkan_desktop.exchange.recognising.content import typed_mark
from samverkan_desktop.exchange.recognising.fields import (
    address_field,
    is_department,
    is_organisation,
    is_role,
    labelled,
    lines_of,
)
from samverkan_desktop.exchange.recognising.patterns import (
    UNFILLED,
    find_date,
    is_date,
    is_person,
    is_rule,
)
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded

_ATTACHMENT = re.compile(
    r"(?:[Bb]ilaga|[Bb]il\.?) ?(?P<number>\d{1,2}|[A-Z])?\s*[.:)–-]?\s+(?P<title>\S.*)|[Bb]ilaga \d{1,2}"
)
_NO_ATTACHMENTS = {"inga", "inga bilagor", "ingen", "saknas"}


@dataclass(slots=True)
class Endings:
    """What was found after the text."""

    signatories: list[Signatory] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    organisation: dict[str, str] = field(default_factory=dict)


class EndReader:
    """Reads the lines after the text of the last section, and under "Bilagor" and "Attest"."""

    def __init__(self, vocabulary: Vocabulary, log: Log) -> None:
        self._vocabulary, self._log = vocabulary, log
        self.found = Endings()

    def tail(self, pieces: Sequence[Piece]) -> int:
        """Return where the text of the last section ends and signatures or an address begin."""
        end = len(pieces)
        for index in range(len(pieces) - 1, -1, -1):
            if not self._could_end(pieces[index]):
                break
            end = index
        while end < len(pieces) and not self._begins(pieces[end:]):
            end += 1
        return end

    def signed(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Take signatories and an address; return the pieces that are neither."""
        lines = lines_of(pieces)
        left: list[Piece] = []
        index = 0
        while index < len(lines):
            index += self._one(lines, index) or self._unknown(lines[index], left)
        return left

    def attached(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Take attachments, and what stands after them; return what is neither."""
        lines = lines_of(pieces)
        left: list[Piece] = []
        index = 0
        while index < len(lines):
            taken = 0 if self._is_listed(lines[index]) else self._one(lines, index, bare=False)
            if not taken:
                self._attachment(lines[index])
                taken = 1
            index += taken
        return left

    def approved(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Take the approvals; return what is none."""
        left: list[Piece] = []
        for piece in pieces:
            rows = self._rows(piece)
            if rows is not None:
                for row in rows:
                    self._approval_row(row, left, piece)
            else:
                self._approval_line(piece, left)
        return self.signed(left)

    def is_approval_table(self, piece: Piece) -> bool:
        """Whether a table is the one of approvals: a name and a date."""
        if not isinstance(piece, ReadTable) or not piece.rows:
            return False
        first = [folded(" ".join(p.text for p in cell)) for cell in piece.rows[0]]
        return (
            len(first) >= 2
            and first[0] in self._vocabulary.approval_names
            and any(cell in self._vocabulary.approval_dates for cell in first[1:])
        )

    def _could_end(self, piece: Piece) -> bool:
        if isinstance(piece, ReadTable):
            return all(self._is_short(line) for line in lines_of([piece])) and (
                not self.is_approval_table(piece) and self._holds_person(piece)
            )
        return (
            isinstance(piece, ReadParagraph)
            and not piece.mark
            and all(self._is_short(line) for line in lines_of([piece]))
        )

    def _holds_person(self, piece: Piece) -> bool:
        lines = lines_of([piece])
        people = any(is_person(line.text) for line in lines)
        return people and any(is_role(line.text, self._vocabulary) for line in lines)

    def _is_short(self, line: ReadParagraph) -> bool:
        return len(line.text) <= 90 and (
            line.text[-1] not in ".!?:"
            or is_rule(line.text)
            or folded(line.text) in self._vocabulary.signatures
        )

    def _begins(self, pieces: Sequence[Piece]) -> bool:
        """Whether signatures or an address begin here."""
        lines = lines_of(pieces[:6])
        if not lines:
            return False
        text = lines[0].text
        if _ATTACHMENT.fullmatch(text) and not lines[0].look.tight:
            return True
        role = lines[1].text if len(lines) > 1 else ""
        if (
            folded(text) in self._vocabulary.signatures
            or is_rule(text)
            or _is_place_and_date(text)
            or _both(text, self._vocabulary)
            or (UNFILLED.fullmatch(text) and role and is_role(role, self._vocabulary))
            or self._address_length(lines, 0)
        ):
            return True
        if is_organisation(text, self._vocabulary) and len(lines) > 2 and is_person(lines[1].text):
            lines = lines[1:]
            text = lines[0].text
        return is_person(text) and any(
            is_role(line.text, self._vocabulary)
            for line in lines[1 : 4 if not isinstance(pieces[0], ReadTable) else 6]
        )

    def _one(self, lines: Sequence[ReadParagraph], index: int, *, bare: bool = True) -> int:
        """Take what begins at a line; return how many lines it took."""
        text = lines[index].text
        if is_rule(text):
            return 1
        if folded(text) in self._vocabulary.signatures:
            self._log.take(text, Why.SIGNING)
            return 1
        if _is_place_and_date(text):
            self._log.take(text, Why.SIGNING)
            return 1
        if both := _both(text, self._vocabulary):
            self._sign(*both, Certainty.SURE)
            return 1
        if bare and _ATTACHMENT.fullmatch(text):
            self._attachment(lines[index])
            return 1
        if UNFILLED.fullmatch(text) and index + 1 < len(lines):
            role = lines[index + 1].text
            if is_role(role, self._vocabulary):
                self._log.unfilled.append(text)
                self._log.take(text, Why.UNFILLED)
                self._sign("", role, Certainty.LIKELY)
                return 2
        if length := self._address_length(lines, index):
            self._address(lines[index : index + length])
            return length
        if self._is_workplace(text) and index + 1 < len(lines) and is_person(lines[index + 1].text):
            if "name" in self.found.organisation:
                return 0
            self.found.organisation["name"] = text
            self._log.place("Förvaltningens uppgifter", text, Certainty.LIKELY)
            return 1
        return self._signature(lines, index, bare=bare)

    def _signature(self, lines: Sequence[ReadParagraph], index: int, *, bare: bool) -> int:
        """Take a name, the same name once more, and a role on the line below."""
        name = lines[index].text
        if not is_person(name) or is_role(name, self._vocabulary):
            return 0
        at = index + 1
        while at < len(lines) and (
            is_rule(lines[at].text) or _is_same_person(name, lines[at].text)
        ):
            if not is_rule(lines[at].text):
                self._log.take(lines[at].text, Why.REPEATED)
            at += 1
        role = lines[at].text if at < len(lines) else ""
        if role and is_role(role, self._vocabulary):
            at += 1
            if at < len(lines) and lines[at].look.tight and self._is_workplace(lines[at].text):
                role = f"{role}, {lines[at].text}"
                at += 1
            self._sign(name, role, Certainty.SURE)
            return at - index
        if not bare:
            return 0
        self._sign(name, "", Certainty.GUESS)
        return at - index

    def _is_workplace(self, text: str) -> bool:
        return is_organisation(text, self._vocabulary) or is_department(text, self._vocabulary)

    def _sign(self, name: str, role: str, certainty: Certainty) -> None:
        self.found.signatories.append(Signatory(name=name, role=role))
        self._log.place("Underskrift", ", ".join(filter(None, (name, role))), certainty)

    def _unknown(self, line: ReadParagraph, left: list[Piece]) -> int:
        if is_date(line.text) or UNFILLED.fullmatch(line.text):
            self._log.take(line.text, Why.SIGNING)
        else:
            left.append(line)
        return 1

    def _address_length(self, lines: Sequence[ReadParagraph], index: int) -> int:
        """Return how many lines from here are a sender's address; 0 when none."""
        first = lines[index].text
        named = is_organisation(first, self._vocabulary)
        if not named and not self._address_part(first):
            return 0
        length, certain = 0, 0
        for line in lines[index : index + 14]:
            known = self._address_part(line.text)
            if (
                not known
                and not is_department(line.text, self._vocabulary)
                and not (length == 0 and named)
            ):
                break
            length += 1
            certain += bool(known)
        return length if certain >= (1 if named else 2) else 0

    def _address_part(self, text: str) -> str:
        hit = labelled(text, self._vocabulary)
        if hit and hit.field in {"switchboard", "fax", "street", "postal", "web", "email", "phone"}:
            return hit.field
        if text.casefold().startswith(("org.nr", "organisationsnummer", "bankgiro", "plusgiro")):
            return "organisation_number"
        return address_field(text)

    def _address(self, lines: Sequence[ReadParagraph]) -> None:
        organisation = self.found.organisation
        for line in lines:
            text = line.text
            part = self._address_part(text)
            if not part:
                part = "name" if is_organisation(text, self._vocabulary) else "department"
            hit = labelled(text, self._vocabulary)
            value = text
            if hit:
                value = hit.value
                self._log.take(hit.label, Why.LABEL)
                part = {
                    "phone": "switchboard",
                    "postal": address_field(value) or "postal_address",
                }.get(part, part)
            if not value:
                continue
            if part == "organisation_number":
                self._log.take(value, Why.FURNITURE)
                continue
            if part in organisation:
                value = f"{organisation[part]}, {value}"
            organisation[part] = value
            self._log.place("Förvaltningens uppgifter", value, Certainty.SURE)

    def _is_listed(self, line: ReadParagraph) -> bool:
        return bool(line.mark or typed_mark(line.text) or _ATTACHMENT.fullmatch(line.text))

    def _attachment(self, line: ReadParagraph) -> None:
        text = line.text.strip()
        if folded(text) in _NO_ATTACHMENTS:
            self._log.take(text, Why.LABEL)
            return
        mark = typed_mark(text) if not line.mark else None
        if mark:
            if mark.is_counted:
                self._log.marks.append(mark.shown)
            text = text[mark.length :].strip()
        elif line.mark and line.mark.numbered:
            self._log.marks.append(line.mark.text)
        match = _ATTACHMENT.fullmatch(text)
        if match and match["title"]:
            self._log.marks.append(text[: match.start("title")].strip())
            text = match["title"]
        self.found.attachments.append(Attachment(title=text))
        certainty = Certainty.SURE if mark or line.mark or match else Certainty.LIKELY
        self._log.place("Bilaga", text, certainty)

    def _rows(self, piece: Piece) -> list[list[str]] | None:
        if not isinstance(piece, ReadTable):
            return None
        return [[" ".join(p.text for p in cell).strip() for cell in row] for row in piece.rows]

    def _approval_row(self, row: list[str], left: list[Piece], piece: Piece) -> None:
        cells = [cell for cell in row if cell]
        if not cells:
            return
        if all(
            folded(c) in self._vocabulary.approval_names | self._vocabulary.approval_dates
            for c in cells
        ):
            self._log.take("  ".join(cells), Why.LABEL)
            return
        dated = next((i for i, cell in enumerate(cells) if find_date(cell)), None)
        if dated is None and not is_person(cells[0].split(",")[0]):
            left.extend(lines_of([piece]))
            return
        others = [cell for i, cell in enumerate(cells) if i != dated]
        self._approve(", ".join(others), cells[dated] if dated is not None else "")

    def _approval_line(self, piece: Piece, left: list[Piece]) -> None:
        for line in lines_of([piece]):
            text = self._without_approval_label(line.text)
            named = folded(text)
            if named in self._vocabulary.approval_texts or named in (
                self._vocabulary.approval_names | self._vocabulary.approval_dates
            ):
                self._log.take(text, Why.LABEL)
            elif (found := find_date(text)) and is_person(re.split(r",|\s{2,}", text)[0].strip()):
                self._approve(text.replace(found[1], "").strip(" ,-–"), found[1])
            elif is_date(text) and self.found.approvals and self.found.approvals[-1].date is None:
                last = self.found.approvals.pop()
                self._approve(", ".join(filter(None, (last.name, last.role))), text)
            elif is_person(text.split(",")[0].strip()):
                self._approve(text, "")
            else:
                left.append(line)

    def _without_approval_label(self, text: str) -> str:
        """Return what stands after "Namn:" or "Datum:"."""
        label, colon, value = text.partition(":")
        known = self._vocabulary.approval_names | self._vocabulary.approval_dates
        if colon and value.strip() and folded(label) in known:
            self._log.take(label, Why.LABEL)
            return value.strip()
        return text

    def _approve(self, who: str, when: str) -> None:
        name, _, role = (part.strip() for part in who.partition(","))
        found = find_date(when)
        self.found.approvals.append(
            Approval(name=name, role=role, date=found[0] if found else None)
        )
        self._log.place("Attest", who, Certainty.SURE)
        if when:
            self._log.convert("Attestdatum", when, Certainty.SURE)


def _is_place_and_date(text: str) -> bool:
    """Whether a line says where and when something was signed: "Tyresö den 20 september 2018"."""
    found = find_date(text)
    if not found or len(text) > 60:
        return False
    place = text.replace(found[1], "").strip(" ,")
    return re.fullmatch(r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?(?: den)?", place) is not None


def _both(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return a name and a role that stand on one line: "Anna Ek, enhetschef"."""
    match = re.fullmatch(r"(?P<name>[^,]{5,50}), (?P<role>[^,]{4,70})", text)
    if match and is_person(match["name"]) and is_role(match["role"], vocabulary):
        return match["name"], match["role"]
    return None


def _is_same_person(name: str, other: str) -> bool:
    """Whether a line repeats the name, or a part of it: "Ann-Christine Hansson / Christine Hansson"."""
    if not is_person(other):
        return False
    mine, theirs = re.split(r"[ -]", name.casefold()), re.split(r"[ -]", other.casefold())
    return set(theirs) <= set(mine) or set(mine) <= set(theirs)
