"""Office packages (ECMA-376 part 2, Open Packaging Conventions): members within bounds.

Nothing is unpacked to disk, nothing outside the file is opened, and whatever is wrong with the file
is told as one of our errors. A valid file with a few bytes changed makes zipfile raise nearly any
exception there is; all are caught here.
"""

import contextlib
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote

from samverkan_desktop.domain.errors import UnreadableFileError
from samverkan_desktop.exchange.office.kinds import why_no_document, why_no_package
from samverkan_desktop.exchange.office.markup import BadMarkupError, Element, parse
from samverkan_desktop.files import read_bytes, reason

MOST_FILE = 60 * 2**20
MOST_MEMBERS = 2_000
MOST_MEMBER = 48 * 2**20
MOST_TOTAL = 160 * 2**20
MOST_RATIO = 250  # XML is packed to a tenth, long tables to a fiftieth
_SMALL = 4 * 2**20  # a ratio tells nothing of what is this small unpacked
_LOCAL_HEADER = 30
_MACROS = ("vbaproject.bin", "vbadata.xml")

_CONTENT_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = "/officeDocument"

_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, RuntimeError,
    OSError, ValueError, LookupError, MemoryError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part. `target` is a member's name, or an address when `is_external`."""

    kind: str  # the last part of the type's URI: "styles", "hyperlink" …
    target: str
    is_external: bool = False


class Package:
    """An opened package. Every method raises UnreadableFileError when the file isn't sound."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if reason := why_no_package(data):
            raise UnreadableFileError(name, reason)
        with self._told():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = [info for info in self._zip.infolist() if not info.is_dir()]
            self._check(members, len(data))
            self._members = {info.filename.casefold(): info for info in members}
        self._left = MOST_TOTAL
        self._known: dict[str, Element] = {}

    @cached_property
    def main(self) -> str:
        """Return the name of the text document's part.

        Raises UnreadableFileError when the package holds something else, or macros.
        """
        found = self.relations("").values()
        target = next((r.target for r in found if r.kind == _DOCUMENT[1:]), None)
        if target is None or not self.has(target):
            self._refuse(self._other_package())
        if reason := why_no_document(self._type_of(target)):
            self._refuse(reason)
        return target

    def has(self, name: str) -> bool:
        """Whether the package has a member; names differ in more than case (OPC 6.2.2.3)."""
        return name.casefold() in self._members

    def names(self) -> Iterator[str]:
        """Yield the names of all members."""
        return (info.filename for info in self._members.values())

    def read(self, name: str) -> bytes:
        """Return the content of a member."""
        info = self._members.get(name.casefold())
        if info is None:
            self._refuse(f"delen {name[:80]} saknas")
        with self._told(), self._zip.open(info) as member:
            content = member.read(MOST_MEMBER + 1)
        self._left -= len(content)
        if len(content) > MOST_MEMBER or self._left < 0:
            self._refuse("den blir orimligt stor när den packas upp")
        return content

    def xml(self, name: str) -> Element:
        """Return the root of a part that is XML; the same one each time."""
        if name not in self._known:
            try:
                self._known[name] = parse(self.read(name))
            except BadMarkupError as error:
                self._refuse(str(error), error)
        return self._known[name]

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return the relationships of a part ("" for the package) by id; none is followed."""
        folder, _, file = part.rpartition("/")
        name = f"{folder}/_rels/{file}.rels".removeprefix("/")
        if not self.has(name):
            return {}
        return {
            element.get("Id", ""): _relation(element, folder)
            for element in self.xml(name).iter(_RELATIONSHIPS)
        }

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Yield the members that a part has relationships of a kind to; missing ones are not."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.is_external and self.has(relation.target):
                yield relation.target

    def _type_of(self, name: str) -> str:
        extension = name.rpartition(".")[2].casefold()
        default = ""
        for element in self.xml(_CONTENT_TYPES):
            if str(element.get("PartName", "")).lstrip("/").casefold() == name.casefold():
                return str(element.get("ContentType", ""))
            if str(element.get("Extension", "")).casefold() == extension:
                default = str(element.get("ContentType", ""))
        return default

    def _other_package(self) -> str:
        if self.has("mimetype") and b"opendocument" in self.read("mimetype"):
            return "det är ett OpenDocument; spara det som Word-dokument (.docx)"
        return "det är inget Word-dokument"

    def _check(self, members: list[zipfile.ZipInfo], size: int) -> None:
        if len(members) > MOST_MEMBERS:
            self._refuse("den innehåller orimligt många delar")
        if len({info.filename.casefold() for info in members}) < len(members):
            self._refuse("samma del finns i den två gånger")
        for info in members:
            if reason := _why_bad_member(info):
                self._refuse(reason)
        whole = sum(info.file_size for info in members)
        packed = sum(info.compress_size for info in members)
        is_bomb = whole > _SMALL and whole > MOST_RATIO * max(packed, 1)
        if whole > MOST_TOTAL or is_bomb or packed > size or _overlap(members):
            self._refuse("den blir orimligt stor när den packas upp")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            raise UnreadableFileError(self.name, "den är skadad") from error

    def _refuse(self, reason: str, cause: Exception | None = None) -> NoReturn:
        raise UnreadableFileError(self.name, reason) from cause


def open_package(path: Path) -> Package:
    """Open a file as a package.

    Raises UnreadableFileError.
    """
    return Package(read_office_file(path), path.name)


def read_office_file(path: Path) -> bytes:
    """Return the content of a file that is not too large to be looked into.

    Raises UnreadableFileError.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFileError(path.name, reason(error)) from error
    if size > MOST_FILE:
        raise UnreadableFileError(path.name, "den är orimligt stor")
    return read_bytes(path)


def _why_bad_member(info: zipfile.ZipInfo) -> str:
    name = info.filename
    # zipfile cuts a name at NUL; the name as it stood is in orig_filename
    parts = info.orig_filename.split("/")
    if "\\" in info.orig_filename or "\0" in info.orig_filename or ".." in parts or ":" in parts[0]:
        return "en del har ett namn som pekar utanför filen"
    if name.startswith("/"):
        return "en del har ett namn som pekar utanför filen"
    if info.flag_bits & 0x1:
        return "en del av den är krypterad"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "en del av den är packad på ett sätt som Word inte använder"
    if parts[-1].casefold() in _MACROS:
        return "den innehåller makron; spara den som Word-dokument (.docx) utan makron"
    is_bomb = info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1)
    return "den blir orimligt stor när den packas upp" if is_bomb else ""


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    """Whether members share bytes of the file: so a small file can be endless."""
    spans = sorted(
        (info.header_offset, info.header_offset + _LOCAL_HEADER + info.compress_size)
        for info in members
    )
    return any(end > start for (_, end), (start, _) in pairwise(spans))


def _relation(element: Element, folder: str) -> Relation:
    kind = str(element.get("Type", "")).rpartition("/")[2]
    target = str(element.get("Target", ""))
    if element.get("TargetMode") == "External":
        return Relation(kind, target, is_external=True)
    path = unquote(target.partition("#")[0])
    absolute = path if path.startswith("/") else f"/{folder}/{path}"
    return Relation(kind, posixpath.normpath(absolute).lstrip("/"))
