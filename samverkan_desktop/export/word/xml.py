"""WordprocessingML elements (ECMA-376 part 1, clause 17), made one by one.

python-docx builds its own through style look-ups and copies of templates; for every paragraph of a
long document that costs more than all the rest.
"""

import re
from collections.abc import Iterable
from typing import cast

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

_PREFIXES = {prefix: nsmap[prefix] for prefix in ("w", "r")}
_W = f"{{{nsmap['w']}}}"
# What XML 1.0 can't hold. Composed text has none of it; a template's words or a link may.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """Return an element of the main namespace, as is <w:jc w:val="right"/>."""
    named = {_W + name: safe(str(value)) for name, value in attributes.items()}
    element = cast("Element", oxml_parser.makeelement(_W + tag, named, _PREFIXES))
    element.extend(children)
    return element


def with_relation(element: Element, relation_id: str) -> Element:
    """Return the element pointing at a relationship of its part."""
    element.set(f"{{{nsmap['r']}}}id", relation_id)
    return element


def safe(text: str) -> str:
    """Return the text without the characters that no XML file can hold."""
    return _FORBIDDEN.sub("", text)


def text_content(text: str) -> Iterable[Element]:
    """Yield what stands in a run for a text; a newline is a forced line break."""
    for number, line in enumerate(safe(text).split("\n")):
        if number:
            yield w("br")
        if line:
            element = w("t")
            element.text = line
            if line[0] == " " or line[-1] == " " or "  " in line:
                element.set(_XML_SPACE, "preserve")
            yield element


def run(text: str, *properties: Element) -> Element:
    """Return a run with properties, which stand in the order of the schema."""
    return w("r", *_properties("rPr", properties), *text_content(text))


def tab() -> Element:
    """Return a run that is a tab."""
    return w("r", w("tab"))


def paragraph(style_id: str, content: Iterable[Element], *properties: Element) -> Element:
    """Return a paragraph; `properties` beside its style stand in the order of the schema."""
    return w("p", w("pPr", w("pStyle", val=style_id), *properties), *content)


def _properties(tag: str, properties: Iterable[Element]) -> list[Element]:
    made = list(properties)
    return [w(tag, *made)] if made else []
