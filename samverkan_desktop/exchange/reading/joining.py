"""Lines to paragraphs: which line goes on in the next, in plain text as in a PDF.

Lengths are in any unit as long as it is the same: characters, or points.
"""

import re

LIST_MARK = re.compile(
    r"(?P<bullet>[-–—•·●○▪■◦►➢✓*\uf0b7\uf0a7\u2022]|o(?=\t))[ \t\xa0]+(?=\S)"
    r"|(?P<number>\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zåäö]|[ivx]{1,5})[.)])[ \t\xa0]+(?=\S)"
)
# A dash that is kept where a word was cut: "barn-" before "och ungdomsnämnden".
_LOOSE_DASH = re.compile(r"(?:och|eller|samt|respektive|till|men|resp\.?)\b")
_ENDED = re.compile(r"[.!?:;”\"]\s*$")


def goes_on(line: str, following: str, length: float, next_word: float, width: float) -> bool:
    """Whether a line was only broken because the next word had no room.

    `width` is the room that the lines of this text have. Ragged lines (a proportional font saved
    as text) are allowed for.
    """
    if not line.strip() or LIST_MARK.match(following.lstrip()):
        return False
    would_be = length + next_word
    if would_be > width:
        return True
    if would_be <= 0.75 * width:
        return False
    begins_small = following.lstrip()[:1].islower()
    return begins_small or (not _ENDED.search(line) and would_be > 0.85 * width)


def joined(line: str, following: str) -> str:
    """Join two lines of a paragraph; a word that was cut in two becomes one again."""
    line, following = line.rstrip(), following.lstrip()
    if line.endswith("\N{SOFT HYPHEN}"):
        return line[:-1] + following
    if line.endswith("-") and line[-2:-1].isalpha() and following[:1].isalpha():
        if _LOOSE_DASH.match(following):
            return f"{line} {following}"
        return line + following if following[:1].isupper() else line[:-1] + following
    if line.endswith("/") and following[:1].isalnum():
        return line + following
    return f"{line} {following}"
