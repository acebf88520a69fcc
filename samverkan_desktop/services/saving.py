"""Saving a draft that others may write too, so that nobody's text is lost."""

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import ChangedElsewhereError, UnknownDraftError
from samverkan_desktop.domain.version import Reason, Version
from samverkan_desktop.store.library import Library

KEPT_FOR = "skrivet av ett annat program"


def save(library: Library, draft: Draft, previous: Draft) -> Version | None:
    """Write a draft; return the version that holds what another process wrote meanwhile, if any.

    `previous` is the draft as this process last loaded or saved it. What another has written since
    is kept as a version (a named one, which no rule lets go of) before it is written over. A draft
    that is gone, as when an older library was put in place of the one that was opened, is added
    again.

    Raises StorageError; what the library has is as it was then.
    """
    try:
        library.save(draft, previous)
    except UnknownDraftError:
        library.add(draft)
    except ChangedElsewhereError:
        theirs = library.load(draft.id)  # before it is kept: a later one isn't written over
        kept = library.history.keep(draft.id, Reason.NAMED, KEPT_FOR)
        library.save(draft, theirs)
        return kept
    return None
