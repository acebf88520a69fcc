"""What stands after the text: signatories, attachments, the sender's address, approvals."""

import re
from collections.abc import Sequence

from samverkan_desktop.domain.draft import Approval, Attachment, Signatory
from samverkan_desktop.exchange.reading.model import Piece, ReadImage, ReadParagraph, ReadTable
from samverkan_desktop.exchange.recognising.addresses import AddressReader
from samverkan_desktop.exchange.recognising.approvals import ApprovalReader
from samverkan_desktop.exchange.recognising.attachments import (
    ATTACHMENT,
    AttachmentReader,
    attachment_lines,
    is_listed,
    is_running_text,
)
from samverkan_desktop.exchange.recognising.fields import (
    capital,
    is_department,
    is_organisation,
    is_role,
    lines_of,
    name_and_role,
)
from samverkan_desktop.exchange.recognising.patterns import (
    UNFILLED,
    find_date,
    is_date,
    is_person,
    is_rule,
)
from samverkan_desktop.exchange.recognising.pictures import (
    begins_with_signature,
    without_signature_pictures,
)
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded

_LONGEST_ADDRESS = 12  # lines


class EndReader:
    """Reads the lines after the text of the last section, and under "Bilagor" and "Attest"."""

    def __init__(self, vocabulary: Vocabulary, log: Log) -> None:
        self._vocabulary, self._log = vocabulary, log
        self._addresses = AddressReader(vocabulary, log)
        self._approvals = ApprovalReader(vocabulary, log)
        self._attachments = AttachmentReader(log)
        self.signatories: list[Signatory] = []

    @property
    def organisation(self) -> dict[str, str]:
        """Return what was found of the sender, by the field's name."""
        return self._addresses.found

    @property
    def attachments(self) -> list[Attachment]:
        """Return the attachments."""
        return self._attachments.found

    @property
    def approvals(self) -> list[Approval]:
        """Return the approvals."""
        return self._approvals.found

    def is_approval_table(self, piece: Piece) -> bool:
        """Whether a table is the one of approvals."""
        return self._approvals.is_table(piece)

    def approved(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Take the approvals; return what is none."""
        return self.signed(self._approvals.take(pieces))

    def tail(self, pieces: Sequence[Piece], first: int = 0) -> int:
        """Return where the text of the last section ends and signatures or an address begin.

        `first` is how many pieces are text anyhow.
        """
        end = len(pieces)
        for index in range(len(pieces) - 1, -1, -1):
            if not self._could_end(pieces[index]):
                break
            end = index
        end = max(end, min(first, len(pieces)))
        while end < len(pieces) and not self._begins(pieces[end:]):
            end += 1
        return end

    def address_tail(self, pieces: Sequence[Piece]) -> int:
        """Return where an address begins that the pieces end with: the foot of a first page."""
        for index in range(max(0, len(pieces) - _LONGEST_ADDRESS), len(pieces) - 2):
            lines = lines_of(pieces[index:])
            if len(lines) > 3 and self._addresses.length(lines, 0) == len(lines):
                return index
        return len(pieces)

    def signed(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Take signatories and an address; return the pieces that are neither."""
        lines = lines_of(pieces)
        left = without_signature_pictures(pieces, self._log)
        index = 0
        while index < len(lines):
            index += self._one(lines, index) or self._unknown(lines[index], left)
        return left

    def attached(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Take attachments, and what stands after them; return what is neither."""
        lines = [line for piece in pieces for line in attachment_lines(piece)]
        left: list[Piece] = []
        index = 0
        while index < len(lines):
            if self._begins_approvals(lines[index]):
                self._log.take(lines[index].text, Why.LABEL)
                return left + self.approved(lines[index + 1 :])
            taken = 0 if is_listed(lines[index]) else self._one(lines, index, bare=False)
            if not taken and is_running_text(lines[index]):
                left.append(lines[index])
            elif not taken:
                self._attachments.take(lines[index])
            index += taken or 1
        return left

    def _begins_approvals(self, line: ReadParagraph) -> bool:
        """Whether approvals begin here: "Godkänd av:" with nothing after it."""
        names = self._vocabulary.approvals | self._vocabulary.approval_names
        return line.text.endswith(":") and folded(line.text) in names

    def _could_end(self, piece: Piece) -> bool:
        if isinstance(piece, ReadImage):
            return not piece.alt and not piece.caption
        if isinstance(piece, ReadTable):
            return all(self._is_short(line) for line in lines_of([piece])) and (
                not self.is_approval_table(piece) and self._holds_person(piece)
            )
        return not piece.mark and all(self._is_short(line) for line in lines_of([piece]))

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
        if isinstance(pieces[0], ReadImage) and not begins_with_signature(pieces):
            return False
        lines = lines_of(pieces[:6])
        if not lines:
            return False
        text = lines[0].text
        if ATTACHMENT.fullmatch(text) and not lines[0].look.tight:
            return True
        role = lines[1].text if len(lines) > 1 else ""
        if (
            self._is_to_sign(text)
            or is_rule(text)
            or (_is_place_and_date(text) and is_person(role))
            or name_and_role(text, self._vocabulary)
            or (UNFILLED.fullmatch(text) and role and is_role(role, self._vocabulary))
            or self._addresses.length(lines, 0)
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
        tries = (self._line_to_sign, self._on_one_line, self._unnamed, self._sender)
        for attempt in tries:
            if taken := attempt(lines, index):
                return taken
        if bare and ATTACHMENT.fullmatch(lines[index].text):
            self._attachments.take(lines[index])
            return 1
        return self._signature(lines, index, bare=bare)

    def _is_to_sign(self, text: str) -> bool:
        """Whether a line says that here is signed: "Underskrift", "För kulturförvaltningen"."""
        label, colon, rest = text.partition(":")
        on_behalf = text.startswith("För ") and self._is_workplace(capital(text[4:]))
        dated = bool(colon) and _is_place_and_date(rest.strip())
        return folded(label if dated else text) in self._vocabulary.signatures or on_behalf

    def _line_to_sign(self, lines: Sequence[ReadParagraph], index: int) -> int:
        text = lines[index].text
        if self._is_to_sign(text) or _is_place_and_date(text):
            self._log.take(text, Why.SIGNING)
            return 1
        return int(is_rule(text))

    def _on_one_line(self, lines: Sequence[ReadParagraph], index: int) -> int:
        both = name_and_role(lines[index].text, self._vocabulary)
        if both:
            self._sign(*both, Certainty.SURE)
        return int(both is not None)

    def _unnamed(self, lines: Sequence[ReadParagraph], index: int) -> int:
        """Take a role whose name was never filled in."""
        role = lines[index + 1].text if index + 1 < len(lines) else ""
        text = lines[index].text
        if not role or not UNFILLED.fullmatch(text) or not is_role(role, self._vocabulary):
            return 0
        self._log.unfilled.append(text)
        self._log.take(text, Why.UNFILLED)
        self._sign("", role, Certainty.LIKELY)
        return 2

    def _sender(self, lines: Sequence[ReadParagraph], index: int) -> int:
        """Take an address, or the administration's name over a signature."""
        if length := self._addresses.length(lines, index):
            self._addresses.take(lines[index : index + length])
            return length
        text = lines[index].text
        signed = index + 1 < len(lines) and is_person(lines[index + 1].text)
        if not signed or not self._is_workplace(text) or "name" in self._addresses.found:
            return 0
        self._addresses.keep("name", text, Certainty.LIKELY)
        return 1

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
        self.signatories.append(Signatory(name=name, role=role))
        self._log.place("Underskrift", ", ".join(filter(None, (name, role))), certainty)

    def _unknown(self, line: ReadParagraph, left: list[Piece]) -> int:
        if is_date(line.text) or UNFILLED.fullmatch(line.text):
            self._log.take(line.text, Why.SIGNING)
        else:
            left.append(line)
        return 1


def _is_place_and_date(text: str) -> bool:
    """Whether a line says where and when something was signed: "Tyresö den 20 september 2018"."""
    found = find_date(text)
    if not found or len(text) > 60:
        return False
    place = text.replace(found[1], "").strip(" ,")
    return re.fullmatch(r"[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?(?: den)?", place) is not None


def _is_same_person(name: str, other: str) -> bool:
    """Whether a line repeats the name, or a part of it: "Karl-Erik Ek", "Erik Ek"."""
    if not is_person(other):
        return False
    mine, theirs = re.split(r"[ -]", name.casefold()), re.split(r"[ -]", other.casefold())
    return set(theirs) <= set(mine) or set(mine) <= set(theirs)
