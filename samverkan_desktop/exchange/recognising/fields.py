"""Single lines of head data: what a line is by its label, or by its look alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable
from samverkan_desktop.exchange.recognising.cleaning import as_lines
from samverkan_desktop.exchange.recognising.patterns import (
    DNR,
    EMAIL,
    PAGE_MARK,
    PHONE,
    POST_BOX,
    POSTAL,
    STREET,
    WEB,
    is_date,
    is_person,
)
from samverkan_desktop.exchange.recognising.vocabulary import Vocabulary

# What the values of some labels look like.
_FORMS = {
    **dict.fromkeys(("phone", "switchboard", "fax"), PHONE),
    "email": EMAIL,
    **dict.fromkeys(("dnr", "sender_dnr"), DNR),
    "page": re.compile(rf"{PAGE_MARK.pattern}|[\d ]+", re.IGNORECASE),
    "web": WEB,
    "street": STREET,
}
_PURPOSE = re.compile(r",? för (?:beslut|kännedom|yttrande|information)\.?$")
_PLACE = re.compile(
    r" i (?:Region )?[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?(?: (?:kommun|stad|region))?$"
)
_ABOUT = {"om", "av", "till", "över", "inom", "från", "mellan", "vid", "för", "i", "på"}
# After its label a registry number may look in ways that no list of forms has.
_NUMBER = re.compile(r"(?=.*\d)[\w/.:-]{4,30}(?: \d[\w.]*){0,2}")
# A label that is an ordinary word too counts with a colon, alone, or before a fitting value.
_COLON = re.compile(r"\s*[:.]\s*|\s{2,}|\s*$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that begins with a label of head data: the field, and the value if it is there."""

    field: str
    label: str
    value: str


def labelled(text: str, vocabulary: Vocabulary) -> Labelled | None:
    """Return the label that a line begins with."""
    for label, field in vocabulary.labels.items():
        words = text[: len(label)]
        if words.casefold() != label:
            continue
        rest = text[len(label) :]
        if rest[:1].isalnum() or rest.startswith(("-", "–")):
            continue
        value = re.sub(r"^[\s:.]+", "", rest)
        parted = _COLON.match(rest)
        if (parted and (":" in parted[0] or not rest.strip())) or _fits(field, value, vocabulary):
            return Labelled(field, text[: len(text) - len(value)].strip(), value.strip())
    return None


def secret(text: str) -> Labelled | None:
    """Return what a line says of secrecy: "Sekretess: OSL 26 kap. 1 §"."""
    match = re.fullmatch(r"(Sekretess)(?: ?[–:-] ?(?P<why>.+))?", text)
    return Labelled("sekretess", match[1], match["why"] or "") if match else None


def _fits(field: str, value: str, vocabulary: Vocabulary) -> bool:
    """Whether a value after a label without a colon is of the label's kind."""
    if field in {"dnr", "sender_dnr"} and _NUMBER.fullmatch(value):
        return True
    if form := _FORMS.get(field):
        return form.fullmatch(value) is not None
    match field:
        case "meeting_date" | "document_date" | "sender_date":
            return is_date(value)
        case "committee":
            return is_body(without_purpose(capital(value)), vocabulary)
        case "officer":
            return is_person(value)
        case _:
            return False


def capital(text: str) -> str:
    """Return a text with a capital first: what follows "Till" has a small letter in a sentence."""
    return text[:1].upper() + text[1:]


def without_purpose(text: str) -> str:
    """Return the name of a body without what it is to do: "Kommunstyrelsen för beslut"."""
    return _PURPOSE.sub("", text)


def is_body(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line names a deciding body: "Kommunstyrelsen", "… stadsdelsnämnd"."""
    words = _PLACE.sub("", text.strip(" .,:")).split()
    if not words or len(words) > 9 or len(text) > 90 or not text[0].isupper():
        return False
    last = words[-1].casefold()
    if last.endswith(vocabulary.bodies):
        return _ABOUT.isdisjoint(words)  # "Revision av kulturnämnden" is a title
    found = [word.casefold() for word in words]
    named = any(word.endswith(("nämnden", "nämnd")) for word in found[:3])
    return named and "för" in found and not re.search(r"\b(?:om|av|ska|har)\b", text)


def is_organisation(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line names an administration: "Kulturförvaltningen", "Ekstads kommun"."""
    words = text.strip(" ,").split()
    if not words or len(words) > 6 or not text[0].isupper() or re.search(r"[.:;!?\d]", text):
        return False
    if words[0].casefold() == "region" and len(words) > 1 and words[1][0].isupper():
        return len(words) < 4
    small = [word for word in words[:-1] if word[0].islower()]
    last = words[-1].casefold()
    if len(words) == 1 and last in vocabulary.organisations:  # "Kommun" names none
        return False
    return last.endswith(vocabulary.organisations) and set(small) <= {"och", "för"}


def is_municipality(text: str) -> bool:
    """Whether an organisation is a municipality or a region, of which another is a part."""
    words = text.casefold().split()
    return bool(words) and ("region" in (words[0], words[-1]) or words[-1] in {"kommun", "stad"})


def is_department(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line names a department: "Administrativa avdelningen", "Enheten för …"."""
    words = text.strip(" ,").split()
    if not words or len(words) > 6 or not text[0].isupper() or re.search(r"[.:;!?\d@]", text):
        return False
    ends = tuple(vocabulary.departments)
    return words[-1].casefold().endswith(ends) or (
        words[0].casefold().endswith(ends) and words[1:2] == ["för"]
    )


def is_role(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is a role: "Stadsdelsdirektör", "tf enhetschef", "chef för stöd"."""
    words = text.strip(" .,()").casefold().split()
    if not words or len(words) > 7 or len(text) > 80 or text.strip()[-1:] in ".:;!?":
        return False
    if any(mark in text for mark in "@:;0123456789"):
        return False
    if words[0] in vocabulary.role_openings:
        return True
    if words[0].endswith(vocabulary.roles):
        return (
            len(words) == 1
            or words[1] in {"för", "på", "och", "i", "vid", "inom", "av"}
            or (words[-1].endswith(vocabulary.roles) or text.strip()[0].isupper())
        )
    return words[-1].endswith(vocabulary.roles) and not is_person(text.strip())


def name_and_role(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return a name and a role that stand on one line: "Anna Ek, enhetschef"."""
    match = re.fullmatch(r"(?P<name>[^,]{5,50}), (?P<role>[^,]{4,70})", text)
    if match and is_person(match["name"]) and is_role(match["role"], vocabulary):
        return match["name"], match["role"]
    return None


def address_field(text: str) -> str:
    """Return which part of an address a line is by its look, or nothing."""
    text = text.strip(" ,")
    if EMAIL.fullmatch(text):
        return "email"
    if POST_BOX.fullmatch(text):
        return "postal_box"
    if POSTAL.fullmatch(text):
        return "postal_address"
    if len(text) < 60 and STREET.fullmatch(text) and re.search(r"\d", text):
        return "street"
    if len(text) < 60 and WEB.fullmatch(text):
        return "web"
    if PHONE.fullmatch(text):
        return "switchboard"
    return ""


def lines_of(pieces: Sequence[Piece]) -> list[ReadParagraph]:
    """Return pieces as single lines; what stands side by side is read column by column."""
    out: list[ReadParagraph] = []
    for piece in pieces:
        match piece:
            case ReadParagraph():
                out.extend(as_lines(piece))
            case ReadTable():
                out.extend(line for paragraph in columns_of(piece) for line in as_lines(paragraph))
            case _:
                pass
    return out


def columns_of(table: ReadTable) -> list[ReadParagraph]:
    """Return a table's paragraphs column by column; the first of a column stands apart."""
    out: list[ReadParagraph] = []
    for column in range(max((len(row) for row in table.rows), default=0)):
        first, blank = True, False
        for row in table.rows:
            cell = row[column] if column < len(row) else ()
            for paragraph in cell:
                look = replace(paragraph.look, tight=not first and not blank)
                out.append(replace(paragraph, look=look))
                first = blank = False
            blank = blank or (not cell and not first and len(row) < 1)
    return out
