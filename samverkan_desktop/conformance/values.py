"""Objects of a PDF as plain values: what is missing or of another kind is empty, never an error."""

from typing import Any

import pikepdf

# An object of a PDF: pikepdf gives some of them as Python's own values.
Value = Any


def entry(value: Value, *keys: str) -> Value:
    """Return what the keys lead to, one dictionary inside another, or None."""
    for key in keys:
        if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            return None
        value = value.get(f"/{key}")
    return value


def items(value: Value) -> list[Value]:
    """Return an array's items; one that stands alone is a list of one."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def keys(value: Value) -> list[str]:
    """Return the keys of a dictionary, without their slashes."""
    is_dictionary = isinstance(value, pikepdf.Dictionary | pikepdf.Stream)
    return [key[1:] for key in value.keys()] if is_dictionary else []  # noqa: SIM118 - no mapping


def whole(value: Value) -> int | None:
    """Return an integer."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def text(value: Value) -> str:
    """Return a text string."""
    return str(value) if isinstance(value, pikepdf.String) else ""


def name(value: Value) -> str:
    """Return a name without its slash; bytes that are no UTF-8 are shown as unknown."""
    return bytes(value)[1:].decode("utf-8", "replace") if isinstance(value, pikepdf.Name) else ""


def identity(value: Value) -> tuple[int, int]:
    """Return an indirect object's number and generation; (0, 0) for any other value."""
    found: tuple[int, int] = getattr(value, "objgen", (0, 0))
    return found
