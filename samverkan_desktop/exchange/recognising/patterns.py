"""What dates, registry numbers, phones, e-mail addresses, page marks and gaps look like."""

import datetime
import re

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_ISO = r"(?P<y>(?:19|20)\d\d)[-–/.](?P<m>\d\d?)[-–/.](?P<d>\d\d?)"
_NAMES = "|".join((*_MONTHS, "sept", *_MONTH))
_LONG = rf"(?:den )?(?P<d>\d\d?)[.:]?(?:a|e)? (?P<m>{_NAMES})\.? (?P<y>(?:19|20)\d\d)"
_BACKWARDS = r"(?P<d>\d\d?)[./](?P<m>\d\d?)[./](?P<y>(?:19|20)\d\d)"
_COMPACT = r"(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)"
_DATES = tuple(
    re.compile(rf"(?<![\w./-]){form}(?![\w/-])", re.IGNORECASE)
    for form in (_ISO, _LONG, _BACKWARDS, _COMPACT)
)

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?:\+46|0)[\d \N{NO-BREAK SPACE}/()–-]{5,20}\d")
WEB = re.compile(
    r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:se|nu|com|org|eu|example)(?:/\S*)?"
)
POSTAL = re.compile(r"(?:S(?:E)?-)?\d{3} ?\d{2} +[A-ZÅÄÖ][\w ]+")
POST_BOX = re.compile(r"(?:Box|FE) \d+", re.IGNORECASE)
STREET = re.compile(
    r"[A-ZÅÄÖ][\w. -]{0,40}?(?:gatan?|vägen?|gränd|torg(?:et)?|plan|allén?|stigen?|gården?|backen?"
    r"|kajen?|platsen|bron|strand|leden?)(?: \d{1,3}(?:[-–]\d{1,3})? ?[A-Za-z]?)(?:, .{1,30})?",
    re.IGNORECASE,
)

# Registry numbers, as they have been seen in documents of many municipalities.
_DNR_FORMS = (
    # KS 2023/740, KSN-2014-1514, SLK-2023-01047, RS 2019-0829, Ks/2015:12, BND/2019:201
    (
        r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,6}[ /-]?(?:\d{1,3}-)?(?:19|20)\d\d[-/: ]\d{1,6}"
        r"(?:[-/. ]\d[\d.]*)*"
    ),
    r"[A-ZÅÄÖ]{1,6}[ /-]\d{1,6}/(?:19|20)\d\d",
    # KFKS 2017/1106, Ks 123/2023, 2018/KS 0290 10
    r"[A-ZÅÄÖ][a-zåäö]{1,3} \d{1,6}/(?:19|20)\d\d",
    r"(?:19|20)\d\d/[A-ZÅÄÖ]{2,5} \d{3,5}(?: \d{1,3})?",
    # 1.5.1-135-2012, 2.2.2/171-2013, 3.1.-193/2014, 102-274-04, 0263/19, 2011-875-1.2.4
    r"\d{1,2}(?:\.\d{1,2}){1,3}\.?[-/]\d{1,5}[-/](?:19|20)?\d\d",
    r"(?:19|20)\d\d-\d{1,6}(?:-\d{1,2}(?:\.\d{1,2})*)?(?!-\d)",
    r"\d{1,5}-\d{1,5}[-/](?:(?:19|20)\d\d|\d\d)",
    r"\d{1,6}/\d{2}(?:\d\d)?",
)
DNR = re.compile(rf"(?<![\w./-])(?:{'|'.join(_DNR_FORMS)})(?![\w/-])")

PAGE_MARK = re.compile(
    r"(?:(?:sida|sidan|sid|sidnr|page|s\.)[ :]*\d{1,4}"
    r"(?:\s*(?:\(\s*\d{1,4}\s*\)|(?:av|of|/)\s*\d{1,4}))?"
    r"|\d{1,4}\s*\(\s*\d{1,4}\s*\)|[-–]\s*\d{1,4}\s*[-–]|\(\s*\d{1,4}\s*\)"
    r"|\d{1,4}\s*(?:av|/)\s*\d{1,3})",
    re.IGNORECASE,
)
# A page mark inside a line with other running text: "Tjänsteskrivelse  KS 2023/12  Sida 3 (7)".
PAGE_MARK_INSIDE = re.compile(
    r"(?:(?:sida|sid)[ :]*\d{1,4}(?:\s*\(\s*\d{1,4}\s*\)|\s*av\s*\d{1,4})?"
    r"|(?<![\w§.,/-])\d{1,3}\s?\(\s?\d{1,3}\s?\))(?=\s|$)",
    re.IGNORECASE,
)
UNFILLED = re.compile(
    r"<<[^<>\n]{1,60}>>|«[^«»\n]{1,60}»|\{\{[^{}\n]{1,60}\}\}"
    r"|\[\s*(?:…|\.{3}|[xX]+|(?:[Ff]yll|[Ss]kriv|[Aa]nge|[Vv]älj|[Ll]ägg)\b[^\]\n]*|[Nn]amn|[Dd]atum|[Bb]elopp|[Tt]ext|[Oo]rt|[Tt]itel|[Dd]nr)\s*\]"
    r"|\b[Kk]licka (?:eller tryck )?här för att (?:ange|lägga)[^\n.]*\.?"
    r"|\b(?:X{3,}|x{3,})\b|\b(?:ÅÅÅÅ|20XX)(?:-(?:MM|XX)-(?:DD|XX))?\b"
    r"|\bMERGEFIELD \w+",
)
RULE = re.compile(r"[\s_.…=*~–—-]{3,}|[\s_]{2,}")
_NAME_WORD = r"[A-ZÅÄÖÉÜ][\w’'é]*(?:-[A-ZÅÄÖÉÜ]?[\w’'é]+)*\.?"
_SMALL_WORD = "(?:von|af|av|de|der|van|del|al|el|bin|ter)"
PERSON = re.compile(rf"{_NAME_WORD}(?: (?:{_NAME_WORD}|{_SMALL_WORD}))*(?: {_NAME_WORD})")


def find_dnr(text: str) -> str:
    """Return the first registry number in a text that is no date, or nothing."""
    return next((m[0] for m in DNR.finditer(text) if not is_date(m[0])), "")


def read_date(text: str) -> datetime.date | None:
    """Return the first date in a text, or None."""
    found = find_date(text)
    return found[0] if found else None


def find_date(text: str) -> tuple[datetime.date, str] | None:
    """Return the first date in a text and how it was written."""
    for form in _DATES:
        for match in form.finditer(text):
            month = match["m"].casefold()
            number = _MONTH.get(month[:3]) if month[0].isalpha() else int(month)
            try:
                return datetime.date(int(match["y"]), number or 0, int(match["d"])), match[0]
            except ValueError:
                continue
    return None


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else."""
    found = find_date(text.strip(" .,"))
    return found is not None and found[1] == text.strip(" .,")


def is_rule(text: str) -> bool:
    """Whether a line is only drawn: dots, dashes, underscores."""
    return bool(text.strip()) and RULE.fullmatch(text) is not None


def is_person(text: str) -> bool:
    """Whether a line looks like the name of a person: two to five words with capitals."""
    return (
        len(text) <= 60
        and PERSON.fullmatch(text) is not None
        and len(text.split()) <= 5
        and not text.isupper()
    )
