"""Beginning a draft: from a template, from another draft, from a file."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.codec.draft_json import read_draft, write_draft
from samverkan_desktop.domain.draft import DecisionGroup, Draft, Organisation
from samverkan_desktop.domain.errors import DraftExistsError
from samverkan_desktop.domain.template import OrganisationProfile, Template
from samverkan_desktop.files import read_bytes, write_bytes
from samverkan_desktop.settings import Settings
from samverkan_desktop.store.library import Library


def new_id() -> str:
    """Return an id that no other draft has, on this computer or another."""
    return str(uuid.uuid4())


def new_draft(
    template: Template,
    profile: OrganisationProfile | None,
    settings: Settings,
    today: date | None = None,
    new_id: Callable[[], str] = new_id,
) -> Draft:
    """Return an empty draft, filled in with what is known before the officer begins.

    `today` (the document's date) is the computer's date unless given. The draft has no sections:
    the outline offers the template's.
    """
    lead_in = template.decision.default_lead_in
    return Draft(
        id=new_id(),
        template=template.id,
        title="",
        subtitle="" if "…" in template.subtitle else template.subtitle,
        language=template.language,
        committee=profile.committee if profile else "",
        document_date=today or date.today(),
        officer=settings.officer,
        organisation=_organisation(profile) if profile else Organisation(),
        decision=(DecisionGroup(lead_in=lead_in),) if lead_in else (),
    )


def duplicate(library: Library, draft_id: str) -> Draft:
    """Add a copy of a draft, with its files, as the beginning of another matter; return it.

    What belongs to the old matter alone is not copied: dnr, dates and approvals.

    Raises UnknownDraftError or StorageError.
    """
    draft = library.load(draft_id)
    copy = replace(
        draft,
        id=new_id(),
        title=f"{draft.title} (kopia)".strip(),
        dnr="",
        meeting_date=None,
        document_date=None,
        approvals=(),
    )
    names = library.file_names(draft_id)
    return library.add(copy, {name: library.file(draft_id, name) for name in names})


def add_from_json(library: Library, path: Path, catalogue: Catalogue) -> Draft:
    """Add the draft in a draft.json, with the files that lie beside it; return it as added.

    Raises UnreadableFileError, InvalidFieldError, NewerFormatError, UnknownTemplateError,
    DraftExistsError or StorageError; nothing has been added then.
    """
    draft = read_json(path)
    catalogue.template(draft.template)
    files = files_beside(path)
    contents = {name: files(name) for name in sorted(draft.file_names())}
    return library.add(draft if draft.id else replace(draft, id=new_id()), contents)


@dataclass(frozen=True, slots=True)
class Added:
    """A draft that a file was to add; `was_there`: the library had it, and the file wasn't read."""

    draft_id: str
    was_there: bool


def add_or_find(library: Library, path: Path, catalogue: Catalogue) -> Added:
    """Add the draft in a draft.json, or find the one with its id; out of the bin if need be.

    Raises what `add_from_json` does, but DraftExistsError.
    """
    try:
        return Added(add_from_json(library, path, catalogue).id, was_there=False)
    except DraftExistsError:
        draft_id = read_json(path).id
        library.restore(draft_id)
        return Added(draft_id, was_there=True)


def read_json(path: Path) -> Draft:
    """Read a draft.json.

    Raises UnreadableFileError, InvalidFieldError or NewerFormatError.
    """
    return read_draft(read_bytes(path), str(path))


def write_json(draft: Draft, path: Path) -> None:
    """Write a draft to a draft.json, without its id: read again, it is a draft of its own.

    Raises WriteError.
    """
    write_bytes(path, write_draft(replace(draft, id="")))


def files_beside(path: Path) -> Callable[[str], bytes]:
    """Return a reader of the files in the folder of a draft.json, by the names that it uses.

    The reader raises UnreadableFileError.
    """
    return lambda name: read_bytes(path.parent / name)


def _organisation(profile: OrganisationProfile) -> Organisation:
    return Organisation(
        name=profile.name,
        street=profile.street,
        postal_box=profile.postal_box,
        postal_address=profile.postal_address,
        switchboard=profile.switchboard,
        email=profile.email,
        web=profile.web,
    )
