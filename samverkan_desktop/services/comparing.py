"""Comparing two versions of a draft in the library."""

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.comparing import Comparison, compare
from samverkan_desktop.store.library import Library


def compare_versions(
    library: Library, catalogue: Catalogue, draft_id: str, old: int, new: int | None
) -> Comparison:
    """Return what differs between two versions of a draft; `new` None is the draft as it is now.

    Raises UnknownDraftError, UnknownVersionError, UnknownTemplateError or StorageError.
    """
    before = library.history.draft(draft_id, old)
    after = library.load(draft_id) if new is None else library.history.draft(draft_id, new)
    old_template, template = map(catalogue.template, (before.template, after.template))
    return compare(before, after, template, old_template)
