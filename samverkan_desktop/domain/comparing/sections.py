"""The sections of a draft as they are compared: what each is, and its lines."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from samverkan_desktop.domain.comparing.comparison import Change, Row
from samverkan_desktop.domain.comparing.fields import yes_or_no
from samverkan_desktop.domain.comparing.lines import Line, decision_lines, field, text_lines
from samverkan_desktop.domain.comparing.words import Kind, Piece, compare_words
from samverkan_desktop.domain.draft import DecisionGroup, Draft, Section
from samverkan_desktop.domain.outline import Entry, outline
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    ListItem,
    NumberedList,
    Quote,
    spans,
)

_REGROUPED = spans("Samma text, delad på ett annat sätt i listor, punkter eller tabeller")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of one version: with its heading as it is shown, and the decision if it is there.

    `is_written`: it is in the draft. A slot that nobody has written in may be there or not.
    """

    section: Section
    heading: str
    decision: tuple[DecisionGroup, ...]
    is_written: bool
    is_slot: bool

    @property
    def is_blank(self) -> bool:
        """Whether a draft without it would be the same: a slot with nothing said about it."""
        section = self.section
        said = section.hidden or section.done or section.content or self.decision
        return self.is_slot and not said and section.not_applicable is None

    def says_as(self, other: "Chapter") -> bool:
        """Whether the lines of both are equal; that is sooner seen than told line by line."""
        return self.section.content == other.section.content and self.decision == other.decision

    def lines(self) -> Iterator[Line]:
        """Yield its lines: the decision's, and its own."""
        yield from decision_lines(self.decision)
        yield from text_lines(self.section.content)


def chapters(draft: Draft, template: Template) -> dict[str, Chapter]:
    """Return the sections by key, in the order of the outline."""
    return {entry.key: _chapter(entry, draft) for entry in outline(draft, template)}


def _chapter(entry: Entry, draft: Draft) -> Chapter:
    return Chapter(
        section=entry.section,
        heading=entry.heading,
        decision=draft.decision if entry.is_decision else (),
        is_written=entry.in_draft or entry.is_decision,
        is_slot=entry.slot is not None,
    )


def field_rows(old: Chapter | None, new: Chapter | None) -> Iterator[Row]:
    """Yield what is said otherwise about a section: its heading, whether it is hidden or done."""
    before, after = _said(old), _said(new)
    if old and new and old.heading != new.heading:
        yield field_row("Rubrik", old.heading, new.heading)
    if before.hidden != after.hidden:
        yield field_row("Dolt i dokumentet", yes_or_no(before.hidden), yes_or_no(after.hidden))
    if before.done != after.done:
        yield field_row("Klar", yes_or_no(before.done), yes_or_no(after.done))
    if before.not_applicable != after.not_applicable:
        reasons = _reason(before.not_applicable), _reason(after.not_applicable)
        yield field_row("Ej tillämpligt", *reasons)


def field_row(label: str, old: str, new: str) -> Row:
    """Return the row of a field that has changed."""
    return Row(
        change=Change.CHANGED,
        old=field(label, old),
        new=field(label, new),
        pieces=compare_words(spans(old), spans(new)),
    )


def regrouped(old: Chapter, new: Chapter) -> Iterator[Row]:
    """Yield a row that tells that the same lines are otherwise divided, if that is so."""
    if not old.says_as(new) and _structure(old) != _structure(new):
        line = replace(field("Uppställning", ""), spans=_REGROUPED)
        pieces = (Piece(Kind.RESTYLED, _REGROUPED, _REGROUPED),)
        yield Row(change=Change.CHANGED, old=line, new=line, pieces=pieces)


def _said(chapter: Chapter | None) -> Section:
    return chapter.section if chapter else Section(key="")


def _reason(reason: str | None) -> str:
    return "" if reason is None else reason or "Ja, utan skäl"


def _structure(chapter: Chapter) -> tuple[object, ...]:
    groups = tuple(
        (group.lead_in, tuple(map(_without_ids, group.items))) for group in chapter.decision
    )
    return groups, _without_ids(chapter.section.content)


def _without_ids(blocks: Blocks) -> Blocks:
    found: list[Block] = []
    for block in blocks:
        match block:
            case BulletList() | NumberedList():
                items = tuple(ListItem(_without_ids(item.blocks)) for item in block.items)
                found.append(replace(block, items=items, id=""))
            case Quote():
                found.append(replace(block, blocks=_without_ids(block.blocks), id=""))
            case _:
                found.append(replace(block, id=""))
    return tuple(found)
