"""What a line that may be a heading looks like, whatever it says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samverkan_desktop.exchange.reading.joining import LIST_MARK
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable, Style
from samverkan_desktop.exchange.recognising.vocabulary import close_up

NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.|[A-F]\.|§ ?\d+)[ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Signature:
    """What the look of a heading has that body text hasn't."""

    bold: bool
    size: float
    capitals: bool

    @property
    def is_plain(self) -> bool:
        """Whether body text looks so too."""
        return not self.bold and not self.capitals and 0.95 < self.size < 1.05


def heading_text(text: str) -> str:
    """Return a heading without its number, its emphasis and letters set apart."""
    text = NUMBER.sub("", close_up(text), count=1) if NUMBER.match(text) else close_up(text)
    return text.strip(" \t*_#").rstrip(":").strip()


def is_short(piece: ReadParagraph) -> bool:
    """Whether a line is as short as a heading, and no sentence."""
    return len(piece.text) <= 80 and "\n" not in piece.text and piece.text[-1] not in ".,;:!?"


def number_of(piece: Piece) -> int:
    """Return the number that a line begins with: "4  Synpunkter", "4. Synpunkter"; else 0."""
    if not isinstance(piece, ReadParagraph) or piece.mark:
        return 0
    match = re.match(r"(\d{1,2})\.?[ \t]+(?=[A-ZÅÄÖ])", piece.text)
    return int(match[1]) if match else 0


def in_list(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a marked line has another of its sort beside it, with no text between: a list."""
    before, piece = pieces[max(0, index - 1) : index], pieces[index]
    after = pieces[index + 1 : index + 2]
    mark = LIST_MARK.match(piece.text) if isinstance(piece, ReadParagraph) else None
    if mark is None or not isinstance(piece, ReadParagraph):
        return False
    beside = [p for p in after if isinstance(p, ReadParagraph) and p.look.tight]
    beside += [p for p in before if isinstance(p, ReadParagraph) and piece.look.tight]
    return any(
        (found := LIST_MARK.match(other.text)) is not None
        and (found["number"] is None) == (mark["number"] is None)
        for other in beside
    )


def signature(piece: Piece) -> Signature | None:
    """Return the look of a line; None for what is no text."""
    if not isinstance(piece, ReadParagraph):
        return None
    capitals = piece.text.isupper() and len(piece.text) > 3
    return Signature(piece.look.bold, round(piece.look.size, 2), capitals)


def is_headinglike(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line could be a heading: short, no sentence, and text or a table under it."""
    piece = pieces[index]
    if not isinstance(piece, ReadParagraph) or piece.mark or piece.look.style is Style.QUOTE:
        return False
    text = piece.text
    if not (2 < len(text) <= 80) or "\n" in text or len(text.split()) > 10 or text[-1] in ".,;:!":
        return False
    if (not text[0].isupper() and not text[0].isdigit()) or re.search(r"[^\d][.!?] ", text):
        return False
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    match following:
        case ReadParagraph():
            listed = following.mark or LIST_MARK.match(following.text)
            marked = piece.look.bold or piece.look.size > 1.05
            marked = marked or (text.isupper() and not following.text.isupper())
            if marked and not following.look.bold and following.look.size <= 1.05:
                return True
            return bool(listed and len(text.split()) < 5) or (
                not listed and len(following.text) > max(len(text), 30)
            )
        case ReadTable():
            return True
        case _:
            return False
