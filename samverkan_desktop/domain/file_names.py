"""File names that every system takes, made of what people write."""

import itertools
import re
import unicodedata
from collections.abc import Iterator

# Characters that Windows refuses (learn.microsoft.com, "Naming Files, Paths, and Namespaces"),
# those that separate words becoming a hyphen.
_SEPARATORS = re.compile(r"\s*[/\\:|]\s*")
_REFUSED = re.compile('[<>"?*\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]')
# Device names, also with an extension
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE
)


def safe_file_name(text: str, *, longest: int = 100) -> str:
    """Return `text` as a file name without a folder, at most `longest` characters; maybe empty.

    Nothing that Windows, macOS or Linux refuses is left: no separators, control or direction
    characters, device names such as "NUL", dots or spaces at the ends.
    """
    text = _REFUSED.sub("", re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)))
    name = _shortened(_SEPARATORS.sub("-", text).strip(" .-"), longest)
    return f"_{name}"[:longest] if _RESERVED.match(name) else name


def _shortened(name: str, longest: int) -> str:
    """Cut, at a space where there is one near; ext4 takes 255 bytes, suffix included."""
    cut = name[:longest].encode("utf-8")[:200].decode("utf-8", "ignore")
    if cut != name and " " in cut[longest // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" .-,")


def split_suffix(name: str) -> tuple[str, str]:
    """Return a file name in two: "karta", ".png"."""
    match = re.fullmatch(r"(.+)(\.\w{1,8})", name, re.DOTALL)
    return (match[1], match[2]) if match else (name, "")


def numbered(name: str) -> Iterator[str]:
    """Yield "karta.png", "karta-2.png", "karta-3.png" and so on."""
    yield name
    stem, suffix = split_suffix(name)
    yield from (f"{stem}-{number}{suffix}" for number in itertools.count(2))
