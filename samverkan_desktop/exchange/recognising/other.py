"""The section of what has no place in a draft, and what is told of it."""

from dataclasses import replace

from samverkan_desktop.domain.draft import Draft, Section, with_section
from samverkan_desktop.domain.text import Blocks
from samverkan_desktop.exchange.reading.model import Piece, ReadParagraph, ReadTable

OTHER_KEY, OTHER_HEADING = "ovrigt", "Övrigt"


def with_other(draft: Draft, blocks: Blocks) -> Draft:
    """Add blocks to the section of what has no place."""
    if not blocks:
        return draft
    earlier = draft.section(OTHER_KEY)
    if earlier:
        return with_section(draft, replace(earlier, content=(*earlier.content, *blocks)))
    other = Section(key=OTHER_KEY, heading=OTHER_HEADING, content=blocks)
    return replace(draft, sections=(*draft.sections, other))


def text_of(piece: Piece) -> str:
    """Return how a piece is told of in the report."""
    match piece:
        case ReadParagraph():
            return piece.text
        case ReadTable():
            return piece.words()
        case _:
            page = f"Bild på sida {piece.place.page}" if piece.place else piece.name
            return piece.alt or page
