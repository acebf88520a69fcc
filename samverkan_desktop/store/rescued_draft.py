"""A draft as far as it could be read, and how it is completed out of an older one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.text import plain_text
from samverkan_desktop.store.rescued_text import TITLE, kept_text


@dataclass(frozen=True, slots=True)
class RescuedDraft:
    """A draft as far as it could be read.

    `plain` and `gone` are keys of sections: of those kept as plain text, and of those that are
    known to be missing. `more_gone` says that there were more, which nobody knows the names of.
    """

    number: int
    draft: Draft
    changed_at: datetime | None = None
    deleted_at: datetime | None = None
    has_head: bool = True
    plain: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    more_gone: bool = False
    is_doubtful: bool = False
    is_nameless: bool = False  # its id is lost, and a new one given

    @property
    def is_empty(self) -> bool:
        """Whether not a word of it is left."""
        return not self.has_head and not self.draft.sections

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is known to be missing."""
        return self.has_head and not (self.plain or self.gone or self.more_gone)


def filled(rescued: RescuedDraft, older: Draft) -> RescuedDraft:
    """Put in what is missing, out of the same draft as it once was.

    Where a section is there as plain text alone, the older one takes its place, and the text a
    place of its own after it, unless they say the same.
    """
    draft = rescued.draft
    if not rescued.has_head:
        told = {name: getattr(draft, name) for name in ("dnr", "committee", "meeting_date")}
        title = older.title if draft.title == TITLE else draft.title
        known = {name: value for name, value in told.items() if value}
        draft = replace(older, id=draft.id, title=title, sections=draft.sections, **known)
    if rescued.is_nameless:
        draft = replace(draft, id=older.id)
    sections = with_missing(draft.sections, older.sections)
    for key in (*rescued.plain, *rescued.gone):
        before = older.section(key)
        if before is not None:
            sections = tuple(_beside(sections, key, before))
    unfilled = {section.key for section in older.sections}
    return replace(
        rescued,
        draft=replace(draft, sections=sections),
        has_head=True,
        plain=tuple(key for key in rescued.plain if key not in unfilled),
        gone=tuple(key for key in rescued.gone if key not in unfilled),
        more_gone=False,
        is_nameless=False,
    )


def with_missing(sections: Sequence[Section], others: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections with those of the others whose keys are missing, in the others' order."""
    out = list(sections)
    place = 0
    for other in others:
        keys = [section.key for section in out]
        if other.key in keys:
            place = keys.index(other.key) + 1
        else:
            out.insert(place, other)
            place += 1
    return tuple(out)


def _beside(sections: Sequence[Section], key: str, before: Section) -> Iterator[Section]:
    for section in sections:
        if section.key != key:
            yield section
            continue
        yield before
        told, text = plain_text(before.content), plain_text(section.content)
        if text.strip() and " ".join(text.split()) not in " ".join(told.split()):
            yield kept_text(sections, text, key, before.heading)
