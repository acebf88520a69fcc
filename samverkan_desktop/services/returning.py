"""Our Word file back: read beside the library, kept in it, and each suggestion judged."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import NotReturnedError, SamverkanError, UnknownDraftError
from samverkan_desktop.domain.review import Anchor, Comment, Judged, Remark, State, Suggestion
from samverkan_desktop.domain.review_content import content_of, with_content
from samverkan_desktop.domain.reviewing import OrphanError, accept, reject
from samverkan_desktop.domain.seating import with_rows
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.exchange.word.outside import Outside
from samverkan_desktop.exchange.word.returned import Returned
from samverkan_desktop.store.library import Library
from samverkan_desktop.store.reviews import Added, Incoming


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A file that came back, read: what it says, and the draft that it was sent with."""

    file: str
    sha256: str  # of the file
    returned: Returned
    sent: Draft
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class KeptBack:
    """What became of a file that came back. `sent` is the version's number, None when unknown.

    `is_new_draft`: the library didn't have the draft, which has been added as it was sent.
    """

    read: ReadBack
    added: Added
    sent: int | None
    is_new_draft: bool = False


def is_ours(path: Path) -> bool:
    """Whether a file is a Word file that carries a draft of ours; what can't be read isn't."""
    from samverkan_desktop.exchange.office.package import open_package
    from samverkan_desktop.exchange.word.carried import carried_draft

    try:
        return carried_draft(open_package(path)) is not None
    except SamverkanError:
        return False


def read_back(path: Path, catalogue: Catalogue) -> ReadBack:
    """Read a Word file of ours; no library is needed, and nothing is kept.

    Raises UnreadableFileError, InvalidFieldError or UnknownTemplateError; NotReturnedError when it
    carries no draft.
    """
    from samverkan_desktop.exchange.office.package import Package, read_office_file
    from samverkan_desktop.exchange.word.carried import carried_draft, carried_files
    from samverkan_desktop.exchange.word.returned import read_returned

    data = read_office_file(path)
    package = Package(data, path.name)
    carried = carried_draft(package)
    if carried is None:
        raise NotReturnedError(path.name)
    draft = carried.draft
    template = catalogue.template(draft.template)
    returned = read_returned(
        package, carried, compose(draft, template), lambda key: content_of(draft, template, key)
    )
    known = tuple(
        with_rows(one, content_of(draft, template, one.section) or ())
        for one in returned.suggestions
    )
    returned = replace(returned, suggestions=known)
    files = carried_files(package, carried)
    return ReadBack(path.name, hashlib.sha256(data).hexdigest(), returned, draft, files)


def keep_back(library: Library, read: ReadBack) -> KeptBack:
    """Keep what came back, in one change; the same file again changes nothing.

    A draft that the library doesn't have is added as it was sent.

    Raises StorageError; nothing has been kept then.
    """
    returned = read.returned
    is_new = False
    try:
        library.load(read.sent.id)
    except UnknownDraftError:
        library.add(read.sent, read.files, Reason.IMPORTED)
        is_new = True
    outside = (_as_comment(one, returned.version) for one in returned.outside)
    incoming = Incoming(
        suggestions=returned.suggestions,
        comments=(*returned.comments, *outside),
        files=returned.pictures,
        source=read.file,
        detail={"file": read.file, "sha256": read.sha256, "version": returned.version},
    )
    added = library.reviews.put(read.sent.id, incoming)
    versions = library.history.versions(read.sent.id)
    known = [version.number for version in versions if version.sha256 == returned.version]
    return KeptBack(read, added, known[-1] if known else None, is_new)


def _as_comment(outside: Outside, version: str) -> Comment:
    """Return a change outside the sections as a comment, so that it is kept and seen."""
    changes = ((outside.before, "borttaget"), (outside.after, "tillagt"))
    told = ", ".join(f"{what} ”{text}”" for text, what in changes if text)
    text = f"Ändrat utanför avsnitten, {outside.place}: {told}"
    identity = hashlib.sha256(f"{version} {outside.author} {outside.at} {text}".encode())
    remark = Remark(author=outside.author, at=outside.at, text=text)
    return Comment(id=identity.hexdigest()[:32], anchor=Anchor(), remark=remark)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A draft with suggestions judged: what to write. `orphans` could not be accepted."""

    draft: Draft
    judged: tuple[Judged, ...]
    orphans: tuple[Suggestion, ...] = ()


def accepted(
    draft: Draft, template: Template, chosen: Sequence[str], waiting: Sequence[Suggestion]
) -> Judgement:
    """Accept the chosen suggestions (by id) of those that wait.

    Those whose text has been changed since are left as they are, and told.
    """
    left = list(waiting)
    judged: dict[str, Judged] = {}
    orphans: dict[str, Suggestion] = {}
    while (one := _next(left, set(chosen) - orphans.keys())) is not None:
        own = [other for other in left if other.section == one.section]
        content = content_of(draft, template, one.section)
        try:
            if content is None:
                raise OrphanError(one.section)  # noqa: TRY301 - as when the text is gone
            reviewed = accept(content, replace(one, within=""), own)
        except OrphanError:
            orphans[one.id] = one
            continue
        draft = with_content(draft, template, one.section, reviewed.content)
        kept = {other.id: other for other in reviewed.left}
        gone = [other for other in own if other.id not in kept and other.id != one.id]
        judged |= {other.id: Judged(other, State.REJECTED) for other in gone}
        judged[one.id] = Judged(one, State.ACCEPTED)
        left = [kept.get(other.id, other) for other in left if other.id not in judged]
    before = set(waiting)
    moved = (Judged(other) for other in left if other not in before)
    return Judgement(draft, (*judged.values(), *moved), tuple(orphans.values()))


def rejected(draft: Draft, chosen: Sequence[str], waiting: Sequence[Suggestion]) -> Judgement:
    """Reject the chosen suggestions (by id), and those about what they would have put in."""
    left = tuple(waiting)
    for one in waiting:
        if one.id in chosen:
            left = reject(one, left)
    kept = {one.id for one in left}
    gone = tuple(Judged(one, State.REJECTED) for one in waiting if one.id not in kept)
    return Judgement(draft, gone)


def _next(left: Sequence[Suggestion], chosen: set[str]) -> Suggestion | None:
    """Return the next one to accept: what it stands in before it."""
    ids = {one.id for one in left}
    ready = (one for one in left if one.id in chosen and one.within not in ids & chosen)
    return next(ready, None)
