"""Swedish typography, applied to what is printed and never to what is stored.

Quotation marks are ” on both sides, an apostrophe is ’, a dash with spaces is –, and what belongs
together isn't broken over two lines (U+00A0). Words are never changed, and neither are registry
numbers, phone numbers and ISO dates. The rules are those of ordinary Swedish typesetting
(SIS 03 62 01, "Typografiska mått", and common usage).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace

from samverkan_desktop.domain.text import Span, Spans, is_language, normal_spans, spans_text

NBSP = "\N{NO-BREAK SPACE}"

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# Control characters, soft hyphens, zero-width and direction marks, halves of characters, and the
# code points that stand for no character or for an object that wasn't pasted with the text.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff]"
)

# Spaces at either end and beside a line break, and all but one of a run of spaces.
_TAB = re.compile("\t")

# A character with the marks that are put on it, and Korean letters that make a syllable: what NFC
# may make one character of.
_COMBINED = re.compile("[^\u1160-\u11ff\u0300-\u036f][\u1160-\u11ff\u0300-\u036f]+")

_SPACING = re.compile(r"\A[ \n]+|[ \n]+\Z|(?<=\n) +|(?<=\ ) +| +(?=\n)")

# Each match is just the characters to be replaced; its context is looked at, not matched, so that
# no rule hides a match from another.
_RULES = re.compile(
    r"""
    " | ' | \.\.\.
    | -(?:
    # a dash between words: "parken - och torget"
        (?<=\S[ \u00a0]-)-?(?=[ \u00a0]\S)
    # 2019-2023, but not in KS 2019-2023, STK-2019-2020, Dnr 2019-2020 or 2019-2020-1.2.4
      | (?<=\b(?:19|20)\d\d-)(?=(?:19|20)\d\d\b(?![-/]|[.:]?\d))
        (?<![-/.:]\d{4}-)(?<![A-ZÅÄÖ][ \u00a0]\d{4}-)(?<![A-ZÅÄÖ][a-zåäö][ \u00a0]\d{4}-)
        (?<!nr[ \u00a0]\d{4}-)(?<!nr:[ \u00a0]\d{4}-)
        (?<!mmer[ \u00a0]\d{4}-)(?<!mmer:[ \u00a0]\d{4}-)
    )
    | \ (?:
        (?<=\d\ )(?:
    # 1 057,8 and 164 07 and 08-508 01 000
            (?=\d{2,3}(?!\d))
    # 11 §, 3 kap., 7 %, 5 kr, 27 oktober
          | (?=[§%°]|kap\.|(?:kr|tkr|mkr|mnkr|kronor|miljoner|miljarder|procent|januari|februari
              |mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b)
        )
      | (?=\d)(?:
    # § 11, kap. 10
            (?<=§\ ) | (?<=kap\.\ )
    # KS 2023/740, Ks 123/2023, HSN 2019-0829, dnr 1.6-216/2013
          | (?=\d[\d.]*[-/]\d)(?:(?<=[A-ZÅÄÖ]\ )|(?<=\b[A-ZÅÄÖ][a-zåäö]\ )|(?<=[Dd]nr\ ))
        )
    )
    """,
    re.VERBOSE,
)

_NEW = {'"': "”", "'": "’", "...": "…", "-": "–", "--": "–", " ": NBSP}


def clean(text: str) -> str:
    """Take out what has no form in print: control characters, soft hyphens, needless spaces.

    A tab becomes a space, other line and paragraph separators a newline. The text is composed
    (NFC), since fonts and searches are made for that.
    """
    text = _composed(_visible(text))
    return _SPACING.sub("", text) if _is_uneven(text) else text


def typeset_text(text: str) -> str:
    """Return plain text as it is printed."""
    return _RULES.sub(_replacement, clean(text))


def typeset(parts: Spans) -> Spans:
    """Return spans as they are printed; a rule sees across the border between two spans."""
    if len(parts) == 1:
        text = typeset_text(parts[0].text)
        return (_with_text(parts[0], text),) if text else ()
    even = normal_spans(_with_text(span, _visible(span.text)) for span in parts)
    if _is_uneven(spans_text(even)):
        even = _edited(even, _SPACING, {})
    composed = tuple(replace(span, text=_composed(span.text)) for span in even)
    return _edited(composed, _RULES, _NEW)


def traced(text: str) -> tuple[str, tuple[int, ...]]:
    """Return text as it is printed, and where in `text` each character of that begins.

    The last number is where what is printed ends. What has no form in print is in none of them.
    """
    chars, starts, ends = text, list(range(len(text))), list(range(1, len(text) + 1))

    def edit(rules: re.Pattern[str], new_text: Callable[[str], str]) -> None:
        nonlocal chars, starts, ends
        out, begins, stops, at = "", [], [], 0
        for match in rules.finditer(chars):
            start, stop = match.span()
            new = new_text(match[0])
            out += chars[at:start] + new
            begins += [*starts[at:start], *[starts[start]] * len(new)]
            stops += [*ends[at:start], *[ends[stop - 1]] * len(new)]
            at = stop
        chars, starts, ends = out + chars[at:], begins + starts[at:], stops + ends[at:]

    edit(_LINE_BREAKS, lambda _: "\n")
    edit(_TAB, lambda _: " ")
    edit(_INVISIBLE, lambda _: "")
    edit(_COMBINED, _composed)
    edit(_SPACING, lambda _: "")
    edit(_RULES, _NEW.__getitem__)
    return chars, (*starts, ends[-1] if ends else 0)


def _with_text(span: Span, text: str) -> Span:
    """Return the span with its text, and its link and language only if a file can hold them."""
    link = "".join(_INVISIBLE.sub("", span.link).split()) if span.link else None
    language = span.language if span.language and is_language(span.language) else None
    return replace(span, text=text, link=link or None, language=language)


def _visible(text: str) -> str:
    if not text.isprintable():  # which is quick, and true of nearly every text
        text = _LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return _INVISIBLE.sub("", text)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _is_uneven(text: str) -> bool:
    """Whether _SPACING, which is slow, has anything to take out."""
    return "  " in text or " \n" in text or "\n " in text or text != text.strip(" \n")


def _replacement(match: re.Match[str]) -> str:
    return _NEW[match[0]]


def _edited(parts: Spans, rules: re.Pattern[str], new_text: Mapping[str, str]) -> Spans:
    """Replace, or take out, what the rules match.

    A new character gets the marks of the first that it replaces.
    """
    whole = spans_text(parts)
    edits = [(*match.span(), new_text.get(match[0], "")) for match in rules.finditer(whole)]
    if not edits:
        return parts
    out = []
    begin = 0
    for span in parts:
        end = begin + len(span.text)
        text, at = "", begin
        for start, stop, new in edits:
            if begin < stop and start < end:
                text += whole[at : max(start, at)] + (new if start >= begin else "")
                at = min(stop, end)
        out.append(replace(span, text=text + whole[at:end]))
        begin = end
    return normal_spans(out)
