"""What others say of a draft: suggestions that can be accepted or rejected, and comments.

Both point at exact text. What has been changed so that the text is no longer there is an orphan:
it is shown as one, never attached to something that looks alike.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from samverkan_desktop.domain.text import Blocks, Spans

RowTexts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEdit:
    """Replace characters of a piece of text of a block; an insertion replaces none.

    `spot` says which piece of the block ("" for a paragraph or heading, else as in
    `domain.spots`). `before` is the whole piece as it stood when the edit was suggested: `start`
    and `end` count characters of it, `removed` is what stands there, and `inserted` what is to. Of
    several insertions at one place the one of lower `order` stands first. For a cell, `rows` is the
    text of all rows of its table as they stood; without it the number of the row is trusted.
    """

    block: str
    start: int
    end: int
    before: str
    removed: str = ""
    inserted: Spans = ()
    spot: str = ""
    order: int = 0
    rows: RowTexts = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockEdit:
    """Replace whole blocks that stand together by others.

    With `inside`, the id of a quote, list or table, it is about what stands in that one: blocks of
    a quote, items of a list (given as one list of such items), rows of a table (given as one table
    with the same header), the list or table having no id. `after` is the id of the block before, in
    a list that of the first block of the item before, in a table "rows.3"; it is empty when they
    are first. Of several edits at one place the one of lower `order` stands first. `rows` as in
    TextEdit.
    """

    after: str
    removed: Blocks = ()
    inserted: Blocks = ()
    inside: str = ""
    order: int = 0
    rows: RowTexts = ()


Edit = TextEdit | BlockEdit


class State(StrEnum):
    """What has become of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Edits of one section that belong together: a move takes away here and puts in there.

    All edits count in the text as it stands before any of them. `at` is an aware time, None when
    the source doesn't tell. With `within`, the id of another suggestion, the edit is one of what
    that inserts, and stands only when that is accepted: in a text it counts from the beginning of
    what was inserted (and `before` is that), in an inserted block as usual.
    """

    id: str
    author: str
    at: datetime | None
    section: str
    edits: tuple[Edit, ...]
    within: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A suggestion and what has become of it."""

    suggestion: Suggestion
    state: State = State.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The text that a comment is about: `quote`, from character `start` of a piece of a block.

    An empty `block` stands for the section as a whole, an empty `section` for the document.
    """

    section: str = ""
    block: str = ""
    spot: str = ""
    start: int = 0
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody said, in a comment or in an answer to one. `at` as in Suggestion."""

    author: str
    at: datetime | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment and the answers to it."""

    id: str
    anchor: Anchor
    remark: Remark
    replies: tuple[Remark, ...] = ()
    resolved: bool = False
