"""What this process last read and wrote of each draft, to notice when another has written it."""

import sqlite3
from datetime import datetime

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import UnknownDraftError
from samverkan_desktop.store.drafts import read_draft
from samverkan_desktop.store.summary import write_time

_MOST = 100


class KnownDrafts:
    """The last values of the latest drafts with the time that the library has for them.

    Who adds thousands doesn't hold them all in memory: what is forgotten can be read again.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[Draft, str]] = {}  # the latest last

    def learn(self, draft: Draft, changed_at: datetime) -> None:
        """Remember what the library now has."""
        self._known.pop(draft.id, None)
        self._known[draft.id] = draft, write_time(changed_at)
        if len(self._known) > _MOST:
            del self._known[next(iter(self._known))]

    def is_stored(self, connection: sqlite3.Connection, draft: Draft) -> bool:
        """Whether the library has this value of a draft. It is read only if time doesn't tell.

        Times are compared for being the same, so that it doesn't matter what the clock has done.

        Raises UnknownDraftError.
        """
        known, at = self._known.get(draft.id, (None, ""))
        if known is draft and at == _changed_at(connection, draft.id):
            return True
        return read_draft(connection, draft.id) == draft


def read_dated(connection: sqlite3.Connection, draft_id: str) -> tuple[Draft, datetime]:
    """Return a draft and when it was changed.

    A change that comes between the two questions is noticed when the draft is saved.

    Raises UnknownDraftError; InvalidFieldError or NewerFormatError when a part can't be read.
    """
    changed_at = datetime.fromisoformat(_changed_at(connection, draft_id))
    return read_draft(connection, draft_id), changed_at


def _changed_at(connection: sqlite3.Connection, draft_id: str) -> str:
    asked = "SELECT changed_at FROM drafts WHERE id = ?"
    row = connection.execute(asked, (draft_id,)).fetchone()
    if row is None:
        raise UnknownDraftError(draft_id)
    return str(row[0])
