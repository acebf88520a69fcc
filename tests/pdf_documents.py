"""Documents to set, and what they say in order, for the tests of the PDF."""

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL import Image as Picture
from PIL import ImageDraw

from samverkan_desktop.domain.document import (
    ApprovalTable,
    Document,
    Element,
    Furniture,
    Head,
    ItemList,
    LabelledLines,
    OrganisationBlock,
    Part,
    Properties,
    SectionHeading,
    Signature,
    Signatures,
    Subtitle,
    Title,
)
from samverkan_desktop.domain.progress import Progress, silent
from samverkan_desktop.domain.text import (
    Align,
    Block,
    Blocks,
    BulletList,
    Column,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Table,
    paragraph,
    spans,
    spans_text,
)
from samverkan_desktop.export.pdf.writer import write_pdf
from samverkan_desktop.files import Folders

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = Folders(resources=ROOT / "resources", user_data=ROOT, user_config=ROOT, site_config=ROOT)

PROSE = (
    "Gångvägen mellan hållplatsen och biblioteket är smal och dåligt belyst, och i enkäten säger "
    "var tredje boende att de väljer en annan väg efter mörkrets inbrott. Förvaltningen föreslår "
    "därför bredare beläggning, nya stolpar och en gles häck som går att se igenom. Åtgärderna "
    "ryms i årets ram om 1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}tkr. "
)


def document(*parts: tuple[Element, ...], title: str = "Belysning vid gångvägen") -> Document:
    """Return a document with a title and these parts."""
    head, parts = (parts[:1], parts[1:]) if isinstance(parts[0][0], Head) else ((), parts)
    elements = (*head, (Title(title),), *parts) if title else parts
    return Document(
        language="sv-SE",
        properties=Properties(title, "Ines Ekmark", "Svar på skrivelse", "TRN 2026/18"),
        furniture=Furniture(
            "Tjänsteutlåtande", "Dnr\N{NO-BREAK SPACE}TRN 2026/18", "2026-03-02", "Sida", ""
        ),
        parts=tuple(Part(f"del-{i}", part) for i, part in enumerate(elements)),
    )


def section(heading: str, *blocks: Element) -> tuple[Element, ...]:
    return (SectionHeading(heading), *blocks)


def one_of_each() -> Document:
    """Return a short document with everything that a document can have."""
    return document(
        (
            Head(
                LabelledLines("Handläggare", ("Ines Ekmark", "Telefon: 08-508 00 001")),
                LabelledLines("Till", ("Trafiknämnden", "2026-03-26")),
            ),
        ),
        (Subtitle("Svar på skrivelse från Byalaget"),),
        section(
            "Förslag till beslut",
            ItemList((_one("Nämnden besvarar skrivelsen."), _one("Nämnden avslår resten.")), True),
        ),
        section(
            "Villkor",
            paragraph("Nämnden beslutar"),
            ItemList((_one("att bygga, samt"), _one("att belysa.")), False),
        ),
        section(
            "Bakgrund",
            Paragraph(marked()),
            Heading(2, spans("Läget")),
            Paragraph(spans(PROSE)),
            Heading(3, spans("Platsen")),
            nested_list(),
        ),
        section(
            "Kostnader",
            costs(6),
            Image("karta.png", "Karta över gångvägen", spans("Bild 1. Gångvägen")),
        ),
        section(
            "Synpunkter", Quote((paragraph("Det är för mörkt."), paragraph("Vi går hellre runt.")))
        ),
        (
            Signatures(
                (
                    Signature("Bo Lind", "Förvaltningschef"),
                    Signature("Eva Ask", "Avd.chef"),
                    Signature("Siv Ek", ""),
                )
            ),
        ),
        section("Bilaga", ItemList((_one("Skrivelsen"),), False)),
        (
            OrganisationBlock(
                (("Trafikförvaltningen", "Gatuavdelningen"), ("Storgatan 1", "stad.example"))
            ),
        ),
        section(
            "Attesterat av",
            paragraph("Godkänt av:"),
            ApprovalTable(
                ("Namn", "Datum"), (("Bo Lind", "2026-03-04"), ("Eva Ask", "2026-03-03"))
            ),
        ),
    )


def long_document(sections: int) -> Document:
    """Return a document of many pages; about 0.75 pages a section."""
    return document(
        *(
            section(
                f"Område {n}",
                Paragraph(spans(f"{n}. {PROSE}" * 2)),
                Heading(2, spans(f"Åtgärder i område {n}")),
                Paragraph((*spans(PROSE), *marked(), *spans(PROSE))),
                nested_list(),
                costs(5 + n % 4),
                Paragraph(spans(PROSE * 2)),
            )
            for n in range(1, sections + 1)
        ),
        (Signatures((Signature("Bo Lind", "Förvaltningschef"),)),),
        title="Belysningsprogram för hela staden",
    )


def stress() -> Document:
    """Return what is hard to set: everything that must go on from one page to the next."""
    link = Span(
        "en länk som är så lång att den bryts " * 120, link="https://stad.example/å?a=1&b=(2)"
    )
    return document(
        section("Långt stycke", Paragraph((*spans(PROSE * 9), link, *spans(PROSE * 9)))),
        section("Lång tabell", costs(120), Heading(2, spans("Direkt efter"))),
        section(
            "Hög rad",
            Table(
                (spans("Skäl"), spans("Sida")),
                ((spans(PROSE * 22), spans("1")), (spans("kort"), spans("2"))),
            ),
        ),
        section(
            "Långa ord", paragraph("ab" * 400), paragraph("https://stad.example/" + "mapp-1/" * 60)
        ),
        section("Bred tabell", wide_table()),
        section(
            "Djupa listor",
            deep_list(6),
            NumberedList(tuple(ListItem(_one(PROSE)) for _ in range(14))),
        ),
        section(
            "Bilder", *(Image("karta.png", f"Karta {n}", spans(f"Bild {n}")) for n in range(4))
        ),
        section(
            "Lista i tabellens plats",
            BulletList(
                (
                    ListItem((costs(2),)),
                    ListItem((Quote((paragraph("citat"),)),)),
                    ListItem((nested_list(),)),
                )
            ),
        ),
        (Signatures(tuple(Signature(f"Person {n}", "Roll " * 30) for n in range(12))),),
        section(
            "Attesterat av",
            ApprovalTable(
                ("Namn", "Datum"), tuple((f"Person {n}", "2026-03-04") for n in range(60))
            ),
        ),
    )


def marked() -> tuple[Span, ...]:
    """Return spans with every mark."""
    return (
        Span("Skrivelsen kom in den 3 februari och finns "),
        Span("på stadens ", link="https://stad.example/diariet"),
        Span("webbplats", link="https://stad.example/diariet", bold=True),
        Span(". Den heter "),
        Span("Light our path", italic=True, language="en"),
        Span(" och är "),
        Span("kort", bold=True, italic=True),
        Span(".\nEn ny rad följer."),
    )


def nested_list() -> Block:
    inner = BulletList(
        (ListItem(_one("vid hållplatsen")), ListItem(_one("vid biblioteket, där häcken är tätast")))
    )
    return NumberedList(
        (
            ListItem((paragraph("Stolpar sätts"), inner)),
            ListItem((paragraph("Häcken klipps."), paragraph("Det görs i mars."))),
        )
    )


def deep_list(depth: int) -> Block:
    inner: Blocks = (deep_list(depth - 1),) if depth else ()
    kind = NumberedList if depth % 2 else BulletList
    return kind(
        (ListItem((paragraph(f"nivå {depth} {PROSE}"), *inner)), ListItem(inner or _one("sist")))
    )


def costs(rows: int) -> Table:
    return Table(
        header=(spans("Post"), spans("Antal"), spans("Kostnad (tkr)")),
        rows=tuple(
            (spans(f"Stolpe av sort {n}"), spans(str(n * 7)), spans(f"{n * 113},{n % 10}"))
            for n in range(1, rows + 1)
        ),
        caption=spans("Tabell över kostnader"),
        columns=(Column(), Column(Align.RIGHT), Column(Align.DECIMAL)),
    )


def wide_table() -> Table:
    return Table(
        header=tuple(spans(f"Kolumn {n} med lång rubrik") for n in range(8)),
        rows=tuple(tuple(spans(f"värde {n * m} tkr") for n in range(8)) for m in range(1, 6)),
    )


def _one(text: str) -> Blocks:
    return (paragraph(text),)


def picture(width: int = 600, height: int = 300, mode: str = "RGB", kind: str = "PNG") -> bytes:
    """Return an image file with some bars on it."""
    image = Picture.new(mode, (width, height))
    draw = ImageDraw.Draw(image)
    for n in range(5):
        left = width * n // 5
        draw.rectangle((left, height * n // 6, left + width // 8, height), fill="gray")
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def to_pdf(
    made: Document,
    files: Callable[[str], bytes] = lambda _: picture(),
    folders: Folders = FOLDERS,
    progress: Progress = silent,
) -> bytes:
    """Return a document as a PDF file."""
    out = io.BytesIO()
    write_pdf(made, files, out, folders, progress)
    return out.getvalue()


def document_texts(made: Document) -> list[str]:
    """Return every piece of text in a document, in reading order: no list marks, no alt texts."""
    return [
        text
        for part in made.parts
        for element in part.elements
        for text in _element_texts(element)
        if text
    ]


def words(texts: list[str]) -> list[str]:
    """Return the words of texts."""
    return " ".join(texts).split()


def _element_texts(element: Element) -> Iterator[str]:
    match element:
        case Head():
            for column in (element.left, element.right):
                yield from (column.label, *column.lines)
        case ItemList():
            yield from (text for item in element.items for block in item for text in _texts(block))
        case Signatures():
            yield from (text for s in element.signatures for text in (s.anchor, s.name, s.role))
        case OrganisationBlock():
            yield from (line for group in element.groups for line in group)
        case ApprovalTable():
            yield from (cell for row in (element.header, *element.rows) for cell in row)
        case _ if hasattr(element, "text"):
            yield element.text
        case _:
            yield from _texts(element)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Heading():
            yield spans_text(block.spans)
        case BulletList() | NumberedList():
            yield from (text for i in block.items for inner in i.blocks for text in _texts(inner))
        case Quote():
            yield from (text for inner in block.blocks for text in _texts(inner))
        case Table():
            yield spans_text(block.caption)
            yield from (spans_text(cell) for row in (block.header, *block.rows) for cell in row)
        case Image():
            yield spans_text(block.caption)


def page_texts(data: bytes) -> list[str]:
    """Return what is seen on each page, page header included, as another reader finds it."""
    with closing(pypdfium2.PdfDocument(data)) as opened:
        texts = []
        for page in opened:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_bounded().replace("\r\n", "\n"))
            text_page.close()
            page.close()
    return texts


def places(data: bytes, page: int, text: str) -> list[tuple[float, float, float, float]]:
    """Return where a text stands on a page: left, bottom, right and top of each occurrence."""
    with closing(pypdfium2.PdfDocument(data)) as opened:
        text_page = opened[page].get_textpage()
        searcher = text_page.search(text, match_case=True)
        found = []
        while hit := searcher.get_next():
            boxes = [text_page.get_charbox(i) for i in range(hit[0], hit[0] + hit[1])]
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            found.append((min(lefts), min(bottoms), max(rights), max(tops)))
        searcher.close()
        text_page.close()
    return found
