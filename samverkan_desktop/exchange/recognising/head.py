"""The head: who writes, to whom, when, under which number; the title and the line under it."""

from collections.abc import Sequence

from samverkan_desktop.exchange.reading.joining import joined
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable, Style
from samverkan_desktop.exchange.recognising.fields import (
    Labelled,
    capital,
    is_body,
    is_department,
    is_organisation,
    is_role,
    labelled,
    lines_of,
    name_and_role,
    secret,
    without_purpose,
)
from samverkan_desktop.exchange.recognising.head_fields import HeadFields
from samverkan_desktop.exchange.recognising.patterns import (
    DNR,
    EMAIL,
    PAGE_MARK,
    PHONE,
    UNFILLED,
    is_date,
    is_person,
    is_rule,
)
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, close_up, folded


class HeadReader:
    """Goes through the lines before the first heading."""

    def __init__(self, vocabulary: Vocabulary, log: Log) -> None:
        self._vocabulary, self._log = vocabulary, log
        self._fields = HeadFields(vocabulary, log)
        self.data = self._fields.data
        self._in_title = False  # the line before ended in the title that a label gave
        self._asked: str = ""  # the field whose label stood alone on the line before

    def read(self, pieces: Sequence[Piece]) -> None:
        """Take what the lines say; those that say nothing known are left in `data.rest`."""
        lines = [line for piece in pieces for line in self._lines(piece)]
        for line, following in zip(lines, (*lines[1:], None), strict=False):
            title = self.data.labelled_title
            if not self._line(line) and not self._officer_without_label(line, following):
                self.data.rest.append(line)
                self.data.in_officer = self.data.right = False
            self._in_title = self.data.labelled_title != title

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
        both = name_and_role(line.text, self._vocabulary)
        if "name" in self.data.officer or not reached or not (both or is_person(line.text)):
            return False
        self.data.in_officer = True
        name, role = both or (line.text, "")
        if role:
            self._fields.keep(self.data.officer, "role", role)
        return self._fields.keep(self.data.officer, "name", name)

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
        if self._goes_on_title(line, text):
            return True
        if self.data.in_officer and not self._asked and self._officer_line(line, text):
            return True
        return self._named(line, text) or self._with_label(text) or self._unlabelled(line, text)

    def _goes_on_title(self, line: ReadParagraph, text: str) -> bool:
        """Take the rest of a title that had no room after its label."""
        goes_on = self._in_title and line.look.tight and text[:1].islower()
        if goes_on:
            self.data.labelled_title = joined(self.data.labelled_title, text)
        return goes_on

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
        hidden = secret(text)
        if hidden:
            self.data.confidential = hidden.value
            self._log.convert("Sekretess", text, Certainty.SURE)
            return True
        return False

    def _addressed_name(self, text: str) -> bool:
        """Take "Tjänsteskrivelse till kulturnämnden": the document's name and the body."""
        first, _, body = text.partition(" till ")
        name = self._vocabulary.document_names.get(folded(first))
        body = capital(body)
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
            self.data.in_officer = hit.field == "officer"
            self.data.right = hit.field == "committee"
            return True
        if UNFILLED.search(hit.value):
            self._log.unfilled.append(hit.value)
            self._log.take(text, Why.UNFILLED)
            return True
        if self._fields.store(hit, Certainty.SURE):
            self._log.take(hit.label, Why.LABEL)
            return True
        return False

    def _unlabelled(self, line: ReadParagraph, text: str) -> bool:
        asked, self._asked = self._asked, ""
        if asked and self._fields.store(Labelled(asked, "", text), Certainty.SURE):
            return True
        if is_date(text):
            return self._date(text)
        if EMAIL.fullmatch(text) or (PHONE.fullmatch(text) and not is_date(text)):
            field_name = "email" if "@" in text else "phone"
            owner = self.data.in_officer or bool(self.data.officer and not self.data.organisation)
            return (
                self._fields.keep(self.data.officer, field_name, text)
                if owner
                else self._fields.address(text)
            )
        if self.data.in_officer and self._officer_line(line, text):
            return True
        small = line.look.size < 1.15 and line.look.style is not Style.HEADING
        if DNR.fullmatch(text) and not self.data.dnr and small:
            return self._fields.store(Labelled("dnr", "", text), Certainty.LIKELY)
        return self._body_or_sender(line, text)

    def _body_or_sender(self, line: ReadParagraph, text: str) -> bool:
        vocabulary, data = self._vocabulary, self.data
        plain = line.look.size < 1.15 and line.look.style is not Style.HEADING
        named = is_body(without_purpose(capital(text) if data.right else text), vocabulary)
        if named and plain and (self.data.right or not data.committee):
            if not data.committee:
                self.data.right = True
                return self._fields.store(Labelled("committee", "", text), Certainty.LIKELY)
            self._fields.another_body(text)
            return True
        if plain and is_organisation(text, vocabulary) and "name" not in data.organisation:
            return self._fields.keep(data.organisation, "name", text)
        if plain and is_department(text, vocabulary) and "name" in data.organisation:
            return self._fields.keep(data.organisation, "department", text)
        return self._fields.address(text)

    def _officer_line(self, line: ReadParagraph, text: str) -> bool:
        officer = self.data.officer
        if is_role(text, self._vocabulary) and "name" in officer and "role" not in officer:
            return self._fields.keep(officer, "role", text)
        if line.look.tight and is_person(text) and not officer.get("phone"):
            return self._fields.keep(officer, "name", text)
        return False

    def _date(self, text: str) -> bool:
        if self.data.right and self.data.meeting_date is None:
            return self._fields.store(Labelled("meeting_date", "", text), Certainty.LIKELY)
        if self.data.document_date is None:
            return self._fields.store(Labelled("document_date", "", text), Certainty.LIKELY)
        return self._fields.store(Labelled("meeting_date", "", text), Certainty.GUESS)
