"""The draft that travels in a Word file of ours, with its images; and who saved the file last."""

import hashlib
import itertools
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast
from xml.etree.ElementTree import Element

from samverkan_desktop.codec.travelling import NAMESPACE, Travelling, read_travelling
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.text import Blocks, with_ids
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.content import Revision

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_TERMS = "{http://purl.org/dc/terms/}"


def carried_draft(package: Package) -> Travelling | None:
    """Return the draft that a file carries, None when it carries none.

    Raises UnreadableFileError; InvalidFieldError when the draft isn't as it was written.
    """
    for part in package.related(package.main, "customXml"):
        root = package.xml(part)
        if root.tag == f"{{{NAMESPACE}}}samverkan":
            carried = read_travelling(cast("Element", root), package.name)
            return replace(carried, draft=_identified(carried.draft, carried.sha256))
    return None


def _identified(draft: Draft, sha256: str) -> Draft:
    """Return the draft with an id for itself and for each block, where it was written without.

    They are the same each time: it may come back more than once.
    """
    numbers = itertools.count(1)
    taken: set[str] = set()

    def named(content: Blocks) -> Blocks:
        return with_ids(content, lambda: uuid.uuid5(_SPACE, f"{sha256} {next(numbers)}").hex, taken)

    return replace(
        draft,
        id=draft.id or str(uuid.uuid5(_SPACE, sha256)),
        decision=tuple(replace(g, items=tuple(map(named, g.items))) for g in draft.decision),
        sections=tuple(replace(s, content=named(s.content)) for s in draft.sections),
    )


def carried_files(package: Package, carried: Travelling) -> Mapping[str, bytes]:
    """Return the content of the draft's images that are still in the file, by their names."""
    media = [name for name in package.names() if name.startswith("word/media/")]
    by_hash = {hashlib.sha256(data).hexdigest(): data for data in map(package.read, media)}
    found = {name: by_hash[h] for name, h in carried.pictures.items() if h in by_hash}
    return {**found, **carried.contents}


def last_saved(package: Package) -> Revision:
    """Return who saved a file last and when (OPC 9): whose doing its untracked edits are."""
    for part in package.related("", "core-properties"):
        root = package.xml(part)
        author = " ".join((root.findtext(_CORE + "lastModifiedBy") or "").split())
        return Revision(author, _time(root.findtext(_TERMS + "modified") or ""))
    return Revision("", None)


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text.strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
