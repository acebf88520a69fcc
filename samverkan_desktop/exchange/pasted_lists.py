"""Lists that are pasted as single lines with a level each, as Word writes them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from samverkan_desktop.domain.text import Block, Blocks, BulletList, ListItem, NumberedList, Quote

_WORD_LIST = re.compile(r"(l\d+)\s+level(\d+)")
# A letter alone is a bullet: Word writes its squares and arrows as letters of Wingdings.
_NUMBER = re.compile(r"\(?(?:\d+(?:\.\d+)*[.):]?|(?:[a-zåäö]|[ivxlcdm]+)[.):])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list item that says itself how deep it stands; `group` names its list."""

    level: int
    ordered: bool
    group: str
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Continuation:
    """Blocks that go on in the list item before them, or stand alone when there is none."""

    blocks: Blocks


Part = Block | ListLine | Continuation


def word_list(style: dict[str, str]) -> tuple[str, int] | None:
    """Return the list's name and the level that Word's `mso-list` says: "l0 level2 lfo1"."""
    found = _WORD_LIST.search(style.get("mso-list", ""))
    return (found[1], int(found[2])) if found else None


def is_number(mark: str) -> bool:
    """Whether a list mark counts ("1.", "a)", "iv."), unlike "·" or "o"."""
    return bool(_NUMBER.fullmatch(mark.strip(" \t\n\r\xa0")))


def assembled(parts: Iterable[Part]) -> Blocks:
    """Return the blocks, with list lines made into lists and lists that were torn apart joined."""
    out: list[Block] = []
    lines: list[ListLine] = []
    for part in parts:
        match part:
            case ListLine():
                lines.append(part)
            case Continuation() if lines:
                lines[-1] = replace(lines[-1], blocks=lines[-1].blocks + part.blocks)
            case _:
                out += _nested(lines)
                lines = []
                out += part.blocks if isinstance(part, Continuation) else (part,)
    return tuple(_joined_quotes([*out, *_nested(lines)]))


def _joined_quotes(blocks: Iterable[Block]) -> list[Block]:
    """Make one quotation of neighbours: some programs write one for each paragraph."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if isinstance(block, Quote) and isinstance(last, Quote):
            out[-1] = Quote(last.blocks + block.blocks)
        else:
            out.append(block)
    return out


def _nested(lines: Sequence[ListLine]) -> list[Block]:
    out: list[Block] = []
    group = ""
    while lines:
        head, rest = lines[0], lines[1:]
        below = _below(head.level, rest)
        item = ListItem((*head.blocks, *_nested(below)))
        kind = NumberedList if head.ordered else BulletList
        last = out[-1] if out else None
        if isinstance(last, kind) and group == head.group:
            out[-1] = replace(last, items=(*last.items, item))
        else:
            out.append(kind((item,)))
        group = head.group
        lines = rest[len(below) :]
    return out


def _below(level: int, lines: Sequence[ListLine]) -> tuple[ListLine, ...]:
    return tuple(takewhile(lambda line: line.level > level, lines))
