"""Where in a draft a field of the form reads and writes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from samverkan_desktop.domain.draft import Draft

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lens(Generic[T]):
    """A place in a draft: how to read it, and how to make a draft with another value there."""

    get: Callable[[Draft], T]
    put: Callable[[Draft, T], Draft]


def field(*path: str) -> Lens[Any]:
    """Return the lens of an attribute, such as `field("officer", "name")`."""

    def get(draft: Draft) -> object:
        value: object = draft
        for name in path:
            value = getattr(value, name)
        return value

    def put(draft: Draft, value: Any) -> Draft:  # noqa: ANN401 - what the attribute holds
        changed: Draft = _replaced(draft, path, value)
        return changed

    return Lens(get, put)


def _replaced(owner: Any, path: tuple[str, ...], value: Any) -> Any:  # noqa: ANN401 - any dataclass
    name, *rest = path
    inner = _replaced(getattr(owner, name), tuple(rest), value) if rest else value
    return replace(owner, **{name: inner})
