"""Words in Arabic and Hebrew script, which are written from right to left.

Names in these scripts must be legible; whole texts are not what the program is for. Letters are
joined with the presentation forms that Unicode has for them. They are drawn in the order in which
they are read, each at its place, so that the text is right both for those who read the order in the
file and for those who go by where it stands.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
# From the first letter of such a script in a word to the last.
_STRETCH = re.compile(f"[{_LETTERS}](?:.*[{_LETTERS}])?")
# What keeps its own order inside: a letter with its marks, a number, a Latin word.
_UNITS = re.compile(rf"[^\W{_LETTERS}]+|.", re.DOTALL)

_LAM = "\u0644"
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")


def has_rtl(text: str) -> bool:
    """Whether any letter is written from right to left."""
    return not text.isascii() and _STRETCH.search(text) is not None


def units(word: str) -> Iterator[tuple[str, bool]]:
    """Yield a word in reading order, and of each piece whether it stands left of the one before.

    Letters from right to left come one by one, with the marks on them; a number or a Latin word
    among them is one piece.
    """
    match = _STRETCH.search(word)
    start, end = match.span() if match else (len(word), len(word))
    if start:
        yield word[:start], False
    unit = ""
    for piece in _UNITS.findall(_joined(word[start:end])):
        if unit and not unicodedata.combining(piece[0]):
            yield unit, True
            unit = ""
        unit += piece.translate(_MIRRORED)
    if unit:
        yield unit, True
    if end < len(word):
        yield word[end:], False


def letters_of(form: str) -> str:
    """Return the letters that a presentation form shows, or the character itself."""
    return unicodedata.normalize("NFKC", form) if "\ufb50" <= form <= "\ufefc" else form


def _joined(text: str) -> str:
    """Return Arabic letters in the forms that they have beside their neighbours."""
    joined = ""
    letters = [i for i, char in enumerate(text) if not unicodedata.combining(char)]
    after = dict(itertools.pairwise(letters))
    before = {b: a for a, b in after.items()}
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        char = pair if pair[0] == _LAM and _has(pair, "isolated") else text[at]
        previous = text[before[at]] if at in before else ""
        following = text[after[at]] if at in after and len(char) == 1 else ""
        joined += _form(char, previous, following)
        at += len(char)
    return joined


def _form(char: str, previous: str, following: str) -> str:
    to_previous = _has(char, "final") and _has(previous, "initial")
    to_following = _has(char, "initial") and _has(following, "final")
    names = {
        (True, True): "medial",
        (True, False): "final",
        (False, True): "initial",
        (False, False): "isolated",
    }
    return _forms().get((char, names[to_previous, to_following]), char)


def _has(char: str, form: str) -> bool:
    return (char, form) in _forms()


@functools.cache
def _forms() -> dict[tuple[str, str], str]:
    """Return the presentation form of each letter and of lam with alef, by its place in a word."""
    found: dict[tuple[str, str], str] = {}
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        tag, *points = unicodedata.decomposition(chr(code)).split() or [""]
        letters = "".join(chr(int(point, 16)) for point in points)
        if tag.startswith("<") and letters:
            found.setdefault((letters, tag.strip("<>")), chr(code))
    return found
