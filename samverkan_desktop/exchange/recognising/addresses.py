"""The sender's address: an administration, a department, and how to reach them."""

from collections.abc import Sequence

from samverkan_desktop.exchange.reading.model import ReadParagraph
from samverkan_desktop.exchange.recognising.fields import (
    address_field,
    is_department,
    is_organisation,
    labelled,
)
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary

_LONGEST = 14  # lines
_LABELS = {"switchboard", "fax", "street", "postal", "web", "email", "phone"}
_NUMBERS = ("org.nr", "organisationsnummer", "bankgiro", "plusgiro")


class AddressReader:
    """Reads the lines of a sender's address."""

    def __init__(self, vocabulary: Vocabulary, log: Log) -> None:
        self._vocabulary, self._log = vocabulary, log
        self.found: dict[str, str] = {}

    def length(self, lines: Sequence[ReadParagraph], index: int) -> int:
        """Return how many lines from here are a sender's address; 0 when none."""
        first = lines[index].text
        named = is_organisation(first, self._vocabulary)
        if not named and not self._part(first):
            return 0
        length, certain = 0, 0
        for at, line in enumerate(lines[index : index + _LONGEST], index):
            known = self._part(line.text)
            below = lines[at + 1].text if at + 1 < len(lines) else ""
            # Under the administration's name stands a department, whatever it is called.
            is_second = length == 1 and named and line.look.tight and bool(self._part(below))
            if (
                not known
                and not is_department(line.text, self._vocabulary)
                and not (length == 0 and named)
                and not is_second
            ):
                break
            length += 1
            certain += bool(known)
        return length if certain >= (1 if named else 2) else 0

    def _part(self, text: str) -> str:
        hit = labelled(text, self._vocabulary)
        if hit and hit.field in _LABELS:
            return hit.field
        if text.casefold().startswith(_NUMBERS):
            return "organisation_number"
        return address_field(text)

    def take(self, lines: Sequence[ReadParagraph]) -> None:
        """Keep the lines of an address."""
        for line in lines:
            self._line(line.text)

    def _line(self, text: str) -> None:
        part, value = self._part(text), text
        if not part:
            part = "name" if is_organisation(text, self._vocabulary) else "department"
        if hit := labelled(text, self._vocabulary):
            value = hit.value
            self._log.take(hit.label, Why.LABEL)
            part = "switchboard" if part == "phone" else part
            part = (address_field(value) or "postal_address") if part == "postal" else part
        if part == "organisation_number":
            self._log.take(value, Why.FURNITURE)
        elif value:
            self.keep(part, value, Certainty.SURE)

    def keep(self, part: str, value: str, certainty: Certainty) -> None:
        """Keep one part; a second of the same kind stands after the first."""
        earlier = self.found.get(part)
        self.found[part] = f"{earlier}, {value}" if earlier else value
        self._log.place("Förvaltningens uppgifter", value, certainty)
