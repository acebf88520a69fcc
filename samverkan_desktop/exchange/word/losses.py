"""What a program that saved the file has taken out of it, apart from text: said, never guessed."""

from collections.abc import Iterator, Sequence

from samverkan_desktop.domain.document import Document, Signatures
from samverkan_desktop.domain.text import Block, Image, Table, walk
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.names import WP, O, W


def losses(package: Package, document: Document, by_heading: Sequence[str]) -> Iterator[str]:
    """Yield Swedish sentences about what the file had when it was sent, and no longer has."""
    root = package.xml(package.main)
    if by_heading:
        yield (
            "Filen har sparats i ett program som har tagit bort avsnittens innehållskontroller; "
            f"{len(by_heading)} avsnitt hittades på sina rubriker."
        )
    elements = [element for part in document.parts for element in part.elements]
    signing = sum(len(e.signatures) for e in elements if isinstance(e, Signatures))
    lines = sum(1 for _ in root.iter(f"{O}signatureline"))
    if lines < signing:
        yield f"{signing - lines} av {signing} rader för digital underskrift är borta."
    blocks = list(walk(tuple(e for e in elements if isinstance(e, Block))))
    described = sum(1 for e in root.iter(f"{WP}docPr") if e.get("descr"))
    images = sum(1 for block in blocks if isinstance(block, Image) and block.alt)
    if described < images:
        yield f"{images - described} av {images} bilder har inte kvar sin alternativtext."
    marked = sum(1 for _ in root.iter(f"{W}tblHeader"))
    tables = sum(1 for block in blocks if isinstance(block, Table))
    if marked < tables:
        yield f"{tables - marked} av {tables} tabeller har ingen markerad rubrikrad."
