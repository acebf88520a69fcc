"""What is to be seen to before an export: the rules of the domain, and what print can't show."""

from collections.abc import Iterator
from datetime import date

from samverkan_desktop.domain.checks import Finding, Severity, check
from samverkan_desktop.domain.checks.finding import Piece, matter
from samverkan_desktop.domain.draft import Approval, Draft, Signatory
from samverkan_desktop.domain.template import Template
from samverkan_desktop.files import Folders


def findings(
    draft: Draft, template: Template, folders: Folders, today: date | None = None
) -> tuple[Finding, ...]:
    """Return the findings of `check`, and before them an error for each character without a glyph.

    Raises ResourceError when a shipped font is missing.
    """
    unprintable = _unprintable(_printed(draft, template), folders)
    return (*unprintable, *check(draft, template, today))


def _printed(draft: Draft, template: Template) -> Iterator[Piece]:
    people: tuple[Signatory | Approval, ...] = (*draft.signatories, *draft.approvals)
    head = (draft.title, draft.subtitle, draft.committee, draft.officer.name, draft.dnr)
    names = (text for person in people for text in (person.name, person.role))
    titles = (attachment.title for attachment in draft.attachments)
    yield from (Piece(text, "", None) for text in (*head, *names, *titles))
    yield from matter(draft, template, None).pieces


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
