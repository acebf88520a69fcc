"""Images in the line of text."""

from docx.oxml.parser import parse_xml

from samverkan_desktop.domain.errors import SamverkanError
from samverkan_desktop.domain.export_errors import UnreadableImageError
from samverkan_desktop.domain.text import Image
from samverkan_desktop.domain.typography import clean
from samverkan_desktop.export.word.pictures import BadImageError, Picture, read_picture
from samverkan_desktop.export.word.target import TEXT_WIDTH, Place, Target
from samverkan_desktop.export.word.xml import Element, safe, w

_EMU_PER_POINT = 12700
_HIGHEST = 430.0  # points; leaves room on the page for a caption and some text

_INLINE = """\
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>
<wp:docPr id="{id}" name="Bild {id}"/><wp:cNvGraphicFramePr>
<a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 noChangeAspect="1"/></wp:cNvGraphicFramePr>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:nvPicPr><pic:cNvPr id="{id}" name="Bild {id}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>
<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>
</wp:inline>"""


def drawing(target: Target, image: Image, place: Place) -> Element:
    """Return an image with its alt text, no wider than the text and never enlarged.

    Raises UnreadableImageError.
    """
    picture = _picture(target, image, place)
    relation = target.image_id(picture.data, picture.kind)
    inline = parse_xml(
        _INLINE.format(
            id=next(target.ids),
            relation=relation,
            width=round(picture.width * _EMU_PER_POINT),
            height=round(picture.height * _EMU_PER_POINT),
        )
    )
    inline[1].set("descr", safe(clean(image.alt)))
    return w("drawing", inline)


def _picture(target: Target, image: Image, place: Place) -> Picture:
    try:
        data = target.files(image.file)
        return read_picture(data, (TEXT_WIDTH - place.left) / 20, _HIGHEST)
    except (BadImageError, SamverkanError, OSError, LookupError) as error:
        raise UnreadableImageError(image.file, place.section) from error
