"""What a comparison is told in: Swedish words for what a line is, was, and became of."""

from collections.abc import Iterator

from samverkan_desktop.domain.comparing.comparison import Change, Row
from samverkan_desktop.domain.comparing.lines import Form, Frame, LineKind
from samverkan_desktop.domain.comparing.words import Piece
from samverkan_desktop.domain.text import Align, Span

CHANGES = {
    Change.SAME: "Oförändrat",
    Change.CHANGED: "Ändrat",
    Change.ADDED: "Nytt",
    Change.REMOVED: "Borttaget",
    Change.MOVED: "Flyttat hit",
    Change.LEFT: "Flyttat härifrån",
}
SECTIONS = {
    Change.ADDED: "nytt avsnitt",
    Change.REMOVED: "borttaget avsnitt",
    Change.MOVED: "flyttat avsnitt",
}
_KINDS = {
    LineKind.FIELD: "uppgift",
    LineKind.ENTRY: "rad",
    LineKind.LEAD_IN: "inledning till beslutet",
    LineKind.PARAGRAPH: "stycke",
    LineKind.HEADING: "underrubrik",
    LineKind.CAPTION: "tabell- eller bildtext",
    LineKind.HEADER: "kolumnrubriker",
    LineKind.ROW: "tabellrad",
    LineKind.IMAGE: "bild",
}
_FRAMES = {
    Frame.DECISION: "beslutspunkt",
    Frame.BULLETS: "punkt",
    Frame.NUMBERS: "numrerad punkt",
    Frame.QUOTE: "citat",
}
_ALIGNS = {
    Align.LEFT: "vänster",
    Align.CENTER: "centrerad",
    Align.RIGHT: "höger",
    Align.DECIMAL: "decimaler",
}


def moved(row: Row, heading: str) -> str:
    """Return where a line was moved from or to; `heading` is that of the other part, if any."""
    if not row.elsewhere:
        return "Flyttat inom avsnittet"
    return f"{CHANGES[row.change]} {'från' if row.change is Change.MOVED else 'till'} {heading}"


def became(row: Row) -> str:
    """Return what a line was and is, apart from its words; nothing when that hasn't changed."""
    if row.old is None or row.new is None or not row.is_reformed:
        return ""
    return f"{_named(row.old.form)} → {_named(row.new.form)}"


def restyled(piece: Piece) -> str:
    """Return which marks some words got or lost."""
    phrases = {
        phrase
        for old, new in zip(piece.old, piece.new, strict=False)
        for phrase in _marks(old, new)
    }
    return ", ".join(sorted(phrases)) or "annan stil"


def _named(form: Form) -> str:
    """Return what a line is: "punkt på nivå 2", "underrubrik på nivå 3 i citat"."""
    kind = _KINDS[form.kind]
    if form.kind is LineKind.HEADING:
        kind = f"{kind} på nivå {form.setting}"
    elif form.kind is LineKind.HEADER:
        columns = (_ALIGNS[Align(align)] for align in form.setting.split())
        kind = f"{kind} ({', '.join(columns)})"
    elif form.setting:
        kind = f"{kind} {form.setting}"
    return f"{kind}{_placed(form)}"


def _placed(form: Form) -> str:
    if not form.frames:
        return ""
    innermost = _FRAMES[form.frames[-1]]
    depth = f" på nivå {len(form.frames)}" if len(form.frames) > 1 else ""
    follows = ", fortsättning" if not form.opens and form.frames[-1] is not Frame.QUOTE else ""
    return f" i {innermost}{depth}{follows}"


def _marks(old: Span, new: Span) -> Iterator[str]:
    for name, before, after in (("fet", old.bold, new.bold), ("kursiv", old.italic, new.italic)):
        if before != after:
            yield name if after else f"inte {name}"
    if old.link != new.link:
        yield f"länk till {new.link}" if new.link else "ingen länk"
    if old.language != new.language:
        yield f"språk {new.language}" if new.language else "dokumentets språk"
