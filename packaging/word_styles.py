"""The styles and lists of resources/word/base.docx; word_base.py packs them.

They look as the PDF does (samverkan_desktop/export/pdf/styles.py). The text of a style's properties
is WordprocessingML as it stands in the file (ECMA-376 part 1, clause 17), since that is what one
compares with Word. Lengths are in twentieths of a point unless they are said to be in points.
"""

from dataclasses import dataclass

TEXT_WIDTH, HALF_WIDTH = 7370, 3545  # 130 mm; each of two columns in it
STEP, QUOTE_INDENT = 340, 400  # how far a list level and a quotation are indented
SERIF, SANS = "Times New Roman", "Arial"

BOLD, ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
BLACK, GREY = '<w:color w:val="auto"/>', '<w:color w:val="595959"/>'
RED, BLUE = '<w:color w:val="B30D1A"/>', '<w:color w:val="0A408C"/>'
KEEP_LINES, KEEP_NEXT = "<w:keepLines/>", "<w:keepNext/>"
KEEP = KEEP_NEXT + KEEP_LINES
RULE, HAIRLINE = "737373", "BFBFBF"

# Word's own styles; they have no w:customStyle, and their names are shown in the reader's language.
BUILT_IN = {
    "Normal", "Default Paragraph Font", "Normal Table", "No List", "Subtitle", "Quote", "Hyperlink",
    "heading 1", "heading 2", "heading 3", "heading 4", "caption", "header", "footer",
    *(f"List {kind}{level}" for kind in ("Bullet", "Number", "Continue")
      for level in ("", " 2", " 3", " 4", " 5")),
}  # fmt: skip
DEFAULTS = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}


def fonts(name: str) -> str:
    """Return a typeface for every script."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """Return a font size."""
    return f'<w:sz w:val="{points * 2:g}"/><w:szCs w:val="{points * 2:g}"/>'


def sans(points: float, marks: str = "") -> str:
    """Return Arial in a size; `marks` stand between the two in the schema."""
    return fonts(SANS) + marks + size(points)


def spacing(before: float, after: float, of: float = 0, leading: float = 0) -> str:
    """Return the space around a paragraph, and the leading of a font `of` a size; all in points.

    Both typefaces ask for lines of 1.149 times their size, and Word counts in 240ths of that. Of
    the space after one paragraph and before the next, the larger counts (17.3.1.33).
    """
    lines = f' w:line="{leading / of / 1.149 * 240:.0f}" w:lineRule="auto"' if of else ""
    return f'<w:spacing w:before="{before * 20:g}" w:after="{after * 20:g}"{lines}/>'


def exact(height: float, after: float = 0) -> str:
    """Return lines of this height in points, whatever is in them."""
    return (
        f'<w:spacing w:before="0" w:after="{after * 20:g}" w:line="{height * 20:g}"'
        ' w:lineRule="exact"/>'
    )


def indent(left: int, right: int = 0, hanging: int = 0) -> str:
    """Return indents."""
    return f'<w:ind w:left="{left}" w:right="{right}" w:hanging="{hanging}"/>'


def numbering(number: int, level: int = 0) -> str:
    """Return the place of a style in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def outline(level: int) -> str:
    """Return the level of a heading; 0 is the highest."""
    return f'<w:outlineLvl w:val="{level}"/>'


def tab(position: int, kind: str) -> str:
    """Return one tab stop."""
    return f'<w:tab w:val="{kind}" w:pos="{position}"/>'


def border(side: str, eighths: int, colour: str, space: int = 0) -> str:
    """Return a rule at a side, `eighths` of a point thick."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def cell_margins(vertical: int, horizontal: int) -> str:
    """Return the room around the text of cells."""
    sides = {"top": vertical, "left": horizontal, "bottom": vertical, "right": horizontal}
    made = "".join(f'<w:{side} w:w="{room}" w:type="dxa"/>' for side, room in sides.items())
    return f"<w:tblCellMar>{made}</w:tblCellMar>"


@dataclass(frozen=True, kw_only=True)
class Style:
    """A style: its name in Word, and what it adds to the one that it is based on."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    table: str = ""
    based: str = "Normal"
    following: str = ""
    kind: str = "paragraph"

    def xml(self) -> str:
        """Return the style as it stands in styles.xml."""
        is_default = self.name in DEFAULTS
        custom = "" if self.name in BUILT_IN else ' w:customStyle="1"'
        default = ' w:default="1"' if is_default else ""
        shown = "<w:semiHidden/>" if is_default and self.name != "Normal" else "<w:qFormat/>"
        return (
            f'<w:style w:type="{self.kind}"{default}{custom} w:styleId="{self.id}">'
            f'<w:name w:val="{self.name}"/>'
            + ("" if is_default else f'<w:basedOn w:val="{self.based}"/>')
            + (f'<w:next w:val="{self.following}"/>' if self.following else "")
            + f'<w:uiPriority w:val="1"/>{shown}'
            + (f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
            + (f"<w:rPr>{self.run}</w:rPr>" if self.run else "")
            + f"{self.table}</w:style>"
        )


def text_styles() -> list[Style]:
    """Return the styles of running text."""
    return [
        Style(id="Normal", name="Normal",
              paragraph="<w:widowControl/>" + spacing(5, 7.7, 11.5, 15.3)),
        Style(id="Heading1", name="heading 1", following="Normal",
              paragraph=KEEP + spacing(38, 5, 19, 23.5) + outline(0), run=sans(19, BOLD)),
        Style(id="Heading2", name="heading 2", following="Normal",
              paragraph=KEEP + spacing(20, 5, 13, 17) + outline(1), run=sans(13, BOLD)),
        Style(id="Heading3", name="heading 3", following="Normal",
              paragraph=KEEP + spacing(15, 3, 11, 15) + outline(2), run=sans(11, BOLD)),
        Style(id="Heading4", name="heading 4", following="Normal",
              paragraph=KEEP + spacing(12, 2, 11.5, 15) + outline(3), run=BOLD + ITALIC),
        Style(id="Subtitle", name="Subtitle", following="Normal",
              paragraph=KEEP + spacing(0, 6, 12.5, 16.5), run=sans(12.5)),
        Style(id="Notice", name="Särskild upplysning", following="Normal",
              paragraph=KEEP + spacing(8, 6, 10, 14), run=sans(10, BOLD)),
        Style(id="LeadIn", name="Inledande rad", following="Normal", paragraph=KEEP_NEXT),
        Style(id="AfterTable", name="Brödtext efter tabell", following="Normal",
              paragraph=spacing(12, 7.7)),
        Style(id="DecisionItem", name="Beslutspunkt", paragraph=numbering(3) + spacing(0, 3.5)),
        Style(id="AttLine", name="Att-sats", paragraph=spacing(0, 3.5)),
        Style(id="NumberedAttachment", name="Bilaga numrerad",
              paragraph=numbering(4) + spacing(0, 3.5)),
        Style(id="Attachment", name="Bilaga onumrerad", paragraph=spacing(0, 3.5)),
        Style(id="Quote", name="Quote",
              paragraph=spacing(5, 7, 11, 15) + indent(QUOTE_INDENT, QUOTE_INDENT), run=size(11)),
        Style(id="Caption", name="caption", following="Normal",
              paragraph=KEEP + spacing(6, 5, 9, 12), run=sans(9, BOLD)),
        Style(id="Figure", name="Bild", following="FigureCaption",
              paragraph=KEEP + spacing(4, 6, 9, 12), run=size(9)),
        Style(id="FigureCaption", name="Bildtext", following="Normal",
              paragraph=KEEP_LINES + spacing(0, 12, 9, 12), run=sans(9, GREY)),
        Style(id="TableText", name="Tabelltext", paragraph=spacing(0, 0, 9, 12), run=sans(9)),
        Style(id="TableHeading", name="Tabellrubrik", based="TableText", paragraph=KEEP, run=BOLD),
        Style(id="TableEnd", name="Tabellavslut", following="Normal", paragraph=exact(1, after=11),
              run=size(1)),
        Style(id="Hyperlink", name="Hyperlink", kind="character", based="DefaultParagraphFont",
              run=BLUE + '<w:u w:val="single"/>'),
    ]  # fmt: skip


def list_styles() -> list[Style]:
    """Return the built-in styles for five levels of list items and of what follows in an item."""
    made = []
    for level in range(5):
        suffix = f" {level + 1}" if level else ""
        properties = {
            "Bullet": numbering(1, level) + spacing(0, 3.5),
            "Number": numbering(2, level) + spacing(0, 3.5),
            "Continue": spacing(0, 3.5) + indent(STEP * (level + 1)),
        }
        made += [
            Style(id=f"List{kind}{suffix.strip()}", name=f"List {kind}{suffix}", paragraph=value)
            for kind, value in properties.items()
        ]
    return made


def formal_styles() -> list[Style]:
    """Return the styles of head, signatures and what stands around the text."""
    right = f"<w:tabs>{tab(TEXT_WIDTH, 'right')}</w:tabs>"
    column = f"<w:tabs>{tab(TEXT_WIDTH, 'clear')}{tab(TEXT_WIDTH - HALF_WIDTH, 'left')}</w:tabs>"
    line = f"<w:pBdr>{border('bottom', 4, RULE, space=2)}</w:pBdr>"
    return [
        Style(id="HeadLabel", name="Ärendehuvud etikett", following="HeadLine",
              paragraph=KEEP + spacing(0, 0, 8, 12), run=sans(8, BOLD)),
        Style(id="HeadLine", name="Ärendehuvud rad", paragraph=spacing(0, 0, 9, 12.5),
              run=sans(9)),
        Style(id="SignatureLine", name="Underskrift linje", following="SignatureName",
              paragraph=KEEP + line + exact(50, after=3) + indent(0, TEXT_WIDTH - HALF_WIDTH)),
        Style(id="SignatureName", name="Underskrift namn", following="SignatureRole",
              paragraph=KEEP + spacing(0, 0, 11, 14.5), run=size(11)),
        Style(id="SignatureRole", name="Underskrift befattning",
              paragraph=KEEP + spacing(0, 0, 9, 12.5), run=sans(9, GREY)),
        Style(id="Header", name="header", paragraph=right + spacing(0, 0, 8, 11.5),
              run=sans(8, GREY)),
        Style(id="FirstHeader", name="Första sidans huvud", based="Header",
              paragraph=column + spacing(0, 0, 8.5, 12.5), run=size(8.5)),
        Style(id="DocumentName", name="Dokumentnamn", kind="character",
              based="DefaultParagraphFont", run=BOLD + BLACK + size(9.5)),
        Style(id="Secrecy", name="Sekretessmarkering", kind="character",
              based="DefaultParagraphFont", run=BOLD + RED + size(8.5)),
        Style(id="Footer", name="footer", paragraph=right + spacing(0, 0, 8, 11.5),
              run=sans(8, GREY)),
        Style(id="Sender", name="Avsändaruppgifter", based="Footer",
              paragraph=spacing(0, 4.8, 7, 9.6), run=size(7)),
        Style(id="SenderName", name="Avsändarnamn", based="Sender", paragraph=KEEP_NEXT, run=BOLD),
    ]  # fmt: skip


def table_styles() -> list[Style]:
    """Return the styles of tables, and the defaults that Word wants for other things."""
    rules = border("top", 6, RULE) + border("bottom", 6, RULE) + border("insideH", 4, HAIRLINE)
    under_header = f"<w:tcBorders>{border('bottom', 6, RULE)}</w:tcBorders>"
    flush = '<w:tblInd w:w="0" w:type="dxa"/>'
    data = (
        f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/>{flush}<w:tblBorders>{rules}</w:tblBorders>'
        f'{cell_margins(84, 100)}</w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/>'
        f'<w:tcPr>{under_header}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    plain = f"<w:tblPr>{flush}{cell_margins(0, 108)}</w:tblPr>"
    return [
        Style(id="DefaultParagraphFont", name="Default Paragraph Font", kind="character"),
        Style(id="NoList", name="No List", kind="numbering"),
        Style(id="TableNormal", name="Normal Table", kind="table", table=plain),
        Style(id="DataTable", name="Samverkan tabell", kind="table", based="TableNormal",
              table=data),
    ]  # fmt: skip


def styles() -> str:
    """Return the content of styles.xml.

    Of Word's hundreds of own styles only those used here are offered to the reader.
    """
    made = (*text_styles(), *list_styles(), *formal_styles(), *table_styles())
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(SERIF)}{size(11.5)}"
        '<w:lang w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault/></w:docDefaults><w:latentStyles w:defLockedState="0"'
        ' w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0"'
        f' w:count="376"/>{"".join(style.xml() for style in made)}'
    )


def list_definition(number: int, name: str, marks: str, styled: list[str]) -> str:
    """Return a list of nine levels; `styled` are the ids of the styles of the first ones.

    `marks` are bullets, or "1ai" for how to count; they come again on deeper levels.
    """
    formats = {"1": "decimal", "a": "lowerLetter", "i": "lowerRoman"}
    levels = []
    for level in range(9):
        mark = marks[level % len(marks)]
        text = f"%{level + 1}." if mark in formats else mark
        link = f'<w:pStyle w:val="{styled[level]}"/>' if level < len(styled) else ""
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{formats.get(mark, "bullet")}"/>{link}'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f"<w:pPr>{indent(STEP * (level + 1), 0, STEP)}</w:pPr>"
            f'<w:rPr>{fonts(SERIF)}<w:b w:val="0"/><w:i w:val="0"/></w:rPr></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="5A3B7C{number:02X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="5A3B7D{number:02X}"/>'
        f'<w:name w:val="{name}"/>{"".join(levels)}</w:abstractNum>'
    )


def lists() -> str:
    """Return the content of numbering.xml."""
    built_in = ("", "2", "3", "4", "5")
    definitions = (
        list_definition(0, "Punktlista", "•◦▪", [f"ListBullet{level}" for level in built_in]),
        list_definition(1, "Numrerad lista", "1ai", [f"ListNumber{level}" for level in built_in]),
        list_definition(2, "Beslutspunkter", "1ai", ["DecisionItem"]),
        list_definition(3, "Bilagor", "1ai", ["NumberedAttachment"]),
    )
    used = (
        f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>'
        for i in range(len(definitions))
    )
    return "".join((*definitions, *used))
