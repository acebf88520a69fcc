"""What the tags and inline styles of pasted HTML say about a piece of text."""

import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from samverkan_desktop.domain.text import Span

_BOLD_TAGS = frozenset(("b", "strong"))
_ITALIC_TAGS = frozenset(("i", "em", "cite", "dfn", "var"))
_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)

# Nothing in these is text that was seen.
DROPPED = frozenset(
    (
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "svg",
        "select",
        "datalist",
        "object",
        "audio",
        "video",
        "canvas",
        "iframe",
        "xml",
        "rp",
    )
)
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "address",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "form",
        "fieldset",
        "legend",
        "details",
        "summary",
        "center",
        "hr",
        "pre",
        "body",
        "html",
        "tbody",
        "tr",
        "td",
        "th",
        "caption",
    )
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is on for a piece of text."""

    bold: bool = False
    italic: bool = False
    link: str | None = None
    keeps_space: bool = False  # white-space: pre, pre-wrap …
    raised: bool = False

    def span(self, text: str) -> Span:
        """Return text with these marks."""
        return Span(text, bold=self.bold, italic=self.italic, link=self.link)


def tag_of(element: HtmlElement) -> str:
    """Return an element's name, in lower case."""
    return str(element.tag).lower()


def style_of(element: HtmlElement) -> dict[str, str]:
    """Return the declarations of an element's style attribute, in lower case."""
    out: dict[str, str] = {}
    for declaration in (element.get("style") or "").lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            out[name.strip()] = value.strip()
    return out


def is_dropped(element: HtmlElement, style: dict[str, str]) -> bool:
    """Whether an element holds nothing that was seen as text where it was copied."""
    if tag_of(element) in DROPPED or element.get("hidden") is not None:
        return True
    if style.get("display") == "none" or style.get("visibility") == "hidden":
        return True
    return "all" in style.get("mso-hide", "") or _is_review_mark(element, style)


def _is_review_mark(element: HtmlElement, style: dict[str, str]) -> bool:
    """Whether this is Word's: text deleted with tracked changes, a comment, or its mark."""
    names = (element.get("class") or "").lower().split()
    return (
        "msodel" in names
        or "msocommentreference" in names
        or style.get("mso-element") in ("comment-list", "comment")
        or style.get("mso-special-character") == "comment"
    )


def is_block(element: HtmlElement, style: dict[str, str]) -> bool:
    """Whether an element begins on a new line."""
    display = style.get("display", "")
    if display in ("block", "list-item", "flex", "grid", "table"):
        return True
    return tag_of(element) in _BLOCKS and not display.startswith("inline")


def marks_inside(element: HtmlElement, style: dict[str, str], around: Marks) -> Marks:
    """Return the marks of the text in an element that stands in text with other marks."""
    tag = tag_of(element)
    space = style.get("white-space")
    return replace(
        around,
        bold=_bold(tag, style, around=around.bold),
        italic=_italic(tag, style, around=around.italic),
        link=_link(element) if tag == "a" else around.link,
        keeps_space=space.startswith("pre") if space else tag == "pre" or around.keeps_space,
        raised=tag == "sup" or style.get("vertical-align") == "super" or around.raised,
    )


def _bold(tag: str, style: dict[str, str], *, around: bool) -> bool:
    """Google Docs puts all it copies in a <b> with font-weight: normal."""
    weight = style.get("font-weight")
    if weight is None:
        return around or tag in _BOLD_TAGS
    return weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) >= 600)


def _italic(tag: str, style: dict[str, str], *, around: bool) -> bool:
    slant = style.get("font-style")
    if slant is None:
        return around or tag in _ITALIC_TAGS
    return slant.startswith(("italic", "oblique"))


def _link(element: HtmlElement) -> str | None:
    address = (element.get("href") or "").strip()
    return address if _LINK.match(address) else None
