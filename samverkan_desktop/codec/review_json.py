"""Suggestions and comments as JSON, as the library keeps them."""

import json
from datetime import datetime
from typing import Any

from cattrs import Converter

from samverkan_desktop.codec.draft_json import draft_converter, parse_json
from samverkan_desktop.codec.structuring import FieldError, plain_object, structure
from samverkan_desktop.domain.review import BlockEdit, Comment, Edit, Suggestion, TextEdit

_EDITS: dict[str, type] = {"text": TextEdit, "blocks": BlockEdit}
_NAME_OF = {cls: name for name, cls in _EDITS.items()}


def write_review(value: Suggestion | Comment) -> str:
    """Return a suggestion or comment as compact JSON."""
    plain = _CONVERTER.unstructure(value)
    return json.dumps(plain, ensure_ascii=True, separators=(",", ":"))


def read_suggestion(text: str, source: str) -> Suggestion:
    """Read what `write_review` made of a suggestion.

    Raises InvalidFieldError.
    """
    return structure(_CONVERTER, source, parse_json(text, source), Suggestion)


def read_comment(text: str, source: str) -> Comment:
    """Read what `write_review` made of a comment.

    Raises InvalidFieldError.
    """
    return structure(_CONVERTER, source, parse_json(text, source), Comment)


def _read_time(value: object) -> datetime:
    if isinstance(value, str):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = datetime.min
        if at.tzinfo is not None:
            return at
    raise FieldError("ska vara en tidpunkt med tidszon")


def _read_edit(value: object, converter: Converter) -> Edit:
    fields = dict(plain_object(value))
    name = fields.pop("type", None)
    if not isinstance(name, str) or name not in _EDITS:
        raise FieldError(f"type ska vara något av {', '.join(_EDITS)}")
    made: Edit = converter.structure(fields, _EDITS[name])
    return made


def _write_edit(edit: Edit, converter: Converter) -> dict[str, Any]:
    return {"type": _NAME_OF[type(edit)], **converter.unstructure(edit)}


def _review_converter() -> Converter:
    converter = draft_converter()
    converter.register_structure_hook(datetime, lambda value, _: _read_time(value))
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook_func(
        lambda cls: cls == Edit, lambda value, _: _read_edit(value, converter)
    )
    converter.register_unstructure_hook_func(
        lambda cls: cls == Edit, lambda edit: _write_edit(edit, converter)
    )
    return converter


_CONVERTER = _review_converter()
