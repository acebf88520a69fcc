"""The public draft format, samverkan-draft/1: JSON to and from `Draft`.

Reading is lenient in form only where the format says so: content may be a Markdown string, and a
block's spans may be given as a Markdown `text`. Writing is canonical: the same value gives the same
bytes, fields with their default value are left out.
"""

import json
import re
from collections.abc import Callable
from typing import Any, cast

from cattrs import Converter

from samverkan_desktop.codec.structuring import (
    TOO_DEEP,
    FieldError,
    Hook,
    dataclass_hook,
    is_newer,
    new_converter,
    placed,
    plain_object,
    shown,
    structure,
    structure_items,
)
from samverkan_desktop.domain.draft import Attachment, Draft, Section
from samverkan_desktop.domain.errors import InvalidFieldError, NewerFormatError
from samverkan_desktop.domain.text import (
    Block,
    Blocks,
    BulletList,
    Heading,
    Image,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
    normal_spans,
    walk,
)

FORMAT = "samverkan-draft/1"

_BLOCK_TYPES: dict[str, type] = {
    "paragraph": Paragraph,
    "heading": Heading,
    "bullet_list": BulletList,
    "numbered_list": NumberedList,
    "table": Table,
    "image": Image,
    "quote": Quote,
}
_TYPE_OF = {cls: name for name, cls in _BLOCK_TYPES.items()}


def read_draft(data: bytes | str, source: str) -> Draft:
    """Read draft.json; `source` is what errors call it.

    Raises InvalidFieldError or NewerFormatError.
    """
    return draft_from_plain(parse_json(data, source), source)


def parse_json(data: bytes | str, source: str) -> object:
    """Parse JSON text; the same key twice in an object is an error, as are NaN and Infinity.

    Raises InvalidFieldError.
    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InvalidFieldError(source, "", "texten är inte UTF-8") from error
    except json.JSONDecodeError as error:
        place = f"rad {error.lineno}, tecken {error.colno}"
        raise InvalidFieldError(source, place, "det är inte giltig JSON") from error
    except FieldError as error:
        raise InvalidFieldError(source, "", str(error)) from error
    except RecursionError as error:
        raise InvalidFieldError(source, "", TOO_DEEP) from error
    except ValueError as error:  # a number of thousands of digits
        raise InvalidFieldError(source, "", "ett tal är för långt") from error


def draft_from_plain(plain: object, source: str) -> Draft:
    """Return a draft from parsed JSON.

    Raises InvalidFieldError or NewerFormatError.
    """
    if not isinstance(plain, dict):
        raise InvalidFieldError(source, "", "filen ska innehålla ett JSON-objekt")
    fields = dict(plain)
    _check_format(fields.pop("format", None), source)
    draft = structure(_CONVERTER, source, fields, Draft)
    _check_section_keys(draft, source)
    return draft


def write_draft(draft: Draft) -> bytes:
    """Return a draft as canonical JSON (UTF-8, indented, a newline at the end)."""
    plain = draft_to_plain(draft)
    return (_whole(json.dumps(plain, ensure_ascii=False, indent=1)) + "\n").encode("utf-8")


def draft_to_plain(draft: Draft) -> dict[str, Any]:
    """Return a draft as what json.dumps takes."""
    return {"format": FORMAT, **_CONVERTER.unstructure(draft)}


def write_value(value: object) -> str:
    """Return one part of a draft (a section, the decision …) as compact JSON, for the library."""
    plain = _CONVERTER.unstructure(value)
    return _whole(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))


def read_section(text: str, source: str) -> Section:
    """Read what `write_value` made of a section.

    Raises InvalidFieldError.
    """
    return structure(_CONVERTER, source, parse_json(text, source), Section)


def _whole(text: str) -> str:
    """Put U+FFFD for a lone half of a character, which UTF-8 has no form for.

    An editor can hold one; it must not stop the rest from being saved.
    """
    return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)


def _check_format(name: object, source: str) -> None:
    if name == FORMAT:
        return
    if name is None:
        raise InvalidFieldError(source, "format", "fältet saknas")
    if is_newer(name, FORMAT):
        raise NewerFormatError(source)
    raise InvalidFieldError(source, "format", f"ska vara ”{FORMAT}”")


def _check_section_keys(draft: Draft, source: str) -> None:
    seen: set[str] = set()
    for i, section in enumerate(draft.sections):
        if section.key in seen or section.key.split() != [section.key]:
            reason = "nyckeln ska vara ifylld, utan mellanslag och bara finnas en gång"
            raise InvalidFieldError(source, f"sections[{i}].key", reason)
        seen.add(section.key)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise FieldError(f"fältet ”{twice}” finns två gånger i samma objekt")
    return out


def _refuse_constant(name: str) -> None:
    raise FieldError(f"{name} är inget tal i JSON")


def _read_blocks(value: object, converter: Converter) -> Blocks:
    if isinstance(value, str):
        from samverkan_desktop.codec.markdown import read_blocks  # takes 30 ms

        blocks = read_blocks(converter.structure(value, str))
        for block in walk(blocks):
            if isinstance(block, Image):
                check_file_name(block.file)
        return blocks
    if not isinstance(value, list | tuple):
        raise FieldError(f"ska vara text eller en lista av block, inte {shown(value)}")
    return cast("Blocks", structure_items(converter, value, Block))


def _read_line(value: object, converter: Converter) -> Spans:
    from samverkan_desktop.codec.markdown import read_spans

    return read_spans(converter.structure(value, str))


def _read_spans(value: object, converter: Converter) -> Spans:
    if isinstance(value, str):
        return _read_line(value, converter)
    if isinstance(value, tuple):  # read already, from a block's `text`
        return value
    return normal_spans(cast("Spans", structure_items(converter, value, Span)))


def _read_block(value: object, converter: Converter) -> Block:
    if isinstance(value, str):
        value = {"type": "paragraph", "text": value}
    fields = dict(plain_object(value))
    with placed(".type"):
        cls = _block_type(fields.pop("type", None))
    if cls in (Paragraph, Heading) and "text" in fields:
        if "spans" in fields:
            raise FieldError("ange antingen text eller spans, inte båda")
        with placed(".text"):
            fields["spans"] = _read_line(fields.pop("text"), converter)
    if isinstance(fields.get("spans"), str):
        with placed(".spans"):
            raise FieldError("ska vara en lista; använd text för Markdown")
    return cast("Block", converter.structure(fields, cls))


def _block_type(name: object) -> type:
    if name is None:
        raise FieldError("fältet saknas")
    if not isinstance(name, str) or name not in _BLOCK_TYPES:
        raise FieldError(f"{shown(name)} är inget av {', '.join(_BLOCK_TYPES)}")
    return _BLOCK_TYPES[name]


def _read_item(value: object, converter: Converter) -> ListItem:
    return ListItem(_read_blocks(value, converter))


def _checked(cls: type, check: Callable[[Any], None], converter: Converter) -> Hook:
    """Return a hook that reads `cls` as usual and then looks at what no type can say."""
    read = dataclass_hook(cls, converter)

    def hook(value: object, _: object) -> object:
        made = read(value, cls)
        check(made)
        return made

    return hook


def _check_heading(heading: Heading) -> None:
    with placed(".level"):
        if heading.level not in (2, 3):
            raise FieldError("ska vara 2 eller 3")


def _check_table(table: Table) -> None:
    width = len(table.header)
    with placed(".header"):
        if width == 0:
            raise FieldError("ska ha minst en cell")
    with placed(".columns"):
        if len(table.columns) > width:
            raise FieldError("har fler kolumner än rubrikraden")
    for i, row in enumerate(table.rows):
        with placed(f".rows[{i}]"):
            if len(row) != width:
                raise FieldError(f"har {len(row)} celler, rubrikraden har {width}")


def _check_image(image: Image) -> None:
    with placed(".file"):
        check_file_name(image.file)


def _check_attachment(attachment: Attachment) -> None:
    with placed(".file"):
        if attachment.file is not None:
            check_file_name(attachment.file)


def check_file_name(name: str) -> None:
    """Raise FieldError unless `name` is a plain file name: no folder, nothing hidden or special."""
    if not name.strip() or name.startswith(".") or any(c in '/\\:*?"<>|' or c < " " for c in name):
        raise FieldError("ska vara ett filnamn utan sökväg")


def draft_converter() -> Converter:
    """Return a converter that reads and writes drafts and all that they are made of."""
    converter = new_converter()
    converter.register_structure_hook_func(
        lambda cls: cls == Blocks, lambda value, _: _read_blocks(value, converter)
    )
    converter.register_structure_hook_func(
        lambda cls: cls == Spans, lambda value, _: _read_spans(value, converter)
    )
    converter.register_structure_hook_func(
        lambda cls: cls == Block, lambda value, _: _read_block(value, converter)
    )
    converter.register_structure_hook(ListItem, lambda value, _: _read_item(value, converter))
    converter.register_unstructure_hook(
        ListItem, lambda item: converter.unstructure(item.blocks, Blocks)
    )
    checks = (
        (Heading, _check_heading),
        (Table, _check_table),
        (Image, _check_image),
        (Attachment, _check_attachment),
    )
    for cls, check in checks:
        converter.register_structure_hook(cls, _checked(cls, check, converter))
    converter.register_unstructure_hook_func(
        lambda cls: cls == Block,
        lambda block: {"type": _TYPE_OF[type(block)], **converter.unstructure(block)},
    )
    return converter


_CONVERTER = draft_converter()
