"""What the file says about itself: the information dictionary, XMP and the output intent."""

import datetime
import functools
from xml.sax.saxutils import escape

from PIL import ImageCms

from samverkan_desktop import __version__
from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.export.pdf.objects import PdfFile, Ref, text_string
from samverkan_desktop.export.pdf.structure import language_tag

_CREATOR = f"Samverkan Desktop {__version__}"
_PRODUCER = "ReportLab PDF Library"
_USUAL_LANGUAGE = "sv-SE"


class Metadata:
    """A document's metadata, the same in both places where a PDF keeps it.

    The dates are the document's own date, or none: the file depends on the document alone.
    """

    def __init__(self, document: Document) -> None:
        properties = document.properties
        self.title = _one_line(properties.title) or _one_line(document.furniture.document_name)
        self._author = _one_line(properties.author)
        self._subject = _one_line(properties.subject)
        self._keywords = _one_line(properties.keywords)
        self.language = language_tag(document.language) or _USUAL_LANGUAGE
        self._date = _date(document.furniture.date)

    def write_info(self, file: PdfFile) -> Ref:
        """Write the information dictionary."""
        entries = {
            "Title": self.title,
            "Author": self._author,
            "Subject": self._subject,
            "Keywords": self._keywords,
            "Creator": _CREATOR,
            "Producer": _PRODUCER,
        }
        if self._date:
            moment = f"D:{self._date.isoformat().replace('-', '')}000000+00'00'"
            entries |= {"CreationDate": moment, "ModDate": moment}
        return file.add(
            f"<<{''.join(f'/{key}{text_string(text)}' for key, text in entries.items() if text)}>>"
        )

    def write_xmp(self, file: PdfFile) -> Ref:
        """Write the XMP packet, unfiltered, so that archives find it without a PDF reader."""
        return file.add_stream("/Type/Metadata/Subtype/XML", self._xmp(), compress=False)

    def _xmp(self) -> bytes:
        moment = f"{self._date.isoformat()}T00:00:00+00:00" if self._date else ""
        properties = (
            _property("dc:title", _alternative(self.title)),
            _property("dc:creator", _listed("Seq", self._author)),
            _property("dc:description", _alternative(self._subject)),
            _property("dc:language", _listed("Bag", self.language)),
            _property("pdf:Keywords", escape(self._keywords)),
            _property("xmp:CreateDate", moment),
            _property("xmp:ModifyDate", moment),
        )
        return _PACKET.format(
            properties="\n".join(filter(None, properties)), creator=_CREATOR, producer=_PRODUCER
        ).encode("utf-8")


def write_output_intent(file: PdfFile) -> Ref:
    """Write the output intent: all colours are sRGB (ISO 19005-2, 6.2.3)."""
    profile = file.add_stream("/N 3", _srgb())
    name = text_string("sRGB IEC61966-2.1")
    return file.add(
        f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{name}/Info{name}"
        f"/DestOutputProfile {profile}>>"
    )


@functools.cache
def _srgb() -> bytes:
    """Return the profile without the time of its making, which the library writes into it.

    ISO 15076-1, 7.2.8: the date and time are bytes 24 to 35; 7.2.18: a profile ID of zeros says
    that none was computed.
    """
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((7, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 2000-01-01
    profile[84:100] = bytes(16)
    return bytes(profile)


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _property(tag: str, content: str) -> str:
    return f"<{tag}>{content}</{tag}>" if content else ""


def _alternative(text: str) -> str:
    if not text:
        return ""
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


def _listed(kind: str, text: str) -> str:
    return f"<rdf:{kind}><rdf:li>{escape(text)}</rdf:li></rdf:{kind}>" if text else ""


# PDF/A-2a and PDF/UA-1. XMP knows no property of PDF/UA, so PDF/A asks for a description of it
# (ISO 19005-2, 6.6.2.3).
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
{properties}
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
"""
