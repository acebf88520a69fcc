"""Bytes to text: which encoding a text file is in, and how sure that is."""

import re
from dataclasses import dataclass

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Single-byte encodings that Swedish texts are met in, the likeliest first.
_SINGLE = (
    ("cp1252", "Windows (Windows-1252)"),
    ("cp850", "DOS (kodsida 850)"),
    ("mac_roman", "Macintosh"),
)
_SWEDISH = re.compile(r"(?<=[a-zåäö ])[åäö](?=[a-zåäö .,])|\b[ÅÄÖ](?=[a-zåäö])")
_ODD = re.compile(r"[^\W\d_a-zA-ZåäöÅÄÖéèüÉÜ]|[\x80-\x9f¤¦¬±†‡„‰¶]")
_TWICE = re.compile("Ã[¥¤¶…„–©]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and a Swedish sentence for the report when the encoding had to be guessed."""

    text: str
    note: str = ""


def decoded(data: bytes) -> Decoded | None:
    """Return the text, or None when the bytes are no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _clear(data.decode(name, "replace"))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return None if _is_binary(text) else _repaired(text)
    wide = _without_mark(data)
    if wide is not None:
        return wide
    if b"\0" in data:
        return None
    return _single_byte(data)


def _clear(text: str) -> Decoded:
    note = "Några tecken i filen gick inte att läsa." if "\N{REPLACEMENT CHARACTER}" in text else ""
    return Decoded(text.replace("\0", ""), note)


def _without_mark(data: bytes) -> Decoded | None:
    """Read UTF-16 that doesn't say so: every second byte of a Swedish text is zero."""
    sample = data[:4000]
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(zeros) > 8 and zeros.count(0) > 0.9 * len(zeros):
            return Decoded(
                data.decode(name, "replace"), "Filen antas vara sparad som UTF-16 (troligt)."
            )
    return None


def _is_binary(text: str) -> bool:
    odd = sum(1 for c in text[:4000] if c < " " and c not in "\t\n\r\f\v\x1a\x1b")
    return odd > 0.02 * len(text[:4000]) + 2


def _repaired(text: str) -> Decoded:
    """Undo UTF-8 that was once read as Windows-1252 and saved so: "fÃ¶r" is "för"."""
    if len(_TWICE.findall(text)) > 2:
        try:
            again = text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return Decoded(text)
        return Decoded(again, "Å, ä och ö var felsparade i filen och har rättats (troligt).")
    return Decoded(text.replace("\0", ""))


def _single_byte(data: bytes) -> Decoded | None:
    """Choose the encoding in which the text looks most like Swedish."""
    texts = [(data.decode(name, "replace"), shown) for name, shown in _SINGLE]
    text, shown = max(texts, key=lambda pair: _likeness(pair[0]))
    if _is_binary(text):
        return None
    surely = "säkert" if len(_SWEDISH.findall(text[:100_000])) > 5 else "osäkert"
    return Decoded(text, f"Filen är inte sparad som UTF-8; den lästes som {shown} ({surely}).")


def _likeness(text: str) -> int:
    text = text[:100_000]
    return len(_SWEDISH.findall(text)) - 2 * len(_ODD.findall(text))
