"""The report of an import: what was placed where, how surely, what was taken out, what was left."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Certainty(StrEnum):
    """How sure it is that a piece was placed right; the value is the word that is shown."""

    SURE = "säkert"
    LIKELY = "troligt"
    GUESS = "osäkert"
    CHOSEN = "valt"  # by the user, who knows


class Why(StrEnum):
    """Why words of the document are not in the draft; the value is the phrase that is shown."""

    FURNITURE = "sidhuvud, sidfot eller sidnummer"
    LABEL = "ledord som dokumentet får från mallen"
    REPEATED = "står redan i ärendet"
    CONTENTS = "innehållsförteckning"
    SIGNING = "plats för underskrift"
    PUNCTUATION = "skiljetecken och bindeord mellan att-satser"
    MARK = "listmarkeringar, som mallen sätter"
    UNFILLED = "fält som aldrig fylldes i"


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of the document that has its place in the draft.

    `where` is a Swedish name of the place, `text` what stood in the document: whole for a field,
    the heading for a section. `as_written` is false when the draft says it in another way (a date
    as a date, a heading that is the template's).
    """

    where: str
    text: str
    certainty: Certainty
    as_written: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """Words that are not in the draft, and why. `page` is 0 when it isn't known."""

    text: str
    why: Why
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a document."""

    kind: str
    template: str
    template_name: str
    template_certainty: Certainty
    placed: tuple[Placed, ...] = ()
    taken: tuple[Taken, ...] = ()
    unplaced: tuple[str, ...] = ()  # what stands in the section "Övrigt", a string a piece
    unfilled: tuple[str, ...] = ()  # merge fields and gaps that stand in the text
    notes: tuple[str, ...] = ()  # Swedish sentences

    @property
    def is_complete(self) -> bool:
        """Whether everything found a place."""
        return not self.unplaced

    def words_outside(self) -> str:
        """Return the words that the draft doesn't hold as they stood in the document."""
        converted = (placed.text for placed in self.placed if not placed.as_written)
        return "\n".join((*(taken.text for taken in self.taken), *converted))


@dataclass(slots=True)
class Log:
    """Collects the report while a document is gone through."""

    placed: list[Placed] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    unfilled: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    def place(self, where: str, text: str, certainty: Certainty) -> None:
        """Note words that the draft holds as they were."""
        self.placed.append(Placed(where, text, certainty))

    def convert(self, where: str, text: str, certainty: Certainty) -> None:
        """Note words that the draft holds in another form."""
        self.placed.append(Placed(where, text, certainty, as_written=False))

    def moved(self, text: str, old: str, new: str) -> None:
        """Note that what was placed has another place after all."""
        self.placed = [
            replace(placed, where=new) if (placed.where, placed.text) == (old, text) else placed
            for placed in self.placed
        ]

    def take(self, text: str, why: Why, page: int = 0) -> None:
        """Note words that are left out."""
        if text.strip():
            self.taken.append(Taken(text.strip(), why, page))


def lines_of(report: Report) -> Iterator[str]:
    """Yield the report as Swedish lines, for a terminal and for the clipboard."""
    yield f"Mall: {report.template_name} ({report.template_certainty})"
    for placed in report.placed:
        yield f"{placed.where}: {_shown(placed.text)} ({placed.certainty})"
    for taken in report.taken:
        at = f", sida {taken.page}" if taken.page else ""
        yield f"Inte med: {_shown(taken.text)} ({taken.why}{at})"
    for text in report.unfilled:
        yield f"Att fylla i: {_shown(text)}"
    for text in report.unplaced:
        yield f"Utan plats, ligger i Övrigt: {_shown(text)}"
    yield from report.notes


def _shown(text: str, length: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
