"""A PDF file opened to be checked: its objects, its pages, its structure."""

import io
from dataclasses import dataclass

import pikepdf

from samverkan_desktop.conformance.content import PageContent, read_page
from samverkan_desktop.conformance.tree import BadTreeError, Node, read_numbers, read_tree
from samverkan_desktop.conformance.typefaces import Typefaces
from samverkan_desktop.conformance.values import Value, entry, identity
from samverkan_desktop.conformance.xmp import Packet, read_xmp


class BadPdfError(Exception):
    """The data is no PDF file that can be opened; the message is a Swedish clause."""


class LockedPdfError(Exception):
    """The file asks for a password."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenedPdf:
    """A file. `nodes` are all structure elements in reading order, `parents` the ParentTree.

    `broken` says what was wrong with the structure when it couldn't be followed.
    """

    data: bytes
    file: pikepdf.Pdf
    catalog: Value
    damage: tuple[str, ...]
    pages: tuple[PageContent, ...]
    typefaces: Typefaces
    tops: tuple[Node, ...]
    nodes: tuple[Node, ...]
    parents: dict[int, Value]
    broken: str
    xmp: Packet | None

    def of_role(self, *roles: str) -> list[Node]:
        """Return the elements that have one of these roles."""
        return [node for node in self.nodes if node.role in roles]


def open_pdf(data: bytes) -> OpenedPdf:
    """Return a file.

    Raises BadPdfError, LockedPdfError.
    """
    if not data.lstrip().startswith(b"%PDF-"):
        raise BadPdfError("det är ingen PDF-fil")
    try:
        return _read(data, pikepdf.open(io.BytesIO(data), suppress_warnings=True))
    except pikepdf.PasswordError as error:
        raise LockedPdfError from error
    except (pikepdf.PdfError, *_DAMAGE) as error:
        raise BadPdfError("PDF-filen är skadad eller avkortad") from error


# What a file leads to whose most needed objects are of another kind than they should be.
_DAMAGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)


def _read(data: bytes, file: pikepdf.Pdf) -> OpenedPdf:
    catalog, pages = file.Root, list(file.pages)
    numbers = {identity(page.obj): number for number, page in enumerate(pages, 1)}
    typefaces = Typefaces()
    tops, parents, broken = _structure(entry(catalog, "StructTreeRoot"), numbers)
    return OpenedPdf(
        data=data,
        file=file,
        catalog=catalog,
        damage=tuple(map(str, file.get_warnings())),
        pages=tuple(read_page(page, n, typefaces) for n, page in enumerate(pages, 1)),
        typefaces=typefaces,
        tops=tuple(tops),
        nodes=tuple(node for top in tops for node in top.walk()),
        parents=parents,
        broken=broken,
        xmp=_xmp(entry(catalog, "Metadata")),
    )


def _structure(
    root: Value, numbers: dict[tuple[int, int], int]
) -> tuple[list[Node], dict[int, Value], str]:
    try:
        return read_tree(root, numbers), dict(read_numbers(entry(root, "ParentTree"))), ""
    except BadTreeError as error:
        return [], {}, str(error)


def _xmp(stream: Value) -> Packet | None:
    if not isinstance(stream, pikepdf.Stream):
        return None
    try:
        return read_xmp(stream.read_bytes())
    except pikepdf.PdfError:
        return None
