"""What time takes away, by stated rules: old versions that nobody asked for, and the bin."""

from datetime import datetime, timedelta

from samverkan_desktop.domain.progress import Progress
from samverkan_desktop.store.library import DraftSummary, Library


def tidy(
    library: Library, bin_days: int, now: datetime, progress: Progress
) -> tuple[DraftSummary, ...]:
    """Thin the versions of every draft, and erase what has been in the bin for `bin_days` days.

    Nothing is erased unless `bin_days` is positive. Returns what was erased. `now` is aware.

    Raises StorageError or JobCancelledError; what has been done by then stays done.
    """
    binned, living = library.bin(), library.summaries()
    for done, summary in enumerate((*living, *binned)):
        progress(done, len(living) + len(binned))
        library.history.thin(summary.id)
    expired = tuple(summary for summary in binned if _has_expired(summary, bin_days, now))
    for summary in expired:
        library.erase(summary.id)
    return expired


def _has_expired(summary: DraftSummary, bin_days: int, now: datetime) -> bool:
    if summary.deleted_at is None or bin_days <= 0:
        return False
    return now - summary.deleted_at >= timedelta(days=bin_days)
