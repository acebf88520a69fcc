"""Tables: every column has a header, and sums add up."""

import re
from collections.abc import Iterator
from decimal import Decimal

from samverkan_desktop.domain.checks.finding import Finding, Matter, Rule, Severity
from samverkan_desktop.domain.outline import Entry
from samverkan_desktop.domain.text import Spans, Table, spans_text, walk
from samverkan_desktop.domain.typography import clean

_SUM = re.compile(r"(?:del)?summa\b|total\w*|sammanlagt\b|summering\b", re.IGNORECASE)
# Sums themselves, and parts of the row before
_NOT_AN_ITEM = re.compile(rf"{_SUM.pattern}|varav\b|därav\b", re.IGNORECASE)
# Columns that aren't added up: shares, averages, years
_NO_SUM = re.compile(
    r"%|procent|andel|snitt|medel|index|kvot|\bper\b|/|förändring|\bår\b|\bnr\b", re.IGNORECASE
)
_THOUSANDS = re.compile(r"\b(?:tkr|mkr|mnkr|miljon\w*|miljard\w*|tusen\w*)\b", re.IGNORECASE)
_NUMBER = re.compile(r"([+−–-]?)\s?(\d{1,3}(?:\s\d{3})+|\d+)(,\d+)?(?:\s?(?:kr|tkr|mkr|mnkr|st))?")
_NOTHING = ("", "-", "–", "—", "−")


def table_header_missing(matter: Matter) -> Iterator[Finding]:
    """Find a column without a header (PDF/UA-1, ISO 14289-1, 7.5; WCAG 2.1, 1.3.1).

    The first column may go without: its cells are the rows' labels.
    """
    for entry, table in _tables(matter):
        columns = list(zip(_texts(table.header), *map(_texts, table.rows), strict=True))
        without = [i for i, (header, *cells) in enumerate(columns) if not header and any(cells)]
        if without and without != [0]:
            message = "Skriv en rubrik över varje kolumn i tabellen."
            yield _finding("table_header_missing", Severity.ERROR, entry, table, message)


def table_sum_wrong(matter: Matter) -> Iterator[Finding]:
    """Find a "Summa" or "Totalt" that isn't the sum of the rows (as in a published report)."""
    for entry, table in _tables(matter):
        columns = list(zip(_texts(table.header), *map(_texts, table.rows), strict=True))
        headers = " ".join((clean(spans_text(table.caption)), *_texts(table.header)))
        rounded = _THOUSANDS.search(headers) is not None
        _, *labels = columns[0]
        for header, *cells in columns[1:]:
            for label, stands, becomes in _wrong_sums(labels, cells, rounded=rounded):
                if not _NO_SUM.search(header):
                    message = (
                        f"Kontrollera ”{label}” i kolumnen ”{header}”: där står {stands} men"
                        f" raderna blir {becomes}."
                    )
                    yield _finding("table_sum_wrong", Severity.WARNING, entry, table, message)


def _wrong_sums(
    labels: list[str], cells: list[str], *, rounded: bool
) -> Iterator[tuple[str, str, str]]:
    """Yield label, stated and real sum of each sum row that doesn't add up.

    A sum may be of the rows since the last sum, of all above, of the sums above, or of all the rest
    when it stands first; or the difference between two sums. Nothing is said of a column with a
    cell that is no number.
    """
    numbers = [_number(cell) for cell in cells]
    values = [number for number in numbers if number is not None]
    if len(values) < len(numbers):
        return
    slack = _slack(values, rounded=rounded)
    items = [v for v, label in zip(values, labels, strict=True) if not _NOT_AN_ITEM.match(label)]
    since, above, sums = Decimal(0), Decimal(0), list[Decimal]()
    for label, cell, value in zip(labels, cells, values, strict=True):
        if not _SUM.match(label):
            counted = Decimal(0) if _NOT_AN_ITEM.match(label) else value
            since, above = since + counted, above + counted
        elif cell not in _NOTHING:
            readings = (since, above, sum(items), sum(sums), sum(sums) - 2 * sum(sums[1:]))
            if items and all(abs(reading - value) > slack for reading in readings):
                yield label, cell, _shown(above or sum(items, Decimal(0)))
            since = Decimal(0)
            sums.append(value)


def _slack(values: list[Decimal], *, rounded: bool) -> Decimal:
    """Return how much rounding may make: half of the last place for each number."""
    exponents = [value.as_tuple().exponent for value in values]
    places = -min((exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return Decimal(len(values)).scaleb(-places) / 2 if rounded or places else Decimal(0)


def _number(text: str) -> Decimal | None:
    if text in _NOTHING:
        return Decimal(0)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction = match.groups(default="")
    value = Decimal("".join(whole.split()) + fraction.replace(",", "."))
    return -value if sign and sign != "+" else value


def _shown(value: Decimal) -> str:
    return f"{value:,}".replace(",", " ").replace(".", ",")


def _tables(matter: Matter) -> Iterator[tuple[Entry, Table]]:
    for entry, blocks in matter.written():
        for block in walk(blocks):
            if isinstance(block, Table):
                yield entry, block


def _texts(cells: tuple[Spans, ...]) -> list[str]:
    return [clean(spans_text(cell)) for cell in cells]


def _finding(code: str, severity: Severity, entry: Entry, table: Table, message: str) -> Finding:
    return Finding(code, severity, entry.key, table.id or None, message)


RULES: tuple[Rule, ...] = (table_header_missing, table_sum_wrong)
