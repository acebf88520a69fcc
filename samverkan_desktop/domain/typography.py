"""Swedish typography, applied to what is printed and never to what is stored.

Quotation marks are ” on both sides, an apostrophe is ’, a dash with spaces is –, and what belongs
together isn't broken over two lines (U+00A0). Words are never changed. The rules are those of
ordinary Swedish typesetting (SIS 03 62 01, "Typografiska mått", and common usage).
"""

import re
import unicodedata
from dataclasses import replace

from samverkan_desktop.domain.text import Spans, normal_spans

NBSP = "\N{NO-BREAK SPACE}"
_SPACE = f"[ {NBSP}]"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r'"'), "”"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"'"), "’"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(rf"(?<=\S){_SPACE}--?{_SPACE}(?=\S)"), " – "),
    (re.compile(r"\b((?:19|20)\d\d)-((?:19|20)\d\d)\b(?![-/.]?\d)(?<![-/.]\d{4}-\d{4})"), r"\1–\2"),
    # 1 057 and 250 000: groups of three digits
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NBSP),
    # 08-508 01 000: the groups of a phone number
    (re.compile(r"(\b0\d{1,3}-\d{2,3}) (\d{2,3})\b"), rf"\1{NBSP}\2"),
    (re.compile(rf"(\b0\d{{1,3}}-\d{{2,3}}{NBSP}\d{{2,3}}) (\d{{2,3}})\b"), rf"\1{NBSP}\2"),
    # 11 §, § 11, 3 kap. 10 §, 7 % and 5 kr
    (re.compile(r"(?<=\d) (?=§|%|°|kap\.|kr\b|tkr\b|mnkr\b|mkr\b|kronor\b|procent\b)"), NBSP),
    (re.compile(r"(?<=§) (?=\d)"), NBSP),
    (re.compile(r"(?<=kap\.) (?=\d)"), NBSP),
    # KS 2023/740, Dnr 1.6-216/2013, HSN 2019-0829
    (re.compile(r"\b([A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{0,3}|[Dd]nr) (?=\d[\d.]*[-/]\d)"), rf"\1{NBSP}"),
    # 164 07 Kista
    (re.compile(r"\b(\d{3}) (\d{2})\b(?=[ ,]|$)"), rf"\1{NBSP}\2"),
    # den 27 oktober
    (
        re.compile(
            r"\b(\d{1,2}) (?=(?:januari|februari|mars|april|maj|juni|juli|augusti|september"
            r"|oktober|november|december)\b)"
        ),
        rf"\1{NBSP}",
    ),
)

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufeff\ufffe\uffff]")


def typeset_text(text: str) -> str:
    """Return plain text as it is printed."""
    text = clean(text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def clean(text: str) -> str:
    """Take out what has no form in print: control characters, soft hyphens, tabs.

    A tab becomes a space, other line and paragraph separators a newline. The text is composed
    (NFC), since fonts and searches are made for that.
    """
    text = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def typeset(parts: Spans) -> Spans:
    """Return spans as they are printed; a rule sees across the border between two spans."""
    if len(parts) == 1:
        return normal_spans([replace(parts[0], text=typeset_text(parts[0].text))])
    cleaned = [replace(span, text=clean(span.text)) for span in parts]
    whole = "".join(span.text for span in cleaned)
    owner = [i for i, span in enumerate(cleaned) for _ in span.text]
    for pattern, replacement in _RULES:
        whole, owner = _substitute(pattern, replacement, whole, owner)
    pieces = [""] * len(cleaned)
    for char, index in zip(whole, owner, strict=True):
        pieces[index] += char
    return normal_spans(
        replace(span, text=piece) for span, piece in zip(cleaned, pieces, strict=True)
    )


def _substitute(
    pattern: re.Pattern[str], replacement: str, whole: str, owner: list[int]
) -> tuple[str, list[int]]:
    """Apply one rule, and keep for each character which span it belongs to."""
    text, owners, end = "", [], 0
    for match in pattern.finditer(whole):
        new = match.expand(replacement)
        old_owner = owner[match.start() : match.end()]
        # A rule changes single characters; where it shortens, the last one's owner serves the rest.
        new_owner = [old_owner[min(i, len(old_owner) - 1)] for i in range(len(new))]
        text += whole[end : match.start()] + new
        owners += owner[end : match.start()] + new_owner
        end = match.end()
    return text + whole[end:], owners + owner[end:]
