"""Plain data (JSON, TOML) to dataclasses: strict types, no unknown keys, paths in errors."""

import contextlib
import dataclasses
import difflib
import re
import typing
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, cast

from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn

from samverkan_desktop.domain.errors import InvalidFieldError

T = TypeVar("T")

# How cattrs calls a hook: (value, wanted type) -> value.
Hook = Callable[[Any, Any], Any]

_TYPE_NAMES = {
    str: "text",
    bool: "true eller false",
    int: "ett heltal",
    date: "ett datum (ÅÅÅÅ-MM-DD)",
}

# How many objects and lists may lie in one another: some thirty levels of lists in lists. More than
# any document has, and little enough for Python's stack everywhere a draft is walked.
_MAX_DEPTH = 100
TOO_DEEP = "för många nivåer i varandra"

# Half of a character, which UTF-8 has no form for.
_SURROGATE = re.compile("[\ud800-\udfff]")


class FieldError(ValueError):
    """A wrong value; the message is a Swedish clause."""


def new_converter() -> Converter:
    """Return a converter with the rules that every format of ours shares."""
    converter = Converter(forbid_extra_keys=True, omit_if_default=True)
    for exact in (str, bool, int):
        converter.register_structure_hook(exact, _exactly(exact))
    converter.register_structure_hook(date, lambda value, _: read_date(value))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(StrEnum, _read_enum)
    converter.register_structure_hook_factory(_is_optional, _optional_hook)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(dataclasses.is_dataclass, dataclass_hook)
    return converter


def structure(converter: Converter, source: str, data: object, cls: type[T]) -> T:
    """Return `data` as `cls`.

    Raises InvalidFieldError, naming `source` and the path of the first wrong value.
    """
    if _is_deeper_than(_MAX_DEPTH, data):
        raise InvalidFieldError(source, "", TOO_DEEP)
    try:
        return converter.structure(data, cls)
    except (BaseValidationError, FieldError, PlacedError) as error:
        place, reason = _first_leaf(error, "")
        raise InvalidFieldError(source, place, reason) from error


def _is_deeper_than(depth: int, value: object) -> bool:
    level = [value]
    for _ in range(depth):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: object) -> Iterable[object]:
    match value:
        case dict():
            return value.values()
        case list() | tuple():
            return value
        case _:
            return ()


def is_newer(name: object, known: str) -> bool:
    """Whether `name` is a later version of the format `known`, such as "samverkan-draft/1"."""
    family, _, version = known.partition("/")
    match = re.fullmatch(rf"{family}/([1-9][0-9]{{0,5}})", name) if isinstance(name, str) else None
    return match is not None and int(match[1]) > int(version)


def plain_object(value: object) -> dict[str, Any]:
    """Return `value` if it is a JSON object or TOML table; raises FieldError otherwise."""
    if not isinstance(value, dict):
        raise FieldError(f"ska vara ett objekt, inte {shown(value)}")
    return value


def read_date(value: object) -> date:
    """Read an ISO date, or a date that TOML has read already."""
    if type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    raise FieldError(f"ska vara {_TYPE_NAMES[date]}, inte {shown(value)}")


def dataclass_hook(cls: type, converter: Converter) -> Hook:
    """Return a function that reads an object as the dataclass `cls`."""
    read: Hook = make_dict_structure_fn(
        cls, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )
    return lambda value, _: read(plain_object(value), cls)


def _exactly(cls: type) -> Hook:
    def hook(value: object, _: object) -> object:
        if type(value) is not cls:
            raise FieldError(f"ska vara {_TYPE_NAMES[cls]}, inte {shown(value)}")
        if isinstance(value, str) and _SURROGATE.search(value):
            raise FieldError("innehåller ett halvt tecken (ensamt surrogat)")
        return value

    return hook


def _read_enum(value: str, cls: type[StrEnum]) -> StrEnum:
    try:
        return cls(value)
    except ValueError:
        allowed = ", ".join(member.value for member in cls)
        raise FieldError(f"{shown(value)} är inget av {allowed}") from None


def _is_optional(cls: object) -> bool:
    return type(None) in typing.get_args(cls) and len(typing.get_args(cls)) == 2


def _optional_hook(cls: object, converter: Converter) -> Hook:
    inner = next(arg for arg in typing.get_args(cls) if arg is not type(None))
    return lambda value, _: None if value is None else converter.structure(value, inner)


def _is_tuple(cls: object) -> bool:
    args = typing.get_args(cls)
    return typing.get_origin(cls) is tuple and len(args) == 2 and args[1] is Ellipsis


def _tuple_hook(cls: object, converter: Converter) -> Hook:
    inner = typing.get_args(cls)[0]

    def hook(value: object, _: object) -> tuple[object, ...]:
        return structure_items(converter, value, inner)

    return hook


def structure_items(converter: Converter, value: object, inner: object) -> tuple[object, ...]:
    """Return a list as a tuple of `inner`; the errors name the place in the list."""
    if not isinstance(value, list | tuple):
        raise FieldError(f"ska vara en lista, inte {shown(value)}")
    out: list[object] = []
    for i, item in enumerate(value):
        with placed(f"[{i}]"):
            out.append(converter.structure(item, cast("type", inner)))
    return tuple(out)


@contextlib.contextmanager
def placed(place: str) -> Iterator[None]:
    """Add `place` to the path of an error raised inside."""
    try:
        yield
    except Exception as error:
        raise PlacedError(place, error) from error


class PlacedError(ValueError):
    """An error somewhere below `place`."""

    def __init__(self, place: str, inner: Exception) -> None:
        super().__init__(place)
        self.place, self.inner = place, inner


def _first_leaf(error: Exception, path: str) -> tuple[str, str]:
    """Return the place and the reason of the first error that others are wrapped around."""
    match error:
        case PlacedError():
            return _first_leaf(error.inner, path + error.place)
        case BaseValidationError():
            for inner in error.exceptions:
                if isinstance(inner, ForbiddenExtraKeysError):
                    return _unknown_field(inner, _missing(error), path)
            inner = error.exceptions[0]
            name = _noted_name(inner)
            return _first_leaf(inner, _join(path, name) if name else path)
        case KeyError():
            return path, "fältet saknas"
        case FieldError():
            return path, str(error)
        case _:
            return path, "värdet har fel form"


def _unknown_field(
    error: ForbiddenExtraKeysError, missing: list[str], path: str
) -> tuple[str, str]:
    """Tell of an unknown field before all else: it is often a misspelt one that is then missing."""
    name = sorted(error.extra_fields)[0]
    known = [field.name for field in dataclasses.fields(error.cl)]
    near = difflib.get_close_matches(name.casefold(), known, 1)
    question = f" (menade du {near[0]}?)" if near else ""
    lacking = ", ".join(field for field in missing if field not in near)
    also = f", och {lacking} saknas" if lacking else ""
    return _join(path, _shortened(name)), f"fältet finns inte i formatet{question}{also}"


def _missing(error: BaseValidationError) -> list[str]:
    return [_noted_name(inner) for inner in error.exceptions if isinstance(inner, KeyError)]


def _noted_name(error: Exception) -> str:
    return next(
        (note.name for note in getattr(error, "__notes__", ()) if hasattr(note, "name")), ""
    )


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def shown(value: object) -> str:
    """Return a wrong value as it is named in a message."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case dict():
            return "ett objekt"
        case list() | tuple():
            return "en lista"
        case str():
            return f"”{_shortened(value)}”"
        case _:
            return _shortened(str(value))


def _shortened(text: str) -> str:
    # on one line, as a message is, and not too long
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
