"""What a check finds, and what every rule is given to look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.outline import Entry, outline
from samverkan_desktop.domain.template import DnrRule, SlotCheck, Template
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    Quote,
    block_spans,
    children,
    plain_text,
    spans_text,
)
from samverkan_desktop.domain.typography import clean


class Severity(StrEnum):
    """How much a finding matters.

    error: the document would be untrue or can't be published. warning: it is probably wrong.
    hint: worth a look.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to see to. `section` is a section's key, `block` a block's id, where known."""

    code: str
    severity: Severity
    section: str | None
    block: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that is printed, such as a paragraph or a table cell, and where it stands."""

    text: str
    section: str
    block: str | None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """The draft, its template and outline, and its printed text in pieces.

    `today` is None when a draft is judged by itself, whenever that is.
    """

    draft: Draft
    template: Template
    today: date | None
    entries: tuple[Entry, ...]
    pieces: tuple[Piece, ...]

    @property
    def dnr_label(self) -> str:
        """Return what the registry number is called in the form."""
        return clean(self.template.dnr.label) or DnrRule().label

    def written(self) -> Iterator[tuple[Entry, Blocks]]:
        """Yield the sections that are printed, with their blocks; the decision's items as one."""
        return _written(self.draft, self.entries)

    def asking_for(self, slot_check: SlotCheck) -> Iterator[tuple[Entry, str]]:
        """Yield the sections whose slot asks for a check, with the text that is printed."""
        texts = {entry.key: plain_text(blocks) for entry, blocks in self.written()}
        for entry in self.entries:
            if entry.slot is not None and slot_check in entry.slot.checks:
                yield entry, texts.get(entry.key, "")


Rule = Callable[[Matter], Iterator[Finding]]


def matter(draft: Draft, template: Template, today: date | None) -> Matter:
    """Return what the rules look at."""
    entries = outline(draft, template)
    pieces = tuple(
        piece
        for entry, blocks in _written(draft, entries)
        for block in blocks
        for piece in _pieces(block, entry.key, quoted=False)
    )
    return Matter(draft, template, today, entries, pieces)


def _written(draft: Draft, entries: tuple[Entry, ...]) -> Iterator[tuple[Entry, Blocks]]:
    for entry in entries:
        blocks = _decision(draft) if entry.is_decision else _content(entry)
        if blocks and not entry.section.hidden:
            yield entry, blocks


def _decision(draft: Draft) -> Blocks:
    return tuple(block for group in draft.decision for item in group.items for block in item)


def _content(entry: Entry) -> Blocks:
    return entry.section.content if entry.section.not_applicable is None else ()


def _pieces(block: Block, section: str, *, quoted: bool) -> Iterator[Piece]:
    for spans in block_spans(block):
        if text := clean(spans_text(spans)):
            yield Piece(text, section, block.id or None, quoted)
    for inner in children(block):
        yield from _pieces(inner, section, quoted=quoted or isinstance(block, Quote))
