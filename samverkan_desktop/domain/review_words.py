"""Suggestions and comments in words, for lists and for the command line."""

from dataclasses import dataclass

from samverkan_desktop.domain.review import BlockEdit, Suggestion, TextEdit
from samverkan_desktop.domain.text import (
    Blocks,
    Heading,
    Paragraph,
    Spans,
    Table,
    plain_text,
    spans_text,
)

_CONTEXT = 60  # characters on each side


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
            taken.append(_block_text(edit, edit.removed))
            put.append(_block_text(edit, edit.inserted))
    removed, inserted = ("\n".join(filter(None, texts)) for texts in (taken, put))
    if "".join(removed.split()) != "".join(inserted.split()):
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


def around(suggestion: Suggestion) -> tuple[str, str]:
    """Return the words around an edit of a text, as they are and as they would be.

    Both are empty for anything else.
    """
    edits = suggestion.edits
    if len(edits) != 1 or not isinstance(edits[0], TextEdit):
        return "", ""
    edit = edits[0]
    start, end = max(edit.start - _CONTEXT, 0), edit.end + _CONTEXT
    before = f"{'…' if start else ''}{edit.before[start : edit.start]}"
    after = f"{edit.before[edit.end : end]}{'…' if end < len(edit.before) else ''}"
    return f"{before}{edit.removed}{after}", f"{before}{spans_text(edit.inserted)}{after}"


def _block_text(edit: BlockEdit, blocks: Blocks) -> str:
    """Return the text of blocks; of rows of a table, that of the rows alone."""
    is_rows = bool(edit.inside) and all(isinstance(block, Table) for block in blocks)
    tables = (block for block in blocks if is_rows and isinstance(block, Table))
    rows = [" | ".join(map(spans_text, row)) for table in tables for row in table.rows]
    return "\n".join(rows) if is_rows else plain_text(blocks)


def _same_text(suggestion: Suggestion) -> str:
    """Say what changes when no character does."""
    edits = suggestion.edits
    if len(edits) == 1 and isinstance(edits[0], TextEdit):
        return _marks(edits[0].inserted)
    if any(isinstance(edit, TextEdit) for edit in edits):
        return "dela eller slå ihop stycken"
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
