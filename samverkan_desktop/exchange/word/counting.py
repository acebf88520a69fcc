"""The marks of list items as Word shows them (17.9): bullets, and numbers that count on."""

from dataclasses import dataclass, field

from samverkan_desktop.exchange.office.markup import Element
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.names import W, number, val

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 3000  # a number above this is written in digits


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Counting:
    """Counts the items of a file's lists, in the order that they are met."""

    _levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    _lists: dict[str, str] = field(default_factory=dict)  # which definition a list follows
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)  # by definition
    _begun: set[str] = field(default_factory=set)
    _runs: dict[str, int] = field(default_factory=dict)  # how often a definition has begun anew

    @classmethod
    def of(cls, package: Package) -> "Counting":
        """Read the lists of a file."""
        made = cls()
        for part in package.related(package.main, "numbering"):
            root = package.xml(part)
            for element in root.iter(W + "num"):
                made._read_list(element)
            for element in root.iter(W + "abstractNum"):
                name = val(element, "abstractNumId")
                for level in element.findall(W + "lvl"):
                    made._levels[name, number(val(level, "ilvl"))] = _level(level)
        return made

    def run_of(self, list_id: str) -> str:
        """Return which list the item counted last is of: those that count on are the same.

        LibreOffice gives an item that starts anew another list than those after it.
        """
        definition = self._lists.get(list_id, "")
        return f"{definition}.{self._runs.get(definition, 0)}" if definition else list_id

    def next_mark(self, list_id: str, level: int) -> str:
        """Return the mark of the next item of a list, "" when the list isn't known."""
        definition = self._lists.get(list_id, "")
        shape = self._levels.get((definition, level))
        if shape is None:
            return ""
        if shape.form == "bullet":
            return _bullet(shape.text)
        counts = self._counts.setdefault(definition, [None] * 9)
        if list_id not in self._begun:
            self._begun.add(list_id)
            if list_id in self._restarts:
                self._runs[definition] = self._runs.get(definition, 0) + 1
            for at, start in self._restarts.get(list_id, {}).items():
                counts[at : at + 1] = [start - 1]
        before = counts[level]
        counts[level] = shape.start if before is None else before + 1
        counts[level + 1 :] = [None] * (8 - level)
        return self._filled(definition, shape.text, counts)

    def _filled(self, definition: str, text: str, counts: list[int | None]) -> str:
        for at in range(9):
            if f"%{at + 1}" in text:
                shape = self._levels.get((definition, at), _Level("decimal", "", 1))
                count = counts[at]
                shown = _numeral(shape.form, shape.start if count is None else count)
                text = text.replace(f"%{at + 1}", shown)
        return text

    def _read_list(self, element: Element) -> None:
        name = val(element, "numId")
        self._lists[name] = val(element.find(W + "abstractNumId"))
        for override in element.findall(W + "lvlOverride"):
            start = override.find(W + "startOverride")
            level = number(val(override, "ilvl"))
            if start is not None and 0 <= level < 9:
                self._restarts.setdefault(name, {})[level] = number(val(start), 1)


def _level(element: Element) -> _Level:
    form = val(element.find(W + "numFmt")) or "decimal"
    text = val(element.find(W + "lvlText"))
    return _Level(form, text, number(val(element.find(W + "start")), 1))


def _bullet(text: str) -> str:
    """Return a bullet; one of a font with signs of its own is shown as a dot."""
    return text if text and ord(text[0]) < 0xE000 else "•"


def _numeral(form: str, count: int) -> str:
    if not 0 < count <= _MOST:
        return str(count)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * (1 + (count - 1) // 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        numeral = _roman(count)
        return numeral.upper() if form == "upperRoman" else numeral
    return str(count)


def _roman(count: int) -> str:
    numeral = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        numeral += sign * times
    return numeral
