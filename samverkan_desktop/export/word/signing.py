"""Microsoft's signature line: what a signatory double-clicks in Word to sign the file.

It is a VML shape with an <o:signatureline> (ECMA-376 part 4, 19.2.2.30). Word shows the shape's
picture until somebody has signed. Ours is an x where the pen begins, on the line that the
paragraph draws: the name and role stand under it as text, where everybody can read them.
"""

import io
import uuid
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from docx.oxml.parser import parse_xml
from PIL import Image as Picture
from PIL import ImageDraw

from samverkan_desktop.domain.document import Signature
from samverkan_desktop.export.word.target import Target
from samverkan_desktop.export.word.xml import Element, safe, w

# In points; the style's line is a little higher, so that the picture is shown whole.
_WIDTH, _HEIGHT = 170, 44
_SCALE = 4  # pixels a point
_GREY = (110, 110, 110, 255)

# Who provides the signing: Office itself.
_OFFICE = "{00000000-0000-0000-0000-000000000000}"

# How a picture is drawn, said once in a file; the first shape of this kind brings it along.
_KIND = """\
<v:shapetype id="_x0000_t75" coordsize="21600,21600" o:spt="75" o:preferrelative="t"
 path="m@4@5l@4@11@9@11@9@5xe" filled="f" stroked="f"><v:stroke joinstyle="miter"/>
<v:formulas><v:f eqn="if lineDrawn pixelLineWidth 0"/><v:f eqn="sum @0 1 0"/>
<v:f eqn="sum 0 0 @1"/><v:f eqn="prod @2 1 2"/><v:f eqn="prod @3 21600 pixelWidth"/>
<v:f eqn="prod @3 21600 pixelHeight"/><v:f eqn="sum @0 0 1"/><v:f eqn="prod @6 1 2"/>
<v:f eqn="prod @7 21600 pixelWidth"/><v:f eqn="sum @8 21600 0"/>
<v:f eqn="prod @7 21600 pixelHeight"/><v:f eqn="sum @10 21600 0"/></v:formulas>
<v:path o:extrusionok="f" gradientshapeok="t" o:connecttype="rect"/>
<o:lock v:ext="edit" aspectratio="t"/></v:shapetype>
"""
_PICT = """\
<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
{kind}<v:shape id="_x0000_i{id}" type="#_x0000_t75" alt={alt}
 style="width:{width}pt;height:{height}pt">
<v:imagedata r:id="{relation}" o:title=""/>
<o:lock v:ext="edit" ungrouping="t" rotation="t" cropping="t" verticies="t" text="t"
 grouping="t"/>
<o:signatureline v:ext="edit" id="{guid}" provid="{provider}"
 o:suggestedsigner={signer}{title} issignatureline="t"/>
</v:shape></w:pict>"""


def signature_lines(target: Target, signatures: Iterable[Signature]) -> Iterator[Element]:
    """Yield for each signatory a run with a signature line: suggested signer and title."""
    for number, signature in enumerate(signatures):
        yield _line(target, signature, "" if number else _KIND)


def _line(target: Target, signature: Signature, kind: str) -> Element:
    number = next(target.ids)
    named = f"{number} {signature.name} {signature.role}"
    who = signature.name or signature.role
    title = signature.role if signature.name else ""
    pict = _PICT.format(
        kind=kind,
        id=number,
        width=_WIDTH,
        height=_HEIGHT,
        relation=target.image_id(_pen_mark(), "png"),
        guid=f"{{{uuid.uuid5(uuid.NAMESPACE_OID, named)}}}".upper(),
        provider=_OFFICE,
        alt=quoteattr(safe(f"Underskriftsrad för {who}")),
        signer=quoteattr(safe(who)),
        title=f" o:suggestedsigner2={quoteattr(safe(title))}" if title else "",
    )
    return w("r", parse_xml(pict))


def _pen_mark() -> bytes:
    """Return a picture, see-through but for an x at its foot."""
    picture = Picture.new("RGBA", (_WIDTH * _SCALE, _HEIGHT * _SCALE), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    left, size, foot = 2 * _SCALE, 7 * _SCALE, (_HEIGHT - 3) * _SCALE
    for start, end in ((foot - size, foot), (foot, foot - size)):
        pen.line((left, start, left + size, end), fill=_GREY, width=_SCALE)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
