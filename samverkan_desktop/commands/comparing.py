"""The command that tells what differs between two versions of a draft."""

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from samverkan_desktop.commands.place import Place, open_library
from samverkan_desktop.commands.printing import one_line, say, say_json

if TYPE_CHECKING:
    from samverkan_desktop.domain.comparing import Comparison, Part, Piece, Row

# Characters of unchanged text that are shown on either side of a change.
_AROUND = 40


def compare(options: Namespace, place: Place) -> int:
    """Print what differs between two versions of a draft; 1 when anything does."""
    from samverkan_desktop.catalogue import load_catalogue
    from samverkan_desktop.services.comparing import compare_versions

    catalogue = load_catalogue(place.folders)
    with open_library(place) as library:
        draft_id = library.resolve(options.draft)
        found = compare_versions(library, catalogue, draft_id, options.old, options.new)
    if options.json:
        say_json([_plain_part(part) for part in found.parts if part.is_changed])
    elif found.is_empty:
        say("Ingenting skiljer versionerna åt.")
    else:
        say(*_lines(found))
    return int(not found.is_empty)


def _lines(comparison: "Comparison") -> Iterator[str]:
    for part in comparison.parts:
        if part.is_changed:
            yield _heading(part)
            for row in part.rows:
                if row.change != "same":
                    yield f"    {_line(row, comparison)}"
            yield ""
    count = len(comparison.stops())
    yield "1 ändring" if count == 1 else f"{count} ändringar"


def _heading(part: "Part") -> str:
    from samverkan_desktop.domain.comparing.wording import SECTIONS

    remark = SECTIONS.get(part.change, "")
    return f"{one_line(part.heading)} ({remark})" if remark else one_line(part.heading)


def _line(row: "Row", comparison: "Comparison") -> str:
    from samverkan_desktop.domain.comparing.wording import CHANGES, became, moved

    text = _shortened(row.line.text) if row.change == "left" else _marked(row.pieces)
    label = row.line.mark if row.line.form.kind == "field" else CHANGES[row.change]
    if row.move is not None:
        label = moved(row, comparison.heading(row.elsewhere) if row.elsewhere else "")
    form = f" ({became(row)})" if row.is_reformed else ""
    return one_line(f"{label}{form}: {text}")


def _marked(pieces: "tuple[Piece, ...]") -> str:
    """Return words with [-those taken out-] and {+those put in+}, as `git diff --word-diff` has."""
    if len(pieces) == 1 and pieces[0].kind != "restyled":
        return pieces[0].text.replace("\t", " | ")
    last = len(pieces) - 1
    return "".join(
        _piece(piece, first=index == 0, last=index == last) for index, piece in enumerate(pieces)
    ).replace("\t", " | ")


def _piece(piece: "Piece", *, first: bool, last: bool) -> str:
    from samverkan_desktop.domain.comparing.wording import restyled

    match piece.kind:
        case "removed":
            return f"[-{piece.text}-]"
        case "added":
            return f"{{+{piece.text}+}}"
        case "restyled":
            return f"{{~{piece.text}~ {restyled(piece)}}}"
    sides = [not first, not last].count(True)
    if len(piece.text) <= sides * _AROUND:
        return piece.text
    return f"{'' if first else _start(piece.text)}…{'' if last else _end(piece.text)}"


def _shortened(text: str) -> str:
    """Return the first words of a text."""
    return _start(text) + "…" if len(text) > _AROUND else text


def _start(text: str) -> str:
    return text[:_AROUND].rpartition(" ")[0] + " "


def _end(text: str) -> str:
    return " " + text[-_AROUND:].partition(" ")[2]


def _plain_part(part: "Part") -> dict[str, Any]:
    rows = [_plain_row(row) for row in part.rows if row.change != "same"]
    return {"key": part.key, "heading": part.heading, "change": part.change, "rows": rows}


def _plain_row(row: "Row") -> dict[str, Any]:
    return {
        "change": row.change,
        "kind": row.line.form.kind,
        "label": row.line.mark,
        "old": row.old and row.old.text,
        "new": row.new and row.new.text,
        "pieces": [{"kind": piece.kind, "text": piece.text} for piece in row.pieces],
        "elsewhere": row.elsewhere or None,
        "move": row.move,
    }
