"""The XMP packet of a file (ISO 16684-1), in either of the forms that programs write it in."""

from dataclasses import dataclass, field
from xml.etree import ElementTree

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUAID = "{http://www.aiim.org/pdfua/ns/id/}"
_EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
_PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"

# What PDF/A knows without a description (ISO 19005-2, 6.6.2.3.1).
PREDEFINED = frozenset(
    {DC, XMP, PDF, PDFAID, _EXTENSION}
    | {
        f"{{http://ns.adobe.com/{part}/}}"
        for part in (
            *("xap/1.0/rights", "xap/1.0/mm", "xap/1.0/bj", "xap/1.0/t/pg", "xmp/1.0/DynamicMedia"),
            *("photoshop/1.0", "camera-raw-settings/1.0", "tiff/1.0", "exif/1.0"),
        )
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Packet:
    """The properties of a packet by their full names, each with its values.

    `described` are the properties that extension schemas tell about.
    """

    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    described: frozenset[str] = frozenset()

    def text(self, key: str) -> str:
        """Return a property's values as one text."""
        return "; ".join(self.properties.get(key, ()))


def read_xmp(data: bytes) -> Packet | None:
    """Return a packet, or None when it is no XMP."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    descriptions = list(root.iter(f"{_RDF}Description"))
    top = [found for found in root.iter(f"{_RDF}RDF") for found in found]
    if not top:
        return None
    properties: dict[str, tuple[str, ...]] = {}
    for description in top:
        properties |= {
            key: (value,) for key, value in description.attrib.items() if not key.startswith(_RDF)
        }
        properties |= {child.tag: _values(child) for child in description}
    properties.pop(_XML_LANG, None)
    schemas = [*root.iter(f"{_RDF}li"), *descriptions]
    return Packet(properties, frozenset(key for schema in schemas for key in _described(schema)))


def namespace(key: str) -> str:
    """Return the namespace of a property's full name, with its braces."""
    return key.partition("}")[0] + "}"


def _values(element: ElementTree.Element) -> tuple[str, ...]:
    listed = element.findall(f"*/{_RDF}li")
    return tuple((found.text or "").strip() for found in listed or [element])


def _described(schema: ElementTree.Element) -> list[str]:
    """Return the full names of the properties that an extension schema describes."""
    uri = _value(schema, f"{_SCHEMA}namespaceURI")
    if not uri:
        return []
    names = [_value(described, f"{_PROPERTY}name") for described in schema.iter()]
    return [f"{{{uri}}}{name}" for name in names if name]


def _value(element: ElementTree.Element, key: str) -> str:
    """Return a field of a structure: an attribute, an element, or what an element refers to."""
    child = element.find(key)
    if child is None:
        return element.get(key, "").strip()
    return (child.get(f"{_RDF}resource") or child.text or "").strip()
