"""Where the parts of a document begin: its headings, by style, by name and by look."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from samverkan_desktop.exchange.reading.joining import LIST_MARK
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, Style
from samverkan_desktop.exchange.recognising.fields import address_field
from samverkan_desktop.exchange.recognising.heading_looks import (
    NUMBER,
    heading_text,
    in_list,
    is_headinglike,
    is_short,
    number_of,
    signature,
)
from samverkan_desktop.exchange.recognising.report import Certainty
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded

_LONGEST = 110


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
    own = _own(pieces, known, level, first) | _counted(pieces, known) | _ended(pieces, known)
    found = [known.get(i) or own[i] for i in sorted({*known, *own})]
    return _with_second_meanings(found, vocabulary)


def _with_second_meanings(found: Sequence[Found], vocabulary: Vocabulary) -> list[Found]:
    """Let a heading be what it means beside another: "Ärendebeskrivning" under a summary."""
    times = Counter(heading.key for heading in found)
    return [
        replace(heading, key=key)
        if times[heading.key] > 1 and (key := vocabulary.second.get(folded(heading.text)))
        else heading
        for heading in found
    ]


def _known(pieces: Sequence[Piece], index: int, vocabulary: Vocabulary) -> Found | None:
    piece = pieces[index]
    if not isinstance(piece, ReadParagraph) or len(piece.text) > _LONGEST or "\n" in piece.text:
        return None
    styled = piece.look.style in (Style.HEADING, Style.TITLE)
    if (piece.mark and not styled) or piece.look.style is Style.QUOTE:
        return None
    text = heading_text(piece.text)
    if _is_in_address(pieces, index):
        return None
    hit = kind_of(folded(text), vocabulary)
    if not hit and is_headinglike(pieces, index) and not piece.look.tight:
        key = _kindred(folded(text), vocabulary)
        return Found(index, Kind.SECTION, text, Certainty.LIKELY, key) if key else None
    if not hit or (LIST_MARK.match(piece.text) and not styled and in_list(pieces, index)):
        return None
    kind, key = hit
    looks = styled or piece.look.bold or piece.look.size > 1.05 or not piece.look.tight
    if not looks and _goes_on_small(pieces, index):
        return None
    certainty = Certainty.SURE if looks else Certainty.LIKELY
    return Found(index, kind, text, certainty, key)


def _is_in_address(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line is a department's name in an address: "Ekonomi" over a street."""
    lines = [line for line in pieces[index : index + 2] if isinstance(line, ReadParagraph)]
    close = len(lines) == 2 and all(line.look.tight for line in lines)
    return close and bool(address_field(lines[1].text))


def kind_of(name: str, vocabulary: Vocabulary) -> tuple[Kind, str] | None:
    """Return what begins under a folded heading, and the key of a section; None when unknown."""
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
        if isinstance(piece := pieces[i], ReadParagraph) and NUMBER.match(piece.text)
    }
    if 2 * len(numbered) >= len(known):
        return known
    return {i: hit for i, hit in known.items() if i not in numbered or hit.kind is not Kind.SECTION}


def _without_smaller(pieces: Sequence[Piece], known: dict[int, Found]) -> dict[int, Found]:
    """Leave out known names that are set smaller than the first headings: they stand inside one."""
    first = [look for i in sorted(known)[:3] if (look := signature(pieces[i]))]
    if not first:
        return known
    size = max(look.size for look in first)
    bold = any(look.bold for look in first)
    large = [i for i in known if (look := signature(pieces[i])) and look.size > size - 0.05]
    last = max(large, default=0)
    return {
        i: hit
        for i, hit in known.items()
        if hit.kind is not Kind.SECTION
        or (look := signature(pieces[i])) is None
        or (look.size > size - 0.05 and (look.bold or not bold))
        # After the text come the addressees, under what is less than a heading.
        or (i > last and look.bold and _ends_with_colon(pieces, i))
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
    looks = {signature(pieces[i]) for i in known} - {None}
    looks = {look for look in looks if look and not look.is_plain}
    return {
        i: Found(i, Kind.SECTION, heading_text(piece.text), Certainty.LIKELY)
        for i, piece in enumerate(pieces)
        if first is not None
        and i > first
        and i not in known
        and isinstance(piece, ReadParagraph)
        and signature(piece) in looks
        and is_headinglike(pieces, i)
        and not _inside_decision(i, known, order)
    }


def _counted(pieces: Sequence[Piece], known: dict[int, Found]) -> dict[int, Found]:
    """Return headings whose number is the one missing between those of the known headings."""
    numbers = {i: number for i in known if (number := number_of(pieces[i]))}
    if len(numbers) < 2 or 2 * len(numbers) < len(known):
        return {}
    found: dict[int, Found] = {}
    last, after = 0, sorted(numbers)
    for i, piece in enumerate(pieces):
        while after and after[0] <= i:
            last = numbers[after.pop(0)]
        number = number_of(piece) if i not in known and last else 0
        until = numbers[after[0]] if after else last + 2
        fits = number == last + 1 < until and not in_list(pieces, i)
        if fits and isinstance(piece, ReadParagraph) and is_short(piece):
            found[i] = Found(i, Kind.SECTION, heading_text(piece.text), Certainty.LIKELY)
            last = number
    return found


def _ended(pieces: Sequence[Piece], known: dict[int, Found]) -> dict[int, Found]:
    """Return headings that end with a colon over their text, where the known ones do."""
    ended = [i for i in known if _ends_with_colon(pieces, i)]
    if len(ended) < 2 or 2 * len(ended) < len(known):
        return {}
    order = sorted(known)
    return {
        i: Found(i, Kind.SECTION, heading_text(piece.text), Certainty.LIKELY)
        for i, piece in enumerate(pieces)
        if i > order[0]
        and i not in known
        and _ends_with_colon(pieces, i)
        and isinstance(piece, ReadParagraph)
        and not piece.look.tight
        and not _inside_decision(i, known, order)
    }


def _ends_with_colon(pieces: Sequence[Piece], index: int) -> bool:
    piece, following = pieces[index], pieces[index + 1 : index + 2]
    if not isinstance(piece, ReadParagraph) or piece.mark or len(piece.text) > 60:
        return False
    text = [line for line in following if isinstance(line, ReadParagraph)]
    listed = [line for line in text if line.mark or LIST_MARK.match(line.text)]
    return piece.text.endswith(":") and bool(text) and not listed and text[0].look.tight


def _inside_decision(index: int, known: dict[int, Found], order: Sequence[int]) -> bool:
    """Whether the nearest known heading before is that of the decision, or of what is no text."""
    before = bisect_left(order, index)
    return before > 0 and known[order[before - 1]].kind is not Kind.SECTION
