"""Which part of the document each line of a file belongs to.

By its content control; where a program has lost these (LibreOffice keeps none around several
paragraphs), by the headings of the sections and by the styles of all else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samverkan_desktop.codec.travelling import control_name
from samverkan_desktop.domain.composition import (
    ATTACHMENTS,
    HEAD,
    ORGANISATION,
    SIGNATURES,
    TITLE,
)
from samverkan_desktop.exchange.word.content import Item, Line, Role
from samverkan_desktop.exchange.word.sent import SentLine, SentPart

OUTSIDE = "outside "

_BY_ROLE = {
    Role.HEAD: HEAD,
    Role.TITLE: TITLE,
    Role.SUBTITLE: TITLE,
    Role.NOTICE: TITLE,
    Role.SIGNATURE: SIGNATURES,
    Role.ATTACHMENT: ATTACHMENTS,
    Role.SENDER: ORGANISATION,
}


@dataclass(frozen=True, slots=True)
class Parted:
    """A file's lines by part. `by_heading` are the keys of those found without their control."""

    items: Mapping[str, list[Item]]
    by_heading: tuple[str, ...]


def part_file(items: Sequence[Item], parts: Sequence[SentPart]) -> Parted:
    """Give each line to a part of the document, or to OUTSIDE."""
    tags = {control_name(part.key.strip()): part.key for part in parts}
    tagged = {tags[item.key] for item in items if item.key in tags}
    headings = {
        plain(line.text): part.key
        for part in parts
        for line in part.items
        if isinstance(line, SentLine) and line.kind.role is Role.SECTION and part.key not in tagged
    }
    out: dict[str, list[Item]] = {}
    current, is_tagged = HEAD, False
    found: list[str] = []
    for item in items:
        if item.key in tags:
            current, is_tagged = tags[item.key], True
        else:
            key = _by_look(item, headings, tagged)
            if key in headings.values() and key not in found:
                found.append(key)
            if key or is_tagged:
                current, is_tagged = key or OUTSIDE, False
        out.setdefault(current, []).append(item)
    return Parted(out, tuple(found))


def _by_look(item: Item, headings: Mapping[str, str], tagged: set[str]) -> str:
    """Return the part that a line without a control is of, "" when it doesn't say."""
    if not isinstance(item, Line):
        return ""
    role = item.kind.role
    if role is Role.SECTION or (role is Role.HEADING and item.kind.level < 3):
        sent = "".join(run.text for run in item.runs if run.inserted is None)
        return headings.get(plain(sent), "") or headings.get(plain(item.final_text), "")
    key = _BY_ROLE.get(role, "")
    return "" if key in tagged else key


def plain(text: str) -> str:
    """Return a text as headings are compared: letters and digits, however they are set."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
