"""Comments and their answers (17.13.4; [MS-DOCX] 2.5.4 for who answers whom)."""

from dataclasses import dataclass
from datetime import datetime

from samverkan_desktop.exchange.office.markup import Element
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.names import W14, W15, W, moment, val


@dataclass(frozen=True, slots=True)
class Said:
    """A comment or an answer; `number` is what the text knows it by, `parent` what it answers."""

    number: str
    author: str
    at: datetime | None
    text: str
    parent: str = ""
    resolved: bool = False


def read_remarks(package: Package) -> tuple[Said, ...]:
    """Return all comments of a file, in its order.

    Raises UnreadableFileError.
    """
    main = package.main
    threads: dict[str, tuple[str, bool]] = {}  # by paragraph: the one answered, whether done
    for part in package.related(main, "commentsExtended"):
        for element in package.xml(part).iter(W15 + "commentEx"):
            key = str(element.get(W15 + "paraId", ""))
            is_done = str(element.get(W15 + "done", "")) in ("1", "true")
            threads[key] = str(element.get(W15 + "paraIdParent", "")), is_done
    found: list[tuple[Element, list[str]]] = []
    for part in package.related(main, "comments"):
        found += [(e, _paragraph_ids(e)) for e in package.xml(part).iter(W + "comment")]
    by_paragraph = {key: val(e, "id") for e, keys in found for key in keys if key}
    return tuple(_said(element, keys, threads, by_paragraph) for element, keys in found)


def _said(
    element: Element,
    keys: list[str],
    threads: dict[str, tuple[str, bool]],
    by_paragraph: dict[str, str],
) -> Said:
    answered, is_done = threads.get(keys[-1] if keys else "", ("", False))
    lines = ("".join(_texts(paragraph)) for paragraph in element.iter(W + "p"))
    number, parent = val(element, "id"), by_paragraph.get(answered, "")
    return Said(
        number=number,
        author=" ".join(val(element, "author").split()),
        at=moment(element),
        text="\n".join(lines).strip("\n"),
        parent=parent if parent != number else "",
        resolved=is_done,
    )


def _paragraph_ids(element: Element) -> list[str]:
    return [str(paragraph.get(W14 + "paraId", "")) for paragraph in element.iter(W + "p")]


def _texts(paragraph: Element) -> list[str]:
    shown = {W + "tab": "\t", W + "br": "\n", W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
    return [
        shown.get(str(element.tag), element.text or "")
        for run in paragraph.iter(W + "r")
        for element in run
        if element.tag in (W + "t", *shown)
    ]
