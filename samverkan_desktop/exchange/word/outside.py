"""What was changed where no section is: told in words, since no suggestion can be made of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from samverkan_desktop.domain.composition import (
    APPROVALS,
    ATTACHMENTS,
    HEAD,
    ORGANISATION,
    SIGNATURES,
    TITLE,
)
from samverkan_desktop.domain.document import Document, OrganisationBlock
from samverkan_desktop.domain.text import spans_text
from samverkan_desktop.exchange.word.content import PICTURE, Grid, Item, Line, Revision, Story
from samverkan_desktop.exchange.word.parting import OUTSIDE, plain
from samverkan_desktop.exchange.word.sent import SentGrid, SentItem, SentPart
from samverkan_desktop.exchange.word.suggesting import latest, people_named

_PLACES = {
    HEAD: "ärendehuvudet",
    TITLE: "titeln",
    SIGNATURES: "underskrifterna",
    ATTACHMENTS: "bilagorna",
    ORGANISATION: "avsändaren",
    APPROVALS: "attesterna",
    OUTSIDE: "mellan avsnitten",
}
_PAGE = re.compile(r"\d+ \(\d+\)")
_AROUND = {"header": "sidhuvudet", "footer": "sidfoten"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A change outside the sections: `place` is a Swedish phrase, the texts are what it was about.

    `before` is what was sent, `after` what stands there when every change is accepted.
    """

    place: str
    before: str = ""
    after: str = ""
    author: str = ""
    at: datetime | None = None


def part_outside(
    part: SentPart | None, items: Sequence[Item], key: str, who: Revision
) -> Iterator[Outside]:
    """Yield what differs in a part that is no section."""
    sent = [text for item in (part.items if part else ()) for text in _sent_texts(item)]
    pairs = [pair for item in items for pair in _texts(item)]
    if part is not None and part.key == ORGANISATION and not pairs:
        return  # it stands at the foot of the page
    there = [text for text, _ in pairs]
    matcher = SequenceMatcher(
        None, [plain(text) for text in sent], [plain(text) for text in there], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        before, after = "\n".join(sent[i1:i2]), "\n".join(there[j1:j2])
        if tag != "equal" and (before.strip() or after.strip()):
            people = [one for _, by in pairs[j1:j2] for one in by]
            yield told(_PLACES.get(key, key), before, after, people or [who])


def told(place: str, before: str, after: str, people: Sequence[Revision]) -> Outside:
    """Return a change outside the sections, with who made it."""
    return Outside(
        place=place, before=before, after=after, author=people_named(people), at=latest(people)
    )


def around_outside(story: Story, document: Document, who: Revision) -> Iterator[Outside]:
    """Yield what headers and footers say that we didn't write; pages are counted anew anywhere."""
    furniture = document.furniture
    lines = [e for p in document.parts for e in p.elements if isinstance(e, OrganisationBlock)]
    ours = [furniture.document_name, furniture.dnr, furniture.date, furniture.page_label]
    ours += [furniture.confidential, *(line for org in lines for g in org.groups for line in g)]
    known = sorted(filter(None, map(_without_page, ours)), key=len, reverse=True)
    for kind, text, _ in story.around:
        left = _without_page(text)
        for one in known:
            left = left.replace(one, " ")
        if left.split():
            yield told(_AROUND[kind], "", " ".join(left.split()), [who])


def _without_page(text: str) -> str:
    """Return a line without the number of the page and the dots between its parts."""
    return _PAGE.sub("", text).replace("·", " ").strip()


def note_outside(story: Story, who: Revision) -> Iterator[Outside]:
    """Yield what stands in no line: notes, text boxes."""
    for what, text in story.notes:
        yield told(what, "", text, [who])


def _sent_texts(item: SentItem) -> Iterator[str]:
    if isinstance(item, SentGrid):
        yield from (cell.text for row in item.rows for cell in row if cell.text)
    elif spans_text(item.spans):
        yield item.text


def _texts(item: Item) -> Iterator[tuple[str, list[Revision]]]:
    for line in item.lines() if isinstance(item, Grid) else (item,):
        text = line.final_text.replace(PICTURE, "")
        people = list(_people(line))
        if text.strip() or people:
            yield text, people


def _people(line: Line) -> Iterator[Revision]:
    for run in line.runs:
        yield from (one for one in (run.inserted, run.deleted) if one is not None)
