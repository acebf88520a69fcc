"""The sender's address: beside the text at the foot of the first page, if it is short enough."""

from collections.abc import Iterator

from samverkan_desktop.domain.document import OrganisationBlock
from samverkan_desktop.export.word.base import Style
from samverkan_desktop.export.word.measure import text_width
from samverkan_desktop.export.word.target import Target
from samverkan_desktop.export.word.xml import Element, run, w

_LEFT, _WIDTH = 1134, 1800  # of the room beside the text, in twentieths of a point
_SIZE, _LEADING = 7.0, 192
_TALLEST = 4600


def fits_at_foot(sender: OrganisationBlock) -> bool:
    """Whether the address has room beside the text."""
    lines = (line for group in sender.groups for line in group)
    rows = sum(-(-text_width(line, _SIZE) // _WIDTH) for line in lines) + len(sender.groups) / 2
    return rows * _LEADING <= _TALLEST


def write_sender(target: Target, sender: OrganisationBlock, *frame: Element) -> Iterator[Element]:
    """Yield a paragraph for each group of lines; the first says who the sender is."""
    names, *contacts = sender.groups
    yield target.paragraph(Style.SENDER_NAME, [run("\n".join(names))])
    for group in contacts:
        yield target.paragraph(Style.SENDER, [run("\n".join(group))])


def write_foot(target: Target, sender: OrganisationBlock) -> Iterator[Element]:
    """Yield the address in a frame that ends where the text must, and what holds it in a footer."""
    for paragraph in write_sender(target, sender):
        frame = w(
            "framePr", w=_WIDTH, wrap="around", vAnchor="margin", hAnchor="page", x=_LEFT,
            yAlign="bottom",
        )  # fmt: skip
        paragraph[0].insert(1, frame)
        yield paragraph
    yield target.paragraph(Style.FOOTER, [])
