"""Suggestions and comments in words, for lists and for the command line."""

from dataclasses import dataclass

from samverkan_desktop.domain.review import BlockEdit, Suggestion, TextEdit
from samverkan_desktop.domain.text import Heading, Paragraph, Spans, plain_text, spans_text


@dataclass(frozen=True, slots=True)
class Said:
    """What a suggestion takes away and puts in, as plain text.

    `kind` is a Swedish phrase for what is done when the texts alone don't tell: a move, bold.
    """

    removed: str
    inserted: str
    kind: str = ""


def said(suggestion: Suggestion) -> Said:
    """Return what a suggestion does, in words."""
    taken, put = [], []
    for edit in suggestion.edits:
        if isinstance(edit, TextEdit):
            taken.append(edit.removed)
            put.append(spans_text(edit.inserted))
        else:
            taken.append(plain_text(edit.removed))
            put.append(plain_text(edit.inserted))
    removed, inserted = ("\n".join(filter(None, texts)) for texts in (taken, put))
    if removed != inserted:
        return Said(removed, inserted)
    return Said(removed, inserted, _same_text(suggestion))


def sentence(suggestion: Suggestion) -> str:
    """Return one line that tells what a suggestion does."""
    words = said(suggestion)
    if words.kind:
        return f"{words.kind}: ”{_line(words.inserted)}”"
    parts = []
    if words.removed:
        parts.append(f"ta bort ”{_line(words.removed)}”")
    if words.inserted:
        parts.append(f"lägg till ”{_line(words.inserted)}”")
    return " och ".join(parts) or "ändra uppställningen"


def _same_text(suggestion: Suggestion) -> str:
    """Say what changes when no character does."""
    edits = suggestion.edits
    if len(edits) == 1 and isinstance(edits[0], TextEdit):
        return _marks(edits[0].inserted)
    blocks = [b for e in edits if isinstance(e, BlockEdit) for b in (*e.removed, *e.inserted)]
    if any(isinstance(block, Heading) for block in blocks):
        return "gör om till rubrik eller från rubrik"
    if blocks and not all(isinstance(block, Paragraph) for block in blocks):
        return "ändra listan"
    return "flytta"


def _marks(spans: Spans) -> str:
    names = (("bold", "fet"), ("italic", "kursiv"), ("link", "länkad"))
    found = [swedish for name, swedish in names if any(getattr(s, name) for s in spans)]
    return f"gör {' och '.join(found)}" if found else "ta bort fet, kursiv eller länk"


def _line(text: str) -> str:
    return " ".join(text.split())
