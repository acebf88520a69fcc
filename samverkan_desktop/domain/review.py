"""What others say of a draft: suggestions that can be accepted or rejected, and comments.

Both point at exact text. What has been changed so that the text is no longer there is an orphan:
it is shown as one, never attached to something that looks alike.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from samverkan_desktop.domain.text import Blocks, Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class TextEdit:
    """Replace characters of a piece of text of a block; an insertion replaces none.

    `spot` says which piece of the block ("" for a paragraph or heading, else as in
    `domain.spots`). `start` and `end` count characters of it, `removed` is what stands there, and
    `inserted` what is to.
    """

    block: str
    start: int
    end: int
    removed: str
    inserted: Spans = ()
    spot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockEdit:
    """Replace whole blocks of a section by others; they stand together, on the section's own level.

    `after` is the id of the block before them, empty when they are first.
    """

    after: str
    removed: Blocks = ()
    inserted: Blocks = ()


Edit = TextEdit | BlockEdit


class State(StrEnum):
    """What has become of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Edits of one section that belong together: a move takes away here and puts in there.

    `at` is an aware time, None when the source doesn't tell. With `within`, the id of another
    suggestion, the edit is one of what that inserts: it counts from the beginning of that text,
    and stands only when that is accepted.
    """

    id: str
    author: str
    at: datetime | None
    section: str
    edits: tuple[Edit, ...]
    within: str = ""


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
