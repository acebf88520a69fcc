"""Our Word file back: what has been suggested and said in it, and what was changed elsewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from samverkan_desktop.codec.travelling import Travelling
from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.review import Comment, Suggestion
from samverkan_desktop.domain.spots import spots
from samverkan_desktop.domain.text import Blocks, spans_text, walk
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.accounting import NOTHING, Account, length
from samverkan_desktop.exchange.word.aligning import Effort
from samverkan_desktop.exchange.word.anchoring import Texts, anchors, comments
from samverkan_desktop.exchange.word.building import Names
from samverkan_desktop.exchange.word.carried import carried_draft, last_saved
from samverkan_desktop.exchange.word.comparing import Comparing
from samverkan_desktop.exchange.word.content import Item, Line, Revision, Role
from samverkan_desktop.exchange.word.losses import losses
from samverkan_desktop.exchange.word.outside import (
    Outside,
    around_outside,
    note_outside,
    part_outside,
    told,
)
from samverkan_desktop.exchange.word.parting import OUTSIDE, part_file, plain
from samverkan_desktop.exchange.word.remarks import read_remarks
from samverkan_desktop.exchange.word.sent import SentItem, SentLine, SentPart, sent_part
from samverkan_desktop.exchange.word.story import read_story
from samverkan_desktop.exchange.word.suggesting import suggestions
from samverkan_desktop.exchange.word.trail import Step, trail_of
from samverkan_desktop.exchange.word.untouched import is_untouched

# Return the stored blocks of a section by its key, None for what is no section.
Contents = Callable[[str], Blocks | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came back. `version` is the SHA-256 of the draft that was sent.

    `pictures` are the contents of new images, by the names that suggestions use. `lost` are Swedish
    sentences about what a program has taken out of the file that isn't text.
    """

    draft_id: str
    version: str
    saved_by: str
    suggestions: tuple[Suggestion, ...] = ()
    comments: tuple[Comment, ...] = ()
    outside: tuple[Outside, ...] = ()
    lost: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    account: Account = NOTHING

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has been changed or said."""
        return not (self.suggestions or self.comments or self.outside)


def read_returned(
    package: Package, carried: Travelling, document: Document, contents: Contents
) -> Returned:
    """Compare a file with the draft that it carries, composed as `document`.

    Raises UnreadableFileError.
    """
    story, who = read_story(package), last_saved(package)
    parts = [sent_part(part, contents(part.key)) for part in document.parts]
    parted = part_file(story.items, parts)
    names, effort = Names(carried.sha256), Effort()
    made: list[Suggestion] = []
    outside: list[Outside] = []
    trails: list[tuple[str, Sequence[Step], Texts]] = []
    pictures: dict[str, bytes] = {}
    account = Account()
    for part in parts:
        items = parted.items.get(part.key, [])
        if part.stored is None:
            account += Account(outside=length(items))
            outside += part_outside(part, items, part.key, who)
            trails.append(("", list(_outside_trail(items)), {}))
            continue
        sent, body, changed = _heading_apart(part, items, who)
        outside += changed
        account += Account(outside=length(items[: len(items) - len(body)]))
        trails.append(("", list(_outside_trail(items[: len(items) - len(body)])), {}))
        if is_untouched(sent, body):
            account += Account(text=length(body))
            continue
        compared = Comparing(sent, body, part.stored, names, who, effort).compare()
        account += compared.account
        made += suggestions(compared.proposals, part.key, names)
        place = f"avsnittet ”{_heading(part)}”"
        outside += [told(place, u.before, u.after, u.revisions) for u in compared.untold]
        pictures |= {name: package.read(member) for name, member in compared.pictures.items()}
        trails.append((part.key, compared.trail, _texts(part.stored)))
    between = parted.items.get(OUTSIDE, [])
    account += Account(outside=length(between))
    outside += part_outside(None, between, OUTSIDE, who)
    trails.append(("", list(_outside_trail(between)), {}))
    outside += [*around_outside(story, document, who), *note_outside(story, who)]
    return Returned(
        draft_id=carried.draft.id,
        version=carried.sha256,
        saved_by=who.author,
        suggestions=tuple(made),
        comments=comments(read_remarks(package), anchors(trails), carried.sha256),
        outside=tuple(outside),
        lost=tuple(losses(package, document, parted.by_heading)),
        pictures=pictures,
        account=account,
    )


def _heading_apart(
    part: SentPart, items: Sequence[Item], who: Revision
) -> tuple[Sequence[SentItem], Sequence[Item], list[Outside]]:
    """Return a section without its heading, sent and as it is, and what was done to that."""
    first = part.items[0] if part.items else None
    if not isinstance(first, SentLine) or first.kind.role is not Role.SECTION:
        return part.items, items, []
    place = f"rubriken till avsnittet ”{first.text}”"
    there = items[0] if items else None
    if not isinstance(there, Line) or not _is_heading(there, first.text):
        return part.items[1:], items, [told(place, first.text, "", [who])]
    after = there.final_text
    if plain(after) == plain(first.text):
        return part.items[1:], items[1:], []
    people = [one for run in there.runs for one in (run.inserted, run.deleted) if one]
    return part.items[1:], items[1:], [told(place, first.text, after, people or [who])]


def _is_heading(line: Line, text: str) -> bool:
    sent = "".join(run.text for run in line.runs if run.inserted is None)
    return line.kind.role is Role.SECTION or plain(sent) == plain(text)


def _heading(part: SentPart) -> str:
    first = part.items[0] if part.items else None
    return first.text if isinstance(first, SentLine) else part.key


def _texts(stored: Blocks) -> Texts:
    return {
        (block.id, spot): spans_text(spans)
        for block in walk(stored)
        for spot, spans in spots(block)
    }


def _outside_trail(items: Sequence[Item]) -> Iterator[Step]:
    for item in items:
        for line in (item,) if isinstance(item, Line) else item.lines():
            yield from trail_of(line, ())


__all__ = ["Contents", "Returned", "carried_draft", "read_returned"]
