"""Files with one defect each, made from a good one: what the checker has to see.

`MUTANTS` has for each defect its name, the code of the finding that must tell it, and the function
that makes it.
"""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Change = Callable[[Pdf], object]


class Mutant(NamedTuple):
    name: str
    code: str
    make: Callable[[bytes], bytes]


def saved(change: Change, **options: object) -> Callable[[bytes], bytes]:
    """Return what makes a file with changed objects."""

    def make(good: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(good)) as opened:
            change(opened)
            plain = {
                "object_stream_mode": pikepdf.ObjectStreamMode.disable,
                "preserve_pdfa": True,
                "fix_metadata_version": False,  # which would mend XMP
                "deterministic_id": "encryption" not in options,
            }
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # a defect that we want
                opened.save(out, **(plain | options))
        return out.getvalue() + b"\n" * (not out.getvalue().endswith(b"\n"))

    return make


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Return what makes a file with other bytes, of the same number, in one place."""
    assert len(old) == len(new)

    def make(good: bytes) -> bytes:
        assert good.count(old) >= 1
        return good.replace(old, new, 1)

    return make


def elements(opened: Pdf, role: str) -> list[Dictionary]:
    """Return the structure elements of a role in reading order."""
    return [element for element in walk(opened.Root.StructTreeRoot) if element.get("/S") == role]


def walk(element: Dictionary) -> Iterator[Dictionary]:
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def kids(element: Dictionary) -> list[pikepdf.Object]:
    found = element.get("/K", Array())
    return list(found) if isinstance(found, Array) else [found]


def in_content(pattern: bytes, new: bytes | Callable, page: int = 0, *, count: int = 1) -> Change:
    """Return what changes the operators of a page."""

    def change(opened: Pdf) -> None:
        contents = opened.pages[page].Contents
        made, done = re.subn(pattern, new, contents.read_bytes(), count=count, flags=re.DOTALL)
        assert done == count
        contents.write(made)

    return change


def in_xmp(pattern: str, new: str) -> Change:
    def change(opened: Pdf) -> None:
        metadata = opened.Root.Metadata
        made, done = re.subn(pattern, new, metadata.read_bytes().decode(), flags=re.DOTALL)
        assert done == 1
        opened.Root.Metadata = opened.make_stream(
            made.encode(), Type=Name.Metadata, Subtype=Name.XML
        )

    return change


def attribute(role: str, key: str, value: object = None, index: int = 0) -> Change:
    """Return what changes an entry of a structure element, or takes it away."""
    return lambda opened: put(elements(opened, role)[index], key, value)


def put(where: Dictionary, key: str, value: object) -> None:
    if value is None:
        assert key in where
        del where[key]
    else:
        where[key] = value


def in_catalog(key: str, value: object = None, *way: str) -> Change:
    def change(opened: Pdf) -> None:
        where = opened.Root
        for step in way:
            where = where[step]
        put(where, key, value)

    return change


def in_annotation(kind: str, key: str, value: object = None, index: int = 0) -> Change:
    return lambda opened: put(annotations(opened, kind)[index], key, value)


def annotations(opened: Pdf, kind: str) -> list[Dictionary]:
    return [a for page in opened.pages for a in page.get("/Annots", []) if a.Subtype == kind]


def in_font(key: str, value: object = None) -> Change:
    return lambda opened: put(first_font(opened), key, value)


def first_font(opened: Pdf) -> Dictionary:
    return opened.pages[0].Resources.Font.F1


def held_by_nobody(opened: Pdf) -> None:
    paragraph = elements(opened, "/P")[0]
    siblings = [k for k in kids(paragraph.P) if k.objgen != paragraph.objgen]
    paragraph.P.K = Array(siblings)


def held_twice(opened: Pdf) -> None:
    first, second = elements(opened, "/P")[:2]
    second.K = first.K


def pointing_nowhere(opened: Pdf) -> None:
    elements(opened, "/P")[0].K = 900


def hidden_as(artifact: bytes) -> Change:
    """Return what makes an artifact of a paragraph, and takes it out of the tree."""

    def change(opened: Pdf) -> None:
        paragraph = elements(opened, "/H2")[0]
        mark = b"/H2 <</MCID %d>> BDC" % int(paragraph.K)
        in_content(re.escape(mark), artifact)(opened)
        siblings = [k for k in kids(paragraph.P) if k.objgen != paragraph.objgen]
        paragraph.P.K = Array(siblings)

    return change


def parents_swapped(opened: Pdf) -> None:
    owners = opened.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def parents_without_a_page(opened: Pdf) -> None:
    tree = opened.Root.StructTreeRoot.ParentTree
    tree.Nums = Array(list(tree.Nums)[2:])


def page_without_key(opened: Pdf) -> None:
    del opened.pages[0].StructParents


def page_without_tabs(opened: Pdf) -> None:
    page = next(page for page in opened.pages if "/Annots" in page)
    del page.Tabs


def row_too_short(opened: Pdf) -> None:
    row = elements(opened, "/TR")[1]
    cells = kids(row)
    cells[0].K = Array([*kids(cells[0]), *(k for k in kids(cells[1]))])
    for kid in kids(cells[1]):
        if isinstance(kid, Dictionary):
            kid.P = cells[0]
    owners = opened.Root.StructTreeRoot.ParentTree.Nums
    for listed in owners:
        for i, owner in enumerate(listed if isinstance(listed, Array) else ()):
            if owner.objgen == cells[1].objgen:
                listed[i] = cells[0]
    row.K = Array([cells[0], *cells[2:]])


def renamed(role: str, other: str, index: int = 0) -> Change:
    return attribute(role, "/S", Name(other), index)


def order_swapped(opened: Pdf) -> None:
    paragraphs = elements(opened, "/P")
    above = paragraphs[0].P
    listed = kids(above)
    listed[0], listed[1] = listed[1], listed[0]
    above.K = Array(listed)


def tree_in_a_ring(opened: Pdf) -> None:
    section = elements(opened, "/Sect")[0]
    section.K = Array([*kids(section), section])


def link_outside(opened: Pdf) -> None:
    link = elements(opened, "/Link")[0]
    link.K = Array([k for k in kids(link) if not is_reference(k)])


def widget_outside(opened: Pdf) -> None:
    form = elements(opened, "/Form")[0]
    form.S = Name.Div


def is_reference(kid: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"


def without_an_element(role: str) -> Change:
    """Return what puts an element's kids in its place."""

    def change(opened: Pdf) -> None:
        element = elements(opened, role)[0]
        listed: list[pikepdf.Object] = []
        for kid in kids(element.P):
            listed += kids(kid) if kid.objgen == element.objgen else [kid]
        for kid in kids(element):
            kid.P = element.P
        element.P.K = Array(listed)

    return change


def first_header_twice(opened: Pdf) -> None:
    elements(opened, "/TBody")[0].S = Name.THead


def mapping_cut(opened: Pdf) -> None:
    cmap = first_font(opened).ToUnicode
    lines = cmap.read_bytes().split(b"\n")
    at = next(i for i, line in enumerate(lines) if line.endswith(b"beginbfchar"))
    cmap.write(b"\n".join(lines[: at + 1] + lines[at + 2 :]))


def mapped_to(text: bytes) -> Change:
    def change(opened: Pdf) -> None:
        cmap = first_font(opened).ToUnicode
        made = re.sub(rb"(beginbfchar\n<..>) <....>", rb"\1 <" + text + b">", cmap.read_bytes())
        cmap.write(made)

    return change


def program_gone(opened: Pdf) -> None:
    del first_font(opened).FontDescriptor.FontFile2


def program_damaged(opened: Pdf) -> None:
    descriptor = first_font(opened).FontDescriptor
    descriptor.FontFile2.write(descriptor.FontFile2.read_bytes()[:40])


def widths_wrong(opened: Pdf) -> None:
    font = first_font(opened)
    font.Widths = Array([float(width) + 40 for width in font.Widths])


def profile_damaged(opened: Pdf) -> None:
    profile = opened.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes()[:20])


def all_fields_named(*names: str) -> Change:
    def change(opened: Pdf) -> None:
        for widget, given in zip(annotations(opened, "/Widget"), names, strict=False):
            widget.T = String(given)

    return change


def script(opened: Pdf) -> None:
    opened.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def script_on_a_page(opened: Pdf) -> None:
    opened.pages[0].AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


def attachment(opened: Pdf) -> None:
    opened.attachments["a.txt"] = b"bifogat"


def image_smoothed(opened: Pdf) -> None:
    image = next(i for page in opened.pages for i in page.Resources.XObject.values())
    image.Interpolate = True


def see_through(opened: Pdf) -> None:
    state = Dictionary(Type=Name.ExtGState, ca=0.5)
    opened.pages[0].Resources.ExtGState = Dictionary(G0=state)


def language_of_a_span(opened: Pdf) -> None:
    next(e for e in walk(opened.Root.StructTreeRoot) if "/Lang" in e).Lang = String("på engelska")


def locked(good: bytes) -> bytes:
    return saved(lambda _: None, encryption=pikepdf.Encryption(owner="a", user="b"))(good)


def encrypted(good: bytes) -> bytes:
    return saved(lambda _: None, encryption=pikepdf.Encryption(owner="a", user=""))(good)


def cut_in_the_middle(good: bytes) -> bytes:
    """The cross-references and what follows are lost, so that programs have to guess."""
    at = good.rindex(b"startxref")
    return good[:at] + b"startxref\n7\n%%EOF\n"


_DOCUMENT = (
    Mutant("header of PDF 2.0", "file.header", replaced(b"%PDF-1.7", b"%PDF-2.0")),
    Mutant("catalog of PDF 2.0", "file.version", saved(in_catalog("/Version", Name("/2.0")))),
    Mutant("data after the end", "file.end", lambda good: good + b"\nmera"),
    Mutant("end is missing", "file.end", lambda good: good[: good.rindex(b"%%EOF")]),
    Mutant("cross-references lost", "file.damaged", cut_in_the_middle),
    Mutant("stream ends on its line", "file.stream-end", replaced(b"\nendstream", b" endstream")),
    Mutant("encrypted", "file.encrypted", encrypted),
    Mutant("locked with a password", "file.encrypted", locked),
    Mutant("JavaScript", "file.action", saved(script)),
    Mutant("action when a page opens", "file.reaction", saved(script_on_a_page)),
    Mutant("attachment", "file.attachment", saved(attachment)),
    Mutant("no language", "metadata.language", saved(in_catalog("/Lang"))),
    Mutant("no language code", "metadata.language", saved(in_catalog("/Lang", String("svenska")))),
    Mutant(
        "wrong language", "metadata.languages-differ", saved(in_catalog("/Lang", String("en-GB")))
    ),
    Mutant("span without a language code", "metadata.element-language", saved(language_of_a_span)),
    Mutant("not marked as tagged", "metadata.marked", saved(in_catalog("/MarkInfo"))),
    Mutant("suspects", "metadata.suspects", saved(in_catalog("/Suspects", True, "/MarkInfo"))),
    Mutant("no XMP", "metadata.xmp", saved(in_catalog("/Metadata"))),
    Mutant("XMP cut", "metadata.xmp", saved(in_xmp("</rdf:RDF>.*", ""))),
    Mutant("no title", "metadata.title", saved(in_xmp("<dc:title>.*</dc:title>", ""))),
    Mutant(
        "title not shown",
        "metadata.title-shown",
        saved(in_catalog("/DisplayDocTitle", False, "/ViewerPreferences")),
    ),
    Mutant(
        "no PDF/UA in XMP", "metadata.pdfua", saved(in_xmp("<pdfuaid:part>1</pdfuaid:part>", ""))
    ),
    Mutant(
        "PDF/A of level B",
        "metadata.pdfa",
        saved(in_xmp("<pdfaid:conformance>A", "<pdfaid:conformance>B")),
    ),
    Mutant(
        "no extension schema",
        "metadata.undescribed",
        saved(in_xmp("<pdfaExtension:schemas>.*</pdfaExtension:schemas>", "")),
    ),
    Mutant("another title in XMP", "metadata.differ", saved(in_xmp("Belysning", "Blysning"))),
    Mutant(
        "another date in XMP",
        "metadata.differ",
        saved(in_xmp("CreateDate>2026-03-02", "CreateDate>2025-03-02")),
    ),
    Mutant("no output intent", "metadata.output-intent", saved(in_catalog("/OutputIntents"))),
    Mutant("colour profile cut", "metadata.profile", saved(profile_damaged)),
)

_STRUCTURE = (
    Mutant("no structure", "structure.missing", saved(in_catalog("/StructTreeRoot"))),
    Mutant("structure in a ring", "structure.broken", saved(tree_in_a_ring)),
    Mutant("unknown role", "structure.role", saved(renamed("/Sect", "/Avsnitt"))),
    Mutant(
        "wrong parent",
        "structure.parent",
        saved(lambda opened: put(elements(opened, "/P")[0], "/P", elements(opened, "/H1")[0])),
    ),
    Mutant("content held twice", "structure.held-twice", saved(held_twice)),
    Mutant(
        "MCID used twice",
        "structure.drawn-twice",
        saved(in_content(rb"MCID 1>>", rb"MCID 0>>")),
    ),
    Mutant("content that isn't there", "structure.never-drawn", saved(pointing_nowhere)),
    Mutant("content in no element", "structure.never-held", saved(held_by_nobody)),
    Mutant("page without StructParents", "structure.page-key", saved(page_without_key)),
    Mutant("ParentTree without a page", "structure.page-key", saved(parents_without_a_page)),
    Mutant("ParentTree swapped", "structure.owner", saved(parents_swapped)),
    Mutant(
        "ParentTreeNextKey too low",
        "structure.next-key",
        saved(in_catalog("/ParentTreeNextKey", 1, "/StructTreeRoot")),
    ),
    Mutant("reading order swapped", "structure.order", saved(order_swapped)),
    Mutant(
        "text without a mark",
        "marking.unmarked",
        saved(in_content(rb"/P <</MCID 1>> BDC(.*?)EMC", rb"\1")),
    ),
    Mutant("mark without an end", "marking.unreadable", saved(in_content(rb"EMC", b"", count=1))),
    Mutant(
        "artifact in tagged content",
        "marking.nested",
        saved(in_content(rb"(/P <</MCID 1>> BDC)(.*?)EMC", rb"\1 /Artifact BMC\2 EMC EMC")),
    ),
    Mutant("text as artifact", "marking.hidden", saved(hidden_as(b"/Artifact BMC"))),
    Mutant(
        "text as layout artifact",
        "marking.hidden",
        saved(hidden_as(b"/Artifact <</Type/Layout>> BDC")),
    ),
    Mutant(
        "text as repetition",
        "marking.furniture",
        saved(hidden_as(b"/Artifact <</Type/Pagination>> BDC")),
    ),
    Mutant(
        "text as page header",
        "marking.furniture",
        saved(hidden_as(b"/Artifact <</Type/Pagination/Subtype/Header>> BDC")),
    ),
)

_BLOCKS = (
    Mutant("heading level skipped", "heading.skipped", saved(renamed("/H3", "/H4"))),
    Mutant("first heading is H2", "heading.skipped", saved(renamed("/H1", "/H2"))),
    Mutant("heading without level", "heading.mixed", saved(renamed("/H3", "/H"))),
    Mutant("list item without LBody", "list.item", saved(without_an_element("/LBody"))),
    Mutant("list item outside a list", "list.stray", saved(renamed("/L", "/Div"))),
    Mutant("list of paragraphs", "list.content", saved(renamed("/LI", "/Div"))),
    Mutant("list without numbering", "list.numbering", saved(attribute("/L", "/A"))),
    Mutant("figure without alt", "figure.alt", saved(attribute("/Figure", "/Alt"))),
    Mutant(
        "figure with an empty alt", "figure.alt", saved(attribute("/Figure", "/Alt", String(" ")))
    ),
    Mutant("figure without a box", "figure.box", saved(attribute("/Figure", "/A"))),
    Mutant("image in a paragraph", "figure.elsewhere", saved(renamed("/Figure", "/P"))),
    Mutant("header cell without scope", "table.scope", saved(attribute("/TH", "/A"))),
    Mutant("row too short", "table.irregular", saved(row_too_short)),
    Mutant("cells outside rows", "table.stray", saved(without_an_element("/TR"))),
    Mutant("paragraph as table part", "table.content", saved(renamed("/TBody", "/Div"))),
    Mutant("two table heads", "table.parts", saved(first_header_twice)),
)

_REST = (
    Mutant("link without contents", "link.contents", saved(in_annotation("/Link", "/Contents"))),
    Mutant("link in no element", "link.element", saved(link_outside)),
    Mutant("link that leads nowhere", "link.target", saved(in_annotation("/Link", "/A"))),
    Mutant(
        "link that leads back wrong",
        "annotation.owner",
        saved(in_annotation("/Link", "/StructParent", 0)),
    ),
    Mutant("link not printed", "annotation.flags", saved(in_annotation("/Link", "/F"))),
    Mutant("page without tab order", "annotation.tabs", saved(page_without_tabs)),
    Mutant("field without TU", "field.tooltip", saved(in_annotation("/Widget", "/TU"))),
    Mutant("field without AP", "annotation.look", saved(in_annotation("/Widget", "/AP"))),
    Mutant("field without F", "annotation.flags", saved(in_annotation("/Widget", "/F"))),
    Mutant("field hidden", "annotation.flags", saved(in_annotation("/Widget", "/F", 6))),
    Mutant("field in no form element", "field.element", saved(widget_outside)),
    Mutant("two fields of one name", "field.name", saved(all_fields_named("a", "a"))),
    Mutant("field name with a dot", "field.name", saved(all_fields_named("a.b"))),
    Mutant("field not listed", "field.listed", saved(in_catalog("/Fields", Array(), "/AcroForm"))),
    Mutant(
        "NeedAppearances",
        "form.appearances",
        saved(in_catalog("/NeedAppearances", True, "/AcroForm")),
    ),
    Mutant("no SigFlags", "form.signatures", saved(in_catalog("/SigFlags", None, "/AcroForm"))),
    Mutant("XFA", "form.xfa", saved(in_catalog("/XFA", Array(), "/AcroForm"))),
    Mutant("font not embedded", "font.embedded", saved(program_gone)),
    Mutant("font damaged", "font.glyph", saved(program_damaged)),
    Mutant("no ToUnicode", "font.unicode", saved(in_font("/ToUnicode"))),
    Mutant("ToUnicode lacks a character", "font.unmapped", saved(mapping_cut)),
    Mutant("ToUnicode says nothing", "font.unmapped", saved(mapped_to(b"0000"))),
    Mutant("ToUnicode with a private code", "font.private", saved(mapped_to(b"E000"))),
    Mutant("widths wrong", "font.widths", saved(widths_wrong)),
    Mutant(
        "missing character shown",
        "font.glyph",
        saved(in_content(rb"(/F1 [^(]*)\([^)]", rb"\1(\\377")),
    ),
    Mutant("colours for print", "drawing.cmyk", saved(in_content(rb"0 g\n", b"0 0 0 1 k\n"))),
    Mutant("image smoothed", "drawing.interpolated", saved(image_smoothed)),
    Mutant("transparency", "drawing.transparent", saved(see_through)),
)

MUTANTS = (*_DOCUMENT, *_STRUCTURE, *_BLOCKS, *_REST)
