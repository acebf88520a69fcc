"""What is to be seen to before an export: the rules of the domain, and what print can't show."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from samverkan_desktop.domain.checks import Finding, Severity, check
from samverkan_desktop.domain.checks.finding import Piece, matter
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.document import ItemList
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.outline import outline
from samverkan_desktop.domain.template import Template
from samverkan_desktop.domain.text import BulletList, Image, NumberedList, Quote, Table
from samverkan_desktop.export.text import write_text
from samverkan_desktop.files import Folders


def findings(
    draft: Draft, template: Template, folders: Folders, today: date | None = None
) -> tuple[Finding, ...]:
    """Return the findings of `check`, and before them an error for each character without a glyph.

    Raises ResourceError when a shipped font is missing.
    """
    unprintable = sorted(_unprintable(_printed(draft, template), folders), key=_is_in_a_section)
    return (*unprintable, *check(draft, template, today))


def _is_in_a_section(finding: Finding) -> bool:
    return finding.section is not None


def _printed(draft: Draft, template: Template) -> Iterator[Piece]:
    """Yield what is printed: the blocks of sections, whose place is known, and all beside them."""
    yield from matter(draft, template, None).pieces
    document = compose(draft, template)
    furniture = document.furniture
    yield Piece(f"{furniture.dnr} {furniture.confidential}", "", None)
    sections = {entry.key for entry in outline(draft, template)}
    for part in document.parts:
        beside = tuple(element for element in part.elements if not isinstance(element, _BLOCKS))
        text = write_text(replace(document, parts=(replace(part, elements=beside),)))
        yield Piece(text, part.key if part.key in sections else "", None)
    yield from (Piece(attachment.title, "", None) for attachment in draft.attachments)


# What comes from the draft's own blocks. A paragraph may also be a lead-in or a reason.
_BLOCKS = (ItemList, BulletList, NumberedList, Quote, Table, Image)


def _unprintable(pieces: Iterator[Piece], folders: Folders) -> Iterator[Finding]:
    """ISO 14289-1, 7.21.8, and ISO 19005-2, 6.2.11.8: no reference to the .notdef glyph."""
    from samverkan_desktop.export.pdf.fonts import lacking

    told: set[tuple[str, str]] = set()
    for piece in pieces:
        for character in sorted(lacking(folders, piece.text)):
            if (piece.section, character) in told:
                continue
            told.add((piece.section, character))
            name = f"”{character}” (U+{ord(character):04X})"
            yield Finding(
                code="character_without_glyph",
                severity=Severity.ERROR,
                section=piece.section or None,
                block=piece.block,
                message=f"Tecknet {name} finns inte i dokumentets typsnitt. Skriv det med ord.",
            )
