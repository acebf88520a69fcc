"""Where the parts of a document begin: its headings, by style, by name and by look."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from samverkan_desktop.exchange.reading.joining import LIST_MARK
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable, Style
from samverkan_desktop.exchange.recognising.cleaning import joined_cut, trimmed
from samverkan_desktop.exchange.recognising.report import Certainty
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, close_up, folded

_LONGEST = 110
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.|[A-F]\.|§ ?\d+)[ \t]+(?=\S)")
_INLINE = re.compile(r"(?P<label>[^:.\n]{6,60}): (?P<rest>\S.*)", re.DOTALL)


class Kind(StrEnum):
    """What begins at a heading."""

    SECTION = "section"
    DECISION = "decision"
    ATTACHMENTS = "attachments"
    APPROVALS = "approvals"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Found:
    """A heading: the index of its piece, the text without a number, and which section it names."""

    index: int
    kind: Kind
    text: str
    certainty: Certainty
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Signature:
    """What the look of a heading has that body text hasn't."""

    bold: bool
    size: float
    capitals: bool

    @property
    def is_plain(self) -> bool:
        return not self.bold and not self.capitals and 0.95 < self.size < 1.05


def with_headings_apart(pieces: Sequence[Piece], vocabulary: Vocabulary) -> list[Piece]:
    """Part a heading from the text that stands on the same line: "Sammanfattning: Nämnden …"."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, ReadParagraph) and not piece.mark and not LIST_MARK.match(piece.text):
            match = _INLINE.match(piece.text)
            if match and _kind(folded(match["label"]), vocabulary):
                end = match.end("label")
                out.append(replace(piece, spans=joined_cut(piece.spans, 0, end)))
                look = replace(piece.look, style=Style.UNKNOWN, level=None, tight=True)
                rest = trimmed(joined_cut(piece.spans, match.start("rest")))
                out.append(replace(piece, spans=rest, look=look))
                continue
        out.append(piece)
    return out


def heading_text(text: str) -> str:
    """Return a heading without its number, its emphasis and letters set apart."""
    text = _NUMBER.sub("", close_up(text), count=1) if _NUMBER.match(text) else close_up(text)
    return text.strip(" \t*_#").rstrip(":").strip()


def find_headings(pieces: Sequence[Piece], vocabulary: Vocabulary) -> list[Found]:
    """Return the headings of sections and parts, in order.

    Known names come first; what looks just like them, or has their level of style, is a heading of
    the author's own.
    """
    known = {i: hit for i in range(len(pieces)) if (hit := _known(pieces, i, vocabulary))}
    level = _section_level(pieces, known)
    if level is not None:
        known = {i: hit for i, hit in known.items() if not _is_below(pieces[i], level, hit)}
    else:
        known = _without_smaller(pieces, _without_numbered(pieces, known))
    first = min(known, default=None)
    own = _own(pieces, known, level, first)
    return [known.get(i) or own[i] for i in sorted({*known, *own})]


def _known(pieces: Sequence[Piece], index: int, vocabulary: Vocabulary) -> Found | None:
    piece = pieces[index]
    if not isinstance(piece, ReadParagraph) or len(piece.text) > _LONGEST or "\n" in piece.text:
        return None
    styled = piece.look.style in (Style.HEADING, Style.TITLE)
    if (piece.mark and not styled) or piece.look.style is Style.QUOTE:
        return None
    text = heading_text(piece.text)
    hit = _kind(folded(text), vocabulary)
    if not hit and is_headinglike(pieces, index) and not piece.look.tight:
        key = _kindred(folded(text), vocabulary)
        return Found(index, Kind.SECTION, text, Certainty.LIKELY, key) if key else None
    if not hit or (LIST_MARK.match(piece.text) and not styled and _in_list(pieces, index)):
        return None
    kind, key = hit
    looks = styled or piece.look.bold or piece.look.size > 1.05 or not piece.look.tight
    if not looks and _goes_on_small(pieces, index):
        return None
    certainty = Certainty.SURE if looks else Certainty.LIKELY
    return Found(index, kind, text, certainty, key)


def _kind(name: str, vocabulary: Vocabulary) -> tuple[Kind, str] | None:
    if name in vocabulary.decision:
        return Kind.DECISION, ""
    if name in vocabulary.attachments:
        return Kind.ATTACHMENTS, ""
    if name in vocabulary.approvals:
        return Kind.APPROVALS, ""
    if name in vocabulary.contents:
        return Kind.CONTENTS, ""
    whose, _, rest = name.partition(" ")
    if rest in vocabulary.decision and whose.endswith("s"):  # "Kontorets förslag till beslut"
        return Kind.DECISION, ""
    key = vocabulary.headings.get(name)
    return (Kind.SECTION, key) if key else None


def _kindred(name: str, vocabulary: Vocabulary) -> str:
    """Return the section whose name's words all stand in a longer heading, in their order.

    "Ekonomiska och juridiska konsekvenser" is "Ekonomiska konsekvenser" and something more.
    """
    words = name.split()
    if not 3 <= len(words) <= 7:
        return ""
    for known, key in vocabulary.headings.items():
        wanted = known.split()
        if len(wanted) > 1 and words[0] == wanted[0] and len(wanted) < len(words):
            rest = iter(words)
            if all(word in rest for word in wanted):
                return key
    return ""


def _in_list(pieces: Sequence[Piece], index: int) -> bool:
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


def _goes_on_small(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the next line goes on in the middle of a sentence."""
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    return isinstance(following, ReadParagraph) and following.text[:1].islower()


def _level(piece: Piece) -> int | None:
    if isinstance(piece, ReadParagraph) and piece.look.style is Style.HEADING:
        return piece.look.level
    return None


def _section_level(pieces: Sequence[Piece], known: dict[int, Found]) -> int | None:
    """Return the level of style that the sections have: the outermost of the known ones."""
    levels = [level for i in known if (level := _level(pieces[i])) is not None]
    if levels:
        return min(levels)
    styled = [level for piece in pieces if (level := _level(piece)) is not None]
    outermost = [level for level in styled if level == min(styled)]
    inner = [level for level in styled if level > min(styled)]
    return (min(inner) if inner and len(outermost) == 1 else min(styled)) if styled else None


def _is_below(piece: Piece, level: int, hit: Found) -> bool:
    own = _level(piece)
    return hit.kind is Kind.SECTION and own is not None and own > level


def _without_numbered(pieces: Sequence[Piece], known: dict[int, Found]) -> dict[int, Found]:
    """Leave out known names with a number when the other headings have none: they stand inside."""
    numbered = {
        i
        for i in known
        if isinstance(piece := pieces[i], ReadParagraph) and _NUMBER.match(piece.text)
    }
    if 2 * len(numbered) >= len(known):
        return known
    return {i: hit for i, hit in known.items() if i not in numbered or hit.kind is not Kind.SECTION}


def _without_smaller(pieces: Sequence[Piece], known: dict[int, Found]) -> dict[int, Found]:
    """Leave out known names that are set smaller than the first headings: they stand inside one."""
    first = [look for i in sorted(known)[:3] if (look := _signature(pieces[i]))]
    if not first:
        return known
    size = max(look.size for look in first)
    bold = any(look.bold for look in first)
    return {
        i: hit
        for i, hit in known.items()
        if hit.kind is not Kind.SECTION
        or (look := _signature(pieces[i])) is None
        or (look.size > size - 0.05 and (look.bold or not bold))
    }


def _own(
    pieces: Sequence[Piece], known: dict[int, Found], level: int | None, first: int | None
) -> dict[int, Found]:
    """Return headings that no list of names has."""
    order = sorted(known)
    if level is not None:
        return {
            i: Found(i, Kind.SECTION, heading_text(piece.text), Certainty.LIKELY)
            for i, piece in enumerate(pieces)
            if isinstance(piece, ReadParagraph)
            and (own := _level(piece)) is not None
            and own <= level
            and i not in known
            and (i > first if first is not None else own == level)
            and not _inside_decision(i, known, order)
        }
    looks = {_signature(pieces[i]) for i in known} - {None}
    looks = {look for look in looks if look and not look.is_plain}
    return {
        i: Found(i, Kind.SECTION, heading_text(piece.text), Certainty.LIKELY)
        for i, piece in enumerate(pieces)
        if first is not None
        and i > first
        and i not in known
        and isinstance(piece, ReadParagraph)
        and _signature(piece) in looks
        and is_headinglike(pieces, i)
        and not _inside_decision(i, known, order)
    }


def _inside_decision(index: int, known: dict[int, Found], order: Sequence[int]) -> bool:
    """Whether the nearest known heading before is that of the decision, or of what is no text."""
    before = bisect_left(order, index)
    return before > 0 and known[order[before - 1]].kind is not Kind.SECTION


def _signature(piece: Piece) -> _Signature | None:
    if not isinstance(piece, ReadParagraph):
        return None
    capitals = piece.text.isupper() and len(piece.text) > 3
    return _Signature(piece.look.bold, round(piece.look.size, 2), capitals)


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
