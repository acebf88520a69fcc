"""The steps that make a library file and bring an older one up to date.

A step that has been released never changes: it is written in SQL of its own time, and uses nothing
else of this program. A new step is added at the end, and its name to schema.MIGRATIONS.
This module imports sqlite-utils, which takes a tenth of a second: connection.py imports it only
when there is a step to apply.
"""

from sqlite3 import Connection

from sqlite_utils import Database, Migrations

from samverkan_desktop.store.schema import MIGRATION_SET

steps = Migrations(MIGRATION_SET)


def apply(connection: Connection) -> None:
    """Apply every step that the file lacks: all of them, or none if one fails."""
    database = Database(connection, execute_plugins=False)
    connection.execute("BEGIN IMMEDIATE")  # steps and their records nest in it as savepoints
    try:
        steps.apply(database)
        connection.execute("COMMIT")
    except BaseException:
        database.rollback()
        raise


@steps(name="0001_library")
def _library(db: Database) -> None:
    db.execute("PRAGMA application_id = 0x53414D56")
    for statement in (
        # What the list shows. begun and done count sections, times are UTC in ISO form.
        """
        CREATE TABLE drafts (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            template TEXT NOT NULL,
            title TEXT NOT NULL,
            dnr TEXT NOT NULL,
            committee TEXT NOT NULL,
            meeting_date TEXT,
            begun INTEGER NOT NULL,
            done INTEGER NOT NULL,
            changed_at TEXT NOT NULL,
            deleted_at TEXT
        ) STRICT
        """,
        """
        CREATE INDEX drafts_by_change ON drafts (changed_at DESC, number DESC)
            WHERE deleted_at IS NULL
        """,
        # The draft itself as JSON: part '' is everything but the sections, then each section.
        # text: what can be found of it.
        """
        CREATE TABLE parts (
            draft INTEGER NOT NULL REFERENCES drafts (number) ON DELETE CASCADE,
            part TEXT NOT NULL,
            position INTEGER NOT NULL,
            value TEXT NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (draft, part)
        ) STRICT
        """,
        "CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT",
        """
        CREATE TABLE files (
            draft INTEGER NOT NULL REFERENCES drafts (number) ON DELETE CASCADE,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES blobs (sha256),
            PRIMARY KEY (draft, name)
        ) STRICT
        """,
        # One row a draft. keys and shown: a line for each part. head and body: the same characters
        # as in shown, folded (search.py) to lower-case words between spaces.
        """
        CREATE VIRTUAL TABLE words USING fts5 (
            keys UNINDEXED,
            shown UNINDEXED,
            head,
            body,
            tokenize = 'ascii',
            prefix = '1 2 3'
        )
        """,
        """
        CREATE TRIGGER drafts_deleted AFTER DELETE ON drafts BEGIN
            DELETE FROM words WHERE rowid = old.number;
        END
        """,
        # The drafts whose row in words is older than they are.
        """
        CREATE TABLE unindexed (
            draft INTEGER PRIMARY KEY REFERENCES drafts (number) ON DELETE CASCADE
        ) STRICT
        """,
    ):
        db.execute(statement)


@steps(name="0002_history")
def _history(db: Database) -> None:
    for statement in (
        # Contents of versions, each once a draft, under the SHA-256 (hex) of what it is unpacked.
        # data: deflated; with a base, against that piece, which has none itself.
        """
        CREATE TABLE pieces (
            draft INTEGER NOT NULL REFERENCES drafts (number) ON DELETE CASCADE,
            sha256 TEXT NOT NULL,
            base TEXT,
            data BLOB NOT NULL,
            UNIQUE (draft, sha256),
            FOREIGN KEY (draft, base) REFERENCES pieces (draft, sha256)
        ) STRICT
        """,
        # One row a version. sha256: of the whole draft in the public format. tree: the piece that
        # lists its parts.
        """
        CREATE TABLE versions (
            draft INTEGER NOT NULL REFERENCES drafts (number) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            at TEXT NOT NULL,
            author TEXT NOT NULL,
            reason TEXT NOT NULL,
            note TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            tree TEXT NOT NULL,
            UNIQUE (draft, number),
            FOREIGN KEY (draft, tree) REFERENCES pieces (draft, sha256)
        ) STRICT
        """,
        """
        CREATE TRIGGER versions_never_change BEFORE UPDATE ON versions BEGIN
            SELECT RAISE(ABORT, 'a version never changes');
        END
        """,
        # What was done with each draft, by its id: entries stay when the draft is gone. sha256: of
        # the entry and the one before, so that none can change or vanish unseen.
        """
        CREATE TABLE journal (
            draft_id TEXT NOT NULL,
            number INTEGER NOT NULL,
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            act TEXT NOT NULL,
            detail TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            UNIQUE (draft_id, number)
        ) STRICT
        """,
        """
        CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal BEGIN
            SELECT RAISE(ABORT, 'the journal never changes');
        END
        """,
        """
        CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal BEGIN
            SELECT RAISE(ABORT, 'the journal never shrinks');
        END
        """,
        # The last entry of each journal: a chain doesn't show that its end is missing.
        """
        CREATE TABLE journal_ends (
            draft_id TEXT PRIMARY KEY,
            number INTEGER NOT NULL,
            sha256 TEXT NOT NULL
        ) STRICT
        """,
    ):
        db.execute(statement)


@steps(name="0003_review")
def _review(db: Database) -> None:
    for statement in (
        # What others suggest for a draft, in the order it was read in, as JSON (codec.review_json);
        # also what has been judged, so that the same file changes nothing when it is read again.
        """
        CREATE TABLE suggestions (
            draft INTEGER NOT NULL REFERENCES drafts (number) ON DELETE CASCADE,
            id TEXT NOT NULL,
            state TEXT NOT NULL,
            value TEXT NOT NULL,
            UNIQUE (draft, id)
        ) STRICT
        """,
        """
        CREATE TABLE comments (
            draft INTEGER NOT NULL REFERENCES drafts (number) ON DELETE CASCADE,
            id TEXT NOT NULL,
            value TEXT NOT NULL,
            UNIQUE (draft, id)
        ) STRICT
        """,
    ):
        db.execute(statement)
