"""HTML from the clipboard to rich text: Word, Outlook, LibreOffice, Google Docs, browsers.

What is kept is structure and every character that was seen; fonts, colours and sizes are not.
Nothing is ever fetched. An image becomes its alternative text, since its file isn't in the HTML.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from samverkan_desktop.domain.text import (
    Blocks,
    BulletList,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Spans,
    normal_spans,
    spans,
    spans_text,
)
from samverkan_desktop.exchange.pasted_lists import (
    Continuation,
    ListLine,
    Part,
    assembled,
    is_number,
    word_list,
)
from samverkan_desktop.exchange.pasted_style import (
    DROPPED,
    Marks,
    is_block,
    is_dropped,
    marks_inside,
    style_of,
    tag_of,
)
from samverkan_desktop.exchange.pasted_table import read_table, without_bold

# Comments (Word hides its XML in them), and the conditions that Word writes without a comment.
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CONDITIONS = re.compile(r"<!\[[^>]*>")
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_CLIPBOARD_HEADER = re.compile(r"\A\s*Version:[^<]*", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINE = re.compile(r"\n[ \xa0\t]*\n[ \xa0\t\n]*")
_RAISED = str.maketrans("123", "¹²³")  # the ones that every font has
_TAG = re.compile(r"<[^>]*>")
_DROPPED_PARTS = re.compile(
    rf"<({'|'.join(sorted(DROPPED))})\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_HEADINGS = {"h2": 2, "h3": 3}


def read_html(html: str) -> Blocks:
    """Return the text of an HTML page or fragment as blocks, without ids.

    Whatever it is given, it gives back something: HTML that can't be understood is read as text.
    """
    html = _DECLARATION.sub("", _CLIPBOARD_HEADER.sub("", html.replace("\0", "")))
    html = _CONDITIONS.sub("", _COMMENTS.sub("", html))
    if not html.strip():
        return ()
    parser = HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
        if any("depth" in entry.message for entry in parser.error_log):
            return _text_only(html)
        _rank_headings(root)
        return _read(root, Marks())
    except etree.ParserError:  # nothing but comments and the like
        return ()
    except RecursionError:
        return _text_only(html)


def _text_only(html: str) -> Blocks:
    """Return the text of HTML that is nested too deep to be anything but an accident."""
    texts = (" ".join(unescape(text).split()) for text in _TAG.split(_DROPPED_PARTS.sub("", html)))
    return tuple(Paragraph(spans(text)) for text in texts if text)


def _rank_headings(root: HtmlElement) -> None:
    """Make the highest headings level 2 and all others 3, whatever they were where they stood."""
    found = list(root.iter("h1", "h2", "h3", "h4", "h5", "h6"))
    highest = min((tag_of(element) for element in found), default="")
    for element in found:
        element.tag = "h2" if tag_of(element) == highest else "h3"


def _read(element: HtmlElement, marks: Marks) -> Blocks:
    """Return what stands in an element."""
    flow = _Flow()
    flow.children(element, marks)
    flow.end()
    return assembled(flow.parts)


@dataclass(slots=True)
class _WordItem:
    """A paragraph that Word calls a list item; its mark is found while reading it."""

    group: str
    level: int
    mark: str = ""


class _Flow:
    """Text running on until a block ends it."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._spans: list[Span] = []
        self._make: Callable[[Spans], Part] = Paragraph
        self._item: _WordItem | None = None
        self._containers: dict[str, Callable[[HtmlElement, Marks], None]] = {
            "ul": self._list,
            "ol": self._list,
            "li": self._stray_item,
            "table": self._table,
            "blockquote": self._quote,
        }

    def children(self, element: HtmlElement, marks: Marks) -> None:
        """Read what is in an element."""
        self._text(element.text, marks)
        for child in element:
            if isinstance(child.tag, str):  # a comment's is not
                self.element(child, marks)
            self._text(child.tail, marks)

    def end(self) -> None:
        """End the block that is being read."""
        parts, self._spans = normal_spans(self._spans), []
        self.parts += [self._make(piece) for piece in _paragraphs(parts)]

    def element(self, element: HtmlElement, around: Marks) -> None:
        """Read an element itself."""
        style, tag = style_of(element), tag_of(element)
        if is_dropped(element, style):
            return
        marks = marks_inside(element, style, around)
        if style.get("mso-list") == "ignore":
            self._word_mark(element, marks)
        elif tag in self._containers:
            self.end()
            self._containers[tag](element, marks)
        elif tag in _HEADINGS or is_block(element, style):
            self._block(element, style, marks)
        else:
            self._inline(element, style, marks)

    def _inline(self, element: HtmlElement, style: dict[str, str], marks: Marks) -> None:
        match tag_of(element):
            case "br":
                self._spans.append(marks.span("\n"))
            case "img":
                self._text(_image_text(element), marks)
            case "q":
                self._text("”", marks)
                self.children(element, marks)
                self._text("”", marks)
            case _ if "mso-tab-count" in style:  # Word draws a tab with spaces
                self._spans.append(marks.span("\t"))
            case _:
                self.children(element, marks)

    def _block(self, element: HtmlElement, style: dict[str, str], marks: Marks) -> None:
        self.end()
        make, item = self._make, self._item
        self._begin(element, style)
        self.children(element, marks)
        self.end()
        self._make, self._item = make, item

    def _begin(self, element: HtmlElement, style: dict[str, str]) -> None:
        """Note what the text of a block is to become."""
        name = (element.get("class") or "").lower()
        level = 2 if name == "msotitle" else _HEADINGS.get(tag_of(element))
        listed = word_list(style)
        if level is not None:
            self._make = lambda parts: Heading(level, without_bold(parts))
        elif listed is not None:
            self._item = _WordItem(*listed)
            self._make = self._list_line
        elif name.startswith("msolistparagraph"):
            self._make = lambda parts: Continuation((Paragraph(parts),))
        elif name in ("msoquote", "msointensequote"):
            self._make = lambda parts: Quote((Paragraph(parts),))

    def _text(self, text: str | None, marks: Marks) -> None:
        if not text:
            return
        if marks.raised and not text.strip("123"):
            text = text.translate(_RAISED)
        if marks.keeps_space:
            text = text.replace("\r\n", "\n")
        else:
            text = _SPACE.sub(" ", text)
            before = self._spans[-1].text if self._spans else " "
            text = text[1:] if text[0] == " " and before.endswith((" ", "\n")) else text
        if text:
            self._spans.append(marks.span(text))

    def _word_mark(self, element: HtmlElement, marks: Marks) -> None:
        """Take the mark that Word writes before a list item; a heading's number is its text."""
        mark = str(element.text_content())
        if self._item is not None:
            self._item.mark = mark
        else:
            self._text(" ".join(mark.split()) + " ", marks)

    def _list_line(self, parts: Spans) -> Part:
        item = self._item
        if item is None:
            return Paragraph(parts)
        return ListLine(item.level, is_number(item.mark), item.group, (Paragraph(parts),))

    def _list(self, element: HtmlElement, marks: Marks) -> None:
        ordered = tag_of(element) == "ol"
        items: list[Blocks] = []
        for child, blocks in _list_parts(element, marks):
            level = (child.get("data-aria-level") or "") if child is not None else ""
            if level.isdecimal():  # Word on the web: every item in a list of its own
                self.parts.append(ListLine(int(level), ordered, "web", blocks))
            elif child is not None and tag_of(child) in ("ul", "ol") and items:
                items[-1] += blocks
            elif blocks:
                items.append(blocks)
        if items:
            self._add_list(tuple(map(ListItem, items)), element)

    def _add_list(self, items: tuple[ListItem, ...], element: HtmlElement) -> None:
        """Add a list, or go on with the one right before it if it was torn in two."""
        kind = NumberedList if tag_of(element) == "ol" else BulletList
        last = self.parts[-1] if self.parts else None
        if isinstance(last, kind):
            goes_on = element.get("start") == str(len(last.items) + 1)
            if goes_on or kind is BulletList:
                self.parts[-1] = replace(last, items=last.items + items)
                return
        self.parts.append(kind(items))

    def _stray_item(self, element: HtmlElement, marks: Marks) -> None:
        blocks = _read(element, marks)
        if blocks:
            self._add_list((ListItem(blocks),), element)

    def _table(self, element: HtmlElement, marks: Marks) -> None:
        self.parts += read_table(element, lambda cell: _read(cell, marks))

    def _quote(self, element: HtmlElement, marks: Marks) -> None:
        blocks = _read(element, marks)
        if blocks:
            self.parts.append(Quote(blocks))


def _list_parts(element: HtmlElement, marks: Marks) -> Iterator[tuple[HtmlElement | None, Blocks]]:
    """Yield the items of a list, and what else stands in it: text, or a list below an item."""
    if element.text and element.text.strip():
        yield None, (Paragraph(spans(" ".join(element.text.split()))),)
    for child in element:
        if isinstance(child.tag, str) and not is_dropped(child, style_of(child)):
            if tag_of(child) in ("li", "div", "p", "span"):
                yield child, _read(child, marks_inside(child, style_of(child), marks))
            else:
                flow = _Flow()
                flow.element(child, marks)
                flow.end()
                yield child, assembled(flow.parts)
        if child.tail and child.tail.strip():
            yield None, (Paragraph(spans(" ".join(child.tail.split()))),)


def _paragraphs(parts: Spans) -> Iterator[Spans]:
    """Yield the paragraphs in a run of text: a blank line divides, blank ones are left out."""
    text = spans_text(parts)
    ends = [(found.start(), found.end()) for found in _BLANK_LINE.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    for start, end in zip(starts, [*(start for start, _ in ends), len(text)], strict=True):
        piece = text[start:end]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip(" \n"))
            yield _slice(parts, first, start + len(piece.rstrip(" \n\xa0")))


def _slice(parts: Spans, start: int, end: int) -> Spans:
    out: list[Span] = []
    at = 0
    for span in parts:
        text = span.text[max(0, start - at) : max(0, end - at)]
        out.append(replace(span, text=text))
        at += len(span.text)
    return normal_spans(out)


def _image_text(element: HtmlElement) -> str:
    """Return what is said for an image: what it shows; a sign such as an emoji is itself."""
    alt = element.get("alt")
    if alt is None:
        sizes = (element.get("width"), element.get("height"))
        return "" if any(size in ("0", "1", "2") for size in sizes) else "[Bild]"  # a mail's spy
    alt = " ".join(alt.split())
    return f"[Bild: {alt}]" if any(char.isalnum() for char in alt) else alt
