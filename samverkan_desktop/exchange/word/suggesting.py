"""Proposals put together into suggestions: what belongs together is one, with all who did it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from samverkan_desktop.domain.review import Suggestion, TextEdit
from samverkan_desktop.exchange.word.building import Names
from samverkan_desktop.exchange.word.content import Revision
from samverkan_desktop.exchange.word.texts import Proposal

NOBODY = "okänd"


def suggestions(
    proposals: Sequence[Proposal], section: str, names: Names
) -> tuple[Suggestion, ...]:
    """Return the suggestions of a section; the same file gives the same ids again."""
    out: list[Suggestion] = []
    for group in _groups(proposals):
        out += _suggestion(group, section, names, "")
    return tuple(out)


def _groups(proposals: Sequence[Proposal]) -> list[list[Proposal]]:
    """Return proposals in groups that share ties, in the order of their first."""
    parent = list(range(len(proposals)))

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    owner: dict[str, int] = {}
    for at, proposal in enumerate(proposals):
        for tie in sorted(proposal.ties):
            first = owner.setdefault(tie, at)
            one, other = sorted((root(first), root(at)))
            parent[other] = one
    groups: dict[int, list[Proposal]] = {}
    for at, proposal in enumerate(proposals):
        groups.setdefault(root(at), []).append(proposal)
    return list(groups.values())


def _suggestion(
    group: Sequence[Proposal], section: str, names: Names, within: str
) -> list[Suggestion]:
    people = list(dict.fromkeys(r for proposal in group for r in proposal.revisions))
    edits = tuple(proposal.edit for proposal in sorted(group, key=_taking_first))
    made = Suggestion(
        id="",
        author=people_named(people),
        at=latest(people),
        section=section,
        edits=edits,
        within=within,
    )
    told = [replace(edit, order=0) for edit in made.edits]
    made = replace(made, id=names.new("suggestion", section, made.author, made.at, told, within))
    out = [made]
    for proposal in group:
        for inner in proposal.nested:
            out += _suggestion((inner,), section, names, made.id)
    return out


def _taking_first(proposal: Proposal) -> int:
    """Put what takes away before what puts in: the same block may come back elsewhere."""
    edit = proposal.edit
    if isinstance(edit, TextEdit):
        return 0
    return 1 if edit.removed and not edit.inserted else 2


def people_named(people: Sequence[Revision]) -> str:
    """Return who did something, as a Swedish phrase."""
    known = list(dict.fromkeys(person.author or NOBODY for person in people)) or [NOBODY]
    return " och ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)


def latest(people: Sequence[Revision]) -> datetime | None:
    """Return when the last of it was done."""
    return max((person.at for person in people if person.at is not None), default=None)
