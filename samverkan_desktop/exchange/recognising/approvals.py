"""The attest table: who has approved the document, and when."""

import re
from collections.abc import Sequence

from samverkan_desktop.domain.draft import Approval
from samverkan_desktop.exchange.reading.model import Piece, ReadTable
from samverkan_desktop.exchange.recognising.fields import lines_of
from samverkan_desktop.exchange.recognising.patterns import find_date, is_date, is_person
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded


class ApprovalReader:
    """Reads approvals from a table, or from lines."""

    def __init__(self, vocabulary: Vocabulary, log: Log) -> None:
        self._vocabulary, self._log = vocabulary, log
        self._labels = vocabulary.approval_names | vocabulary.approval_dates
        self.found: list[Approval] = []

    def take(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Take the approvals; return what is none."""
        left: list[Piece] = []
        for piece in pieces:
            rows = self._rows(piece)
            if rows is not None:
                for row in rows:
                    self._approval_row(row, left, piece)
            else:
                self._approval_line(piece, left)
        return left

    def is_table(self, piece: Piece) -> bool:
        """Whether a table is the one of approvals: a name and a date."""
        if not isinstance(piece, ReadTable) or not piece.rows:
            return False
        first = [folded(" ".join(p.text for p in cell)) for cell in piece.rows[0]]
        return (
            len(first) >= 2
            and first[0] in self._vocabulary.approval_names
            and any(cell in self._vocabulary.approval_dates for cell in first[1:])
        )

    def _rows(self, piece: Piece) -> list[list[str]] | None:
        if not isinstance(piece, ReadTable):
            return None
        return [[" ".join(p.text for p in cell).strip() for cell in row] for row in piece.rows]

    def _approval_row(self, row: list[str], left: list[Piece], piece: Piece) -> None:
        cells = [cell for cell in row if cell]
        if not cells:
            return
        if all(folded(cell) in self._labels for cell in cells):
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
            if named in self._vocabulary.approval_texts | self._labels:
                self._log.take(text, Why.LABEL)
            elif (found := find_date(text)) and is_person(re.split(r",|\s{2,}", text)[0].strip()):
                self._approve(text.replace(found[1], "").strip(" ,-–"), found[1])
            elif is_date(text) and self.found and self.found[-1].date is None:
                last = self.found.pop()
                self._approve(", ".join(filter(None, (last.name, last.role))), text)
            elif is_person(text.split(",")[0].strip()):
                self._approve(text, "")
            else:
                left.append(line)

    def _without_approval_label(self, text: str) -> str:
        """Return what stands after "Namn:" or "Datum:"."""
        label, colon, value = text.partition(":")
        if colon and value.strip() and folded(label) in self._labels:
            self._log.take(label, Why.LABEL)
            return value.strip()
        return text

    def _approve(self, who: str, when: str) -> None:
        name, _, role = (part.strip() for part in who.partition(","))
        found = find_date(when)
        self.found.append(Approval(name=name, role=role, date=found[0] if found else None))
        self._log.place("Attest", who, Certainty.SURE)
        if when:
            self._log.convert("Attestdatum", when, Certainty.SURE)
