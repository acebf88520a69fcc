"""The command for a Word file of ours that has come back: what is suggested and said in it."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samverkan_desktop.commands.place import Place, open_library
from samverkan_desktop.commands.printing import one_line, say, shown_title
from samverkan_desktop.domain.review_words import sentence

if TYPE_CHECKING:
    from samverkan_desktop.domain.review import Comment, Suggestion
    from samverkan_desktop.exchange.word.outside import Outside
    from samverkan_desktop.services.returning import KeptBack, ReadBack


def read_all(paths: Sequence[Path], place: Place) -> "list[ReadBack]":
    """Read files that have come back; nothing is kept.

    Raises InputError when one can't be read.
    """
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services.returning import read_back

    catalogue = load_catalogue(place.folders)
    return [read_back(path, catalogue) for path in paths]


def keep_all(read: "Sequence[ReadBack]", place: Place) -> "list[KeptBack]":
    """Keep what came back."""
    from samverkan_desktop.services.returning import keep_back

    with open_library(place) as library:
        return [keep_back(library, one) for one in read]


def tell(kept: "KeptBack") -> None:
    """Print what came back in a file."""
    returned, draft = kept.read.returned, kept.read.sent
    say(f"{kept.read.file}: {shown_title(draft.title)} ({draft.id})")
    say(f"  {_what_was_sent(kept)}")
    if returned.is_untouched:
        say("  Inget är ändrat i filen.")
    elif not (kept.added.suggestions or kept.added.comments):
        say("  Förslag och kommentarer i filen är redan inlästa.")
    for lines in (
        (_suggestion(one) for one in returned.suggestions),
        (line for one in returned.comments for line in _comment(one)),
        (_outside(one) for one in returned.outside),
        returned.lost,
    ):
        say(*(f"  {one_line(line)}" for line in lines))


def plain(kept: "KeptBack") -> dict[str, Any]:
    """Return what came back in a file as what json.dumps takes."""
    returned = dataclasses.replace(kept.read.returned, pictures={})
    return {
        "file": kept.read.file,
        "id": kept.read.sent.id,
        "sent_version": kept.sent,
        "new_draft": kept.is_new_draft,
        "new_suggestions": kept.added.suggestions,
        "new_comments": kept.added.comments,
        **dataclasses.asdict(returned),
    }


def _what_was_sent(kept: "KeptBack") -> str:
    if kept.is_new_draft:
        return "Ärendet fanns inte i biblioteket och har lagts till som det skickades."
    if kept.sent is None:
        return "Versionen som skickades finns inte i historiken; ärendet i filen används."
    return f"Jämförd med version {kept.sent}, som skickades."


def _suggestion(one: "Suggestion") -> str:
    within = " (i ett annat förslag)" if one.within else ""
    return f"Förslag i {one.section}{within}: {sentence(one)} ({_who(one.author, one.at)})"


def _comment(one: "Comment") -> Iterator[str]:
    about = f" om ”{one.anchor.quote}”" if one.anchor.quote else ""
    done = ", löst" if one.resolved else ""
    who = _who(one.remark.author, one.remark.at)
    yield f"Kommentar{about}: {one.remark.text} ({who}{done})"
    for reply in one.replies:
        yield f"Svar: {reply.text} ({_who(reply.author, reply.at)})"


def _outside(one: "Outside") -> str:
    changes = ((one.before, "borttaget"), (one.after, "tillagt"))
    told = ", ".join(f"{what} ”{text}”" for text, what in changes if text)
    return f"Utanför avsnitten, {one.place}: {told} ({_who(one.author, one.at)})"


def _who(author: str, at: datetime | None) -> str:
    return f"{author}, {at.astimezone():%Y-%m-%d %H.%M}" if at is not None else author
