"""How commands print: lines for people, JSON for programs."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from samverkan_desktop.domain.typography import clean


def say(*lines: str) -> None:
    """Print lines."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def say_json(value: Iterable[Any]) -> None:
    """Print a list of plain values as JSON; dates and times in ISO form."""
    say(json.dumps(value, ensure_ascii=False, indent=1, default=_iso))


def one_line(text: str) -> str:
    """Return text for a terminal: without control characters, on one line."""
    return " ".join(clean(text).split())


def shown_title(title: str) -> str:
    """Return what a draft is called, also before it has a title."""
    return one_line(title) or "Ärende utan rubrik"


def _iso(value: Any) -> str:  # noqa: ANN401 - what json.dumps gives
    return str(value.isoformat())
