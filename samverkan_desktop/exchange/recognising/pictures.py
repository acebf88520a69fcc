"""Pictures that are no part of the text, logotypes and signatures: left out, and told.

The template has its own place for both.
"""

from collections.abc import Sequence

from samverkan_desktop.exchange.reading.model import Piece, ReadImage
from samverkan_desktop.exchange.recognising.fields import lines_of
from samverkan_desktop.exchange.recognising.patterns import is_person
from samverkan_desktop.exchange.recognising.report import Log

_HIGHEST = 90  # points: a signature line with its picture


def without_logotypes(pieces: Sequence[Piece], title: str, log: Log) -> list[Piece]:
    """Return the pictures of the head that don't stand over the title, or have words."""
    left: list[Piece] = []
    for index, piece in enumerate(pieces):
        if not isinstance(piece, ReadImage):
            continue
        below = lines_of(pieces[index + 1 :])
        over_title = any(title.startswith(line.text.strip(" *_#")) for line in below)
        if over_title and not piece.alt and not piece.caption:
            page = f" på sida {piece.place.page}" if piece.place else ""
            log.notes.append(
                f"En bild över titeln{page} lästes inte in. Den är troligen en logotyp."
            )
        else:
            left.append(piece)
    return left


def begins_with_signature(pieces: Sequence[Piece]) -> bool:
    """Whether the first piece is a signature, and surely so: it is no higher than one."""
    image = pieces[0]
    if not isinstance(image, ReadImage) or not image.place:
        return False
    is_low = 0 < image.place.bottom - image.place.top <= _HIGHEST
    return is_low and _is_over_name(image, pieces[1:])


def without_signature_pictures(pieces: Sequence[Piece], log: Log) -> list[Piece]:
    """Return the pictures that aren't of what was signed."""
    left: list[Piece] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, ReadImage) and _is_over_name(piece, pieces[index + 1 :]):
            page = f" på sida {piece.place.page}" if piece.place else ""
            log.notes.append(f"Bilden vid underskriften{page} lästes inte in.")
        elif isinstance(piece, ReadImage):
            left.append(piece)
    return left


def _is_over_name(image: ReadImage, following: Sequence[Piece]) -> bool:
    """Whether a picture has no words of its own, and a name under it."""
    names = lines_of(following[:1])
    return not image.alt and not image.caption and bool(names) and is_person(names[0].text)
