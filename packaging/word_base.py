"""Make resources/word/base.docx, the document that every Word export starts from.

Run it after a change here or in word_styles.py, and commit what it writes:
`python packaging/word_base.py`.
"""

import sys
import zipfile
from pathlib import Path

from word_styles import SANS, SERIF, lists, styles

OUT = Path(__file__).resolve().parent.parent / "resources" / "word" / "base.docx"

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"

# The parts that the document leads to: member, kind of relationship, content type.
PARTS = (
    ("styles.xml", "styles", "wordprocessingml.styles"),
    ("numbering.xml", "numbering", "wordprocessingml.numbering"),
    ("settings.xml", "settings", "wordprocessingml.settings"),
    ("fontTable.xml", "fontTable", "wordprocessingml.fontTable"),
    ("header1.xml", "header", "wordprocessingml.header"),
    ("header2.xml", "header", "wordprocessingml.header"),
    ("footer1.xml", "footer", "wordprocessingml.footer"),
    ("theme/theme1.xml", "theme", "theme"),
)


def word_part(root: str, content: str) -> str:
    """Return a part of the main namespace."""
    return f'{XML}<w:{root} xmlns:w="{MAIN}" xmlns:r="{OFFICE}">{content}</w:{root}>'


def body() -> str:
    """Return an empty document with its page: A4, with the text right of a wide margin."""
    return (
        '<w:body><w:p/><w:sectPr><w:headerReference w:type="default" r:id="rId5"/>'
        '<w:headerReference w:type="first" r:id="rId6"/>'
        '<w:footerReference w:type="first" r:id="rId7"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1644" w:right="1361" w:bottom="1134" w:left="3175" w:header="850"'
        ' w:footer="567" w:gutter="0"/><w:cols w:space="280"/><w:titlePg/></w:sectPr></w:body>'
    )


def settings() -> str:
    """Return what Word 2013 and later set for a new Swedish document."""
    compatibility = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word"'
        f' w:val="{value}"/>'
        for name, value in compatibility.items()
    )
    return (
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="1304"/>'
        '<w:hyphenationZone w:val="425"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compat}</w:compat><w:themeFontLang w:val="sv-SE"/><w:decimalSymbol w:val=","/>'
        '<w:listSeparator w:val=";"/>'
    )


def font_table() -> str:
    """Name what to use where a font is missing: Liberation has the same widths."""
    rows = (
        (SERIF, "Liberation Serif", "02020603050405020304", "roman"),
        (SANS, "Liberation Sans", "020B0604020202020204", "swiss"),
    )
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="00"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, panose, family in rows
    )


def theme() -> str:
    """Return the smallest theme that Word takes: the colours and fonts that its menus offer."""
    colours = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "404040", "lt2": "EDEDED", "accent1": "0A408C",
        "accent2": "B30D1A", "accent3": "4F6228", "accent4": "7F6000", "accent5": "31859B",
        "accent6": "5F497A", "hlink": "0A408C", "folHlink": "5F497A",
    }  # fmt: skip
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items()
    )
    faces = "".join(
        f'<a:{use}Font><a:latin typeface="{name}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f"</a:{use}Font>"
        for use, name in (("major", SANS), ("minor", SERIF))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line, effect = f"<a:ln>{fill}</a:ln>", "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{XML}<a:theme xmlns:a="{DRAWING}" name="Samverkan"><a:themeElements>'
        f'<a:clrScheme name="Samverkan">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Samverkan">{faces}</a:fontScheme><a:fmtScheme name="Samverkan">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def core_properties() -> str:
    """Return properties that say nothing yet."""
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )


def app_properties() -> str:
    """Return the name of the program."""
    return (
        f'{XML}<Properties xmlns="{PROPERTIES}"><Application>Samverkan Desktop</Application>'
        "</Properties>"
    )


def relationships(targets: list[tuple[str, str]]) -> str:
    """Return relationships rId1, rId2 … of a kind to a target."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types() -> str:
    """Return the kinds of all members."""
    office = "application/vnd.openxmlformats-officedocument"
    kinds = {
        "/word/document.xml": f"{office}.wordprocessingml.document.main+xml",
        **{f"/word/{name}": f"{office}.{kind}+xml" for name, _, kind in PARTS},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{office}.extended-properties+xml",
    }
    rows = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def members() -> dict[str, str]:
    """Return what the file holds, by name."""
    empty = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr></w:p>'
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            [
                (f"{OFFICE}/officeDocument", "word/document.xml"),
                (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                (f"{OFFICE}/extended-properties", "docProps/app.xml"),
            ]
        ),
        "word/document.xml": word_part("document", body()),
        "word/_rels/document.xml.rels": relationships(
            [(f"{OFFICE}/{kind}", name) for name, kind, _ in PARTS]
        ),
        "word/styles.xml": word_part("styles", styles()),
        "word/numbering.xml": word_part("numbering", lists()),
        "word/settings.xml": word_part("settings", settings()),
        "word/fontTable.xml": word_part("fonts", font_table()),
        "word/theme/theme1.xml": theme(),
        "word/header1.xml": word_part("hdr", empty.format("Header")),
        "word/header2.xml": word_part("hdr", empty.format("FirstHeader")),
        "word/footer1.xml": word_part("ftr", empty.format("Footer")),
        "docProps/core.xml": core_properties(),
        "docProps/app.xml": app_properties(),
    }


def main(out: Path) -> None:
    """Write the file; the same input gives the same bytes."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in members().items():
            package.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
