"""What is the same in all documents of an administration, and isn't written in a draft."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """What the organisation profile and the settings add to a document.

    `logo` is the content of a PNG or SVG file, or empty.
    `signature_anchors` puts a text at each signature line, for signing services that look for a
    text and ignore signature fields.
    """

    logo: bytes = field(default=b"", repr=False)
    signature_anchors: bool = False
