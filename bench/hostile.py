"""Mutated Word files: how many are refused or read, the slowest, and the memory at its highest."""

import copy
import io
import random
import re
import resource
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from samverkan_desktop.catalogue import Catalogue
from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.review_content import content_of
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.reading.word import read_word
from samverkan_desktop.exchange.word.carried import carried_draft
from samverkan_desktop.exchange.word.returned import read_returned

COUNT = 5_000
SLOWEST = 2.0  # seconds
_TAG = re.compile(rb"<[^<>]+>")
_NUMBER = re.compile(rb'"\d+"')
_PARTS = (
    "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/comments.xml",
    "word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml", "customXml/item1.xml",
    "word/commentsExtended.xml", "docProps/core.xml",
)  # fmt: skip


def mutants(files: list[bytes], count: int, seed: int = 1) -> Iterator[bytes]:
    """Yield files with bytes changed, cut short, or with their XML rearranged."""
    chance = random.Random(seed)
    for _ in range(count):
        data = chance.choice(files)
        kinds = (_flipped, _cut, _torn, _swapped, *[_rearranged] * 6)
        yield chance.choice(kinds)(data, chance)


def read_anyhow(data: bytes, catalogue: Catalogue) -> str:
    """Read a file both ways, as the program does; return how that ended."""
    try:
        read_word(data, "fil.docx", lambda _done, _total: None)
        package = Package(data, "fil.docx")
        carried = carried_draft(package)
        if carried is None:
            return "läst som främmande"
        template = catalogue.template(carried.draft.template)
        document = compose(carried.draft, template)
        read_returned(package, carried, document, lambda k: content_of(carried.draft, template, k))
    except SamverkanError as error:
        return type(error).__name__
    return "läst som återkommen"


def measure(files: list[bytes], catalogue: Catalogue, count: int = COUNT) -> None:
    """Print what became of mutated files."""
    ends: Counter[str] = Counter()
    slowest = 0.0
    for data in mutants(files, count):
        begun = time.perf_counter()
        ends[read_anyhow(data, catalogue)] += 1
        slowest = max(slowest, time.perf_counter() - begun)
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = ", ".join(f"{name} {n}" for name, n in ends.most_common())
    print(f"{count} mutated files: {told}; slowest {slowest:.2f} s, memory {highest:.0f} MB")


def _flipped(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] if chance.random() < 0.5 else data[:at] + data[at + chance.randint(1, 500) :]


def _torn(data: bytes, chance: random.Random) -> bytes:
    """Change the XML of a part: tags doubled, lost, changed places, numbers made absurd."""
    members = _members(data)
    name = chance.choice([part for part in _PARTS if part in members])
    part = members[name]
    for _ in range(chance.randint(1, 6)):
        tags = list(_TAG.finditer(part))
        if not tags:
            break
        one, other = chance.choice(tags), chance.choice(tags)
        match chance.randrange(4):
            case 0:
                part = part[: one.start()] + part[one.end() :]
            case 1:
                part = part[: one.start()] + other[0] + part[one.end() :]
            case 2:
                start, end = sorted((one.start(), other.start()))
                part = part[:end] + part[start:end][:20_000] + part[end:]
            case _:
                part = _NUMBER.sub(b'"99999999999999999999"', part, count=chance.randint(1, 3))
    return _packed({**members, name: part})


def _rearranged(data: bytes, chance: random.Random) -> bytes:
    """Move, double, rename and take out elements of a part, which stays well-formed."""
    members = _members(data)
    name = chance.choice([part for part in _PARTS[:6] if part in members])
    root = etree.fromstring(members[name])
    for _ in range(chance.randint(1, 12)):
        elements = [e for e in root.iter() if e.getparent() is not None]
        if len(elements) < 2:
            break
        one, other = chance.sample(elements, 2)
        _DISORDER[chance.randrange(len(_DISORDER))](one, other, chance)
    return _packed({**members, name: etree.tostring(root)})


def _move(one: etree._Element, other: etree._Element, _chance: random.Random) -> None:
    if one not in other.iterancestors():
        other.addprevious(one)


def _rename(one: etree._Element, other: etree._Element, _chance: random.Random) -> None:
    one.tag = other.tag


def _set_absurd(one: etree._Element, _other: etree._Element, chance: random.Random) -> None:
    for key in one.attrib:
        one.set(key, chance.choice(("-1", "0", "99999999", "", "å", "true")))


def _out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


_DISORDER = (
    lambda one, _other, _chance: _out(one),
    lambda one, other, _chance: other.append(copy.deepcopy(one)),
    _move,
    _rename,
    _set_absurd,
    lambda one, other, _chance: one.attrib.update(other.attrib),
)


def _swapped(data: bytes, chance: random.Random) -> bytes:
    members = _members(data)
    one, other = chance.sample(sorted(members), 2)
    members[one], members[other] = members[other], members[one]
    return _packed(members)


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def fixtures(folder: Path) -> list[bytes]:
    """Return the Word files of a folder."""
    return [path.read_bytes() for path in sorted(folder.glob("*.docx"))]
