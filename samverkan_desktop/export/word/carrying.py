"""The draft itself, carried along in the Word file so that it can be read in again."""

import uuid
from xml.etree.ElementTree import tostring

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from samverkan_desktop.codec.travelling import NAMESPACE, write_travelling
from samverkan_desktop.domain.draft import Draft
from samverkan_desktop.domain.text import Image, walk
from samverkan_desktop.export.word.target import Target

# Which part it is, for Word: every file has the same (ECMA-376 part 1, 22.5.2.1).
_STORE_ITEM = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()
_PROPERTIES = f"""\
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<ds:datastoreItem ds:itemID="{{{_STORE_ITEM}}}" \
xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">\
<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>"""


def carry(target: Target, draft: Draft) -> None:
    """Put the draft into a custom XML part of the file; its images are in the file by now.

    Raises what the target's `files` raises.
    """
    names = {block.file for block in walk(draft.all_blocks()) if isinstance(block, Image)}
    root = write_travelling(draft, names, target.files, target.images.keys())
    data = tostring(root, encoding="utf-8", xml_declaration=True)
    package = target.part.package
    item = Part(PackURI("/customXml/item1.xml"), "application/xml", data, package)
    properties = Part(
        PackURI("/customXml/itemProps1.xml"),
        CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        _PROPERTIES.encode(),
        package,
    )
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    target.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
