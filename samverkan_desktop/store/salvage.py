"""Drafts put together from the rows that are left of a damaged library.

Every part is read by the codec. What it can't read is kept as plain text in a section, so that
nothing that can still be seen is lost; what is lost is named.
"""

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from samverkan_desktop.codec.draft_json import (
    FORMAT,
    draft_from_plain,
    parse_json,
    read_section,
)
from samverkan_desktop.domain.draft import Draft, Section
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.store.cells import Cell, Row, Value, is_text, read_row
from samverkan_desktop.store.index import HEAD
from samverkan_desktop.store.remains import Remains
from samverkan_desktop.store.rescued_draft import RescuedDraft, with_missing
from samverkan_desktop.store.rescued_text import (
    kept_text,
    paragraphs,
    text_of,
    title_and_more,
    whole_text,
)
from samverkan_desktop.store.summary import SUMMARY_COLUMNS, DraftSummary, read_summary


@dataclass(frozen=True, slots=True)
class _Part:
    key: str
    position: int
    value: Draft | Section | None  # None: it can't be read
    text: str  # what it says, where it can't be read
    is_latest: bool
    age: int  # of the page that it lies on


def numbers(remains: Remains) -> list[int]:
    """Return the numbers of all drafts that something is left of."""
    known = set(remains.rows["drafts"])
    if "drafts" not in remains.whole:
        known |= remains.rows["parts"].keys() | remains.rows["versions"].keys()
    return sorted(n for n in known if isinstance(n, int) and 0 < n < 2**63)


def ids(remains: Remains) -> dict[str, int]:
    """Return the numbers of the drafts in the list, by id."""
    found = ((number, _summary(remains, number)) for number in numbers(remains))
    return {summary.id: number for number, summary in found if summary}


def rescue(remains: Remains, number: int) -> RescuedDraft:
    """Put together what is left of a draft."""
    summary = _summary(remains, number)
    parts = _current(_parts(remains, number), summary)
    told = _told_texts(remains, number)
    head = next((part for part in parts if part.key == HEAD), None)
    draft = head.value if head and isinstance(head.value, Draft) else None
    found = [part for part in parts if part.key != HEAD]
    sections = tuple(_section(part) for part in found)
    has_all = "parts" in remains.whole or not _missing(summary, sections)
    taken = {section.key for section in sections}
    remembered = [] if has_all else [s for s in _remembered(told) if s.key not in taken]
    sections = with_missing(sections, remembered)
    plain = [part.key for part in found if part.value is None and part.text]
    text = (head.text if head else "") or told.get(HEAD, "")
    title, more = title_and_more(text, summary)
    if draft is None and more.strip():
        sections = (kept_text(sections, more), *sections)
    rescued = replace(draft or _headless(summary, title), sections=sections)
    return RescuedDraft(
        number,
        _named(rescued, summary),
        changed_at=summary.changed_at if summary else None,
        deleted_at=summary.deleted_at if summary else None,
        has_head=draft is not None,
        plain=(*plain, *(section.key for section in remembered)),
        gone=tuple(part.key for part in found if part.value is None and not part.text),
        more_gone=not has_all and _missing(summary, sections) > 0,
        is_doubtful=not all(part.is_latest for part in parts),
        is_nameless=summary is None and not rescued.id,
    )


def _summary(remains: Remains, number: int) -> DraftSummary | None:
    for row in remains.read(remains.of("drafts", number).get(None, [])):
        texts = [value for value in row if isinstance(value, str)]
        with suppress(ValueError, TypeError):
            if all(map(is_text, texts)):
                return read_summary(row[1 : 1 + len(SUMMARY_COLUMNS)])
    return None


def _parts(remains: Remains, number: int) -> list[_Part]:
    found = [
        _part(remains, key, cells)
        for key, cells in remains.of("parts", number).items()
        if isinstance(key, str) and (key == HEAD or key.split() == [key])
    ]
    return sorted((part for part in found if part), key=lambda part: (part.position, part.key))


def _current(parts: list[_Part], summary: DraftSummary | None) -> list[_Part]:
    """Leave out parts that were removed, if the rest is what the list of drafts counts.

    They are there again when the page that they were taken from, or the one that says so, is lost:
    older than others, and at the place of another or after all of them.
    """
    total = summary.begun + summary.done if summary else -1
    kept = sorted(parts, key=lambda part: (part.value is not None, part.age), reverse=True)
    while len(kept) > 1:
        current = sorted(kept, key=lambda part: part.position)
        sections = [_section(part) for part in current if part.key != HEAD]
        in_order = [part.position for part in current] == list(range(len(current)))
        if in_order and _counted(sections) == total:
            return current
        kept.pop()
    return parts


def _part(remains: Remains, key: str, cells: Sequence[Cell]) -> _Part | None:
    """Return a part from the first of its rows that the codec can read, or that says anything."""
    found = ((cell, read_row(remains.pages, cell)) for cell in cells)
    rows = [(cell.age, row) for cell, row in found if row]
    for i, (age, row) in enumerate(rows):
        value = _read_value(key, row.values[3])
        if value is not None:
            sound = is_text(row.values[3]) and isinstance(row.values[2], int)
            return _Part(key, _position(row), value, "", i == 0 and sound, age)
    told = (
        _Part(key, _position(row), None, text_of(row), is_latest=False, age=age)
        for age, row in rows
    )
    return max(told, key=lambda part: bool(part.text), default=None)


def _position(row: Row) -> int:
    return row.values[2] if isinstance(row.values[2], int) else 2**31


def _read_value(key: str, value: Value) -> Draft | Section | None:
    if not isinstance(value, str):
        return None
    with suppress(SamverkanError, RecursionError):
        text = whole_text(value)
        if key == HEAD:
            plain = parse_json(text, "head")
            if isinstance(plain, dict):
                head = draft_from_plain({"format": FORMAT, **plain}, "head")
                return replace(head, sections=())
        else:
            section = read_section(text, "section")
            return section if section.key == key else replace(section, key=key)
    return None


def _told_texts(remains: Remains, number: int) -> dict[str, str]:
    """Return what the search index remembers of a draft's parts."""
    for row in remains.read(remains.of("words", number).get(None, [])):
        keys, shown = (whole_text(str(value)).split("\n") for value in row[1:3])
        if len(keys) == len(shown):
            return dict(zip(keys, shown, strict=True))
    return {}


def _remembered(told: Mapping[str, str]) -> list[Section]:
    return [
        Section(key=key, content=paragraphs(text))
        for key, text in told.items()
        if text.strip() and key.split() == [key]
    ]


def _section(part: _Part) -> Section:
    if isinstance(part.value, Section):
        return part.value
    return Section(key=part.key, content=paragraphs(part.text))


def _headless(summary: DraftSummary | None, title: str) -> Draft:
    if summary is None:
        return Draft(template="", title=title)
    return Draft(
        id=summary.id,
        template=summary.template,
        title=title,
        dnr=summary.dnr,
        committee=summary.committee,
        meeting_date=summary.meeting_date,
    )


def _named(draft: Draft, summary: DraftSummary | None) -> Draft:
    """Return a draft with the id that the library knows it by."""
    return replace(draft, id=(summary.id if summary else draft.id) or uuid.uuid4().hex)


def _missing(summary: DraftSummary | None, sections: Sequence[Section]) -> int:
    """Return how many more sections with text the list of drafts counts: 1 if nobody knows."""
    return max(0, summary.begun + summary.done - _counted(sections)) if summary else 1


def _counted(sections: Sequence[Section]) -> int:
    return sum(section.done or not section.is_empty for section in sections)
