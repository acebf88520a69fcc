"""The draft that travels inside a Word file, in a custom XML part (ECMA-376 part 1, 15.2.5).

The file can so be read in again without loss. The draft is JSON in ASCII, which no program that
saves the file can spoil. Of its images the part says by SHA-256 which picture of the file they are;
one that had to be converted for Word is there as it was, in base64.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from samverkan_desktop.codec.draft_json import draft_to_plain, read_draft, write_draft
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.errors import InvalidFieldError

NAMESPACE = "urn:samverkan:draft:1"
_LONGEST_NAME = 64  # characters that Word takes in the title or tag of a content control
_TAG = f"{{{NAMESPACE}}}"


@dataclass(frozen=True, slots=True)
class Travelling:
    """A draft as it was when the file was written, and where its images are.

    `sha256` (hex) is the version's: that of the draft's canonical bytes. `pictures` gives the
    SHA-256 of each image by its name, `contents` the bytes of those that are nowhere else.
    """

    draft: Draft
    sha256: str
    pictures: Mapping[str, str]
    contents: Mapping[str, bytes]


def write_travelling(
    draft: Draft, names: Collection[str], files: Callable[[str], bytes], shown: Collection[bytes]
) -> Element:
    """Return the part's root: the draft and its images, `names`; `shown` are the file's pictures.

    Raises what `files` raises.
    """
    root = Element(f"{_TAG}samverkan", {"sha256": _sha256(write_draft(draft))})
    _child(root, "draft", {}, json.dumps(draft_to_plain(draft)))
    for name in sorted(names):
        data = files(name)
        text = "" if data in shown else base64.b64encode(data).decode("ascii")
        _child(root, "image", {"name": name, "sha256": _sha256(data)}, text)
    return root


def read_travelling(root: Element, source: str) -> Travelling:
    """Return what `write_travelling` wrote; `source` names the file in errors.

    Raises InvalidFieldError when something in it isn't as it was written; NewerFormatError.
    """
    draft = read_draft((root.findtext(f"{_TAG}draft") or "").encode(), source)
    sha256 = root.get("sha256", "")
    if _sha256(write_draft(draft)) != sha256:
        raise InvalidFieldError(source, "sha256", "ärendet i filen är inte som det skrevs")
    images = [(image.get("name", ""), image) for image in root.findall(f"{_TAG}image")]
    pictures = {name: image.get("sha256", "") for name, image in images}
    contents = {name: _decoded(image, source) for name, image in images if image.text}
    return Travelling(draft, sha256, pictures, contents)


def control_name(text: str) -> str:
    """Return the title or tag of a content control; one that is too long is made short.

    It stays different from others.
    """
    if len(text) <= _LONGEST_NAME:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{text[: _LONGEST_NAME - 9]}~{digest}"


def _child(root: Element, tag: str, attributes: dict[str, str], text: str) -> None:
    child = Element(f"{_TAG}{tag}", attributes)
    child.text = text
    root.append(child)


def _decoded(image: Element, source: str) -> bytes:
    try:
        data = base64.b64decode(image.text or "", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidFieldError(source, "image", "bilden är inte som den skrevs") from error
    if _sha256(data) != image.get("sha256"):
        raise InvalidFieldError(source, "image", "bilden är inte som den skrevs")
    return data


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
