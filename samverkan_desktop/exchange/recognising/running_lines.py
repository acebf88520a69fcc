"""What running headers and footers tell of the document: its name, its number, its date."""

import re
from collections.abc import Iterable

from samverkan_desktop.domain.typography import NBSP
from samverkan_desktop.exchange.recognising.fields import (
    Labelled,
    is_body,
    is_organisation,
    labelled,
    secret,
)
from samverkan_desktop.exchange.recognising.head_fields import HeadData
from samverkan_desktop.exchange.recognising.patterns import (
    PAGE_MARK,
    PAGE_MARK_INSIDE,
    find_date,
    find_dnr,
    is_date,
)
from samverkan_desktop.exchange.recognising.report import Certainty, Log
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary, folded

_WHERE = " (sidhuvud eller sidfot)"
_LONGEST = 40  # characters of a part that holds a date or a number


def read_running(lines: Iterable[str], data: HeadData, vocabulary: Vocabulary, log: Log) -> None:
    """Take what the head hasn't said. The words themselves are page furniture, and told as such."""
    for line in lines:
        text = line.replace(NBSP, " ").strip()
        for part in re.split(r"\s{2,}|\t|\s[|·•]\s", text):
            _part(part, data, vocabulary, log)
        opening = re.match(r"[\w-]+", text)
        if opening and not data.document_name:
            data.document_name = vocabulary.document_names.get(folded(opening[0]), "")


def read_addressee(lines: Iterable[str], data: HeadData, vocabulary: Vocabulary, log: Log) -> None:
    """Take the body that the first page's running lines name, where the head names none."""
    for line in lines:
        if not data.committee and is_body(line, vocabulary):
            data.committee = line
            log.place(f"Nämnd{_WHERE}", line, Certainty.LIKELY)


def _part(part: str, data: HeadData, vocabulary: Vocabulary, log: Log) -> None:
    hit = labelled(part, vocabulary) or secret(part)
    found = find_date(part) if len(part) < _LONGEST else None
    if name := vocabulary.document_names.get(folded(part)):
        data.document_name = data.document_name or name
    elif hit and hit.field == "sekretess":
        if data.confidential is None:
            data.confidential = hit.value
            log.place(f"Sekretess{_WHERE}", part, Certainty.SURE)
    elif found and is_date(found[1]):
        if data.document_date is None:
            data.document_date = found[0]
            log.place(f"Dokumentets datum{_WHERE}", found[1], Certainty.LIKELY)
    elif is_organisation(part, vocabulary):
        if data.organisation.setdefault("name", part) is part:
            log.place(f"Förvaltning: namn{_WHERE}", part, Certainty.LIKELY)
    else:
        _number(part, hit, data, log)


def _number(part: str, hit: Labelled | None, data: HeadData, log: Log) -> None:
    is_labelled = hit is not None and hit.field == "dnr" and bool(hit.value)
    number = hit.value if hit and is_labelled else _bare_number(part)
    if number and not data.dnr:
        data.dnr = number
        certainty = Certainty.SURE if is_labelled else Certainty.LIKELY
        log.place(f"Diarienummer{_WHERE}", number, certainty)


def _bare_number(part: str) -> str:
    """Return the registry number that a part holds without a label, or nothing."""
    if len(part) >= _LONGEST or "@" in part or PAGE_MARK.fullmatch(part):
        return ""
    return find_dnr(PAGE_MARK_INSIDE.sub("", part))
