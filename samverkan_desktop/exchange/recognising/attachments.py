"""Attachments: their titles, without the numbers that the template sets."""

import re

from samverkan_desktop.domain.draft import Attachment
from samverkan_desktop.domain.text import spans
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable
from samverkan_desktop.exchange.recognising.fields import lines_of
from samverkan_desktop.exchange.recognising.list_marks import typed_mark
from samverkan_desktop.exchange.recognising.report import Certainty, Log, Why
from samverkan_desktop.exchange.recognising.vocabulary import folded

ATTACHMENT = re.compile(
    r"(?:[Bb]ilaga|[Bb]il\.?) ?(?:\d{1,2}|[A-Z])?\s*[.:)–-]?\s+(?P<title>\S.*)|[Bb]ilaga \d{1,2}"
)
_NUMBER_CELL = re.compile(r"(?:[Bb]ilaga|[Bb]il\.?)? ?\d{1,2}[.:)]?")
_NO_ATTACHMENTS = {"inga", "inga bilagor", "ingen", "saknas"}


class AttachmentReader:
    """Collects attachments line by line."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.found: list[Attachment] = []

    def take(self, line: ReadParagraph) -> None:
        """Keep the attachment that a line names."""
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
        match = ATTACHMENT.fullmatch(text)
        if match and match["title"]:
            self._log.marks.append(text[: match.start("title")].strip())
            text = match["title"]
        self.found.append(Attachment(title=text))
        certainty = Certainty.SURE if mark or line.mark or match else Certainty.LIKELY
        self._log.place("Bilaga", text, certainty)


def attachment_lines(piece: Piece) -> list[ReadParagraph]:
    """Return a piece's lines; numbers and titles side by side are read row by row."""
    if isinstance(piece, ReadTable):
        rows = [[" ".join(p.text for p in cell) for cell in row] for row in piece.rows]
        if all(row and _NUMBER_CELL.fullmatch(row[0]) for row in rows):
            return [ReadParagraph(spans(" ".join(row))) for row in rows]
    return lines_of([piece])


def is_listed(line: ReadParagraph) -> bool:
    """Whether a line has a number or a mark, as attachments do."""
    return bool(line.mark or typed_mark(line.text) or ATTACHMENT.fullmatch(line.text))


def is_running_text(line: ReadParagraph) -> bool:
    """Whether a line is too long, or too much of a text, to be an attachment's name."""
    listed = is_listed(line)
    return len(line.text) > (300 if listed else 160) or (not listed and ". " in line.text)
