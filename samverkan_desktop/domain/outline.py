"""The disposition: a draft's own sections and its template's slots as one ordered list.

A draft keeps only sections that the officer has touched or that were in the file it came from; the
template's other slots are offered at their place. Printing and the window read the same list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.template import Need, Slot, SlotKind, Template
from samverkan_desktop.domain.text import is_empty


class State(StrEnum):
    """How far a section has come. DONE: marked by the officer, or "ej tillämpligt"."""

    EMPTY = "empty"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline. `slot` is None for a section that the officer added."""

    section: Section
    slot: Slot | None
    in_draft: bool
    state: State

    @property
    def key(self) -> str:
        """Return the section's key."""
        return self.section.key

    @property
    def heading(self) -> str:
        """Return the heading to print: the draft's own, else the template's."""
        own = self.section.heading or ""
        return own if own.strip() or not self.slot else self.slot.heading

    @property
    def is_decision(self) -> bool:
        """Whether this is the place of the proposed decision."""
        return self.slot is not None and self.slot.kind is SlotKind.DECISION

    @property
    def need(self) -> Need:
        """Return how much the section is asked for."""
        return self.slot.need if self.slot else Need.OPTIONAL


def outline(draft: Draft, template: Template) -> tuple[Entry, ...]:
    """Return every section of the draft, in its order, and the slots that it lacks.

    A missing slot stands directly after the nearest slot before it in the template that is there,
    else first.
    """
    keys = [section.key for section in draft.sections]
    order = [slot.key for slot in template.slots]
    for at, key in enumerate(order):
        if key not in keys:
            before = next((k for k in reversed(order[:at]) if k in keys), None)
            keys.insert(keys.index(before) + 1 if before is not None else 0, key)
    return tuple(outline_entry(draft, template, key) for key in keys)


def outline_entry(draft: Draft, template: Template, key: str) -> Entry:
    """Return one line of the outline; raises KeyError when there is none."""
    section, slot = draft.section(key), template.slot(key)
    if section is None and slot is None:
        raise KeyError(key)
    value = section or Section(key=key)
    if slot is not None and slot.kind is SlotKind.DECISION:
        empty = not any(not is_empty(item) for group in draft.decision for item in group.items)
    else:
        empty = value.is_empty
    state = State.DONE if value.is_done else State.EMPTY if empty else State.BEGUN
    return Entry(value, slot, section is not None, state)


def put_section(draft: Draft, template: Template, section: Section) -> Draft:
    """Return the draft with the section replaced, or inserted where the outline shows it."""
    if draft.section(section.key) is not None:
        sections = tuple(section if s.key == section.key else s for s in draft.sections)
        return replace(draft, sections=sections)
    shown = outline(draft, template)
    present = {s.key for s in draft.sections}
    before = 0
    for entry in shown:
        if entry.key == section.key:
            break
        before += entry.key in present
    sections = (*draft.sections[:before], section, *draft.sections[before:])
    return replace(draft, sections=sections)


def reorder(draft: Draft, template: Template, keys: Sequence[str]) -> Draft:
    """Return the draft with its sections in this order; slots named become sections of the draft.

    `keys` names every entry of the outline once; anything else raises ValueError.
    """
    shown = {entry.key: entry.section for entry in outline(draft, template)}
    if sorted(keys) != sorted(shown):
        raise ValueError("the order must name every section once")
    return replace(draft, sections=tuple(shown[key] for key in keys))
