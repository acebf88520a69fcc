"""Names of WordprocessingML, and small questions to its elements."""

from datetime import UTC, datetime

from samverkan_desktop.exchange.office.markup import Element
from samverkan_desktop.exchange.word.content import Revision

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
W16DU = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - its usual prefix

_OFF = {"0", "false", "off", "none"}


def val(element: Element | None, name: str = "val") -> str:
    """Return an attribute of the main namespace; "" when there is none, or no element."""
    return "" if element is None else str(element.get(W + name, ""))


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is on (17.17.4)."""
    return element is not None and val(element).lower() not in _OFF


def number(text: str, default: int = 0) -> int:
    """Return an attribute as a number; what is no sensible one is the default."""
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else default


def revision(element: Element, move: str = "") -> Revision:
    """Return who made the change that an element marks, and when (17.13.5)."""
    author = " ".join(val(element, "author").split())
    return Revision(author, moment(element), move)


def moment(element: Element) -> datetime | None:
    """Return when a change or comment was made; Word writes the local time as if it were UTC."""
    text = str(element.get(W16DU + "dateUtc", "")) or val(element, "date")
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
