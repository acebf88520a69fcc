"""Going back: an earlier version, or one section of it, becomes the newest."""

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import UnknownSectionError
from samverkan_desktop.domain.restoring import with_decision_as_in, with_section_as_in
from samverkan_desktop.domain.version import Version
from samverkan_desktop.store.library import Library


def restore_version(library: Library, draft_id: str, number: int) -> Version:
    """Make a draft what it was in a version; what it is now is kept as a version first.

    Raises UnknownDraftError, UnknownVersionError or StorageError; the draft is then as it was.
    """
    then = library.history.draft(draft_id, number)
    return library.history.put_back(then, f"version {number}")


def restore_section(
    library: Library, draft_id: str, number: int, key: str, decision_key: str
) -> Version:
    """Make one section what it was in a version; what the draft is now is kept first.

    `decision_key` is that of the template's decision slot: with it the decision goes back.

    Raises UnknownDraftError, UnknownVersionError, UnknownSectionError or StorageError; the draft is
    then as it was.
    """
    then = library.history.draft(draft_id, number)
    try:
        draft = section_restored(library.load(draft_id), then, key, decision_key)
    except KeyError as error:
        raise UnknownSectionError(key) from error
    return library.history.put_back(draft, f"{key} ur version {number}")


def section_restored(draft: Draft, then: Draft, key: str, decision_key: str) -> Draft:
    """Return a draft with one section as it was, or the proposed decision.

    Raises KeyError when neither draft has it.
    """
    change = with_decision_as_in if key == decision_key else with_section_as_in
    return change(draft, then, key)
