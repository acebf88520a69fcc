"""What has been changed inside a piece of text, as edits of what is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from samverkan_desktop.domain.links import uri
from samverkan_desktop.domain.review import Edit, TextEdit
from samverkan_desktop.domain.text import Span, Spans, cut, normal_spans, spans_text
from samverkan_desktop.exchange.word.aligning import Atom
from samverkan_desktop.exchange.word.content import Marks, Revision, Run

Ties = frozenset[str]
NO_TIES: Ties = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit and whose it is. Proposals that share a tie belong together.

    `nested` are edits of what this one inserts, by others.
    """

    edit: Edit
    revisions: tuple[Revision, ...]
    ties: Ties = NO_TIES
    nested: "tuple[Proposal, ...]" = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that is edited, with the place in `stored` of each character of it.

    `marks` are those that each character had. Without a block nothing of it is stored.
    """

    block: str
    spot: str
    stored: Spans
    at: tuple[int, ...]
    marks: Sequence[Marks]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing met while the piece is read: a character of it, or one that was put in.

    `index` is the character of the piece, -1 for one put in. `taken` is who took it out of there,
    `put` who put it in.
    """

    atom: Atom
    index: int = -1
    taken: Revision | None = None
    put: Revision | None = None
    ties: Ties = NO_TIES
    is_kept: bool = False  # whatever its marks are now


@dataclass(slots=True)
class _Open:
    """An edit being made, in characters of the piece."""

    revision: Revision
    ties: Ties
    start: int
    end: int
    is_format: bool = False
    inserted: list[Atom] = field(default_factory=list)


def text_proposals(piece: Piece, events: Sequence[Event], who: Revision) -> list[Proposal]:
    """Return the edits that events make of a piece; formatting without an author is `who`'s."""
    opened = list(_opened(piece, events, who))
    out = []
    for order, one in enumerate(opened):
        made = _proposal(piece, one, order)
        if made is not None:
            out.append(made)
    return out


def written(atoms: Sequence[Atom]) -> Spans:
    """Return characters that were put in, as spans."""
    return normal_spans(
        Span(a.char, a.marks.bold, a.marks.italic, a.marks.link or None) for a in atoms
    )


def written_runs(runs: Sequence[Run]) -> Spans:
    """Return runs as spans."""
    return normal_spans(
        Span(run.text, run.marks.bold, run.marks.italic, run.marks.link or None) for run in runs
    )


def has_same_marks(new: Marks, old: Marks) -> bool:
    """Whether marks are the same; an address may have been written in another way."""
    if (new.bold, new.italic) != (old.bold, old.italic):
        return False
    return new.link == old.link or uri(new.link).rstrip("/") == old.link.rstrip("/")


def is_joined(one: Revision, other: Revision) -> bool:
    """Whether changes that stand together are one: by the same person, in the same move or none."""
    return (one.author, one.move) == (other.author, other.move)


def _opened(piece: Piece, events: Sequence[Event], who: Revision) -> Iterator[_Open]:
    """Yield the edits, each as long as the same person goes on."""
    current: _Open | None = None
    last = 0  # how much of the piece has been met
    for event in events:
        revision, is_format = _done(piece, event, who)
        at = event.index if event.index >= 0 else last
        last = max(last, event.index + 1)
        if current is not None and not _goes_on(current, revision, event, is_format=is_format):
            yield current
            current = None
        if revision is None:
            continue
        if current is None:
            current = _Open(revision, event.ties, at, at, is_format)
        current.end = last
        if event.put is not None or is_format:
            current.inserted.append(event.atom)
    if current is not None:
        yield current


def _done(piece: Piece, event: Event, who: Revision) -> tuple[Revision | None, bool]:
    """Return who has done something with a character, and whether it is no more than its marks."""
    if event.put is not None:
        own = event.atom.deleted is not None and event.atom.deleted.author == event.put.author
        return (None if own else event.put), False
    if event.taken is not None:
        return event.taken, False
    if event.is_kept or has_same_marks(event.atom.marks, piece.marks[event.index]):
        return None, False
    return event.atom.formatted or who, True


def _goes_on(current: _Open, revision: Revision | None, event: Event, *, is_format: bool) -> bool:
    if revision is None:
        return False
    same = is_joined(current.revision, revision) and current.ties == event.ties
    return same and current.is_format == is_format


def _proposal(piece: Piece, one: _Open, order: int) -> Proposal | None:
    start, end = piece.at[one.start], piece.at[one.end]
    before = spans_text(piece.stored)
    inserted = written(one.inserted)
    if one.is_format:
        inserted = _formatted(piece, one)
    elif not inserted and start == end:
        return None  # what the document adds of itself isn't stored
    edit = TextEdit(
        block=piece.block, spot=piece.spot, start=start, end=end, before=before,
        removed=before[start:end], inserted=inserted, order=order,
    )  # fmt: skip
    move = one.revision.move
    ties = one.ties | {f"move {one.revision.author} {move}"} if move else one.ties
    return Proposal(edit, (one.revision,), ties, tuple(_nested(edit, one)))


def _formatted(piece: Piece, one: _Open) -> Spans:
    """Return the stored characters of a stretch with the marks that they have been given."""
    out: list[Span] = []
    for index in range(one.start, one.end):
        marks = one.inserted[index - one.start].marks
        for span in cut(piece.stored, piece.at[index], piece.at[index + 1]):
            link = span.link if uri(span.link or "") == uri(marks.link) else marks.link or None
            out.append(replace(span, bold=marks.bold, italic=marks.italic, link=link))
    return normal_spans(out)


def _nested(edit: TextEdit, one: _Open) -> Iterator[Proposal]:
    """Yield what others took out of what was put in."""
    before = spans_text(edit.inserted)
    held: tuple[Revision, int] | None = None
    for at, atom in enumerate((*one.inserted, None)):
        by = atom.deleted if atom is not None else None
        if held is not None and (by is None or not is_joined(by, held[0])):
            revision, start = held
            inner = replace(
                edit, start=start, end=at, before=before, removed=before[start:at], inserted=()
            )
            yield Proposal(inner, (revision,))
            held = None
        if by is not None and held is None and not one.is_format:
            held = by, at
