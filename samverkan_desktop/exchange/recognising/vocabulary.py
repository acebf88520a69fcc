"""The words by which documents are recognised: a data file, and the installed templates."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.errors import ResourceError
from samverkan_desktop.domain.template import Template
from samverkan_desktop.files import Folders, resource

_FILE = "recognition/swedish.toml"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names and labels, folded so that they can be compared (see `folded`).

    `headings` leads from a folded heading to the section's key, and `second` to the one that it has
    where another heading has that key by a name of its own. `labels` leads from a label of head
    data to the field's name, longest first.
    """

    document_names: Mapping[str, str]
    decision: frozenset[str]
    attachments: frozenset[str]
    approvals: frozenset[str]
    approval_texts: frozenset[str]
    approval_names: frozenset[str]
    approval_dates: frozenset[str]
    signatures: frozenset[str]
    contents: frozenset[str]
    headings: Mapping[str, str]
    second: Mapping[str, str]
    labels: Mapping[str, str]
    bodies: tuple[str, ...]
    organisations: tuple[str, ...]
    departments: tuple[str, ...]
    roles: tuple[str, ...]
    role_openings: tuple[str, ...]
    subtitles: tuple[str, ...]


def folded(text: str) -> str:
    """Return a text so that two ways to write the same heading or label are equal.

    Case, spacing, letters set apart ("B E S L U T"), emphasis and a colon at the end don't count.
    """
    text = unicodedata.normalize("NFKC", text).replace("\N{SOFT HYPHEN}", "")
    text = " ".join(close_up(text).split())
    return text.strip(" *_#:.–-\t").casefold()


_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?![^\s.:])")


def close_up(text: str) -> str:
    """Join letters that are set apart for looks: "T J Ä N S T E" is one word.

    Two spaces or more part the words of such a line.
    """
    wide = re.sub(r"[ \t]{2,}", "\n", text.strip())
    if all(len(word) == 1 and word.isalpha() for word in wide.split()) and "\n" in wide:
        return wide.replace(" ", "").replace("\n", " ")  # short words among them: "N Y   H A L L"
    if not _SPACED.search(wide):
        return text
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), wide).replace("\n", " ")


def load_vocabulary(folders: Folders, catalogue: Catalogue) -> Vocabulary:
    """Return the vocabulary: what ships, and what the installed templates say.

    Raises ResourceError when the file that ships is missing or damaged.
    """
    try:
        data = tomllib.loads(resource(folders, _FILE).read_text("utf-8"))
        return _vocabulary(data, catalogue)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(_FILE) from error


def _vocabulary(data: Mapping[str, Any], catalogue: Catalogue) -> Vocabulary:
    templates = tuple(catalogue.templates.values())
    labels = {folded(w): name for name, words in data["labels"].items() for w in words}
    words = data["words"]
    names = (*data["document_names"], *(t.document_name for t in templates))
    return Vocabulary(
        document_names={folded(name): name for name in names},
        decision=_set(data["decision"], (t.decision_slot.heading for t in templates)),
        attachments=_set(data["attachments"], *_own(templates, "attachment", "attachments")),
        approvals=_set(data["approvals"], *_own(templates, "approved_by")),
        approval_texts=_set(data["approval_texts"], *_own(templates, "approval_text")),
        approval_names=_set(data["approval_names"], *_own(templates, "approval_name")),
        approval_dates=_set(data["approval_dates"], *_own(templates, "approval_date")),
        signatures=_set(data["signatures"]),
        contents=_set(data["contents"]),
        headings=_headings(data["headings"], templates),
        second={folded(h): key for key, some in data["second"].items() for h in some},
        labels=dict(sorted(labels.items(), key=lambda item: -len(item[0]))),
        bodies=tuple(words["bodies"]),
        organisations=tuple(words["organisations"]),
        departments=tuple(words["departments"]),
        roles=tuple(words["roles"]),
        role_openings=tuple(words["role_openings"]),
        subtitles=tuple(words["subtitles"]),
    )


def _headings(
    shipped: Mapping[str, Iterable[str]], templates: Iterable[Template]
) -> dict[str, str]:
    """Return heading to key. What ships wins: one template's "Ärendet" is another's background."""
    found = {folded(heading): key for key, headings in shipped.items() for heading in headings}
    for template in templates:
        for slot in template.slots:
            if slot is not template.decision_slot:
                found.setdefault(folded(slot.heading), slot.key)
    return found


def _own(templates: Iterable[Template], *names: str) -> list[tuple[str, ...]]:
    return [tuple(getattr(t.labels, name) for t in templates) for name in names]


def _set(*words: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(word) for some in words for word in some if word)
