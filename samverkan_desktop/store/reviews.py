"""What others suggest and say about the drafts in an open library."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.journal import Act
from samverkan_desktop.domain.review import Comment, Judged, State, Suggestion
from samverkan_desktop.domain.version import Reason
from samverkan_desktop.store import blobs
from samverkan_desktop.store.drafts import number_of, update_draft
from samverkan_desktop.store.history import keep_and_tell
from samverkan_desktop.store.journal import add_entry
from samverkan_desktop.store.open_file import OpenFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What comes in at once: `files` are new images, by the names that the suggestions use.

    `source` says where it comes from, for the version before and the journal.
    """

    suggestions: Sequence[Suggestion] = ()
    comments: Sequence[Comment] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    source: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """How many suggestions and comments were new; a comment with a new answer is."""

    suggestions: int = 0
    comments: int = 0


class Reviews:
    """Part of a Library. Every method raises StorageError, and UnknownDraftError for no such draft.

    What is written is on the disk when the method returns; what fails has changed nothing.
    """

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def put(self, draft_id: str, incoming: Incoming) -> Added:
        """Keep what is new of suggestions and comments; the draft is kept as a version first.

        What is known already, judged or not, changes nothing.
        """
        with self._file.writing() as connection:
            draft = number_of(connection, draft_id)
            known = {judged.suggestion.id for judged in _suggestions(connection, draft)}
            said = {comment.id: comment for comment in _comments(connection, draft)}
            new = [one for one in incoming.suggestions if one.id not in known]
            remarks = [one for one in incoming.comments if said.get(one.id) != one]
            if not new and not remarks:
                return Added()
            who, now = self._file.author, self._file.clock()
            why = (Reason.BEFORE, f"inläsning av {incoming.source}")
            keep_and_tell(connection, (draft, draft_id), why, who, now)
            there = blobs.file_names(connection, draft)
            for name, data in incoming.files.items() if new else ():
                if name in there:
                    continue
                blobs.put_named_file(connection, draft, name, data)
            _put_suggestions(connection, draft, (Judged(one) for one in new))
            _put_comments(connection, draft, remarks)
            counts = {"suggestions": str(len(new)), "comments": str(len(remarks))}
            told = {**incoming.detail, **counts}
            add_entry(connection, draft_id, Act.IMPORTED, told, who, now)
        return Added(len(new), len(remarks))

    def all(self, draft_id: str) -> tuple[Judged, ...]:
        """Return all suggestions for a draft, judged ones too, in the order they came."""
        with self._file.reading() as connection:
            return tuple(_suggestions(connection, number_of(connection, draft_id)))

    def open(self, draft_id: str) -> tuple[Suggestion, ...]:
        """Return the suggestions that are still to be judged, in the order they came."""
        return tuple(j.suggestion for j in self.all(draft_id) if j.state is State.OPEN)

    def comments(self, draft_id: str) -> tuple[Comment, ...]:
        """Return the comments on a draft, in the order they came."""
        with self._file.reading() as connection:
            return tuple(_comments(connection, number_of(connection, draft_id)))

    def settle(self, draft: Draft, previous: Draft, judged: Sequence[Judged]) -> None:
        """Write a draft and what has become of its suggestions, in one change.

        `previous` is the draft as it was last saved. Suggestions that aren't named stay as they
        are. The journal tells which were accepted and rejected.
        """
        with self._file.writing() as connection:
            number, now = number_of(connection, draft.id), self._file.clock()
            before = {j.suggestion.id: j.state for j in _suggestions(connection, number)}
            if draft != previous:
                update_draft(connection, draft, previous, now)
            _put_suggestions(connection, number, judged)
            changed = [j for j in judged if before.get(j.suggestion.id) is not j.state]
            for state in State:
                ids = [j.suggestion.id for j in changed if j.state is state]
                if ids:
                    told = {"state": state.value, "suggestions": " ".join(ids)}
                    add_entry(connection, draft.id, Act.REVIEWED, told, self._file.author, now)


def _suggestions(connection: sqlite3.Connection, draft: int) -> Iterable[Judged]:
    from samverkan_desktop.codec.review_json import read_suggestion  # takes longer than the rest

    rows = connection.execute(
        "SELECT value, state FROM suggestions WHERE draft = ? ORDER BY rowid", (draft,)
    ).fetchall()
    return [Judged(read_suggestion(value, "suggestion"), State(state)) for value, state in rows]


def _comments(connection: sqlite3.Connection, draft: int) -> Iterable[Comment]:
    from samverkan_desktop.codec.review_json import read_comment

    rows = connection.execute(
        "SELECT value FROM comments WHERE draft = ? ORDER BY rowid", (draft,)
    ).fetchall()
    return [read_comment(value, "comment") for (value,) in rows]


def _put_suggestions(connection: sqlite3.Connection, draft: int, judged: Iterable[Judged]) -> None:
    from samverkan_desktop.codec.review_json import write_review

    connection.executemany(
        "INSERT INTO suggestions (draft, id, state, value) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (draft, id) DO UPDATE SET state = excluded.state, value = excluded.value",
        [(draft, j.suggestion.id, j.state.value, write_review(j.suggestion)) for j in judged],
    )


def _put_comments(connection: sqlite3.Connection, draft: int, comments: Iterable[Comment]) -> None:
    from samverkan_desktop.codec.review_json import write_review

    connection.executemany(
        "INSERT INTO comments (draft, id, value) VALUES (?, ?, ?) "
        "ON CONFLICT (draft, id) DO UPDATE SET value = excluded.value",
        [(draft, comment.id, write_review(comment)) for comment in comments],
    )
